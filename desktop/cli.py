"""The command line (docs/contracts.md): the same program for scheduled exports, support and tests.

Exit status 0 done, 1 input refused, 2 usage, 3 the machine's fault. Without a command the window opens.
"""

from __future__ import annotations

import json
import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from desktop import __version__
from desktop.foundation.clock import Clock, SystemClock
from desktop.foundation.days import parse_day, parse_period
from desktop.foundation.errors import AppError, InputError, machine_faults
from desktop.foundation.paths import default_data_folder

if TYPE_CHECKING:
    from desktop.shell.workbench import Workbench
    from desktop.store.folder import DataFolder

log = logging.getLogger(__name__)
cli = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="居委工作台：居委会的台账、档案和报表。",
)
Json = Annotated[bool, typer.Option("--json", help="只输出一个 JSON 对象")]


class _Call:
    """The global options of one call."""

    folder: Path = Path()
    staff: str = ""
    clock: Clock = SystemClock()


@cli.callback(invoke_without_command=True)
def _options(
    context: typer.Context,
    data: Annotated[Path | None, typer.Option("--data", help="数据文件夹（或环境变量 JUWEI_DATA）")] = None,
    staff: Annotated[str, typer.Option("--as", envvar="JUWEI_STAFF", help="登录人姓名")] = "",
    version: Annotated[bool, typer.Option("--version", help="显示版本")] = False,
) -> None:
    if version:
        _say(f"居委工作台 {__version__}")
        raise typer.Exit
    _Call.folder = data or default_data_folder()
    _Call.staff = staff
    if context.invoked_subcommand is None:
        from desktop.window import open_window  # noqa: PLC0415

        raise typer.Exit(open_window(_Call.folder))


@cli.command()
def init(
    committee: Annotated[str, typer.Option(help="居委会名称")],
    recovery_file: Annotated[Path, typer.Option(help="恢复码写到这个文件（.pdf 则为打印页）")],
    region: Annotated[str, typer.Option(help="12位地区代码")] = "",
    staff: Annotated[str, typer.Option(help="第一位主任的姓名，不填就用 --as")] = "",
) -> None:
    """新建一份加密资料，写出恢复码。"""
    from desktop.register.office import NewOfficer, check_setup, set_up  # noqa: PLC0415
    from desktop.register.rights import Role  # noqa: PLC0415
    from desktop.store.recovery import new_recovery_code  # noqa: PLC0415

    folder = _folder()
    if folder.is_set_up():
        raise InputError("这个文件夹里已经有资料了，没有动它。要另建一份，请换一个文件夹。")
    if recovery_file.exists():
        raise InputError("恢复码文件已经存在，没有覆盖它。请换一个文件名。")
    officers = [NewOfficer(staff or _Call.staff, Role.DIRECTOR, _password())]
    if problems := check_setup(committee, region, officers):
        raise InputError(problems=problems)
    code = new_recovery_code()
    _write_recovery_code(recovery_file, committee, code)
    try:
        set_up(folder, committee=committee, region=region, officers=officers, recovery_code=code, clock=_Call.clock)
    except BaseException:
        recovery_file.unlink(missing_ok=True)
        raise
    _say(f"已新建“{committee}”的资料。恢复码在 {recovery_file.name}，请打印封存，再删掉这个文件。")


@cli.command("import")
def import_(
    kind: str,
    file: Path,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只看结论，不存")] = False,
    update: Annotated[bool, typer.Option("--update", help="已有的用表里的新内容更新")] = False,
    as_json: Json = False,
) -> None:
    """导入一张表（places、residents、visits）。"""
    with _signed_in() as bench:
        preview = bench.intake.preview(kind, file, update=update)
        verdict = preview.verdict if dry_run else bench.intake.confirm(preview)
    if as_json:
        _print_json(verdict.as_json())
    else:
        for issue in verdict.rejected:
            _complain(f"第{issue.row}行 {issue.field}：{issue.message}")
        for issue in verdict.warnings:
            _complain(f"第{issue.row}行 {issue.field}（请留意）：{issue.message}")
        refused = len({issue.row for issue in verdict.rejected})
        done = "可以导入" if dry_run else "已导入"
        tail = f"，导入编号 {verdict.batch}" if verdict.batch else ""
        _say(f"共{verdict.rows}行，{done}{verdict.accepted}行，不能导入{refused}行{tail}。")
    if verdict.rejected:
        raise typer.Exit(1)


@cli.command("undo-import")
def undo_import(batch: str) -> None:
    """撤销一次导入。"""
    with _signed_in() as bench:
        _say(f"已{bench.intake.undo(batch)}。")


@cli.command()
def template(kind: str, file: Path) -> None:
    """写一张空表，带标题、提示和下拉选项。"""
    with _signed_in() as bench:
        bench.intake.template(kind, file)
    _say(f"已写好 {file.name}。")


@cli.command()
def export(
    kind: str,
    file: Path,
    first: Annotated[str, typer.Option("--from", help="起的日期")] = "",
    last: Annotated[str, typer.Option("--to", help="止的日期")] = "",
    unmasked: Annotated[bool, typer.Option("--unmasked", help="号码不打星号")] = False,
) -> None:
    """导出一张表。"""
    days = _day(first), _day(last)
    with _signed_in() as bench:
        bench.intake.export(kind, file, first=days[0], last=days[1], unmasked=unmasked)
    _say(f"已导出到 {file.name}。")


@cli.command()
def figures(period: str, as_json: Json = False) -> None:
    """算出一个期间的数字。"""
    from desktop.reports.figures import shown  # noqa: PLC0415

    asked = parse_period(period)
    with _signed_in() as bench:
        found = bench.figures.of(asked)
    if as_json:
        _print_json({
            "period": asked.text,
            "from": asked.first.isoformat(),
            "to": asked.last.isoformat(),
            "figures": {
                key: {"value": shown(f.value), "unit": f.unit, "label": f.label, "formula": f.formula}
                for key, f in found.items()
            },
        })  # fmt: skip
        return
    _say(asked.title)
    for figure in found.values():
        value = shown(figure.value)
        _say(f"{figure.label}：{'—' if value is None else value}{figure.unit if value is not None else ''}")


@cli.command()
def search(words: str, as_json: Json = False) -> None:
    """按姓名、首字母、住址、电话或证件号末几位找人。"""
    with _signed_in() as bench:
        rows = bench.residents.search(words, limit=50)
        today = bench.clock.today()
    if as_json:
        results = [
            {
                "kind": "resident",
                "id": row.id.hex,
                "name": row.name,
                "sex": row.sex,
                "born_on": row.born_on.isoformat() if row.born_on else None,
                "address": row.address,
                "phone": row.phone_masked,
            }
            for row in rows
        ]
        _print_json({"query": words, "count": len(results), "results": results})
        return
    for row in rows:
        _say(f"{row.name} {row.sex_and_age(today)} {row.address} {row.phone_masked}".rstrip())
    if not rows:
        _say("没有找到。可换姓名首字母、楼栋或电话试试。")


@cli.command()
def check(as_json: Json = False) -> None:
    """检查资料是否完好。"""
    from desktop.store.check import counts  # noqa: PLC0415

    with _signed_in() as bench:
        lines = bench.check()
        held = counts(bench.store)
    sound = all(line.ok for line in lines)
    if as_json:
        rows = [{"code": one.code, "ok": one.ok, "count": one.count, "message": one.message} for one in lines]
        _print_json({"ok": sound, "checks": rows, "counts": held})
    else:
        for line in lines:
            _say(line.message)
        _say("资料完好。" if sound else "资料有不对的地方，请先做一次备份，再找维护人员。")
    if not sound:
        raise typer.Exit(3)


@cli.command()
def screenshot(
    tab: str,
    file: Path,
    size: Annotated[str, typer.Option(help="宽x高")] = "1366x768",
    large: Annotated[bool, typer.Option("--large", help="大字")] = False,
    contrast: Annotated[bool, typer.Option("--contrast", help="高对比")] = False,
) -> None:
    """把一个页面画成图片。"""
    from desktop.window import draw_tab  # noqa: PLC0415

    wide, _, high = size.lower().partition("x")
    if not (wide.isdigit() and high.isdigit()):
        raise typer.BadParameter("大小要写成 1366x768 这样", param_hint="--size")
    with _signed_in() as bench:
        draw_tab(bench, tab, file, size=(int(wide), int(high)), large=large, contrast=contrast)
    _say(f"已画到 {file.name}。")


@cli.command()
def demo(
    pictures: Annotated[Path | None, typer.Option(help="不开窗口，把各页画到这个文件夹")] = None,
) -> None:
    """用一个编出来的社区试用。"""
    from desktop.demo import show_demo  # noqa: PLC0415

    raise typer.Exit(show_demo(pictures))


def main() -> None:
    """Run the command and leave with its exit status."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    if sys.argv[1:] == []:
        from desktop.window import open_window  # noqa: PLC0415  the shortest way to the login window

        sys.exit(open_window(default_data_folder()))
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run one command line and return its exit status; every failure is one Chinese sentence on stderr."""
    from desktop.usage import usage_sentence  # noqa: PLC0415

    try:
        result = cli(arguments, standalone_mode=False, prog_name="juwei")
    except AppError as error:
        _complain(str(error))
        return error.exit_status
    except KeyboardInterrupt:
        _complain("已停下，没有存到一半的内容。")
        return 130
    except Exception as error:  # noqa: BLE001  the outermost frame: say it plainly, never show values
        if (sentence := usage_sentence(error)) is not None:
            _complain(sentence)
            return 2
        log.error("command failed", exc_info=True)
        _complain(f"程序遇到意外问题（{type(error).__name__}），资料没有改动。")
        return 3
    return result if isinstance(result, int) else 0


@contextmanager
def _signed_in() -> Iterator[Workbench]:
    from desktop.app import assemble  # noqa: PLC0415
    from desktop.register.office import opened  # noqa: PLC0415

    folder = _folder()
    ring = folder.current().ring()
    name = _Call.staff
    if not name and len(ring.people) != 1:
        raise InputError(f"请用 --as 写明登录人：{'、'.join(slot.name for slot in ring.people)}。")
    slot = ring.named(name) if name else ring.people[0]
    with opened(folder, slot_id=slot.id, secret=_password(), clock=_Call.clock) as found:
        yield assemble(found, _Call.clock)


def _folder() -> DataFolder:
    from desktop.store.folder import DataFolder  # noqa: PLC0415

    return DataFolder(_Call.folder)


def _password() -> str:
    if path := os.environ.get("JUWEI_PASSWORD_FILE"):
        with machine_faults("读取密码文件"):
            return Path(path).read_text(encoding="utf-8-sig").removesuffix("\n").removesuffix("\r")
    if not sys.stdin or not sys.stdin.isatty():
        raise InputError("没有密码。请用 JUWEI_PASSWORD_FILE 指一个密码文件，或在命令行窗口里输入。")
    return str(typer.prompt("密码", hide_input=True))


def _write_recovery_code(path: Path, committee: str, code: tuple[str, ...]) -> None:
    from desktop.store.files import write_atomically  # noqa: PLC0415

    content = (" ".join(code) + "\n").encode()
    if path.suffix.lower() == ".pdf":
        from desktop.printing.document import RecoverySheet  # noqa: PLC0415
        from desktop.printing.render import render_recovery_sheet  # noqa: PLC0415

        today = _Call.clock.today()
        sheet = RecoverySheet(committee=committee, groups=code, made_on=today, number=f"R-{today.year}-01")
        content = render_recovery_sheet(sheet)
    with machine_faults("写恢复码"):
        write_atomically(path, content)


def _day(text: str) -> date | None:
    if not text:
        return None
    day = parse_day(text)
    if day is None:
        raise typer.BadParameter("日期看不懂，请写成 2026-06-17 这样")
    return day


def _print_json(content: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(content, ensure_ascii=False) + "\n")


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")


def _complain(text: str) -> None:
    sys.stderr.write(text + "\n")
