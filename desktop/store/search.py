"""Search keys (typed beginnings) and search texts (anything inside a name or address), kept beside the records.

Keys are answered from one index. Texts are cut into single characters and runs of Latin letters or digits, because
SQLite's trigram index cannot match the two characters of 张三; a phrase query then finds them side by side.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from sqlalchemy import delete, insert, text
from sqlmodel import Session, col, select

from desktop.foundation.text import squeeze
from desktop.store.records import SearchKey, SearchTextRow

_TOKEN = re.compile(r"[a-z]+|\d+|\w", re.IGNORECASE)
_IDS_AT_ONCE = 5_000
CREATE_TEXT_TABLE = (
    "CREATE VIRTUAL TABLE search_text USING fts5(body, kind UNINDEXED, owner_id UNINDEXED, tokenize='unicode61')"
)


def replace_keys(session: Session, kind: str, owners: Mapping[UUID, Iterable[str]]) -> None:
    """Make *owners* findable by these keys and no others; *kind* is one letter put before every key."""
    connection = session.connection()
    for part in _parts(list(owners)):
        connection.execute(delete(SearchKey).where(col(SearchKey.owner_id).in_(part)))
    rows = [{"key": f"{kind}{key}", "owner_id": owner} for owner, keys in owners.items() for key in dict.fromkeys(keys)]
    if rows:
        connection.execute(insert(SearchKey), rows)


def find_keys(session: Session, kind: str, beginning: str, limit: int) -> list[UUID]:
    """Return the owners of keys of *kind* that start with *beginning*, shortest key first, each once."""
    start = f"{kind}{beginning}"
    query = (
        select(SearchKey.owner_id)
        .where(col(SearchKey.key) >= start, col(SearchKey.key) < f"{start}\U0010ffff")
        .order_by(col(SearchKey.key))
        .limit(limit)
    )
    return list(dict.fromkeys(session.exec(query)))


def replace_texts(session: Session, kind: str, owners: Mapping[UUID, str]) -> None:
    """Make *owners* findable by any part of these texts; an empty text takes the owner out."""
    connection = session.connection()
    for part in _parts(list(owners)):
        mine = select(SearchTextRow.row).where(col(SearchTextRow.owner_id).in_(part))
        if rows := list(connection.scalars(mine)):
            connection.execute(text("DELETE FROM search_text WHERE rowid = :row"), [{"row": row} for row in rows])
            connection.execute(delete(SearchTextRow).where(col(SearchTextRow.owner_id).in_(part)))
    top = connection.execute(text("SELECT coalesce(max(row), 0) FROM search_text_row")).scalar_one()
    filled = [(owner, body) for owner, words in owners.items() if (body := _body(words))]
    if not filled:
        return
    connection.execute(
        text("INSERT INTO search_text(rowid, body, kind, owner_id) VALUES (:row, :body, :kind, :owner)"),
        [
            {"row": top + number, "body": body, "kind": kind, "owner": owner.hex}
            for number, (owner, body) in enumerate(filled, start=1)
        ],
    )
    connection.execute(
        insert(SearchTextRow),
        [{"row": top + number, "owner_id": owner} for number, (owner, _) in enumerate(filled, start=1)],
    )


def find_texts(session: Session, kind: str, words: str, limit: int) -> list[UUID]:
    """Return owners of *kind* whose text holds every blank-separated part of *words*, each part in one piece."""
    phrases = [f'"{body}"*' for part in words.split() if (body := _body(part))]
    if not phrases:
        return []
    query = text("SELECT owner_id FROM search_text WHERE search_text MATCH :match AND kind = :kind LIMIT :limit")
    found = session.connection().execute(query, {"match": " ".join(phrases), "kind": kind, "limit": limit})
    return [UUID(hex=owner) for (owner,) in found]


def _body(words: str) -> str:
    return " ".join(_TOKEN.findall(squeeze(words).lower()))


def _parts(ids: Sequence[UUID]) -> Iterable[Sequence[UUID]]:
    return (ids[start : start + _IDS_AT_ONCE] for start in range(0, len(ids), _IDS_AT_ONCE))
