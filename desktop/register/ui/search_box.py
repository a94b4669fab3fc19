"""The header's search box: a few letters, and the people and records they may mean hang below."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from desktop.foundation.clock import Clock
from desktop.foundation.days import short_day
from desktop.foundation.errors import AppError
from desktop.foundation.text import tidy
from desktop.register.ports import Found
from desktop.register.service.everywhere import EverywhereService
from desktop.register.service.residents import ResidentService
from desktop.register.ui.saying import sentence_of
from desktop.register.views import ResidentRow
from desktop.widgets.fields.lineedit import SearchEdit
from desktop.widgets.hits import HitList, LookupHit
from desktop.widgets.theme import scaled

SHOWN_AT_MOST = 12
_BESIDE_RECORDS = 4
"""How many people are shown where records were found too."""
_PROMPTS = ("找人、楼栋、记录、文件  Ctrl+Shift+F", "找人、楼栋、记录、文件", "找人、记录、文件", "找人、记录", "找人")
_PAUSE_MS = 150
"""Records are looked for once the typing rests: people come with every letter."""
_BESIDE = 76
"""The icon before and the button behind what is typed, with their margins."""
_TAGS_SHOWN = 3
_OWN_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape)


class SearchBox(SearchEdit):
    """``person_chosen`` carries the id of the person whom Enter or a click took, ``record_chosen`` what was Found."""

    person_chosen = Signal(object)
    record_chosen = Signal(object)

    def __init__(
        self, residents: ResidentService, everywhere: EverywhereService, clock: Clock, parent: QWidget | None = None
    ) -> None:
        super().__init__(_PROMPTS[0], accessible_name="找人、记录和文件", parent=parent)
        self.setObjectName("search_box")
        self._residents, self._everywhere, self._clock = residents, everywhere, clock
        self._searched = ""
        self._people: list[LookupHit] = []
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_PAUSE_MS)
        self._rest.timeout.connect(self._add_records)
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
        self._rest.stop()
        if not tidy(typed):
            self.hits.hide()
            return
        try:
            self._people = [self._hit(row) for row in self._residents.search(typed, limit=SHOWN_AT_MOST)]
        except AppError as error:
            self.hits.show_hits([LookupHit(None, sentence_of("查找", error))])
            return
        if self._people:
            self.hits.show_hits(self._people)
            self._rest.start()
        else:
            self._add_records()

    def _add_records(self) -> None:
        """Put the records below the people; the marked line stays marked."""
        if self._searched != self.text():
            return
        try:
            records = [self._record(found) for found in self._everywhere.find(self._searched)]
        except AppError as error:
            records = [LookupHit(None, sentence_of("查找", error))]
        if not self._people and not records:
            nothing = f"没有找到“{tidy(self._searched)}”"
            self.hits.show_hits([LookupHit(None, nothing, "可打姓名、首字母、楼栋、电话，或记录里的字")])
        elif records:
            marked = self.hits.current() if self.hits.isVisible() else None
            shown = [*self._people[:_BESIDE_RECORDS], *records]
            self.hits.show_hits(shown, current=marked.key if marked in shown else None)

    def _record(self, found: Found) -> LookupHit:
        when = short_day(found.day, self._clock.today()) if found.day else ""
        detail = " ".join(part for part in (found.detail, when) if part)
        return LookupHit(found, found.title, detail=detail, state=found.kind)

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
        if hit.key is None:
            return
        self.clear()
        (self.record_chosen if isinstance(hit.key, Found) else self.person_chosen).emit(hit.key)
