"""A judged sheet as the lines people look through: verdict, cells with numbers starred, what to do. No Qt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from desktop.foundation.text import mask_id_number, mask_phone, squeeze, tidy
from desktop.spreadsheets.cells import as_text
from desktop.spreadsheets.judging import Issue, ReadRow, ReadSheet
from desktop.spreadsheets.spec import SheetColumn

BLANK = "（空）"
_ROOM = 680
_SAMPLED_ROWS = 200
_WIDEST = 132
_ID_WIDTH = 194
_WIDE, _NARROW, _EDGES = 16.5, 9.3, 28
"""Pixels of a Chinese character, of any other, and beside the text, at the normal type size."""
_FIRST_RANK = 4


class Sort(StrEnum):
    """What becomes of a row of the file."""

    GOOD = "good"
    WARNED = "warned"
    REFUSED = "refused"
    SKIPPED = "skipped"


WORDS = {Sort.GOOD: "可以导入", Sort.WARNED: "请留意", Sort.REFUSED: "不能导入", Sort.SKIPPED: "跳过"}


@dataclass(frozen=True)
class Line:
    """One row of the file: Excel's number, what each main cell shows, which cells are at fault, what to do."""

    number: int
    sort: Sort
    cells: Mapping[str, str] = field(repr=False)
    marked: frozenset[str]
    advice: str = field(repr=False)


class SheetLines:
    """All rows of a judged sheet, sorted by verdict; a line is made when it comes into view."""

    def __init__(self, sheet: ReadSheet) -> None:
        self._rows = {row.number: row for row in sheet.rows}
        self._skipped = dict(sheet.skipped)
        self._keys: dict[str, str] = {}
        for key, found in sheet.columns.columns.items():
            self._keys.setdefault(found.heading, key)
        self._file_notes: dict[int, list[Issue]] = {}
        for note in sheet.warnings:
            self._file_notes.setdefault(note.row, []).append(note)
        self._numbers: dict[Sort, list[int]] = {sort: [] for sort in Sort}
        for row in sheet.rows:
            self._numbers[_sort_of(row)].append(row.number)
        self._numbers[Sort.SKIPPED] = sorted(self._skipped)
        self.columns = self._main_columns(sheet)

    def count(self, sort: Sort) -> int:
        """Return how many rows are of this sort."""
        return len(self._numbers[sort])

    def numbers(self, sorts: Collection[Sort]) -> list[int]:
        """Return the row numbers of these sorts in the order of the file."""
        return sorted(number for sort in sorts for number in self._numbers[sort])

    def lines(self, numbers: Sequence[Hashable]) -> list[Line]:
        """Return the lines of *numbers* in that order."""
        return [self._line(number) for number in numbers if isinstance(number, int)]

    def _line(self, number: int) -> Line:
        row = self._rows.get(number)
        if row is None:
            notes = (note.message for note in self._file_notes.get(number, ()))
            return Line(number, Sort.SKIPPED, {}, frozenset(), "；".join((self._skipped[number], *notes)))
        sort = _sort_of(row)
        issues = row.problems or row.warnings
        marked = frozenset(self._keys[issue.field] for issue in issues if issue.field in self._keys)
        cells = {column.key: _shown(row, column, blank=column.key in marked) for column in self.columns}
        return Line(number, sort, cells, marked, "；".join(dict.fromkeys(map(self._advice, issues))))

    def _advice(self, issue: Issue) -> str:
        """Return the sentence, with its heading where the cell itself may be out of sight."""
        key = self._keys.get(issue.field, "")
        heading = " ".join(issue.field.split())
        return issue.message if key in self._first_rank or heading in issue.message else f"{heading}：{issue.message}"

    def _main_columns(self, sheet: ReadSheet) -> tuple[SheetColumn, ...]:
        """Return the columns worth the room: required ones, those most often at fault, then the spec's first."""
        found = [column for column in sheet.spec.columns if column.key in sheet.columns.columns]
        faults = Counter(
            self._keys[issue.field]
            for row in sheet.rows
            for issue in (row.problems or row.warnings)
            if issue.field in self._keys
        )
        sample = sheet.rows[:_SAMPLED_ROWS]
        self._widths = {column.key: _width(column, sample) for column in found}
        filled = {one.key for one in found if any(row.values[one.key] for row in sample)}
        ranked = sorted(
            (column for column in found if column.required or faults[column.key] or column.key in filled),
            key=lambda column: (not (column.required or column.kind == "id_number"), -faults[column.key]),
        )
        chosen, room = set(), _ROOM
        for column in ranked:
            if self._widths[column.key] <= room or faults[column.key]:
                chosen.add(column.key)
                room -= self._widths[column.key]
        self._first_rank = {column.key for column in ranked[:_FIRST_RANK]}
        return tuple(column for column in found if column.key in chosen)

    def width(self, column: SheetColumn) -> int:
        """Return the pixels of *column* at the normal type size, by what stands in it."""
        return self._widths[column.key]

    def is_second_rank(self, column: SheetColumn) -> bool:
        """Return whether *column* may be left out where there is little room."""
        return column.key not in self._first_rank


def _width(column: SheetColumn, sample: Sequence[ReadRow]) -> int:
    if column.kind == "id_number":
        return _ID_WIDTH
    texts = [column.heading, *(_shown(row, column, blank=True) for row in sample)]
    return min(_WIDEST, _EDGES + round(max(map(_length, texts))))


def _length(text: str) -> float:
    return sum(_NARROW if character.isascii() else _WIDE for character in text)


def without_numbers(text: str) -> str:
    """Return a cell's *text* as an example anybody may see: long numbers are starred."""
    plain = squeeze(text)
    if len(plain) >= 15 and sum(character.isdigit() for character in plain) >= 14:
        return mask_id_number(plain)
    if len(plain) >= 7 and sum(character.isdigit() for character in plain) >= 7 and not _is_day(plain):
        return mask_phone(plain)
    return tidy(text)


def _is_day(text: str) -> bool:
    return text[:2] in ("18", "19", "20") and len(text) <= 11 and not text[:11].isdigit()


def _sort_of(row: ReadRow) -> Sort:
    if row.problems:
        return Sort.REFUSED
    return Sort.WARNED if row.warnings else Sort.GOOD


def _shown(row: ReadRow, column: SheetColumn, *, blank: bool) -> str:
    """Return what the cell shows; a blank one says so only where it is at fault."""
    text = tidy(as_text(row.cells[row.columns.columns[column.key].index])).replace("\n", " ")
    if not text:
        return BLANK if blank else ""
    if column.kind == "id_number":
        return mask_id_number(squeeze(text))
    return mask_phone(squeeze(text)) if column.kind == "phone" else text
