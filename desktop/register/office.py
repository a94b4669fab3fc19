"""Setting up a data folder and signing in: the only two ways to an opened file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from uuid import UUID

from sqlmodel import col, select

from desktop.foundation.clock import Clock, SystemClock
from desktop.foundation.errors import DamagedFile, InputError, Problem
from desktop.foundation.ids import new_id
from desktop.foundation.text import tidy, tidy_name
from desktop.register.records import Profile, Staff
from desktop.register.rights import Officer, Role
from desktop.register.rules import check_region
from desktop.register.service.colleagues import RESET_BY_CODE, codes_made, recovery_number
from desktop.register.service.people import check_password, check_staff_name
from desktop.register.service.standards import add_newly_shipped, seed_standards
from desktop.store.actor import Actor
from desktop.store.faults import file_faults
from desktop.store.folder import DataFolder, refuse_risky_place
from desktop.store.keys import RECOVERY, Cost, KeyRing, make_slot, new_data_key, open_slot
from desktop.store.migrate import create_schema, migrate_current, needs_migration
from desktop.store.recovery import secret_of
from desktop.store.rekey import finish_rekey
from desktop.store.tries import counted, forget
from desktop.store.unit import Store

_PROGRAM = Actor(None, "程序")


@dataclass(frozen=True)
class NewOfficer:
    """An officer to set up, with the first password."""

    name: str
    role: Role
    password: str = field(repr=False)


@dataclass(frozen=True)
class Opened:
    """An opened file and who opened it."""

    store: Store
    officer: Officer
    data_key: bytes = field(repr=False)
    ring: KeyRing


@dataclass(frozen=True)
class Recovered:
    """What the recovery code may set right: the directors as (slot id, name), and the number of the next code."""

    directors: tuple[tuple[str, str], ...]
    next_number: str


def check_setup(committee: str, region: str, officers: Sequence[NewOfficer]) -> list[Problem]:
    """Return every problem of a first set-up; fields of officer n are called name_n and password_n."""
    problems: list[Problem] = []
    if not tidy(committee):
        problems.append(Problem("committee", "required", "请填居委会名称。"))
    problems.extend(check_region(region))
    taken: set[str] = set()
    for number, officer in enumerate(officers, start=1):
        for found in check_staff_name(officer.name, taken):
            problems.append(Problem(f"name_{number}", found.code, found.message))
        taken.add(tidy_name(officer.name))
        for found in check_password(officer.password, name=officer.name):
            problems.append(Problem(f"password_{number}", found.code, found.message))
    if not any(officer.role is Role.DIRECTOR for officer in officers):
        problems.append(Problem("role_1", "required", "至少要有一位主任，由他管人员和备份。"))
    return problems


def set_up(
    folder: DataFolder,
    *,
    committee: str,
    region: str,
    officers: Sequence[NewOfficer],
    recovery_code: tuple[str, ...],
    clock: Clock,
    cost: Cost | None = None,
) -> None:
    """Make a new encrypted file with profile, officers, standards and key slots; nothing is left if it fails.

    Raises InputError with every problem, or if the folder is set up already; EnvironmentFailure for the machine's.
    """
    if problems := check_setup(committee, region, officers):
        raise InputError(problems=problems)
    refuse_risky_place(folder.path)
    with folder.exclusive():
        if folder.is_set_up():
            raise InputError("这个文件夹里已经有资料了，没有动它。要另建一份，请换一个文件夹。")
        with folder.new_generation(clock.now()) as generation:
            data_key = new_data_key()
            create_schema(generation.database, data_key)
            ids = [new_id() for _ in officers]
            _first_records(Store(generation.database, data_key, clock=clock), committee, region, officers, ids)
            slots = [
                make_slot(staff_id.hex, tidy_name(officer.name), officer.role.value, officer.password, data_key, cost)
                for staff_id, officer in zip(ids, officers, strict=True)
            ]
            slots.append(make_slot(RECOVERY, "恢复码", "", secret_of(recovery_code), data_key, cost))
            KeyRing(tidy(committee), tuple(slots)).save(generation.keys)


def _first_records(
    store: Store, committee: str, region: str, officers: Sequence[NewOfficer], ids: Sequence[UUID]
) -> None:
    try:
        with store.writing("首次设置", _PROGRAM, undoable=False) as unit:
            unit.add(Profile(name=tidy(committee), region=region))
            for staff_id, officer in zip(ids, officers, strict=True):
                unit.add(Staff(id=staff_id, name=tidy_name(officer.name), role=officer.role.value))
            seed_standards(unit)
    finally:
        store.close()


def unlock(folder: DataFolder, slot_id: str, secret: str, *, clock: Clock | None = None) -> bytes:
    """Return the data key; raise WrongPassword, DamagedFile, NewerFile. Takes half a second on purpose.

    After three wrong tries in a row the next one has to wait (TooManyTries), also in another process.
    """
    slot = folder.current().ring().of(slot_id)
    with counted(folder.path, slot_id, (clock or SystemClock()).now()):
        return open_slot(slot, secret)


@contextmanager
def opened(folder: DataFolder, *, slot_id: str, secret: str, clock: Clock) -> Iterator[Opened]:
    """Sign in as the owner of *slot_id*, migrate an older file first, and hold the folder until the block ends."""
    refuse_risky_place(folder.path)
    seen = folder.current()
    data_key = unlock(folder, slot_id, secret, clock=clock)
    if needs_migration(seen.database, data_key):
        with folder.exclusive():
            if needs_migration(folder.current().database, data_key):
                migrate_current(folder, data_key, clock.now())
    with folder.shared():
        generation = folder.current()
        if generation.folder != seen.folder:
            # Swapped between looking and holding, by us or by somebody who restored: it may have another key.
            data_key = open_slot(generation.ring().of(slot_id), secret)
        finish_rekey(generation)
        with file_faults("打开资料"):
            store = Store(generation.database, data_key, clock=clock)
        try:
            add_newly_shipped(store, _PROGRAM)
            yield Opened(store, officer_of(store, slot_id), data_key, generation.ring())
        finally:
            store.close()


def open_with_recovery(folder: DataFolder, code: tuple[str, ...], clock: Clock) -> Recovered:
    """Try the recovery code and return what it may set right; changes nothing. Raises WrongPassword and the like."""
    with opened(folder, slot_id=RECOVERY, secret=secret_of(code), clock=clock) as found:
        directors = [(slot.id, slot.name) for slot in found.ring.people if slot.role == Role.DIRECTOR.value]
        with found.store.reading() as session:
            made = codes_made(session)
    return Recovered(tuple(directors), recovery_number(clock.today().year, made))


def reset_with_recovery(
    folder: DataFolder,
    *,
    code: tuple[str, ...],
    director_id: str,
    password: str,
    new_code: tuple[str, ...],
    clock: Clock,
    cost: Cost | None = None,
) -> None:
    """Give a director a new password and the file a new recovery code; *code* opens it for the last time.

    The key file is replaced whole or not at all; the history keeps that it was done. Old backups still open with the
    old password and the old code. Raises InputError for a bad password, WrongPassword, FileBusy while others work.
    """
    ring = folder.current().ring()
    slot = ring.of(director_id)
    if slot.role != Role.DIRECTOR.value:
        raise InputError("恢复码只能重设主任的密码，请选一位主任。")
    if problems := check_password(password, name=slot.name):
        raise InputError(problems=problems)
    with opened(folder, slot_id=RECOVERY, secret=secret_of(code), clock=clock) as found:
        fresh = make_slot(slot.id, slot.name, slot.role, password, found.data_key, cost)
        recovery = make_slot(RECOVERY, "恢复码", "", secret_of(new_code), found.data_key, cost)
        # The step first: if the keys then cannot be written, a try too many is on record, never one too few.
        with found.store.writing(RESET_BY_CODE, Actor(None, "恢复码"), undoable=False, even_lent=True) as unit:
            unit.note(Staff, UUID(hex=slot.id), "password", {})
    with folder.exclusive():
        generation = folder.current()
        generation.ring().with_slot(fresh).with_slot(recovery).save(generation.keys)
    forget(folder.path, slot.id)


def mend(store: Store, ring: KeyRing) -> None:
    """Put back what a file cannot do without after a salvage: the officers of *ring*, the committee, the standards."""
    with store.writing("抢救资料", _PROGRAM, undoable=False, even_lent=True) as unit:
        known = {row.id: row for row in unit.session.exec(select(Staff))}
        for slot in ring.people:
            staff = known.get(UUID(hex=slot.id))
            if staff is None:
                unit.add(Staff(id=UUID(hex=slot.id), name=slot.name, role=slot.role))
            elif staff.deleted_at is not None:
                staff.deleted_at = None
        if unit.session.exec(select(Profile)).first() is None:
            unit.add(Profile(name=ring.committee))
        seed_standards(unit)
        unit.note("file", None, "salvage", {})


def officer_of(store: Store, slot_id: str) -> Officer:
    """Return the officer of a staff slot, or the director for the recovery slot."""
    with store.reading() as session:
        query = select(Staff).where(col(Staff.deleted_at).is_(None))
        if slot_id == RECOVERY:
            staff = session.exec(query.where(Staff.role == Role.DIRECTOR.value).order_by(col(Staff.created_at))).first()
        else:
            staff = session.exec(query.where(Staff.id == UUID(hex=slot_id))).first()
    if staff is None:
        raise DamagedFile("登录名单和资料对不上，请用恢复码打开或用备份恢复。资料没有动。")
    return Officer(staff.id, staff.name, Role(staff.role))
