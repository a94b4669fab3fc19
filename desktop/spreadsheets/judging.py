"""The verdict on a sheet: every cell read by its kind, every problem with its row, heading, code and sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field as part
from datetime import date
from decimal import Decimal

from desktop.spreadsheets.cells import Cell, as_text
from desktop.spreadsheets.mapping import ColumnMap
from desktop.spreadsheets.spec import SheetSpec

Value = str | int | Decimal | date | tuple[str, ...] | None


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
