"""Long work: the context a job reports to, and how it is cancelled."""

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
