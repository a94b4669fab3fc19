"""What the import page does with several files: judges them together, shows the list, imports one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.foundation.jobs import JobContext
from desktop.register.intake.service import IntakeService
from desktop.register.ui.host import PageHost
from desktop.register.ui.intake_queue import QueueStep
from desktop.register.ui.intake_reading import QueueLine, Source, import_one, line_up
from desktop.register.ui.page_work import PageWork
from desktop.register.ui.saying import sentence_of
from desktop.spreadsheets.judging import Verdict


class SeveralFiles(QObject):
    """Keeps the list; ``shown`` asks the page to bring it to the front, ``failed`` carries why there is none."""

    shown = Signal()
    failed = Signal(object)

    def __init__(self, page: QWidget, intake: IntakeService, host: PageHost, work: PageWork, step: QueueStep) -> None:
        super().__init__(page)
        self._intake, self._host, self._work, self._step = intake, host, work, step
        self._sources: list[Source] = []
        self._lines: list[QueueLine] = []
        self._at = 0
        step.start_wanted.connect(self.import_next)

    @property
    def active(self) -> bool:
        """Whether the way leads back to a list."""
        return len(self._sources) > 1

    @property
    def lines(self) -> Sequence[QueueLine]:
        """Return the list as it stands."""
        return tuple(self._lines)

    def begin(self, sources: Sequence[Source]) -> None:
        """Take other files, or none."""
        self._sources, self._lines = list(sources), []

    def survey(self) -> None:
        """Judge every file that still waits, as if those before it were stored, and show the list."""
        waiting = [one for number, one in enumerate(self._sources) if not (self._lines and self._lines[number].done)]
        job = partial(line_up, self._intake, waiting)
        self._work.run("正在核对每张表", job, self._surveyed, self.failed.emit, can_stop=True)

    def show(self) -> None:
        """Show the list again."""
        self._step.show_lines(self._lines)
        self.shown.emit()

    def mark(self, number: int, verdict: Verdict | None = None) -> None:
        """Note that a file was imported with *verdict*, or that its import was taken back."""
        if self._lines:
            line = self._lines[number]
            done = verdict is not None
            self._lines[number] = replace(line, verdict=verdict or line.verdict, done=done, unjoined=False)

    def import_next(self) -> None:
        """Import the next file that waits; each is a batch of its own, and 停下 stops between two."""
        number = next((number for number, line in enumerate(self._lines) if line.waits), None)
        if number is None:
            return
        self._at = number
        doing = f"正在导入{self._lines[number].title}，第{number + 1}张，共{len(self._lines)}张"
        source = self._sources[number]

        def job(context: JobContext) -> tuple[Verdict, bool]:
            return import_one(self._intake, source, context), context.cancelled

        self._work.run(doing, job, self._imported, self._refused, can_stop=True)

    def _surveyed(self, fresh: list[QueueLine]) -> None:
        waiting = iter(fresh)
        former: Sequence[QueueLine | None] = self._lines or [None] * len(self._sources)
        self._lines = [line if line is not None and line.done else next(waiting) for line in former]
        self.show()

    def _imported(self, result: tuple[Verdict, bool]) -> None:
        verdict, stopped = result
        self.mark(self._at, verdict)
        self.show()
        self._host.note_saved()
        if not stopped:  # pressed too late for this file, but not for those after it
            self.import_next()

    def _refused(self, error: BaseException) -> None:
        self.show()
        name = self._sources[self._at].path.name
        self._work.say("danger", f"“{name}”没有导入，后面的也停下了。已导入的都在。", sentence_of("导入", error))
