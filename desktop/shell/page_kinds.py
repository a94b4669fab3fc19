"""What a page or tab may be able to do beyond being shown; the window asks before it does."""

from __future__ import annotations

from typing import Protocol, runtime_checkable


@runtime_checkable
class Reloading(Protocol):
    """A page that shows a list and can read it again; forms have none, what is typed must stay."""

    def reload(self) -> None:
        """Read what is shown again."""
        ...


@runtime_checkable
class Starting(Protocol):
    """A page or tab on which something new can be begun; forms have it not."""

    def start_new(self) -> None:
        """Begin what Ctrl+N means here."""
        ...


@runtime_checkable
class Reading(Protocol):
    """A tab that shows things a moment later."""

    def finish_reading(self) -> None:
        """Wait until what is asked for is shown."""
        ...
