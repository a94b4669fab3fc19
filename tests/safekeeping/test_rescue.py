"""A damaged file in use: what can be read comes over, what cannot is counted, the damaged file stays as it is."""

from __future__ import annotations

import random
import shutil
from contextlib import closing

import pytest
from sqlcipher3 import dbapi2 as sqlcipher

from desktop.app import finish_rescue
from desktop.foundation.clock import FixedClock
from desktop.foundation.errors import DamagedFile, FileBusy, NotAllowed, WrongPassword
from desktop.safekeeping.rescue import rescue
from desktop.store.baton import OUT
from desktop.store.engine import connect
from desktop.store.folder import DataFolder
from tests.conftest import NOW, OFFICERS, PASSWORD
from tests.factories import id_number
from tests.health.making import bp
from tests.register.making import resident
from tests.safekeeping.lending import baton, enter, give, take_back
from tests.safekeeping.making import everything_in, figures, names, settle, signed_in

PAGE = 4096


@pytest.fixture(scope="module")
def grown_folder(template_folder, tmp_path_factory):
    """A folder with some hundred people, made once."""
    from datetime import date

    path = tmp_path_factory.mktemp("grown") / "data"
    shutil.copytree(template_folder, path)
    with signed_in(DataFolder(path)) as bench:
        settle(bench)
        for number in range(150):
            person = resident(bench, name=f"居民{number}", id_number=id_number(order=500 + number), remark="备注" * 40)
            bench.health.record(person, bp(date(2026, 5, 20), 120 + number % 30, 80))
    return path


@pytest.fixture
def grown(grown_folder, tmp_path):
    path = tmp_path / "data"
    shutil.copytree(grown_folder, path)
    return DataFolder(path)


def damage_but_the_list_of_tables(folder, pages, count):
    """Damage *count* of *pages*, leaving out those without which no table can be found."""
    with signed_in(folder) as bench:
        key = bench.data_key
    database = folder.current().database
    for page in pages:
        before = database.read_bytes()
        damage(folder, [page])
        try:
            with closing(connect(database, key)) as raw:
                raw.execute("SELECT sql FROM sqlite_master").fetchall()
        except sqlcipher.Error:
            database.write_bytes(before)
            continue
        count -= 1
        if not count:
            return


def root_of(bench, table):
    """Return the number of the page a table begins on."""
    with bench.store.reading() as session:
        found = session.connection().exec_driver_sql("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,))
        return found.scalar_one()


def run(folder, *, role="主任", password=PASSWORD):
    clock = FixedClock(NOW)
    slot = folder.current().ring().named(OFFICERS[role])
    return rescue(
        folder, slot.id, password, clock=clock, finish=lambda path, key, who: finish_rescue(path, key, who, clock)
    )


def damage(folder, pages):
    path = folder.current().database
    raw = bytearray(path.read_bytes())
    for page in pages:
        raw[page * PAGE + 200] ^= 1
    path.write_bytes(raw)
    return len(raw) // PAGE


def test_wrong_passwords_other_roles_and_open_windows_rescue_nothing(grown, monkeypatch):
    monkeypatch.setattr("desktop.store.locks._WAIT_EXCLUSIVE_S", 0.1)
    before = everything_in(grown.path / "generations")
    with pytest.raises(WrongPassword):
        run(grown, password="not it")
    with pytest.raises(NotAllowed, match="主任"):
        run(grown, role="卫生专干")
    with grown.shared(), pytest.raises(FileBusy):
        run(grown)
    assert everything_in(grown.path / "generations") == before


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\0" + bytes(8000), random.Random(5).randbytes(9 * PAGE)])
def test_a_file_of_which_nothing_can_be_read_stays_as_it_is(grown, content):
    grown.current().database.write_bytes(content)
    with pytest.raises(DamagedFile, match="一行也读不出来"):
        run(grown)
    assert grown.current().database.read_bytes() == content
    assert len(list((grown.path / "generations").iterdir())) == 1


def test_of_a_sound_file_everything_comes_over(grown):
    with signed_in(grown) as bench:
        before = figures(bench)
    done = run(grown)
    assert done.lost == ()
    assert done.counts["resident"] == 153
    assert done.sentences[-1] == "没有发现丢失的记录。"
    with signed_in(grown) as bench:
        assert figures(bench) == before
        assert names(bench) == {"欧阳雪梅", "王阿婆", "赵铁柱"}
        assert all(line.ok for line in bench.check())


@pytest.mark.parametrize("seed", range(2))
def test_of_a_damaged_file_all_readable_records_come_over_and_the_rest_is_counted(grown, seed):
    pages = random.Random(seed).sample(range(2, damage(grown, ())), 40)
    damage_but_the_list_of_tables(grown, pages, 6)
    spoilt = grown.current().database.read_bytes()
    done = run(grown)
    kept = done.counts["resident"]
    lost = dict(done.lost)
    assert kept + lost.get("居民", 0) >= 153, "more rows are missing than were said to be lost"
    assert kept > 60
    assert (done.kept / "juwei.db").read_bytes() == spoilt
    with signed_in(grown) as bench:
        assert all(line.ok for line in bench.check()), [line for line in bench.check() if not line.ok]
        assert len(bench.residents.search("居民")) > 0 or kept < 10
        resident(bench, name="新来的人", id_number=id_number(order=290))


def test_officers_and_committee_lost_with_their_page_come_back_from_the_key_file(grown):
    with signed_in(grown) as bench:
        pages = [root_of(bench, table) for table in ("staff", "profile", "standard_set")]
    damage(grown, [page - 1 for page in pages])
    done = run(grown)
    assert dict(done.lost)["工作人员"] >= 4
    with signed_in(grown) as bench:
        assert [row.name for row in bench.people.staff()] == list(OFFICERS.values())
        assert bench.people.profile().name == grown.current().ring().committee
        assert bench.standards.editions("health")


def test_what_is_rescued_while_the_data_are_out_is_as_read_only_as_before(grown, tmp_path):
    stick = tmp_path / "stick"
    stick.mkdir()
    give(grown, stick)
    with signed_in(grown) as bench:
        page = root_of(bench, "baton")
    damage(grown, [page])
    run(grown)
    assert baton(grown).state == OUT
    take_back(grown)
    enter(grown, "收回以后登的")
