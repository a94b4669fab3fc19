"""Encrypted files beside the database: each is named by a keyed hash of its content, so the same content lies once."""

from __future__ import annotations

import hmac
import os
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
_NONCE_BYTES = 12
_NAME = re.compile(r"[0-9a-f]{64}")
_GONE = "附件的文件不见了，打不开。记录没有动，请用最近的备份恢复。"
_TORN = "附件的文件损坏了，打不开。记录没有动，请用最近的备份恢复。"


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
        name = hmac.new(self._naming_key, data, sha256).hexdigest()
        with self._turn:
            if self._is_sound(name):
                return name
            nonce = os.urandom(_NONCE_BYTES)
            sealed = _MARK + nonce + self._cipher.encrypt(nonce, data, name.encode())
            path = blob_path(self.folder, name)
            with machine_faults("保存附件"):
                make_shelf(path.parent)
                write_atomically(path, sealed)
        return name

    def get(self, name: str) -> bytes:
        """Return what was kept as *name*; raise DamagedFile if the file is missing or holds one changed bit."""
        if not _NAME.fullmatch(name):
            raise DamagedFile(_GONE)
        with machine_faults("打开附件"):
            try:
                sealed = blob_path(self.folder, name).read_bytes()
            except FileNotFoundError:
                raise DamagedFile(_GONE) from None
        body = sealed.removeprefix(_MARK)
        try:
            return self._cipher.decrypt(body[:_NONCE_BYTES], body[_NONCE_BYTES:], name.encode())
        except (InvalidTag, ValueError):
            raise DamagedFile(_TORN) from None

    def has(self, name: str) -> bool:
        """Return whether a file of that name is there; it may still be damaged."""
        with machine_faults("查看附件"):
            return bool(_NAME.fullmatch(name)) and blob_path(self.folder, name).is_file()

    def _is_sound(self, name: str) -> bool:
        try:
            self.get(name)
        except DamagedFile:
            return False
        return True

    @cached_property
    def _secret(self) -> bytes:
        """Return the one key in the database; names and contents each have their own made of it."""
        with self._store.reading() as session:
            return session.exec(select(BlobKey.secret)).one()

    @cached_property
    def _naming_key(self) -> bytes:
        return _derive(self._secret, b"juwei blob names v1")

    @cached_property
    def _cipher(self) -> AESGCM:
        return AESGCM(_derive(self._secret, b"juwei blob contents v1"))


def blob_path(folder: Path, name: str) -> Path:
    """Return where the file *name* lies in *folder*: 256 shelves, as sticks hold few long names in one folder."""
    return folder / name[:2] / name


def blobs_in(folder: Path) -> list[str]:
    """Return the names of all files in *folder*, sorted; what a kill has left half-written is none. Raises OSError."""
    if not folder.is_dir():
        return []
    return sorted(path.name for path in folder.glob("??/*") if _NAME.fullmatch(path.name))


def make_shelf(shelf: Path) -> None:
    """Make the folder *shelf* and the one around it, and flush their names. Raises OSError."""
    if shelf.is_dir():
        return
    shelf.mkdir(parents=True, exist_ok=True)
    sync_folder(shelf.parent)
    sync_folder(shelf.parent.parent)


def _derive(secret: bytes, use: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=use).derive(secret)
