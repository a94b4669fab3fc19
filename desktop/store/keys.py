"""Key slots, version 1: how a password or the recovery code opens the one random data key of a file.

Each slot holds an X25519 key pair whose private half is sealed by Argon2id(secret) and the data key sealed to its
public half. A new data key can therefore be handed to everybody without knowing anybody's password.
"""

from __future__ import annotations

import base64
import json
import os
import secrets
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from desktop.foundation.errors import DamagedFile, NewerFile, WrongPassword, machine_faults
from desktop.store.files import write_atomically

RECOVERY = "recovery"
KEY_BYTES = 32
_FORMAT = 1
_HEADER = {"format": "juwei-keys", "version": _FORMAT}
_DAMAGED = "登录名单文件损坏，读不出来。资料没有动，请用最近的备份恢复。"
# Far beyond what this program writes; a damaged number must not eat the computer's memory.
_MOST_KIB, _MOST_ITERATIONS, _MOST_LANES = 1_048_576, 64, 64


@dataclass(frozen=True)
class Cost:
    """Argon2id parameters; the defaults take about half a second on an office computer."""

    memory_kib: int = 65_536
    iterations: int = 3
    lanes: int = 4


@dataclass(frozen=True)
class Slot:
    """One way in: whose it is, and the sealed keys (bytes as base64)."""

    id: str
    name: str
    role: str
    memory_kib: int
    iterations: int
    lanes: int
    salt: str
    public_key: str
    private_key_nonce: str
    private_key_sealed: str
    data_key_public: str
    data_key_nonce: str
    data_key_sealed: str


@dataclass(frozen=True)
class KeyRing:
    """Every slot of one generation, with the committee's name for the login window."""

    committee: str
    slots: tuple[Slot, ...]

    def of(self, slot_id: str) -> Slot:
        """Return the slot *slot_id*; raise WrongPassword if there is none."""
        for slot in self.slots:
            if slot.id == slot_id:
                return slot
        raise WrongPassword("没有这个人的登录名，请重新选择。")

    def named(self, name: str) -> Slot:
        """Return the staff slot of *name*; raise WrongPassword if there is none."""
        for slot in self.people:
            if slot.name == name:
                return slot
        raise WrongPassword(f"名单里没有“{name}”，请核对姓名。")

    @property
    def people(self) -> tuple[Slot, ...]:
        """Return the slots of officers, without the recovery slot."""
        return tuple(slot for slot in self.slots if slot.id != RECOVERY)

    def with_slot(self, slot: Slot) -> KeyRing:
        """Return a ring in which *slot* replaces the one with the same id, or is added."""
        kept = [slot if old.id == slot.id else old for old in self.slots]
        return replace(self, slots=tuple(kept if slot in kept else [*kept, slot]))

    def without(self, slot_id: str) -> KeyRing:
        """Return a ring that no longer holds *slot_id*."""
        return replace(self, slots=tuple(slot for slot in self.slots if slot.id != slot_id))

    def save(self, path: Path) -> None:
        """Write the ring to *path*, whole or not at all."""
        content = {**_HEADER, "committee": self.committee, "slots": [asdict(slot) for slot in self.slots]}
        with machine_faults("保存登录名单"):
            write_atomically(path, json.dumps(content, ensure_ascii=False, indent=1).encode())


def load_ring(path: Path) -> KeyRing:
    """Return the ring stored at *path*; raise DamagedFile, NewerFile or EnvironmentFailure."""
    with machine_faults("读取登录名单"):
        raw = path.read_bytes()
    try:
        content = json.loads(raw)
        if content["format"] != _HEADER["format"]:
            raise KeyError("format")
        if content["version"] > _FORMAT:
            raise NewerFile("这份资料是更新版本的程序写的，请先安装新版程序。资料没有动。")
        return KeyRing(str(content["committee"]), tuple(_slot_from(slot) for slot in content["slots"]))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise DamagedFile(_DAMAGED) from error


def _slot_from(stored: dict[str, Any]) -> Slot:
    slot = Slot(**stored)
    numbers = ("memory_kib", "iterations", "lanes")
    for field in fields(Slot):
        if type(getattr(slot, field.name)) is not (int if field.name in numbers else str):
            raise ValueError(field.name)
    if slot.memory_kib > _MOST_KIB or slot.iterations > _MOST_ITERATIONS or slot.lanes > _MOST_LANES:
        raise ValueError("cost")
    return slot


def new_data_key() -> bytes:
    """Return a fresh random data key."""
    return secrets.token_bytes(KEY_BYTES)


def make_slot(  # noqa: PLR0917  every part of a slot is needed, in the order it is written
    slot_id: str, name: str, role: str, secret: str, data_key: bytes, cost: Cost | None = None
) -> Slot:
    """Return a slot that *secret* (a password or the digits of the recovery code) opens."""
    cost = cost or Cost()
    salt = os.urandom(16)
    pair = X25519PrivateKey.generate()
    nonce = os.urandom(12)
    sealed = AESGCM(_stretch(secret, salt, cost)).encrypt(nonce, pair.private_bytes_raw(), _label(slot_id))
    blank = Slot(
        slot_id, name, role, cost.memory_kib, cost.iterations, cost.lanes, _text(salt),
        _text(pair.public_key().public_bytes_raw()), _text(nonce), _text(sealed), "", "", "",
    )  # fmt: skip
    return reseal(blank, data_key)


def reseal(slot: Slot, data_key: bytes) -> Slot:
    """Return *slot* holding *data_key* instead; needs nobody's password."""
    passing = X25519PrivateKey.generate()
    shared = passing.exchange(X25519PublicKey.from_public_bytes(_bytes(slot.public_key)))
    nonce = os.urandom(12)
    sealed = AESGCM(_derive(shared)).encrypt(nonce, data_key, _label(slot.id))
    return replace(
        slot,
        data_key_public=_text(passing.public_key().public_bytes_raw()),
        data_key_nonce=_text(nonce),
        data_key_sealed=_text(sealed),
    )


def open_slot(slot: Slot, secret: str) -> bytes:
    """Return the data key; raise WrongPassword if *secret* is not the one that sealed *slot*, DamagedFile if torn."""
    cost = Cost(slot.memory_kib, slot.iterations, slot.lanes)
    label = _label(slot.id)
    try:
        cipher = AESGCM(_stretch(secret, _bytes(slot.salt), cost))
        private = cipher.decrypt(_bytes(slot.private_key_nonce), _bytes(slot.private_key_sealed), label)
    except InvalidTag:
        what = "恢复码" if slot.id == RECOVERY else "密码"
        raise WrongPassword(f"{what}不对，请再试一次。资料没有动。") from None
    except ValueError as error:
        raise DamagedFile(_DAMAGED) from error
    try:
        pair = X25519PrivateKey.from_private_bytes(private)
        shared = pair.exchange(X25519PublicKey.from_public_bytes(_bytes(slot.data_key_public)))
        return AESGCM(_derive(shared)).decrypt(_bytes(slot.data_key_nonce), _bytes(slot.data_key_sealed), label)
    except (InvalidTag, ValueError) as error:
        raise DamagedFile(_DAMAGED) from error


def _stretch(secret: str, salt: bytes, cost: Cost) -> bytes:
    kdf = Argon2id(
        salt=salt, length=KEY_BYTES, iterations=cost.iterations, lanes=cost.lanes, memory_cost=cost.memory_kib
    )
    return kdf.derive(secret.encode())


def _derive(shared: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=b"juwei slot v1").derive(shared)


def _label(slot_id: str) -> bytes:
    return f"juwei slot v1 {slot_id}".encode()


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode("ascii")


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
