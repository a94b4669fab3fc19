"""What this slice prints: ledgers of inspections and letters, a calm inspection's page, an empty table. Declared."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from desktop.foundation.days import plain_day
from desktop.inspections.progress import state_of
from desktop.inspections.ranking import PlaceScore
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


RANKING = "检查评比表"
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
    signatures = Signatures(("检查单位（盖章）", "检查人", "陪同人", "日期"))
    return Sheet("检查记录", (facts, *pictures, signatures))


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


def _score(row: InspectionRow) -> str:
    return "" if row.draft.score is None else str(row.draft.score)


def _copies(row: PledgeRow) -> str:
    return NO_VALUE if row.draft.copies is None else str(row.draft.copies)


def _day(day: date | None) -> str:
    return plain_day(day) if day else ""


def _recheck(row: InspectionRow) -> str:
    return f"{_day(row.draft.rechecked_on)} {row.draft.recheck_result}".strip()
