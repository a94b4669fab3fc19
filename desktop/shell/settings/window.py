"""What the settings ask of the window beyond what every page may."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from desktop.foundation.jobs import JobContext
from desktop.register.service.exports import Leaving
from desktop.register.ui.host import PageHost

if TYPE_CHECKING:
    from desktop.printing.document import Sheet
    from desktop.shell.safekeeping_pages import SafekeepingPages


@dataclass(frozen=True)
class Swap:
    """Work that needs the file to itself: the window closes, *work* is done, the same officer signs in again.

    *doing* is said meanwhile, *done* afterwards.
    """

    doing: str
    work: Callable[[JobContext], object] = field(repr=False)
    password: str = field(repr=False)
    done: str


class SettingsHost(PageHost, Protocol):
    """The main window."""

    safekeeping: SafekeepingPages
    """What opens 备份 and 应急U盘."""

    def set_appearance(self, *, large: bool | None = None, contrast: bool | None = None) -> None:
        """Change type size or contrast, at once and for the next start."""
        ...

    def restore(self) -> None:
        """Leave the window for the page 恢复."""
        ...

    def print_sheet(self, title: str, sheet: Sheet, leaves: Leaving | None = None) -> None:
        """Print one document; *leaves* tells of the records in it."""
        ...

    def swap(self, swap: Swap) -> None:
        """Close the window, do what needs the file alone, and sign in again."""
        ...

    def sign_out(self) -> None:
        """Close the window and ask who comes next."""
        ...
