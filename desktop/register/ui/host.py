"""What a page may ask of the window it lives in; the main window implements it, tests use a small one of their own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from PySide6.QtWidgets import QWidget

from desktop.foundation.settings import Settings
from desktop.register.service.exports import Leaving
from desktop.widgets.jobs import JobRunner
from desktop.widgets.layout_memory import LoadState, SaveState


class PageHost(Protocol):
    """The window around a page."""

    runner: JobRunner
    """The one thread that writes; services that store or read long are called through it."""

    def open_page(self, page: QWidget) -> None:
        """Show *page* over the whole tab; pages stack."""
        ...

    def close_page(self, page: QWidget) -> None:
        """Take *page* away and show what was below it."""
        ...

    def note_saved(self, text: str = "", undo: Callable[[], None] | None = None) -> None:
        """Say that something is stored: the status line shows the time, lists refresh; *text* is offered with 撤销."""
        ...

    def note_leaving(self, leaving: Leaving) -> object:
        """Write down that rows leave the program; called on a job's thread, before the file has its name."""
        ...

    def settings(self) -> Settings:
        """Return the settings of this computer."""
        ...

    def change_settings(self, **values: Any) -> None:
        """Store changed settings of this computer."""
        ...


def table_memory(host: PageHost, key: str) -> tuple[LoadState, SaveState]:
    """Return how the list *key* finds its columns again and keeps them, in the settings of this computer."""

    def load() -> Any:
        return host.settings().tables.get(key)

    def save(state: dict[str, Any]) -> None:
        host.change_settings(tables={**host.settings().tables, key: state})

    return load, save
