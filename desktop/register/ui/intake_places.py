"""点位 that a sheet names and the register does not hold: asked about, then made."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.register.intake.service import IntakeService
from desktop.register.ui.host import PageHost
from desktop.register.ui.intake_notes import places_question
from desktop.register.ui.page_work import PageWork
from desktop.widgets.dialogs import ask


class UnknownPlaces(QObject):
    """``created`` once they are in the register, so that the rows can be judged again."""

    created = Signal()

    def __init__(self, page: QWidget, intake: IntakeService, host: PageHost, work: PageWork) -> None:
        super().__init__(page)
        self._page, self._intake, self._host, self._work = page, intake, host, work

    def offer(self, names: Sequence[str]) -> None:
        """Ask whether *names* shall become places, and make them."""

        def decide(agreed: bool) -> None:
            if agreed:
                self._work.run("正在新建点位", lambda _context: self._intake.create_places(names), self._created)

        ask(self._page, "新建点位", places_question(names), "新建", "不建", decide)

    def _created(self, label_: str) -> None:
        self._host.note_saved(f"已{label_}")
        self.created.emit()
