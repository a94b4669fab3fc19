"""One of a short list: click or ↓ opens it, letters filter it by pinyin initials."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt
from PySide6.QtGui import QKeyEvent

from desktop.foundation.text import pinyin_keys, squeeze
from desktop.widgets.buttons import InnerButton
from desktop.widgets.fields.base import Field
from desktop.widgets.fields.lineedit import LineEdit
from desktop.widgets.hits import HitList, LookupHit

Option = str | tuple[object, str]


def pinyin_of(text: str) -> Iterable[str]:
    """Return what a listed *text* may be found by: full pinyin and initials."""
    return (key for pair in pinyin_keys(text) for key in pair)


class ChoiceField(Field):
    """A choice from *options*; with *editable* any other text is a value too."""

    def __init__(
        self,
        name: str,
        title: str,
        options: Sequence[Option],
        *,
        editable: bool = False,
        required: bool = False,
        hint: str = "",
        placeholder: str = "",
        keys: Callable[[str], Iterable[str]] = pinyin_of,
    ) -> None:
        super().__init__(name, title, required=required, hint=hint)
        self._editable, self._keys = editable, keys
        self._options: list[LookupHit] = []
        self._line = LineEdit(placeholder or ("选或填" if editable else "请选择"))
        self._arrow = InnerButton("chevron-down", f"打开{title}的列表")
        self._arrow.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._arrow.clicked.connect(self._open_all)
        self._line.set_trailing(self._arrow)
        self._line.textChanged.connect(self._touched)
        self._line.textEdited.connect(self._typed)
        self._set_editor(self._line)
        self.hits = HitList(self._line)
        self.hits.chosen.connect(self._take)
        self.set_options(options)

    def set_options(self, options: Sequence[Option]) -> None:
        """Offer other options; the present value stays."""
        pairs = [(option, option) if isinstance(option, str) else option for option in options]
        self._options = [LookupHit(key, text) for key, text in pairs]

    def value(self) -> object:
        """Return the key of the option shown; the text itself where any text is allowed; None for nothing."""
        text = self._line.text().strip()
        option = self._named(text)
        if option is not None:
            return option.key
        return text if self._editable and text else None

    def set_value(self, value: object) -> None:
        """Show the option with key *value*, or the text itself."""
        found = next((option.title for option in self._options if option.key == value), None)
        self._write(found if found is not None else "" if value is None else str(value))

    def own_problem(self) -> str:
        """Say that the text is none of the options."""
        text = self._line.text().strip()
        return "" if self._editable or not text or self._named(text) else f"没有“{text}”这一项，请从列表里选"

    def draft(self) -> object:
        """Return the text shown."""
        return self._line.text()

    def set_draft(self, draft: object) -> None:
        """Show the text again."""
        self._write("" if draft is None else str(draft))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Open on a click or ↓, walk with the arrows, take with Enter or Tab."""
        if watched is self._line and event.type() == QEvent.Type.MouseButtonRelease and not self._editable:
            self._open_all()
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and not self._line.composing:
            if self._wants_next(event) or event.key() == Qt.Key.Key_Tab:
                # Free text is kept as typed unless the user walked into the list.
                if not self._editable or self._walked:
                    self.hits.take_current()
            elif self.hits.handle_key(event):
                self._walked = event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Up}
                return True
            elif event.key() in {Qt.Key.Key_Down, Qt.Key.Key_F4}:
                self._open_all()
                self._walked = self._editable
                return True
        return super().eventFilter(watched, event)

    _walked = False

    def settle(self) -> None:
        """Take the one option that the letters can only mean."""
        if not self._editable and self.own_problem():
            found = self._matching(self._line.text())
            if len(found) == 1:
                self._take(found[0])

    def _leave(self) -> None:
        self.settle()
        super()._leave()

    def _named(self, text: str) -> LookupHit | None:
        return next((option for option in self._options if option.title == text), None)

    def _matching(self, text: str) -> list[LookupHit]:
        wanted = squeeze(text).lower()
        return [
            option
            for option in self._options
            if wanted in squeeze(option.title).lower()
            or (wanted.isascii() and any(key.startswith(wanted) for key in self._keys(option.title)))
        ]

    def _typed(self, text: str) -> None:
        self._walked = False
        self.hits.show_hits(self._matching(text))

    def _open_all(self) -> None:
        self._line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.hits.show_hits(self._options, current=self.value())

    def _take(self, option: LookupHit) -> None:
        changed = self._line.text() != option.title
        self._write(option.title)
        if changed:
            self.edited.emit()

    def _write(self, text: str) -> None:
        with QSignalBlocker(self._line):
            self._line.setText(text)
            self._line.setCursorPosition(0)
        self.set_problem("")
        self._line.setToolTip(text)  # long choices are cut off by the arrow
