"""The program as a command: global options, every command in the order of its help."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from desktop import __version__
from desktop.commands import answers, notices, reports, safekeeping, self_test, sheets, starting
from desktop.commands.call import Call
from desktop.commands.speaking import say
from desktop.foundation.paths import default_data_folder
from desktop.usage import ChineseCommand, ChineseGroup

program = typer.Typer(
    cls=ChineseGroup,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="居委工作台：居委会的台账、档案和报表。不写命令就打开窗口。",
)


@program.callback(invoke_without_command=True)
def _options(
    context: typer.Context,
    data: Annotated[
        Path | None, typer.Option("--data", metavar="文件夹", help="数据文件夹，或环境变量 JUWEI_DATA")
    ] = None,
    staff: Annotated[
        str, typer.Option("--as", metavar="姓名", envvar="JUWEI_STAFF", help="登录人，或环境变量 JUWEI_STAFF")
    ] = "",
    version: Annotated[bool, typer.Option("--version", help="显示版本")] = False,
) -> None:
    if version:
        say(f"居委工作台 {__version__}")
        raise typer.Exit
    call = Call(data or default_data_folder(), staff)
    context.obj = call
    if context.invoked_subcommand is None:
        from desktop.window import open_window  # noqa: PLC0415  Qt only where a window is wanted

        raise typer.Exit(open_window(call.folder, staff=staff))


_COMMANDS: dict[str, Callable[..., None]] = {
    "init": starting.init,
    "import": sheets.import_,
    "undo-import": sheets.undo_import,
    "template": sheets.template,
    "export": sheets.export,
    "figures": answers.figures,
    "report": reports.report,
    "ledger": reports.ledger,
    "gaps": answers.gaps,
    "notice": notices.notice,
    "backup": safekeeping.backup,
    "verify": safekeeping.verify,
    "restore": safekeeping.restore,
    "search": answers.search,
    "check": answers.check,
    "self-test": self_test.self_test,
    "screenshot": starting.screenshot,
    "demo": starting.demo,
}
for _name, _command in _COMMANDS.items():
    program.command(_name, cls=ChineseCommand)(_command)
