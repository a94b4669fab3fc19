"""Keeps what is typed in a form as an encrypted draft, brings it back, and ends it when the form is saved."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import QObject

from desktop.foundation.clock import CHINA
from desktop.foundation.jobs import JobContext
from desktop.register.ui.host import PageHost
from desktop.store.drafts import Drafts
from desktop.widgets.form import FormPage


class DraftKeeper(QObject):
    """Belongs to one form; *key* says which record the draft is of."""

    def __init__(self, form: FormPage, drafts: Drafts, key: str, host: PageHost) -> None:
        super().__init__(form)
        self._form, self._drafts, self._key, self._host = form, drafts, key, host
        form.changed.connect(self.keep)
        form.cancelled.connect(self._leave)

    def bring_back(self) -> None:
        """Show what was typed before, if anything was."""
        kept = self._drafts.find(self._key)
        if kept is not None:
            self._form.set_drafts(kept.content)
            self._form.show_draft_kept(clock_time(kept.saved_at))

    def keep(self) -> None:
        """Store what is typed now."""
        job = partial(_keep, self._drafts, self._key, self._form.drafts())
        # A method of this object, not a function: when the form is gone the runner leaves it out.
        self._host.runner.start(job, done=self._kept)

    def _kept(self, at: datetime) -> None:
        self._form.show_draft_kept(clock_time(at))

    def drop(self) -> None:
        """Forget the draft; called on the writer's thread after saving."""
        self._drafts.drop(self._key)

    def _leave(self, keep: bool) -> None:
        if keep:
            self.keep()
        else:
            self._host.runner.start(lambda _context: self.drop())
        self._host.close_page(self._form)


def clock_time(at: datetime) -> str:
    """Return 10:42, in China's time."""
    local = at.astimezone(CHINA)
    return f"{local.hour}:{local.minute:02d}"


def _keep(drafts: Drafts, key: str, content: dict[str, Any], _context: JobContext) -> datetime:
    return drafts.keep(key, content)
