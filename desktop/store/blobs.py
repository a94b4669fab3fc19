"""Encrypted files beside the database: each is named by a keyed hash of its content, so the same content lies once."""

from __future__ import annotations

import hmac
import re
import threading
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlmodel import select

from desktop.foundation.errors import DamagedFile, machine_faults
from desktop.store.files import sync_folder, write_atomically
from desktop.store.records import BlobKey
from desktop.store.unit import Store

_MARK = b"juwei-blob-1\n"
_OWNER_BYTES, _NONCE_BYTES = 8, 12
_NAME = re.compile(r"[0-9a-f]{64}")
_GONE = "附件的文件不见了，打不开。记录没有动，请用最近的备份恢复。"
_TORN = "附件的文件损坏了，打不开。记录没有动，请用最近的备份恢复。"


class Seal:
    """The keys made of the one in the database: one for the names, one for the contents."""

    def __init__(self, secret: bytes) -> None:
        self._naming_key = _derive(secret, b"juwei blob names v1")
        self._cipher = AESGCM(_derive(secret, b"juwei blob contents v1"))
        self._head = _MARK + _derive(secret, b"juwei blob owner v1")[:_OWNER_BYTES]

    def owns(self, file: bytes) -> bool:
        """Return whether *file* says it was made with these keys; those of another community may lie beside ours.

        A file cut off so early that it says nothing counts as ours: then it is damaged, and somebody must hear of it.
        """
        return len(file) < len(self._head) or file.startswith(self._head)

    def name(self, data: bytes) -> str:
        """Return what *data* is kept as: 64 hex digits that nobody can compute without the key."""
        return hmac.new(self._naming_key, data, sha256).hexdigest()

    def close(self, name: str, data: bytes) -> bytes:
        """Return the file for *data*, whose name is *name*; equal content makes an equal file, wherever it is kept.

        The nonce is taken from the name: it differs for every content, and that is what a nonce is for.
        """
        nonce = bytes.fromhex(name)[:_NONCE_BYTES]
        return self._head + nonce + self._cipher.encrypt(nonce, data, name.encode())

    def open(self, name: str, file: bytes) -> bytes:
        """Return what the *file* called *name* holds; raise DamagedFile for one changed bit."""
        body = file.removeprefix(self._head)
        try:
            return self._cipher.decrypt(body[:_NONCE_BYTES], body[_NONCE_BYTES:], name.encode())
        except (InvalidTag, ValueError):
            raise DamagedFile(_TORN) from None


class Blobs:
    """The encrypted files of one data folder.

    A file is written through to the disk before anybody can name it in a record: first `put`, then the record. A kill
    between the two leaves a file nobody names, never a record without its file.
    """

    def __init__(self, store: Store, folder: Path) -> None:
        self._store, self.folder = store, folder
        self._turn = threading.Lock()

    def put(self, data: bytes) -> str:
        """Keep *data* and return its name, 64 hex digits; what is kept already is not written again.

        Raises EnvironmentFailure if the disk is full or refuses; then nothing of it is left.
        """
        name = self._seal.name(data)
        with self._turn:
            if self._is_sound(name):
                return name
            path = blob_path(self.folder, name)
            with machine_faults("保存附件"):
                make_shelf(path.parent)
                write_atomically(path, self._seal.close(name, data))
        return name

    def get(self, name: str) -> bytes:
        """Return what was kept as *name*; raise DamagedFile if the file is missing or holds one changed bit."""
        if not is_blob_name(name):
            raise DamagedFile(_GONE)
        with machine_faults("打开附件"):
            try:
                file = blob_path(self.folder, name).read_bytes()
            except FileNotFoundError:
                raise DamagedFile(_GONE) from None
        return self._seal.open(name, file)

    def has(self, name: str) -> bool:
        """Return whether a file of that name is there; it may still be damaged."""
        with machine_faults("查看附件"):
            return is_blob_name(name) and blob_path(self.folder, name).is_file()

    def opens(self, name: str) -> bool:
        """Return whether what was kept as *name* is there, whole, and opens with the key."""
        return is_blob_name(name) and self._is_sound(name)

    def _is_sound(self, name: str) -> bool:
        try:
            self.get(name)
        except DamagedFile:
            return False
        return True

    @cached_property
    def _seal(self) -> Seal:
        with self._store.reading() as session:
            return Seal(session.exec(select(BlobKey.secret)).one())


def blob_path(folder: Path, name: str) -> Path:
    """Return where the file *name* lies in *folder*: 256 shelves, as sticks hold few long names in one folder."""
    return folder / name[:2] / name


def is_blob_name(name: str) -> bool:
    """Return whether *name* can be the name of a file of ours, and so leads nowhere else."""
    return bool(_NAME.fullmatch(name))


def blobs_in(folder: Path) -> list[str]:
    """Return the names of all files in *folder*, sorted; what a kill has left half-written is none. Raises OSError."""
    if not folder.is_dir():
        return []
    return sorted(path.name for path in folder.glob("??/*") if is_blob_name(path.name))


def make_shelf(shelf: Path) -> None:
    """Make the folder *shelf* and the one around it, and flush their names. Raises OSError."""
    if shelf.is_dir():
        return
    shelf.mkdir(parents=True, exist_ok=True)
    sync_folder(shelf.parent)
    sync_folder(shelf.parent.parent)


def _derive(secret: bytes, use: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=use).derive(secret)
