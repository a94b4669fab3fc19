"""Two processes on one folder, and processes that die in the middle of their work."""

from __future__ import annotations

import multiprocessing
import os
import random
import shutil
import time
from contextlib import closing

import pytest
from sqlmodel import func, select

from desktop.foundation.errors import FileBusy, InputError
from desktop.register.records import Household, Place, Resident
from desktop.store.engine import connect
from desktop.store.folder import DataFolder
from desktop.store.migrate import SCRIPTS
from desktop.store.unit import Store
from tests.factories import add_household, one_step
from tests.store import children

_START_S = 60
ROUNDS = 100 if "JUWEI_SLOW" in os.environ else 8
_context = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload(["tests.store.children"])


class Child:
    """A process started for one test, with a line to it."""

    def __init__(self, work, *arguments):
        self.line, theirs = _context.Pipe()
        path, *rest = arguments
        self._process = _context.Process(target=work, args=(path, theirs, *rest), daemon=True)
        self._process.start()
        theirs.close()

    def next_word(self):
        assert self.line.poll(_START_S), "the child said nothing"
        return self.line.recv()

    def kill(self):
        """kill -9; return every word it had said."""
        self._process.kill()
        self._process.join()
        words = []
        try:
            while self.line.poll():
                words.append(self.line.recv())
        except EOFError:
            pass
        self.line.close()
        return words

    def say(self, word):
        self.line.send(word)


@pytest.fixture
def child():
    """Start children; whoever still lives at the end is ended."""
    started = []

    def start(work, *arguments):
        started.append(Child(work, *arguments))
        return started[-1]

    yield start
    for one in started:
        if one._process.is_alive():
            one.kill()


@pytest.fixture
def quick_locks(monkeypatch):
    monkeypatch.setattr("desktop.store.locks._WAIT_SHARED_S", 0.2)
    monkeypatch.setattr("desktop.store.locks._WAIT_EXCLUSIVE_S", 0.2)


def names_in(store):
    with store.reading() as session:
        return set(session.exec(select(Place.name)))


@pytest.mark.usefixtures("quick_locks")
def test_who_holds_the_folder_alone_keeps_others_out(folder, child, open_as):
    holder = child(children.hold, folder.path, "alone")
    assert holder.next_word() == "held"
    with pytest.raises(FileBusy, match="正在升级、恢复或换钥匙"):
        open_as("主任")
    with pytest.raises(FileBusy, match="另一个窗口或命令"), folder.exclusive():
        pass
    holder.say("go")
    assert holder.next_word() == "free"
    assert open_as("主任").officer.name == "沈玉琴"


@pytest.mark.usefixtures("quick_locks")
def test_nobody_holds_the_folder_alone_beside_a_working_process(folder, child):
    holder = child(children.hold, folder.path, "shared")
    assert holder.next_word() == "held"
    with folder.shared():
        pass
    with pytest.raises(FileBusy, match="另一个窗口或命令"), folder.exclusive():
        pass
    holder.say("go")
    assert holder.next_word() == "free"
    with folder.exclusive():
        pass


@pytest.mark.usefixtures("quick_locks")
def test_leaving_the_folder_once_does_not_free_it_for_others(folder, child):
    """Closing any handle of a file frees all POSIX locks of the process on it."""
    with folder.shared():
        with folder.shared():
            pass
        with pytest.raises(FileBusy), folder.exclusive():
            pass
        other = child(children.hold, folder.path, "alone")
        assert not other.line.poll(1.0) or isinstance(other.line.recv(), FileBusy)
    with folder.exclusive(), pytest.raises(FileBusy, match="正在升级"), folder.shared():
        pass


def test_a_killed_holder_leaves_no_lock(folder, child):
    holder = child(children.hold, folder.path, "alone")
    assert holder.next_word() == "held"
    holder.kill()
    with folder.exclusive():
        pass


def test_a_command_works_beside_an_open_window(folder, child, opened):
    command = child(children.work_beside, folder.path)
    assert command.next_word() == "open"
    seen = []
    for number in range(5):
        before = opened.store.change_mark()
        command.say(f"命令{number}")
        seen.append(command.next_word())
        assert opened.store.change_mark() != before
        one_step(opened, lambda unit, n=number: unit.add(Place(name=f"窗口{n}", category="小区")))
        seen.append(f"窗口{number}")
    command.say("")
    assert command.next_word() == "closed"
    assert names_in(opened.store) == set(seen)


def kill_while_saving(folder, child, bench, rounds):
    """Kill a saving child *rounds* times; return how many records it had acknowledged."""
    chance = random.Random(20260617)
    acknowledged = 0
    for _ in range(rounds):
        with bench.store.writing("清空", bench.officer) as unit:
            for place in unit.session.exec(select(Place)):
                place.name = f"旧{place.id.hex}"
        saver = child(children.save_for_ever, folder.path)
        words = [saver.next_word()]
        time.sleep(chance.uniform(0, 0.12))
        words += saver.kill()
        acknowledged += len(words)
        stored = {name for name in names_in(bench.store) if not name.startswith("旧")}
        assert stored >= set(words), "an acknowledged record is gone"
        assert len(stored) <= len(words) + 1, "more than the one record in flight is there"
        assert all(line.ok for line in bench.check())
    return acknowledged


def test_no_acknowledged_record_is_lost_when_the_program_is_killed(folder, child, bench):
    assert kill_while_saving(folder, child, bench, 20) > 20


@pytest.mark.slow
@pytest.mark.skipif("JUWEI_SLOW" not in os.environ, reason="a quarter of an hour; set JUWEI_SLOW to run it")
def test_no_acknowledged_record_is_lost_in_five_hundred_kills(folder, child, bench):
    assert kill_while_saving(folder, child, bench, 500) > 500


def test_a_killed_import_of_two_thousand_rows_is_there_whole_or_not_at_all(folder, child, bench):
    chance = random.Random(617)
    rows = 2_000
    for _ in range(ROUNDS):
        importer = child(children.import_for_ever, folder.path, rows)
        words = [importer.next_word()]
        time.sleep(chance.uniform(0, 0.5))
        words += importer.kill()
        with bench.store.reading() as session:
            people = session.exec(select(func.count()).select_from(Resident)).one()
            homes = session.exec(select(func.count()).select_from(Household)).one()
        assert people % rows == 0
        assert people // rows == homes >= words.count("stored")
        lines = {line.code: line.ok for line in bench.check()}
        assert lines["pages"] and lines["structure"] and lines["references"]  # noqa: PT018


def test_a_set_up_killed_anywhere_can_be_done_again(tmp_path, child, clock):
    chance = random.Random(44)
    for number in range(6):
        folder = DataFolder(tmp_path / f"data{number}")
        setter = child(children.set_up_once, folder.path)
        assert setter.next_word() == "begins"
        time.sleep(chance.uniform(0, 0.25))
        setter.kill()
        again = child(children.set_up_once, folder.path)
        assert again.next_word() == "begins"
        if folder.is_set_up():
            again.kill()
        else:
            assert again.next_word() == "done"
        with children.open_as_health(folder.path) as found:
            assert found.store.newest_step_at() == clock.now()
        shutil.rmtree(folder.path)


def test_an_upgrade_killed_anywhere_leaves_a_whole_file_in_use(folder, child, clock):
    chance = random.Random(7)
    with children.open_as_health(folder.path) as found:
        key = found.data_key
        one_step(found, add_household)
    for _ in range(ROUNDS):
        upgrader = child(children.migrate_for_ever, folder.path, SCRIPTS, key)
        time.sleep(chance.uniform(0, 0.4))
        upgrader.kill()
        with folder.exclusive(), closing(connect(folder.current().database, key)) as raw:
            assert raw.execute("PRAGMA cipher_integrity_check").fetchall() == []
            assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert raw.execute("SELECT count(*) FROM household").fetchone() == (1,)
        with children.open_as_health(folder.path) as found:
            assert found.store.newest_step_at() == clock.now()


def test_set_up_refuses_a_folder_another_process_has_just_set_up(folder, child):
    other = child(children.set_up_once, folder.path)
    assert other.next_word() == "begins"
    other._process.join(_START_S)
    assert other._process.exitcode == 1
    with pytest.raises(InputError, match="已经有资料"):
        children.set_up_once(folder.path, type("Line", (), {"send": staticmethod(lambda _word: None)}))


def test_the_write_ahead_log_of_a_killed_process_is_read(folder, child, opened, clock):
    saver = child(children.save_for_ever, folder.path)
    words = [saver.next_word(), saver.next_word(), *saver.kill()]
    fresh = Store(opened.store.path, opened.data_key, clock=clock)
    assert names_in(fresh) >= set(words)
    fresh.close()
