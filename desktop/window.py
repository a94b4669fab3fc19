"""The life of the window: one per data folder, from login or first set-up to the main window and back."""

from __future__ import annotations

import gc
import logging
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from desktop.foundation.clock import Clock, SystemClock
from desktop.foundation.logs import frames_without_values, start_logging
from desktop.foundation.settings import Settings, load_settings, save_settings
from desktop.shell.dressing import application, dress
from desktop.shell.entry import EntryWindow
from desktop.shell.one_window import OneWindow
from desktop.shell.pictures import draw_tab
from desktop.widgets.crash import install_crash_hook
from desktop.widgets.theme import Appearance

if TYPE_CHECKING:
    from desktop.safekeeping.holders import Holder
    from desktop.safekeeping.restore import Restored
    from desktop.safekeeping.words import FiguresAgain
    from desktop.shell.lock import IdleWatch, LockWindow
    from desktop.shell.main_window import MainWindow
    from desktop.shell.workbench import Workbench
    from desktop.store.folder import DataFolder

__all__ = ["Program", "draw_tab", "open_window"]
log = logging.getLogger(__name__)

# What signing in needs, loaded while the password is typed. The order is that of need.
WARM = ("desktop.register.office", "desktop.app", "desktop.shell.main_window")


@dataclass(frozen=True)
class Session:
    """A signed-in officer's workbench, and the file it stands on."""

    bench: Workbench
    slot_id: str
    held: ExitStack


def open_window(folder: Path, *, staff: str = "", password: str = "", backup: Path | None = None) -> int:
    """Show the window over the data in *folder* until it is closed; return the process's exit status.

    If a window for *folder* is open already, that one comes to the front and this call returns at once. *staff* is
    preselected; with *password* signed in at once. With *backup* the page 恢复 is shown with this one chosen.
    """
    with OneWindow(folder) as one_window:
        if not one_window.is_first:
            one_window.raise_first(str(backup or ""))
            return 0
        app = application()
        _start_log(folder / "logs")
        install_crash_hook(app, folder / "logs")
        program = Program(app, folder, SystemClock())
        one_window.raised.connect(program.called)
        one_window.listen()
        program.start(staff, password)
        if backup is not None:
            program.entry.show_restore(chosen=backup)
        QTimer.singleShot(0, app, gc.enable)  # off until here: see desktop.cli
        try:
            return app.exec()
        finally:
            program.end()


class Program(QObject):
    """Joins the windows: whoever is shown, there is always exactly one."""

    def __init__(self, app: QApplication, folder: Path, clock: Clock) -> None:
        super().__init__()
        self._app, self._folder, self._clock = app, folder, clock
        self._settings = load_settings(folder / "settings.json")
        self._session: Session | None = None
        self._main: MainWindow | None = None
        self._lock: LockWindow | None = None
        self._represented = ""
        self._watch: IdleWatch | None = None
        self._after_swap = ""
        dress(app, Appearance(large=self._settings.large_type, contrast=self._settings.high_contrast))
        self.entry = EntryWindow(
            folder,
            clock,
            self._enter,
            self._settings,
            self._save_settings,
            warm=WARM,
            figures_after=_figures_after,
            finish_rescue=_finish_rescue,
        )
        self.entry.entered.connect(self._entered)

    @property
    def main(self) -> MainWindow | None:
        """Return the main window while somebody is signed in."""
        return self._main

    @property
    def lock(self) -> LockWindow | None:
        """Return the lock while the program is locked."""
        return self._lock

    def start(self, staff: str = "", password: str = "") -> None:
        """Show login or first set-up."""
        self.entry.look()
        self.entry.show()
        if staff:
            self.entry.sign_in_as(staff, password)

    def end(self) -> None:
        """Let jobs finish, close the file and every window."""
        self.entry.runner.shutdown()
        self._close_main()
        for window in (self._lock, self.entry):
            if window is not None:
                window.deleteLater()

    def called(self, backup: str) -> None:
        """Come to the front for a second start; with *backup* offer to restore it."""
        self.come_to_front()
        if not backup or self._lock is not None:
            return
        if self._main is None:
            self.entry.show_restore(chosen=Path(backup))
            return
        from desktop.widgets.dialogs import ask  # noqa: PLC0415

        text = "恢复之前要先退出登录。没有存的内容会留作草稿，资料在您确认以前不会动。"
        ask(
            self._main,
            "要恢复这份备份吗",
            text,
            "去恢复",
            "不用了",
            lambda yes: self._restore_if(Path(backup), wanted=yes),
        )

    def come_to_front(self) -> None:
        """Raise whichever window is shown."""
        window: QWidget = self._lock or self._main or self.entry
        if window.isMinimized():
            window.showNormal()
        window.raise_()
        window.activateWindow()
        QApplication.alert(window)

    def lock_now(self) -> None:
        """Hide everything behind the password of the officer who is signed in, who then types for nobody else."""
        from desktop.shell.lock import LockWindow  # noqa: PLC0415  not needed before somebody is in

        if self._main is None or self._session is None or self._lock is not None:
            return
        officer = self._session.bench.officer
        self._represented = self._main.behalf.end()
        self._lock = LockWindow(officer.name, officer.role.value, self._check, self.entry.runner)
        self._lock.unlocked.connect(self._unlock)
        self._lock.signed_out.connect(self._sign_out)
        self._lock.cover(self._main)

    def _enter(self, slot_id: str, secret: str) -> Session:
        """Open the file on the runner's thread."""
        from desktop.app import assemble  # noqa: PLC0415  the login window must paint before this is loaded
        from desktop.register.office import opened  # noqa: PLC0415
        from desktop.store.folder import DataFolder  # noqa: PLC0415

        with ExitStack() as trying:
            found = trying.enter_context(
                opened(DataFolder(self._folder), slot_id=slot_id, secret=secret, clock=self._clock)
            )
            bench = assemble(found, self._clock)
            return Session(bench, slot_id, trying.pop_all())

    def _watch_idleness(self, main: MainWindow) -> None:
        from desktop.shell.lock import IdleWatch  # noqa: PLC0415

        if self._watch is not None:
            self._watch.stop()
        self._watch = IdleWatch(self._settings.auto_lock_minutes, main)
        self._watch.idle.connect(self.lock_now)

    def _entered(self, session: object) -> None:
        from desktop.shell.clock_check import compare_clock  # noqa: PLC0415
        from desktop.shell.main_window import MainWindow  # noqa: PLC0415
        from desktop.shell.month_export import export_last_month  # noqa: PLC0415

        if not isinstance(session, Session):
            raise TypeError("signing in gave no session")
        self._session = session
        self._main = MainWindow(session.bench, self._settings, self._save_settings)
        # Queued: the menu that asked must be gone before its window is.
        self._main.signed_out.connect(self._sign_out, Qt.ConnectionType.QueuedConnection)
        self._main.restore_wanted.connect(self._restore, Qt.ConnectionType.QueuedConnection)
        self._main.swap_wanted.connect(self._swap, Qt.ConnectionType.QueuedConnection)
        self._main.lock_wanted.connect(self.lock_now, Qt.ConnectionType.QueuedConnection)
        self._show_main(self._main)
        self.entry.hide()
        self._watch_idleness(self._main)
        compare_clock(session.bench, self._main, self._main.close)
        if self._after_swap:
            self._main.say(self._after_swap)
            self._after_swap = ""
        self._offer_import(self._main)
        export_last_month(self._main)
        log.info("signed in")

    def _show_main(self, main: MainWindow) -> None:
        if len(self._settings.window) == 4:
            left, top, width, height = self._settings.window
            main.setGeometry(left, top, width, height)
            main.show()
        else:
            main.showMaximized()

    def _offer_import(self, main: MainWindow) -> None:
        """Open the import once if first set-up ended with 登录后马上导入."""
        if self._settings.import_next:
            main.change_settings(import_next=False)
            main.open_import()

    def _check(self, password: str) -> None:
        from desktop.register.office import unlock  # noqa: PLC0415
        from desktop.store.folder import DataFolder  # noqa: PLC0415

        if self._session is not None:
            unlock(DataFolder(self._folder), self._session.slot_id, password, clock=self._clock)

    def _unlock(self) -> None:
        lock, self._lock = self._lock, None
        if lock is not None:
            lock.uncover()
            lock.deleteLater()
        if self._represented and self._main is not None:
            self._main.say(f"锁定以后不再替{self._represented}录入。还要替，请从右上角再选一次。")
        self._represented = ""
        if self._watch is not None:
            self._watch.restart()

    def _sign_out(self) -> None:
        self.entry.look()
        self.entry.show()
        lock, self._lock = self._lock, None
        if lock is not None:
            lock.hide()
            lock.deleteLater()
        self._close_main()
        log.info("signed out")

    def _swap(self, swap: object) -> None:
        """Close the window and the file, do what needs the folder alone, and sign the same officer in again."""
        from desktop.shell.settings.window import Swap  # noqa: PLC0415

        if not isinstance(swap, Swap) or self._session is None:
            raise TypeError("nothing to swap")
        slot_id = self._session.slot_id
        self.entry.look()
        self.entry.show()
        self._close_main()
        self._after_swap = swap.done
        self.entry.work_and_sign_in(swap.doing, swap.work, slot_id, swap.password, self._swap_failed)

    def _restore_if(self, backup: Path, *, wanted: bool) -> None:
        if wanted and self._main is not None:
            self._restore(backup)

    def _restore(self, backup: Path | None = None) -> None:
        """Leave the main window for the page 恢复; what is in use can still be compared."""
        key = self._session.bench.data_key if self._session is not None else None
        self._sign_out()
        self.entry.show_restore(key, chosen=backup)

    def _swap_failed(self) -> None:
        self._after_swap = ""

    def _close_main(self) -> None:
        watch, self._watch = self._watch, None
        if watch is not None:
            watch.stop()
        main, self._main = self._main, None
        if main is not None:
            main.close()
            main.deleteLater()
        session, self._session = self._session, None
        if session is not None:
            session.held.close()

    def _save_settings(self, settings: Settings) -> None:
        minutes, self._settings = self._settings.auto_lock_minutes, settings
        if self._watch is not None and self._main is not None and minutes != settings.auto_lock_minutes:
            self._watch_idleness(self._main)
        try:
            save_settings(self._folder / "settings.json", settings)
        except OSError as error:
            # How the window looks is not worth a dialog.
            log.warning("settings not stored: %s", frames_without_values(error))


def _figures_after(folder: DataFolder, holder: Holder, restored: Restored, clock: Clock) -> FiguresAgain | None:
    from desktop.app import figures_again  # noqa: PLC0415  the login window must paint before this is loaded

    return figures_again(folder, holder, restored, clock)


def _finish_rescue(path: Path, data_key: bytes, slot_id: str, clock: Clock) -> dict[str, int]:
    from desktop.app import finish_rescue  # noqa: PLC0415

    return finish_rescue(path, data_key, slot_id, clock)


def _start_log(folder: Path) -> None:
    try:
        start_logging(folder)
    except OSError:
        logging.basicConfig(level=logging.INFO)
        log.warning("the log file cannot be written")
