"""Many rows into one table at the driver's speed: values are prepared column by column, constants only once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import repeat
from typing import Any

from sqlalchemy import Connection, Table, insert

_ROWS_AT_ONCE = 5_000


def insert_rows(
    connection: Connection,
    table: Table,
    rows: Sequence[Mapping[str, Any]],
    common: Mapping[str, Any] | None = None,
) -> None:
    """Insert *rows* (column → value, absent ones NULL) with the values of *common* in every one of them.

    SQLAlchemy's own executemany prepares each value of each row anew; for ten thousand residents that takes longer
    than SQLite needs to store them. The values still pass through the types' own processors.
    """
    if not rows:
        return
    common = common or {}
    dialect = connection.dialect
    compiled = insert(table).compile(dialect=dialect, column_keys=[column.name for column in table.columns])
    names: Sequence[str] = compiled.positiontup or []
    for start in range(0, len(rows), _ROWS_AT_ONCE):
        part = rows[start : start + _ROWS_AT_ONCE]
        columns = []
        for name in names:
            prepare = table.columns[name].type.dialect_impl(dialect).bind_processor(dialect)
            if name in common:
                value = common[name]
                columns.append(repeat(prepare(value) if prepare else value, len(part)))
                continue
            values = [row.get(name) for row in part]
            columns.append([prepare(value) for value in values] if prepare else values)  # type: ignore[arg-type]
        connection.exec_driver_sql(str(compiled), list(zip(*columns, strict=True)))
