"""Step 2 of the import: every heading of the file, and which column it is taken for."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QVBoxLayout, QWidget

from desktop.register.ui.intake_reading import is_named
from desktop.register.ui.scrolling import scrolled
from desktop.spreadsheets.mapping import ColumnMap, remap
from desktop.widgets.buttons import PrimaryButton, SecondaryButton
from desktop.widgets.card import Banner, Card
from desktop.widgets.panel import clear_layout
from desktop.widgets.roles import FixedWidth, chip, label, row, set_look
from desktop.widgets.theme import scaled

_NOTHING = "不导入这一列"


class _Choice(QComboBox):
    """A drop-down that leaves the wheel to the page: scrolling past must not change what a column means."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the page scroll."""
        event.ignore()


class ColumnStep(QWidget):
    """Headings left, meaning right; a column can have one meaning only.

    ``accepted`` carries the mended ColumnMap and {heading: key} of what was joined by hand.
    """

    accepted = Signal(object, object)
    back = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "bare")
        self._columns: ColumnMap | None = None
        self._first: ColumnMap | None = None
        self._choices: dict[int, _Choice] = {}
        self._states: dict[int, QLabel] = {}
        self._missing = Banner("danger", "")
        self._missing.setObjectName("missing_headings")
        self._unknown = Banner("info", "")
        self._unknown.setObjectName("unknown_headings")
        inner = QWidget()
        self._grid = QGridLayout(inner)
        self._grid.setContentsMargins(0, 0, scaled(8), 0)
        self._grid.setHorizontalSpacing(scaled(18))
        self._grid.setVerticalSpacing(scaled(6))
        card = Card()
        card.body.addWidget(scrolled(inner), 1)
        back = SecondaryButton("上一步", "chevron-left", name="columns_back")
        back.clicked.connect(self.back)
        self._next = PrimaryButton("下一步，看每一行", name="columns_next")
        self._next.clicked.connect(self._accept)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(10)
        for banner in (self._missing, self._unknown):
            whole.addWidget(banner)
        whole.addWidget(card, 1)
        whole.addLayout(row(back, 0, self._next))

    def show_columns(self, columns: ColumnMap, examples: Mapping[int, str], found: ColumnMap) -> None:
        """Show how *columns* are joined now; *found* is how the program had joined them by itself."""
        self._columns, self._first = columns, found
        self._choices.clear()
        self._states.clear()
        clear_layout(self._grid)
        for place, text in enumerate(("表里的列", "认作", "", "例子")):
            self._grid.addWidget(label(text, "secondary"), 0, place)
        shown = {one.index: one.heading for one in columns.columns.values()} | dict(columns.unknown)
        for line, (index, heading) in enumerate(sorted(shown.items()), start=1):
            self._add_line(line, index, heading, examples.get(index, ""))
        self._grid.setColumnStretch(3, 1)
        self._grid.setRowStretch(len(shown) + 1, 1)
        self._sync()
        first_unknown = next((self._choices[index] for index, _ in columns.unknown), None)
        self.setFocusProxy(first_unknown or self._next)

    def choice(self, index: int) -> QComboBox:
        """Return the drop-down of the file's column *index*."""
        return self._choices[index]

    def _add_line(self, line: int, index: int, heading: str, example: str) -> None:
        assert self._columns is not None  # noqa: S101  set by show_columns
        title = " ".join(heading.split())
        choice = _Choice()
        choice.setObjectName(f"column_{index}")
        choice.setAccessibleName(f"“{title}”认作")
        FixedWidth(choice, 250)
        choice.addItem(_NOTHING, "")
        for column in self._columns.spec.columns:
            choice.addItem(f"{column.heading}＊" if column.required else column.heading, column.key)
        choice.activated.connect(lambda _: self._join(index))
        state = chip("", "grey", strong=True)
        self._choices[index], self._states[index] = choice, state
        self._grid.addWidget(label(title, "heading", wrap=True), line, 0)
        self._grid.addWidget(choice, line, 1)
        self._grid.addWidget(state, line, 2)
        self._grid.addWidget(label(example, "secondary"), line, 3)

    def _join(self, index: int) -> None:
        if self._columns is not None:
            self._columns = remap(self._columns, index, self._choices[index].currentData() or None)
            self._sync()

    def _sync(self) -> None:
        """Show what every column means now, and what is still missing."""
        columns = self._columns
        assert columns is not None  # noqa: S101  set by show_columns
        keys = {found.index: key for key, found in columns.columns.items()}
        for index, choice in self._choices.items():
            choice.setCurrentIndex(max(choice.findData(keys.get(index, "")), 0))
            self._states[index].setText("已对上" if index in keys else "不导入")
            set_look(self._states[index], "kind", "green" if index in keys else "amber")
        missing = "、".join(f"“{column.heading}”" for column in columns.missing)
        self._missing.set_text(
            f"表里没有找到{missing}这一列，缺了它不能导入。",
            "请在下面指出是哪一列；表里真的没有，就在 Excel 里补上这一列再选一次文件。",
        )
        self._missing.setVisible(bool(columns.missing))
        names = "、".join(f"“{' '.join(heading.split())}”" for _, heading in columns.unknown)
        self._unknown.set_text(
            f"有{len(columns.unknown)}列不知道是什么：{names}。",
            "有用的，在“认作”里选它是什么，程序会记住；没用的不用管，其余的列照常导入。",
        )
        self._unknown.setVisible(bool(columns.unknown) and not columns.missing)
        self._next.setEnabled(not columns.missing)

    def _accept(self) -> None:
        columns, first = self._columns, self._first
        assert columns is not None and first is not None  # noqa: S101, PT018  set by show_columns
        learned = {
            found.heading: key
            for key, found in columns.columns.items()
            if first.columns.get(key) != found and is_named(found.index, found.heading)
        }
        self.accepted.emit(columns, learned)
