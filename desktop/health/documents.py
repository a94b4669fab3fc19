"""What this slice prints: the list of residents, the ledger of visits, one person's file. Declared, not drawn."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from desktop.foundation.days import plain_day, short_day
from desktop.health.views import HealthStatus, VisitRow
from desktop.printing.document import Fields, Ledger, LedgerColumn, Sheet, Signatures, Subheading, Table
from desktop.register.views import ResidentCard, ResidentRow, sex_and_age

PersonEntry = tuple[ResidentRow, HealthStatus | None]
VisitEntry = tuple[VisitRow, ResidentRow | None]


def resident_ledger(today: date, *, with_health: bool) -> Ledger[PersonEntry]:
    """Return the list of residents as shown: numbers starred; tags and due days for those who may see them."""
    columns: list[LedgerColumn[PersonEntry]] = [
        LedgerColumn("姓名", lambda entry: entry[0].name),
        LedgerColumn("性别年龄", lambda entry: entry[0].sex_and_age(today)),
        LedgerColumn("住址", lambda entry: entry[0].address),
        LedgerColumn("电话", lambda entry: entry[0].phone_masked),
        LedgerColumn("标签", lambda entry: "、".join(entry[0].tags)),
    ]
    if with_health:
        columns.append(LedgerColumn("下次随访", lambda entry: _due(entry[1], today)))
    columns.append(LedgerColumn("备注", lambda entry: entry[0].dwelling_state if entry[0].is_gone else ""))
    return Ledger("居民名单", tuple(columns))


def new_ledger(today: date) -> Ledger[ResidentRow]:
    """Return the ledger of residents whose file was begun in a period."""
    return Ledger(
        "新建居民档案台账",
        (
            LedgerColumn("姓名", lambda row: row.name),
            LedgerColumn("性别年龄", lambda row: row.sex_and_age(today)),
            LedgerColumn("住址", lambda row: row.address),
            LedgerColumn("电话", lambda row: row.phone_masked),
            LedgerColumn("备注", lambda row: row.dwelling_state if row.is_gone else ""),
        ),
        note="按录入或导入的日期算。",
    )


def event_ledger(title: str, day: str, today: date, *, of_birth: bool) -> Ledger[ResidentRow]:
    """Return the ledger *title* of residents born, or gone, in a period; *day* is what their day is called."""
    return Ledger(
        title,
        (
            LedgerColumn(day, lambda row: plain_day(row.born_on if of_birth else row.changed_on)),
            LedgerColumn("姓名", lambda row: row.name),
            LedgerColumn("性别年龄", lambda row: row.sex_and_age(today)),
            LedgerColumn("住址", lambda row: row.address),
            LedgerColumn("电话", lambda row: row.phone_masked),
            LedgerColumn("备注", lambda row: row.dwelling_state if of_birth and row.is_gone else ""),
        ),
    )


def visit_ledger(today: date) -> Ledger[VisitEntry]:
    """Return the ledger of visits."""
    return Ledger(
        "健康服务登记台账",
        (
            LedgerColumn("日期", lambda entry: plain_day(entry[0].draft.visited_on)),
            LedgerColumn("姓名", lambda entry: entry[1].name if entry[1] else "—"),
            LedgerColumn("性别年龄", lambda entry: entry[1].sex_and_age(today) if entry[1] else "—"),
            LedgerColumn("住址", lambda entry: entry[1].address if entry[1] else ""),
            LedgerColumn("服务", lambda entry: entry[0].draft.service),
            LedgerColumn("方式", lambda entry: entry[0].draft.way),
            LedgerColumn("血压", lambda entry: entry[0].pressure, align="center"),
            LedgerColumn(
                "血糖",
                lambda entry: str(entry[0].draft.glucose_mmol or "—"),
                align="right",
                value=lambda entry: entry[0].draft.glucose_mmol,
            ),
            LedgerColumn("结果", lambda entry: entry[0].draft.result),
            LedgerColumn("下次日期", lambda entry: plain_day(entry[0].draft.next_on)),
            LedgerColumn("记录人", lambda entry: entry[0].draft.recorded_by),
        ),
        note="血压单位毫米汞柱，血糖单位毫摩尔/升。提示只供参考，不是诊断。",
    )


def person_sheet(card: ResidentCard, visits: Sequence[VisitRow], today: date) -> Sheet:
    """Return one person's file: basic facts with starred numbers, and the visits newest first."""
    draft = card.draft
    facts = Fields(
        (
            ("姓名", draft.name),
            ("性别年龄", sex_and_age(draft.sex, draft.born_on, today)),
            ("出生日期", plain_day(draft.born_on)),
            ("证件号", card.id_number_masked or draft.no_id_reason or "待补"),
            ("民族", draft.ethnicity),
            ("电话", card.phone_masked),
            ("住址", card.address),
            ("户主", f"{draft.head_name} {draft.relation}".strip()),
            ("联系人", f"{draft.contact_name} {card.contact_phone_masked}".strip()),
            ("常住类型", draft.residence_type),
            ("居住状态", draft.dwelling_state),
            ("人群标签", "、".join(card.tags)),
            ("档案编号", card.file_number),
            ("备注", draft.remark),
        )
    )
    rows = [
        (
            plain_day(visit.draft.visited_on),
            visit.draft.service,
            visit.draft.way,
            visit.pressure,
            str(visit.draft.glucose_mmol or "—"),
            visit.draft.result,
            plain_day(visit.draft.next_on),
        )
        for visit in visits
    ]
    headings = ("日期", "服务", "方式", "血压", "血糖", "结果", "下次日期")
    blocks = (
        facts,
        *((Subheading("健康服务"), Table(headings, rows)) if rows else ()),
        Signatures(("建档单位（盖章）", "建档人", "审核人", "日期")),
    )
    return Sheet("居民健康档案", blocks)


def _due(status: HealthStatus | None, today: date) -> str:
    if status is None or status.due is None:
        return ""
    late = (today - status.due.due_on).days
    return f"{short_day(status.due.due_on, today)}{f'（逾期{late}天）' if late > 0 else ''}"
