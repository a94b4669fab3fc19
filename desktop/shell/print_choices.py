"""What stands beside the preview: printer, copies, which pages, how the paper lies, black and white."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from desktop.printing.document import Orientation
from desktop.register.ui.scrolling import scrolled
from desktop.shell.printable import PaperSize, Printable, Wishes
from desktop.shell.printers import Order
from desktop.shell.printing import NO_PRINTER
from desktop.widgets.buttons import PrimaryButton, SecondaryButton, press_on
from desktop.widgets.card import Card
from desktop.widgets.fields.choice import ChoiceField
from desktop.widgets.fields.number import NumberField
from desktop.widgets.roles import FixedWidth, label
from desktop.widgets.segmented import Segmented

_WIDTH = 300
MOST_COPIES = 99
_ORIENTATIONS = (("auto", "自动"), ("portrait", "竖放"), ("landscape", "横放"))


class PrintChoices(QWidget):
    """Asks how to print; ``wished`` tells that the document must be made anew for it."""

    wished = Signal()
    print_wanted = Signal()
    save_wanted = Signal()

    def __init__(self, what: Printable, printers: Sequence[str], usual: str) -> None:
        super().__init__()
        self.setProperty("role", "bare")
        FixedWidth(self, _WIDTH)
        self._printers = list(printers)
        self._page = 1
        self.printer = ChoiceField("printer", "打印机", self._printers)
        self.copies = NumberField("copies", "份数")
        self.copies.set_value(what.copies)
        if self._printers:
            self.printer.set_value(usual if usual in self._printers else self._printers[0])
        self._pages = Segmented((("all", "全部"), ("this", "只印当前页")), accessible_name="印哪几页")
        self._pages_part = _titled("印哪几页", self._pages)
        self._orientation = Segmented(_ORIENTATIONS, accessible_name="纸怎么放")
        self._paper = Segmented(tuple((size, size) for size in what.papers), accessible_name="纸张大小")
        self._mono = QCheckBox("黑白（红字印成黑字）")
        self._mono.setObjectName("mono")
        self._print = PrimaryButton("打印", "print", name="preview_print")
        press_on(self._print, "Ctrl+P")
        self._save = SecondaryButton("存成PDF", "download", name="preview_save")
        press_on(self._save, "Ctrl+S")
        self._arrange(what)
        for choice in (self._orientation, self._paper):
            choice.changed.connect(lambda _key: self.wished.emit())
        self._mono.toggled.connect(lambda _on: self.wished.emit())
        self._print.clicked.connect(self.print_wanted)
        self._save.clicked.connect(self.save_wanted)
        self.setFocusProxy(self._print if self._printers else self._save)

    def wishes(self) -> Wishes:
        """Return how the document should be made."""
        return Wishes(
            self._mono.isChecked(),
            cast("Orientation", self._orientation.current()),
            cast("PaperSize", self._paper.current()),
        )

    def set_pages(self, page: int, count: int) -> None:
        """Know which page is looked at; for a single one there is nothing to choose."""
        self._page = page
        self._pages_part.setVisible(count > 1 and bool(self._printers))

    def order(self) -> Order | None:
        """Return what to print, or None after marking what is wrong and going to the first wrong field."""
        copies, printer = self.copies.value(), self.printer.value()
        self.printer.set_problem(self.printer.own_problem() or ("" if printer else "请选一台打印机"))
        self.copies.set_problem(self.copies.own_problem() or _copies_problem(copies))
        for field in (self.printer, self.copies):
            if field.problem():
                field.focus_editor()
                return None
        pages = (self._page - 1,) if self._pages.current() == "this" and not self._pages_part.isHidden() else None
        return Order(str(printer), cast("int", copies), pages)

    def _arrange(self, what: Printable) -> None:
        """Put the choices where they may scroll, the buttons below where they never do."""
        card = Card()
        parts: list[QWidget] = [self.printer, self.copies, self._pages_part]
        if not self._printers:
            parts = [label(NO_PRINTER, wrap=True, name="no_printer")]
        if what.turns:
            parts.append(_titled("纸怎么放", self._orientation))
        if len(what.papers) > 1:
            parts.append(_titled("纸张大小", self._paper))
        if not what.fixed:
            parts.append(self._mono)
        for part in parts:
            card.body.addWidget(part)
        above = QWidget()
        lines = QVBoxLayout(above)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(card)
        lines.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(8)
        whole.addWidget(scrolled(above), 1)
        if self._printers:
            whole.addWidget(self._print)
        whole.addWidget(self._save)


def _titled(title: str, choice: QWidget) -> QWidget:
    """Return *choice* under its title, as the fields have it."""
    part = QWidget()
    part.setProperty("role", "bare")
    lines = QVBoxLayout(part)
    lines.setContentsMargins(0, 0, 0, 0)
    lines.setSpacing(4)
    lines.addWidget(label(title, "field"))
    lines.addWidget(choice)
    return part


def _copies_problem(copies: object) -> str:
    if not isinstance(copies, int) or copies < 1:
        return "至少印1份"
    return "" if copies <= MOST_COPIES else f"一次最多{MOST_COPIES}份"
