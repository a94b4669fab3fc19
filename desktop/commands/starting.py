"""init, screenshot, demo: making a data folder, drawing a page of it, and trying the program out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from desktop.commands.call import call_of, password
from desktop.commands.speaking import say
from desktop.foundation.errors import InputError, machine_faults

if TYPE_CHECKING:
    from desktop.foundation.clock import Clock


def init(
    context: typer.Context,
    committee: Annotated[str, typer.Option(metavar="名称", help="居委会名称")],
    recovery_file: Annotated[Path, typer.Option(metavar="文件", help="恢复码写到这个文件（.pdf 则为打印页）")],
    region: Annotated[str, typer.Option(metavar="代码", help="12位地区代码")] = "",
    staff: Annotated[str, typer.Option(metavar="姓名", help="第一位主任的姓名，不填就用 --as")] = "",
) -> None:
    """新建一份加密资料，写出恢复码。"""
    from desktop.register.office import NewOfficer, check_setup, set_up  # noqa: PLC0415
    from desktop.register.rights import Role  # noqa: PLC0415
    from desktop.store.recovery import new_recovery_code  # noqa: PLC0415

    call = call_of(context)
    folder = call.data_folder()
    if folder.is_set_up():
        raise InputError("这个文件夹里已经有资料了，没有动它。要另建一份，请换一个文件夹。")
    if recovery_file.exists():
        raise InputError("恢复码文件已经存在，没有覆盖它。请换一个文件名。")
    officers = [NewOfficer(staff or call.staff, Role.DIRECTOR, password())]
    if problems := check_setup(committee, region, officers):
        raise InputError(problems=problems)
    code = new_recovery_code()
    _write_recovery_code(recovery_file, committee, code, call.clock)
    try:
        set_up(folder, committee=committee, region=region, officers=officers, recovery_code=code, clock=call.clock)
    except BaseException:
        recovery_file.unlink(missing_ok=True)
        raise
    say(f"已新建“{committee}”的资料。恢复码在 {recovery_file.name}，请打印封存，再删掉这个文件。")


def screenshot(  # noqa: PLR0917  typer calls it by keyword
    context: typer.Context,
    tab: Annotated[str, typer.Argument(metavar="页面", help="页面的名字，如 居民住户")],
    file: Annotated[Path, typer.Argument(metavar="文件", help="图片文件，.png")],
    size: Annotated[str, typer.Option(metavar="宽x高", help="图片大小")] = "1366x768",
    large: Annotated[bool, typer.Option("--large", help="大字")] = False,
    contrast: Annotated[bool, typer.Option("--contrast", help="高对比")] = False,
) -> None:
    """把一个页面画成图片。"""
    from desktop.window import draw_tab  # noqa: PLC0415

    wide, _, high = size.lower().partition("x")
    if not (wide.isdecimal() and high.isdecimal() and int(wide) and int(high)):
        raise typer.BadParameter("要写成 1366x768 这样", param_hint="--size")
    with call_of(context).signed_in() as bench:
        draw_tab(bench, tab, file, size=(int(wide), int(high)), large=large, contrast=contrast)
    say(f"已画到 {file.name}。")


def demo(
    pictures: Annotated[Path | None, typer.Option(metavar="文件夹", help="不开窗口，把各页画到这里")] = None,
) -> None:
    """用一个编出来的社区试用。"""
    from desktop.demo import show_demo  # noqa: PLC0415

    raise typer.Exit(show_demo(pictures))


def _write_recovery_code(path: Path, committee: str, code: tuple[str, ...], clock: Clock) -> None:
    from desktop.store.files import write_atomically  # noqa: PLC0415

    content = (" ".join(code) + "\n").encode()
    if path.suffix.lower() == ".pdf":
        from desktop.printing.document import RecoverySheet  # noqa: PLC0415
        from desktop.printing.render import render_recovery_sheet  # noqa: PLC0415

        today = clock.today()
        sheet = RecoverySheet(committee=committee, groups=code, made_on=today, number=f"R-{today.year}-01")
        content = render_recovery_sheet(sheet)
    with machine_faults("写恢复码"):
        write_atomically(path, content)
