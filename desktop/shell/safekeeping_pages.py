"""Safekeeping in the window: its services, the pages for backups, emergency sticks and carrying, and what is told."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from desktop.safekeeping.documents import TITLE
from desktop.shell.backup_page import BackupLine, BackupPage
from desktop.shell.backup_watch import BackupWatch
from desktop.shell.backups import backups_of, emergency_of, lending_of
from desktop.shell.baton_strip import BatonStrip
from desktop.shell.emergency_card import EmergencyCard
from desktop.shell.emergency_page import EmergencyPage
from desktop.shell.lend_page import LendPage, title_of
from desktop.shell.page_kinds import Reloading
from desktop.shell.page_stack import PageStack
from desktop.shell.stick_buttons import StickButtons

if TYPE_CHECKING:
    from desktop.shell.main_window import MainWindow
    from desktop.shell.workbench import Workbench


class SafekeepingPages:
    """Opens the pages; ``line``, ``watch.strip`` and ``strip`` are for the window to put where they belong."""

    def __init__(self, bench: Workbench, window: MainWindow, stack: PageStack) -> None:
        self._window, self._stack = window, stack
        self.backups = backups_of(bench)
        self.emergency = emergency_of(bench, self.backups)
        self.lending = lending_of(bench, self.backups)
        self.line = BackupLine(self.backups, lambda: window.settings().remind_days)
        self.watch = BackupWatch(self.backups, self, window.settings, window)
        self.watch.backed_up.connect(self.line.tell)
        self.strip = BatonStrip(self.lending)
        self.strip.fetched.connect(window.restore)
        self.strip.opened.connect(self.open_lending)

    def tell(self) -> None:
        """Say how things stand with backups and with the data's whereabouts."""
        self.line.tell()
        self.watch.tell()
        self.strip.tell()

    def back_up(self) -> None:
        """Back up to where the last backup went, or let the place be chosen."""
        self._backup_page().start()

    def back_up_to(self, place: Path) -> None:
        """Back up to *place*, a stick that was just plugged in."""
        self._backup_page().back_up_to(place)

    def emergency_card(self) -> EmergencyCard:
        """Return a new card that says when the emergency stick was made last and leads to its page."""
        card = EmergencyCard(self.emergency, lambda: self._window.settings().emergency_days)
        card.wanted.connect(self.make_emergency)
        return card

    def make_emergency(self) -> None:
        """Open the page for making an emergency stick."""
        sticks = StickButtons(self.backups.sticks, "做到", "emergency", dialog="应急U盘做到哪个文件夹")
        page = EmergencyPage(self.emergency, self._window, sticks, self._window.print_sheet)
        page.made.connect(self._emergency_made)
        self._stack.open_page(page)
        page.setFocus()

    def print_kit_page(self) -> None:
        """Print 电脑坏了怎么办 for the emergency stick made last, or for any."""
        self._window.print_sheet(TITLE, self.emergency.sheet(self.emergency.last()))

    def lending_title(self) -> str:
        """Return what the menu calls the page for carrying the data, by what can be done there now."""
        return title_of(self.lending.baton())

    def open_lending(self) -> None:
        """Open the page for taking the data to another computer and back, unless it is open."""
        if self._stack.page_of(LendPage) is not None:
            return
        page = LendPage(self.lending, self.backups, self._window)
        page.changed.connect(self.tell)
        self._stack.open_page(page)
        page.setFocus()

    def _backup_page(self) -> BackupPage:
        page = self._stack.page_of(BackupPage)
        if page is None:
            page = BackupPage(self.backups, self._window, self.emergency_card())
            page.backed_up.connect(self.tell)
            self._stack.open_page(page)
            page.setFocus()
        return page

    def _emergency_made(self) -> None:
        self.tell()
        for page in self._stack.pages[:-1]:
            if isinstance(page, Reloading):
                page.reload()
