"""修改记录 of one record: each step with who and when, and every field from what to what."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout

from desktop.foundation.jobs import JobContext
from desktop.register.service.record_history import Change, RecordHistoryService
from desktop.register.ui.host import PageHost
from desktop.register.ui.hosted_page import HostedPage
from desktop.register.ui.page_work import PageWork
from desktop.register.ui.saying import moment_text
from desktop.widgets.card import Card
from desktop.widgets.roles import label, row
from desktop.widgets.scrolling import ScrollBody, scroll_over
from desktop.widgets.theme import scaled

_MOST_WIDE = 900
_NOTHING = "存进来以后还没有改过。"


class RecordHistoryPage(HostedPage):
    """Newest change on top; nothing can be changed here."""

    def __init__(self, history: RecordHistoryService, host: PageHost, kind: str, record_id: UUID, title: str) -> None:
        super().__init__("record_history", host)
        self._work = PageWork(self, host.runner)
        inner = ScrollBody()
        self._lines = QVBoxLayout(inner)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(10)
        self._lines.addStretch(1)
        area = scroll_over(inner)
        area.setMaximumWidth(scaled(_MOST_WIDE))
        self._vertical.addLayout(row(self._back, label(f"修改记录：{title}", "title"), 0, spacing=10))
        self._vertical.addWidget(self._work.banner)
        self._vertical.addWidget(area, 1)
        self._work.run("正在读修改记录", partial(_read, history, kind, record_id), self._show)

    def _show(self, changes: Sequence[Change]) -> None:
        if not changes:
            self._lines.insertWidget(0, label(_NOTHING, "secondary", name="record_history_nothing"))
        for place, change in enumerate(changes):
            self._lines.insertWidget(place, _card(change))


def _card(change: Change) -> Card:
    card = Card(change.label, f"{moment_text(change.at)}　{change.who}")
    if not change.lines:
        return card
    grid = QGridLayout()
    grid.setHorizontalSpacing(scaled(20))
    grid.setVerticalSpacing(4)
    grid.setColumnStretch(1, 1)
    grid.setColumnStretch(2, 1)
    for place, head in enumerate(("", "原来", "改成")):
        grid.addWidget(label(head, "secondary"), 0, place)
    for number, (field, before, after) in enumerate(change.lines, start=1):
        for place, (text, look) in enumerate(((field, "field"), (before, "secondary"), (after, ""))):
            grid.addWidget(label(text, look, wrap=place > 0), number, place, Qt.AlignmentFlag.AlignTop)
    card.body.addLayout(grid)
    return card


def _read(history: RecordHistoryService, kind: str, record_id: UUID, _context: JobContext) -> list[Change]:
    return history.of(kind, record_id)
