"""Opening a file: everything that can be wrong with it is a Chinese sentence, and the file stays as it was."""

from __future__ import annotations

import os
import shutil
from contextlib import closing
from pathlib import Path

import pytest

from desktop.foundation.errors import DamagedFile, EnvironmentFailure, InputError, NewerFile, WrongPassword
from desktop.register.office import NewOfficer, opened, set_up, unlock
from desktop.register.rights import Role
from desktop.store.engine import connect
from desktop.store.folder import DataFolder, mount_risk
from desktop.store.keys import Cost
from desktop.store.migrate import needs_migration
from desktop.store.unit import Store
from tests.conftest import COMMITTEE, OFFICERS, PASSWORD, RECOVERY_CODE

CHEAP = Cost(memory_kib=64, iterations=1, lanes=1)


def first_slot(folder):
    return folder.current().ring().named(OFFICERS["主任"]).id


def key_of(folder):
    return unlock(folder, first_slot(folder), PASSWORD)


def set_up_at(folder, clock, **changes):
    values = {
        "committee": COMMITTEE,
        "region": "440402003012",
        "officers": [NewOfficer("沈玉琴", Role.DIRECTOR, PASSWORD)],
        "recovery_code": RECOVERY_CODE,
        "clock": clock,
        "cost": CHEAP,
    }
    set_up(folder, **{**values, **changes})


def open_it(folder, clock, secret=PASSWORD):
    return opened(folder, slot_id=first_slot(folder), secret=secret, clock=clock)


def test_wrong_password_opens_nothing_and_holds_no_lock(folder, clock):
    with pytest.raises(WrongPassword, match="密码不对"), open_it(folder, clock, "not this one"):
        pass
    with folder.exclusive():
        pass


def test_wrong_data_key_is_a_sentence(folder):
    with pytest.raises(DamagedFile, match="损坏或钥匙不对"):
        needs_migration(folder.current().database, bytes(32))


def test_plain_sqlite_file_of_another_program_is_refused(folder, clock):
    database = folder.current().database
    database.write_bytes(b"SQLite format 3\x00" + bytes(4080))
    with pytest.raises(DamagedFile, match="备份"), open_it(folder, clock):
        pass


def test_encrypted_file_of_another_program_is_refused(folder, clock):
    database, key = folder.current().database, key_of(folder)
    database.unlink()
    with closing(connect(database, key, create=True)) as raw:
        raw.execute("CREATE TABLE somebody_else (a)")
    with pytest.raises(DamagedFile, match="不是居委工作台的资料"), open_it(folder, clock):
        pass


def test_file_without_a_revision_is_refused(folder, clock):
    with closing(connect(folder.current().database, key_of(folder))) as raw:
        raw.execute("DROP TABLE alembic_version")
    with pytest.raises(DamagedFile, match="没有打开"), open_it(folder, clock):
        pass


def test_zero_byte_file_is_refused_and_stays_empty(folder, clock):
    database = folder.current().database
    database.write_bytes(b"")
    with pytest.raises(DamagedFile, match="最近的备份"), open_it(folder, clock):
        pass
    assert database.stat().st_size == 0


def test_newer_file_is_refused_and_untouched(folder, clock):
    database = folder.current().database
    with closing(connect(database, key_of(folder))) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
    before = database.read_bytes()
    with pytest.raises(NewerFile, match="更新版本的程序"), open_it(folder, clock):
        pass
    assert database.read_bytes() == before
    assert len(list(folder.path.joinpath("generations").iterdir())) == 1


def test_truncated_file_is_found_by_the_check(folder, bench):
    bench.store.close()
    database = folder.current().database
    os.truncate(database, database.stat().st_size // 2)
    try:
        lines = bench.check()
    except DamagedFile as error:
        assert "备份" in str(error)  # noqa: PT017  either way of finding it is right
    else:
        assert not all(line.ok for line in lines)


def test_flipped_byte_is_found_in_every_page(folder, bench):
    bench.store.close()
    database = folder.current().database
    sound = database.read_bytes()
    for page in range(0, len(sound) // 4096, 9):
        torn = bytearray(sound)
        torn[page * 4096 + 100 + page % 3000] ^= 0x10
        database.write_bytes(bytes(torn))
        try:
            lines = bench.check()
        except DamagedFile:
            continue
        pages = next(line for line in lines if line.code == "pages")
        assert not pages.ok
        assert pages.count >= 1
    database.write_bytes(sound)
    assert all(line.ok for line in bench.check())


def test_missing_database_is_never_made_anew(folder, clock):
    database = folder.current().database
    slot = first_slot(folder)
    database.unlink()
    with pytest.raises(DamagedFile, match="资料文件不见了"), opened(folder, slot_id=slot, secret=PASSWORD, clock=clock):
        pass
    assert not database.exists()


@pytest.mark.parametrize("pointer", [b"", b"no such folder", b"../../etc", b"\xff\xfe\x00", "恢复前".encode()])
def test_damaged_pointer_is_a_sentence(folder, pointer):
    folder.path.joinpath("current").write_bytes(pointer)
    with pytest.raises(DamagedFile, match="备份"):
        folder.current()


def test_missing_key_file_is_a_sentence(folder):
    folder.current().keys.unlink()
    with pytest.raises(DamagedFile, match="备份"):
        folder.current()


def test_folder_not_set_up_says_so(tmp_path):
    with pytest.raises(InputError, match="还没有资料"):
        DataFolder(tmp_path / "new").current()


def test_setting_up_twice_is_refused_and_changes_nothing(folder, clock):
    before = sorted(path.name for path in folder.path.rglob("*"))
    with pytest.raises(InputError, match="已经有资料"):
        set_up_at(folder, clock)
    assert sorted(path.name for path in folder.path.rglob("*")) == before


def test_a_file_where_the_folder_should_be_is_a_sentence(tmp_path, clock):
    path = tmp_path / "data"
    path.write_text("something else", encoding="utf-8")
    with pytest.raises(EnvironmentFailure, match=r"弄反了|没有成功"):
        set_up_at(DataFolder(path), clock)
    assert path.read_text(encoding="utf-8") == "something else"


def test_failed_set_up_leaves_no_generation_and_can_be_repeated(tmp_path, clock):
    folder = DataFolder(tmp_path / "data")
    with pytest.raises(ValueError, match=r"lanes|memory"):
        set_up_at(folder, clock, cost=Cost(memory_kib=1, iterations=1, lanes=4))
    assert not folder.is_set_up()
    assert list(folder.path.joinpath("generations").iterdir()) == []
    set_up_at(folder, clock)
    with open_it(folder, clock) as found:
        assert found.officer.name == "沈玉琴"


def test_generation_left_by_a_kill_is_ignored(folder, clock):
    left = folder.path / "generations" / "20260617-104200-2"
    left.mkdir()
    left.joinpath("juwei.db").write_bytes(b"half a file")
    with open_it(folder, clock) as found:
        assert found.store.newest_step_at() == clock.now()
    with folder.exclusive(), folder.new_generation(clock.now()) as fresh:
        assert fresh.folder != left
        shutil.copytree(folder.current().folder, fresh.folder, dirs_exist_ok=True)
    with open_it(folder, clock):
        assert folder.current().folder.name == fresh.folder.name


def test_setting_up_beside_a_stale_generation_works(tmp_path, clock):
    folder = DataFolder(tmp_path / "data")
    left = folder.path / "generations" / "20260617-104200"
    left.mkdir(parents=True)
    left.joinpath("juwei.db").write_bytes(b"half a file")
    set_up_at(folder, clock)
    assert folder.current().folder.name == "20260617-104200-2"


def test_failing_generation_keeps_the_old_one(folder, clock):
    before = folder.current().folder
    with pytest.raises(FileNotFoundError), folder.new_generation(clock.now()) as fresh:
        fresh.database.joinpath("no such place").read_bytes()
    assert folder.current().folder == before
    assert not fresh.folder.exists()


def test_locks_are_free_after_a_failed_opening(folder, clock):
    generation = folder.current()
    slot = first_slot(folder)
    other = generation.ring().of(slot)
    generation.ring().with_slot(type(other)(**{**other.__dict__, "id": "00" * 16})).save(generation.keys)
    with pytest.raises((DamagedFile, WrongPassword)), opened(folder, slot_id="00" * 16, secret=PASSWORD, clock=clock):
        pass
    with folder.exclusive():
        pass


def test_recovery_code_opens_as_the_director(folder, clock):
    with opened(folder, slot_id="recovery", secret="".join(RECOVERY_CODE), clock=clock) as found:
        assert found.officer.name == OFFICERS["主任"]


def test_closing_a_torn_file_never_hides_the_first_error(folder, clock):
    store = Store(folder.current().database, bytes(32), clock=clock)
    with pytest.raises(DamagedFile), store.reading() as session:
        session.connection()
    store.close()


MOUNTS = r"""
/dev/sda2 / ext4 rw 0 0
server:/export /home/office nfs4 rw 0 0
//nas/share /mnt/nas cifs rw 0 0
/dev/sdb1 /media/office/U\040PAN vfat rw 0 0
/dev/sda3 /media/office ext4 rw 0 0
/dev/mapper/vault /srv ext4 rw 0 0
broken line
"""


@pytest.fixture
def block_devices(tmp_path):
    """Disks as the kernel lists them: sda inside, sdb a stick, and an encrypted mapping on the stick."""
    root = tmp_path / "block"
    devices = tmp_path / "devices"
    root.mkdir()
    for disk, removable, partitions in (("sda", "0", ("sda2", "sda3")), ("sdb", "1", ("sdb1",))):
        for name in partitions:
            (devices / disk / name).mkdir(parents=True)
            (root / name).symlink_to(devices / disk / name)
        (devices / disk / "removable").write_text(f"{removable}\n", encoding="ascii")
        (root / disk).symlink_to(devices / disk)
    (devices / "vault" / "slaves").mkdir(parents=True)
    (devices / "vault" / "slaves" / "sdb1").symlink_to(devices / "sdb" / "sdb1")
    (devices / "vault" / "removable").write_text("0\n", encoding="ascii")
    (root / "vault").symlink_to(devices / "vault")
    return root


@pytest.mark.parametrize(
    ("path", "risk"),
    [
        ("/var/data", ""),
        ("/home/office/juwei", "网络盘"),
        ("/mnt/nas", "网络盘"),
        ("/mnt/nassau", ""),
        ("/media/office/U PAN/juwei", "U盘"),
        ("/media/office/juwei", ""),
        ("/srv/juwei", "U盘"),
    ],
)
def test_network_and_removable_places_are_known(path, risk, block_devices):
    assert mount_risk(Path(path), MOUNTS, block_devices) == risk


def test_no_mount_table_means_no_risk(tmp_path):
    assert mount_risk(tmp_path, "") == ""
