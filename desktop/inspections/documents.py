"""What this slice prints: ledgers, a calm inspection's page, checklists, an empty table. Declared only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from desktop.foundation.days import plain_day
from desktop.inspections.checklist import VERDICTS, VETO_MARK, CheckedList, Checklist, ChecklistItem
from desktop.inspections.progress import state_of
from desktop.inspections.ranking import PlaceScore
from desktop.inspections.tally import ItemTally
from desktop.inspections.views import InspectionRow, PledgeRow
from desktop.printing.document import (
    NO_VALUE,
    Fields,
    Ledger,
    LedgerColumn,
    Paragraph,
    Photo,
    Photos,
    Sheet,
    Signatures,
    Subheading,
    Table,
)

_EMPTY_LINES = 16


RANKING, TALLY, REPEATS = "检查评比表", "检查表逐项统计", "反复问题台账"
ALL_INSPECTIONS, OPEN_FINDINGS, ALL_PLEDGES = "检查和整改台账", "整改未销号台账", "责任书签订台账"


def category_title(category: str) -> str:
    """Return 环境卫生检查台账 for 环境卫生, 安全检查台账 for 安全检查."""
    return f"{category}台账" if category.endswith(("检查", "互评")) else f"{category}检查台账"


def pledge_title(category: str) -> str:
    """Return 门前三包责任书台账."""
    return f"{category}台账"


def inspection_ledger(today: date, title: str = ALL_INSPECTIONS) -> Ledger[InspectionRow]:
    """Return the ledger of inspections called *title* and what became of each finding, in the order of the list."""
    return Ledger(
        title,
        (
            LedgerColumn("日期", lambda row: plain_day(row.draft.inspected_on)),
            LedgerColumn("类别", lambda row: row.draft.category),
            LedgerColumn("点位", lambda row: row.place),
            LedgerColumn("检查人", lambda row: row.draft.inspector),
            LedgerColumn("得分", _score, align="right", value=lambda row: row.draft.score),
            LedgerColumn("结果", lambda row: row.draft.result, strong=lambda row: row.draft.result == "不合格"),
            LedgerColumn("问题", lambda row: row.draft.problem),
            LedgerColumn("责任单位", lambda row: row.draft.responsible),
            LedgerColumn("整改期限", lambda row: _day(row.draft.due_on)),
            LedgerColumn("处理", lambda row: row.draft.treatment),
            LedgerColumn("复查", _recheck),
            LedgerColumn("状态", lambda row: state_of(row.draft, today).word),
        ),
    )


def pledge_ledger(title: str = ALL_PLEDGES) -> Ledger[PledgeRow]:
    """Return the ledger of letters of responsibility, telephone numbers starred."""
    return Ledger(
        title,
        (
            LedgerColumn("类别", lambda row: row.draft.category),
            LedgerColumn("签订对象", lambda row: row.draft.party),
            LedgerColumn("地址", lambda row: row.draft.address),
            LedgerColumn("负责人", lambda row: row.draft.manager),
            LedgerColumn("联系电话", lambda row: row.draft.phone),
            LedgerColumn("签订日期", lambda row: plain_day(row.draft.signed_on)),
            LedgerColumn("到期日期", lambda row: plain_day(row.draft.expires_on)),
            LedgerColumn("份数", _copies, align="right", value=lambda row: row.draft.copies, summed=True),
        ),
    )


def ranking_ledger() -> Ledger[PlaceScore]:
    """Return the table of places by the mean of their scores, to be posted or sent to those who were inspected."""
    return Ledger(
        RANKING,
        (
            LedgerColumn("名次", lambda row: str(row.rank or NO_VALUE), align="center", value=lambda row: row.rank),
            LedgerColumn("点位", lambda row: row.place),
            LedgerColumn(
                "检查\n次", lambda row: str(row.inspections), align="right", value=lambda row: row.inspections
            ),
            LedgerColumn("合格\n次", lambda row: str(row.passed), align="right", value=lambda row: row.passed),
            LedgerColumn("发现问题\n处", lambda row: str(row.findings), align="right", value=lambda row: row.findings),
            LedgerColumn("已整改\n处", lambda row: str(row.settled), align="right", value=lambda row: row.settled),
            LedgerColumn("平均得分", lambda row: row.mean_text, align="right", value=lambda row: row.mean),
        ),
        note="平均得分是本期各次检查得分的平均；没有打分的检查不算在内。已整改按期末算。",
    )


def tally_ledger() -> Ledger[ItemTally]:
    """Return the table of the checklists' items: how often each was fulfilled, and where it was not."""
    return Ledger(
        TALLY,
        (
            LedgerColumn("检查表", lambda row: row.title),
            LedgerColumn("检查项目", lambda row: row.name),
            LedgerColumn("合格\n次", lambda row: str(row.passed), align="right", value=lambda row: row.passed),
            LedgerColumn(
                "不合格\n次", lambda row: str(row.failed), align="right", value=lambda row: row.failed,
                strong=lambda row: bool(row.failed),
            ),
            LedgerColumn(
                "不涉及\n次", lambda row: str(row.not_applicable), align="right", value=lambda row: row.not_applicable
            ),
            LedgerColumn("合格率\n%", _rate, align="right", value=lambda row: row.rate),
            LedgerColumn("不合格的点位", lambda row: row.where),
        ),
        note="合格率＝合格÷（合格＋不合格）。不涉及和没查的不算。",
    )  # fmt: skip


def repeats_ledger(today: date) -> Ledger[InspectionRow]:
    """Return the ledger of findings that had been made before."""
    return Ledger(
        REPEATS,
        (
            LedgerColumn("日期", lambda row: plain_day(row.draft.inspected_on)),
            LedgerColumn("类别", lambda row: row.draft.category),
            LedgerColumn("点位", lambda row: row.place),
            LedgerColumn("问题", lambda row: row.draft.problem),
            LedgerColumn(
                "第几次", lambda row: str(row.repeat.times if row.repeat else 1), align="right",
                value=lambda row: row.repeat.times if row.repeat else 1,
            ),
            LedgerColumn("上次发现", lambda row: plain_day(row.repeat.last_on) if row.repeat else ""),
            LedgerColumn("责任单位", lambda row: row.draft.responsible),
            LedgerColumn("状态", lambda row: state_of(row.draft, today).word),
        ),
        note="同一点位、同一类检查，问题里有同样的字，在约定的天数里又发现，算反复。",
    )  # fmt: skip


def inspection_sheet(row: InspectionRow, photos: Sequence[Photo] = ()) -> Sheet:
    """Return the page of an inspection that found nothing, with its *photos*; a finding has a sheet of its own."""
    draft = row.draft
    facts = Fields(
        (
            ("日期", plain_day(draft.inspected_on)),
            ("类别", draft.category),
            ("点位", row.place),
            ("检查人", draft.inspector),
            ("得分", _score(row)),
            ("结果", draft.result),
        )
    )
    pictures = (Subheading("照片"), Photos(photos)) if photos else ()
    judged = _judged(draft.checks) if draft.checks else ()
    signatures = Signatures(("检查单位（盖章）", "检查人", "陪同人", "日期"))
    return Sheet("检查记录", (facts, *judged, *pictures, signatures))


def empty_sheet() -> Sheet:
    """Return a table to be filled in by hand on the spot, with the words of the form."""
    headings = ("点位", "检查类别", "得分", "结果", "问题", "责任单位", "整改期限", "处理方式")
    rows = [[""] * len(headings) for _ in range(_EMPTY_LINES)]
    return Sheet(
        "现场检查记录表",
        (
            Fields((("检查日期", ""), ("检查人", ""))),
            Table(headings, rows, (3, 2, 1, 1.2, 5, 3, 2, 2)),
            Paragraph("结果写合格或不合格；处理方式写现场整改、整改通知或上报。回来照着登记。"),
            Signatures(("检查单位（盖章）", "检查人", "陪同人", "日期")),
        ),
    )


def checklist_sheet(checklist: Checklist) -> Sheet:
    """Return *checklist* to be carried along and filled in by hand."""
    rows = []
    for number, item in enumerate(checklist.items, start=1):
        points = f"（{item.points}分）" if item.points else ""
        rows.append((str(number), _item_text(item) + points, "", "", "", ""))
    facts = Fields((("检查日期", ""), ("检查人", ""), ("点位", ""), ("责任单位", "")))
    notes = ["在相应的格里打√；不合格的写明在哪里、什么情况。"]
    if any(item.veto for item in checklist.items):
        notes.append("有★的一项不合格，整次检查就是不合格。")
    return Sheet(
        checklist.title,
        (
            facts,
            Table(("序号", "检查项目", *VERDICTS, "说明"), rows, (0.8, 6, 1, 1.2, 1.2, 4)),
            Paragraph("".join(notes)),
            Signatures(("检查单位（盖章）", "检查人", "责任单位签收", "日期")),
        ),
        note=f"检查表版本：{checklist.edition}",
    )


def checked_sheet(row: InspectionRow) -> Sheet:
    """Return the checklist of *row* as it was filled in, to be signed and filed; raise ValueError if it has none."""
    draft = row.draft
    if draft.checks is None:
        raise ValueError("this inspection has no checklist")
    facts = Fields(
        (
            ("检查日期", plain_day(draft.inspected_on)), ("检查人", draft.inspector), ("点位", row.place),
            ("责任单位", draft.responsible), ("得分", _score(row)), ("结果", draft.result),
        )
    )  # fmt: skip
    signatures = Signatures(("检查单位（盖章）", "检查人", "责任单位签收", "日期"))
    return Sheet(draft.checks.title, (facts, *_judged(draft.checks), signatures))


def _judged(checked: CheckedList) -> tuple[Subheading, Table]:
    rows = [(_item_text(line.item), line.verdict or "没查", line.note) for line in checked.lines]
    return (
        Subheading(f"{checked.title}（{checked.edition}版）：{checked.words}"),
        Table(("检查项目", "结果", "说明"), rows, (5, 1.2, 4)),
    )


def _item_text(item: ChecklistItem) -> str:
    veto = VETO_MARK if item.veto else ""
    return f"{item.section} {veto}{item.name}" if item.section else f"{veto}{item.name}"


def _score(row: InspectionRow) -> str:
    return "" if row.draft.score is None else str(row.draft.score)


def _rate(row: ItemTally) -> str:
    return NO_VALUE if row.rate is None else str(row.rate)


def _copies(row: PledgeRow) -> str:
    return NO_VALUE if row.draft.copies is None else str(row.draft.copies)


def _day(day: date | None) -> str:
    return plain_day(day) if day else ""


def _recheck(row: InspectionRow) -> str:
    return f"{_day(row.draft.rechecked_on)} {row.draft.recheck_result}".strip()
