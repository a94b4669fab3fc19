"""The main window: header, tabs, pages over them, status line; joins gestures that cross slices."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEventLoop, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QMainWindow, QVBoxLayout, QWidget

from desktop.foundation.errors import AppError
from desktop.foundation.settings import Settings
from desktop.register.service.exports import Leaving
from desktop.register.ui.search_box import SearchBox
from desktop.shell.behalf_switch import BehalfSwitch
from desktop.shell.found_records import FoundRecords
from desktop.shell.header import Header
from desktop.shell.help_page import HelpPage
from desktop.shell.looking import look_at
from desktop.shell.manual import chapter_for, chapters
from desktop.shell.menu import WindowMenu
from desktop.shell.page_kinds import Reading, Reloading, Starting
from desktop.shell.page_stack import PageStack
from desktop.shell.printouts import Printouts
from desktop.shell.rare_characters import RareCharacters
from desktop.shell.safekeeping_pages import SafekeepingPages
from desktop.shell.status_line import StatusLine
from desktop.shell.tab_makers import TabMakers
from desktop.shell.tab_strip import TabStrip
from desktop.shell.tabs import Tabs
from desktop.shell.today.joints import TodayJoints
from desktop.shell.warming import Warming
from desktop.shell.workbench import Workbench
from desktop.shell.writing import write_notice
from desktop.widgets.dialogs import show_error
from desktop.widgets.jobs import JobRunner
from desktop.widgets.theme import Appearance, apply_theme
from desktop.widgets.undobar import UndoBar

if TYPE_CHECKING:
    from desktop.health.ui.tab import HealthTab
    from desktop.printing.document import Sheet
    from desktop.shell.settings.window import Swap
    from desktop.shell.tabs import Tab
    from desktop.shell.today.tab import TodayTab

POLL_MS = 2_000
_ROUNDS = 4
"""A layout inside a scroll area asks its parents one after the other."""


class MainWindow(QMainWindow):
    """Everything a signed-in officer sees; implements PageHost and SettingsHost for the pages in it."""

    signed_out = Signal()
    lock_wanted = Signal()
    restore_wanted = Signal()
    swap_wanted = Signal(object)

    def __init__(self, bench: Workbench, settings: Settings, save_settings: Callable[[Settings], None]) -> None:
        super().__init__()
        self.setWindowTitle("居委工作台")
        self.setMinimumSize(1024, 600)
        self.bench = bench
        self.runner = JobRunner(self)
        self._settings, self._save_settings = settings, save_settings
        self._mark = bench.store.change_mark()
        self._stack = PageStack()
        self._pages = self._stack.pages
        self.safekeeping = SafekeepingPages(bench, self, self._stack)
        self._printouts = Printouts(bench, self)
        self._menu = WindowMenu(bench, self)
        self._tabs = tabs = Tabs(TabMakers(bench, self, self._printouts, self.safekeeping.backups), bench.officer, self)
        tabs.made.connect(self._stack.add_tab)
        self._joints = TodayJoints(tabs, bench, self, self._menu)
        tabs.import_wanted.connect(self._menu.open_import)
        tabs.history_wanted.connect(self._menu.open_record_history)
        tabs.look_wanted.connect(partial(look_at, tabs, self.show_tab))
        tabs.notice_wanted.connect(partial(write_notice, tabs, self.show_tab))
        bench.behalf.look()
        self._search = SearchBox(bench.residents, bench.everywhere, bench.clock)
        self._found = FoundRecords(self._search, tabs, self._menu, self)
        self._header = Header(bench.people.profile().name, bench.clock, self._search, large=settings.large_type)
        self._status = StatusLine(bench.officer, self.safekeeping.line)
        self._build()
        self._undo_bar = UndoBar(self)
        self.behalf = BehalfSwitch(bench.behalf, self._header, self.say, self)
        self._connect()
        self._rare = RareCharacters(bench.residents, self.runner, self)
        self._rare.look()
        self._warming = Warming(tabs.modules(), self)
        self._poll = QTimer(self)
        self._poll.setInterval(POLL_MS)
        self._poll.timeout.connect(self._look_for_changes)
        self._poll.start()
        self.front.reload()
        self.front.focus_list()

    # What pages may ask (PageHost)

    def open_page(self, page: QWidget) -> None:
        """Show *page* over the whole tab; pages stack."""
        self._stack.open_page(page)

    def close_page(self, page: QWidget) -> None:
        """Take *page* away and show what was below it."""
        if not self._stack.close_page(page):
            return
        if not self._pages:
            self.front.reload()
            self.front.focus_list()

    def note_saved(self, text: str = "", undo: Callable[[], None] | None = None) -> None:
        """Show the time in the status line, refresh the lists, offer *text* with 撤销."""
        self._mark = self.bench.store.change_mark()
        self._status.note_saved(self.bench.clock.now())
        self._reload_top()
        self._rare.look_soon()
        if text:
            self._undo_bar.offer(text, undo or self.undo_last)

    def note_leaving(self, leaving: Leaving) -> str:
        """Write down that rows leave the program."""
        return self.bench.exports.note(leaving)

    @property
    def is_covered(self) -> bool:
        """Return whether a page lies over the tabs."""
        return bool(self._pages)

    @property
    def front(self) -> Tab:
        """Return the tab in front."""
        return self._tabs[self._name_in_front()]

    @property
    def today(self) -> TodayTab:
        """Return the tab 今日."""
        return self._tabs.today

    @property
    def health(self) -> HealthTab:
        """Return the tab 居民健康档案."""
        return self._tabs.health

    def _name_in_front(self) -> str:
        return self.tab_titles()[max(self._bar.currentIndex(), 0)]

    def settings(self) -> Settings:
        """Return the settings of this computer."""
        return self._settings

    def change_settings(self, **values: Any) -> None:
        """Store changed settings of this computer."""
        self._settings = self._settings.with_values(**values)
        self._save_settings(self._settings)

    # What the launcher and the menu ask

    def tab_titles(self) -> list[str]:
        """Return what stands on the tabs."""
        return list(self._tabs)

    def tab_names(self) -> list[str]:
        """Return what can be shown by name: the tabs, and the views of each."""
        return [*self._tabs, *(view for name in self._tabs for view in self._tabs.views(name))]

    def show_tab(self, name: str) -> None:
        """Show a tab or a view by its name; raise KeyError for any other."""
        for number, title in enumerate(self._tabs):
            if name in (title, *self._tabs.views(title)):
                self._bar.setCurrentIndex(number)
                if name != title:
                    self._tabs[title].show_view(name)
                return
        raise KeyError(name)

    def settle(self) -> None:
        """Finish what was still to be read and shown, for pictures."""
        while self.runner.busy:
            loop = QEventLoop()
            self.runner.busy_changed.connect(loop.quit)
            loop.exec()
        QApplication.sendPostedEvents()
        for tab in dict.fromkeys((self.today, self.front)):
            if isinstance(tab, Reading):
                tab.finish_reading()
        for _ in range(_ROUNDS):
            QApplication.processEvents()

    def set_appearance(self, *, large: bool | None = None, contrast: bool | None = None) -> None:
        """Change type size or contrast, at once and for the next start."""
        large = self._settings.large_type if large is None else large
        contrast = self._settings.high_contrast if contrast is None else contrast
        self.change_settings(large_type=large, high_contrast=contrast)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            apply_theme(app, Appearance(large=large, contrast=contrast))

    def undo_last(self) -> None:
        """Undo this officer's newest step, and say which it was."""
        step = self.bench.journal.last_undoable(self.bench.officer.staff_id)
        if step is None:
            self._undo_bar.offer("没有可以撤销的步骤。")
            return
        self.runner.start(
            lambda _context: self.bench.journal.undo(step.id, self.bench.officer),
            done=lambda done: self._undone(str(done)),
            failed=lambda error: show_error(self, f"撤销“{step.label}”", error),
        )

    def open_import(self) -> None:
        """Open the import assistant, for what the user chooses."""
        self._menu.open_import("")

    def open_help(self) -> None:
        """Open the manual at the chapter of what is in front."""
        if self._stack.page_of(HelpPage) is not None:
            return
        names = [*(page.objectName() for page in reversed(self._pages)), self._name_in_front()]
        page = HelpPage(self, chapter_for(names, chapters()))
        self.open_page(page)
        page.setFocus()

    # What the settings ask (SettingsHost)

    def restore(self) -> None:
        """Leave for the page 恢复."""
        self.restore_wanted.emit()

    def print_sheet(self, title: str, sheet: Sheet, leaves: Leaving | None = None) -> None:
        """Print one document; *leaves* tells of the records in it."""
        self._printouts.sheet(title, sheet, leaves)

    def swap(self, swap: Swap) -> None:
        """Let the program close this window, do what needs the file alone, and sign in again."""
        self.swap_wanted.emit(swap)

    def sign_out(self) -> None:
        """Ask who comes next."""
        self.signed_out.emit()

    def say(self, text: str) -> None:
        """Say *text* in passing, for what was done before this window was opened."""
        self._undo_bar.offer(text)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let the writer finish, then go."""
        self._poll.stop()
        self._warming.stop()
        self.safekeeping.watch.stop()
        if not (self.isMaximized() or self.isFullScreen()):
            size = self.geometry()
            self.change_settings(window=(size.x(), size.y(), size.width(), size.height()))
        self._tabs.put_away()
        self.runner.shutdown()
        super().closeEvent(event)

    def _undone(self, done: str) -> None:
        self.note_saved()
        self._undo_bar.offer(f"已{done}")

    def _build(self) -> None:
        strip = TabStrip(list(self._tabs))
        self._bar = strip.bar
        self._bar.currentChanged.connect(self._switch_tab)
        self._stack.show_tab(self.front)
        whole = QWidget()
        whole.setProperty("role", "page")
        whole.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        lines = QVBoxLayout(whole)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        for part in (self._header, self.safekeeping.strip, self.safekeeping.watch.strip, strip):
            lines.addWidget(part)
        lines.addWidget(self._stack, 1)
        lines.addWidget(self._status)
        self.setCentralWidget(whole)

    def _connect(self) -> None:
        self._header.large_toggled.connect(lambda on: self.set_appearance(large=on))
        self._header.backup_wanted.connect(self.safekeeping.back_up)
        self._header.menu_wanted.connect(lambda: self._menu.open_below(self._header.gear))
        for keys, action in (
            ("Ctrl+Shift+F", self._search.setFocus),
            ("Ctrl+Z", self.undo_last),
            ("F5", self._reload_top),
            ("Ctrl+N", self._start_new),
            ("F9", self.safekeeping.back_up),
            ("F1", self.open_help),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(action)
        for number, name in enumerate(self._tabs, start=1):
            QShortcut(QKeySequence(f"Ctrl+{number}"), self).activated.connect(partial(self.show_tab, name))

    def _reload_top(self) -> None:
        """Read again what is in front: a page that lists something, or the tab."""
        front = self._pages[-1] if self._pages else self.front
        if isinstance(front, Reloading):
            front.reload()

    def _start_new(self) -> None:
        front = self._pages[-1] if self._pages else self.front
        if isinstance(front, Starting):
            front.start_new()

    def _switch_tab(self, number: int) -> None:
        """Show another tab; a page lying over the old one is asked to go first, its draft kept."""
        if number < 0:
            return
        self._stack.ask_pages_to_go()
        self._stack.show_tab(self.front)
        if not self._pages:
            self.front.reload()
            self.front.focus_list()

    def _look_for_changes(self) -> None:
        """Refresh when a colleague's window or a command has stored something; never under an open page."""
        try:
            mark = self.bench.store.change_mark()
            self.safekeeping.tell()
            self.behalf.look(again=mark != self._mark)
        except AppError:
            return  # the next user action will say what is wrong with the file
        self.today.look_at_clock()
        if mark != self._mark and not self._pages:
            self._mark = mark
            self.front.reload()
        self._header.show_day()
