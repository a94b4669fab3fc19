"""The page on which a record is written: sections of fields, one Save, all problems marked at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.foundation.errors import Problem
from desktop.widgets.buttons import IconButton, PrimaryButton, SecondaryButton
from desktop.widgets.card import Banner, Card
from desktop.widgets.fields.base import Field
from desktop.widgets.grid import FieldGrid
from desktop.widgets.roles import chip, label, row, rule
from desktop.widgets.scrolling import scroll_over
from desktop.widgets.theme import scaled

CHANGED_AFTER_MS = 800
Checker = Callable[[dict[str, object]], Iterable[Problem]]


class FormPage(QWidget):
    """Collects values and shows the verdict; it decides nothing.

    ``cancelled`` carries True if the draft is to be kept (back, Esc) and False for 取消. A page that *prints* what is
    typed instead of storing it wears the printer and Ctrl+P.
    """

    save_requested = Signal()
    cancelled = Signal(bool)
    changed = Signal()

    def __init__(
        self, title: str, *, save_text: str = "保存", prints: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._fields: dict[str, Field] = {}
        self._checker: Checker | None = None
        self._verb, keys, mark = ("打印", "Ctrl+P", "print") if prints else ("保存", "Ctrl+S", "save")
        self._save_text, self._judged, self._general = f"{save_text} {keys}", False, ""
        self._focused: QWidget | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(CHANGED_AFTER_MS)
        self._timer.timeout.connect(self.changed)
        self._back = IconButton("chevron-left", "返回，草稿留着（Esc）", name="form_back")
        self._back.clicked.connect(self._put_away)
        self._title = label(title, "title", name="form_title")
        self._draft_chip = chip("", "amber", strong=True)
        self._draft_chip.setObjectName("form_draft")
        self._draft_chip.setVisible(False)
        self._cancel = SecondaryButton("取消", name="form_cancel")
        self._cancel.clicked.connect(self._give_up)
        self.save_button = PrimaryButton(self._save_text, mark, name="form_save")
        self.save_button.clicked.connect(self.request_save)
        self._strip = Banner("danger", "", button="到第1处")
        self._strip.setObjectName("form_strip")
        self._strip.pressed.connect(self.focus_first_problem)
        self._strip.setVisible(False)
        self._body = QWidget()
        self._body.setProperty("role", "bare")
        self._cards = QVBoxLayout(self._body)
        self._cards.setContentsMargins(0, 0, 0, 0)
        self._cards.setSpacing(scaled(10))
        self._cards.addStretch(1)
        self._scroll = scroll_over(self._body)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 12, 16, 12)
        whole.setSpacing(10)
        whole.addLayout(row(self._back, self._title, self._draft_chip, 0, self._cancel, self.save_button, spacing=10))
        whole.addWidget(self._strip)
        self._notices = QVBoxLayout()
        self._notices.setSpacing(10)
        whole.addLayout(self._notices)
        whole.addWidget(self._scroll, 1)
        save_key = QShortcut(QKeySequence(keys), self)
        save_key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        save_key.activated.connect(self.request_save)

    def add_section(
        self,
        title: str,
        items: Sequence[Field | QWidget | tuple[QWidget, int]],
        *,
        columns: int = 3,
        remark: str = "",
        joined: bool = False,
    ) -> Card:
        """Add a card with *items*, each alone or with the number of columns it spans.

        *joined* puts the section into the card before it, under a line.
        """
        last = self._cards.itemAt(self._cards.count() - 2)
        card = last.widget() if joined and last is not None else None
        if isinstance(card, Card):
            card.body.addWidget(rule())
            if title:
                card.add_heading(title, remark)
        else:
            card = Card(title, remark)
            self._cards.insertWidget(self._cards.count() - 1, card)
        grid = FieldGrid(columns)
        for item in items:
            widget, span = item if isinstance(item, tuple) else (item, 1)
            grid.add(widget, span)
            if isinstance(widget, Field):
                self._adopt(widget)
        card.body.addWidget(grid)
        return card

    def add_notice(self, widget: QWidget) -> None:
        """Pin *widget* above the sections, where no scrolling hides it."""
        self._notices.addWidget(widget)

    def add_widget(self, widget: QWidget) -> None:
        """Add any other widget below the sections."""
        self._cards.insertWidget(self._cards.count() - 1, widget)

    def field(self, name: str) -> Field:
        """Return the field called *name*; raise KeyError if the form has none."""
        return self._fields[name]

    def set_title(self, title: str) -> None:
        """Change the heading."""
        self._title.setText(title)

    def values(self) -> dict[str, object]:
        """Return every field's value."""
        return {name: field.value() for name, field in self._fields.items()}

    def set_values(self, values: Mapping[str, object]) -> None:
        """Show *values*; fields that are not named keep theirs. Marks and drafts of before are forgotten."""
        for name, value in values.items():
            if name in self._fields:
                self._fields[name].set_value(value)
        self._timer.stop()
        self.clear_problems()

    def drafts(self) -> dict[str, object]:
        """Return what was typed, readable or not, as plain JSON values, for keeping."""
        kept = {name: field.draft() for name, field in self._fields.items()}
        return {name: draft for name, draft in kept.items() if draft is not None}

    def set_drafts(self, drafts: Mapping[str, object]) -> None:
        """Show what ``drafts`` returned before the program was closed."""
        for name, draft in drafts.items():
            if name in self._fields:
                self._fields[name].set_draft(draft)
        self._timer.stop()

    def set_checker(self, checker: Checker) -> None:
        """Judge values with *checker* before ``save_requested`` and again when a marked field is left."""
        self._checker = checker

    def show_draft_kept(self, clock_time: str) -> None:
        """Say beside the title that the draft was kept at *clock_time*; '' takes it away."""
        self._draft_chip.setText(f"草稿已留存 {clock_time}，还没有{self._verb}" if clock_time else "")
        self._draft_chip.setVisible(bool(clock_time))

    def show_problems(self, problems: Iterable[Problem]) -> None:
        """Mark every field at once and focus the first; what belongs to no field goes into the strip."""
        texts: dict[str, str] = {}
        general: list[str] = []
        for problem in problems:
            if problem.field in self._fields:
                texts[problem.field] = "\n".join(filter(None, (texts.get(problem.field), problem.message)))
            else:
                general.append(problem.message)
        self._general = "；".join(general)
        for name, field in self._fields.items():
            field.set_problem(texts.get(name, ""))
        self._judged = bool(texts or general)
        self._count()
        if texts:
            self.focus_first_problem()

    def clear_problems(self) -> None:
        """Take every mark away."""
        self.show_problems(())

    def go_to(self, name: str) -> None:
        """Put the cursor into the field called *name* and bring it into view."""
        field = self._fields[name]
        field.focus_editor()
        self._scroll.ensureWidgetVisible(field, 0, 24)

    def focus_first_problem(self) -> None:
        """Go to the first marked field, in the order of the form."""
        for field in self._fields.values():
            if field.problem():
                field.focus_editor()
                self._scroll.ensureWidgetVisible(field, 0, 24)
                return

    def request_save(self) -> None:
        """Check what can be checked here; emit ``save_requested`` if nothing is wrong."""
        if not self.save_button.isEnabled():
            return
        QGuiApplication.inputMethod().commit()  # Ctrl+S may come in the middle of a word
        for field in self._fields.values():
            field.settle()
        problems = [Problem(f.name, "unreadable", text) for f in self._fields.values() if (text := f.own_problem())]
        unreadable = {problem.field for problem in problems}
        if self._checker is not None:
            problems.extend(found for found in self._checker(self.values()) if found.field not in unreadable)
        self.show_problems(problems)
        if not problems:
            self._timer.stop()
            self.save_requested.emit()

    def set_saving(self, saving: bool) -> None:
        """Say 正在保存 and take no input until the record is stored or refused."""
        if saving:
            self._focused = self.focusWidget()
        self.save_button.set_text("正在保存…" if saving else self._save_text)
        for part in (self.save_button, self._cancel, self._back, self._body):
            part.setEnabled(not saving)
        if not saving and self._focused is not None:
            self._focused.setFocus()

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002  Qt's name
        """Bring into view what the tab key goes to: a scroll area looks after its own steps only."""
        moved = super().focusNextPrevChild(next)
        now = self.focusWidget()
        if moved and now is not None and self._body.isAncestorOf(now):
            self._scroll.ensureWidgetVisible(now, 0, 24)
        return moved

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Put the form away on Esc; the draft stays."""
        if event.key() == Qt.Key.Key_Escape and self._back.isEnabled():
            self._put_away()
            return
        super().keyPressEvent(event)

    def _adopt(self, field: Field) -> None:
        if field.name in self._fields:
            raise ValueError(f"two fields are called {field.name}")
        self._fields[field.name] = field
        field.edited.connect(self._edited)
        field.problem_changed.connect(self._count)
        field.left.connect(lambda: self._judge_again(field))
        field.entered.connect(lambda: self._next_after(field))

    def _edited(self) -> None:
        self._timer.start()
        if self._general:
            # It spoke of the record as it was when it was refused.
            self._general = ""
            self._count()

    def _next_after(self, field: Field) -> None:
        order = [known for known in self._fields.values() if known is field or known.isVisibleTo(self)]
        place = order.index(field) + 1
        if place < len(order):
            order[place].focus_editor()
            self._scroll.ensureWidgetVisible(order[place], 0, 24)
        else:
            self.save_button.setFocus(Qt.FocusReason.TabFocusReason)

    def _judge_again(self, field: Field) -> None:
        """Look once more at a field that was left after a refusal: it may still be wrong, in another way."""
        if not self._judged or self._checker is None or field.own_problem():
            return
        texts = [problem.message for problem in self._checker(self.values()) if problem.field == field.name]
        field.set_problem("\n".join(texts))

    def _count(self) -> None:
        marked = sum(1 for field in self._fields.values() if field.problem())
        first = f"有 {marked}处要改，改好再{self._verb}。" if marked else f"还不能{self._verb}。"
        self._strip.set_text(f"{first}已填的内容都在。", self._general)
        self._strip.set_button("到第1处" if marked else "")
        # Before the first refusal a field may mark itself; that alone needs no strip.
        self._strip.setVisible(self._judged and bool(marked or self._general))

    def _put_away(self) -> None:
        self.cancelled.emit(True)  # noqa: FBT003  signals take no names

    def _give_up(self) -> None:
        self.cancelled.emit(False)  # noqa: FBT003
