"""The window before signing in: login, first set-up, forgotten password; nothing heavy loads before it is painted."""

from __future__ import annotations

import importlib
import logging
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from desktop.foundation.clock import Clock
from desktop.foundation.errors import AppError, DamagedFile
from desktop.foundation.jobs import JobContext
from desktop.foundation.settings import Settings
from desktop.shell.login import LoginPage
from desktop.shell.lunar import lunar_text
from desktop.store.faces import Faces, read_faces
from desktop.widgets.jobs import JobRunner
from desktop.widgets.theme import Appearance, apply_theme

if TYPE_CHECKING:
    from desktop.shell.first_run import FirstRun
    from desktop.shell.rescue_page import FinishRescue
    from desktop.shell.restore_page import FiguresAfter
    from desktop.store.keys import Cost

log = logging.getLogger(__name__)
SIZE = (1180, 700)
Enter = Callable[[str, str], object]
"""Signs in with slot id and password, on the runner's thread; what it returns is handed to `entered`."""


class EntryWindow(QStackedWidget):
    """Shows what the data folder calls for, and says `entered` with what signing in gave."""

    entered = Signal(object)
    painted = Signal()

    def __init__(
        self,
        folder: Path,
        clock: Clock,
        enter: Enter,
        settings: Settings,
        save_settings: Callable[[Settings], None],
        *,
        warm: tuple[str, ...] = (),
        cost: Cost | None = None,
        figures_after: FiguresAfter | None = None,
        finish_rescue: FinishRescue | None = None,
    ) -> None:
        super().__init__()
        self.setProperty("role", "page")
        self.setWindowTitle("居委工作台")
        self.resize(*SIZE)
        self._folder, self._clock, self._enter, self._warm, self._cost = folder, clock, enter, warm, cost
        self._settings, self._save_settings, self._figures_after = settings, save_settings, figures_after
        self._finish_rescue, self._tried = finish_rescue, ("", "")
        self._faces: Faces | None = None
        self._first_run: FirstRun | None = None
        self._leaving = False
        self.runner = JobRunner(self)
        self.login = LoginPage(clock.today())
        self.login.submitted.connect(self.sign_in)
        self.login.forgotten.connect(self._show_reset)
        self.login.restoring.connect(self.show_restore)
        self.login.rescuing.connect(self._show_rescue)
        self.login.retried.connect(self.look)
        self.login.appearance_chosen.connect(self._dress)
        # Only after the paint event has been worked off does the page stand on the screen.
        self.login.painted.connect(lambda: QTimer.singleShot(0, self, self._warm_up))
        self.addWidget(self.login)

    def look(self) -> None:
        """Read the data folder and show login, first set-up, or why neither is possible."""
        try:
            self._faces = read_faces(self._folder)
        except AppError as error:
            log.warning("login impossible: %s", type(error).__name__)
            self.login.show_trouble(error)
            self.setCurrentWidget(self.login)
            return
        if self._faces is None:
            self._show_first_run()
            return
        self.login.show_faces(self._faces, self._settings.last_staff_id)
        self.setCurrentWidget(self.login)
        self.login.focus_password()

    def sign_in_as(self, name: str, password: str = "") -> None:
        """Choose the officer *name*, and sign in at once if there is a *password*."""
        face = next((one for one in (self._faces.people if self._faces else ()) if one.name == name), None)
        if face is None:
            return
        self.login.faces.choose(face.id)
        if password:
            self.login.set_working(working=True)
            self.sign_in(face.id, password)

    def sign_in(self, slot_id: str, password: str) -> None:
        """Try *password* on the slot, away from the window's thread."""
        job = partial(_sign_in, self._enter, slot_id, password)
        failed = partial(self._refused, slot_id, password)
        self.runner.start(job, done=partial(self._opened, slot_id), failed=failed)

    def work_and_sign_in(
        self,
        doing: str,
        work: Callable[[JobContext], object],
        slot_id: str,
        password: str,
        failed: Callable[[], object],
    ) -> None:
        """Do *work*, for which nobody may have the file open, then sign in; a failure of either is said on the page."""
        self.login.faces.choose(slot_id)
        self.login.set_working(working=True, text=doing)

        def both(context: JobContext) -> object:
            work(context)
            return self._enter(slot_id, password)

        def refuse(error: BaseException) -> None:
            failed()
            self.look()
            self.login.refuse(error)

        self.runner.start(both, done=partial(self._opened, slot_id), failed=refuse)

    def _opened(self, slot_id: str, session: object) -> None:
        self.login.forget_password()
        if slot_id != self._settings.last_staff_id:
            self._change_settings(last_staff_id=slot_id)
        self._leaving = True
        self.entered.emit(session)

    def _show_first_run(self) -> None:
        from desktop.shell.first_run import FirstRun  # noqa: PLC0415  brings the store along

        if self._first_run is None:
            self._first_run = FirstRun(self._folder, self.runner, self._clock, cost=self._cost)
            self._first_run.completed.connect(self._set_up)
            self._first_run.restoring.connect(self.show_restore)
            self.addWidget(self._first_run)
        self.setCurrentWidget(self._first_run)
        self._first_run.go_to(0)

    def _set_up(self, name: str, password: str, import_next: bool) -> None:
        self._drop(self._first_run)
        self._first_run = None
        self.look()
        if import_next:
            self._change_settings(import_next=True)
        self.sign_in_as(name, password)

    def _show_reset(self) -> None:
        from desktop.shell.reset_page import ResetPage  # noqa: PLC0415  brings the store along

        committee = self._faces.committee if self._faces else ""
        page = ResetPage(self._folder, committee, self.runner, self._clock, cost=self._cost)
        page.cancelled.connect(lambda: self._leave_reset(page))
        page.completed.connect(lambda slot_id, password: self._reset_done(page, slot_id, password))
        self.addWidget(page)
        self.setCurrentWidget(page)
        page.start()

    def show_restore(self, current_key: bytes | None = None, *, chosen: Path | None = None) -> None:
        """Show 恢复; with *current_key* the file in use can be held against a backup without its password.

        The backup in the folder *chosen* is the one that is chosen first.
        """
        from desktop.shell.restore_page import RestorePage, Restoring  # noqa: PLC0415  brings the store along

        settings = self._settings
        what = Restoring(
            self._folder,
            self._clock,
            (settings.backup_folder, settings.second_folder),
            current_key or None,
            self._figures_after,
            self._cost,
            chosen=chosen,
        )
        page = RestorePage(what, self.runner)
        page.cancelled.connect(lambda: self._leave_reset(page))
        page.completed.connect(lambda name, password: self._restored(page, name, password))
        self.addWidget(page)
        self.setCurrentWidget(page)
        page.list.setFocus()

    def _refused(self, slot_id: str, password: str, error: BaseException) -> None:
        # Kept only while there is something to salvage with it.
        self._tried = (slot_id, password) if isinstance(error, DamagedFile) else ("", "")
        self.login.refuse(error)

    def _show_rescue(self) -> None:
        from desktop.shell.rescue_page import RescuePage, Rescuing  # noqa: PLC0415  brings the store along

        places = (self._settings.backup_folder, self._settings.second_folder)
        what = Rescuing(self._folder, self._clock, *self._tried, places, self._finish_rescue)
        page = RescuePage(what, self.runner)
        page.cancelled.connect(lambda: self._leave_reset(page))
        page.restoring.connect(lambda: self._drop_and_restore(page))
        page.completed.connect(lambda: self._rescued(page))
        self.addWidget(page)
        self.setCurrentWidget(page)

    def _drop_and_restore(self, page: QWidget) -> None:
        self._drop(page)
        self.show_restore()

    def _rescued(self, page: QWidget) -> None:
        (slot_id, password), self._tried = self._tried, ("", "")
        self._reset_done(page, slot_id, password)

    def _restored(self, page: QWidget, name: str, password: str) -> None:
        self._leave_reset(page)
        self.sign_in_as(name, password)

    def _leave_reset(self, page: QWidget) -> None:
        self._drop(page)
        self.look()

    def _reset_done(self, page: QWidget, slot_id: str, password: str) -> None:
        self._drop(page)
        self.look()
        self.login.faces.choose(slot_id)
        self.login.set_working(working=True)
        self.sign_in(slot_id, password)

    def _drop(self, page: QWidget | None) -> None:
        if page is not None:
            self.removeWidget(page)
            page.deleteLater()

    def _dress(self, chosen: Appearance) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            apply_theme(app, chosen)
        self._change_settings(large_type=chosen.large, high_contrast=chosen.contrast)

    def _change_settings(self, **values: object) -> None:
        self._settings = self._settings.with_values(**values)
        self._save_settings(self._settings)

    def _warm_up(self) -> None:
        """Load what signing in needs while the password is being typed; the lunar day comes first."""
        self.painted.emit()
        log.info("login page painted")
        if not self._warm or self._leaving:
            return
        self.runner.start(partial(_lunar, self._clock), done=self.login.set_lunar)
        self.runner.start(partial(_load, self._warm))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask before a half-done set-up is lost; wait for a job under way."""
        if self._first_run is not None and self._first_run.has_input() and not self._leaving:
            event.ignore()
            self._first_run.ask_to_leave(self._leave)
            return
        self.runner.shutdown()
        super().closeEvent(event)

    def _leave(self) -> None:
        self._leaving = True
        self.close()


def _sign_in(enter: Enter, slot_id: str, password: str, _context: JobContext) -> object:
    return enter(slot_id, password)


def _lunar(clock: Clock, _context: JobContext) -> str:
    return lunar_text(clock.today())


def _load(names: tuple[str, ...], context: JobContext) -> None:
    for name in names:
        context.check()
        importlib.import_module(name)
