"""What the import page has done off the window's thread: recognising, judging, showing examples. No Qt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from desktop.foundation.errors import AppError, InputError
from desktop.foundation.jobs import JobContext
from desktop.register.intake.service import IntakeService, Preview
from desktop.register.ui.intake_lines import SheetLines, without_numbers
from desktop.spreadsheets.cells import Cell, as_text
from desktop.spreadsheets.headings import column_letters
from desktop.spreadsheets.judging import ReadSheet, Verdict
from desktop.spreadsheets.mapping import ColumnMap, find_columns
from desktop.spreadsheets.reading import RawTable, read_table
from desktop.spreadsheets.spec import SheetSpec

_ROWS_FOR_EXAMPLES = 40
_EXAMPLE_LENGTH = 24


@dataclass(frozen=True)
class Source:
    """One file, and the kind of sheet it is taken for; no kind if nobody could tell."""

    path: Path
    kind: str
    fault: str = field(default="", repr=False)
    """Why it cannot be read, as a sentence."""
    sheet_name: str | None = None
    """The sheet of the workbook to be read, None for the one that answers best."""


@dataclass
class QueueLine:
    """One file of the list: what would come of it, or what came of it once *done*."""

    title: str
    file_name: str
    verdict: Verdict | None = None
    fault: str = ""
    unjoined: bool = False
    done: bool = False

    @property
    def waits(self) -> bool:
        """Return whether 全部导入 would do something with it."""
        return not self.done and not self.fault and not self.unjoined and bool(self.verdict and self.verdict.accepted)

    @property
    def refused(self) -> int:
        """Return how many rows cannot be stored."""
        return self.verdict.rows - self.verdict.accepted if self.verdict is not None else 0


@dataclass(frozen=True)
class Judged:
    """A preview with its lines, and an example cell for every column of the file."""

    preview: Preview
    lines: SheetLines
    examples: Mapping[int, str] = field(repr=False)
    unknown_places: tuple[str, ...] = ()
    """点位 the sheet names and the register does not hold."""

    @property
    def needs_joining(self) -> bool:
        """Return whether a heading is missing or unknown, so that somebody should look at the headings first."""
        columns = self.preview.sheet.columns
        return bool(columns.missing or columns.unknown)

    @property
    def stored_already(self) -> int:
        """Return how many accepted rows stand in the records already, equal in everything."""
        return sum(any(one.code == "row_exists" for one in row.warnings) for row in self.preview.sheet.accepted)

    @property
    def updatable(self) -> int:
        """Return how many rows are of somebody or something stored already with other values."""
        if self.preview.update:
            return self.preview.plan.updates
        return sum(any(one.code == "id_exists" for one in row.problems) for row in self.preview.sheet.rows)


def judge(
    intake: IntakeService,
    source: Source,
    context: JobContext,
    *,
    update: bool = False,
    columns: ColumnMap | None = None,
    learned: Mapping[str, str] | None = None,
) -> Judged:
    """Read and judge *source*; headings that were joined by hand (*learned*) are remembered first."""
    for heading, key in (learned or {}).items():
        intake.learn(source.kind, heading, key)
    preview = intake.preview(
        source.kind, source.path, update=update, columns=columns, sheet_name=source.sheet_name, context=context
    )
    return Judged(preview, SheetLines(preview.sheet), _examples(preview), tuple(intake.unknown_places(preview)))


def recognise(intake: IntakeService, paths: Sequence[Path], kind: str, context: JobContext) -> list[Source]:
    """Return *paths* in the order they should be imported, each with the kind its headings answer best.

    *kind* is what a file is taken for whose headings tell nothing.
    """
    specs = {name: intake.port(name).spec for name in intake.kinds}
    found: list[Source] = []
    for done, path in enumerate(paths):
        context.check()
        context.report(done, len(paths))
        try:
            found.append(Source(path, _kind_of(path, specs) or kind))
        except AppError as error:
            found.append(Source(path, "", str(error)))
    context.check()
    order = list(specs)
    return sorted(found, key=lambda source: order.index(source.kind) if source.kind else len(order))


def line_up(intake: IntakeService, sources: Sequence[Source], context: JobContext) -> list[QueueLine]:
    """Return one line of the list for each of *sources*, judged as if those before it were stored already."""
    readable = [source for source in sources if source.kind]
    judged = dict(
        zip(readable, intake.rehearse([(one.kind, one.path) for one in readable], context), strict=True)
    )  # fmt: skip
    lines = []
    for source in sources:
        found = judged.get(source)
        line = QueueLine(intake.kinds.get(source.kind, ""), source.path.name)
        if not isinstance(found, ReadSheet):
            line.fault = str(found) if found is not None else str(unrecognised(source))
        else:
            line.verdict, line.unjoined = found.verdict(), bool(found.issues)
        lines.append(line)
    return lines


def import_one(intake: IntakeService, source: Source, context: JobContext) -> Verdict:
    """Judge *source* as the records stand now and store what can be stored."""
    return intake.confirm(intake.preview(source.kind, source.path, context=context), context)


def unrecognised(source: Source) -> InputError:
    """Return the error that says why *source* was not read."""
    return InputError(source.fault or "看列名认不出这是哪种表。请先在右边选好是什么表，再选这个文件。")


def is_named(index: int, heading: str) -> bool:
    """Return whether *heading* stands in the file, rather than being made up for a column without any."""
    return heading != f"{column_letters(index)}列"


def _kind_of(path: Path, specs: Mapping[str, SheetSpec]) -> str:
    table = read_table(path, prefer=lambda raw: max(find_columns(raw, spec).score for spec in specs.values()))
    best, best_rank = "", (False, 0, 0.0)
    for kind, spec in specs.items():
        columns = find_columns(table, spec)
        rank = (not columns.missing, len(columns.columns), len(columns.columns) / len(spec.columns))
        if columns.columns and rank > best_rank:
            best, best_rank = kind, rank
    return best


def _examples(preview: Preview) -> dict[int, str]:
    sheet = preview.sheet
    if sheet.rows:
        rows: Sequence[Sequence[Cell]] = [row.cells for row in sheet.rows[:_ROWS_FOR_EXAMPLES]]
    else:
        table: RawTable = read_table(preview.path, sheet=sheet.sheet_name)
        start = sheet.columns.header_row - table.first_row + 1
        rows = table.rows[start : start + _ROWS_FOR_EXAMPLES]
    examples: dict[int, str] = {}
    for index in range(len(sheet.headings)):
        texts = (as_text(row[index]).strip() for row in rows if index < len(row))
        first = without_numbers(next((text for text in texts if text), ""))
        examples[index] = first if len(first) <= _EXAMPLE_LENGTH else f"{first[:_EXAMPLE_LENGTH]}…"
    return examples
