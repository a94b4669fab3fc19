"""The view 张贴登记: what hangs where, what must come down, who looked at it."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from functools import partial
from typing import cast
from uuid import UUID

from PySide6.QtWidgets import QMenu, QWidget
from shiboken6 import isValid

from desktop.foundation.clock import Clock
from desktop.foundation.days import long_day, plain_day
from desktop.notices.office import NoticeOffice
from desktop.notices.records import Posting
from desktop.notices.ui.columns import down_words, posting_columns
from desktop.notices.views import PostingFilter, PostingRow
from desktop.register.attachments import AttachmentService
from desktop.register.rights import Officer, Right
from desktop.register.ui.host import PageHost
from desktop.register.ui.list_spec import ListSpec
from desktop.register.ui.photo_strip import PhotoStrip
from desktop.register.ui.record_list import RecordList
from desktop.store.sorting import Sort
from desktop.widgets.buttons import PrimaryButton, SecondaryButton
from desktop.widgets.dialogs import show_error
from desktop.widgets.empty import EmptyAction, EmptyState
from desktop.widgets.filters import ALL
from desktop.widgets.panel import Banner, Fact, FactList
from desktop.widgets.segmented import Segmented

OWNER, PHOTO = str(Posting.__tablename__), "张贴照片"
HANGING, DUE = "hanging", "due"
_SPANS = ((DUE, "该撤下"), (HANGING, "正贴着"), (ALL, "全部"))
_FULL_BAR = 1180
_ORDER: Sort = ("day", True)


class PostingList(RecordList[PostingRow]):
    """Postings; what must come down stands on top."""

    def __init__(
        self,
        *,
        office: NoticeOffice,
        attachments: AttachmentService,
        officer: Officer,
        clock: Clock,
        host: PageHost,
        left: QWidget,
    ) -> None:
        spec = ListSpec[PostingRow](
            noun="posting", kind="postings", name="张贴登记", columns=posting_columns(clock.today),
            edit=Right.EDIT_NOTICES, new_text="登记张贴", sort=_ORDER, sort_words={_ORDER: "该撤的在前，新的在前"},
            print_text="打印", search_hint="内容、地点、编号  Ctrl+F", short_hint="内容", full_bar=_FULL_BAR,
            nothing="没有符合条件的张贴。可换“全部”，或换个词找。",
        )  # fmt: skip
        super().__init__(spec, officer=officer, clock=clock, host=host)
        self._service, self._attachments = office.postings, attachments
        self._photos: PhotoStrip | None = None
        self.span = Segmented(_SPANS, accessible_name="看哪些张贴")
        self.span.set_current(ALL)
        self.arrange(left, self.search, self.span)

    def ids(self) -> Sequence[UUID]:
        """Return the postings the filters leave."""
        return self._service.ids(self._filter_of(self.span.current()))

    def fetch(self, ids: Sequence[Hashable]) -> list[PostingRow]:
        """Return postings by id."""
        return self._service.rows(cast("Sequence[UUID]", ids))

    def is_new(self) -> bool:
        """Return whether nothing was posted yet."""
        return not len(self._service.ids(PostingFilter()))

    def reload(self) -> None:
        """Read counts, filters, the list and the open posting's photo again."""
        super().reload()
        if self._photos is not None and isValid(self._photos) and self.panel.isVisible():
            self._photos.refresh()

    def read_filters(self) -> None:
        """Read how many must come down, hang, and were posted at all."""
        for key, text in _SPANS:
            wanted = PostingFilter(hanging=key == HANGING, due=key == DUE)
            self.span.set_text(key, f"{text} {len(self._service.ids(wanted)):,}")

    def remove_record(self, record_id: UUID) -> str:
        """Move a posting to the bin."""
        return self._service.remove(record_id)

    def fill_panel(self, one: PostingRow) -> None:
        """Show one posting with its one next step."""
        today, draft = self._clock.today(), one.draft
        self.panel.clear()
        self.panel.set_heading(draft.title)
        if words := down_words(one, today):
            kind = "danger" if one.is_due(today) else "info"
            self.panel.add(Banner(kind, words, icon_name="clock"))
        days = (("张贴日期", draft.posted_on), ("应撤下", draft.down_due_on), ("已撤下", draft.taken_down_on))
        facts = [
            Fact("编号", one.number),
            *(Fact(name, long_day(day) if day else "") for name, day in days),
            Fact("张贴地点", draft.places),
            Fact("份数", f"{draft.copies}份" if draft.copies else ""),
            Fact("张贴人", draft.posted_by),
            Fact("事前审核", draft.reviewed_by),
            Fact("事后检查", f"{draft.checked_by} {plain_day(draft.checked_on) if draft.checked_on else ''}".strip()),
            Fact("备注", draft.remark),
        ]
        self.panel.add(FactList([fact for fact in facts if fact.value]))
        self._photos = PhotoStrip(self._attachments, self._host, OWNER, one.id, (PHOTO,))
        self.panel.add(self._photos)
        self._add_buttons(one)

    def add_to_menu(self, one: PostingRow, menu: QMenu) -> None:
        """Offer taking it down, and the check after posting."""
        if not self._officer.may(self.spec.edit):
            return
        if one.draft.taken_down_on is None:
            menu.addAction("已撤下", partial(self._take_down, one))
        if not one.draft.checked_by:
            menu.addAction("检查过了", partial(self._check, one))

    def ways_in(self) -> EmptyState:
        """Return the way to the first posting."""
        first = EmptyAction("new", "clipboard", "登记一次张贴", "贴了什么、贴在哪里、哪天撤下", "登记张贴", filled=True)
        return EmptyState(
            "clipboard", "还没有张贴登记",
            "贴出去登记一次：地点、日期、事前谁审核、事后谁检查。到日子该撤下的，会排在最前面。",
            [first] if self._officer.may(self.spec.edit) else [],
        )  # fmt: skip

    def _add_buttons(self, one: PostingRow) -> None:
        if not self._officer.may(self.spec.edit):
            return
        down = None
        if one.draft.taken_down_on is None:
            down = PrimaryButton("已撤下", "check", name="posting_down")
            down.clicked.connect(partial(self._take_down, one))
        others = []
        if not one.draft.checked_by:
            check = SecondaryButton("检查过了", name="posting_check")
            check.clicked.connect(partial(self._check, one))
            others.append(check)
        change = SecondaryButton("修改", name="posting_change")
        change.clicked.connect(partial(self.change_row, one))
        remove = SecondaryButton("删除", name="posting_remove")
        remove.clicked.connect(partial(self.remove, one.id))
        self.panel.set_buttons(down, *others, change, remove)

    def _take_down(self, one: PostingRow, _checked: bool = False) -> None:
        self._step("登记撤下", "已登记撤下", partial(self._service.take_down, one.id, version=one.version))

    def _check(self, one: PostingRow, _checked: bool = False) -> None:
        checked = partial(self._service.check, one.id, version=one.version, checked_by=self._officer.name)
        self._step("登记检查", "已登记检查", checked)

    def _step(self, doing: str, done: str, call: partial[PostingRow]) -> None:
        def settled(row: PostingRow) -> None:
            self._host.note_saved(f"{done}：{row.draft.title}")
            self.open_record(row.id)

        self._host.runner.start(
            lambda _context: call(), done=settled, failed=lambda error: show_error(self, doing, error)
        )

    def _filter_of(self, span: str) -> PostingFilter:
        return PostingFilter(text=self.search.text(), hanging=span == HANGING, due=span == DUE)
