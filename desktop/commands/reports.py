"""ledger, report: ledgers and period reports as files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from desktop.commands.call import call_of
from desktop.commands.speaking import Json, print_json, say
from desktop.foundation.days import parse_period
from desktop.foundation.errors import machine_faults

Pdf = Annotated[Path | None, typer.Option("--pdf", metavar="文件", help="写成 PDF")]
Xlsx = Annotated[Path | None, typer.Option("--xlsx", metavar="文件", help="写成 Excel 表格")]
_WHERE = "请用 --pdf 或 --xlsx 写明存到哪个文件。"


def report(
    context: typer.Context,
    period: Annotated[str, typer.Argument(metavar="期间", help="2026-06、2026Q2、2026H1、2026 或 起..止")],
    pdf: Pdf = None,
    xlsx: Xlsx = None,
) -> None:
    """写出一个期间的报表：月报、季报、半年报、年报。"""
    if pdf is None and xlsx is None:
        raise typer.BadParameter(_WHERE, param_hint="--pdf")
    asked = parse_period(period)
    with call_of(context).signed_in() as bench:
        content = bench.reports.content(asked)
        if xlsx is not None:  # first: it asks for a right, and nothing shall be written without it
            bench.reports.write_xlsx(content, xlsx)
        if pdf is not None:
            _write(pdf, bench.reports.pdf(content))
    files = [file.name for file in (pdf, xlsx) if file]
    say(f"{content.title}工作{content.kind}已写到 {'、'.join(files)}。")


def ledger(  # noqa: PLR0917  typer calls it by keyword
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="名称", help="台账的名称；不写就列出所有台账")] = "",
    period: Annotated[str, typer.Argument(metavar="期间", help="2026-06、2026Q2、2026H1、2026 或 起..止")] = "",
    pdf: Pdf = None,
    xlsx: Xlsx = None,
    as_json: Json = False,
) -> None:
    """列出台账，或把一本台账写成文件。"""
    if not name:
        _list_ledgers(context, as_json=as_json)
        return
    if not period:
        raise typer.BadParameter("请写明期间，如 2026-06", param_hint="期间")
    if pdf is None and xlsx is None:
        raise typer.BadParameter(_WHERE, param_hint="--pdf")
    asked = parse_period(period)
    with call_of(context).signed_in() as bench:
        from desktop.register.intake.leaving_out import BY_COMMAND  # noqa: PLC0415

        read = bench.ledgers.read(name, asked)
        if xlsx is not None:
            bench.ledgers.write_xlsx(read, xlsx, BY_COMMAND)
        if pdf is not None:
            bench.ledgers.write_pdf(read, pdf, BY_COMMAND)
    _tell(read.name, asked.text, len(read.rows), [file for file in (pdf, xlsx) if file], as_json=as_json)


def _list_ledgers(context: typer.Context, *, as_json: bool) -> None:
    with call_of(context).signed_in() as bench:
        lines = bench.ledgers.lines()
    if as_json:
        print_json({"ledgers": [{"name": line.name, "count": line.count} for line in lines]})
        return
    for line in lines:
        say(f"{line.name} {line.count}条")


def _tell(name: str, period: str, count: int, files: list[Path], *, as_json: bool) -> None:
    if as_json:
        print_json({"name": name, "period": period, "rows": count, "files": [str(file) for file in files]})
        return
    say(f"{name}共{count}条，已写到 {'、'.join(file.name for file in files)}。")


def _write(path: Path, content: bytes) -> None:
    from desktop.store.files import write_atomically  # noqa: PLC0415

    with machine_faults("写文件"):
        write_atomically(path, content)
