"""Looking a backup over: one changed bit, one missing byte, and it is not offered for restoring."""

from __future__ import annotations

import json
import random
import shutil
import stat
from dataclasses import replace
from hashlib import sha256

import pytest

from desktop.foundation.errors import DamagedFile, EnvironmentFailure, InputError, NewerFile, WrongPassword
from desktop.safekeeping.found import find_backups
from desktop.safekeeping.holders import ByCode, ByPassword
from desktop.safekeeping.manifest import Part, read_manifest
from desktop.safekeeping.opener import OPENER
from desktop.safekeeping.verify import look_inside, look_over
from tests.conftest import OFFICERS, PASSWORD, RECOVERY_CODE
from tests.safekeeping.making import everything_in


@pytest.fixture
def copy(report, tmp_path):
    """The backup, carried to another place."""
    path = tmp_path / "elsewhere" / "any name"
    shutil.copytree(report.path, path)
    return path


def test_a_sound_backup_is_found_by_its_folder_and_by_each_of_its_files(copy):
    for path in (copy, copy / "juwei.db", copy / "keys.json", copy / "manifest.json"):
        assert look_over(path).folder == copy


def test_every_officer_and_the_code_open_it_anywhere_and_nothing_else_does(copy, report):
    found = look_over(copy)
    for staff in OFFICERS.values():
        assert look_inside(found, ByPassword(staff, PASSWORD).open(found.ring())).counts == report.counts
    assert look_inside(found, ByCode(RECOVERY_CODE).open(found.ring())).counts == report.counts
    for holder in (
        ByPassword(OFFICERS["主任"], "not it at all"),
        ByPassword("王某", PASSWORD),
        ByCode(tuple(reversed(RECOVERY_CODE))),
    ):
        with pytest.raises(WrongPassword):
            holder.open(found.ring())
    with pytest.raises(InputError, match="请用 --as 写明登录人"):
        ByPassword("", PASSWORD).open(found.ring())
    with pytest.raises(DamagedFile):
        look_inside(found, bytes(32))


def test_two_hundred_flipped_bits_are_refused_without_any_password(copy):
    chance = random.Random(20260617)
    whole = everything_in(copy)
    flips = [name for name in whole for _ in range(45)] + ["juwei.db"] * 20
    assert OPENER in whole
    for name in flips:
        content = bytearray(whole[name])
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        (copy / name).write_bytes(content)
        with pytest.raises((DamagedFile, NewerFile)):
            look_over(copy)
        (copy / name).write_bytes(whole[name])
    assert len(flips) == 200
    assert look_over(copy)


def test_flipped_bits_under_a_manifest_made_to_fit_are_found_with_the_key(copy, lived_in):
    """Somebody without the key can compute checksums again, but not the cipher's own."""
    chance = random.Random(5)
    whole = everything_in(copy)
    for _ in range(20):
        content = bytearray(whole["juwei.db"])
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        (copy / "juwei.db").write_bytes(content)
        forge(copy)
        with pytest.raises(DamagedFile):
            look_inside(look_over(copy), lived_in.data_key)


def forge(copy, **changed):
    """Write a manifest that fits the files as they are."""
    manifest = read_manifest((copy / "manifest.json").read_bytes())
    contents = {name: (copy / name).read_bytes() for name in ("juwei.db", "keys.json")}
    parts = {name: Part(len(raw), sha256(raw).hexdigest()) for name, raw in contents.items()}
    (copy / "manifest.json").write_bytes(replace(manifest, files=parts, **changed).to_bytes())


def test_a_manifest_with_other_counts_is_found_with_the_key(copy, lived_in):
    forge(copy, counts={"resident": 9000})
    found = look_over(copy)
    with pytest.raises(DamagedFile, match="可能被人改过"):
        look_inside(found, lived_in.data_key)


def cut(path, size):
    with path.open("rb+") as stream:
        stream.truncate(size)


def grow(path):
    path.write_bytes(path.read_bytes() + b"\0")


def text(path, old, new):
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


DAMAGE = {
    "truncated": (lambda path: cut(path / "juwei.db", 8192), DamagedFile, "资料文件（juwei.db）不完整，少了"),
    "zero bytes": (lambda path: cut(path / "juwei.db", 0), DamagedFile, "资料文件（juwei.db）是空的"),
    "longer": (lambda path: grow(path / "juwei.db"), DamagedFile, "比备份时大"),
    "no database": (lambda path: (path / "juwei.db").unlink(), DamagedFile, "缺了资料文件"),
    "no keys": (lambda path: (path / "keys.json").unlink(), DamagedFile, "缺了登录名单文件"),
    "keys of zero bytes": (lambda path: cut(path / "keys.json", 0), DamagedFile, "登录名单文件（keys.json）是空的"),
    "keys cut": (lambda path: cut(path / "keys.json", 100), DamagedFile, "登录名单文件（keys.json）不完整"),
    "no manifest": (lambda path: (path / "manifest.json").unlink(), DamagedFile, "没有做完"),
    "manifest of zero bytes": (lambda path: cut(path / "manifest.json", 0), DamagedFile, "清单"),
    "manifest cut": (lambda path: cut(path / "manifest.json", 300), DamagedFile, "清单"),
    "a manifest that is a list": (
        lambda path: (path / "manifest.json").write_text("[]", encoding="utf-8"),
        DamagedFile,
        "清单",
    ),
    "another program's manifest": (
        lambda path: text(path / "manifest.json", "juwei-backup", "other"),
        DamagedFile,
        "清单",
    ),
    "a newer layout": (
        lambda path: text(path / "manifest.json", '"version": 3', '"version": 5'),
        NewerFile,
        "新版程序",
    ),
    "a newer schema": (lambda path: forge(path, schema="9999"), NewerFile, "新版程序"),
    "keys that are no keys": (
        lambda path: ((path / "keys.json").write_text("{}", encoding="utf-8"), forge(path)),
        DamagedFile,
        "登录名单（keys.json）损坏",
    ),
}


@pytest.mark.parametrize("what", DAMAGE)
def test_damage_is_a_sentence_of_its_own(copy, what):
    damage, kind, sentence = DAMAGE[what]
    damage(copy)
    with pytest.raises(kind) as caught:
        look_over(copy)
    assert sentence in str(caught.value)
    assert str(caught.value).endswith("。")


def test_an_unfinished_backup_is_not_one(copy):
    rough = copy.with_name(".居委工作台备份_后环.12345678.未完成")
    copy.rename(rough)
    with pytest.raises(DamagedFile, match="没有做完"):
        look_over(rough)


def test_what_is_no_backup_at_all_is_said(tmp_path):
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8")
    for path in (tmp_path, tmp_path / "photo.jpg"):
        with pytest.raises(DamagedFile, match="没有居委工作台的备份"):
            look_over(path)
    with pytest.raises(EnvironmentFailure, match="找不到这份备份"):
        look_over(tmp_path / "gone")


def test_another_program_s_database_under_our_names_is_refused(copy, lived_in):
    (copy / "juwei.db").write_bytes(b"SQLite format 3\0" + bytes(8176))
    forge(copy)
    with pytest.raises(DamagedFile):
        look_inside(look_over(copy), lived_in.data_key)


def test_looking_changes_nothing_even_on_a_write_protected_stick(copy, lived_in):
    before = everything_in(copy)
    for path in copy.iterdir():
        path.chmod(stat.S_IRUSR)
    copy.chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        look_inside(look_over(copy), lived_in.data_key)
    finally:
        copy.chmod(stat.S_IRWXU)
    assert everything_in(copy) == before


def test_a_manifest_is_its_own_only_spelling(copy):
    raw = (copy / "manifest.json").read_bytes()
    assert read_manifest(raw).to_bytes() == raw
    for other in (raw + b"\n", raw.replace(b"\n", b"\r\n"), json.dumps(json.loads(raw)).encode()):
        with pytest.raises(DamagedFile):
            read_manifest(other)


@pytest.mark.parametrize(
    "changed",
    [
        {"counts": {"resident": "many"}},
        {"rows": {"resident": 1.5}},
        {"committee": None},
        {"schema": 1},
        {"sealed": True},
        {"mark": {}},
    ],
)
def test_a_manifest_whose_checksum_fits_but_whose_content_is_of_another_type_is_refused(copy, changed):
    forge(copy, **changed)
    with pytest.raises((DamagedFile, NewerFile)):
        look_over(copy)


def test_a_manifest_nested_beyond_all_measure_is_refused(copy):
    (copy / "manifest.json").write_bytes(b"[" * 200_000)
    with pytest.raises(DamagedFile):
        look_over(copy)


@pytest.mark.parametrize("attachments", [{}, {"ab" * 32: Part(5, "cd" * 32)}])
def test_a_backup_of_an_older_program_verifies_and_shows_no_more_than_one_of_today(copy, report, lived_in, attachments):
    """Its manifest says every count in the clear, seals the figures alone, and does not name the note."""
    now = look_over(copy).manifest
    inside = now.opened(lived_in.data_key)
    files = {name: part for name, part in now.files.items() if name != OPENER}
    layout = 2 if attachments else 1
    old = replace(
        now, layout=layout, files=files, counts=inside.counts, rows=inside.rows, attachments=attachments
    ).sealing(inside, lived_in.data_key)  # fmt: skip
    (copy / "manifest.json").write_bytes(old.to_bytes())
    assert json.loads(old.to_bytes())["version"] == layout
    found = look_over(copy)
    assert found.manifest == old
    assert look_inside(found, lived_in.data_key).counts == report.counts
    assert look_inside(found, lived_in.data_key).figures == inside.figures
    assert find_backups([(copy, "U盘")])[0].holds == "居民3人"
    (copy / OPENER).write_bytes(b"another")
    assert look_over(copy)


@pytest.mark.parametrize("layout", [True, 0, 1.0, 2, -1])
def test_a_manifest_of_a_layout_there_never_was_is_refused(copy, layout):
    forge(copy, layout=layout)
    with pytest.raises(DamagedFile):
        look_over(copy)
