"""The lines of 操作记录: steps and imports in one form, each with what stands in the way of undoing it. No Qt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from desktop.register.rights import Officer, Right
from desktop.store.history import Journal, whose_to_undo

SHOWN_AT_MOST = 500
ONLY_TOLD = "导出表格、查看完整号码只是记下来，没有改动资料，不用撤销。"
_WORDS = {
    "resident": "居民", "household": "住户", "resident_tag": "人群标签", "place": "点位", "visit": "随访",
    "activity": "活动", "inspection": "检查", "pledge": "责任书", "stock_entry": "出入库", "treatment": "投药",
    "aedes_check": "蚊媒检查", "density_check": "密度监测",
}  # fmt: skip


@dataclass(frozen=True)
class Deed:
    """One step, or one import; *standing* says why it cannot be undone, '' if it can."""

    id: UUID
    at: datetime
    who: str
    label: str
    undone: bool
    standing: str
    is_batch: bool = False
    rows: int = 0


def step_deeds(journal: Journal, officer: Officer, *, mine: bool) -> list[Deed]:
    """Return the newest steps; *mine* are those typed by or for the officer, from whom steps about health are hidden.

    Who may not see health sees their own only, for steps name services.
    """
    own_only = mine or not officer.may(Right.SEE_HEALTH)
    steps = journal.steps(staff_id=officer.staff_id if own_only else None, limit=SHOWN_AT_MOST)
    return [
        Deed(
            step.id,
            step.at,
            step.who,
            step.label,
            step.undone,
            _standing(officer, step.staff_id, step.staff_name, undone=step.undone, for_name=step.for_name),
        )
        for step in steps
    ]


def disclosure_deeds(journal: Journal, officer: Officer, *, mine: bool) -> list[Deed]:
    """Return the newest exports and looks at whole numbers, by the same rule."""
    own_only = mine or not officer.may(Right.SEE_HEALTH)
    steps = journal.disclosures(staff_id=officer.staff_id if own_only else None, limit=SHOWN_AT_MOST)
    return [Deed(step.id, step.at, step.staff_name, step.label, undone=False, standing=ONLY_TOLD) for step in steps]


def batch_deeds(journal: Journal, officer: Officer, *, mine: bool) -> list[Deed]:
    """Return the newest imports, by the same rule."""
    own_only = mine or not officer.may(Right.SEE_HEALTH)
    steps = journal.steps(limit=SHOWN_AT_MOST)
    names = {step.staff_id: step.staff_name for step in steps}
    # A batch does not name its step, but both carry the moment of their one unit of work.
    labels = {(step.at, step.label.rpartition("：")[2]): step.label for step in steps}
    deeds = []
    for batch in journal.batches(SHOWN_AT_MOST):
        if own_only and batch.staff_id != officer.staff_id:
            continue
        name, undone = names.get(batch.staff_id, ""), batch.undone_at is not None
        standing = _standing(officer, batch.staff_id, name or "别人", undone=undone)
        deeds.append(
            Deed(
                batch.id,
                batch.at,
                name,
                labels.get((batch.at, batch.file_name), batch.file_name),
                undone,
                standing,
                is_batch=True,
                rows=batch.row_count,
            )
        )
    return deeds


def reach_words(journal: Journal, deed: Deed) -> str:
    """Return what undoing the import *deed* would touch, or why it cannot be undone."""
    reach = journal.reach(deed.id)
    if reach.standing:
        what = "、".join(f"{found.what}{found.count:,}条" for found in reach.standing)
        return f"现在撤不了：导入之后又有记录用到了这些内容，有{what}。请先处理它们。"
    rest = sum(count for table, count in reach.rows.items() if table not in _WORDS)
    told = [f"{_WORDS[table]}{count:,}条" for table, count in reach.rows.items() if table in _WORDS]
    told += [f"其他{rest:,}条"] if rest else []
    doings = [f"把导入的{'、'.join(told)}移到回收站"] if told else []
    doings += [f"把改过的{reach.changes:,}条改回去"] if reach.changes else []
    return f"撤销会{'，'.join(doings)}。" if doings else "这次导入的内容已经都不在了，撤销不会动什么。"


def _standing(officer: Officer, staff_id: UUID | None, staff_name: str, *, undone: bool, for_name: str = "") -> str:
    if undone:
        return "这一步已经撤销过了。"
    if staff_id != officer.staff_id and not officer.undoes_any:
        return whose_to_undo(staff_name, for_name)
    return ""
