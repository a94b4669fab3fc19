"""Long work beside the window: one worker thread runs jobs in order and reports back on the UI thread."""

from __future__ import annotations

import gc
import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from shiboken6 import isValid

from desktop.foundation.jobs import JobCancelled, JobContext
from desktop.foundation.logs import frames_without_values

T = TypeVar("T")
Job = Callable[[JobContext], T]

log = logging.getLogger(__name__)

# A job may report ten thousand rows a second; the eye needs far fewer, and each report wakes the window.
_REPORT_EVERY_S = 0.05
_HELD_MS = 1_000


class JobRunner(QObject):
    """Runs jobs one after the other on one thread; all callbacks arrive on the thread that owns the runner.

    Widgets may only be destroyed on the UI thread, and Python destroys on whichever thread lets go last. So the cyclic
    garbage collector rests while a job is open (it would collect closed pages on the worker), and the runner holds on
    to a finished job's callables for a second, until the worker has surely dropped its own references.
    """

    busy_changed = Signal(bool)
    _arrived = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="jobs")
        self._open: list[JobContext] = []
        self._held: dict[JobContext, tuple[object, ...]] = {}
        self._closed = False
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        """Whether a job is waiting, running, or has not yet been reported."""
        return bool(self._open)

    @property
    def closed(self) -> bool:
        """Whether the runner is shut down and takes no more jobs."""
        return self._closed

    def start(
        self,
        job: Job[T],
        *,
        done: Callable[[T], object] | None = None,
        failed: Callable[[BaseException], object] | None = None,
        progressed: Callable[[int, int], object] | None = None,
        cancelled: Callable[[], object] | None = None,
    ) -> JobContext:
        """Queue *job* and return its context; exactly one of *done*, *failed*, *cancelled* is called at its end.

        A job that had finished its work before it noticed the cancel counts as done: its result is real.
        A callback that belongs to a widget deleted meanwhile is left out.
        """
        if self._closed:
            raise RuntimeError("the job runner is shut down")
        context = _ReportingContext(self, progressed)
        self._open.append(context)
        self._held[context] = (job, done, failed, cancelled)
        if len(self._open) == 1:
            _collector.rest()
            self.busy_changed.emit(self.busy)
        self._pool.submit(self._run, job, context, done, failed, cancelled)
        return context

    def shutdown(self) -> None:
        """Ask every job to stop, wait for the running one, and report nothing more; safe to call twice."""
        self._closed = True
        for context in self._open:
            context.cancel()
        self._pool.shutdown(wait=True)
        if self._open:
            self._open.clear()
            _collector.resume()
        self._held.clear()

    def post(self, call: Callable[[], object]) -> None:
        """Have *call* made on the UI thread; usable from any thread, in order."""
        if not self._closed:
            self._arrived.emit(call)

    def _run(
        self,
        job: Job[Any],
        context: JobContext,
        done: Callable[[Any], object] | None,
        failed: Callable[[BaseException], object] | None,
        cancelled: Callable[[], object] | None,
    ) -> None:
        try:
            context.check()
            result = job(context)
        except JobCancelled:
            ending: Callable[[], object] = partial(_call, cancelled)
        except BaseException as error:  # noqa: BLE001  nothing above this frame could tell the user
            ending = partial(_fail, failed, error)
        else:
            ending = partial(_call, done, result)
        self.post(partial(self._finish, context, ending))

    def _finish(self, context: JobContext, ending: Callable[[], object]) -> None:
        """Forget *context* before its callback, so that a callback may start the next job or look at busy."""
        self._open.remove(context)
        QTimer.singleShot(_HELD_MS, self, partial(self._held.pop, context, None))
        if not self._open:
            _collector.resume()
            self.busy_changed.emit(self.busy)
        ending()

    @Slot(object)
    def _deliver(self, call: Callable[[], object]) -> None:
        if not self._closed:
            call()


class _Collector:
    """Lets the garbage collector rest while any runner has a job open; used on the UI thread only."""

    def __init__(self) -> None:
        self._resting = 0
        self._was_on = True

    def rest(self) -> None:
        """Stop collecting until as many resume()s have come."""
        if not self._resting:
            self._was_on = gc.isenabled()
        self._resting += 1
        gc.disable()

    def resume(self) -> None:
        """Collect again, here on the UI thread, once nobody needs the rest."""
        self._resting -= 1
        if not self._resting and self._was_on:
            gc.enable()


_collector = _Collector()


class _ReportingContext(JobContext):
    """Sends progress to the UI thread, thinned out; the last step always arrives."""

    def __init__(self, runner: JobRunner, listener: Callable[[int, int], object] | None) -> None:
        super().__init__()
        self._runner = runner
        self._listener = listener
        self._last_s = 0.0
        self._lock = threading.Lock()

    def report(self, done: int, total: int) -> None:
        """Pass *done* of *total* on unless the last report is only a moment old."""
        if self._listener is None:
            return
        with self._lock:
            now_s = time.monotonic()
            if done != total and now_s - self._last_s < _REPORT_EVERY_S:
                return
            self._last_s = now_s
        self._runner.post(partial(_call, self._listener, done, total))


def _call(callback: Callable[..., object] | None, *values: object) -> None:
    """Call *callback* unless it is a method of a Qt object that no longer exists."""
    owner = getattr(callback, "__self__", None)
    if callback is None or (isinstance(owner, QObject) and not isValid(owner)):
        return
    callback(*values)


def _fail(callback: Callable[[BaseException], object] | None, error: BaseException) -> None:
    """Hand *error* on, or log it here if nobody listens: an error must stop somewhere."""
    if callback is None:
        log.error("a job failed: %s", frames_without_values(error))
    _call(callback, error)
