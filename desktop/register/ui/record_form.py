"""What every record form does: keeps its draft, stores on the writer's thread, marks fields, shows both values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import Signal

from desktop.foundation.days import plain_day
from desktop.foundation.errors import ChangedMeanwhile, InputError, Problem
from desktop.foundation.jobs import JobContext
from desktop.register.ui.draft_keeper import DraftKeeper
from desktop.register.ui.host import PageHost
from desktop.store.drafts import Drafts
from desktop.widgets.dialogs import ask, show_error
from desktop.widgets.form import FormPage

Saving = Callable[[], object]
"""Stores what was typed when it was made, and returns what ``saved`` shall carry."""


class RecordForm(FormPage):
    """Subclasses say what to store (``saving``), what was done (``done_text``) and what stands there now (``reread``).

    A subclass builds its fields first and calls ``begin`` last.
    """

    saved = Signal(object)

    def __init__(self, title: str, host: PageHost, *, what: str) -> None:
        super().__init__(title)
        self.host, self._what = host, what
        self._keeper: DraftKeeper | None = None

    def begin(self, drafts: Drafts | None, key: str) -> None:
        """Bring the draft called *key* back and listen to saving; without *drafts* nothing is kept."""
        if drafts is None:
            self.cancelled.connect(self._leave)
        else:
            self._keeper = DraftKeeper(self, drafts, key, self.host)
            self._keeper.bring_back()
        self.save_requested.connect(self.save)

    def saving(self) -> Saving:
        """Return what stores the values typed now; made on the UI thread, called on the writer's."""
        raise NotImplementedError

    def done_text(self, result: Any) -> str:
        """Return what was done, as the bar with 撤销 says it."""
        raise NotImplementedError

    def reread(self) -> Mapping[str, object] | None:
        """Return the field values stored now and go on from their version; None if the record is gone."""
        raise NotImplementedError

    def save(self) -> None:
        """Store what is typed."""
        store, keeper = self.saving(), self._keeper
        self.set_saving(True)

        def job(_context: JobContext) -> object:
            result = store()
            if keeper is not None:
                keeper.drop()
            return result

        self.host.runner.start(job, done=self._stored, failed=self._refused)

    def _stored(self, result: object) -> None:
        self.set_saving(False)
        self.host.note_saved(self.done_text(result))
        self.saved.emit(result)
        self.host.close_page(self)

    def _refused(self, error: BaseException) -> None:
        self.set_saving(False)
        if isinstance(error, ChangedMeanwhile):
            self._show_both()
        elif isinstance(error, InputError):
            self.show_problems(error.problems or [Problem("", "refused", str(error))])
        else:
            show_error(self, f"保存{self._what}", error)

    def _show_both(self) -> None:
        """Show what a colleague stored beside what is typed here, and let the user decide."""
        stored = self.reread()
        if stored is None:
            self.show_problems([Problem("", "gone", f"这份{self._what}刚被别人删除了，请到回收站看看。")])
            return
        mine = self.values()
        lines = [
            f"{self.field(name).title}：现在是“{_shown(value)}”，您写的是“{_shown(mine[name])}”"
            for name, value in stored.items()
            if name in mine and _shown(mine[name]) != _shown(value)
        ]

        def decide(keep_mine: bool) -> None:
            if keep_mine:
                self.save()
            else:
                self.set_values(stored)

        text = "\n".join(lines) or "内容和您写的一样。"
        ask(self, f"别人刚改过这份{self._what}", text, "用我写的", "用现在的", decide)

    def _leave(self, _keep: bool) -> None:
        self.host.close_page(self)


def _shown(value: object) -> str:
    if isinstance(value, date):
        return plain_day(value)
    if isinstance(value, list | tuple):
        return "、".join(str(item) for item in value) or "空"
    return "空" if value in (None, "") else str(value)
