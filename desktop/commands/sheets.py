"""import, undo-import, template, export: sheets in and out."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from desktop.commands.call import call_of
from desktop.commands.speaking import Json, complain, print_json, say
from desktop.foundation.days import parse_day
from desktop.register.intake.leaving_out import BY_COMMAND

Kind = Annotated[
    str,
    typer.Argument(
        metavar="表名",
        help=(
            "places 点位、residents 居民、activities 活动、inspections 检查、pledges 责任书、stock 药品出入库、"
            "treatments 投药、aedes 蚊媒、density 密度、visits 随访"
        ),
    ),
]
File = Annotated[Path, typer.Argument(metavar="文件", help="表格文件")]


def import_(  # noqa: PLR0917  typer calls it by keyword
    context: typer.Context,
    kind: Kind,
    file: File,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只看结论，不存")] = False,
    update: Annotated[bool, typer.Option("--update", help="已有的用表里的新内容更新")] = False,
    as_json: Json = False,
) -> None:
    """导入一张表。"""
    with call_of(context).signed_in() as bench:
        preview = bench.intake.preview(kind, file, update=update)
        verdict = preview.verdict if dry_run else bench.intake.confirm(preview)
    if as_json:
        print_json(verdict.as_json())
    else:
        for issue in verdict.rejected:
            complain(f"第{issue.row}行 {issue.field}：{issue.message}")
        for issue in verdict.warnings:
            complain(f"第{issue.row}行 {issue.field}（请留意）：{issue.message}")
        refused = len({issue.row for issue in verdict.rejected})
        done = "可以导入" if dry_run else "已导入"
        tail = f"，导入编号 {verdict.batch}" if verdict.batch else ""
        say(f"共{verdict.rows}行，{done}{verdict.accepted}行，不能导入{refused}行{tail}。")
    if verdict.rejected:
        raise typer.Exit(1)


def undo_import(
    context: typer.Context,
    batch: Annotated[str, typer.Argument(metavar="编号", help="导入时显示的编号")],
) -> None:
    """撤销一次导入。"""
    with call_of(context).signed_in() as bench:
        say(f"已{bench.intake.undo(batch)}。")


def template(context: typer.Context, kind: Kind, file: File) -> None:
    """写一张空表，带标题、提示和下拉选项。"""
    with call_of(context).signed_in() as bench:
        bench.intake.template(kind, file)
    say(f"已写好 {file.name}。")


def export(  # noqa: PLR0917  typer calls it by keyword
    context: typer.Context,
    kind: Kind,
    file: File,
    first: Annotated[str, typer.Option("--from", metavar="日期", help="起的日期")] = "",
    last: Annotated[str, typer.Option("--to", metavar="日期", help="止的日期")] = "",
    unmasked: Annotated[bool, typer.Option("--unmasked", help="号码不打星号")] = False,
    purpose: Annotated[
        str, typer.Option("--purpose", metavar="用途", help="拿去做什么用，印在完整号码的表上；不写就是“命令行导出”")
    ] = "",
) -> None:
    """导出一张表。"""
    days = _day(first, "--from"), _day(last, "--to")
    with call_of(context).signed_in() as bench:
        bench.intake.export(
            kind, file, first=days[0], last=days[1], unmasked=unmasked, purpose=purpose.strip() or BY_COMMAND
        )
    say(f"已导出到 {file.name}。")


def _day(text: str, option: str) -> date | None:
    if not text:
        return None
    day = parse_day(text)
    if day is None:
        raise typer.BadParameter("看不懂，请写成 2026-06-17 这样", param_hint=option)
    return day
