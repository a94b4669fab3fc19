"""Buttons by rank: one filled button per region, outlined ones for the rest, links inside text."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from desktop.widgets.icons import icon


class _Button(QPushButton):
    """A push button whose look is its role; Enter presses it like Space does."""

    ROLE = "secondary"
    ICON_TOKEN = "accent_deep"  # noqa: S105  a colour's name

    def __init__(self, text: str, icon_name: str = "", *, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(_spaced(text, icon_name), parent)
        self.setProperty("role", self.ROLE)
        self.setObjectName(name)
        self.setAccessibleName(text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)
        if icon_name:
            self.setIcon(icon(icon_name, self.ICON_TOKEN))
        self._icon_name = icon_name

    def set_text(self, text: str) -> None:
        """Change the text that is shown and read aloud."""
        self.setText(_spaced(text, self._icon_name))
        self.setAccessibleName(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press on Enter too."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            self.click()
            return
        super().keyPressEvent(event)


def press_on(button: QPushButton, keys: str) -> None:
    """Let *keys* (Ctrl+P) press *button* while it is in sight; its tool tip says so."""
    QShortcut(QKeySequence(keys), button).activated.connect(button.click)
    shown = keys.replace("Left", "←").replace("Right", "→")
    button.setToolTip(f"{button.accessibleName()}（{shown}）")


def _spaced(text: str, icon_name: str) -> str:
    # The style leaves only 4 px between icon and text.
    return f" {text}" if icon_name and text else text


class PrimaryButton(_Button):
    """The one filled button of a region."""

    ROLE = "primary"
    ICON_TOKEN = "on_accent"  # noqa: S105


class SecondaryButton(_Button):
    """An ordinary button."""


class RowButton(_Button):
    """A lower button inside a row or banner; *filled* only for the most urgent line."""

    ROLE = "row"

    def __init__(
        self, text: str, icon_name: str = "", *, filled: bool = False, name: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(text, icon_name, name=name, parent=parent)
        if filled:
            self.setProperty("role", "rowfilled")
            if icon_name:
                self.setIcon(icon(icon_name, "on_accent"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)


class LinkButton(_Button):
    """A verb inside a text: 显示, 忘了密码."""

    ROLE = "link"

    def __init__(self, text: str, icon_name: str = "", *, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, icon_name, name=name, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)


class IconButton(_Button):
    """A square button with an icon alone; its name is spoken and shown as a tool tip."""

    ROLE = "icon"
    ICON_TOKEN = "text"  # noqa: S105

    def __init__(self, icon_name: str, accessible_name: str, *, name: str = "", parent: QWidget | None = None) -> None:
        if not accessible_name:
            raise ValueError("an icon button needs a name that can be read aloud")
        super().__init__("", icon_name, name=name, parent=parent)
        self.setAccessibleName(accessible_name)
        self.setToolTip(accessible_name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)


class InnerButton(IconButton):
    """A small icon button inside a field or a chip."""

    ROLE = "inner"
    ICON_TOKEN = "tab_text"  # noqa: S105


class HeadButton(_Button):
    """A button on the dark header."""

    ROLE = "head"
    ICON_TOKEN = "on_accent"  # noqa: S105


class SteadyButton(_Button):
    """A button that is wide enough for its bold text, so that checking it moves nothing."""

    def sizeHint(self) -> QSize:
        """Return the size the bold text needs."""
        hint = super().sizeHint()
        bold = QFont(self.font())
        bold.setBold(True)
        # fontMetrics() already is the bold one while the button is checked.
        grow = QFontMetrics(bold).horizontalAdvance(self.text()) - self.fontMetrics().horizontalAdvance(self.text())
        return QSize(hint.width() + max(grow, 0), hint.height())

    def minimumSizeHint(self) -> QSize:
        """Return the same, so that no layout squeezes the text."""
        return self.sizeHint()


class ToggleButton(SteadyButton):
    """A filter that is on or off, with the number it would show: 只看逾期 3."""

    ROLE = "toggle"

    def __init__(self, text: str, count: int | None = None, *, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, name=name, parent=parent)
        self._label = text
        self.setCheckable(True)
        self.set_count(count)

    def set_count(self, count: int | None) -> None:
        """Show *count* behind the text, or nothing for None."""
        self.set_text(self._label if count is None else f"{self._label} {count:,}")
