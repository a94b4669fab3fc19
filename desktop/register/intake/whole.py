"""Every sheet at once, with whole numbers: what is taken along so that the data outlive the program."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass

from desktop.foundation.clock import Clock
from desktop.register.intake.leaving_out import checked_purpose, stamp
from desktop.register.ports import SheetPort
from desktop.register.rights import Officer, Right
from desktop.spreadsheets.spec import SheetSpec
from desktop.store.history import EXPORT
from desktop.store.unit import Store

Rows = Iterator[Mapping[str, object]]


@dataclass(frozen=True)
class WholeSheets:
    """The sheets of one moment, each read as it is asked for, and the line that stands on every one of them."""

    sheets: Iterator[tuple[SheetSpec, Rows]]
    note: str


class WholeExport:
    """Hands out all sheets an officer may see; whole numbers are a right of their own and need a purpose."""

    def __init__(self, store: Store, officer: Officer, clock: Clock, ports: Sequence[SheetPort]) -> None:
        self._store, self._officer, self._clock = store, officer, clock
        self._ports = [port for port in ports if officer.may(port.right)]

    def check(self, purpose: str) -> str:
        """Return *purpose* tidied; raise NotAllowed, or InputError if it is missing or too long."""
        self._officer.require(Right.EXPORT)
        self._officer.require(Right.EXPORT_UNMASKED)
        return checked_purpose(purpose, required=True)

    def opened(self, purpose: str) -> AbstractContextManager[WholeSheets]:
        """Return the sheets as one moment of the file has them; raises what `check` raises."""
        return self._opened(stamp(self._officer, self._clock.now(), self.check(purpose)))

    @contextmanager
    def _opened(self, note: str) -> Iterator[WholeSheets]:
        today = self._clock.today()
        with self._store.reading() as session:
            yield WholeSheets(
                ((port.spec, iter(port.rows(session, None, None, unmasked=True, today=today))) for port in self._ports),
                note,
            )

    def note(self, counts: Mapping[str, int], purpose: str) -> None:
        """Write down that so many rows of each kind leave: whose step, when, what for, and nobody's name."""
        purpose = self.check(purpose)
        label = f"导出看得懂的全部表格：{sum(counts.values()):,}行，完整号码，用途：{purpose}"
        with self._store.writing(label, self._officer, undoable=False, even_lent=True) as unit:
            for kind, rows in counts.items():
                unit.note(kind, None, EXPORT, {"rows": rows, "unmasked": True, "purpose": purpose})
