"""Photos chosen for a record that is not stored yet: read at once, kept with it when it is."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from desktop.foundation.errors import AppError
from desktop.foundation.jobs import JobContext
from desktop.foundation.pictures import Photo, photo_of_file
from desktop.register.ui.host import PageHost
from desktop.register.ui.photo_strip import MOST_AT_ONCE, PATTERNS
from desktop.register.ui.photo_tile import PhotoTile, beside_each_other
from desktop.register.ui.saying import sentence_of
from desktop.widgets.buttons import LinkButton
from desktop.widgets.dialogs import choose_files
from desktop.widgets.roles import label, row


class NewPhotos(QWidget):
    """``photos`` may be asked from the job's thread: jobs run in order, so whatever was chosen before is there."""

    changed = Signal()

    def __init__(self, role: str, host: PageHost) -> None:
        super().__init__()
        self.setProperty("role", "bare")
        self.setObjectName("new_photos")
        self._host, self._role = host, role
        self._read: list[tuple[Path, Photo]] = []
        self._tile = PhotoTile(role, may_add=True)
        self._tile.clicked.connect(self.choose)
        self._tile.dropped.connect(self.add)
        self._clear = LinkButton("去掉照片", "close", name="new_photos_clear")
        self._clear.clicked.connect(self.clear)
        self._problem = label("", "problem", wrap=True, name="photo_problem")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(4)
        whole.addLayout(beside_each_other(self._tile))
        whole.addLayout(row(self._clear, 0))
        whole.addWidget(self._problem)
        self._show(())

    def photos(self) -> list[Photo]:
        """Return what was chosen, in that order."""
        return [photo for _, photo in list(self._read)]

    def paths(self) -> list[str]:
        """Return where the photos came from, for a draft."""
        return [str(path) for path, _ in self._read]

    def choose(self) -> QFileDialog:
        """Let the user choose photos."""
        return choose_files(self, f"选{self._role}照片", self.add, patterns=PATTERNS)

    def add(self, paths: Sequence[Path]) -> None:
        """Read the photos at *paths*; what is none is named."""
        job = partial(_read_all, self._read, tuple(paths))
        self._host.runner.start(job, done=self._added, failed=self._failed)

    def clear(self) -> None:
        """Take all of them away again."""
        self._read.clear()
        self._show(())
        self.changed.emit()

    def _added(self, refused: tuple[str, ...]) -> None:
        self._show(refused)
        self.changed.emit()

    def _failed(self, error: BaseException) -> None:
        self._show((sentence_of("打开照片", error),))

    def _show(self, refused: Sequence[str]) -> None:
        self._clear.setVisible(bool(self._read))
        self._problem.setText("\n".join(refused))
        self._problem.setVisible(bool(refused))
        if not self._read:
            self._tile.clear()
            return
        more = f"共{len(self._read)}张" if len(self._read) > 1 else ""
        self._tile.show_photo(self._read[0][1].thumbnail, "和记录一起保存", more)


def _read_all(into: list[tuple[Path, Photo]], paths: Sequence[Path], context: JobContext) -> tuple[str, ...]:
    refused = []
    for path in paths:
        context.check()
        if len(into) >= MOST_AT_ONCE:
            refused.append(f"一次最多{MOST_AT_ONCE}张，“{path.name}”没有加，存好以后可以再加。")
            continue
        try:
            into.append((path, photo_of_file(path)))
        except AppError as error:
            refused.append(f"“{path.name}”没有加：{error}")
    return tuple(refused)
