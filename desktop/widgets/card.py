"""White cards and coloured banners: the two grounds on which everything else lies."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.widgets.buttons import RowButton
from desktop.widgets.roles import IconLabel, label, polish_again, row, set_look
from desktop.widgets.theme import scaled

BANNER_ICONS = {"danger": "warning", "warning": "warning", "info": "info", "good": "check-circle"}


class Card(QFrame):
    """A white card with an optional heading and a grey remark at its right; fill ``body``."""

    def __init__(self, title: str = "", remark: str = "", *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(scaled(22), scaled(16), scaled(22), scaled(18))
        self.body.setSpacing(scaled(10))
        if title or remark:
            self.add_heading(title, remark)

    def add_heading(self, title: str, remark: str = "") -> None:
        """Add a heading line to the body."""
        self.body.addLayout(row(label(title, "heading"), 0, label(remark, "small")))


class Banner(QFrame):
    """A coloured strip: what is the matter in bold, one more sentence, a button, seldom a second one."""

    pressed = Signal()
    second_pressed = Signal()

    def __init__(
        self,
        kind: str,
        text: str,
        *,
        detail: str = "",
        button: str = "",
        filled: bool = False,
        icon_name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "banner")
        self.setProperty("kind", kind)
        # Not Fixed: that would cap the height at one line, and wrapped texts need what their width asks for.
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._mark = IconLabel(icon_name or BANNER_ICONS[kind], 20, _ink(kind))
        self._icon_name = icon_name
        self._text = label(text, wrap=True, name="banner_text")
        self._text.setProperty("part", "title")
        self._detail = label(detail, wrap=True, name="banner_detail")
        self._detail.setVisible(bool(detail))
        self._button = RowButton(button, filled=filled, name="banner_button")
        self._button.setVisible(bool(button))
        self._button.clicked.connect(self.pressed)
        self._second: RowButton | None = None
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(self._text)
        texts.addWidget(self._detail)
        self._line = line = QHBoxLayout(self)
        line.setContentsMargins(14, 10, 10, 10)
        line.setSpacing(12)
        line.addWidget(self._mark)
        line.addLayout(texts, 1)
        line.addWidget(self._button)
        self._announce()

    def set_text(self, text: str, detail: str = "") -> None:
        """Change what the banner says."""
        self._text.setText(text)
        self._detail.setText(detail)
        self._detail.setVisible(bool(detail))
        self._announce()

    def text(self) -> str:
        """Return the bold sentence."""
        return self._text.text()

    def set_kind(self, kind: str) -> None:
        """Change colour and icon."""
        self._mark.set_icon(self._icon_name or BANNER_ICONS[kind], _ink(kind))
        set_look(self, "kind", kind)
        # The colour of the sentence hangs on the kind of its banner.
        polish_again(self._text)

    def set_button(self, text: str) -> None:
        """Change the button; no text hides it."""
        self._button.set_text(text)
        self._button.setVisible(bool(text))

    def set_second_button(self, text: str) -> None:
        """Change the button beside the first; no text hides it."""
        if self._second is None:
            if not text:
                return
            self._second = RowButton(text, name="banner_second")
            self._second.clicked.connect(self.second_pressed)
            self._line.addWidget(self._second)
        self._second.set_text(text)
        self._second.setVisible(bool(text))

    def _announce(self) -> None:
        self.setAccessibleName(" ".join(part for part in (self._text.text(), self._detail.text()) if part))


def _ink(kind: str) -> str:
    return "blue" if kind == "info" else kind
