"""Attachments across a new key: they stay readable, in use and from every backup, and are not copied again."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from uuid import UUID

import pytest
from sqlcipher3 import dbapi2 as sqlcipher

from desktop.foundation.clock import FixedClock
from desktop.foundation.errors import WrongPassword
from desktop.foundation.pictures import photo_of
from desktop.foundation.settings import Settings
from desktop.register.attachments import AFTER, BEFORE
from desktop.register.leaving import shut_out
from desktop.safekeeping.attachments import STORE, look_beside
from desktop.safekeeping.copies import open_copy
from desktop.safekeeping.holders import ByCode, ByPassword
from desktop.safekeeping.manifest import read_manifest
from desktop.safekeeping.restore import restore
from desktop.safekeeping.verify import look_inside, look_over
from desktop.shell.main_window import MainWindow
from desktop.store.blobs import Seal, blob_path, blobs_in
from desktop.store.folder import DataFolder
from tests.conftest import NOW, OFFICERS, PASSWORD, RECOVERY_CODE
from tests.foundation.test_pictures import picture
from tests.inspections.making import finding, places
from tests.notices.making import bait
from tests.safekeeping.making import back_up, figures, settle, signed_in

DIRECTOR = ByPassword(OFFICERS["主任"], PASSWORD)
GONE = ByPassword(OFFICERS["网格员"], PASSWORD)


class Office:
    """A data folder with a photo and an issued notice in it, and what they hold."""

    def __init__(self, folder):
        self.folder = folder
        with signed_in(folder) as bench:
            settle(bench)
            places(bench)
            self.inspection = bench.inspections.record(finding()).id
            self.first = photo((400, 300))
            bench.attachments.add("inspection", self.inspection, BEFORE, [self.first])
            self.notice = bench.notices.composing.issue(bait(bench)).id
            self.pages = bench.notices.issued.pdf(self.notice)
            self.figures = figures(bench)
            self.key, self.officer = bench.data_key, bench.officer

    def rekey(self):
        """Let the officer of the grid leave; keep the new key."""
        slot = self.folder.current().ring().named(OFFICERS["网格员"])
        self.key = shut_out(self.folder, self.key, self.officer, UUID(hex=slot.id), clock=FixedClock(NOW))

    def check(self, folder=None, *, photos=1):
        """Find photo and notice through the services over *folder*, byte for byte, and nothing missing."""
        with signed_in(folder or self.folder) as bench:
            rows = bench.attachments.of("inspection", self.inspection)
            assert len(rows) == photos
            assert bench.attachments.content(rows[0].id) == self.first.jpeg
            assert bench.notices.issued.pdf(self.notice) == self.pages
            assert all(line.ok for line in bench.check())

    def back_up(self, stick, days=0):
        """Return a backup made *days* later."""
        with signed_in(self.folder) as bench:
            bench.clock.advance(timedelta(days=days))
            return back_up(bench, stick)


def photo(size):
    return photo_of(picture(size))


@pytest.fixture
def office(folder):
    return Office(folder)


def written(stick):
    """Return name → (bytes, moment of writing) of every file in the store of a stick."""
    return {
        path.name: (path.stat().st_size, path.stat().st_mtime_ns)
        for path in (stick / STORE).rglob("*") if path.is_file()
    }  # fmt: skip


def test_photo_and_issued_pages_open_after_the_new_key_and_their_files_are_the_same(office):
    before = {
        name: blob_path(office.folder.attachments, name).read_bytes() for name in blobs_in(office.folder.attachments)
    }
    assert len(before) == 2
    office.rekey()
    office.check()
    after = {name: blob_path(office.folder.attachments, name).read_bytes() for name in before}
    assert after == before
    assert blobs_in(office.folder.attachments) == sorted(before)


def test_the_window_s_own_services_show_and_add_after_it(office, qtbot):
    office.rekey()
    with signed_in(office.folder) as bench:
        main = MainWindow(bench, Settings(), lambda _settings: None)
        qtbot.addWidget(main)
        main.show()
        (row,) = main.bench.attachments.of("inspection", office.inspection)
        main.bench.attachments.add("inspection", office.inspection, AFTER, [photo((300, 400))])
        shown = main.bench.attachments.for_print("inspection", office.inspection)
        assert [bool(one.jpeg) for one in shown] == [True, True]
        assert shown[0].jpeg == office.first.jpeg
        assert main.bench.notices.issued.pdf(office.notice) == office.pages
        assert main.bench.attachments.content(row.id) == office.first.jpeg
        main.close()
    office.check(photos=2)


def test_a_backup_made_after_it_restores_everything_on_a_new_computer(office, stick, tmp_path):
    office.rekey()
    report = office.back_up(stick)
    assert (report.attachments, report.damaged_attachments) == (2, 0)
    assert look_inside(look_over(report.path), office.key).counts["resident"] == 3
    for number, holder in enumerate((DIRECTOR, ByCode(RECOVERY_CODE))):
        fresh = DataFolder(tmp_path / f"fresh-{number}")
        assert restore(report.path, fresh, holder, clock=FixedClock(NOW)).lost_attachments == 0
        office.check(fresh)
        with signed_in(fresh) as bench:
            assert figures(bench) == office.figures


def test_a_backup_made_before_it_still_restores_with_its_attachments(office, stick, tmp_path):
    report = office.back_up(stick)
    office.rekey()
    office.back_up(stick, days=1)
    assert look_beside(look_over(report.path)) == []
    fresh = DataFolder(tmp_path / "fresh")
    assert restore(report.path, fresh, DIRECTOR, clock=FixedClock(NOW)).lost_attachments == 0
    office.check(fresh)


def test_it_restores_over_the_file_under_the_new_key_and_back_again(office, stick):
    report = office.back_up(stick)
    office.rekey()
    done = restore(report.path, office.folder, DIRECTOR, clock=FixedClock(NOW))
    assert done.lost_attachments == 0
    office.check()
    restore(done.kept, office.folder, DIRECTOR, clock=FixedClock(NOW))
    office.check()


def test_only_what_is_new_is_copied_after_it(office, stick):
    office.back_up(stick)
    before = written(stick)
    office.rekey()
    assert office.back_up(stick, days=1).attachments == 2
    assert written(stick) == before, "not one byte is written again"
    with signed_in(office.folder) as bench:
        bench.attachments.add("inspection", office.inspection, AFTER, [photo((300, 400))])
    report = office.back_up(stick, days=2)
    now = written(stick)
    (added,) = set(now) - set(before)
    assert {name: now[name] for name in before} == before
    assert now[added][0] == blob_path(office.folder.attachments, added).stat().st_size
    assert sorted(read_manifest((report.path / "manifest.json").read_bytes()).attachments) == sorted(now)


def test_the_same_photo_taken_in_again_after_it_lies_once(office):
    before = blobs_in(office.folder.attachments)
    office.rekey()
    with signed_in(office.folder) as bench:
        bench.attachments.add("inspection", office.inspection, AFTER, [office.first])
    assert blobs_in(office.folder.attachments) == before


def test_an_attachment_damaged_before_it_is_mended_from_a_backup_made_before_it(office, stick, tmp_path):
    report = office.back_up(stick)
    office.rekey()
    name = blobs_in(office.folder.attachments)[0]
    blob_path(office.folder.attachments, name).write_bytes(b"torn")
    later = office.back_up(stick, days=1)
    assert (later.attachments, later.damaged_attachments) == (2, 0), "the good one on the stick is kept and named"
    for path in (report.path, later.path):
        fresh = DataFolder(tmp_path / path.name)
        assert restore(path, fresh, DIRECTOR, clock=FixedClock(NOW)).lost_attachments == 0
        office.check(fresh)


def test_who_left_opens_the_backup_of_that_day_and_nothing_made_since(office, stick, tmp_path):
    """As decision 0011 says: old backups with their pictures; of new ones no record, but the key of all pictures."""
    old = office.back_up(stick)
    old_key = office.key
    office.rekey()
    with signed_in(office.folder) as bench:
        bench.attachments.add("inspection", office.inspection, AFTER, [second := photo((300, 400))])
    new = office.back_up(stick, days=1)
    elsewhere = DataFolder(tmp_path / "the colleague's own computer")
    assert restore(old.path, elsewhere, GONE, clock=FixedClock(NOW)).lost_attachments == 0
    with signed_in(elsewhere, staff=OFFICERS["网格员"]) as bench:
        (row,) = bench.attachments.of("inspection", office.inspection)
        assert bench.attachments.content(row.id) == office.first.jpeg
    with pytest.raises(WrongPassword):
        restore(new.path, DataFolder(tmp_path / "second try"), GONE, clock=FixedClock(NOW))
    with pytest.raises(sqlcipher.DatabaseError):
        open_copy(new.path / "juwei.db", old_key)
    with closing(open_copy(old.path / "juwei.db", old_key)) as raw:
        seal = Seal(raw.execute("SELECT secret FROM blob_key").fetchone()[0])
    added = seal.name(second.jpeg)
    assert seal.open(added, blob_path(stick / STORE, added).read_bytes()) == second.jpeg
