"""Attachments in backups: once each beside them, checked, brought back, and gone when no backup names them."""

from __future__ import annotations

import json
import os
import random
import shutil
import time
from datetime import date

import pytest

from desktop.foundation.days import parse_period
from desktop.foundation.errors import DamagedFile, EnvironmentFailure, NewerFile
from desktop.foundation.jobs import JobCancelled
from desktop.reports.rules import SubmissionDraft
from desktop.safekeeping import attachments
from desktop.safekeeping.attachments import STORE, collect, look_beside
from desktop.safekeeping.holders import ByPassword
from desktop.safekeeping.manifest import read_manifest
from desktop.safekeeping.opener import OPENER
from desktop.safekeeping.restore import restore
from desktop.safekeeping.verify import look_inside, look_over
from desktop.shell.backups import backups_of
from desktop.store.blobs import Blobs, blob_path, blobs_in
from desktop.store.folder import DataFolder
from tests.conftest import OFFICERS, PASSWORD
from tests.inspections.making import finding, places
from tests.safekeeping import children
from tests.safekeeping.making import Stopping, back_up, everything_in, fill, settle, signed_in
from tests.store.test_setting_up import set_up_at

DIRECTOR = ByPassword(OFFICERS["主任"], PASSWORD)
PHOTOS = [f"整改前照片{number} 林桂英".encode() * 3_000 for number in range(4)]


@pytest.fixture
def pictured(lived_in):
    """The services over a file with four pictures beside it."""
    for photo in PHOTOS:
        lived_in.blobs.put(photo)
    return lived_in


def names_of(bench):
    return blobs_in(bench.blobs.folder)


def test_new_ones_are_copied_once_and_every_backup_names_all(pictured, stick):
    first = back_up(pictured, stick)
    lying = {path.name: path.stat().st_mtime_ns for path in (stick / STORE).rglob("*") if path.is_file()}
    added = pictured.blobs.put(b"one more")
    second = back_up(pictured, stick)
    assert (first.attachments, second.attachments) == (4, 5)
    assert sorted(read_manifest((second.path / "manifest.json").read_bytes()).attachments) == names_of(pictured)
    assert blobs_in(stick / STORE) == names_of(pictured)
    now = {path.name: path.stat().st_mtime_ns for path in (stick / STORE).rglob("*") if path.is_file()}
    assert {name: now[name] for name in lying} == lying
    assert set(now) - set(lying) == {added}
    for report in (first, second):
        assert sorted(path.name for path in report.path.iterdir()) == ["juwei.db", "keys.json", "manifest.json", OPENER]
        assert look_inside(look_over(report.path), pictured.data_key).counts == report.counts
        assert look_beside(look_over(report.path)) == []


def test_a_backup_without_any_names_none(report, stick):
    content = json.loads((report.path / "manifest.json").read_bytes())
    assert "attachments" not in content
    assert [path.name for path in stick.iterdir()] == [report.path.name]
    assert look_beside(look_over(report.path)) == []


def test_a_program_that_does_not_know_this_layout_is_told_to_be_renewed(pictured, stick, monkeypatch):
    path = back_up(pictured, stick).path
    assert json.loads((path / "manifest.json").read_bytes())["version"] == 3
    monkeypatch.setattr("desktop.safekeeping.manifest._NEWEST", 2)
    with pytest.raises(NewerFile, match="新版程序"):
        look_over(path)


def test_everything_comes_back_after_the_data_folder_is_gone(pictured, stick, tmp_path):
    path, names = back_up(pictured, stick).path, names_of(pictured)
    fresh = DataFolder(tmp_path / "fresh")
    assert restore(path, fresh, DIRECTOR, clock=pictured.clock).lost_attachments == 0
    with signed_in(fresh) as bench:
        assert names_of(bench) == names
        assert sorted(bench.blobs.get(name) for name in names) == sorted(PHOTOS)


def test_reports_handed_in_and_notices_sent_come_back_byte_for_byte(lived_in, stick, tmp_path):
    places(lived_in)
    row = lived_in.inspections.record(finding())
    sent = lived_in.rectification.issue(row.id, version=1, noticed_on=date(2026, 6, 10), due_on=date(2026, 6, 20))
    submissions = lived_in.reports.submissions
    content = lived_in.reports.content(parse_period("2026-05"))
    handed = submissions.hand_in(content, SubmissionDraft(date(2026, 6, 3), "街道", "沈玉琴"))
    papers = (submissions.paper(handed.id), submissions.sheet(handed.id), lived_in.rectification.pdf(sent.issued))
    report = back_up(lived_in, stick)
    assert report.attachments == 3
    new = DataFolder(tmp_path / "新电脑")
    restore(report.path, new, DIRECTOR, clock=lived_in.clock)
    with signed_in(new) as again:
        submissions = again.reports.submissions
        found = (submissions.paper(handed.id), submissions.sheet(handed.id), again.rectification.pdf(sent.issued))
        assert found == papers
        assert all(line.ok for line in again.check())


def test_restoring_mends_a_damaged_one_and_leaves_sound_ones_alone(pictured, stick, folder, opened):
    path, names = back_up(pictured, stick).path, names_of(pictured)
    torn, gone, sound = (blob_path(folder.attachments, name) for name in names[:3])
    torn.write_bytes(b"torn")
    gone.unlink()
    before = sound.stat().st_mtime_ns
    later = pictured.blobs.put(b"taken after the backup")
    opened.store.close()
    other = DataFolder(folder.path.with_name("other"))
    shutil.copytree(folder.path, other.path)
    restore(path, other, DIRECTOR, clock=pictured.clock)
    with signed_in(other) as bench:
        assert [bench.blobs.get(name) for name in names]
        assert bench.blobs.get(later) == b"taken after the backup"
    assert sound.stat().st_mtime_ns == before


@pytest.mark.parametrize("harm", ["gone", "bit", "short", "store"])
def test_what_is_lost_beside_a_backup_is_said_and_the_records_still_come_back(pictured, stick, tmp_path, harm):
    path, names = back_up(pictured, stick).path, names_of(pictured)
    victim = blob_path(stick / STORE, names[1])
    raw = victim.read_bytes()
    if harm == "gone":
        victim.unlink()
    elif harm == "bit":
        victim.write_bytes(raw[:-1] + bytes([raw[-1] ^ 1]))
    elif harm == "short":
        victim.write_bytes(raw[:-1])
    else:
        shutil.rmtree(stick / STORE)
    lost = names if harm == "store" else [names[1]]
    assert look_beside(look_over(path)) == lost
    restored = restore(path, DataFolder(tmp_path / "fresh"), DIRECTOR, clock=pictured.clock)
    assert (restored.lost_attachments, restored.counts["resident"]) == (len(lost), 3)
    with signed_in(DataFolder(tmp_path / "fresh")) as bench, pytest.raises(DamagedFile, match="不见了"):
        bench.blobs.get(names[1])
    assert back_up(pictured, stick).attachments == 4
    assert look_beside(look_over(path)) == ([names[1]] if harm == "bit" else [])


def test_verify_finds_one_flipped_bit_in_the_list_of_attachments(pictured, stick):
    path = back_up(pictured, stick).path / "manifest.json"
    raw = path.read_bytes()
    at = raw.index(names_of(pictured)[0].encode())
    path.write_bytes(raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :])
    with pytest.raises(DamagedFile, match="清单"):
        look_over(path.parent)


def test_one_damaged_on_this_computer_is_left_out_and_said_and_an_older_copy_stays(pictured, stick):
    first, names = back_up(pictured, stick), names_of(pictured)
    added = pictured.blobs.put(b"never backed up")
    for name in (names[0], added):
        blob_path(pictured.blobs.folder, name).write_bytes(b"torn")
    second = back_up(pictured, stick)
    assert (second.attachments, second.damaged_attachments) == (4, 1)
    assert "有1个文件在这台电脑上已经损坏，没有备进去" in backups_of(pictured).sentence(second)
    assert look_beside(look_over(first.path)) == look_beside(look_over(second.path)) == []


def test_what_another_community_left_in_the_folder_is_neither_carried_nor_called_damaged(
    pictured, stick, tmp_path, clock
):
    other = DataFolder(tmp_path / "other")
    set_up_at(other, clock)
    with signed_in(other) as bench:
        name = bench.blobs.put(b"of another community")
    (pictured.blobs.folder / name[:2]).mkdir(exist_ok=True)
    shutil.copyfile(blob_path(other.attachments, name), blob_path(pictured.blobs.folder, name))
    report = back_up(pictured, stick)
    assert (report.attachments, report.damaged_attachments) == (4, 0)
    assert name not in blobs_in(stick / STORE)


def test_they_go_only_when_no_backup_names_them(pictured, stick):
    first, names = back_up(pictured, stick), names_of(pictured)
    for name in names:
        blob_path(pictured.blobs.folder, name).unlink()
    kept = pictured.blobs.put(b"the only one left")
    second = back_up(pictured, stick)
    assert second.attachments == 1
    assert blobs_in(stick / STORE) == sorted([*names, kept])
    shutil.rmtree(first.path)
    assert collect(stick) == 4
    assert blobs_in(stick / STORE) == [kept]
    assert look_beside(look_over(second.path)) == []


def test_nothing_goes_while_a_backup_cannot_be_read_or_is_being_made(pictured, stick):
    report = back_up(pictured, stick)
    manifest = report.path / "manifest.json"
    raw = manifest.read_bytes()
    manifest.write_bytes(raw[:100])
    assert collect(stick) == 0
    shutil.rmtree(report.path)
    (stick / f".{report.path.name}.12345678.未完成").mkdir()
    assert collect(stick) == 0
    assert len(blobs_in(stick / STORE)) == 4
    (stick / f".{report.path.name}.12345678.未完成").rmdir()
    assert collect(stick) == 4
    assert not (stick / STORE).exists()


def test_a_cancel_anywhere_leaves_the_stick_as_it_was(report, pictured, stick):
    before, stopped = everything_in(stick), 0
    for after in range(0, 60, 3):
        with pytest.raises(JobCancelled):
            back_up(pictured, stick, Stopping(after))
        stopped += 1
        assert everything_in(stick) == before
        if after > len(PHOTOS) * 3:
            break
    assert stopped > 3
    assert back_up(pictured, stick).attachments == 4


def test_a_stick_that_gives_back_other_bytes_is_found_out(pictured, stick, monkeypatch):
    whole = attachments.digest_of

    def lying(path, context):
        return "0" * 64 if STORE in str(path) else whole(path, context)

    monkeypatch.setattr(attachments, "digest_of", lying)
    with pytest.raises(DamagedFile, match="读出来不一样"):
        back_up(pictured, stick)
    assert list(stick.iterdir()) == []


@pytest.mark.parametrize("known", [True, False])
def test_a_stick_too_small_for_the_pictures_keeps_the_older_backup(lived_in, small_stick, monkeypatch, known):
    older = back_up(lived_in, small_stick)
    before = everything_in(older.path)
    lived_in.blobs.put(os.urandom(1_500_000))
    fill(small_stick, free=1_400_000)
    if not known:
        monkeypatch.setattr(attachments, "refuse_too_small", lambda *_: None)
    with pytest.raises(EnvironmentFailure, match=r"磁盘满了，还差 [1-9] MB。原来的备份没有动。"):
        back_up(lived_in, small_stick)
    assert sorted(path.name for path in small_stick.iterdir()) == sorted([older.path.name, "films"])
    assert everything_in(older.path) == before


def test_restoring_onto_a_disk_too_small_for_the_pictures_changes_nothing(
    pictured, small_stick, stick, template_folder
):
    for number in range(4):
        pictured.blobs.put(bytes([number]) * 300_000)
    path = back_up(pictured, stick).path
    shutil.copytree(template_folder, small_stick / "data")
    folder = DataFolder(small_stick / "data")
    (folder.path / "data.lock").touch()
    parts = ("current", "generations", "attachments")

    def in_use():
        found = everything_in(folder.path)
        return {name: content for name, content in found.items() if name.startswith(parts)}

    before = in_use()
    fill(small_stick, free=1_300_000)
    with pytest.raises(EnvironmentFailure, match="磁盘满了"):
        restore(path, folder, DIRECTOR, clock=pictured.clock)
    assert in_use() == before
    (small_stick / "films").unlink()
    assert restore(path, folder, DIRECTOR, clock=pictured.clock).lost_attachments == 0


@pytest.mark.parametrize("rounds", [15])
def test_kills_leave_every_named_attachment_whole(folder, stick, rounds):
    with signed_in(folder) as bench:
        settle(bench)
        for photo in PHOTOS:
            bench.blobs.put(photo)
    chance = random.Random(20260617)
    made = 0
    first = children.Child(children.back_up_with_pictures_for_ever, folder.path, stick, 900_000)
    lasts_s = children.seconds_of(first)
    for turn in range(rounds):
        worker = children.Child(children.back_up_with_pictures_for_ever, folder.path, stick, turn * 1000)
        assert worker.next_word() == "begins"
        said = [worker.next_word() for _ in range(turn % 3)]
        time.sleep(chance.uniform(0, 2 * lasts_s))
        said += worker.kill()
        made += len(said)
        whole = [path for path in stick.iterdir() if not path.name.startswith(".") and path.name != STORE]
        assert {path.name for path in whole} >= set(said)
        for path in whole:
            assert look_beside(look_over(path)) == []
    assert made > 0
    with signed_in(folder) as bench:
        last = back_up(bench, stick)
        assert last.damaged_attachments == 0
        assert blobs_in(stick / STORE) == names_of(bench)
        assert not any(path.name.startswith(".") for path in stick.iterdir())
        for name in names_of(bench):
            Blobs(bench.store, bench.blobs.folder).get(name)


@pytest.mark.parametrize("rounds", [10])
def test_a_restore_killed_anywhere_leaves_whole_pictures_or_none_and_the_next_one_brings_all(folder, stick, rounds):
    with signed_in(folder) as bench:
        settle(bench)
        for photo in PHOTOS:
            bench.blobs.put(photo)
        path, names = back_up(bench, stick).path, names_of(bench)
        clock = bench.clock
    chance = random.Random(617)
    before = everything_in(stick)
    for _ in range(rounds):
        shutil.rmtree(folder.attachments, ignore_errors=True)
        worker = children.Child(children.restore_for_ever, folder.path, [path])
        assert worker.next_word() == "begins"
        time.sleep(chance.uniform(0, 0.4))
        worker.kill()
        with signed_in(folder) as bench:
            for name in names_of(bench):
                assert bench.blobs.get(name) in PHOTOS
    assert everything_in(stick) == before
    assert restore(path, folder, DIRECTOR, clock=clock).lost_attachments == 0
    with signed_in(folder) as bench:
        assert names_of(bench) == names
        assert all(line.ok for line in bench.check())
