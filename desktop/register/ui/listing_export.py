"""A list as seen, written as a sheet: the rows it is narrowed to, in its order and its columns, starred as shown."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.foundation.clock import Clock
from desktop.foundation.days import plain_day
from desktop.foundation.jobs import JobContext
from desktop.register.rights import Officer, Right
from desktop.register.service.exports import LISTING, Leaving
from desktop.register.ui.host import PageHost
from desktop.spreadsheets.spec import SheetColumn, SheetSpec
from desktop.spreadsheets.writing import write_table
from desktop.widgets.buttons import LinkButton
from desktop.widgets.dialogs import choose_save, show_error
from desktop.widgets.paging import TableColumn, words_of

_AT_ONCE = 500
_NUMBER = re.compile(r"[-−]?\d[\d,]*(\.\d+)?")
_PIXELS_PER_LETTER = 9
_LEAST_WIDTH, _FREE_WIDTH = 10, 40


@dataclass(frozen=True)
class Listing:
    """What a list shows: its name, its columns from left to right, its ids in order, and how ids become rows."""

    name: str
    columns: Sequence[TableColumn[Any]]
    ids: Sequence[Hashable]
    fetch: Callable[[Sequence[Hashable]], Sequence[Any]]
    kind: str = "listing"


Note = Callable[[Leaving], object]
"""Writes down what leaves; called on the job's thread, just before the file has its name."""


def export_listing(  # noqa: PLR0917  a job: its context comes last
    officer: Officer, wanted: Listing, note_leaving: Note, path: Path, today: date, context: JobContext
) -> int:
    """Write *wanted* to *path* as .xlsx and return how many rows; raises NotAllowed, and as ``write_table`` does.

    Before the file has its name *note_leaving* is told of it; if that raises, there is no file.

    What the screen shows is written, so a starred number stays starred. Figures in right-aligned columns are
    numbers, everything else is text.
    """
    officer.require(Right.EXPORT)
    columns = tuple(_sheet_column(column) for column in wanted.columns)
    spec = SheetSpec("listing", wanted.name, columns)
    note = f"{plain_day(today)} {officer.name}导出，{len(wanted.ids):,}条"

    def noted(count: int) -> None:
        note_leaving(Leaving(f"导出清单“{wanted.name}”", count, wanted.kind, LISTING))

    write_table(path, spec, _records(wanted), title=wanted.name, note=note, written=noted, context=context)
    return len(wanted.ids)


class ExportLink(LinkButton):
    """导出这份清单: asks where to and writes what *listing* returns; ``told`` says how it goes."""

    told = Signal(str)

    def __init__(
        self, page: QWidget, officer: Officer, clock: Clock, host: PageHost, listing: Callable[[], Listing]
    ) -> None:
        super().__init__("导出这份清单", "upload", name="export_list")
        self._page, self._officer, self._clock, self._host = page, officer, clock, host
        self._listing = listing
        self.clicked.connect(self._ask)

    def _ask(self) -> None:
        name = self._listing().name
        choose_save(self._page, f"导出{name}", f"{name}.xlsx", self._write, patterns=["表格 (*.xlsx)"])

    def _write(self, path: Path) -> None:
        self.setEnabled(False)
        self.told.emit("正在导出…")
        note = self._host.note_leaving
        self._host.runner.start(
            partial(export_listing, self._officer, self._listing(), note, path, self._clock.today()),
            done=partial(self._written, path.name),
            failed=self._failed,
        )

    def _written(self, name: str, count: int) -> None:
        self.setEnabled(True)
        self.told.emit(f"已导出 {count:,}条，存在“{name}”里。")

    def _failed(self, error: BaseException) -> None:
        self.setEnabled(True)
        self.told.emit("没有导出。")
        show_error(self._page, f"导出{self._listing().name}", error)


def _sheet_column(column: TableColumn[Any]) -> SheetColumn:
    width = max(column.width // _PIXELS_PER_LETTER, _LEAST_WIDTH) if column.width else _FREE_WIDTH
    return SheetColumn(column.key, column.title, "decimal" if column.align == "right" else "text", width=width)


def _records(wanted: Listing) -> Iterator[Mapping[str, object]]:
    for start in range(0, len(wanted.ids), _AT_ONCE):
        for one in wanted.fetch(wanted.ids[start : start + _AT_ONCE]):
            yield {column.key: _value(column, one) for column in wanted.columns}


def _value(column: TableColumn[Any], one: Any) -> object:
    text = " ".join(words_of(column, one))
    if column.align == "right" and _NUMBER.fullmatch(text):
        return Decimal(text.replace(",", "").replace("−", "-"))
    return "" if text == "—" else text
