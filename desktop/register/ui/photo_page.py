"""One photo large, the others of the record one key away; its words can be put right and it can be removed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from PySide6.QtCore import QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.foundation.clock import CHINA
from desktop.foundation.days import plain_day
from desktop.foundation.jobs import JobContext
from desktop.register.attachments import LONGEST_CAPTION, AttachmentRow, AttachmentService
from desktop.register.ui.host import PageHost
from desktop.register.ui.hosted_page import HostedPage
from desktop.register.ui.page_work import PageWork
from desktop.widgets.buttons import IconButton, SecondaryButton
from desktop.widgets.fields.choice import ChoiceField
from desktop.widgets.fields.text import TextField
from desktop.widgets.roles import label, row
from desktop.widgets.theme import tokens


class PhotoPage(HostedPage):
    """Leafs through the photos of one record; ← and → go on, Esc goes back."""

    add_wanted = Signal(str)
    changed = Signal()

    def __init__(
        self, service: AttachmentService, host: PageHost, owner: tuple[str, UUID], roles: Sequence[str], first: UUID
    ) -> None:
        super().__init__("photo", host)
        self._service, self._owner, self._current = service, owner, first
        self._photos: list[AttachmentRow] = []
        self._may_edit = service.may_edit(owner[0])
        self._title = label("", "title", name="photo_title")
        self._about = label("", "secondary", name="photo_about")
        self._before = IconButton("chevron-left", "上一张（←）", name="photo_before")
        self._number = label("", "heading", name="photo_number")
        self._after = IconButton("chevron-right", "下一张（→）", name="photo_after")
        self._more = SecondaryButton("再加照片", "camera", name="photo_more")
        self._remove = SecondaryButton("删除这张", "trash", name="photo_remove")
        self._before.clicked.connect(partial(self._leaf, -1))
        self._after.clicked.connect(partial(self._leaf, 1))
        self._more.clicked.connect(self._add)
        self._remove.clicked.connect(self._take_away)
        self._view = _Picture()
        self._work = PageWork(self, host.runner)
        self._role = ChoiceField("role", "这张照片是", roles)
        self._caption = TextField("caption", "照片说明", placeholder="如 2单元楼道", limit=LONGEST_CAPTION)
        self._save = SecondaryButton("存下说明", "save", name="photo_save")
        self._save.clicked.connect(self._describe)
        head = row(self._back, self._title, self._about, 0, self._before, self._number, self._after, 16, spacing=10)
        for button in (self._more, self._remove):
            head.addWidget(button)
            button.setVisible(self._may_edit)
        self._vertical.addLayout(head)
        self._vertical.addWidget(self._work.banner)
        self._vertical.addWidget(self._view, 1)
        foot = row(self._role, self._caption, self._save, spacing=10)
        foot.setStretch(1, 1)
        foot.setAlignment(self._save, Qt.AlignmentFlag.AlignBottom)
        self._vertical.addLayout(foot)
        for part in (self._role, self._caption, self._save):
            part.setVisible(self._may_edit)
        self.reload()

    def reload(self) -> None:
        """Read the photos again and show the one that was shown, or the next."""
        self._photos = self._service.of(*self._owner)
        if not self._photos:
            self._close()
            return
        if self._current not in [photo.id for photo in self._photos]:
            self._current = self._photos[-1].id
        self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leaf on ← and →."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if Qt.Key(event.key()) in steps:
            self._leaf(steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def _place(self) -> int:
        return [photo.id for photo in self._photos].index(self._current)

    def _leaf(self, step: int) -> None:
        place = self._place() + step
        if 0 <= place < len(self._photos):
            self._current = self._photos[place].id
            self._show()

    def _show(self) -> None:
        photo, place = self._photos[self._place()], self._place()
        self._title.setText(photo.text())
        added = f"{photo.added_by} {plain_day(photo.added_at.astimezone(CHINA).date())}添加".strip()
        self._about.setText(f"{photo.caption}　{added}" if photo.caption else added)
        self._number.setText(f"{place + 1}/{len(self._photos)}")
        self._before.setEnabled(place > 0)
        self._after.setEnabled(place + 1 < len(self._photos))
        self._role.set_value(photo.role)
        self._caption.set_value(photo.caption)
        self._work.hush()
        self._view.show_picture(None, "正在打开…")
        job = partial(_decoded, self._service, photo.id)
        self._host.runner.start(job, done=self._opened, failed=self._not_opened)

    def _opened(self, result: tuple[UUID, QImage]) -> None:
        if result[0] == self._current:
            self._view.show_picture(result[1], self._title.text())

    def _not_opened(self, error: BaseException) -> None:
        self._view.show_picture(None, "这张照片打不开")
        self._work.say_failed(error)

    def _add(self) -> None:
        self._close()
        self.add_wanted.emit(str(self._role.value() or ""))

    def _take_away(self) -> None:
        photo = self._photos[self._place()]
        self._work.run("正在删除照片", lambda _context: self._service.remove(photo.id), self._removed)

    def _removed(self, done: str) -> None:
        self.changed.emit()
        self._host.note_saved(f"已{done}")
        self.reload()

    def _describe(self) -> None:
        photo = self._photos[self._place()]
        if self._caption.own_problem():
            self._caption.set_problem(f"{self._caption.own_problem()}。")
            return
        role, caption = str(self._role.value() or photo.role), self._caption.value()

        def job(_context: JobContext) -> None:
            self._service.describe(photo.id, version=photo.version, role=role, caption=caption)

        self._work.run("正在保存", job, self._described)

    def _described(self, _nothing: None) -> None:
        self.changed.emit()
        self._host.note_saved("已存下照片说明")
        self.reload()


class _Picture(QWidget):
    """A picture as large as it fits, never blown up; a sentence while there is none."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("photo_view")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._image: QImage | None = None
        self._text = ""

    @property
    def is_shown(self) -> bool:
        """Whether a picture is to be seen."""
        return self._image is not None

    def show_picture(self, image: QImage | None, text: str) -> None:
        """Show *image*, called *text*, or *text* alone."""
        self._image, self._text = image, text
        self.setAccessibleName(text)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the picture in the middle."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), QColor(tokens().table_head))
        if self._image is None:
            painter.setPen(QColor(tokens().secondary))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._text)
        else:
            ratio = self.devicePixelRatioF()
            size = QSizeF(self._image.width() / ratio, self._image.height() / ratio)
            if size.width() > self.width() or size.height() > self.height():
                size = size.scaled(QSizeF(self.size()), Qt.AspectRatioMode.KeepAspectRatio)
            left, top = (self.width() - size.width()) / 2, (self.height() - size.height()) / 2
            painter.drawImage(QRectF(left, top, size.width(), size.height()), self._image)
        painter.end()


def _decoded(service: AttachmentService, photo_id: UUID, _context: JobContext) -> tuple[UUID, QImage]:
    """Return the picture unpacked on the job's thread, so that the window need not wait."""
    image = QImage()
    image.loadFromData(service.content(photo_id))
    return photo_id, image
