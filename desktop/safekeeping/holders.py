"""Who opens a backup: an officer by password, or the recovery code, which may set a director's password anew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from desktop.foundation.errors import InputError
from desktop.register.rights import RIGHTS, Right, Role
from desktop.register.service.people import check_password
from desktop.safekeeping.manifest import open_counts
from desktop.store.keys import RECOVERY, Cost, KeyRing, Slot, make_slot, open_slot
from desktop.store.recovery import secret_of


@dataclass(frozen=True)
class ByPassword:
    """An officer of the backup's day; no name is needed where there is only one."""

    staff: str
    password: str = field(repr=False)

    def slot_in(self, ring: KeyRing) -> Slot:
        """Return this officer's slot; raise InputError if a name is needed, WrongPassword if it is not there."""
        if not self.staff and len(ring.people) != 1:
            raise InputError(f"请用 --as 写明登录人，这份备份里有：{'、'.join(slot.name for slot in ring.people)}。")
        return ring.named(self.staff) if self.staff else ring.people[0]

    def open(self, ring: KeyRing) -> bytes:
        """Return the data key; raise WrongPassword."""
        return open_slot(self.slot_in(ring), self.password)

    def ring_after(self, ring: KeyRing, _data_key: bytes, _cost: Cost | None) -> KeyRing:
        """Return who can open the restored file: everybody with the password of the backup's day."""
        return ring

    def entry_to(self, ring: KeyRing) -> tuple[str, str]:
        """Return slot id and secret that open the restored file."""
        return self.slot_in(ring).id, self.password


@dataclass(frozen=True)
class ByCode:
    """The recovery code; with *new_password* the director *staff* (the first one without a name) gets that."""

    groups: tuple[str, ...] = field(repr=False)
    staff: str = ""
    new_password: str = field(default="", repr=False)

    def slot_in(self, ring: KeyRing) -> Slot:
        """Return the recovery slot."""
        return ring.of(RECOVERY)

    def open(self, ring: KeyRing) -> bytes:
        """Return the data key; raise WrongPassword, or InputError for a bad new password before it is needed."""
        if self.new_password and (problems := check_password(self.new_password, name=self._director_in(ring).name)):
            raise InputError(problems=problems)
        return open_slot(ring.of(RECOVERY), secret_of(self.groups))

    def ring_after(self, ring: KeyRing, data_key: bytes, cost: Cost | None) -> KeyRing:
        """Return who can open the restored file, the director by the new password if there is one."""
        if not self.new_password:
            return ring
        slot = self._director_in(ring)
        return ring.with_slot(make_slot(slot.id, slot.name, slot.role, self.new_password, data_key, cost))

    def entry_to(self, _ring: KeyRing) -> tuple[str, str]:
        """Return slot id and secret that open the restored file."""
        return RECOVERY, secret_of(self.groups)

    def _director_in(self, ring: KeyRing) -> Slot:
        directors = [slot for slot in ring.people if slot.role == Role.DIRECTOR.value]
        for slot in directors:
            if self.staff in {"", slot.name}:
                return slot
        raise InputError("恢复码只能重设主任的密码，请用 --as 写一位主任的姓名。")


Holder = ByPassword | ByCode


def counts_for(slot: Slot, counts: Mapping[str, int]) -> dict[str, int]:
    """Return those of *counts* (living records by table) that whoever opens *slot* may see."""
    return dict(counts) if sees_all(slot) else open_counts(counts)


def sees_all(slot: Slot) -> bool:
    """Return whether whoever opens *slot* may see what was done for whose health."""
    return slot.id == RECOVERY or Right.SEE_HEALTH in RIGHTS[Role(slot.role)]
