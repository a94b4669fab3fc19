"""The pages of the notice being written: drawn beside the window's other work, only the newest of them shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.foundation.errors import AppError
from desktop.foundation.jobs import JobContext
from desktop.notices.office import NoticeOffice
from desktop.notices.ui.preview_card import PreviewCard
from desktop.notices.views import NoticeDraft
from desktop.widgets.jobs import JobRunner

if TYPE_CHECKING:
    from desktop.printing.preview import PdfPages


class NoticePainter(QObject):
    """Puts pages onto *card*. Its ``runner`` is its own: a page being drawn must not keep a save waiting."""

    drawn = Signal()
    """The pages asked for last are in sight."""

    def __init__(self, office: NoticeOffice, card: PreviewCard, parent: QWidget) -> None:
        super().__init__(parent)
        self._office, self._card = office, card
        self._round = 0
        self._is_laid_out = self._is_drawn = False
        self.runner = JobRunner(self)
        parent.destroyed.connect(self.runner.shutdown)
        card.view.settled.connect(self._settled)

    def draw(self, draft: NoticeDraft) -> None:
        """Show the pages of *draft* in place of the former ones, unless others are asked for meanwhile."""
        self._round += 1
        self._is_drawn = self._is_laid_out = False
        number = self._round

        def job(_context: JobContext) -> tuple[PdfPages, str]:
            from desktop.printing.preview import PdfPages  # noqa: PLC0415  pdfium only where pages are shown

            if draft.audience is None:
                return PdfPages(self._office.composing.preview(draft)), ""
            first = self._office.mailing.preview(draft)
            return PdfPages(first.pdf), f"{draft.audience.sentence}，共{first.count:,}份，下面是头几份"

        def show(pages: PdfPages | None, said: str) -> None:
            if number == self._round:
                if draft.audience is not None:
                    self._card.audience.say(said)
                self._show(pages)

        self.runner.start(
            job,
            done=lambda found: show(*found),
            failed=lambda error: show(None, str(error) if isinstance(error, AppError) else ""),
        )

    def wait(self) -> None:
        """Wait until the pages asked for last are in sight; for pictures."""
        if not self._is_drawn:
            waiting = QEventLoop()
            self.drawn.connect(waiting.quit)
            waiting.exec()

    def _show(self, pages: PdfPages | None) -> None:
        self._is_laid_out = True
        if pages is not None:
            self._card.show_pages(pages)
        else:
            self._card.show_message("这一页画不出来，请核对填的内容。")
            self._settled()

    def _settled(self) -> None:
        if self._is_laid_out:
            self._is_drawn = True
            self.drawn.emit()
