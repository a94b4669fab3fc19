"""The emergency stick: whole and read again or as it was before, whatever goes wrong; a new PC needs nothing else."""

from __future__ import annotations

import json
import shutil
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument

from desktop import __version__
from desktop.foundation.errors import DamagedFile, EnvironmentFailure, FileBusy, InputError
from desktop.foundation.jobs import JobCancelled, JobContext
from desktop.safekeeping import emergency as making_kits
from desktop.safekeeping.attachments import STORE
from desktop.safekeeping.emergency import PAGE, READ_ME
from desktop.safekeeping.found import find_backups
from desktop.safekeeping.holders import ByPassword
from desktop.safekeeping.installers import FOLDER, check_whole, recognise
from desktop.safekeeping.places import EMERGENCY, alone
from desktop.safekeeping.restore import restore
from desktop.safekeeping.service import BackupService
from desktop.safekeeping.verify import look_over
from desktop.shell.backups import emergency_of, values
from desktop.store.folder import DataFolder
from tests.conftest import COMMITTEE, OFFICERS, PASSWORD
from tests.safekeeping.installing import run_file
from tests.safekeeping.making import Stopping, back_up, everything_in, figures, fill, mount, signed_in
from tests.safekeeping.test_sticks import Played, PullsOut

RUN = f"juwei-workbench-{__version__}.run"


@pytest.fixture(scope="session")
def made_run(tmp_path_factory):
    return run_file(tmp_path_factory.mktemp("run"))


@pytest.fixture
def installed(tmp_path, made_run):
    """The folder of an installed program, in which setup has kept a copy of itself."""
    kept = tmp_path / "program" / FOLDER
    kept.mkdir(parents=True)
    shutil.copy(made_run, kept)
    return kept.parent


def service_over(bench, drives, installed=None):
    data_folder = bench.store.data_folder
    backups = BackupService(
        bench.store, bench.data_key, data_folder,
        clock=bench.clock, figures=lambda period: values(bench, period), drives=drives,
    )  # fmt: skip
    return emergency_of(bench, backups, installed)


@pytest.fixture
def service(lived_in, stick, installed):
    return service_over(lived_in, Played(stick), installed)


def kits(stick):
    return sorted(path for path in stick.iterdir() if path.name.startswith(EMERGENCY))


def backups(stick):
    return sorted(path for path in stick.iterdir() if path.name.startswith("居委工作台备份"))


def text_of(pdf: Path) -> str:
    document = PdfDocument(pdf)
    assert len(document) == 1
    return document[0].get_textpage().get_text_range().replace("\r\n", "").replace("\n", "")


def test_backup_installer_and_page_lie_on_the_stick_and_are_told(service, stick, made_run, lived_in):
    made = service.make(stick)
    (kit,), (backup,) = kits(stick), backups(stick)
    assert sorted(path.name for path in kit.iterdir()) == sorted([RUN, PAGE, READ_ME])
    assert (kit / RUN).read_bytes() == made_run.read_bytes()
    check_whole(recognise(kit / RUN), JobContext())
    assert look_over(backup).manifest.counts["resident"] == 3
    assert made.sentence == f"应急U盘做好了，都核对过：备份（居民3人）、安装包 {RUN}、《电脑坏了怎么办》。可以拔U盘。"
    assert (made.kit.folder, made.kit.backup, made.kit.installer) == (kit.name, backup.name, RUN)
    status = service.status(90)
    assert status.text == f"上次做应急U盘：6月17日 10:42（U盘），{__version__} 版的安装包。"
    assert status.again == ""
    assert sha256((kit / RUN).read_bytes()).hexdigest() in (kit / READ_ME).read_text(encoding="utf-8-sig")
    assert lived_in.store.path.is_file()


def test_the_page_has_the_steps_of_this_very_stick_and_no_health(service, stick):
    service.make(stick)
    ((kit,), (backup,)) = kits(stick), backups(stick)
    text = text_of(kit / PAGE)
    for word in (
        COMMITTEE,
        kit.name,
        backup.name,
        RUN,
        "2026年6月17日 10:42",
        "备份U盘放在",
        "恢复码信封放在",
        "7. 补上后来的",
    ):
        assert word in text, word
    assert "随访4" not in text
    assert "随访4" not in (kit / READ_ME).read_text(encoding="utf-8-sig")


def test_a_new_computer_finds_the_backup_on_the_stick_at_once_and_restores_it(service, stick, lived_in, tmp_path):
    lived_in.blobs.put(b"a photo" * 1_000)
    service.make(stick)
    then = figures(lived_in)
    (found,) = find_backups([(stick, "U盘")])
    assert (found.path, found.problem) == (backups(stick)[0], "")
    assert [one.path for one in find_backups([(kits(stick)[0], "选的")])] == [found.path]
    fresh = DataFolder(tmp_path / "fresh")
    done = restore(found.path, fresh, ByPassword(OFFICERS["主任"], PASSWORD), clock=lived_in.clock)
    assert done.lost_attachments == 0
    with signed_in(fresh) as bench:
        assert figures(bench) == then


def test_a_stick_made_in_a_folder_of_it_is_found_too_and_the_page_says_which(service, stick, tmp_path):
    service.make(stick / "居委会")
    (found,) = find_backups([(stick, "U盘")])
    assert found.path == backups(stick / "居委会")[0]
    text = text_of(kits(stick / "居委会")[0] / PAGE)
    assert f"居委会/{kits(stick / '居委会')[0].name}" in text
    assert "选“居委会”" in text
    disk = tmp_path / "移动硬盘"
    disk.mkdir()
    made = service.make(disk)
    assert "可以拔" not in made.sentence
    assert "选“移动硬盘”" in text_of(kits(disk)[0] / PAGE)


def test_without_an_installer_the_stick_is_made_and_says_so(lived_in, stick):
    service = service_over(lived_in, Played(stick))
    assert service.installer() is None
    made = service.make(stick)
    assert "没有安装包，电脑坏了要另外找。" in made.sentence
    assert "没有安装包" in service.status(90).text
    (kit,) = kits(stick)
    assert sorted(path.name for path in kit.iterdir()) == sorted([PAGE, READ_ME])
    assert "这个U盘里没有安装包" in text_of(kit / PAGE)


def test_a_chosen_installer_is_read_through_remembered_and_comes_first(lived_in, stick, tmp_path, made_run):
    service = service_over(lived_in, Played(stick))
    chosen = shutil.copy(made_run, tmp_path / "下载.run")
    torn = tmp_path / "坏的.run"
    torn.write_bytes(made_run.read_bytes()[:-1])
    with pytest.raises(InputError, match="不完整"):
        service.choose(torn)
    assert service.installer() is None
    assert service.choose(chosen).name == RUN
    again = service_over(lived_in, Played(stick))
    assert again.installer().path == chosen
    assert again.make(stick).kit.installer == RUN
    chosen.unlink()
    assert again.installer() is None
    bench = lived_in
    bench.clock.advance(timedelta(days=1))
    assert again.make(stick).kit.installer == RUN, "what the older stick brought along is kept"
    assert len(kits(stick)) == 1


def test_an_installer_that_has_been_damaged_since_is_refused_and_the_older_stick_stays(service, stick, installed):
    service.make(stick)
    before = everything_in(stick)
    path = installed / FOLDER / RUN
    raw = bytearray(path.read_bytes())
    raw[-100] ^= 1
    path.write_bytes(raw)
    with pytest.raises(InputError, match="不完整或坏了"):
        service.make(stick)
    assert everything_in(stick) == before
    assert service.installer() is None, "it is not taken again, so that nobody is stuck with it"
    assert service.make(stick).kit.installer == RUN, "the one on the stick is still whole"
    for kit in kits(stick):
        (kit / RUN).write_bytes(raw)
    assert service.make(stick).kit.installer == ""


def test_making_it_again_replaces_the_folder_keeps_every_backup_and_what_others_put_there(service, stick, lived_in):
    service.make(stick)
    (old,) = kits(stick)
    lived_in.clock.advance(timedelta(days=30))
    service.make(stick)
    (new,) = kits(stick)
    assert new != old
    assert len(backups(stick)) == 2
    (new / "扫描件.jpg").write_bytes(b"somebody's own")
    (stick / f"{EMERGENCY}_别的社区_20260101-000000").mkdir()
    lived_in.clock.advance(timedelta(days=30))
    service.make(stick)
    assert [path.name for path in new.iterdir()] == ["扫描件.jpg"]
    assert (stick / f"{EMERGENCY}_别的社区_20260101-000000").is_dir()


def test_it_is_time_again_after_so_many_days_or_with_a_new_program(service, stick, lived_in, monkeypatch):
    assert (service.status(90).text, service.status(90).again) == ("还没有做过应急U盘。", "")
    service.make(stick)
    lived_in.clock.advance(timedelta(days=90))
    assert service.status(90).again == ""
    lived_in.clock.advance(timedelta(days=1))
    assert service.status(90).again == "已经过了91天，该更新了。"
    assert service.status(180).again == ""
    assert service.status(0).again == ""
    monkeypatch.setattr("desktop.safekeeping.emergency_service.__version__", "9.8.7")
    assert service.status(0).again == f"程序换成了 9.8.7 版，U盘上的是 {__version__} 版，该更新了。"
    lived_in.clock.advance(timedelta(days=300))
    assert "2026年6月17日" in service.status(90).text


@pytest.mark.parametrize("torn", [b"", b"{", b"[]", b'{"kit": {"made_at": 1}, "installer": ""}', b'{"kit": null}'])
def test_a_torn_note_is_as_good_as_none(service, stick, folder, torn):
    service.make(stick)
    (folder.path / "emergency.json").write_bytes(torn)
    assert service.status(90).text == "还没有做过应急U盘。"
    service.make(stick)
    assert json.loads((folder.path / "emergency.json").read_bytes())["kit"]["installer"] == RUN


def test_a_cancel_anywhere_leaves_the_stick_as_it_was(service, stick, lived_in):
    service.make(stick)
    lived_in.blobs.put(b"a new photo" * 10_000)
    before, looking = everything_in(stick), Stopping(after=1_000_000)
    service.make(stick.parent, looking)
    assert looking.looked > 8
    stops = 0
    for after in range(looking.looked - 1):
        with pytest.raises(JobCancelled):
            service.make(stick, Stopping(after))
        assert everything_in(stick) == before
        stops += 1
    assert stops > 8


def test_a_stick_pulled_out_at_any_moment_is_said_and_is_whole_when_it_is_back(service, stick):
    service.make(stick)
    before, looking = everything_in(stick), Stopping(after=1_000_000)
    service.make(stick.parent, looking)
    for after in range(1, looking.looked + 1):
        with pytest.raises(EnvironmentFailure, match="应急U盘没有做成"):
            service.make(stick, PullsOut(stick, after))
        assert not stick.exists(), "nothing is written where the stick was"
        stick.with_name("in somebody's pocket").rename(stick)
        left = everything_in(stick)
        assert {name: left[name] for name in before} == before
    assert service.make(stick).kit.installer == RUN
    assert len(kits(stick)) == 1
    assert [path for path in stick.iterdir() if path.name.startswith(".")] == []


def test_a_stick_that_is_not_there_and_the_data_s_own_folder_are_refused(service, stick, folder):
    with pytest.raises(EnvironmentFailure, match="找不到"):
        service.make(stick.parent / "gone" / "deeper")
    with pytest.raises(InputError, match="资料自己的文件夹"):
        service.make(folder.path / "stick")


@pytest.mark.parametrize("what", ["installer", "page"])
def test_a_stick_that_gives_back_other_bytes_is_found_out(service, stick, monkeypatch, what):
    service.make(stick)
    before = everything_in(stick)

    def forget_the_end(path: Path) -> None:
        if (path.suffix == ".run") is (what == "installer"):
            raw = path.read_bytes()
            path.write_bytes(raw[: len(raw) // 2].ljust(len(raw), b"\0"))

    monkeypatch.setattr(making_kits, "forget_cached", forget_the_end)
    with pytest.raises(DamagedFile, match="容量是假的"):
        service.make(stick)
    after = everything_in(stick)
    assert {name: after[name] for name in before} == before
    assert len(kits(stick)) == 1


def test_too_little_room_is_said_before_anything_is_written(lived_in, small_stick, installed):
    older = back_up(lived_in, small_stick)
    service = service_over(lived_in, Played(small_stick), installed)
    before = everything_in(older.path)
    fill(small_stick, free=900_000)
    with pytest.raises(EnvironmentFailure, match=r"磁盘满了，还差 [1-9] MB。原来的备份没有动。"):
        service.make(small_stick)
    assert everything_in(older.path) == before
    assert sorted(path.name for path in small_stick.iterdir()) == sorted([older.path.name, "films"])


def test_the_room_for_pictures_that_are_new_is_counted(lived_in, small_stick, installed):
    service = service_over(lived_in, Played(small_stick), installed)
    lived_in.blobs.put(b"".join(sha256(bytes([n, m])).digest() for n in range(200) for m in range(250)))
    with pytest.raises(EnvironmentFailure, match=r"磁盘满了，还差 [1-9] MB。"):
        service.make(small_stick)
    assert list(small_stick.iterdir()) == []


@pytest.mark.parametrize("free", [0, 100_000, 280_000, 330_000, 700_000])
def test_a_stick_that_fills_up_meanwhile_keeps_what_was_there(lived_in, small_stick, installed, monkeypatch, free):
    older = back_up(lived_in, small_stick)
    service = service_over(lived_in, Played(small_stick), installed)
    before = everything_in(older.path)
    fill(small_stick, free=free)
    monkeypatch.setattr(making_kits, "refuse_too_small", lambda *_: None)  # somebody else took the room just now
    with pytest.raises(EnvironmentFailure, match="磁盘满了"):
        service.make(small_stick)
    assert everything_in(older.path) == before
    assert sorted(path.name for path in small_stick.iterdir()) == sorted([older.path.name, "films"])


def test_a_write_protected_stick_and_one_of_too_old_a_format_are_named(lived_in, small_stick, stick, installed):
    size = lived_in.store.path.stat().st_size
    with pytest.raises(EnvironmentFailure, match="FAT32"):
        service_over(lived_in, Played(stick, largest=size), installed).make(stick)
    assert list(stick.iterdir()) == []
    assert mount("-o", "remount,ro", str(small_stick))
    with pytest.raises(EnvironmentFailure, match="锁的小开关"):
        service_over(lived_in, Played(small_stick), installed).make(small_stick)


def test_what_a_kill_has_left_is_swept_and_never_taken_for_a_stick(service, stick, monkeypatch, lived_in):
    service.make(stick)
    (whole,) = kits(stick)
    held = everything_in(whole)

    class Killed(BaseException):
        pass

    def die(*_args):
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(making_kits, "_kit", die)
        patched.setattr(making_kits.shutil, "rmtree", lambda *_args, **_more: None)
        lived_in.clock.advance(timedelta(days=1))
        with pytest.raises(Killed):
            service.make(stick)
    assert any(path.name.startswith(f".{EMERGENCY}") for path in stick.iterdir())
    assert everything_in(whole) == held
    assert {one.problem for one in find_backups([(stick, "U盘")])} == {""}
    service.make(stick)
    assert not any(path.name.startswith(".") for path in stick.iterdir())


def test_two_windows_do_not_make_one_together(service, stick, folder):
    with alone(folder.path, "emergency", "做应急U盘"), pytest.raises(FileBusy, match="正在做应急U盘"):
        service.make(stick)
    assert list(stick.iterdir()) == []


def test_no_resident_is_named_on_the_stick_in_the_clear(service, stick):
    service.make(stick)
    (kit,) = kits(stick)
    content = text_of(kit / PAGE) + (kit / READ_ME).read_text(encoding="utf-8-sig")
    assert not any(word in content for word in ("欧阳雪梅", "王阿婆", "13927251604"))
    assert not (stick / STORE).exists()
