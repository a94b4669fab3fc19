"""Encrypted files beside the database: whole or absent, once each, and unreadable to whoever has no key."""

from __future__ import annotations

import os
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from multiprocessing import get_context

import pytest
from sqlmodel import select

from desktop.foundation.errors import DamagedFile, EnvironmentFailure
from desktop.register.office import opened
from desktop.store.blobs import Blobs, blob_path, blobs_in
from desktop.store.folder import DataFolder, attachments_beside
from desktop.store.records import BlobKey
from tests.conftest import OFFICERS, PASSWORD
from tests.store.children import keep_files_for_ever, numbered_content
from tests.store.test_setting_up import set_up_at

PHOTO = "翠湖苑3栋2单元 林桂英家阳台花盆积水".encode() * 500


@pytest.fixture
def blobs(folder, opened):
    return Blobs(opened.store, folder.attachments)


def files_in(folder):
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_what_was_kept_comes_back_after_signing_in_again(folder, clock):
    names = []
    for _ in range(2):
        slot = folder.current().ring().named(OFFICERS["主任"])
        with opened(folder, slot_id=slot.id, secret=PASSWORD, clock=clock) as found:
            files = Blobs(found.store, attachments_beside(found.store.path))
            assert files.folder == folder.attachments
            names.append(files.put(PHOTO))
            assert files.get(names[0]) == PHOTO
    assert names[0] == names[1]
    assert blobs_in(folder.attachments) == [names[0]]


def test_the_same_content_lies_once_and_other_content_beside_it(blobs):
    first = blobs.put(PHOTO)
    path = blob_path(blobs.folder, first)
    before = path.read_bytes(), path.stat().st_mtime_ns
    assert blobs.put(PHOTO) == first
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before
    second = blobs.put(b"")
    assert blobs_in(blobs.folder) == sorted([first, second])
    assert blobs.get(second) == b""
    assert blobs.has(first)
    assert not blobs.has("0" * 64)
    assert not blobs.has("../keys.json")


def test_the_file_tells_nothing_of_its_content_and_the_key_is_not_shown(blobs):
    name = blobs.put(PHOTO)
    raw = blob_path(blobs.folder, name).read_bytes()
    for encoding in ("utf-8", "utf-16-le", "gb18030"):
        assert "林桂英".encode(encoding) not in raw
    assert sha256(PHOTO).hexdigest() != name
    with blobs._store.reading() as session:
        key = session.exec(select(BlobKey)).one()
    assert len(key.secret) == 32
    assert repr(key.secret) not in repr(key)


def test_another_committee_names_the_same_content_otherwise(blobs, tmp_path, clock):
    folder = DataFolder(tmp_path / "other")
    set_up_at(folder, clock)
    slot = folder.current().ring().people[0]
    with opened(folder, slot_id=slot.id, secret=PASSWORD, clock=clock) as found:
        other = Blobs(found.store, folder.attachments)
        name = other.put(PHOTO)
    assert name != blobs.put(PHOTO)
    shutil.copytree(folder.attachments, blobs.folder, dirs_exist_ok=True)
    with pytest.raises(DamagedFile, match="损坏"):
        blobs.get(name)


@pytest.mark.parametrize("place", [0, 20, 40, -1])
def test_one_changed_bit_is_a_sentence_and_keeping_it_again_mends_it(blobs, place):
    name = blobs.put(PHOTO)
    path = blob_path(blobs.folder, name)
    raw = bytearray(path.read_bytes())
    raw[place] ^= 1
    path.write_bytes(raw)
    with pytest.raises(DamagedFile, match="附件的文件损坏了"):
        blobs.get(name)
    assert blobs.put(PHOTO) == name
    assert blobs.get(name) == PHOTO
    raw[place] ^= 1
    assert path.read_bytes() == raw, "equal content makes an equal file"


def test_a_file_under_another_ones_name_is_not_taken_for_it(blobs):
    first, second = blobs.put(b"one"), blobs.put(b"two")
    shutil.copyfile(blob_path(blobs.folder, first), blob_path(blobs.folder, second))
    with pytest.raises(DamagedFile, match="损坏"):
        blobs.get(second)


@pytest.mark.parametrize("name", ["0" * 64, "", "../../current", "A" * 64])
def test_a_missing_file_is_a_sentence(blobs, name):
    with pytest.raises(DamagedFile, match="附件的文件不见了"):
        blobs.get(name)


@pytest.mark.parametrize("left", [b"", b"juwei-blob-1\n", b"juwei-blob-1\n1234"])
def test_a_file_cut_short_is_a_sentence(blobs, left):
    name = blobs.put(PHOTO)
    blob_path(blobs.folder, name).write_bytes(left)
    with pytest.raises(DamagedFile, match="损坏"):
        blobs.get(name)


def test_many_threads_keep_the_same_and_different_files(blobs):
    with ThreadPoolExecutor(8) as pool:
        names = list(pool.map(lambda number: blobs.put(numbered_content(number % 5)), range(40)))
    assert len(set(names)) == 5
    assert [blobs.get(name) for name in names[:5]] == [numbered_content(number) for number in range(5)]
    assert blobs_in(blobs.folder) == sorted(set(names))
    assert len(files_in(blobs.folder)) == 5


def test_a_full_disk_is_a_sentence_and_leaves_nothing(tmp_path, template_folder, clock):
    if os.name != "posix" or os.geteuid() != 0:
        pytest.skip("only root can mount a small disk")
    point = tmp_path / "disk"
    point.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(point)], capture_output=True, check=False
    )
    if made.returncode:
        pytest.skip("this system does not let root mount a small disk")
    try:
        shutil.copytree(template_folder, point / "data")
        folder = DataFolder(point / "data")
        slot = folder.current().ring().named(OFFICERS["主任"])
        with opened(folder, slot_id=slot.id, secret=PASSWORD, clock=clock) as found:
            files = Blobs(found.store, folder.attachments)
            kept = files.put(PHOTO)
            before = files_in(folder.attachments)
            with pytest.raises(EnvironmentFailure, match="磁盘满了") as caught:
                files.put(os.urandom(4_000_000))
            assert "原来的数据没有动" in str(caught.value)
            assert files_in(folder.attachments) == before
            assert files.get(kept) == PHOTO
            files.put(b"there is room again")
    finally:
        subprocess.run(["umount", "-l", str(point)], check=True)


def test_a_kill_leaves_every_acknowledged_file_whole(folder, clock):
    """Ten rounds; what the child said it had kept is there, and what is there is whole."""
    context = get_context("spawn")
    said = set()
    for turn in range(10):
        here, there = context.Pipe()
        child = context.Process(target=keep_files_for_ever, args=(folder.path, there, turn * 1000))
        child.start()
        there.close()
        try:
            for _ in range(3 + turn * 2):
                assert here.poll(60), "the other process said nothing"
                said.add(here.recv())
        finally:
            child.kill()
            child.join()
            here.close()
    slot = folder.current().ring().named(OFFICERS["主任"])
    with opened(folder, slot_id=slot.id, secret=PASSWORD, clock=clock) as found:
        files = Blobs(found.store, folder.attachments)
        there_now = blobs_in(folder.attachments)
        assert said <= set(there_now)
        for name in there_now:
            files.get(name)
