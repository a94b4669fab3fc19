"""The manifest of a backup: what lies beside it and what can be restored; its own bytes vouch for it."""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from desktop.foundation.errors import DamagedFile, NewerFile
from desktop.store.blobs import is_blob_name

MANIFEST = "manifest.json"
NEWER = "这份备份是更新版本的程序做的，请先安装新版程序。备份没有动。"
_FORMAT = "juwei-backup"
_PLAIN, _WITH_ATTACHMENTS, _SEALED_COUNTS, _HANDING = 1, 2, 3, 4
"""Versions of the layout: without attachments, with them, with most counts sealed (what backups are written as now).

The last is for copies that give the data away: an older program says that it does not know them.
"""
_NEWEST = _HANDING

OPEN_TABLES = frozenset(
    {
        "resident",
        "household",
        "place",
        "activity",
        "inspection",
        "pledge",
        "stock_entry",
        "treatment",
        "aedes_check",
        "density_check",
        "attachment",
    }
)
"""What may be counted where no password was asked for: how much was done for whose health is not among it."""

_TORN = "备份的清单（manifest.json）损坏，这份备份不能用来恢复。请换一份备份。"
_FORGED = "备份的清单和资料对不上，可能被人改过，不能用来恢复。请换一份备份。"
_NONCE_BYTES = 12

Value = int | float | str | None


@dataclass(frozen=True)
class Part:
    """Size and SHA-256 of one file of the backup."""

    bytes: int
    sha256: str


@dataclass(frozen=True)
class Figures:
    """The figures of a whole month on the day of the backup, to hold a restored file against."""

    period: str
    values: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True)
class Sealed:
    """What only the data key tells: the figures, records outside the bin by table, and all rows by table."""

    figures: Figures
    counts: Mapping[str, int]
    rows: Mapping[str, int]


@dataclass(frozen=True)
class Handing:
    """What makes a copy more than a backup: with it the data go from one computer to another.

    *heir* is the baton it carries, *giver* the one it was taken from (hex digits); *staff* took it along, from the
    computer *device*. *away* says that it comes from a computer that is not the office's own.
    """

    heir: str
    giver: str
    staff: str
    device: str
    away: bool


@dataclass(frozen=True)
class Manifest:
    """What a backup holds. *counts* are records outside the bin, *rows* all rows, of the tables that are no secret.

    Backups of an older *layout* say both of every table.

    *attachments* are files in the store beside the backup, by name.

    *sealed* holds the rest, readable with the data key only: a lost stick must not tell how many are ill. It also
    authenticates everything else, so that somebody without the key cannot pass off another manifest.
    """

    program: str
    schema: str
    committee: str
    made_at: datetime
    files: Mapping[str, Part]
    counts: Mapping[str, int]
    rows: Mapping[str, int]
    mark: str
    sealed: str = ""
    attachments: Mapping[str, Part] = field(default_factory=dict)
    layout: int = _SEALED_COUNTS
    handing: Handing | None = None

    def to_bytes(self) -> bytes:
        """Return the one way to write this manifest; it ends with the SHA-256 of all before."""
        body: dict[str, Any] = {
            "format": _FORMAT,
            "version": self.layout,
            "program": self.program,
            "schema": self.schema,
            "committee": self.committee,
            "made_at": self.made_at.astimezone(UTC).isoformat(),
            "files": {name: asdict(part) for name, part in self.files.items()},
            "counts": dict(self.counts),
            "rows": dict(self.rows),
            "mark": self.mark,
            "sealed": self.sealed,
        }
        if self.attachments:
            body["attachments"] = {name: f"{part.bytes} {part.sha256}" for name, part in self.attachments.items()}
        if self.handing is not None:
            body["handing"] = asdict(self.handing)
        digest = sha256(_json(body)).hexdigest()
        return _json({**body, "sha256": digest}) + b"\n"

    def sealing(self, content: Sealed, data_key: bytes) -> Manifest:
        """Return this manifest with *content* sealed into it."""
        nonce = os.urandom(_NONCE_BYTES)
        figures = content.figures
        body: dict[str, Any] = {"period": figures.period, "values": dict(figures.values)}
        if self.layout >= _SEALED_COUNTS:
            body |= {"counts": dict(content.counts), "rows": dict(content.rows)}
        sealed = _cipher(data_key).encrypt(nonce, _json(body), replace(self, sealed="").to_bytes())
        return replace(self, sealed=base64.b64encode(nonce + sealed).decode("ascii"))

    def opened(self, data_key: bytes) -> Sealed:
        """Return what is sealed; raise DamagedFile if this manifest was not made by a holder of the key."""
        try:
            raw = base64.b64decode(self.sealed, validate=True)
            text = _cipher(data_key).decrypt(
                raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], replace(self, sealed="").to_bytes()
            )
        except (ValueError, InvalidTag):
            raise DamagedFile(_FORGED) from None
        content = json.loads(text)
        figures = Figures(content["period"], content["values"])
        if self.layout < _SEALED_COUNTS:
            return Sealed(figures, self.counts, self.rows)
        return Sealed(figures, content["counts"], content["rows"])

    def handing_on(self, handing: Handing) -> Manifest:
        """Return the manifest of a copy that gives the data away."""
        return replace(self, handing=handing, layout=_HANDING)


def open_counts(counts: Mapping[str, int]) -> dict[str, int]:
    """Return those of *counts* that anybody may read."""
    return {table: count for table, count in counts.items() if table in OPEN_TABLES}


def read_manifest(raw: bytes) -> Manifest:
    """Return the manifest written as *raw*; raise DamagedFile for one changed bit, NewerFile for a newer layout."""
    try:
        content = json.loads(raw)
        if content["format"] != _FORMAT:
            raise DamagedFile(_TORN)
        if content["version"] > _NEWEST:
            raise NewerFile(NEWER)
        manifest = Manifest(
            program=content["program"],
            schema=content["schema"],
            committee=content["committee"],
            made_at=datetime.fromisoformat(content["made_at"]),
            files={name: Part(**part) for name, part in content["files"].items()},
            counts=content["counts"],
            rows=content["rows"],
            mark=content["mark"],
            sealed=content["sealed"],
            attachments={name: _part(text) for name, text in content.get("attachments", {}).items()},
            layout=content["version"],
            handing=Handing(**content["handing"]) if "handing" in content else None,
        )
        whole = manifest.to_bytes() == raw and _is_well_typed(manifest)
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
        raise DamagedFile(_TORN) from None
    if not whole:
        raise DamagedFile(_TORN)
    return manifest


def _is_well_typed(manifest: Manifest) -> bool:
    """Return whether everything is what it is called: anybody can write a file whose checksum fits."""
    texts: tuple[object, ...] = (manifest.program, manifest.schema, manifest.committee, manifest.mark, manifest.sealed)
    sizes = (part.bytes for part in manifest.files.values())
    numbers = [manifest.layout, *manifest.counts.values(), *manifest.rows.values(), *sizes]
    older = _WITH_ATTACHMENTS if manifest.attachments else _PLAIN
    handing = manifest.handing
    if handing is not None:
        texts += (handing.heir, handing.giver, handing.staff, handing.device)
    layouts = {_SEALED_COUNTS, older} if handing is None else {_HANDING}
    return (
        all(is_blob_name(name) for name in manifest.attachments)
        and all(type(text) is str for text in (*texts, *(part.sha256 for part in manifest.files.values())))
        and all(type(number) is int for number in numbers)
        and manifest.layout in layouts
        and (handing is None or type(handing.away) is bool)
    )  # fmt: skip


def _part(text: str) -> Part:
    size, digest = text.split(" ")
    return Part(int(size), digest)


def _json(content: Mapping[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=False, indent=1).encode()


def _cipher(data_key: bytes) -> AESGCM:
    return AESGCM(HKDF(algorithm=SHA256(), length=32, salt=None, info=b"juwei backup v1").derive(data_key))
