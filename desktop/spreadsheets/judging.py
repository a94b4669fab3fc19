"""The verdict on a sheet: every cell read by its kind, every problem with its row, heading, code and sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as part
from datetime import date
from decimal import Decimal
from pathlib import Path

from desktop.foundation.jobs import JobContext
from desktop.spreadsheets.cells import Cell, as_text
from desktop.spreadsheets.footers import TOTAL_ROW, Footers, is_grand_total
from desktop.spreadsheets.kinds import Judged, Value, judge_for
from desktop.spreadsheets.mapping import ColumnMap, find_columns
from desktop.spreadsheets.reading import RawTable, read_table
from desktop.spreadsheets.spec import SheetSpec

_REPORT_EVERY = 500
_REMEMBERED_CELLS = 20_000


@dataclass(frozen=True)
class Issue:
    """One thing wrong or doubtful: Excel's row number, the heading as in the file, a code, a Chinese sentence."""

    row: int
    field: str
    code: str
    message: str = part(repr=False)
    """May quote the cell, so it stays out of tracebacks and logs."""

    def as_json(self) -> dict[str, object]:
        """Return the issue as the command line prints it."""
        return {"row": self.row, "field": self.field, "code": self.code, "message": self.message}


@dataclass(slots=True)
class ReadRow:
    """One data row: values by key (blank or unreadable is None, blank tags are an empty tuple) and what is wrong."""

    number: int
    values: dict[str, Value] = part(repr=False)
    cells: Sequence[Cell] = part(repr=False)
    """The row as it stands in the file."""
    columns: ColumnMap = part(repr=False)
    problems: list[Issue] = part(default_factory=list)
    warnings: list[Issue] = part(default_factory=list)

    @property
    def texts(self) -> dict[str, str]:
        """Return what each cell shows, by key; only of columns the file has."""
        return {key: as_text(self.cells[column.index]) for key, column in self.columns.columns.items()}

    @property
    def refused(self) -> bool:
        """Return whether anything keeps this row from being stored."""
        return bool(self.problems)

    def failed(self, key: str) -> bool:
        """Return whether the cell of *key* has a problem already (an ID cell gets one code only)."""
        heading = self.columns.heading(key)
        return any(problem.field == heading for problem in self.problems)

    def fail(self, key: str, code: str, message: str) -> None:
        """Refuse the row because of the cell of *key*."""
        self.problems.append(Issue(self.number, self.columns.heading(key), code, message))

    def warn(self, key: str, code: str, message: str) -> None:
        """Note a doubt about the cell of *key*; the row is stored all the same."""
        self.warnings.append(Issue(self.number, self.columns.heading(key), code, message))


@dataclass(frozen=True)
class Verdict:
    """What came of a sheet, as the assistant shows and the command line prints it."""

    kind: str
    rows: int
    accepted: int
    rejected: tuple[Issue, ...]
    warnings: tuple[Issue, ...]
    batch: str | None = None

    def as_json(self) -> dict[str, object]:
        """Return the verdict as the object ``import --json`` prints."""
        return {
            "kind": self.kind,
            "rows": self.rows,
            "accepted": self.accepted,
            "rejected": [issue.as_json() for issue in self.rejected],
            "warnings": [issue.as_json() for issue in self.warnings],
            "batch": self.batch,
        }


@dataclass
class ReadSheet:
    """A sheet read and judged cell by cell; slices add their own problems to the rows before the verdict."""

    spec: SheetSpec
    columns: ColumnMap
    rows: list[ReadRow] = part(default_factory=list, repr=False)
    skipped: list[tuple[int, str]] = part(default_factory=list)
    """(Excel's row number, why) of rows that hold no record: blank, 合计, 说明 and the like."""
    issues: list[Issue] = part(default_factory=list)
    """Problems of the whole file: one per missing required heading, at the header row; then no row was read."""
    warnings: list[Issue] = part(default_factory=list)
    """Doubts about the whole file: heading_unknown at the header row, sum_mismatch at the 合计 row."""
    sheet_name: str = ""
    sheet_names: tuple[str, ...] = ()
    """All visible sheets of the file; only ``sheet_name`` was read."""
    headings: tuple[str, ...] = ()
    """What stands above every column of the file, mapped or not."""

    @property
    def accepted(self) -> list[ReadRow]:
        """Return the rows that nothing speaks against."""
        return [row for row in self.rows if not row.problems]

    @property
    def refused(self) -> list[ReadRow]:
        """Return the rows that cannot be stored."""
        return [row for row in self.rows if row.problems]

    def verdict(self, batch: str | None = None) -> Verdict:
        """Return the verdict in row order; accepted + distinct refused rows = rows.

        Warnings of refused rows are left out: they would speak of something that is not stored. If a required
        heading is missing no row can be told, so the header row alone counts: rows 1, accepted 0.
        """
        if self.issues:
            return Verdict(self.spec.kind, 1, 0, tuple(self.issues), tuple(self.warnings), batch)
        rejected = [issue for row in self.rows for issue in row.problems]
        warnings = [*self.warnings, *(issue for row in self.rows if not row.problems for issue in row.warnings)]
        return Verdict(
            kind=self.spec.kind,
            rows=len(self.rows),
            accepted=len(self.accepted),
            rejected=tuple(rejected),
            warnings=tuple(sorted(warnings, key=lambda issue: issue.row)),
            batch=batch,
        )


def read_sheet(
    path: Path,
    spec: SheetSpec,
    *,
    today: date,
    learned: Mapping[str, str] | None = None,
    columns: ColumnMap | None = None,
    sheet: str | None = None,
    context: JobContext | None = None,
) -> ReadSheet:
    """Return the sheet at *path* with every cell read and judged by its column's kind.

    *columns* is a map the user mended by hand and stands in place of the search. Nothing is read below the header
    if a required heading is missing. Raises InputError, EnvironmentFailure as ``read_table`` does, and JobCancelled.
    """
    table = read_table(path, sheet=sheet, prefer=lambda raw: find_columns(raw, spec, learned=learned).score)
    found = columns if columns is not None else find_columns(table, spec, learned=learned)
    read = ReadSheet(spec, found, sheet_name=table.sheet_name, sheet_names=table.sheet_names)
    read.headings = _headings(table, found)
    if found.missing:
        read.issues = [
            Issue(found.header_row, column.heading, "required", f"表里没有“{column.heading}”这一列")
            for column in found.missing
        ]
        return read
    read.warnings = [
        Issue(found.header_row, heading, "heading_unknown", f"“{heading}”这一列没有对应的项目，没有读")
        for _, heading in found.unknown
    ]
    _Judge(read, today).run(table, context or JobContext())
    return read


class _Judge:
    """Reads the rows of one table into a ReadSheet."""

    def __init__(self, read: ReadSheet, today: date) -> None:
        self._read = read
        self._plan = [
            (column.key, read.columns.columns[column.key].index, judge_for(column, today), _memory())
            for column in read.spec.columns
            if column.key in read.columns.columns
        ]
        self._absent: dict[str, Value] = {
            column.key: () if column.kind == "tags" else None
            for column in read.spec.columns
            if column.key not in read.columns.columns
        }
        self._required = tuple(column.key for column in read.spec.required)
        self._totals: list[ReadRow] = []

    def run(self, table: RawTable, context: JobContext) -> None:
        """Judge every row below the header; blank rows, footers and repeated headings go to ``skipped``."""
        start = self._read.columns.header_row - table.first_row + 1
        footers = Footers(self._read.columns)
        total = len(table.rows) - start
        for done, cells in enumerate(table.rows[start:]):
            if done % _REPORT_EVERY == 0:
                context.check()
                context.report(done, total)
            number = table.first_row + start + done
            if all(cells[index] in ("", None) or not as_text(cells[index]).strip() for _, index, _, _ in self._plan):
                self._read.skipped.append((number, footers.empty_reason(cells)))
                continue
            row = self._judge(number, cells)
            suspicion = footers.suspicion(cells)
            if suspicion:
                filled = not any(row.failed(key) for key in self._required)
                if footers.confirmed(suspicion, cells, required_filled=filled):
                    self._read.skipped.append((number, suspicion))
                    if suspicion == TOTAL_ROW and is_grand_total(cells):
                        self._totals.append(row)
                    continue
            self._read.rows.append(row)
        context.report(total, total)
        self._compare_totals()

    def _judge(self, number: int, cells: Sequence[Cell]) -> ReadRow:
        values = dict(self._absent)
        row = ReadRow(number, values, cells, self._read.columns)
        for key, index, judge, memory in self._plan:
            cell = cells[index]
            if type(cell) is str:  # texts repeat; numbers and days do not, and 1, 1.0 and True would be one key
                judged = memory.get(cell)
                if judged is None:
                    if len(memory) >= _REMEMBERED_CELLS:
                        memory.clear()
                    judged = memory[cell] = judge(cell)
            else:
                judged = judge(cell)
            values[key], code, message = judged
            if code:
                row.fail(key, code, message)
        return row

    def _compare_totals(self) -> None:
        """Warn where a 合计 row disagrees with all rows; a column with an unreadable cell cannot be compared."""
        for key in self._read.spec.sum_columns:
            if key not in self._read.columns.columns or any(row.failed(key) for row in self._read.rows):
                continue
            added = sum((_number(row.values[key]) for row in self._read.rows), Decimal(0))
            for total in self._totals:
                claimed = total.values[key]
                if isinstance(claimed, int | Decimal) and claimed != added:
                    heading = self._read.columns.heading(key)
                    message = f"合计行写的是{claimed}，各行相加是{added}，请核对"
                    self._read.warnings.append(Issue(total.number, heading, "sum_mismatch", message))


def _headings(table: RawTable, columns: ColumnMap) -> tuple[str, ...]:
    texts = [as_text(cell) for cell in table.rows[columns.header_row - table.first_row]]
    for found in columns.columns.values():
        texts[found.index] = found.heading
    return tuple(texts)


def _memory() -> dict[str, Judged]:
    return {}


def _number(value: Value) -> Decimal:
    return Decimal(value) if isinstance(value, int | Decimal) else Decimal(0)
