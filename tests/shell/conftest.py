"""The entry window over a real data folder, and hands to type into it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from desktop.foundation.settings import Settings
from desktop.shell.dressing import dress
from desktop.shell.entry import EntryWindow
from desktop.store.keys import Cost
from desktop.widgets.theme import Appearance

CHEAP = Cost(memory_kib=64, iterations=1, lanes=1)


@pytest.fixture(autouse=True)
def _dressed(qapp: QApplication) -> Iterator[None]:
    dress(qapp, Appearance())
    yield
    dress(qapp, Appearance())


@pytest.fixture
def stored() -> list[Settings]:
    """Settings as they were saved, the newest last."""
    return []


@pytest.fixture
def open_entry(qtbot, clock, stored) -> Iterator[Callable[..., EntryWindow]]:
    """Open the entry window over a data folder; what signing in gives is the pair that was typed."""
    windows: list[EntryWindow] = []

    def open_it(path: Path, *, enter=lambda slot_id, secret: (slot_id, secret), settings=None, warm=()) -> EntryWindow:
        window = EntryWindow(path, clock, enter, settings or Settings(), stored.append, warm=warm, cost=CHEAP)
        windows.append(window)
        qtbot.addWidget(window)
        with qtbot.waitActive(window):
            window.look()
            window.show()
            window.activateWindow()
        return window

    yield open_it
    for window in windows:
        window.runner.shutdown()


def find(page: QWidget, name: str) -> QWidget:
    """Return the one widget called *name*."""
    (found,) = page.findChildren(QWidget, name)
    return found


def type_chinese(editor: QWidget, text: str) -> None:
    """Type as an input method does: composition first, then the text."""
    composing = QInputMethodEvent("pinyin", [])
    QApplication.sendEvent(editor, composing)
    committed = QInputMethodEvent()
    committed.setCommitString(text)
    QApplication.sendEvent(editor, committed)


def save_to(qtbot, page: QWidget, path: Path) -> None:
    """Answer the file dialog that is about to open with *path*."""
    qtbot.waitUntil(lambda: any(one.isVisible() for one in page.window().findChildren(QFileDialog)))
    (dialog,) = (one for one in page.window().findChildren(QFileDialog) if one.isVisible())
    dialog.fileSelected.emit(str(path))
    dialog.close()
