"""A new recovery code until it is safely on paper: shown, printed or saved, then two of its groups typed back."""

from __future__ import annotations

import secrets
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QVBoxLayout, QWidget

from desktop.foundation.jobs import JobContext
from desktop.printing.document import RecoverySheet
from desktop.shell.code_boxes import CodeBoxes
from desktop.store.recovery import GROUPS
from desktop.widgets.buttons import LinkButton, PrimaryButton, SecondaryButton
from desktop.widgets.card import Card
from desktop.widgets.dialogs import show_error
from desktop.widgets.jobs import JobRunner
from desktop.widgets.panel import clear_layout
from desktop.widgets.roles import FixedHeight, label, row, set_look
from desktop.widgets.theme import scaled

_COLUMNS = 4
_HIDDEN = "*****"
_NOT_YET = "还没有打印。程序不另存恢复码，丢了无法补。"
_KEPT = "好了。请把纸装进信封封好；存成PDF的，打印后把文件删掉。"


class CodeKeeping(QWidget):
    """Not ready before the code was printed or saved and two groups, asked at random, were typed from the paper."""

    changed = Signal()

    def __init__(self, runner: JobRunner, data_folder: Path) -> None:
        super().__init__()
        self.setProperty("role", "bare")
        self._runner, self._data_folder = runner, data_folder
        self._sheet: RecoverySheet | None = None
        self._kept = False
        self._cells: list[QLabel] = []
        self._print = PrimaryButton("打印恢复码", "print", name="print_code")
        self._print.clicked.connect(lambda: self._render(printing=True))
        self._save = SecondaryButton("存成PDF", "download", name="save_code")
        self._save.clicked.connect(lambda: self._render(printing=False))
        self._again = LinkButton("再看一遍", "eye", name="show_code")
        self._again.clicked.connect(lambda: self._show_digits(shown=True))
        self._state = label("", "caution", wrap=True, name="code_state")
        grid = QGridLayout()
        grid.setSpacing(8)
        for number in range(GROUPS):
            grid.addWidget(self._cell(number + 1), number // _COLUMNS, number % _COLUMNS)
        shown = Card()
        shown.body.addLayout(grid)
        shown.body.addLayout(row(self._print, self._save, 0, self._again, spacing=10))
        shown.body.addWidget(self._state)
        self._ask = label("", "field", name="code_question")
        self._typing = QVBoxLayout()
        asked = Card()
        asked.body.addWidget(self._ask)
        asked.body.addLayout(self._typing)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(10)
        whole.addWidget(shown)
        whole.addWidget(asked)
        self._boxes = CodeBoxes([1])

    def set_sheet(self, sheet: RecoverySheet) -> None:
        """Show the code of *sheet*; the same sheet again changes nothing, another one must be printed anew."""
        if sheet == self._sheet:
            return
        self._sheet, self._kept = sheet, False
        self._show_digits(shown=True)
        asked = sorted(secrets.SystemRandom().sample(range(1, len(sheet.groups) + 1), 2))
        self._ask.setText(f"请照着纸上的恢复码，输入第{asked[0]}组和第{asked[1]}组")
        clear_layout(self._typing)
        self._boxes = CodeBoxes(asked, [sheet.groups[number - 1] for number in asked])
        self._boxes.changed.connect(self.changed)
        self._typing.addWidget(self._boxes)
        self._show_state()

    def is_ready(self) -> bool:
        """Return whether the code is on paper and was read back from it."""
        return self._kept and self._boxes.is_complete()

    def missing(self) -> int:
        """Return how many things are still to be done: keeping the code, and each of the two groups."""
        return (0 if self._kept else 1) + self._boxes.missing()

    def demand(self) -> bool:
        """Mark what is missing and return whether nothing is."""
        if not self._kept:
            set_look(self._state, "role", "danger")
            self._print.setFocus()
            return False
        return self._boxes.demand()

    def _cell(self, number: int) -> QFrame:
        cell = QFrame()
        cell.setProperty("role", "popup")
        FixedHeight(cell, 44)
        digits = label("", "title", name=f"code_{number}")
        self._cells.append(digits)
        inner = row(label(f"第{number}组", "small"), 0, digits, 0)
        inner.setContentsMargins(scaled(8), 0, scaled(6), 0)
        cell.setLayout(inner)
        return cell

    def _render(self, *, printing: bool) -> None:
        if self._sheet is None:
            return
        self._set_busy(busy=True)
        self._runner.start(
            partial(_page, self._sheet), done=partial(self._offer, self._sheet, printing), failed=self._failed
        )

    def _offer(self, sheet: RecoverySheet, printing: bool, pdf: bytes) -> None:
        from desktop.shell.printing import print_pdf, save_pdf  # noqa: PLC0415  the printer's libraries load late

        self._set_busy(busy=False)
        done = partial(self._keep, sheet)
        if printing:
            print_pdf(self, pdf, "恢复码", done=done, forbidden=self._data_folder)
        else:
            save_pdf(self, pdf, f"恢复码 {sheet.number}.pdf", done=done, forbidden=self._data_folder)

    def _failed(self, error: BaseException) -> None:
        self._set_busy(busy=False)
        show_error(self, "恢复码这一页没有排好", error)

    def _keep(self, sheet: RecoverySheet) -> None:
        """Take the code for kept, unless it was replaced while the printer worked."""
        if sheet != self._sheet:
            return
        self._kept = True
        # Whoever types the groups shall look at the paper, not at the screen.
        self._show_digits(shown=False)
        self._show_state()
        self._boxes.boxes[0].setFocus()

    def _show_state(self) -> None:
        self._state.setText(_KEPT if self._kept else _NOT_YET)
        set_look(self._state, "role", "good" if self._kept else "caution")
        self._boxes.setEnabled(self._kept)
        self.changed.emit()

    def _show_digits(self, *, shown: bool) -> None:
        groups = self._sheet.groups if self._sheet else ()
        for number, (cell, group) in enumerate(zip(self._cells, groups, strict=False), start=1):
            cell.setText(group if shown else _HIDDEN)
            cell.setAccessibleName(f"第{number}组 {cell.text()}")
        self._again.setVisible(not shown)

    def _set_busy(self, *, busy: bool) -> None:
        self._print.setEnabled(not busy)
        self._save.setEnabled(not busy)


def _page(sheet: RecoverySheet, _context: JobContext) -> bytes:
    from desktop.printing.render import render_recovery_sheet  # noqa: PLC0415  0.3 s, on the job's thread

    return render_recovery_sheet(sheet)
