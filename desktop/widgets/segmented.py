"""Two to five views of one thing, side by side; exactly one is chosen."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QSizePolicy, QWidget

from desktop.widgets.buttons import SteadyButton
from desktop.widgets.theme import theme_changed, tokens

_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}


class _Segment(SteadyButton):
    ROLE = "segment"

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the arrow keys to the control: Qt would move the focus by geometry and click."""
        if Qt.Key(event.key()) in _STEPS:
            event.ignore()
            return
        super().keyPressEvent(event)


class Segmented(QWidget):
    """A segmented control; ← and → walk it, only the chosen segment takes the tab key."""

    changed = Signal(str)

    def __init__(
        self, options: Iterable[tuple[str, str]], *, accessible_name: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(accessible_name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._buttons: dict[str, _Segment] = {}
        self._group = QButtonGroup(self)
        pairs = list(options)
        for number, (key, text) in enumerate(pairs):
            button = _Segment(text, name=f"segment_{key}", parent=self)
            button.setCheckable(True)
            button.setProperty("place", _place(number, len(pairs)))
            button.clicked.connect(lambda _=False, chosen=key: self._choose(chosen))
            self._group.addButton(button)
            self._buttons[key] = button
        self._current = pairs[0][0]
        self._mark()
        theme_changed.connect(self._arrange)

    def current(self) -> str:
        """Return the key of the chosen segment."""
        return self._current

    def set_current(self, key: str) -> None:
        """Choose *key* without telling anybody."""
        if key not in self._buttons:
            raise KeyError(f"no segment {key!r}")
        self._current = key
        self._mark()

    def focus_current(self) -> None:
        """Put the keyboard on the chosen segment."""
        self._buttons[self._current].setFocus(Qt.FocusReason.TabFocusReason)

    def set_text(self, key: str, text: str) -> None:
        """Change the text of a segment, for counts: 未销号 4."""
        self._buttons[key].set_text(text)
        self._arrange()

    def sizeHint(self) -> QSize:
        """Return the size of all segments; neighbours share one line."""
        hints = [button.sizeHint() for button in self._buttons.values()]
        shared = tokens().line_width * (len(hints) - 1)
        return QSize(sum(hint.width() for hint in hints) - shared, max(hint.height() for hint in hints))

    def minimumSizeHint(self) -> QSize:
        """Return the same, so that no layout squeezes the texts."""
        return self.sizeHint()

    def event(self, event: QEvent) -> bool:
        """Place the segments anew when size, type or style change."""
        if event.type() in {QEvent.Type.Resize, QEvent.Type.Polish, QEvent.Type.StyleChange, QEvent.Type.FontChange}:
            self._arrange()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk with the arrow keys; at the ends nothing happens."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        keys = list(self._buttons)
        number = keys.index(self._current) + step
        if 0 <= number < len(keys):
            self._choose(keys[number])
            self._buttons[keys[number]].setFocus(Qt.FocusReason.TabFocusReason)

    def _choose(self, key: str) -> None:
        known = key == self._current
        self.set_current(key)
        if not known:
            self.changed.emit(key)

    def _mark(self) -> None:
        for key, button in self._buttons.items():
            chosen = key == self._current
            button.setChecked(chosen)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if chosen else Qt.FocusPolicy.ClickFocus)
            if chosen:
                button.raise_()  # its coloured edge lies above its neighbours'

    def _arrange(self) -> None:
        # By hand: layouts take a negative spacing for "none given", but the segments must overlap by one line.
        left = 0
        for button in self._buttons.values():
            size = button.sizeHint()
            button.setGeometry(left, 0, size.width(), size.height())
            left += size.width() - tokens().line_width
        self.updateGeometry()


def _place(number: int, count: int) -> str:
    if count == 1:
        return "only"
    return "first" if number == 0 else "last" if number == count - 1 else "middle"
