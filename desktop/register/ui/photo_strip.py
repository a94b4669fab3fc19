"""The photos of one record side by side, one place for each role; added by choosing or dropping, opened by a click."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from desktop.foundation.errors import AppError
from desktop.foundation.jobs import JobContext
from desktop.foundation.pictures import PICTURE_ENDINGS, Photo, photo_of_file
from desktop.register.attachments import AttachmentRow, AttachmentService
from desktop.register.ui.host import PageHost
from desktop.register.ui.photo_page import PhotoPage
from desktop.register.ui.photo_tile import PhotoTile, beside_each_other
from desktop.register.ui.saying import sentence_of
from desktop.widgets.dialogs import choose_files
from desktop.widgets.roles import label, set_look

PATTERNS = (f"照片 ({' '.join('*' + ending for ending in PICTURE_ENDINGS)})", "所有文件 (*)")
MOST_AT_ONCE = 20


@dataclass(frozen=True)
class Added:
    """How many photos were kept, and a sentence for each file that was not."""

    count: int
    refused: tuple[str, ...]


class PhotoStrip(QWidget):
    """Shows and takes the photos of one record; every gesture is a step of its own, with its own 撤销."""

    def __init__(
        self, service: AttachmentService, host: PageHost, owner_type: str, owner_id: UUID, roles: Sequence[str]
    ) -> None:
        super().__init__()
        self.setProperty("role", "bare")
        self.setObjectName("photo_strip")
        self._service, self._host, self._owner, self._roles = service, host, (owner_type, owner_id), tuple(roles)
        may_add = service.may_edit(owner_type)
        self._tiles = {role: PhotoTile(role, may_add=may_add) for role in roles}
        self._problem = label("", "problem", wrap=True, name="photo_problem")
        self._problem.setVisible(False)
        self._photos: list[AttachmentRow] = []
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(4)
        whole.addLayout(beside_each_other(*self._tiles.values()))
        whole.addWidget(self._problem)
        for tile in self._tiles.values():
            tile.clicked.connect(partial(self._open_or_choose, tile))
            tile.dropped.connect(partial(self.add, tile.role))
        self.refresh()

    def refresh(self) -> None:
        """Read the photos again."""
        try:
            self._photos = self._service.of(*self._owner)
        except AppError as error:
            self._say(str(error))
            return
        for role, tile in self._tiles.items():
            of_role = self._of(role)
            if not of_role:
                tile.clear()
                continue
            # Before the mending the first photo tells most, after it the last.
            shown = of_role[0] if role == self._roles[0] else of_role[-1]
            more = f"共{len(of_role)}张" if len(of_role) > 1 else ""
            tile.show_photo(shown.thumbnail, shown.text(), more)

    def add(self, role: str, paths: Sequence[Path]) -> None:
        """Add the photos at *paths*; what is none is named, the others are kept."""
        self._say("正在添加照片…", role="secondary")
        for tile in self._tiles.values():
            tile.setEnabled(False)
        job = partial(_add, self._service, *self._owner, role, tuple(paths))
        self._host.runner.start(job, done=self._added, failed=self._failed)

    def _of(self, role: str) -> list[AttachmentRow]:
        """Return the photos of *role*; those of a role that has no place here stand in the first."""
        others = role == self._roles[0]
        return [photo for photo in self._photos if photo.role == role or (others and photo.role not in self._roles)]

    def _open_or_choose(self, tile: PhotoTile) -> None:
        if tile.is_empty:
            self.choose(tile.role)
            return
        page = PhotoPage(self._service, self._host, self._owner, self._roles, self._of(tile.role)[0].id)
        page.add_wanted.connect(self.choose)
        page.changed.connect(self.refresh)
        self._host.open_page(page)

    def choose(self, role: str) -> QFileDialog:
        """Let the user choose photos of *role*."""
        return choose_files(self, f"选{role}照片", partial(self.add, role), patterns=PATTERNS)

    def _added(self, added: Added) -> None:
        self._say("\n".join(added.refused))
        self.refresh()
        if added.count:
            self._host.note_saved(f"已添加{added.count}张照片")

    def _failed(self, error: BaseException) -> None:
        self._say(sentence_of("添加照片", error))
        self.refresh()

    def _say(self, text: str, *, role: str = "problem") -> None:
        self._problem.setText(text)
        set_look(self._problem, "role", role)
        self._problem.setVisible(bool(text))


def _add(  # noqa: PLR0917  bound one after the other
    service: AttachmentService, owner_type: str, owner_id: UUID, role: str, paths: Sequence[Path], context: JobContext
) -> Added:
    photos: list[Photo] = []
    refused: list[str] = []
    for path in paths[:MOST_AT_ONCE]:
        context.check()
        try:
            photos.append(photo_of_file(path))
        except AppError as error:
            refused.append(f"“{path.name}”没有加：{error}")
    if len(paths) > MOST_AT_ONCE:
        refused.append(f"一次最多加{MOST_AT_ONCE}张，后面的{len(paths) - MOST_AT_ONCE}张没有加，请再选一次。")
    if photos:
        service.add(owner_type, owner_id, role, photos)
    return Added(len(photos), tuple(refused))
