"""Another process that issues documents on the same folder; started by a test, ended in the middle of its work."""

from __future__ import annotations

from datetime import date
from multiprocessing.connection import Connection
from pathlib import Path

from desktop.foundation.clock import FixedClock
from desktop.register.service.issued import Issue, IssuedService, Paper
from desktop.store.blobs import Blobs
from desktop.store.folder import attachments_beside
from tests.conftest import NOW
from tests.store.children import open_as_health


def issue_for_ever(path: Path, parent: Connection) -> None:
    """Issue one document after another and say each number once it is taken."""
    with open_as_health(path) as found:
        service = IssuedService(
            found.store, found.officer, FixedClock(NOW), Blobs(found.store, attachments_beside(found.store.path))
        )
        while True:
            row = service.issue(
                Issue("告", "bait", "告知书", "标题", date(2026, 6, 17)), lambda number: Paper(number.encode(), 1)
            )
            parent.send(row.number)
