"""Which column of a file is which column of the spec: header search, synonyms, and joining by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from desktop.spreadsheets.spec import SheetColumn, SheetSpec


@dataclass(frozen=True)
class MappedColumn:
    """A column found in the file: its place (0 = column A) and its heading as it stands there."""

    index: int
    heading: str


@dataclass(frozen=True)
class ColumnMap:
    """How the columns of one file and of the spec belong together."""

    spec: SheetSpec
    header_row: int
    """Excel's number of the (lower) heading row; the data begin below it."""
    columns: Mapping[str, MappedColumn] = field(hash=False)
    """Key of the spec → column of the file."""
    unknown: tuple[tuple[int, str], ...] = ()
    """(index, heading) of columns that nothing in the spec answers to."""
    missing: tuple[SheetColumn, ...] = ()
    """Required columns the file does not have."""

    def heading(self, key: str) -> str:
        """Return the heading of *key* as it stands in the file, or the spec's own if the file has no such column."""
        found = self.columns.get(key)
        return found.heading if found is not None else self.spec.column(key).heading
