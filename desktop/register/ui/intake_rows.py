"""Step 3 of the import: the verdict on every row, counted and filtered by tiles; nothing is written yet."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QVBoxLayout, QWidget

from desktop.register.ui.intake_lines import WORDS, Line, SheetLines, Sort
from desktop.register.ui.intake_notes import note_on, update_text
from desktop.register.ui.intake_reading import Judged
from desktop.spreadsheets.spec import SheetColumn
from desktop.widgets.buttons import PrimaryButton, SecondaryButton
from desktop.widgets.chips import CellStyle, Chip, ChipKind, Tone
from desktop.widgets.roles import IconLabel, label, row
from desktop.widgets.table import DataTable, PagedModel, TableColumn
from desktop.widgets.tiles import StatTile

_TILES = {
    Sort.GOOD: ("可以导入", "green"),
    Sort.WARNED: ("可以导入，请留意", "amber"),
    Sort.REFUSED: ("不能导入，要改", "red"),
    Sort.SKIPPED: ("跳过：空行、合计、说明", "grey"),
}
_ADVICE_WIDTH = 400
"""The least; the last column takes what is left. Where this does not fit, columns of the second rank go."""
_CHIPS: dict[Sort, ChipKind] = {
    Sort.GOOD: "green",
    Sort.WARNED: "amber",
    Sort.REFUSED: "red",
    Sort.SKIPPED: "grey",
}
_TONES: dict[Sort, Tone] = {
    Sort.GOOD: "secondary",
    Sort.WARNED: "warning",
    Sort.REFUSED: "danger",
    Sort.SKIPPED: "secondary",
}


class RowStep(QWidget):
    """Tiles, the table, what else will happen, and the one button that writes."""

    import_wanted = Signal()
    refused_wanted = Signal()
    places_wanted = Signal()
    update_changed = Signal(bool)
    back = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "bare")
        self._lines: SheetLines | None = None
        self._tiles = {sort: StatTile(text, "行", kind, name=f"tile_{sort}") for sort, (text, kind) in _TILES.items()}
        tiles = QGridLayout()
        tiles.setContentsMargins(0, 0, 0, 0)
        tiles.setSpacing(10)
        for place, (sort, tile) in enumerate(self._tiles.items()):
            tile.toggled.connect(partial(self._filter, sort))
            tiles.addWidget(tile, 0, place)
            tiles.setColumnStretch(place, 1)
        self._table: DataTable[Line] | None = None
        self._advice = label("", wrap=True, name="row_advice")
        self._note = label("", wrap=True, name="intake_note")
        self.update_box = QCheckBox()
        self.update_box.setObjectName("update_box")
        self.update_box.clicked.connect(self.update_changed)
        self._back = SecondaryButton("上一步", "chevron-left", name="rows_back")
        self._back.clicked.connect(self.back)
        self.refused_button = SecondaryButton("", "table", name="save_refused")
        self.refused_button.clicked.connect(self.refused_wanted)
        self.places_button = SecondaryButton("", "plus", name="create_places")
        self.places_button.clicked.connect(self.places_wanted)
        self.import_button = PrimaryButton("", "download", name="import_rows")
        self.import_button.clicked.connect(self.import_wanted)
        note = row(IconLabel("info", 18, "blue"), spacing=8)
        note.addWidget(self._note, 1)
        note.addWidget(self.update_box)
        self._body = QVBoxLayout(self)
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.setSpacing(10)
        self._body.addLayout(tiles)
        self._body.addWidget(self._advice)
        self._body.addLayout(note)
        aside = label("导入后可整批撤销", "small")
        self._body.addLayout(
            row(self._back, self.refused_button, self.places_button, 0, aside, self.import_button, spacing=10)
        )

    def show_judged(self, judged: Judged, learned: Collection[str]) -> None:
        """Show a judged sheet; *learned* are the headings joined by hand for it."""
        self._lines = judged.lines
        self._replace_table(judged.lines, judged.preview.sheet.spec.title)
        counts = {sort: judged.lines.count(sort) for sort in Sort}
        doubtful = counts[Sort.WARNED] + counts[Sort.REFUSED]
        for sort, tile in self._tiles.items():
            tile.set_count(counts[sort])
            tile.blockSignals(True)  # noqa: FBT003  Qt's own signature
            tile.setChecked(sort in (Sort.WARNED, Sort.REFUSED) if doubtful else sort is Sort.GOOD)
            tile.blockSignals(False)  # noqa: FBT003
        self._list_rows()
        accepted = counts[Sort.GOOD] + counts[Sort.WARNED]
        self.import_button.set_text(f"导入 {accepted:,}行")
        self.import_button.setEnabled(accepted > 0)
        self.refused_button.set_text(f"把 {counts[Sort.REFUSED]:,}行存成表去改")
        self.refused_button.setVisible(counts[Sort.REFUSED] > 0)
        self.places_button.set_text(f"新建这{len(judged.unknown_places)}个点位")
        self.places_button.setVisible(bool(judged.unknown_places))
        self._note.setText(note_on(judged, learned))
        self.update_box.setText(update_text(judged))
        self.update_box.setChecked(judged.preview.update)
        self.update_box.setVisible(judged.updatable > 0 or judged.preview.update)

    @property
    def table(self) -> DataTable[Line]:
        """The table of the sheet shown."""
        assert self._table is not None  # noqa: S101  made with the first sheet
        return self._table

    def tile(self, sort: Sort) -> StatTile:
        """Return the tile that counts and filters rows of *sort*."""
        return self._tiles[sort]

    def _replace_table(self, lines: SheetLines, title: str) -> None:
        """Every kind of sheet has other columns, so every sheet gets a table of its own."""
        self._advice.setVisible(False)
        if self._table is not None:
            self._body.removeWidget(self._table)
            self._table.hide()
            self._table.deleteLater()
        self._model: PagedModel[Line] = PagedModel(_columns(lines), row_id=_number_of)
        self._table = DataTable(self._model, f"{title}表的每一行", dense=True)
        self._model.setParent(self._table)
        self._table.setObjectName("intake_rows")
        self._table.set_empty_state(label("点上面的数字，看那些行。", "secondary"))
        self._table.current_row_changed.connect(self._show_advice)
        self._body.insertWidget(1, self._table, 1)
        self.setFocusProxy(self._table)

    def _filter(self, _sort: Sort, _on: bool) -> None:
        self._list_rows()

    def _list_rows(self) -> None:
        if self._lines is not None:
            wanted = [sort for sort, tile in self._tiles.items() if tile.isChecked()]
            self._model.set_source(self._lines.numbers(wanted), self._lines.lines)

    def _show_advice(self, line: Line | None) -> None:
        """Spell out what the narrow last cell may cut off."""
        text = f"第{line.number}行：{line.advice}" if line is not None and line.advice else ""
        self._advice.setText(text)
        self._advice.setVisible(bool(text))


def _number_of(line: Line) -> int:
    return line.number


def _columns(lines: SheetLines) -> list[TableColumn[Line]]:
    numbers = TableColumn[Line](
        "number", "行号", lambda line: str(line.number), width=62, align="right", sortable=False
    )
    verdict = TableColumn[Line]("verdict", "结论", lambda _line: "", width=102, style=_verdict, sortable=False)
    advice = TableColumn[Line]("advice", "要怎么办", _advice, width=_ADVICE_WIDTH, style=_advice_style, sortable=False)
    return [numbers, verdict, *(_column(lines, one) for one in lines.columns), advice]


def _column(lines: SheetLines, column: SheetColumn) -> TableColumn[Line]:
    key = column.key
    return TableColumn[Line](
        key,
        column.heading,
        lambda line: line.cells.get(key, ""),
        width=lines.width(column),
        style=lambda line: _cell_style(line, key),
        sortable=False,
        second_rank=lines.is_second_rank(column),
    )


def _verdict(line: Line) -> CellStyle:
    return CellStyle(chips=(Chip(WORDS[line.sort], _CHIPS[line.sort], bold=True),))


def _cell_style(line: Line, key: str) -> CellStyle:
    if key not in line.marked:
        return CellStyle()
    refused = line.sort is Sort.REFUSED
    return CellStyle(tone="danger" if refused else "warning", mark="danger" if refused else "warning")


def _advice(line: Line) -> str:
    return line.advice or "—"


def _advice_style(line: Line) -> CellStyle:
    return CellStyle(tone=_TONES[line.sort])
