"""Use cases of the activities slice: plan, record, change and remove; a month; a ledger; words used before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from sqlmodel import col, select

from desktop.activities.asking import ActivityFilter, ids_query, merged, of_late, used
from desktop.activities.records import Activity, ActivityLedger, ActivityWork
from desktop.activities.rules import CATEGORIES, LEDGERS, ActivityDraft, check_activity, minutes_of, status_of
from desktop.activities.stored import columns_of, draft_of
from desktop.activities.views import ActivityRow, Words
from desktop.foundation.clock import Clock
from desktop.foundation.days import plain_day
from desktop.foundation.errors import ChangedMeanwhile, InputError
from desktop.foundation.text import tidied_texts, tidy
from desktop.register.rights import Officer, Right
from desktop.register.rules import differences
from desktop.store.idlist import IdList, ids_of
from desktop.store.models import any_living
from desktop.store.query import among
from desktop.store.unit import Store

_BETWEEN = re.compile(r"[、,，;；/\s]+")


class ActivityService:
    """Use cases around activities; every one needs the right to see them."""

    def __init__(self, store: Store, officer: Officer, clock: Clock) -> None:
        self._store = store
        self._officer = officer
        self._clock = clock

    def record(self, draft: ActivityDraft) -> ActivityRow:
        """Store an activity; raise InputError with every problem, storing nothing."""
        self._officer.require(Right.EDIT_ACTIVITIES)
        draft = self._sound(draft)
        with self._store.writing(f"登记活动：{draft.name}", self._officer) as unit:
            activity = unit.add(Activity(**columns_of(draft)))
        return _row(activity)

    def change(self, activity_id: UUID, draft: ActivityDraft, *, version: int) -> ActivityRow:
        """Store changed values; raise InputError with every problem.

        Raises ChangedMeanwhile, with both values of every field that differs, if a colleague was first.
        """
        self._officer.require(Right.EDIT_ACTIVITIES)
        draft = self._sound(draft)
        with self._store.writing(f"修改活动：{draft.name}", self._officer) as unit:
            try:
                activity = unit.get(Activity, activity_id, version=version)
            except ChangedMeanwhile as error:
                theirs = draft_of(unit.get(Activity, activity_id))
                raise ChangedMeanwhile(str(error), differences(theirs, draft)) from None
            for name, value in columns_of(draft).items():
                setattr(activity, name, value)
        return _row(activity)

    def remove(self, activity_id: UUID) -> str:
        """Move an activity to the bin and return the step's label."""
        self._officer.require(Right.EDIT_ACTIVITIES)
        with self._store.writing("删除活动", self._officer) as unit:
            activity = unit.get(Activity, activity_id)
            unit.label = f"删除活动：{activity.name} {plain_day(activity.held_on)}"
            unit.move_to_bin(activity)
            return unit.label

    def activity_ids(self, wanted: ActivityFilter) -> IdList:
        """Return the ids of activities that begin between two days and meet the filter, newest first by default."""
        self._officer.require(Right.SEE_ACTIVITIES)
        with self._store.reading() as session:
            return ids_of(session, ids_query(wanted))

    def rows(self, ids: Sequence[UUID]) -> list[ActivityRow]:
        """Return the activities *ids* in that order; ids gone meanwhile are left out."""
        self._officer.require(Right.SEE_ACTIVITIES)
        with self._store.reading() as session:
            query = select(Activity).where(among(Activity.id, ids), col(Activity.deleted_at).is_(None))
            found = {activity.id: _row(activity) for activity in session.exec(query)}
        return [found[activity_id] for activity_id in ids if activity_id in found]

    def between(self, first: date, last: date) -> list[ActivityRow]:
        """Return the activities of which a day lies between two days, in the order of their days and hours."""
        self._officer.require(Right.SEE_ACTIVITIES)
        begun = (col(Activity.held_on).between(first, last), col(Activity.deleted_at).is_(None))
        going_on = (col(Activity.ends_on) >= first, col(Activity.held_on) < first, col(Activity.deleted_at).is_(None))
        with self._store.reading() as session:
            # Two questions, each with its own index; joined by OR they would read every activity there is.
            rows = [_row(found) for part in (begun, going_on) for found in session.exec(select(Activity).where(*part))]
        return sorted(rows, key=lambda row: (row.held_on, minutes_of(row.draft.clock), row.id))

    def count_unsettled(self) -> int:
        """Return how many planned activities are over without a word on how they went."""
        return len(self.activity_ids(ActivityFilter(unsettled_on=self._clock.today())))

    def words(self) -> Words:
        """Return what forms offer: categories and ledgers the program knows or that were used, other words of late."""
        self._officer.require(Right.SEE_ACTIVITIES)
        with self._store.reading() as session:
            late = of_late(session, Activity, ("name", "place", "in_charge", "partners"))
            return Words(
                categories=merged(CATEGORIES, used(session, Activity.category)),
                ledgers=merged(LEDGERS, used(session, ActivityLedger.ledger)),
                names=late["name"],
                places=late["place"],
                in_charge=late["in_charge"],
                partners=late["partners"],
            )

    def work_words(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the names and the units of 工作量 used of late."""
        self._officer.require(Right.SEE_ACTIVITIES)
        with self._store.reading() as session:
            found = of_late(session, ActivityWork, ("name", "unit"))
        return found["name"], found["unit"]

    def categories(self) -> tuple[str, ...]:
        """Return the kinds of activity: those the program knows, then others that were used."""
        self._officer.require(Right.SEE_ACTIVITIES)
        with self._store.reading() as session:
            return merged(CATEGORIES, used(session, Activity.category))

    def ledger_names(self) -> tuple[str, ...]:
        """Return the ledgers that some activity stands in."""
        self._officer.require(Right.SEE_ACTIVITIES)
        with self._store.reading() as session:
            return used(session, ActivityLedger.ledger)

    def is_empty(self) -> bool:
        """Return whether there is no activity at all yet."""
        self._officer.require(Right.SEE_ACTIVITIES)
        with self._store.reading() as session:
            return not any_living(session, Activity)

    def _sound(self, draft: ActivityDraft) -> ActivityDraft:
        """Return *draft* tidied and with its status; raise InputError with every problem."""
        today = self._clock.today()
        # Parted where a sheet would part them, so that an export says the same when it is read again.
        ledgers = tuple(dict.fromkeys(word for name in draft.ledgers for word in _BETWEEN.split(tidy(name)) if word))
        draft = replace(tidied_texts(draft), ledgers=ledgers)
        if problems := check_activity(draft, today=today):
            raise InputError(problems=problems)
        if draft.held_on is not None:
            draft = replace(draft, status=status_of(draft.held_on, draft.status, today))
        return draft


def _row(activity: Activity) -> ActivityRow:
    return ActivityRow(activity.id, activity.version, draft_of(activity))
