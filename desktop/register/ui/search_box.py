"""The header's search box: a few letters, and the people they may mean hang below."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from desktop.foundation.clock import Clock
from desktop.foundation.errors import AppError
from desktop.foundation.text import tidy
from desktop.register.service.residents import ResidentService
from desktop.register.ui.saying import sentence_of
from desktop.register.views import ResidentRow
from desktop.widgets.fields.lineedit import SearchEdit
from desktop.widgets.hits import HitList, LookupHit
from desktop.widgets.theme import scaled

SHOWN_AT_MOST = 12
_PROMPTS = ("找人、住址、电话  Ctrl+Shift+F", "找人、住址、电话", "找人、住址", "找人")
_BESIDE = 76
"""The icon before and the button behind what is typed, with their margins."""
_TAGS_SHOWN = 3
_OWN_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape)


class PeopleSearch(SearchEdit):
    """``chosen`` carries the id of the person whom Enter or a click took."""

    chosen = Signal(object)

    def __init__(self, residents: ResidentService, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(_PROMPTS[0], accessible_name="找人", parent=parent)
        self.setObjectName("people_search")
        self._residents, self._clock = residents, clock
        self._searched = ""
        self.hits = HitList(self)
        self.hits.chosen.connect(self._take)
        self.searched.connect(self._search)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say as much as there is room for."""
        super().resizeEvent(event)
        room, width = self.width() - scaled(_BESIDE), self.fontMetrics().horizontalAdvance
        self.setPlaceholderText(next((text for text in _PROMPTS if width(text) <= room), _PROMPTS[-1]))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk the list with ↑↓, take with Enter; Esc empties the box."""
        if self.composing:
            super().keyPressEvent(event)
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take_current()
        elif event.key() == Qt.Key.Key_Escape:
            self.hits.hide()
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Down and not self.hits.isVisible():
            self._search(self.text())
        elif not self.hits.handle_key(event):
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Select what was typed before, so that the next name replaces it."""
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.ShortcutFocusReason, Qt.FocusReason.TabFocusReason):
            self.selectAll()

    def event(self, event: QEvent) -> bool:
        """Keep Enter from pressing a button elsewhere in the window."""
        own = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in _OWN_KEYS
        if own:
            event.accept()
            return True
        return super().event(event)

    def _take_current(self) -> None:
        """Take the line shown; letters typed faster than the search are searched first."""
        if self._searched != self.text():
            self._search(self.text())
        self.hits.take_current()

    def _search(self, typed: str) -> None:
        self._searched = typed
        if not tidy(typed):
            self.hits.hide()
            return
        try:
            found = [self._hit(row) for row in self._residents.search(typed, limit=SHOWN_AT_MOST)]
        except AppError as error:
            found = [LookupHit(None, sentence_of("找人", error))]
        self.hits.show_hits(found or [LookupHit(None, f"没有找到“{tidy(typed)}”", "可打姓名、首字母、楼栋或电话")])

    def _hit(self, row: ResidentRow) -> LookupHit:
        gone = f"已{row.dwelling_state}" if row.dwelling_state in ("迁出", "死亡") else ""
        return LookupHit(
            row.id,
            row.name,
            detail=row.address,
            state=gone or " ".join(row.tags[:_TAGS_SHOWN]),
            about=row.sex_and_age(self._clock.today()),
        )

    def _take(self, hit: LookupHit) -> None:
        if isinstance(hit.key, UUID):
            self.clear()
            self.chosen.emit(hit.key)
