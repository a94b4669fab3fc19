"""The main window over a file with something late, due, missing and new in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from desktop.foundation.settings import Settings
from desktop.shell.dressing import dress
from desktop.shell.main_window import MainWindow
from desktop.shell.workbench import Workbench
from desktop.widgets.theme import Appearance

_PATIENCE_MS = 30_000
"""A busy test machine is no fault."""


@pytest.fixture
def open_window(qtbot: Any, qapp: QApplication) -> Iterator[Callable[..., MainWindow]]:
    """Open the main window over a workbench; what it shows has been read when it is returned."""
    windows: list[MainWindow] = []

    def open_it(
        bench: Workbench, *, size: tuple[int, int] = (1366, 768), large: bool = False, contrast: bool = False
    ) -> MainWindow:
        dress(qapp, Appearance(large=large, contrast=contrast))
        window = MainWindow(bench, Settings(large_type=large, high_contrast=contrast), lambda _settings: None)
        windows.append(window)
        qtbot.addWidget(window)
        window.resize(*size)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        qtbot.waitUntil(lambda: window.today.view is not None and not window.today.runner.busy, timeout=_PATIENCE_MS)
        return window

    yield open_it
    for window in windows:
        window.close()
    dress(qapp, Appearance())


@pytest.fixture
def read_again(qtbot: Any) -> Callable[[MainWindow], None]:
    """Wait until 今日 shows what is stored now."""

    def wait(window: MainWindow) -> None:
        qtbot.waitUntil(lambda: not window.runner.busy and not window.today.runner.busy, timeout=_PATIENCE_MS)

    return wait
