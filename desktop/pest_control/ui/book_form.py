"""What the four forms of pest control share: a record of a book shown, read back and stored."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from desktop.foundation.clock import Clock
from desktop.foundation.errors import Problem
from desktop.pest_control.service import Book
from desktop.pest_control.views import EntryRow
from desktop.register.ui.host import PageHost
from desktop.register.ui.record_form import RecordForm, Saving
from desktop.store.drafts import Drafts

REMARK = "＊ 为必填 · 回车到下一格 · Esc 收起并保留草稿"


class BookForm(RecordForm):
    """Writes one record of a book; ``saved`` carries the stored row."""

    draft_type: Callable[..., Any]
    numbers: tuple[str, ...] = ()
    days: tuple[str, ...] = ()

    def __init__(
        self,
        book: Book[Any],
        drafts: Drafts,
        host: PageHost,
        clock: Clock,
        row: EntryRow[Any] | None,
        *,
        values: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(f"{'修改' if row else '登记'}{book.word}", host, what="记录")
        self._book, self._clock, self._row = book, clock, row
        self._drafts, self._first = drafts, dict(values or {})

    def start(self, **values: object) -> None:
        """Show the record, or a new one with *values*; called when the fields are built."""
        fresh = {self._book.day: self._clock.today(), **values, **self._first}
        self.set_values(_values_of(self._row.draft) if self._row else fresh)
        self.set_checker(lambda _values: self.problems())
        # What was begun from a duty keeps its draft apart from a form opened empty.
        told = [str(value) for value in self._first.values() if isinstance(value, str)]
        which = self._row.id.hex if self._row else f"due:{':'.join(told)}"[:80] if self._first else "new"
        self.begin(self._drafts, f"{self._book.model.__tablename__}:{which}")

    def problems(self) -> list[Problem]:
        """Return what can be seen to be wrong without the file."""
        raise NotImplementedError

    def draft(self) -> Any:
        """Return what is typed."""
        values = self.values()
        typed: dict[str, Any] = {}
        for name, value in values.items():
            if name in self.numbers:
                typed[name] = value if isinstance(value, int | Decimal) else None
            elif name in self.days:
                typed[name] = value if isinstance(value, date) else None
            else:
                typed[name] = str(value or "")
        return self.draft_type(**typed)

    def saving(self) -> Saving:
        """Return what stores the record."""
        if self._row is None:
            return partial(self._book.record, self.draft())
        return partial(self._book.change, self._row.id, self.draft(), version=self._row.version)

    def done_text(self, result: Any) -> str:
        """Return 已登记投药."""
        return f"{'已登记' if self._row is None else '已修改'}{self._book.word}"

    def reread(self) -> Mapping[str, object] | None:
        """Return what is stored of this record now."""
        found = self._book.rows([self._row.id]) if self._row is not None else []
        if not found:
            return None
        self._row = found[0]
        return _values_of(found[0].draft)


def _values_of(draft: Any) -> dict[str, object]:
    return {name: value if value != "" else None for name, value in vars(draft).items()}
