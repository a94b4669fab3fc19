"""Search keys (typed beginnings) and search texts (anything inside a name or address), kept beside the records.

Keys are answered from one index. Texts are cut into single characters and runs of Latin letters or digits, because
SQLite's trigram index cannot match the two characters of 张三; a phrase query then finds them side by side.
Both name their record by SearchOwner.row, an integer primary key of its own, never by a table's implicit rowid.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar
from uuid import UUID

from sqlalchemy import delete, text
from sqlmodel import Session, col, select

from desktop.foundation.text import squeeze
from desktop.store.bulk import insert_rows
from desktop.store.models import table_of
from desktop.store.query import among, pick
from desktop.store.records import SearchKey, SearchOwner

T = TypeVar("T")
_TOKEN = re.compile(r"[a-z]+|\d+|\w", re.IGNORECASE)
_IDS_AT_ONCE = 5_000
NAMES, HOMES = "names", "homes"
"""The two columns of the full-text table."""
CREATE_TEXT_TABLE = (
    "CREATE VIRTUAL TABLE search_text USING fts5("
    "names, homes, tokenize='unicode61', content='', contentless_delete=1, detail='full')"
)


def replace_keys(session: Session, kind: str, owners: Mapping[UUID, Iterable[str]]) -> None:
    """Make *owners* findable by these keys and no others; *kind* is one letter put before every key."""
    connection = session.connection()
    rows, known = _rows_of(session, list(owners))
    for part in _parts(sorted(known)):
        connection.execute(delete(SearchKey).where(among(SearchKey.row, part)))
    # In the index's own order, which SQLite takes in twice as fast.
    keys = sorted((f"{kind}{key}", rows[owner]) for owner, wanted in owners.items() for key in set(wanted))
    if keys:
        connection.exec_driver_sql("INSERT INTO search_key (key, row) VALUES (?, ?)", keys)


def find_keys(session: Session, kind: str, beginning: str, limit: int) -> list[UUID]:
    """Return the owners of keys of *kind* that start with *beginning*, in order of key, each once."""
    start = f"{kind}{beginning}"
    query = (
        select(SearchOwner.owner_id)
        .join(SearchKey, col(SearchKey.row) == col(SearchOwner.row))
        .where(col(SearchKey.key) >= start, col(SearchKey.key) < f"{start}\U0010ffff")
        .order_by(col(SearchKey.key))
        .limit(limit)
    )
    return list(dict.fromkeys(session.exec(query)))


def replace_texts(session: Session, column: str, owners: Mapping[UUID, str]) -> None:
    """Make *owners* findable by any part of these texts (*column* is NAMES or HOMES); an empty text takes one out."""
    connection = session.connection()
    rows, known = _rows_of(session, list(owners))
    if known:
        connection.execute(text("DELETE FROM search_text WHERE rowid = :row"), [{"row": row} for row in known])
    filled = [(rows[owner], body) for owner, words in owners.items() if (body := _body(words))]
    if filled:
        connection.exec_driver_sql(f"INSERT INTO search_text(rowid, {column}) VALUES (?, ?)", filled)  # noqa: S608


def find_texts(session: Session, column: str, words: str, limit: int) -> list[UUID]:
    """Return owners whose text in *column* holds every blank-separated part of *words*, each part in one piece."""
    phrases = [f'"{body}"*' for part in words.split() if (body := _body(part))]
    if not phrases:
        return []
    match = f"{{{column}}} : ({' AND '.join(phrases)})"
    found = session.connection().execute(
        text("SELECT rowid FROM search_text WHERE search_text MATCH :match LIMIT :limit"),
        {"match": match, "limit": limit},
    )
    rows = [row for (row,) in found]
    owners: dict[int, UUID] = {}
    for row, owner in session.connection().execute(
        pick(SearchOwner.row, SearchOwner.owner_id).where(among(SearchOwner.row, rows))
    ):
        owners[row] = owner
    return [owners[row] for row in rows if row in owners]


def _rows_of(session: Session, owners: Sequence[UUID]) -> tuple[dict[UUID, int], set[int]]:
    """Return the number of every owner, and which of them were known before (the others have nothing to replace)."""
    connection = session.connection()
    rows: dict[UUID, int] = {}
    for part in _parts(owners):
        query = pick(SearchOwner.owner_id, SearchOwner.row).where(among(SearchOwner.owner_id, part))
        for owner, row in connection.execute(query):
            rows[owner] = row
    known = set(rows.values())
    fresh = [owner for owner in owners if owner not in rows]
    if fresh:
        top: int = connection.execute(text("SELECT coalesce(max(row), 0) FROM search_owner")).scalar_one()
        added = dict(zip(fresh, range(top + 1, top + 1 + len(fresh)), strict=True))
        insert_rows(
            connection, table_of(SearchOwner), [{"owner_id": owner, "row": row} for owner, row in added.items()]
        )
        rows.update(added)
    return rows, known


def _body(words: str) -> str:
    return " ".join(_TOKEN.findall(squeeze(words).lower()))


def _parts(items: Sequence[T]) -> Iterable[Sequence[T]]:
    return (items[start : start + _IDS_AT_ONCE] for start in range(0, len(items), _IDS_AT_ONCE))
