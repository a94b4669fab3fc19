"""The checklist of one inspection on its form: a compact line for each item, and the sums above."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.inspections.checklist import CheckedList, Judged, checked_of, stored_of
from desktop.inspections.rules import PASSED
from desktop.inspections.ui.checklist_row import ChecklistRow
from desktop.widgets.buttons import RowButton
from desktop.widgets.fields.base import Field
from desktop.widgets.roles import label, row


class ChecklistField(Field):
    """The value is the CheckedList, None where nothing was judged; away until it is opened or holds verdicts.

    ``finding_wanted`` carries the text of a failed item, ``changed`` tells of a verdict, another list, or the opening.
    """

    finding_wanted = Signal(str)
    changed = Signal()

    def __init__(self, name: str) -> None:
        super().__init__(name, "检查表")
        self.is_open = False
        self._shown: CheckedList | None = None
        self._kept: dict[str, CheckedList] = {}
        self._rows: list[ChecklistRow] = []
        self._box = QWidget()
        self._box.setProperty("role", "bare")
        self._sums = label("", "secondary", name="checks_sums")
        self._all = RowButton("没查的都合格", "check", name="checks_all")
        self._all.clicked.connect(self._pass_rest)
        self._lines = QVBoxLayout(self._box)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(6)
        self._lines.addLayout(row(self._all, self._sums, 0, spacing=12))
        self._set_editor(self._box)
        self.setVisible(False)

    def offer(self, blank: CheckedList | None) -> None:
        """Show the list *blank* in place of the one shown; what was judged in either is kept for its return."""
        if self._shown is not None:
            self._kept[self._shown.title] = self._now()
        if blank is None:
            self._show(None)
            return
        kept = self._kept.get(blank.title)
        self._show(kept if kept is not None and (not kept.is_blank or kept.edition == blank.edition) else blank)

    @property
    def count(self) -> int:
        """Return how many items the list shown has."""
        return len(self._rows)

    def set_open(self, *, is_open: bool) -> None:
        """Show the items, or put them away with what was judged."""
        self.is_open = is_open
        self.setVisible(is_open)
        self.changed.emit()

    def title_shown(self) -> str:
        """Return the title of the list shown, '' for none."""
        return self._shown.title if self._shown else ""

    def value(self) -> CheckedList | None:
        """Return what was judged, None if nothing was."""
        now = self._now() if self._shown is not None else None
        return None if now is None or now.is_blank else now

    def set_value(self, value: object) -> None:
        """Show *value*; None takes the verdicts away and leaves the list."""
        with self._quietly():
            if isinstance(value, CheckedList):
                self._show(value)
            elif self._shown is not None:
                self._show(CheckedList(
                    self._shown.title, self._shown.edition, tuple(Judged(line.item) for line in self._shown.lines)
                ))  # fmt: skip

    def draft(self) -> object:
        """Return what was judged as plain values."""
        return stored_of(self.value())

    def set_draft(self, draft: object) -> None:
        """Show it again."""
        if isinstance(draft, dict) and (checked := checked_of(draft)) is not None:
            self._show(checked)

    def set_problem(self, text: str) -> None:
        """Show *text*; what is to be mended must be in sight."""
        super().set_problem(text)
        if text and not self.is_open:
            self.set_open(is_open=True)

    def focus_editor(self) -> None:
        """Go to the first line that is not judged."""
        self.set_open(is_open=True)
        left = next((one for one in self._rows if not one.verdict.current()), self._rows[0] if self._rows else None)
        if left is not None:
            left.focus_verdict()

    def _now(self) -> CheckedList:
        assert self._shown is not None  # noqa: S101  asked for only where a list is shown
        return CheckedList(self._shown.title, self._shown.edition, tuple(one.judged() for one in self._rows))

    def _show(self, checked: CheckedList | None) -> None:
        for old in self._rows:
            self._lines.removeWidget(old)
            old.hide()
            old.deleteLater()
        while self._lines.count() > 1:  # headings of sections
            item = self._lines.takeAt(1)
            if item is not None and (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._rows, self._shown = [], checked
        section = ""
        for number, line in enumerate(checked.lines if checked else (), start=1):
            if line.item.section != section:
                section = line.item.section
                self._lines.addWidget(head := label(section, "field"))
                head.show()  # here and now: the layout would wait for the next turn
            self._add(ChecklistRow(line, number))
        if checked is not None:
            self.set_title(f"{checked.title}（{checked.edition}版）")
            self._chain()
            if not checked.is_blank:
                self.set_open(is_open=True)
        self._count()

    def _add(self, one: ChecklistRow) -> None:
        self._rows.append(one)
        self._lines.addWidget(one)
        one.show()
        one.changed.connect(self._judged)
        one.entered.connect(lambda: self._go_on(one))
        one.wanted.connect(lambda: self.finding_wanted.emit(_finding_of(one.judged())))

    def _go_on(self, one: ChecklistRow) -> None:
        place = self._rows.index(one) + 1
        if place < len(self._rows):
            self._rows[place].focus_verdict()
        else:
            self.left.emit()
            self.entered.emit()

    def _judged(self) -> None:
        self._count()
        self._touched()

    def _pass_rest(self) -> None:
        for one in self._rows:
            if not one.verdict.current():
                one.choose(PASSED)

    def _count(self) -> None:
        now = self._now() if self._shown is not None else None
        self._sums.setText(now.words if now else "")
        self._all.setEnabled(bool(now and now.count("")))
        self.changed.emit()

    def _chain(self) -> None:
        """Let the tab key walk the lines in their order: they were made after the rest of the form."""
        before: QWidget = self._all
        for one in self._rows:
            for part in one.tab_stops():
                QWidget.setTabOrder(before, part)
                before = part


def _finding_of(judged: Judged) -> str:
    """Return a failed item as a line of the finding's text."""
    return f"“{judged.item.name}”不合格{f'：{judged.note}' if judged.note else ''}"
