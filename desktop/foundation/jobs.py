"""Long work: the context a job reports to, a share of it for one step, and how it is cancelled."""

from __future__ import annotations

import threading
from collections.abc import Callable


class JobCancelled(Exception):
    """The user asked the job to stop; it leaves nothing half done."""


class JobContext:
    """Handed to a job as its last argument; safe to use from the job's thread."""

    def __init__(self, progressed: Callable[[int, int], None] | None = None) -> None:
        self._progressed = progressed
        self._cancelled = threading.Event()

    @property
    def cancelled(self) -> bool:
        """Whether the user asked the job to stop."""
        return self._cancelled.is_set()

    def report(self, done: int, total: int) -> None:
        """Say that *done* of *total* steps are finished; *total* 0 means unknown."""
        if self._progressed is not None:
            self._progressed(done, total)

    def check(self) -> None:
        """Raise JobCancelled if the user asked to stop; call it between two steps."""
        if self._cancelled.is_set():
            raise JobCancelled

    def cancel(self) -> None:
        """Ask the job to stop at its next check."""
        self._cancelled.set()


class Share(JobContext):
    """One part of a larger job: it stops with the whole, and its progress fills *first* to *last* of its hundred."""

    def __init__(self, whole: JobContext, first: int, last: int) -> None:
        super().__init__()
        self._whole, self._first, self._last = whole, first, last

    @property
    def cancelled(self) -> bool:
        """Whether the user asked the whole job to stop."""
        return self._whole.cancelled

    def report(self, done: int, total: int) -> None:
        """Say how far this part is; of an unknown total nothing is said."""
        if total:
            self._whole.report(self._first + (self._last - self._first) * done // total, 100)

    def check(self) -> None:
        """Raise JobCancelled if the user asked the whole job to stop."""
        self._whole.check()

    def cancel(self) -> None:
        """Ask the whole job to stop."""
        self._whole.cancel()
