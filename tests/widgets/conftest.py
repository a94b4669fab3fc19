"""Every widget test starts from the ordinary look."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget

from desktop.widgets.theme import Appearance, apply_theme, load_fonts


@pytest.fixture(scope="session")
def dressed(qapp: QApplication) -> QApplication:
    load_fonts()
    apply_theme(qapp, Appearance())
    return qapp


@pytest.fixture(autouse=True)
def ordinary_look(dressed: QApplication) -> Iterator[None]:
    from desktop.widgets.theme import appearance

    yield
    if appearance() != Appearance():
        apply_theme(dressed, Appearance())


class InputMethod:
    """Types Chinese as an input method does: first a composition, then the text."""

    def compose(self, widget: QWidget, letters: str) -> None:
        QApplication.sendEvent(widget, QInputMethodEvent(letters, []))

    def commit(self, widget: QWidget, text: str) -> None:
        event = QInputMethodEvent("", [])
        event.setCommitString(text)
        QApplication.sendEvent(widget, event)


@pytest.fixture
def input_method() -> InputMethod:
    return InputMethod()
