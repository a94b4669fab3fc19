"""Which column of a file is which column of the spec: header search, synonyms, and joining by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from desktop.spreadsheets.cells import Cell, as_text
from desktop.spreadsheets.headings import column_letters, is_silent, normalise_heading, readings_of
from desktop.spreadsheets.reading import RawTable
from desktop.spreadsheets.spec import SheetColumn, SheetSpec

__all__ = ["ColumnMap", "MappedColumn", "find_columns", "normalise_heading", "remap"]

_SEARCHED_ROWS = 30


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

    @property
    def score(self) -> int:
        """Return how well the heading row answers to the spec; required headings weigh more."""
        return 4 * len(self.columns) + sum(column.key in self.columns for column in self.spec.required)


@dataclass(frozen=True)
class _Header:
    """A row, or two rows read as one, that may hold the headings: per column what it shows and what it may mean."""

    bottom: int
    shown: tuple[str, ...]
    meanings: tuple[tuple[str, ...], ...]
    """For each column its normalised readings, surest first."""


def find_columns(table: RawTable, spec: SheetSpec, *, learned: Mapping[str, str] | None = None) -> ColumnMap:
    """Return the best match between the first rows of *table* and *spec*.

    *learned* maps normalised headings to keys and goes before the spec's own synonyms. Two rows are read as one
    heading where the upper one groups columns (家庭住址 over 小区, 楼栋, 单元, 室). If nothing at all is recognised
    the first row with two filled cells counts as the header, so that the user can join its columns by hand.
    """
    names = _names(spec, learned or {})
    best: ColumnMap | None = None
    for top in range(min(_SEARCHED_ROWS, len(table.rows))):
        candidate = _match(table, _single_header(table.rows[top], top), spec, names)
        if (grouped := _double_header(table, top)) is not None:
            # On equal terms the two rows win: the lower one would make no sense as data.
            candidate = max(_match(table, grouped, spec, names), candidate, key=lambda found: found.score)
        if candidate.columns and (best is None or candidate.score > best.score):
            best = candidate
    if best is None:
        best = _match(table, _likely_header(table.rows), spec, names)
    return _with_unnamed(best, table)


def remap(columns: ColumnMap, index: int, key: str | None) -> ColumnMap:
    """Return *columns* with the file's column *index* joined to *key*, or to nothing.

    Whatever column held *key* before becomes unknown. Raises KeyError for an index or key that does not exist.
    """
    shown = {found.index: found.heading for found in columns.columns.values()} | dict(columns.unknown)
    heading = shown[index]
    joined = {old: found for old, found in columns.columns.items() if found.index != index and old != key}
    if key is not None:
        joined[columns.spec.column(key).key] = MappedColumn(index, heading)
    return _completed(columns.spec, columns.header_row, joined, shown)


def _names(spec: SheetSpec, learned: Mapping[str, str]) -> dict[str, str]:
    """Return normalised name → key; what was learned first, then headings, then synonyms."""
    keys = {column.key for column in spec.columns}
    names = {name: key for name, key in learned.items() if key in keys}
    for column in spec.columns:
        names.setdefault(normalise_heading(column.heading), column.key)
    for column in spec.columns:
        for synonym in column.synonyms:
            names.setdefault(normalise_heading(synonym), column.key)
    return names


def _match(table: RawTable, header: _Header, spec: SheetSpec, names: Mapping[str, str]) -> ColumnMap:
    """Join columns and keys: sure readings of all columns before doubtful ones, left before right."""
    joined: dict[str, MappedColumn] = {}
    taken: set[int] = set()
    for level in range(max(map(len, header.meanings), default=0)):
        for index, forms in enumerate(header.meanings):
            if index in taken or level >= len(forms):
                continue
            key = names.get(forms[level])
            if key is not None and key not in joined:
                joined[key] = MappedColumn(index, header.shown[index])
                taken.add(index)
    shown = {
        index: text
        for index, text in enumerate(header.shown)
        if index in taken or (text.strip() and not is_silent(text))
    }
    return _completed(spec, table.first_row + header.bottom, joined, shown)


def _completed(
    spec: SheetSpec, header_row: int, joined: Mapping[str, MappedColumn], shown: Mapping[int, str]
) -> ColumnMap:
    """Return the map in the spec's order, with what is unknown and what is missing worked out."""
    ordered = {column.key: joined[column.key] for column in spec.columns if column.key in joined}
    taken = {found.index for found in ordered.values()}
    return ColumnMap(
        spec=spec,
        header_row=header_row,
        columns=ordered,
        unknown=tuple((index, text) for index, text in sorted(shown.items()) if index not in taken),
        missing=tuple(column for column in spec.required if column.key not in ordered),
    )


def _single_header(row: Sequence[Cell], place: int) -> _Header:
    shown = tuple(as_text(cell) for cell in row)
    return _Header(place, shown, tuple(map(readings_of, shown)))


def _double_header(table: RawTable, top: int) -> _Header | None:
    """Return rows *top* and *top* + 1 as one header if the upper one groups columns of the lower one."""
    if top + 1 >= len(table.rows):
        return None
    upper = [as_text(cell) for cell in table.rows[top]]
    lower = [as_text(cell) for cell in table.rows[top + 1]]
    under_group = [not above.strip() and bool(below.strip()) for above, below in zip(upper, lower, strict=True)]
    if not any(under_group):
        return None
    groups = list(upper)
    for index, grouped in enumerate(under_group):
        if grouped and index:
            groups[index] = groups[index - 1]
    shown: list[str] = []
    meanings: list[tuple[str, ...]] = []
    for above, below in zip(groups, lower, strict=True):
        text = below if below.strip() else above
        forms = readings_of(text)
        if below.strip() and normalise_heading(above) != normalise_heading(below):
            forms = (normalise_heading(above + below), *forms)
        shown.append(text)
        meanings.append(forms)
    return _Header(top + 1, tuple(shown), tuple(meanings))


def _likely_header(rows: Sequence[Sequence[Cell]]) -> _Header:
    filled = [sum(bool(as_text(cell).strip()) for cell in row) for row in rows[:_SEARCHED_ROWS]]
    place = next((place for place, count in enumerate(filled) if count > 1), 0)
    return _single_header(rows[place] if rows else (), place)


def _with_unnamed(columns: ColumnMap, table: RawTable) -> ColumnMap:
    """Add columns that hold data under no heading to the unknown ones, so that nothing is passed over in silence."""
    body = table.rows[columns.header_row - table.first_row + 1 :]
    header = table.rows[columns.header_row - table.first_row] if table.rows else []
    named = {found.index for found in columns.columns.values()} | {index for index, _ in columns.unknown}
    unnamed = [
        (index, f"{column_letters(index)}列")
        for index in range(len(header))
        if index not in named
        and not as_text(header[index]).strip()
        and any(row[index] not in ("", None) for row in body)
    ]
    return replace(columns, unknown=tuple(sorted((*columns.unknown, *unnamed)))) if unnamed else columns
