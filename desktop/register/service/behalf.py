"""替别人录入: whom the signed-in officer may type for, and choosing one for this session."""

from __future__ import annotations

from uuid import UUID

from sqlmodel import col, select

from desktop.foundation.errors import InputError
from desktop.register.records import Staff
from desktop.register.rights import Officer, Right, Role
from desktop.register.service.people import StaffRow
from desktop.store.actor import Represented
from desktop.store.unit import Store


class BehalfService:
    """Nothing of it is stored but with each step; rights stay those of the signed-in officer."""

    def __init__(self, store: Store, officer: Officer) -> None:
        self._store, self._officer = store, officer

    def may(self) -> bool:
        """Return whether this officer may type for others: whoever enters anything may."""
        return self._officer.may(Right.STAND_IN)

    def chosen(self) -> str:
        """Return the name of whom the officer types for now, '' for nobody else."""
        chosen = self._officer.behalf.chosen
        return chosen.name if chosen else ""

    def choices(self) -> list[StaffRow]:
        """Return the other officers in office, directors first; nobody for who may not type for others."""
        if not self.may():
            return []
        with self._store.reading() as session:
            rows = session.exec(select(Staff).where(col(Staff.deleted_at).is_(None)))
            order = list(Role)
            found = [StaffRow(row.id, row.name, Role(row.role), row.phone) for row in rows]
        others = (row for row in found if row.id != self._officer.staff_id)
        return sorted(others, key=lambda row: (order.index(row.role), row.name))

    def start(self, staff_id: UUID) -> str:
        """Type for *staff_id* from now on and return the name; raises NotAllowed, InputError for oneself or nobody."""
        self._officer.require(Right.STAND_IN)
        if staff_id == self._officer.staff_id:
            raise InputError("这就是您自己，不用替。")
        self.look()
        name = next((name for name, known in self._officer.behalf.colleagues.items() if known == staff_id), None)
        if name is None:
            raise InputError("名单里已经没有这位同事了，请重新选。")
        self._officer.behalf.chosen = Represented(staff_id, name)
        return name

    def end(self) -> str:
        """Type for oneself again; return for whom it was until now, '' if for nobody."""
        name = self.chosen()
        self._officer.behalf.chosen = None
        return name

    def look(self) -> str:
        """Read again who is in office; end typing for a colleague who is not, and return that one's name."""
        behalf = self._officer.behalf
        behalf.colleagues = {row.name: row.id for row in self.choices()}
        chosen = behalf.chosen
        if chosen is None:
            return ""
        name = next((name for name, known in behalf.colleagues.items() if known == chosen.staff_id), None)
        if name is None:
            return self.end()
        behalf.chosen = Represented(chosen.staff_id, name)
        return ""
