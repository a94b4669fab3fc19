"""The search across the whole program: a few words, and the records of every slice that hold them."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.foundation.text import tidy
from desktop.register.ports import Found, SearchSource
from desktop.register.rights import Officer
from desktop.store.unit import Store

SHORTEST = 2
"""One letter stands in almost every record."""


class EverywhereService:
    """Asks each source whose records the officer may see; people have a search of their own."""

    def __init__(self, store: Store, officer: Officer, sources: Sequence[SearchSource]) -> None:
        self._store, self._officer = store, officer
        self._sources = [source for source in sources if officer.may(source.right)]

    def find(self, text: str, *, each: int = 3) -> list[Found]:
        """Return at most *each* records of a kind that hold every word of *text*, kind after kind, newest first."""
        words = tidy(text)
        if len(words) < SHORTEST:
            return []
        with self._store.reading() as session:
            return [found for source in self._sources for found in source.find(session, words, each)]
