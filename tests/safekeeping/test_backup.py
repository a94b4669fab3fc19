"""A backup is whole and read again, or it is not there."""

from __future__ import annotations

import json
import shutil
from contextlib import closing
from datetime import timedelta
from hashlib import sha256

import pytest

import desktop
from desktop.foundation.clock import FixedClock
from desktop.foundation.errors import DamagedFile, EnvironmentFailure, FileBusy, InputError
from desktop.foundation.jobs import JobCancelled, JobContext
from desktop.register.rights import Role
from desktop.safekeeping import backup as making_backups
from desktop.safekeeping.copies import open_copy
from desktop.safekeeping.manifest import OPEN_TABLES, Figures, Sealed
from desktop.safekeeping.opener import OPENER
from desktop.safekeeping.places import PREFIX, alone, counted_when_full, free_name, refuse_too_small, rough_name
from desktop.safekeeping.verify import look_inside, look_over
from desktop.shell.backups import backups_of
from desktop.store.check import counts
from desktop.store.engine import APPLICATION_ID
from desktop.store.migrate import HEAD
from tests.conftest import COMMITTEE, NOW, PASSWORD
from tests.factories import add_place
from tests.register.making import resident
from tests.safekeeping.making import PEOPLE, Stopping, back_up, everything_in


def test_a_backup_is_a_folder_named_by_committee_and_time_with_three_files(report, stick):
    assert report.path.parent == stick
    assert report.path.name == f"{PREFIX}_{COMMITTEE}_20260617-104200"
    assert sorted(path.name for path in report.path.iterdir()) == ["juwei.db", "keys.json", "manifest.json", OPENER]
    assert [path.name for path in stick.iterdir()] == [report.path.name]


def test_the_report_is_that_of_the_main_file_and_of_the_records_in_use(report, lived_in):
    main = (report.path / "juwei.db").read_bytes()
    assert (report.bytes, report.sha256) == (len(main), sha256(main).hexdigest())
    assert report.verified
    assert report.counts == counts(lived_in.store)
    assert (report.counts["resident"], report.counts["visit"]) == (3, 4)
    assert report.mark == lived_in.store.change_mark().hex


def test_records_in_the_bin_travel_along_but_are_not_counted_as_living(lived_in, stick):
    lived_in.residents.remove(resident(lived_in, name="钱多多"))
    report = back_up(lived_in, stick)
    assert report.counts["resident"] == 3
    assert look_over(report.path).manifest.rows["resident"] == 4


def test_the_manifest_says_what_was_asked_of_it(report, lived_in):
    manifest = look_over(report.path).manifest
    assert (manifest.program, manifest.schema, manifest.committee) == (desktop.__version__, HEAD, COMMITTEE)
    assert manifest.made_at == NOW
    for name, part in manifest.files.items():
        content = (report.path / name).read_bytes()
        assert (part.bytes, part.sha256) == (len(content), sha256(content).hexdigest())
    found = manifest.opened(lived_in.data_key).figures
    assert found.period == "2026-05"
    assert found.values["base.residents"] == 3


def test_the_copy_keeps_key_and_application_id_and_nothing_is_left_beside_it(report, lived_in):
    before = everything_in(report.path)
    with closing(open_copy(report.path / "juwei.db", lived_in.data_key)) as raw:
        assert raw.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
    look_inside(look_over(report.path), lived_in.data_key)
    assert everything_in(report.path) == before


def test_what_only_the_write_ahead_log_holds_is_in_the_backup(lived_in, stick):
    log = lived_in.store.path.with_name("juwei.db-wal")
    with lived_in.store.writing("新建点位", lived_in.officer) as unit:
        add_place(unit, name="刚刚存的")
    assert log.stat().st_size > 0
    assert back_up(lived_in, stick).counts["place"] == counts(lived_in.store)["place"]


def test_no_name_number_phone_or_figure_can_be_read_in_a_backup(report):
    secrets = [text for person in PEOPLE for text in person] + [PASSWORD, "base.residents", "health.urgent"]
    secrets += [number[6:14] for _name, _phone, number in PEOPLE]
    for name, content in everything_in(report.path).items():
        for secret in secrets:
            for encoding in ("utf-8", "utf-16-le", "utf-16-be", "gb18030"):
                assert secret.encode(encoding) not in content, f"{name} shows something in {encoding}"
        assert not content.startswith(b"SQLite format 3")


def test_backups_stand_beside_each_other_even_within_a_second(lived_in, stick):
    made = [back_up(lived_in, stick).path for _ in range(3)]
    assert len({*made}) == 3
    assert [look_over(path).folder for path in made] == made


@pytest.mark.parametrize("inside", ["", "generations", "backups"])
def test_the_data_folder_itself_is_refused_as_a_target(lived_in, folder, inside):
    before = {path.name for path in folder.path.rglob("*")}
    with pytest.raises(InputError, match="资料自己的文件夹"):
        back_up(lived_in, folder.path / inside)
    assert {path.name for path in folder.path.rglob("*")} == before


def test_a_way_around_into_the_data_folder_is_refused_too(lived_in, folder, tmp_path):
    (tmp_path / "link").symlink_to(folder.path, target_is_directory=True)
    with pytest.raises(InputError, match="资料自己的文件夹"):
        back_up(lived_in, tmp_path / "link" / "x")


def test_a_stick_that_is_not_plugged_in_is_a_sentence_and_no_folder_of_its_name(lived_in, tmp_path):
    with pytest.raises(EnvironmentFailure, match="U盘是否还插着"):
        back_up(lived_in, tmp_path / "media" / "stick")
    assert not (tmp_path / "media").exists()


def test_a_target_that_is_a_file_is_a_sentence(lived_in, tmp_path):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(EnvironmentFailure, match="备份没有成功"):
        back_up(lived_in, tmp_path / "file")


def test_a_cancel_anywhere_leaves_only_the_older_backup(report, lived_in, stick, tmp_path, monkeypatch):
    for room in ("backup", "copies"):  # so small a file is done before a real interval is over
        monkeypatch.setattr(f"desktop.safekeeping.{room}.STEPS_BETWEEN_LOOKS", 50)
    looks = Stopping(10**9)
    elsewhere = tmp_path / "elsewhere"
    back_up(lived_in, elsewhere, looks)
    assert looks.looked > 100, "copying and checking must look whether to stop"
    before = everything_in(stick)
    for after in [*range(0, looks.looked - 8, looks.looked // 25), looks.looked - 2]:
        with pytest.raises(JobCancelled):
            back_up(lived_in, stick, Stopping(after))
        assert everything_in(stick) == before
        assert sorted(path.name for path in stick.iterdir()) == [report.path.name]


def test_progress_only_grows_and_ends_at_the_whole(lived_in, stick):
    seen = []
    back_up(lived_in, stick, JobContext(lambda done, total: seen.append((done, total))))
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)
    assert seen[-1] == (100, 100)


def test_a_stick_that_gives_back_other_bytes_is_found_out_and_nothing_stays(lived_in, stick, monkeypatch):
    """Sticks with an invented capacity take everything and return rubbish; only reading again tells."""

    def decay(path):
        content = bytearray(path.read_bytes())
        content[len(content) // 2] ^= 1
        path.write_bytes(content)

    monkeypatch.setattr(making_backups, "forget_cached", decay)
    with pytest.raises(DamagedFile, match="容量是假的"):
        back_up(lived_in, stick)
    assert list(stick.iterdir()) == []


def test_room_is_asked_for_before_anything_is_written(stick):
    free = shutil.disk_usage(stick).free
    with pytest.raises(EnvironmentFailure, match=r"磁盘满了，还差 [\d,]+ MB。原来的备份没有动。"):
        refuse_too_small(stick, free + 120_000_000)
    with pytest.raises(OSError, match="other"), counted_when_full(stick, 1):
        raise OSError("other")


def test_two_backups_at_once_of_the_same_data_are_refused(lived_in, stick, folder, monkeypatch):
    monkeypatch.setattr("desktop.store.locks._WAIT_EXCLUSIVE_S", 0.1)
    with alone(folder.path), pytest.raises(FileBusy, match="正在备份"):
        back_up(lived_in, stick)
    assert list(stick.iterdir()) == []
    assert back_up(lived_in, stick).verified


def test_what_a_killed_backup_left_is_swept_but_not_what_another_computer_is_writing(report, lived_in, stick, folder):
    ours, theirs = rough_name(report.path, folder.path), rough_name(report.path, folder.path.with_name("theirs"))
    for rough in (ours, theirs):
        rough.mkdir()
        (rough / "juwei.db").write_bytes(bytes(4096))
    assert back_up(lived_in, stick).verified
    assert not ours.exists()
    assert theirs.exists()


@pytest.mark.parametrize(
    ("committee", "stem"),
    [
        ("后环社区居民委员会", "后环社区居民委员会_"),
        ('A/B\\C:"D"?*|<>', "ABCD_"),
        ("居" * 60, "居" * 30 + "_"),
        ("...", ""),
    ],
)
def test_folder_names_suit_every_file_system(tmp_path, committee, stem):
    assert free_name(tmp_path, committee, NOW).name == f"{PREFIX}_{stem}20260617-104200"


def test_every_officer_may_back_up(bench_as, stick):
    for role in Role:
        assert back_up(bench_as(role), stick).verified


def test_the_service_remembers_and_speaks_of_the_last_backup(lived_in, stick):
    service = backups_of(lived_in)
    assert service.status().text == "还没有备份过"
    assert service.is_due()
    report = service.back_up(stick)
    assert service.status().text == "上次备份 6月17日 10:42，已核对"
    assert not service.status().late
    assert not service.is_due()
    assert service.sentence(report) == "备份完成并已核对，可恢复：居民3人、随访4条。"
    lived_in.clock.advance(timedelta(days=7, minutes=1))
    assert service.status().late
    assert service.status().text.startswith("上次备份 6月17日 10:42，已核对，该备份了")
    assert not service.is_due()  # nothing was stored since
    with lived_in.store.writing("新建点位", lived_in.officer) as unit:
        add_place(unit)
    assert service.is_due()


def test_a_committee_that_never_backed_up_is_reminded_after_a_week(lived_in):
    service = backups_of(lived_in)
    assert not service.status().late
    lived_in.clock.advance(timedelta(days=8))
    assert service.status().late


def test_sealed_figures_open_with_the_key_only_and_vouch_for_the_rest(report, lived_in):
    manifest = look_over(report.path).manifest
    with pytest.raises(DamagedFile, match="可能被人改过"):
        manifest.opened(bytes(32))
    content = json.loads((report.path / "manifest.json").read_bytes())
    assert content["sealed"]
    content = Sealed(Figures("2026-04", {"a": None}), {"visit": 4}, {"visit": 5})
    assert manifest.sealing(content, lived_in.data_key).opened(lived_in.data_key) == content


def test_how_much_was_done_for_whose_health_stands_nowhere_in_the_clear(report, lived_in):
    content = json.loads((report.path / "manifest.json").read_bytes())
    assert (content["counts"]["resident"], content["rows"]["resident"]) == (3, 3)
    for told in (content["counts"], content["rows"]):
        assert set(told) <= OPEN_TABLES
        assert not {"visit", "health_due", "resident_tag", "step", "history_entry"} & set(told)
    sealed = look_over(report.path).manifest.opened(lived_in.data_key)
    assert (sealed.counts["visit"], sealed.rows["visit"]) == (4, 4)
    assert sealed.rows["history_entry"] > 0


@pytest.mark.parametrize(
    ("role", "said"),
    [
        (Role.DIRECTOR, "居民3人、随访4条"),
        (Role.HEALTH, "居民3人、随访4条"),
        (Role.GRID, "居民3人"),
        (Role.READER, "居民3人"),
    ],
)
def test_what_is_said_after_a_backup_follows_the_role(lived_in, bench_as, stick, role, said):
    service = backups_of(bench_as(role))
    report = service.back_up(stick)
    assert service.sentence(report) == f"备份完成并已核对，可恢复：{said}。"
    assert ("visit" in report.counts) == ("随访" in said)
    assert look_inside(look_over(report.path), lived_in.data_key).counts["visit"] == 4


def test_a_fixed_clock_is_what_the_backup_carries(lived_in, stick):
    assert isinstance(lived_in.clock, FixedClock)
    assert back_up(lived_in, stick).made_at == NOW
