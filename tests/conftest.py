"""What every room's tests stand on: a fixed clock, a set-up data folder, the opened file, and services over it."""

from __future__ import annotations

import gc
import itertools
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before anything imports Qt

from sqlalchemy import event
from sqlalchemy.pool import Pool

from desktop.foundation.clock import CHINA, FixedClock

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.register.office import Opened
    from desktop.register.rights import Role
    from desktop.shell.workbench import Workbench
    from desktop.store.folder import DataFolder

NOW = datetime(2026, 6, 17, 10, 42, tzinfo=CHINA)
PASSWORD = "yu qin 2026!"
RECOVERY_CODE = ("40717", "92361", "55558", "12344", "00000", "98764", "31419", "27185")
OFFICERS = {"主任": "沈玉琴", "卫生专干": "罗晓梅", "网格员": "周建国", "只读": "何秀英"}
PATIENCE_MS = 60_000
COMMITTEE = "后环社区居民委员会"

_out = {"connections": 0}


@event.listens_for(Pool, "checkout")
def _went_out(_raw: object, _record: object, _proxy: object) -> None:
    _out["connections"] += 1


@event.listens_for(Pool, "checkin")
def _came_back(_raw: object, _record: object) -> None:
    _out["connections"] -= 1


# A search for circles on the thread of one test would end windows of earlier tests there, and Qt would wait for ever.
gc.disable()
_SEARCH_EVERY = 40
_tests = itertools.count(1)


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown() -> None:
    """Search for circular garbage here, on the thread that Qt's windows belong to."""
    if next(_tests) % _SEARCH_EVERY == 0:
        gc.collect()


@pytest.fixture
def searching() -> Iterator[None]:
    """Search for circular garbage as the program does, for tests that ask when it rests."""
    gc.collect()
    gc.enable()
    yield
    gc.disable()


@pytest.fixture
def qtbot(qtbot: QtBot) -> QtBot:
    """The bot of pytest-qt, which after each wait also does what Qt has put off until its next turn.

    Its wait may end when a page has new content that is not shown yet, and old content that is not gone yet: a search
    by name would find the old.
    """
    from PySide6.QtCore import QCoreApplication, QEvent

    just_wait = qtbot.wait

    def wait(ms: int) -> None:
        just_wait(ms)
        QCoreApplication.sendPostedEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    qtbot.wait = wait
    # A sound program answers in a moment; a computer that is busy with other things gets the time it needs.
    for waiting in ("waitUntil", "waitSignal", "waitActive", "waitExposed"):
        setattr(qtbot, waiting, partial(getattr(qtbot, waiting), timeout=PATIENCE_MS))
    return qtbot


@pytest.fixture(autouse=True)
def no_transaction_left_open() -> Iterator[None]:
    """A session somebody forgot would keep the writer, or an old moment of the file, for ever."""
    before = _out["connections"]
    yield
    assert _out["connections"] == before, "a connection was not given back: some session is still open"


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOW)


@pytest.fixture(scope="session")
def template_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A set-up data folder nobody writes to; tests get copies.

    The program is imported inside the fixtures, so that tests without a file need neither its time nor its health.
    """
    from desktop.register.office import NewOfficer, set_up
    from desktop.register.rights import Role
    from desktop.store.folder import DataFolder
    from desktop.store.keys import Cost

    path = tmp_path_factory.mktemp("template") / "data"
    set_up(
        DataFolder(path),
        committee=COMMITTEE,
        region="440402003012",
        officers=[NewOfficer(name, Role(role), PASSWORD) for role, name in OFFICERS.items()],
        recovery_code=RECOVERY_CODE,
        clock=FixedClock(NOW),
        cost=Cost(memory_kib=64, iterations=1, lanes=1),
    )
    return path


@pytest.fixture
def folder(template_folder: Path, tmp_path: Path) -> DataFolder:
    """A data folder of one's own."""
    from desktop.store.folder import DataFolder

    path = tmp_path / "data"
    shutil.copytree(template_folder, path)
    return DataFolder(path)


@pytest.fixture
def open_as(folder: DataFolder, clock: FixedClock) -> Iterator[Callable[[Role], Opened]]:
    """Sign in as the officer of a role; everybody is signed out at the end of the test."""
    from desktop.register.office import opened

    with ExitStack() as stack:

        def sign_in(role: Role) -> Opened:
            slot = folder.current().ring().named(OFFICERS[role])
            return stack.enter_context(opened(folder, slot_id=slot.id, secret=PASSWORD, clock=clock))

        yield sign_in


@pytest.fixture(name="opened")
def opened_by_director(open_as: Callable[[Role], Opened]) -> Opened:
    """The file, opened by the director 沈玉琴."""
    from desktop.register.rights import Role

    return open_as(Role.DIRECTOR)


@pytest.fixture
def bench_as(open_as: Callable[[Role], Opened], clock: FixedClock) -> Callable[[Role], Workbench]:
    """The services as the officer of a role has them."""
    from desktop.app import assemble

    return lambda role: assemble(open_as(role), clock)


@pytest.fixture(name="bench")
def bench_of_director(opened: Opened, clock: FixedClock) -> Workbench:
    """The services as the director has them."""
    from desktop.app import assemble

    return assemble(opened, clock)


@pytest.fixture
def health_bench(bench_as: Callable[[Role], Workbench]) -> Workbench:
    from desktop.register.rights import Role

    return bench_as(Role.HEALTH)


@pytest.fixture
def grid_bench(bench_as: Callable[[Role], Workbench]) -> Workbench:
    from desktop.register.rights import Role

    return bench_as(Role.GRID)


@pytest.fixture
def reader_bench(bench_as: Callable[[Role], Workbench]) -> Workbench:
    from desktop.register.rights import Role

    return bench_as(Role.READER)
