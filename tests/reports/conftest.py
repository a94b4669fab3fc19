"""A file with the year 2011 of a whole community, made once for all tests of reports."""

from __future__ import annotations

import shutil

import pytest

from desktop.foundation.clock import FixedClock
from desktop.register.rights import Role
from tests.conftest import NOW, OFFICERS, PASSWORD
from tests.reports.samples import HOUHUAN, KINDS


@pytest.fixture(scope="session")
def houhuan_folder(template_folder, tmp_path_factory):
    """The data folder with the samples imported; tests that write take a copy."""
    from desktop.app import assemble
    from desktop.register.office import opened
    from desktop.store.folder import DataFolder

    path = tmp_path_factory.mktemp("houhuan") / "data"
    shutil.copytree(template_folder, path)
    folder, clock = DataFolder(path), FixedClock(NOW)
    slot = folder.current().ring().named(OFFICERS[Role.DIRECTOR])
    with opened(folder, slot_id=slot.id, secret=PASSWORD, clock=clock) as found:
        bench = assemble(found, clock)
        for kind in KINDS:
            verdict = bench.intake.confirm(bench.intake.preview(kind, HOUHUAN / f"{kind}.xlsx"))
            assert verdict.rejected == (), kind
    return folder


@pytest.fixture(scope="session")
def houhuan_as(houhuan_folder):
    """Return a context with the services over the samples as the officer of a role has them; nothing is written."""
    from contextlib import contextmanager

    from desktop.app import assemble
    from desktop.register.office import opened

    @contextmanager
    def sign_in(role):
        clock = FixedClock(NOW)
        slot = houhuan_folder.current().ring().named(OFFICERS[role])
        with opened(houhuan_folder, slot_id=slot.id, secret=PASSWORD, clock=clock) as found:
            yield assemble(found, clock)

    return sign_in


@pytest.fixture(scope="session")
def houhuan(houhuan_as):
    """The services over the samples as the director has them."""
    with houhuan_as(Role.DIRECTOR) as bench:
        yield bench
