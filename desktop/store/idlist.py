"""Long sorted id lists that cost little: one text of hex digits, or windows read when they come into view."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, overload
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlmodel import Session

_WIDTH = 32


class IdList(Sequence[UUID]):
    """An immutable sequence of record ids; items become UUID objects only when asked for."""

    def __init__(self, hex_digits: str = "") -> None:
        self._hex = hex_digits

    @classmethod
    def of(cls, ids: Iterable[UUID]) -> IdList:
        """Return the list of *ids*."""
        return cls("".join(record_id.hex for record_id in ids))

    @overload
    def __getitem__(self, index: int) -> UUID: ...
    @overload
    def __getitem__(self, index: slice) -> IdList: ...
    def __getitem__(self, index: int | slice) -> UUID | IdList:
        """Return one id, or a part of the list."""
        if isinstance(index, slice):
            start, stop, step = index.indices(len(self))
            if step == 1:
                return IdList(self._hex[start * _WIDTH : max(start, stop) * _WIDTH])
            return IdList.of(self[place] for place in range(start, stop, step))
        place = index + len(self) if index < 0 else index
        if not 0 <= place < len(self):
            raise IndexError(index)
        return UUID(hex=self._hex[place * _WIDTH : (place + 1) * _WIDTH])

    def __len__(self) -> int:
        """Return how many ids there are."""
        return len(self._hex) // _WIDTH

    def __iter__(self) -> Iterator[UUID]:
        """Yield the ids in order."""
        return (self[place] for place in range(len(self)))

    def __add__(self, other: IdList) -> IdList:
        """Return this list followed by *other*."""
        return IdList(self._hex + other._hex)

    def __eq__(self, other: object) -> bool:
        """Return whether *other* holds the same ids in the same order."""
        return isinstance(other, IdList) and self._hex == other._hex

    def __hash__(self) -> int:
        """Return a hash that agrees with equality."""
        return hash(self._hex)

    def position(self, record_id: UUID) -> int:
        """Return where *record_id* stands, or -1."""
        start = 0
        while (found := self._hex.find(record_id.hex, start)) >= 0:
            if found % _WIDTH == 0:
                return found // _WIDTH
            start = found + 1
        return -1


class WindowedIds(Sequence[UUID]):
    """A sorted list read a window at a time, so that opening it costs the same at any length."""

    WINDOW = 500

    def __init__(self, count: int, window: Callable[[int, int], Sequence[UUID]], rank: Callable[[UUID], int]) -> None:
        """Take the length, a reader of (offset, limit), and what says where an id stands (-1: nowhere)."""
        self._count = count
        self._window = window
        self._rank = rank
        self._read: dict[int, Sequence[UUID]] = {}

    @overload
    def __getitem__(self, index: int) -> UUID: ...
    @overload
    def __getitem__(self, index: slice) -> list[UUID]: ...
    def __getitem__(self, index: int | slice) -> UUID | list[UUID]:
        """Return one id, or a part of the list; shorter than asked if rows were removed meanwhile."""
        if isinstance(index, slice):
            places = range(*index.indices(self._count))
            return [found for place in places if (found := self._at(place)) is not None]
        place = index + self._count if index < 0 else index
        found = self._at(place) if 0 <= place < self._count else None
        if found is None:
            raise IndexError(index)
        return found

    def __len__(self) -> int:
        """Return how many ids there were when the list was opened."""
        return self._count

    def position(self, record_id: UUID) -> int:
        """Return where *record_id* stands, or -1."""
        return self._rank(record_id)

    def _at(self, place: int) -> UUID | None:
        number, offset = divmod(place, self.WINDOW)
        if number not in self._read:
            self._read[number] = self._window(number * self.WINDOW, self.WINDOW)
        window = self._read[number]
        return window[offset] if offset < len(window) else None


def ids_of(session: Session, query: Select[Any]) -> IdList:
    """Return the ids a sorted single-column *query* selects, joined inside the database.

    SQLite keeps the order of a sorted subquery; PostgreSQL would use string_agg in the same place.
    """
    inner = query.subquery()
    joined = session.connection().execute(select(func.group_concat(inner.c[0], ""))).scalar_one()
    return IdList(joined or "")
