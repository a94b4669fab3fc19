"""figures, gaps, search, check: questions to the records; nothing is changed."""

from __future__ import annotations

from typing import Annotated

import typer

from desktop.commands.call import call_of
from desktop.commands.speaking import Json, print_json, say
from desktop.foundation.days import Period, parse_period, plain_day


def figures(
    context: typer.Context,
    period: Annotated[str, typer.Argument(metavar="期间", help="2026-06、2026Q2、2026H1、2026 或 起..止")],
    as_json: Json = False,
) -> None:
    """算出一个期间的数字。"""
    from desktop.reports.figures import shown  # noqa: PLC0415

    asked = parse_period(period)
    with call_of(context).signed_in() as bench:
        found = bench.figures.of(asked)
    if as_json:
        print_json({
            **_span(asked),
            "figures": {
                key: {"value": shown(f.value), "unit": f.unit, "label": f.label, "formula": f.formula}
                for key, f in found.items()
            },
        })  # fmt: skip
        return
    say(asked.title)
    for figure in found.values():
        value = shown(figure.value)
        say(f"{figure.label}：{'—' if value is None else value}{figure.unit if value is not None else ''}")


def search(
    context: typer.Context,
    words: Annotated[str, typer.Argument(metavar="文字", help="姓名、首字母、住址、电话或证件号末几位，或记录里的字")],
    as_json: Json = False,
) -> None:
    """按姓名、首字母、住址、电话或证件号末几位找人，按记录里的字找记录。"""
    with call_of(context).signed_in() as bench:
        rows = bench.residents.search(words, limit=50)
        records = bench.everywhere.find(words, each=10)
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
        found = [
            {
                "kind": one.kind,
                "id": one.id.hex,
                "title": one.title,
                "detail": one.detail,
                "day": one.day.isoformat() if one.day else None,
            }
            for one in records
        ]
        print_json({"query": words, "count": len(results), "results": results, "records": found})
        return
    for row in rows:
        say(f"{row.name} {row.sex_and_age(today)} {row.address} {row.phone_masked}".rstrip())
    for one in records:
        parts = (one.title, one.detail, plain_day(one.day) if one.day else "")
        say(f"{one.kind}：" + " ".join(part for part in parts if part))
    if not rows and not records:
        say("没有找到。可换姓名首字母、楼栋或电话试试。")


def check(context: typer.Context, as_json: Json = False) -> None:
    """检查资料是否完好。"""
    from desktop.store.check import counts  # noqa: PLC0415

    with call_of(context).signed_in() as bench:
        lines = bench.check()
        held = counts(bench.store)
    sound = all(line.ok for line in lines)
    if as_json:
        rows = [{"code": one.code, "ok": one.ok, "count": one.count, "message": one.message} for one in lines]
        print_json({"ok": sound, "checks": rows, "counts": held})
    else:
        for line in lines:
            say(line.message)
        say("资料完好。" if sound else "资料有不对的地方，请先做一次备份，再找维护人员。")
    if not sound:
        raise typer.Exit(3)


def gaps(
    context: typer.Context,
    period: Annotated[str, typer.Argument(metavar="期间", help="2026-06、2026Q2、2026H1、2026 或 起..止")],
    as_json: Json = False,
) -> None:
    """列出一个期间的缺项：该做的事里，已经过了日子还没有做够的。"""
    asked = parse_period(period)
    with call_of(context).signed_in() as bench:
        found = bench.gaps.of(asked)
        today = bench.clock.today()
    count = sum(not gap.reason for gap in found)
    if as_json:
        print_json({
            **_span(asked),
            "count": count,
            "gaps": [
                {
                    "duty": gap.duty.key,
                    "title": gap.duty.title,
                    "from": gap.first.isoformat(),
                    "to": gap.last.isoformat(),
                    "expected": gap.expected,
                    "done": gap.done,
                    "missing": gap.missing,
                    "unit": gap.unit,
                    "reason": gap.reason or None,
                }
                for gap in found
            ],
        })  # fmt: skip
        return
    say(f"{asked.title}缺项 {count}项" if count else f"{asked.title}没有缺项")
    for gap in found:
        say(f"{gap.when(today)} {gap.title}（{gap.counts}）{f'：已写明原因，{gap.reason}' if gap.reason else ''}")


def _span(asked: Period) -> dict[str, str]:
    return {"period": asked.text, "from": asked.first.isoformat(), "to": asked.last.isoformat()}
