"""How a page has work done on the job thread: under a veil, with one place for what went wrong or well."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.foundation.jobs import JobContext
from desktop.register.ui.saying import sentence_of
from desktop.widgets.busy import Busy
from desktop.widgets.card import Banner
from desktop.widgets.jobs import JobRunner

T = TypeVar("T")


class PageWork(QObject):
    """One job of a page at a time. Put ``banner`` at the top of the page; it hides while there is nothing to say."""

    def __init__(self, page: QWidget, runner: JobRunner) -> None:
        super().__init__(page)
        self._runner = runner
        self.banner = Banner("danger", "")
        self.banner.setObjectName("page_banner")
        self.banner.setVisible(False)
        self._busy = Busy(page)
        self._doing = ""
        self._done: Callable[[Any], object] = _ignore
        self._failed: Callable[[BaseException], object] = self.say_failed
        self._stopped: Callable[[], object] = self._say_stopped

    @property
    def busy(self) -> bool:
        """Whether the page is covered because a job of its own is running."""
        return self._busy.isVisible()

    def run(
        self,
        doing: str,
        job: Callable[[JobContext], T],
        done: Callable[[T], object],
        failed: Callable[[BaseException], object] | None = None,
        *,
        can_stop: bool = False,
        stopped: Callable[[], object] | None = None,
        runner: JobRunner | None = None,
    ) -> None:
        """Run *job* under the veil (正在导入); by default a failure becomes a sentence in the banner.

        *stopped* is called instead of a sentence if the user stopped it; *runner* does work that storing must not
        wait for.
        """
        self._doing, self._done, self._failed = doing, done, failed or self.say_failed
        self._stopped = stopped or self._say_stopped
        # Methods of this object: once the page is gone the runner leaves them out.
        context = (runner or self._runner).start(
            job, done=self._end_well, failed=self._end_badly, progressed=self._busy.progress, cancelled=self._stop
        )
        self._busy.begin(doing, context if can_stop else None)

    def say(self, kind: str, text: str, detail: str = "", *, button: str = "") -> None:
        """Show a sentence at the top of the page."""
        self.banner.set_kind(kind)
        self.banner.set_text(text, detail)
        self.banner.set_button(button)
        self.banner.setVisible(True)

    def hush(self) -> None:
        """Take the sentence away."""
        self.banner.setVisible(False)

    def say_failed(self, error: BaseException) -> None:
        """Say that the last job failed, and why."""
        self.say("danger", sentence_of(self._doing, error))

    def _end_well(self, result: object) -> None:
        self._busy.end()
        self._done(result)

    def _end_badly(self, error: BaseException) -> None:
        self._busy.end()
        self._failed(error)

    def _stop(self) -> None:
        self._busy.end()
        self._stopped()

    def _say_stopped(self) -> None:
        self.say("info", "已停下，什么也没有写入。")


def _ignore(_result: object) -> None:
    """Stand in until the first job."""
