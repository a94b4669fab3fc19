"""One list of pest control: the records of a book; what differs between the views comes in as data."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QWidget

from desktop.foundation.clock import Clock
from desktop.pest_control.service import Book
from desktop.pest_control.ui.band_card import BandCard
from desktop.pest_control.views import EntryRow
from desktop.register.rights import Officer, Right
from desktop.register.ui.host import PageHost
from desktop.register.ui.list_spec import NEWEST_WORDS, ListSpec
from desktop.register.ui.record_list import RecordList
from desktop.widgets.buttons import PrimaryButton
from desktop.widgets.chips import Chip, ChipRow
from desktop.widgets.empty import EmptyAction, EmptyState
from desktop.widgets.filters import YEAR, ChoiceFilter, SpanFilter
from desktop.widgets.paging import TableColumn
from desktop.widgets.panel import Fact, FactList
from desktop.widgets.roles import label
from desktop.widgets.theme import scaled

_FULL_BAR, _WITH_CHOICE, _LEAST_BAR, _NARROW_CHOICE = 1240, 1085, 950, 122
_LEAST_UNDER_A_CARD = 172  # the head and three rows


@dataclass(frozen=True)
class BookView:
    """What one view shows and how it speaks of its records."""

    key: str
    """Names objects, the remembered layout and the sheet to import."""
    name: str
    new_text: str
    columns: Sequence[TableColumn[Any]]
    title: Callable[[Any], str]
    chip: Callable[[Any], Chip | None]
    facts: Callable[[Any, date], list[Fact]]
    advice: Callable[[Any], str]
    only_title: str
    empty_title: str
    empty_text: str
    actions: tuple[EmptyAction, ...]
    notice: str = ""
    """What the button says that writes a notice from a record; without it there is none."""


class BookList(RecordList[EntryRow[Any]]):
    """Records of one book, newest first; opens in the panel, is written in the form the tab opens."""

    other_wanted = Signal(str)
    reloaded = Signal()
    notice_wanted = Signal(object)  # the record's id

    def __init__(
        self,
        book: Book[Any],
        view: BookView,
        *,
        officer: Officer,
        clock: Clock,
        host: PageHost,
        left: QWidget,
        above: BandCard | None = None,
        aside: QWidget | None = None,
        extra: Sequence[QPushButton] = (),
    ) -> None:
        spec = ListSpec[EntryRow[Any]](
            noun=view.key, kind=view.key, name=view.name, columns=view.columns, edit=Right.EDIT_PEST,
            new_text=view.new_text, sort=("day", True), sort_words=NEWEST_WORDS,
            nothing="这段时间没有。可换“全部”看看。", full_bar=_FULL_BAR, least_bar=_LEAST_BAR,
        )  # fmt: skip
        super().__init__(spec, officer=officer, clock=clock, host=host)
        self.setObjectName(f"{view.key}_list")
        self._book, self._view, self._above = book, view, above
        self.span = SpanFilter(YEAR)
        self.only = ChoiceFilter(view.only_title, view.only_title, name=f"{view.key}_only")
        if above is not None:
            self.table.setMinimumHeight(_LEAST_UNDER_A_CARD)
        buttons = (self._print, *extra, self._new)
        if extra:
            self.only.setMaximumWidth(scaled(_NARROW_CHOICE))
        given_up = ((self.only, _WITH_CHOICE),)
        self.arrange(left, self.span, self.only, buttons=buttons, given_up=given_up, above=above, aside=aside)

    def refresh(self) -> None:
        """Read the list again, and what stands beside it."""
        super().refresh()
        self.reloaded.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the list its rows in a low window."""
        super().resizeEvent(event)
        if self._above is not None:
            self._above.fit(self.height())

    def ids(self) -> Sequence[UUID]:
        """Return the records the filters leave."""
        first, last = self.span.days(self._clock.today())
        return self._book.ids(first=first, last=last, only=self.only.word(), sort=self.sort)

    def fetch(self, ids: Sequence[Hashable]) -> list[EntryRow[Any]]:
        """Return records by id."""
        return self._book.rows(cast("Sequence[UUID]", ids))

    def is_new(self) -> bool:
        """Return whether the book is empty."""
        return self._book.is_empty()

    def read_filters(self) -> None:
        """Read the words the list can be narrowed to."""
        self.only.offer(self._book.words(self._book.only_column))

    def remove_record(self, record_id: UUID) -> str:
        """Move a record to the bin."""
        return self._book.remove(record_id)

    def fill_panel(self, one: EntryRow[Any]) -> None:
        """Show one record with what is to be heeded about it."""
        view = self._view
        self.panel.clear()
        self.panel.set_heading(view.title(one))
        if (chip := view.chip(one)) is not None:
            self.panel.add(ChipRow([chip]))
        facts = view.facts(one, self._clock.today())
        self.panel.add(FactList([fact for fact in facts if fact.value.strip() and not fact.value.startswith("—")]))
        if advice := view.advice(one):
            self.panel.add(label(advice, "secondary", wrap=True, name=f"{view.key}_advice"))
        self.offer_changes(one, self._notice_button(one))

    def _notice_button(self, one: EntryRow[Any]) -> QPushButton | None:
        if not self._view.notice or not self._officer.may(Right.EDIT_NOTICES):
            return None
        button = PrimaryButton(self._view.notice, "document", name=f"{self._view.key}_notice")
        button.clicked.connect(lambda: self.notice_wanted.emit(one.id))
        return button

    def ways_in(self) -> EmptyState:
        """Return the ways to the first record."""
        may = self._officer.may(Right.EDIT_PEST)
        return EmptyState("bug", self._view.empty_title, self._view.empty_text, self._view.actions if may else ())

    def start(self, key: str) -> None:
        """Begin what a way in promised; any other key names a view."""
        if key in ("new", "import"):
            super().start(key)
        else:
            self.other_wanted.emit(key)
