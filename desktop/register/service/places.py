"""Places (小区, public places, shops, bait points): list, create, change; the tree they form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col, select

from desktop.foundation.errors import ChangedMeanwhile, InputError, Problem
from desktop.foundation.text import natural_key, squeeze, tidied_texts
from desktop.register.records import Household, Place, Resident
from desktop.register.rights import Officer, Right
from desktop.register.rules import RESIDENTIAL, differences
from desktop.register.service.bin import BinKind
from desktop.store.history import Reference
from desktop.store.models import table_of
from desktop.store.unit import Store, Unit


@dataclass(frozen=True)
class PlaceDraft:
    """What a form or a sheet row says of one place."""

    name: str
    category: str
    parent: str = ""
    grid: str = ""
    address: str = ""
    manager: str = ""
    phone: str = ""
    household_count: int | None = None
    remark: str = ""


@dataclass(frozen=True)
class PlaceRow:
    """One stored place."""

    id: UUID
    version: int
    name: str
    category: str
    parent_id: UUID | None
    parent: str
    grid: str
    address: str
    manager: str
    phone: str
    household_count: int | None
    remark: str

    def draft(self) -> PlaceDraft:
        """Return the place as a form holds it."""
        values = asdict(self)
        return PlaceDraft(**{name: values[name] for name in PlaceDraft.__dataclass_fields__})


class PlaceService:
    """Use cases around places."""

    def __init__(self, store: Store, officer: Officer, users: Sequence[BinKind] = ()) -> None:
        self._store = store
        self._officer = officer
        self._users = tuple(kind for kind in users if "place_id" in table_of(kind.model).columns)

    def all(self) -> list[PlaceRow]:
        """Return every place, residential areas first, then by category and name."""
        self._officer.require(Right.SEE_REGISTER)
        with self._store.reading() as session:
            return places_in(session)

    def residential(self) -> list[PlaceRow]:
        """Return the residential areas and whatever else people live in."""
        self._officer.require(Right.SEE_REGISTER)
        with self._store.reading() as session:
            lived_in = set(
                session.exec(select(Household.place_id).where(col(Household.deleted_at).is_(None)).distinct())
            )
            return [row for row in places_in(session) if row.category == RESIDENTIAL or row.id in lived_in]

    def create(self, draft: PlaceDraft) -> UUID:
        """Store a new place; raise InputError with every problem."""
        self._officer.require(Right.EDIT_REGISTER)
        draft = tidied_place(draft)
        with self._store.writing(f"新建点位：{draft.name}", self._officer) as unit:
            parent_id = self._checked(unit.session, draft, None)
            return unit.add(_new_place(draft, parent_id)).id

    def change(self, place_id: UUID, draft: PlaceDraft, *, version: int) -> None:
        """Store changed values; raise InputError with every problem, ChangedMeanwhile if it was changed elsewhere."""
        self._officer.require(Right.EDIT_REGISTER)
        draft = tidied_place(draft)
        with self._store.writing(f"修改点位：{draft.name}", self._officer) as unit:
            try:
                place = unit.get(Place, place_id, version=version)
            except ChangedMeanwhile as error:
                theirs = next(row for row in places_in(unit.session) if row.id == place_id).draft()
                raise ChangedMeanwhile(str(error), differences(theirs, draft)) from None
            parent_id = self._checked(unit.session, draft, place_id)
            apply_draft(place, draft, parent_id)

    def used_by(self, place_id: UUID) -> list[Reference]:
        """Return how many living records of each kind name the place; people and places in it are not counted here."""
        self._officer.require(Right.SEE_REGISTER)
        with self._store.reading() as session:
            return self._used_by(session, place_id)

    def remove(self, place_id: UUID, *, although_used: bool = False) -> None:
        """Move a place to the bin; raise InputError while people live there or other places lie in it.

        Records that name it stand in the way too, unless *although_used*: they keep its name and stay in every list,
        only nobody can choose the place any more. Somebody has to have been told so first.
        """
        self._officer.require(Right.EDIT_REGISTER)
        with self._store.writing("删除点位", self._officer) as unit:
            place = unit.get(Place, place_id)
            unit.label = f"删除点位：{place.name}"
            homes = unit.session.exec(
                select(func.count(func.distinct(Household.id)))
                .join(Resident, col(Resident.household_id) == col(Household.id))
                .where(
                    Household.place_id == place_id,
                    col(Household.deleted_at).is_(None),
                    col(Resident.deleted_at).is_(None),
                )
            ).one()
            inside = unit.session.exec(
                select(func.count()).where(Place.parent_id == place_id, col(Place.deleted_at).is_(None))
            ).one()
            if homes or inside:
                raise InputError(f"“{place.name}”里还有{homes}户、{inside}个下级点位，不能删除。")
            if not although_used and (used := self._used_by(unit.session, place_id)):
                raise InputError(f"“{place.name}”还有{used_text(used)}用到它，没有删除。")
            unit.move_to_bin(place)

    def _used_by(self, session: Session, place_id: UUID) -> list[Reference]:
        found = []
        for kind in self._users:
            table = table_of(kind.model)
            count = session.scalar(
                select(func.count()).where(table.c.place_id == place_id, table.c.deleted_at.is_(None))
            )
            if count:
                found.append(Reference(kind.word, int(count)))
        return found

    def _checked(self, session: Session, draft: PlaceDraft, own_id: UUID | None) -> UUID | None:
        problems = [
            Problem(name, "required", f"请填{label}。")
            for name, label in (("name", "名称"), ("category", "类别"))
            if not getattr(draft, name)
        ]
        if draft.household_count is not None and draft.household_count < 0:
            problems.append(Problem("household_count", "number_negative", "户数不能小于0。"))
        known = places_in(session)
        parents = [row for row in known if same_name(row.name, draft.parent)] if draft.parent else []
        if draft.parent and len(parents) != 1:
            problems.append(Problem("parent", "place_unknown", f"没有找到上级点位“{draft.parent}”。"))
        parent_id = parents[0].id if len(parents) == 1 else None
        if own_id is not None and parent_id is not None and _is_inside(known, parent_id, own_id):
            problems.append(Problem("parent", "place_unknown", "上级点位不能是它自己或它里面的点位。"))
        twins = (row for row in known if same_name(row.name, draft.name) and row.parent_id == parent_id)
        if any(row.id != own_id for row in twins):
            problems.append(Problem("name", "id_exists", f"已有点位“{draft.name}”，请换个名称或直接修改它。"))
        if problems:
            raise InputError(problems=problems)
        return parent_id


def used_text(used: Sequence[Reference]) -> str:
    """Return 检查12条、投药3条."""
    return "、".join(f"{one.what}{one.count:,}条" for one in used)


def places_in(session: Session) -> list[PlaceRow]:
    """Return the living places seen by *session* in the order of PlaceService.all."""
    found = list(session.exec(select(Place).where(col(Place.deleted_at).is_(None))))
    names = {place.id: place.name for place in found}
    rows = [
        PlaceRow(
            place.id, place.version, place.name, place.category, place.parent_id,
            names.get(place.parent_id, "") if place.parent_id else "", place.grid, place.address, place.manager,
            place.phone, place.household_count, place.remark,
        )
        for place in found
    ]  # fmt: skip
    rows.sort(key=lambda row: (row.category != RESIDENTIAL, row.category, natural_key(row.name)))
    return rows


def tidied_place(draft: PlaceDraft) -> PlaceDraft:
    """Return *draft* without blanks around its texts."""
    return tidied_texts(draft)


def same_name(one: str, other: str) -> bool:
    """Return whether two place names are the same apart from width and blanks."""
    return squeeze(one) == squeeze(other)


def find_or_create_residential(unit: Unit, name: str) -> Place:
    """Return the place people call *name*, a new 小区 if there is none; residential areas win over namesakes."""
    found = [
        place
        for place in unit.session.exec(select(Place).where(col(Place.deleted_at).is_(None)))
        if same_name(place.name, name)
    ]
    found.sort(key=lambda place: place.category != RESIDENTIAL)
    return found[0] if found else unit.add(Place(name=name, category=RESIDENTIAL))


def apply_draft(place: Place, draft: PlaceDraft, parent_id: UUID | None) -> None:
    """Copy *draft* into *place*."""
    for name, value in asdict(draft).items():
        if name != "parent":
            setattr(place, name, value)
    place.parent_id = parent_id


def _new_place(draft: PlaceDraft, parent_id: UUID | None) -> Place:
    place = Place(name=draft.name, category=draft.category)
    apply_draft(place, draft, parent_id)
    return place


def _is_inside(known: list[PlaceRow], place_id: UUID, container_id: UUID) -> bool:
    parents = {row.id: row.parent_id for row in known}
    step: UUID | None = place_id
    while step is not None:
        if step == container_id:
            return True
        step = parents.get(step)
    return False
