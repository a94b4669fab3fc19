"""Damaged, foreign, newer and torn files in use and in backups: a sentence each, and not a byte of them changed."""

from __future__ import annotations

import random
import shutil
import sqlite3
from datetime import timedelta

import pytest
from sqlcipher3 import dbapi2 as sqlcipher

from desktop.foundation.errors import AppError, DamagedFile, NewerFile
from desktop.safekeeping.holders import ByPassword
from desktop.safekeeping.restore import restore
from desktop.safekeeping.verify import look_over
from desktop.store.keys import new_data_key
from tests.conftest import NOW, OFFICERS, PASSWORD
from tests.faults.conftest import tries
from tests.safekeeping.making import back_up, everything_in, figures, signed_in

DIRECTOR = ByPassword(OFFICERS["主任"], PASSWORD)


def plain_database(path):
    path.unlink()
    raw = sqlite3.connect(path)
    raw.execute("CREATE TABLE someone_elses (x)")
    raw.commit()
    raw.close()


def under_another_key(path):
    path.unlink()
    raw = sqlcipher.connect(str(path), isolation_level=None)
    raw.execute(f"PRAGMA key=\"x'{new_data_key().hex()}'\"")
    raw.execute("CREATE TABLE ours_once (x)")
    raw.close()


def newer(folder):
    with signed_in(folder) as bench:
        key = bench.data_key
    raw = sqlcipher.connect(str(folder.current().database), isolation_level=None)
    raw.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
    raw.execute("UPDATE alembic_version SET version_num = '9999'")
    raw.close()


SPOILT = {
    "empty": lambda path: path.write_bytes(b""),
    "cut off": lambda path: path.write_bytes(path.read_bytes()[: 4096 * 3 + 100]),
    "a page of zeros": lambda path: path.write_bytes(bytes(4096) + path.read_bytes()[4096:]),
    "noise": lambda path: path.write_bytes(random.Random(1).randbytes(40_000)),
    "another program's": plain_database,
    "another key's": under_another_key,
}


@pytest.mark.parametrize("what", SPOILT)
def test_a_spoilt_file_in_use_is_a_sentence_and_stays_as_it_was(community, what):
    folder, stick = community
    database = folder.current().database
    SPOILT[what](database)
    before = database.read_bytes()
    with pytest.raises(DamagedFile, match=r"[\u4e00-\u9fff]"), signed_in(folder):
        pass
    assert database.read_bytes() == before
    (backup,) = stick.iterdir()
    assert restore(backup, folder, DIRECTOR, clock=FixedAt()).counts["resident"] == 3


class FixedAt:
    """A clock that stands."""

    def now(self):
        return NOW

    def today(self):
        return NOW.date()


def test_a_file_of_a_newer_program_is_left_alone(community):
    folder, _stick = community
    newer(folder)
    before = folder.current().database.read_bytes()
    with pytest.raises(NewerFile, match="新版程序"), signed_in(folder):
        pass
    assert folder.current().database.read_bytes() == before


@pytest.mark.parametrize("content", [b"", b"{", b"null", b"\xff", b"[]"])
def test_a_torn_list_of_who_may_sign_in_is_a_sentence(community, content):
    folder, _stick = community
    folder.current().keys.write_bytes(content)
    with pytest.raises(DamagedFile, match="登录名单"), signed_in(folder):
        pass
    assert folder.current().keys.read_bytes() == content


@pytest.mark.parametrize("content", [b"", b"../..", b"nowhere", b"\xff\xfe\x00"])
def test_a_torn_pointer_is_a_sentence_and_never_leads_out_of_the_folder(community, content):
    folder, _stick = community
    (folder.path / "current").write_bytes(content)
    with pytest.raises(DamagedFile, match="备份恢复"), signed_in(folder):
        pass


def test_flipped_bits_in_a_backup_are_all_refused(community, tmp_path):
    _folder, stick = community
    (backup,) = stick.iterdir()
    chance, copy = random.Random(617), tmp_path / backup.name
    files = ("juwei.db", "keys.json", "manifest.json")  # the note for whoever double-clicks holds no data
    for _ in range(tries(60)):
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(backup, copy)
        name = chance.choice(files)
        raw = bytearray((copy / name).read_bytes())
        place = chance.randrange(len(raw))
        raw[place] ^= 1 << chance.randrange(8)
        (copy / name).write_bytes(raw)
        with pytest.raises(AppError, match=r"[\u4e00-\u9fff]"):
            look_over(copy)


def test_a_clock_set_back_loses_no_backup_and_no_record(community):
    folder, stick = community
    with signed_in(folder) as bench:
        before, made = figures(bench), everything_in(stick)
        bench.clock.advance(timedelta(days=-500))
        report = back_up(bench, stick)
        assert report.verified
        assert figures(bench) == before
    assert made.items() <= everything_in(stick).items()
    restored = restore(report.path, folder, DIRECTOR, clock=FixedAt())
    assert restored.counts["resident"] == 3
