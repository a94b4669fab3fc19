"""The view 已发: every notice that took a number, found by number, title or what stands in it, printed again."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from functools import partial
from typing import cast
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from desktop.foundation.clock import Clock
from desktop.foundation.days import long_day, plain_day
from desktop.notices.office import NoticeOffice
from desktop.notices.ui.columns import issued_columns
from desktop.notices.views import PostingFilter
from desktop.register.rights import Officer, Right
from desktop.register.service.issued import IssuedRow
from desktop.register.ui.host import PageHost
from desktop.register.ui.list_spec import NEWEST_WORDS, ListSpec
from desktop.register.ui.record_list import RecordList
from desktop.widgets.buttons import PrimaryButton, SecondaryButton
from desktop.widgets.empty import EmptyAction, EmptyState
from desktop.widgets.filters import ChoiceFilter
from desktop.widgets.panel import Banner, Fact, FactList

_FULL_BAR = 1000
_ELSEWHERE = {"rectification_sheet": "整改通知书（检查）"}
"""What was issued in other tabs: what the register calls it → what the filter does."""


class IssuedList(RecordList[IssuedRow]):
    """Issued notices, newest first; none can be changed or removed."""

    reprint_wanted = Signal(object)
    again_wanted = Signal(object)
    post_wanted = Signal(object)
    void_wanted = Signal(object)

    def __init__(self, *, office: NoticeOffice, officer: Officer, clock: Clock, host: PageHost, left: QWidget) -> None:
        spec = ListSpec[IssuedRow](
            noun="issued", kind="issued", name="已发通知", columns=issued_columns(clock.today),
            edit=Right.EDIT_NOTICES, new_text="写通知", sort=("day", True), sort_words=NEWEST_WORDS, measure="份",
            print_text="打印目录", search_hint="编号、标题、内容  Ctrl+F", short_hint="编号、标题", full_bar=_FULL_BAR,
            nothing="没有这样的通知。换个编号或词找。",
        )  # fmt: skip
        super().__init__(spec, officer=officer, clock=clock, host=host)
        self._office = office
        self._template = ChoiceFilter("全部模板", "哪种模板")
        self._templates: frozenset[str] = frozenset()
        self.arrange(left, self.search, self._template, given_up=((self._template, _FULL_BAR),))

    def ids(self) -> Sequence[UUID]:
        """Return the notices the filters leave."""
        return self._office.issued.ids(self.search.text(), self._template.word())

    def fetch(self, ids: Sequence[Hashable]) -> list[IssuedRow]:
        """Return notices by id."""
        return self._office.issued.rows(cast("Sequence[UUID]", ids))

    def is_new(self) -> bool:
        """Return whether nothing was issued yet."""
        return not len(self._office.issued.ids())

    def read_filters(self) -> None:
        """Read which templates were used."""
        uses = self._office.issued.uses()
        names = {template.key: template.name for template in self._office.templates.all()}
        self._templates = frozenset(names)
        others = {key: word for key, word in _ELSEWHERE.items() if key in uses}
        self._template.offer([(names[key], key) for key in names if key in uses] + [(w, k) for k, w in others.items()])

    def fill_panel(self, one: IssuedRow) -> None:
        """Show one notice: what it is, where it hangs, and what can be done with it."""
        self.panel.clear()
        self.panel.set_heading(one.number)
        if one.voided_on is not None:
            self.panel.add(Banner("danger", f"{plain_day(one.voided_on)}作废", detail=one.void_reason))
        hung = self._office.postings.rows(self._office.postings.ids(PostingFilter(document_id=one.id)))
        facts = [
            Fact("标题", one.title),
            Fact("模板", f"{one.kind}（{one.edition}）" if one.edition else one.kind),
            Fact("版式", f"{one.layout}，{one.pages}页" if one.pages else one.layout),
            *([Fact("群发", f"{one.recipients}，共{one.copies:,}份")] if one.recipients else []),
            Fact("发文日期", long_day(one.issued_on)),
            Fact("发文人", one.issued_by),
            *(Fact("张贴", f"{plain_day(row.draft.posted_on)} {row.draft.places}", key=row.id.hex) for row in hung),
        ]
        self.panel.add(FactList(facts))
        self.panel.set_buttons(self._reprint(one), *self._others(one))

    def ways_in(self) -> EmptyState:
        """Return the way to the first notice."""
        write = EmptyAction("new", "pencil", "写第一份通知", "选一个模板，填几个空，打印就编号", "写通知", filled=True)
        return EmptyState(
            "document", "还没有发过通知",
            "发出去的每一份都原样留在这里，按编号、标题、内容都能找到，随时再印一份一模一样的。",
            [write] if self._officer.may(self.spec.edit) else [],
        )  # fmt: skip

    def add_to_menu(self, one: IssuedRow, menu: QMenu) -> None:
        """Offer what the panel offers."""
        menu.addAction("再打印", partial(self.reprint_wanted.emit, one))
        if self._officer.may(self.spec.edit):
            if self._is_written_here(one):
                menu.addAction("照着再写一份", partial(self.again_wanted.emit, one))
            if one.voided_on is None:
                menu.addAction("登记已张贴", partial(self.post_wanted.emit, one))
                menu.addAction("作废", partial(self.void_wanted.emit, one))

    def _menu(self, one: IssuedRow, menu: QMenu) -> None:
        menu.addAction("打开", partial(self.open_row, one))
        self.add_to_menu(one, menu)

    def _reprint(self, one: IssuedRow) -> PrimaryButton:
        reprint = PrimaryButton("再打印", "print", name="panel_reprint")
        reprint.clicked.connect(lambda: self.reprint_wanted.emit(one))
        return reprint

    def _others(self, one: IssuedRow) -> list[QPushButton]:
        if not self._officer.may(self.spec.edit):
            return []
        again = SecondaryButton("再写一份", name="panel_again")
        again.setToolTip("照着这份的内容再写一份新的")
        again.clicked.connect(lambda: self.again_wanted.emit(one))
        written = [again] if self._is_written_here(one) else []
        if one.voided_on is not None:
            return list(written)
        post = SecondaryButton("张贴", name="panel_post")
        post.clicked.connect(lambda: self.post_wanted.emit(one))
        void = SecondaryButton("作废", name="panel_void")
        void.clicked.connect(lambda: self.void_wanted.emit(one))
        return [*written, post, void]

    def _is_written_here(self, one: IssuedRow) -> bool:
        """Return whether the document was written from a template of this tab and can be written again."""
        return one.template in self._templates
