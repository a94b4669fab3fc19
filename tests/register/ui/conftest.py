"""A small window for pages to live in: it stacks them, runs their jobs, and remembers what they told it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from desktop.foundation.settings import Settings
from desktop.register.service.exports import Leaving
from desktop.widgets.jobs import JobRunner
from desktop.widgets.theme import Appearance, apply_theme

SAMPLES = Path(__file__).resolve().parents[2] / "samples"


class TinyHost(QStackedWidget):
    """What PageHost asks for, and nothing else."""

    def __init__(self) -> None:
        super().__init__()
        self.runner = JobRunner(self)
        self.left: list[Leaving] = []
        self.pages: list[QWidget] = []
        self.saved: list[tuple[str, Callable[[], None] | None]] = []
        self.kept = Settings()
        self.resize(1366, 634)

    def open_page(self, page: QWidget) -> None:
        self.pages.append(page)
        self.addWidget(page)
        self.setCurrentWidget(page)

    def close_page(self, page: QWidget) -> None:
        self.pages.remove(page)
        self.removeWidget(page)
        page.deleteLater()
        if self.pages:
            self.setCurrentWidget(self.pages[-1])

    def note_saved(self, text: str = "", undo: Callable[[], None] | None = None) -> None:
        self.saved.append((text, undo))

    def note_leaving(self, leaving: Leaving) -> None:
        self.left.append(leaving)

    def settings(self) -> Settings:
        return self.kept

    def change_settings(self, **values: Any) -> None:
        self.kept = self.kept.with_values(**values)


@pytest.fixture
def host(qtbot: Any) -> Iterator[TinyHost]:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    apply_theme(app, Appearance())
    made = TinyHost()
    qtbot.addWidget(made)
    made.show()
    yield made
    made.runner.shutdown()


@pytest.fixture
def sample(tmp_path: Path) -> Callable[[str], Path]:
    """Copy a sample where the test may do with it what it likes."""

    def copied(name: str) -> Path:
        target = tmp_path / Path(name).name
        shutil.copy(SAMPLES / name, target)
        return target

    return copied
