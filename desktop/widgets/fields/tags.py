"""Several words at once: chips that can be taken off, typing and suggestions that add to them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QPushButton, QSizePolicy, QWidget

from desktop.foundation.text import squeeze, tidy
from desktop.widgets.fields.base import Field
from desktop.widgets.fields.choice import pinyin_of
from desktop.widgets.fields.lineedit import LineEdit
from desktop.widgets.flow import FlowLayout
from desktop.widgets.hits import HitList, LookupHit
from desktop.widgets.icons import icon
from desktop.widgets.roles import set_look
from desktop.widgets.theme import scaled

_REMOVE_KEYS = {Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}


class _TagChip(QPushButton):
    """One chip; a click or Delete takes it off."""

    removed = Signal(str)

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setProperty("role", "tag")
        self.setObjectName(f"tag_{text}")
        self.setIcon(icon("close", "blue"))
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the cross stands behind the word
        self.setAccessibleName(f"{text}，按删除键去掉")
        self.setToolTip(f"去掉“{text}”")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.clicked.connect(lambda: self.removed.emit(text))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the chip off by keyboard."""
        if event.key() in _REMOVE_KEYS:
            self.click()
            return
        super().keyPressEvent(event)


class TagsField(Field):
    """A list of words in the order they were added, each once."""

    def __init__(
        self,
        name: str,
        title: str,
        suggestions: Sequence[str] = (),
        *,
        required: bool = False,
        hint: str = "",
        placeholder: str = "打字添加，回车确定",
        open_list: bool = True,
        keys: Callable[[str], Iterable[str]] = pinyin_of,
    ) -> None:
        super().__init__(name, title, required=required, hint=hint)
        self._suggestions, self._open_list, self._keys = list(suggestions), open_list, keys
        self._tags: dict[str, _TagChip] = {}
        self._frame = QFrame()
        self._frame.setProperty("role", "tags")
        self._flow = FlowLayout(self._frame, spacing=scaled(6))
        self._flow.setContentsMargins(scaled(6), scaled(4), scaled(6), scaled(4))
        self._line = LineEdit(placeholder)
        self._line.setProperty("role", "plain")
        self._line.setMinimumWidth(scaled(150))
        self._line.textChanged.connect(self._touched)
        self._line.textEdited.connect(self._typed)
        self._flow.addWidget(self._line)
        self._set_editor(self._line, shown=self._frame)
        self.hits = HitList(self._line)
        self.hits.chosen.connect(lambda hit: self._add(hit.title))

    def value(self) -> list[str]:
        """Return the words; a word still being typed counts if any word is allowed."""
        rest = tidy(self._line.text())
        return [*self._tags, *([rest] if rest and self._open_list and rest not in self._tags else [])]

    def set_value(self, value: object) -> None:
        """Show the words of *value*, any iterable of texts, or None."""
        with self._quietly():
            for text in list(self._tags):
                self._take_off(text)
            for text in value if isinstance(value, Iterable) and not isinstance(value, str) else ():
                self._put_on(str(text))
            self._line.clear()

    def own_problem(self) -> str:
        """Say that a typed word is not in the list, where only listed words are allowed."""
        rest = tidy(self._line.text())
        return "" if self._open_list or not rest else f"没有“{rest}”这一项，请从列表里选"

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Add on Enter, open the suggestions with ↓, step back to the last chip with Backspace."""
        if watched is self._line and event.type() in {QEvent.Type.FocusIn, QEvent.Type.FocusOut}:
            set_look(self._frame, "active", event.type() == QEvent.Type.FocusIn)
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and not self._line.composing:
            text = tidy(self._line.text())
            if self._wants_next(event) and (text or self.hits.isVisible()):
                if not self.hits.take_current() and self._open_list:
                    self._add(text)
                return True
            if self.hits.handle_key(event):
                return True
            if event.key() == Qt.Key.Key_Down:
                self._suggest()
                return True
            if event.key() == Qt.Key.Key_Backspace and not self._line.text() and self._tags:
                list(self._tags.values())[-1].setFocus(Qt.FocusReason.TabFocusReason)
                return True
        return super().eventFilter(watched, event)

    def _framed(self) -> QWidget:
        return self._frame

    def _leave(self) -> None:
        text = tidy(self._line.text())
        if text and (self._open_list or text in self._suggestions):
            self._add(text)
        super()._leave()

    def _typed(self, text: str) -> None:
        if text:
            self._suggest()
        else:
            self.hits.hide()

    def _suggest(self) -> None:
        wanted = squeeze(self._line.text()).lower()
        found = [
            LookupHit(text, text)
            for text in self._suggestions
            if text not in self._tags
            and (
                wanted in squeeze(text).lower()
                or (wanted.isascii() and any(key.startswith(wanted) for key in self._keys(text)))
            )
        ]
        self.hits.show_hits(found)

    def _add(self, text: str) -> None:
        self.hits.hide()
        self._put_on(text)
        self._line.clear()
        self._touched()

    def _put_on(self, text: str) -> None:
        if not text or text in self._tags:
            return
        made = _TagChip(text)
        made.removed.connect(self._remove)
        self._tags[text] = made
        self._flow.insert_widget(self._flow.count() - 1, made)
        made.show()
        QWidget.setTabOrder(made, self._line)
        self._frame.updateGeometry()

    def _take_off(self, text: str) -> None:
        made = self._tags.pop(text)
        self._flow.removeWidget(made)
        made.hide()
        made.deleteLater()
        self._frame.updateGeometry()

    def _remove(self, text: str) -> None:
        self._take_off(text)
        self._line.setFocus(Qt.FocusReason.TabFocusReason)
        self._touched()
