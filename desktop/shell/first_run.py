"""The first set-up: four steps that can be gone back to, and one job at the end that makes the encrypted file."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from desktop.foundation.clock import Clock
from desktop.foundation.errors import AppError, InputError
from desktop.foundation.jobs import JobContext
from desktop.register.office import NewOfficer, set_up
from desktop.register.rights import Role
from desktop.shell.first_run_committee import CommitteePage
from desktop.shell.first_run_ending import CodePage, RegisterPage
from desktop.shell.first_run_page import StepPage
from desktop.shell.first_run_people import PeoplePage
from desktop.shell.step_rail import StepRail, StepTitle
from desktop.store.folder import DataFolder
from desktop.store.keys import Cost
from desktop.widgets.busy import Busy
from desktop.widgets.buttons import PrimaryButton, SecondaryButton
from desktop.widgets.card import Banner
from desktop.widgets.dialogs import UNEXPECTED, ask
from desktop.widgets.jobs import JobRunner
from desktop.widgets.roles import label, row
from desktop.widgets.theme import scaled

STEPS = (
    StepTitle("单位和地区", "哪个居委会"),
    StepTitle("人员和密码", "谁来用，各看什么"),
    StepTitle("恢复码", "打印，封存"),
    StepTitle("楼栋和居民", "导入，或以后再填"),
)
_FOOT = "不用联网，不用注册。\n点“完成设置”之前，填的内容和密码都不存盘。"
_FITTING = 10  # characters below a step's title
_NOT_MADE = "没有建成，填的内容都还在。"


class FirstRun(QWidget):
    """Collects everything, makes the file, and hands over the first director's name and password."""

    completed = Signal(str, str, bool)  # name, password, import next
    restoring = Signal()

    def __init__(self, folder: Path, runner: JobRunner, clock: Clock, *, cost: Cost | None = None) -> None:
        super().__init__()
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._folder, self._runner, self._clock, self._cost = folder, runner, clock, cost
        self._committee, self._people = CommitteePage(), PeoplePage()
        self._committee.restoring.connect(self.restoring)
        self._code, self._register = CodePage(runner, folder, clock.today()), RegisterPage()
        self._pages: tuple[StepPage, ...] = (self._committee, self._people, self._code, self._register)
        self._here = self._reached = 0
        self._rail = StepRail(STEPS, _FOOT)
        self._rail.chosen.connect(self.go_to)
        self._counter = label("", "secondary", name="step_counter")
        self._title = label("", "display", name="step_title")
        self._about = label("", "secondary", wrap=True, name="step_about")
        self._trouble = Banner("danger", "")
        self._trouble.setObjectName("trouble")
        self._trouble.setVisible(False)
        self._stack = QStackedWidget()
        for page in self._pages:
            self._stack.addWidget(_scrolling(page))
            page.changed.connect(self._count)
            page.entered.connect(self.go_on)
        self._back = SecondaryButton("上一步", "chevron-left", name="back")
        self._back.clicked.connect(lambda: self.go_to(self._here - 1))
        self._missing = label("", "secondary", name="missing")
        self._next = PrimaryButton("", name="next")
        self._next.clicked.connect(self.go_on)
        main = QVBoxLayout()
        main.setContentsMargins(scaled(44), scaled(26), scaled(44), scaled(22))
        main.setSpacing(scaled(6))
        for part in (self._counter, self._title, self._about, self._trouble):
            main.addWidget(part)
        main.addSpacing(4)
        main.addWidget(self._stack, 1)
        main.addLayout(row(self._back, 0, self._missing, self._next, spacing=10))
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._rail)
        whole.addLayout(main, 1)
        self._busy = Busy(self)
        self._show_step()

    def has_input(self) -> bool:
        """Return whether closing now would lose something."""
        return bool(self._committee.committee()) or any(one.name or one.password for one in self._people.officers())

    def go_to(self, step: int) -> None:
        """Show *step* (from 0) if it was reached before; what was typed stays everywhere."""
        if 0 <= step <= self._reached:
            self._here = step
            self._show_step()
            self._pages[step].start()

    def go_on(self) -> None:
        """Go to the next step, or make the file after the last; with something missing, mark it instead."""
        if not self._pages[self._here].demand():
            self._count()
            return
        if self._here + 1 < len(self._pages):
            self._reached = max(self._reached, self._here + 1)
            self.go_to(self._here + 1)
            return
        # A step may have been spoilt after it was passed.
        for number, page in enumerate(self._pages):
            if page.missing():
                self.go_to(number)
                page.demand()
                return
        self._make()

    def _make(self) -> None:
        self._trouble.setVisible(False)
        self._busy.begin("正在建立加密的资料，请稍等")
        officers = self._people.officers()
        job = partial(
            _set_up,
            partial(
                set_up,
                DataFolder(self._folder),
                committee=self._committee.committee(),
                region=self._committee.region(),
                officers=officers,
                recovery_code=self._code.code,
                clock=self._clock,
                cost=self._cost,
            ),
        )
        self._runner.start(job, done=lambda _none: self._made(officers), failed=self._failed)

    def _made(self, officers: list[NewOfficer]) -> None:
        self._busy.end()
        first = next(one for one in officers if one.role is Role.DIRECTOR)
        self.completed.emit(first.name, first.password, self._register.import_next())

    def _failed(self, error: BaseException) -> None:
        self._busy.end()
        self._trouble.set_text(str(error) if isinstance(error, AppError) else UNEXPECTED, _NOT_MADE)
        self._trouble.setVisible(True)
        if isinstance(error, InputError):
            for number, page in enumerate(self._pages):
                if page.show_problems(list(error.problems)):
                    self.go_to(number)
                    page.show_problems(list(error.problems))
                    return

    def _show_step(self) -> None:
        page = self._pages[self._here]
        if page is self._code:
            self._code.set_committee(self._committee.committee())
        self._counter.setText(f"第{self._here + 1}步，共{len(self._pages)}步")
        self._title.setText(page.TITLE)
        self._about.setText(page.ABOUT)
        self._stack.setCurrentIndex(self._here)
        self._back.setVisible(self._here > 0)
        last = self._here + 1 == len(self._pages)
        self._next.set_text("完成设置" if last else f"下一步：{STEPS[self._here + 1].title}")
        self._rail.set_place(self._here, self._reached)
        name = self._committee.committee()
        self._rail.set_about(0, (name if len(name) <= _FITTING else f"{name[:_FITTING]}…") or STEPS[0].about)
        self._count()

    def _count(self) -> None:
        missing = self._pages[self._here].missing()
        self._missing.setText(f"还差 {missing}项" if missing else "")

    def ask_to_leave(self, leave: Callable[[], None]) -> None:
        """Say what closing would lose; *leave* is called if the user closes all the same."""
        text = "设置还没有完成，现在关掉，填的内容和密码都不会留下。"
        ask(self, "要关掉吗", text, "继续设置", "关掉", lambda stay: None if stay else leave())


def _set_up(make: Callable[[], None], _context: JobContext) -> None:
    make()


def _scrolling(page: StepPage) -> QScrollArea:
    scroll = QScrollArea()
    scroll.setWidgetResizable(True)
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setWidget(page)
    return scroll
