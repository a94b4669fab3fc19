"""Another process that issues rectification notices on the same folder; started by a test, killed at its work."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from multiprocessing.connection import Connection
from pathlib import Path
from uuid import UUID

from desktop.app import assemble
from desktop.foundation.clock import FixedClock
from tests.conftest import NOW
from tests.store.children import open_as_health


def issue_all(path: Path, findings: Sequence[tuple[UUID, int]], parent: Connection) -> None:
    """Issue the notice of one finding after another and say each number once it is taken."""
    with open_as_health(path) as found:
        bench = assemble(found, FixedClock(NOW))
        for inspection_id, version in findings:
            sent = bench.rectification.issue(
                inspection_id, version=version, noticed_on=date(2026, 6, 17), due_on=date(2026, 6, 24)
            )
            parent.send(sent.issued.number)
