"""What the register itself puts into the bin: places and residents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlmodel import Session, col

from desktop.foundation.days import plain_day
from desktop.register.records import GapReason, Household, Place, Resident, ResidentTag, SuperiorTask
from desktop.register.rights import Right
from desktop.register.rules import address_text
from desktop.register.service.bin import BinKind, living_twin
from desktop.register.service.places import places_in, same_name
from desktop.store.query import pick


def _place_titles(session: Session, ids: Sequence[UUID]) -> Mapping[UUID, str]:
    query = pick(Place.id, Place.name, Place.category).where(col(Place.id).in_(ids))
    return {place: f"{name}（{category}）" for place, name, category in session.connection().execute(query)}


def _resident_titles(session: Session, ids: Sequence[UUID]) -> Mapping[UUID, str]:
    query = (
        pick(Resident.id, Resident.name, Place.name, Household.building, Household.unit, Household.room)
        .join(Household, col(Household.id) == col(Resident.household_id))
        .join(Place, col(Place.id) == col(Household.place_id))
        .where(col(Resident.id).in_(ids))
    )
    return {
        resident: f"{name}  {address_text(place, building, unit, room)}"
        for resident, name, place, building, unit, room in session.connection().execute(query)
    }


def _place_refusal(session: Session, place: Place) -> str:
    twins = (row for row in places_in(session) if same_name(row.name, place.name) and row.parent_id == place.parent_id)
    if next(twins, None) is not None:
        return f"底册里又有了一个“{place.name}”，不能再恢复。请先给现在那个改个名称，或不用恢复。"
    return ""


def _resident_refusal(session: Session, resident: Resident) -> str:
    if resident.id_number and living_twin(session, Resident, col(Resident.id_number) == resident.id_number):
        return f"“{resident.name}”的身份证号已经登记在另一份档案里，不能再恢复。请核对是不是同一个人。"
    return ""


PLACES_BIN = BinKind(
    model=Place,
    word="点位",
    see=Right.SEE_REGISTER,
    edit=Right.EDIT_REGISTER,
    titles=_place_titles,
    refuse=_place_refusal,
)
RESIDENTS_BIN = BinKind(
    model=Resident,
    word="居民",
    see=Right.SEE_REGISTER,
    edit=Right.EDIT_REGISTER,
    titles=_resident_titles,
    parts=((ResidentTag, "resident_id"),),
    homes=(Household, Place),
    refuse=_resident_refusal,
)


def _task_titles(session: Session, ids: Sequence[UUID]) -> Mapping[UUID, str]:
    query = pick(SuperiorTask.id, SuperiorTask.title, SuperiorTask.due_on).where(col(SuperiorTask.id).in_(ids))
    return {task: f"{title}  {plain_day(due_on)}前" for task, title, due_on in session.connection().execute(query)}


def _reason_titles(session: Session, ids: Sequence[UUID]) -> Mapping[UUID, str]:
    query = pick(GapReason.id, GapReason.title, GapReason.reason).where(col(GapReason.id).in_(ids))
    return {one: f"{title}  {reason}" for one, title, reason in session.connection().execute(query)}


def _reason_refusal(session: Session, reason: GapReason) -> str:
    same = (GapReason.duty == reason.duty, GapReason.first_on == reason.first_on, GapReason.last_on == reason.last_on)
    if living_twin(session, GapReason, *same):
        return "这个缺项现在另有一条原因，不能再恢复。"
    return ""


TASKS_BIN = BinKind(
    model=SuperiorTask,
    word="来文任务",
    see=Right.SEE_REGISTER,
    edit=Right.EDIT_DUTIES,
    titles=_task_titles,
)
REASONS_BIN = BinKind(
    model=GapReason,
    word="缺项原因",
    see=Right.SEE_REGISTER,
    edit=Right.EDIT_DUTIES,
    titles=_reason_titles,
    refuse=_reason_refusal,
)
