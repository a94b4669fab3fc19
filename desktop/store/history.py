"""What was done by whom: the list of steps, the history of one record, and undo as a new step."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, func, or_, select

from desktop.foundation.errors import InputError, NotAllowed
from desktop.store.actor import Actor
from desktop.store.models import entered, record_models, table_of
from desktop.store.query import among, pick
from desktop.store.records import HistoryEntry, ImportBatch, Step, with_represented
from desktop.store.undo import undo_changes, undo_import
from desktop.store.unit import Store, Unit

UNDO_STEPS = 100
EXPORT, REVEAL = "export", "reveal"
"""Actions that change nothing and are written down all the same: records leave, a whole number is looked at."""


@dataclass(frozen=True)
class StepRow:
    """One step as the undo list shows it."""

    id: UUID
    label: str
    at: datetime
    staff_id: UUID | None
    staff_name: str
    undone: bool
    for_name: str = ""

    @property
    def who(self) -> str:
        """Return who typed it and for whom, as people read it."""
        return with_represented(self.staff_name, self.for_name)


@dataclass(frozen=True)
class ChangeRow:
    """One entry of a record's history; *changes* maps field to (old, new) as JSON values."""

    at: datetime
    staff_name: str
    label: str
    action: str
    changes: dict[str, Any]
    who: str = ""


@dataclass(frozen=True)
class Reference:
    """Says which later records stand in the way of undoing an import (count and what they are)."""

    what: str
    count: int


@dataclass(frozen=True)
class Reach:
    """What undoing an import would do: living rows it brought by table, changes it would take back, what forbids it."""

    rows: dict[str, int]
    changes: int
    standing: tuple[Reference, ...]


Referrers = Callable[[Session, UUID], Sequence[Reference]]
"""Finds records outside batch that refer to records of the batch."""


class Journal:
    """Reads the history and undoes steps; steps that touched a table in *hidden* are shown to nobody who asks here."""

    def __init__(self, store: Store, hidden: Sequence[str] = ()) -> None:
        self._store, self._hidden = store, tuple(hidden)
        self._referrers: list[Referrers] = []

    def refer(self, referrers: Referrers) -> None:
        """Ask *referrers* before an import is undone."""
        self._referrers.append(referrers)

    def steps(self, *, staff_id: UUID | None = None, limit: int = UNDO_STEPS) -> list[StepRow]:
        """Return the newest undoable steps first, of everybody or typed by or for one officer."""
        return self._newest(col(Step.undoable), staff_id, limit)

    def disclosures(self, *, staff_id: UUID | None = None, limit: int = UNDO_STEPS) -> list[StepRow]:
        """Return the newest exports and looks at whole numbers first, of everybody or of one officer."""
        told = select(HistoryEntry.step_id).where(col(HistoryEntry.action).in_((EXPORT, REVEAL)))
        return self._newest(col(Step.id).in_(told), staff_id, limit)

    def _newest(self, wanted: Any, staff_id: UUID | None, limit: int) -> list[StepRow]:
        query = select(Step).where(wanted).order_by(entered(Step).desc()).limit(limit)
        if staff_id is not None:
            query = query.where(or_(col(Step.staff_id) == staff_id, col(Step.for_staff_id) == staff_id))
        if self._hidden:
            query = query.where(col(Step.id).not_in(self._hidden_steps()))
        with self._store.reading() as session:
            return [_step_row(step) for step in session.exec(query)]

    def last_undoable(self, staff_id: UUID | None) -> StepRow | None:
        """Return the officer's newest step that is neither undone nor itself an undo; None if there is none."""
        query = (
            select(Step)
            .where(col(Step.undoable), col(Step.undone_by).is_(None), col(Step.undoes).is_(None))
            .where(Step.staff_id == staff_id)
            .order_by(entered(Step).desc())
            .limit(1)
        )
        with self._store.reading() as session:
            step = session.exec(query).first()
        return _step_row(step) if step else None

    def of_record(self, record_id: UUID) -> list[ChangeRow]:
        """Return everything that happened to one record, newest first."""
        query = (
            select(HistoryEntry, Step)
            .join(Step, col(Step.id) == col(HistoryEntry.step_id))
            .where(HistoryEntry.record_id == record_id, col(HistoryEntry.record_type).not_in(self._hidden))
            .order_by(entered(HistoryEntry).desc())
        )
        with self._store.reading() as session:
            return [
                ChangeRow(step.at, step.staff_name, step.label, entry.action, entry.changes, step.who)
                for entry, step in session.exec(query)
            ]

    def undo(self, step_id: UUID, actor: Actor) -> str:
        """Undo one step as a new step and return its label; raise InputError naming what stands in the way.

        Everybody undoes what they typed themselves, who has the right also what others did. An undo can be undone.
        """
        with self._store.writing("撤销", actor) as unit:
            step = unit.session.get(Step, step_id)
            if step is None or not step.undoable:
                raise InputError("这一步不能撤销。")
            if step.undone_by is not None:
                raise InputError("这一步已经撤销过了。")
            _refuse_strangers(step, actor)
            if step.batch_id is not None:
                self._undo_import(unit, step)
            else:
                unit.label = f"撤销：{step.label}"
                undo_changes(unit, step)
            return unit.label

    def undo_batch(self, batch_id: UUID, actor: Actor) -> str:
        """Move the rows of an import to the bin and take back its updates; refuse if later records refer to them."""
        with self._store.writing("撤销导入", actor) as unit:
            step = unit.session.exec(select(Step).where(Step.batch_id == batch_id)).first()
            if step is None:
                raise InputError("没有这一次导入，请核对编号。")
            _refuse_strangers(step, actor)
            self._undo_import(unit, step)
            return unit.label

    def _undo_import(self, unit: Unit, step: Step) -> None:
        batch = unit.session.get_one(ImportBatch, step.batch_id)
        if batch.undone_at is not None:
            raise InputError("这一次导入已经撤销过了。")
        unit.label = f"撤销导入：{batch.file_name}"
        if standing := [found for refer in self._referrers for found in refer(unit.session, batch.id)]:
            what = "、".join(f"{found.what}{found.count}条" for found in standing)
            raise InputError(f"导入之后又有记录用到了这些内容：{what}。请先处理它们，再撤销这次导入。")
        undo_import(unit, step, batch)

    def reach(self, batch_id: UUID) -> Reach:
        """Return what undoing the import *batch_id* would touch; nothing is changed."""
        with self._store.reading() as session:
            rows = {}
            for model in record_models():
                table = table_of(model)
                query = pick(func.count()).select_from(table)
                mine = query.where(table.c.import_batch == batch_id, table.c.deleted_at.is_(None))
                if count := session.connection().scalar(mine):
                    rows[table.name] = int(count)
            changed = (
                select(func.count())
                .select_from(HistoryEntry)
                .join(Step, col(Step.id) == col(HistoryEntry.step_id))
                .where(Step.batch_id == batch_id, HistoryEntry.action == "update")
            )
            standing = tuple(found for refer in self._referrers for found in refer(session, batch_id))
            return Reach(rows, int(session.exec(changed).one()), standing)

    def batches(self, limit: int = 50) -> list[ImportBatch]:
        """Return the newest imports first."""
        query = select(ImportBatch).order_by(entered(ImportBatch).desc()).limit(limit)
        if self._hidden:
            unseen = select(Step.batch_id).where(
                col(Step.id).in_(self._hidden_steps()), col(Step.batch_id).is_not(None)
            )
            query = query.where(col(ImportBatch.id).not_in(unseen))
        with self._store.reading() as session:
            return list(session.exec(query))

    def _hidden_steps(self) -> Any:
        return select(HistoryEntry.step_id).where(col(HistoryEntry.record_type).in_(self._hidden))


def _refuse_strangers(step: Step, actor: Actor) -> None:
    if step.staff_id != actor.staff_id and not actor.undoes_any:
        raise NotAllowed(whose_to_undo(step.staff_name, step.for_staff_name))


def whose_to_undo(staff_name: str, for_name: str = "") -> str:
    """Return the sentence for whoever wants to take back what somebody else typed."""
    if for_name:
        return f"这一步是{staff_name}代{for_name}录入的，只能由{staff_name}或主任撤销。"
    return f"这一步是{staff_name}做的，只能由本人或主任撤销。"


def _step_row(step: Step) -> StepRow:
    return StepRow(
        step.id, step.label, step.at, step.staff_id, step.staff_name, step.undone_by is not None, step.for_staff_name
    )


def represented_in(session: Session, record_ids: Collection[UUID]) -> dict[UUID, str]:
    """Return record → for whom it was entered, for those of *record_ids* that somebody typed for somebody else."""
    query = (
        select(HistoryEntry.record_id, Step.for_staff_name)
        .join(Step, col(Step.id) == col(HistoryEntry.step_id))
        .where(among(HistoryEntry.record_id, record_ids), HistoryEntry.action == "insert", Step.for_staff_name != "")
    )
    return {record_id: name for record_id, name in session.exec(query) if record_id is not None}
