"""The view 责任书: letters signed, those that end soon, one panel per letter."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from datetime import date
from typing import cast
from uuid import UUID

from PySide6.QtWidgets import QWidget

from desktop.foundation.clock import Clock
from desktop.foundation.days import add_days
from desktop.inspections.service.pledges import PledgeService
from desktop.inspections.ui.columns import ENDS_SOON_DAYS, ending_words, pledge_columns, pledge_lines
from desktop.inspections.views import PledgeFilter, PledgeRow
from desktop.register.rights import Officer, Right
from desktop.register.ui.host import PageHost
from desktop.register.ui.list_spec import NEWEST_WORDS, ListSpec
from desktop.register.ui.record_list import RecordList
from desktop.store.sorting import Sort
from desktop.widgets.dialogs import show_error
from desktop.widgets.empty import EmptyAction, EmptyState
from desktop.widgets.filters import ALL, YEAR, ChoiceFilter
from desktop.widgets.panel import Banner, Fact, FactList
from desktop.widgets.segmented import Segmented

ENDING = "ending"
_FULL_BAR = 1180
_SPANS = ((YEAR, "今年签的"), (ENDING, "要到期"), (ALL, "全部"))
_NEWEST: Sort = ("day", True)
_ENDING_FIRST: Sort = ("ends", False)


class PledgeList(RecordList[PledgeRow]):
    """Letters narrowed by what is typed and chosen, newest first."""

    def __init__(
        self, *, service: PledgeService, officer: Officer, clock: Clock, host: PageHost, left: QWidget
    ) -> None:
        spec = ListSpec[PledgeRow](
            noun="pledge", kind="pledges", name="责任书", columns=pledge_columns(clock.today),
            edit=Right.EDIT_INSPECTIONS, new_text="登记责任书", sort=_NEWEST,
            sort_words={**NEWEST_WORDS, _ENDING_FIRST: "先到期的在前"}, print_text="打印",
            search_hint="签订对象、地址  Ctrl+F", short_hint="对象、地址", full_bar=_FULL_BAR,
            nothing="没有符合条件的责任书。可换“全部”，或换个词找。",
        )  # fmt: skip
        super().__init__(spec, officer=officer, clock=clock, host=host)
        self._service = service
        self._facts = FactList()
        self._shown: UUID | None = None
        self._category = ChoiceFilter("全部类别", "责任书类别")
        self.span = Segmented(_SPANS, accessible_name="看哪些责任书")
        self.arrange(left, self.search, self._category, self.span, given_up=((self._category, _FULL_BAR),))

    def open_pledge(self, pledge_id: UUID) -> None:
        """Show one letter, whatever the filters say."""
        self.open_record(pledge_id)

    def ids(self) -> Sequence[UUID]:
        """Return the letters the filters leave."""
        return self._service.ids(self._filter_of(self.span.current()))

    def fetch(self, ids: Sequence[Hashable]) -> list[PledgeRow]:
        """Return letters by id."""
        return self._service.rows(cast("Sequence[UUID]", ids))

    def is_new(self) -> bool:
        """Return whether there is no letter yet."""
        return self._service.is_empty()

    def read_filters(self) -> None:
        """Read the categories in use and how many letters end soon."""
        self._category.offer(self._service.categories())
        self.span.set_text(ENDING, f"要到期 {len(self._service.ids(self._filter_of(ENDING))):,}")

    def sort_shown(self) -> Sort:
        """Return the order; what ends soon stands in the order of its end until the user sorts otherwise."""
        return _ENDING_FIRST if self.span.current() == ENDING and self.sort == _NEWEST else self.sort

    def foot(self, count: int) -> str:
        """Return the count, the copies, and the order."""
        copies = self._service.copies(self._filter_of(self.span.current()))
        return f"共 {count:,}条，{copies:,}份，{self.order_words()}。"

    def remove_record(self, record_id: UUID) -> str:
        """Move a letter to the bin."""
        return self._service.remove(record_id)

    def fill_panel(self, one: PledgeRow) -> None:
        """Show one letter, with what to do about its end."""
        today, draft = self._clock.today(), one.draft
        self._shown = one.id
        self.panel.clear()
        self.panel.set_heading(draft.party)
        if draft.expires_on is not None and (days := (draft.expires_on - today).days) <= ENDS_SOON_DAYS:
            kind = "danger" if days < 0 else "warning"
            self.panel.add(
                Banner(kind, f"{ending_words(draft.expires_on, today)}，要续签就再登一份", icon_name="clock")
            )
        facts = [Fact(name, value) for name, value in pledge_lines(one)]
        if draft.phone:
            reveal = "显示" if self._officer.may(Right.REVEAL) else ""
            facts.append(Fact("联系电话", draft.phone, reveal, "phone", "eye"))
        self._facts = FactList(facts)
        self._facts.link_clicked.connect(lambda _key: self._reveal(one.id))
        self.panel.add(self._facts)
        self.offer_changes(one)

    def ways_in(self) -> EmptyState:
        """Return the ways to the first letter."""
        first = EmptyAction("new", "plus", "登记一份", "签了什么、和谁签、几份", "登记责任书", filled=True)
        old = EmptyAction("import", "download", "把以前的责任书台账导进来", "先看后导，导错了可以撤销", "导入责任书")
        return EmptyState(
            "document",
            "还没有责任书",
            "门前三包、出租房屋、安全生产的责任书，签一份登一份。份数自己进月报，快到期会提醒。",
            [way for way, right in ((first, self.spec.edit), (old, Right.IMPORT)) if self._officer.may(right)],
        )

    def _filter_of(self, span: str) -> PledgeFilter:
        today = self._clock.today()
        is_shown = span == self.span.current()
        return PledgeFilter(
            text=self.search.text() if is_shown else "",
            category=self._category.word() if is_shown else "",
            first=date(today.year, 1, 1) if span == YEAR else None,
            last=date(today.year, 12, 31) if span == YEAR else None,
            ending_from=add_days(today, -ENDS_SOON_DAYS) if span == ENDING else None,
            ending_by=add_days(today, ENDS_SOON_DAYS) if span == ENDING else None,
            sort=self.sort_shown(),
        )

    def _reveal(self, pledge_id: UUID) -> None:
        self._host.runner.start(
            lambda _context: self._service.reveal(pledge_id),
            done=lambda number: self._facts.set_value("phone", number) if self._shown == pledge_id else None,
            failed=lambda error: show_error(self, "显示号码", error),
        )
