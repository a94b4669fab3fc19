"""Who may sign in: adding colleagues, their roles and passwords, the recovery code. Records and key slots together.

The record comes first, the slot after it: killed in between, somebody is listed without a password and can be given
one. The other way round a slot would open the file for nobody.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from uuid import UUID

from sqlmodel import Session, col, func, select

from desktop.foundation.clock import Clock, in_words
from desktop.foundation.errors import InputError, Problem, WrongPassword
from desktop.foundation.ids import new_id
from desktop.foundation.text import tidy, tidy_name
from desktop.register.records import Staff
from desktop.register.rights import Officer, Right, Role
from desktop.register.service.people import PeopleService, check_password, check_staff_name
from desktop.store.folder import DataFolder, Generation
from desktop.store.keys import RECOVERY, Cost, KeyRing, make_slot, open_slot
from desktop.store.records import Step
from desktop.store.recovery import secret_of
from desktop.store.tries import counted, forget
from desktop.store.unit import Store

RESET_BY_CODE = "用恢复码重设密码"
NEW_CODE = "换发恢复码"
LAST_DIRECTOR = "至少要留一位主任，由他管人员和备份。请先让另一位同事当主任。"
_HEALTH_TICK = {Role.HEALTH: True, Role.DIRECTOR: True, Role.GRID: False, Role.READER: False}


@dataclass(frozen=True)
class ColleagueRow:
    """One officer as the settings show them; without a slot nobody can sign in under this name yet."""

    id: UUID
    name: str
    role: Role
    is_self: bool
    has_password: bool

    @property
    def sees_health(self) -> bool:
        """Return whether 可看健康档案 is ticked."""
        return _HEALTH_TICK[self.role]


def recovery_number(year: int, made_before: int = 0) -> str:
    """Return the number a recovery sheet carries, R-2026-01; every code ever made for the file counts on."""
    return f"R-{year}-{made_before + 1:02d}"


def codes_made(session: Session) -> int:
    """Return how many codes were made for the file, the first one included."""
    labels = (RESET_BY_CODE, NEW_CODE)
    return 1 + int(session.exec(select(func.count()).select_from(Step).where(col(Step.label).in_(labels))).one())


class ColleagueService:
    """Use cases around who may sign in to one opened file; all but one's own password are the director's."""

    def __init__(
        self, store: Store, officer: Officer, data_key: bytes, clock: Clock, *, cost: Cost | None = None
    ) -> None:
        self._store, self._officer, self._data_key, self._clock = store, officer, data_key, clock
        self.cost = cost
        self._folder = DataFolder(store.data_folder)
        self._generation = Generation(store.path.parent)

    def colleagues(self) -> list[ColleagueRow]:
        """Return everybody who may sign in, directors first."""
        self._officer.require(Right.MANAGE)
        slots = {slot.id for slot in self._generation.ring().people}
        order = list(Role)
        with self._store.reading() as session:
            rows = [
                ColleagueRow(row.id, row.name, Role(row.role), row.id == self._officer.staff_id, row.id.hex in slots)
                for row in _living(session)
            ]
        return sorted(rows, key=lambda row: (order.index(row.role), row.name))

    def check(self, name: str, role: Role, *, staff_id: UUID | None = None) -> list[Problem]:
        """Return what is wrong with a new colleague's name, or with changing *staff_id* to it."""
        with self._store.reading() as session:
            others = [row for row in _living(session) if row.id != staff_id]
            was_director = staff_id is not None and _is_director(session, staff_id)
        problems = check_staff_name(name, {row.name for row in others})
        if was_director and role is not Role.DIRECTOR and not any(row.role == Role.DIRECTOR.value for row in others):
            problems.append(Problem("role", "last_director", LAST_DIRECTOR))
        return problems

    def add(self, name: str, role: Role, password: str) -> UUID:
        """Add a colleague with a first password and return the id; raise InputError with every problem."""
        self._officer.require(Right.MANAGE)
        name = tidy_name(name)
        staff_id = new_id()
        with self._store.writing(f"加同事：{name}", self._officer, undoable=False) as unit:
            if problems := [*self.check(name, role), *check_password(password, name=name)]:
                raise InputError(problems=problems)
            unit.add(Staff(id=staff_id, name=name, role=role.value))
        slot = make_slot(staff_id.hex, name, role.value, password, self._data_key, self.cost)
        self._change_ring(lambda ring: ring.with_slot(slot))
        return staff_id

    def change(self, staff_id: UUID, name: str, role: Role) -> None:
        """Store a colleague's name and role; the role counts from their next sign-in. Raises InputError."""
        self._officer.require(Right.MANAGE)
        name = tidy_name(name)
        with self._store.writing(f"修改同事：{name}", self._officer, undoable=False) as unit:
            # In here nobody else stores anything: two directors cannot demote each other at the same moment.
            if problems := self.check(name, role, staff_id=staff_id):
                raise InputError(problems=problems)
            staff = unit.get(Staff, staff_id)
            staff.name, staff.role = name, role.value
        self._change_ring(lambda ring: _renamed(ring, staff_id.hex, name, role))

    def change_own_password(self, old: str, new: str) -> None:
        """Give the officer a new password; raise InputError if *old* is not the present one or *new* is weak."""
        problems = []
        slot = self._generation.ring().of(self._officer.staff_id.hex)
        try:
            with counted(self._folder.path, slot.id, self._clock.now()):
                open_slot(slot, old)
        except WrongPassword as error:
            wait = f"请等{in_words(error.wait_s)}再试。" if error.wait_s else "请再输一次。"
            problems.append(Problem("old", "password_wrong", f"原来的密码不对，{wait}密码没有改。"))
        problems += check_password(new, name=self._officer.name)
        if not problems and old == new:
            problems.append(Problem("password", "password_same", "新密码和原来的一样，请换一个。"))
        if problems:
            raise InputError(problems=problems)
        self._set_password(self._officer.staff_id, new, "修改自己的密码")

    def set_password(self, staff_id: UUID, new: str) -> None:
        """Give a colleague a new password, which they should change; raise InputError for a weak one."""
        self._officer.require(Right.MANAGE)
        if staff_id == self._officer.staff_id:
            raise InputError("自己的密码请在“我的密码”里改。")
        with self._store.reading() as session:
            names = {row.id: row.name for row in _living(session)}
        if staff_id not in names:
            raise InputError("名单里已经没有这位同事了。")
        if problems := check_password(new, name=names[staff_id]):
            raise InputError(problems=problems)
        self._set_password(staff_id, new, f"重设密码：{names[staff_id]}")

    def next_code_number(self) -> str:
        """Return the number of the next recovery sheet."""
        self._officer.require(Right.MANAGE)
        with self._store.reading() as session:
            return recovery_number(self._clock.today().year, codes_made(session))

    def issue_code(self, groups: tuple[str, ...]) -> None:
        """Let the new code *groups* open the file; the old one no longer does."""
        self._officer.require(Right.MANAGE)
        with self._store.writing(NEW_CODE, self._officer, undoable=False) as unit:
            unit.note(Staff, self._officer.staff_id, "recovery", {})
        slot = make_slot(RECOVERY, "恢复码", "", secret_of(groups), self._data_key, self.cost)
        self._change_ring(lambda ring: ring.with_slot(slot))

    def change_profile(self, *, name: str, region: str, address: str, phone: str, version: int) -> None:
        """Store the committee's particulars; the login window shows the new name too. Raises InputError."""
        self._officer.require(Right.MANAGE)
        name = tidy(name)
        PeopleService(self._store, self._officer).change_profile(
            name=name, region=region.strip(), address=tidy(address), phone=phone.strip(), version=version
        )
        self._change_ring(lambda ring: replace(ring, committee=name))

    def _set_password(self, staff_id: UUID, password: str, label: str) -> None:
        with self._store.writing(label, self._officer, undoable=False) as unit:
            staff = unit.get(Staff, staff_id)
            unit.note(Staff, staff_id, "password", {})
            slot = make_slot(staff_id.hex, staff.name, staff.role, password, self._data_key, self.cost)
        self._change_ring(lambda ring: ring.with_slot(slot))
        forget(self._folder.path, staff_id.hex)

    def _change_ring(self, change: Callable[[KeyRing], KeyRing]) -> None:
        """Replace the key file whole; two processes take turns."""
        with self._folder.changing_keys():
            change(self._generation.ring()).save(self._generation.keys)


def _living(session: Session) -> list[Staff]:
    return list(session.exec(select(Staff).where(col(Staff.deleted_at).is_(None))))


def _is_director(session: Session, staff_id: UUID) -> bool:
    staff = session.get(Staff, staff_id)
    return staff is not None and staff.role == Role.DIRECTOR.value


def _renamed(ring: KeyRing, slot_id: str, name: str, role: Role) -> KeyRing:
    slots = tuple(replace(slot, name=name, role=role.value) if slot.id == slot_id else slot for slot in ring.slots)
    return replace(ring, slots=slots)
