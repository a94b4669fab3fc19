"""What was kept on a read-only computer while the data were away: who looked at numbers or exported, and drafts."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from sqlcipher3 import dbapi2 as sqlcipher

from desktop.store.engine import connect
from desktop.store.faults import file_faults

_SINCE = """
SELECT max(step.rowid) FROM step JOIN history_entry ON history_entry.step_id = step.id
WHERE history_entry.record_type = 'baton' AND history_entry.action = 'give'
"""


def carry_over(old: Path, old_key: bytes, new: Path, new_key: bytes) -> None:
    """Add to the file *new*, not in use yet, the steps and drafts of *old* since the data were given away from there.

    While they were away no record could change, so these steps only say what was looked at or taken out; without them
    the history would not tell it. Raises EnvironmentFailure.
    """
    with file_faults("带回数据"), closing(connect(old, old_key)) as source, closing(connect(new, new_key)) as target:
        (since,) = source.execute(_SINCE).fetchone()
        if since is None:
            return
        given_at = source.execute("SELECT at FROM step WHERE rowid = ?", (since,)).fetchone()
        target.execute("BEGIN IMMEDIATE")
        _copy(source, target, "step", "rowid > ? ORDER BY rowid", (since,))
        later = "step_id IN (SELECT id FROM step WHERE rowid > ?) ORDER BY rowid"
        _copy(source, target, "history_entry", later, (since,))
        newer = source.execute("SELECT saved_at, staff_id, form FROM draft WHERE saved_at >= ?", given_at).fetchall()
        target.executemany("DELETE FROM draft WHERE saved_at < ? AND staff_id = ? AND form = ?", newer)
        _copy(source, target, "draft", "saved_at >= ?", given_at)
        target.execute("COMMIT")


def _copy(
    source: sqlcipher.Connection, target: sqlcipher.Connection, table: str, where: str, values: tuple[object, ...]
) -> None:
    """Add the rows of *table* that are not there yet; columns the older program did not know keep their defaults."""
    there = {row[1] for row in target.execute(f'PRAGMA table_info("{table}")')}
    columns = [row[1] for row in source.execute(f'PRAGMA table_info("{table}")') if row[1] in there]
    names = ", ".join(f'"{name}"' for name in columns)
    rows = source.execute(f'SELECT {names} FROM "{table}" WHERE {where}', values).fetchall()  # noqa: S608
    marks = ", ".join("?" * len(columns))
    target.executemany(f'INSERT OR IGNORE INTO "{table}" ({names}) VALUES ({marks})', rows)  # noqa: S608
