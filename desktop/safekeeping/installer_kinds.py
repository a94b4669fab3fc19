"""How each sort of installer says its version, and the checksum it carries: NSIS setup, self-extracting .run, .deb."""

from __future__ import annotations

import io
import lzma
import re
import struct
import tarfile
import zlib
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from desktop.foundation.jobs import JobContext

_BLOCK = 1 << 20
_NAME = "居委工作台"
# The setup's own head, at a multiple of 512 behind the small program that unpacks it: mark, sizes.
_NSIS = struct.pack("<I", 0xDEADBEEF) + b"NullsoftInst"
_NSIS_STEP, _NSIS_LATEST, _NSIS_HEAD = 512, 4 << 20, 28
_RUN_LONGEST = 1 << 16
_AR, _AR_HEAD = b"!<arch>\n", 60
_LONGEST_CONTROL = 1 << 20


def setup_version(path: Path) -> str:
    """Return the version of the setup for Windows at *path*; empty if it is none of ours. Raises OSError."""
    with path.open("rb") as stream:
        if stream.read(2) != b"MZ" or (at := _nsis_head(stream)) is None:
            return ""
        stream.seek(0)
        before = stream.read(at)
    return _property(before, "ProductVersion") if _property(before, "ProductName") == _NAME else ""


def setup_is_whole(path: Path, context: JobContext) -> bool:
    """Return whether the checksum at the end of the setup is that of all before it.

    It covers everything from byte 512 on, as the setup itself looks at it when it starts; a signature comes after.
    """
    with path.open("rb") as stream:
        at = _nsis_head(stream)
        if at is None:
            return False
        stream.seek(at + _NSIS_HEAD - 4)
        (length,) = struct.unpack("<i", stream.read(4))
        stream.seek(_NSIS_STEP)
        crc = 0
        for block in _blocks(stream, at + length - 4 - _NSIS_STEP, context):
            crc = zlib.crc32(block, crc)
        return stream.read(4) == struct.pack("<I", crc)


def run_version(path: Path) -> str:
    """Return the version of the self-extracting installer at *path*; empty if it is none of ours. Raises OSError."""
    head = _run_head(path)
    return head.get("VERSION", "") if "PAYLOAD" in head and "SHA256" in head else ""


def run_is_whole(path: Path, context: JobContext) -> bool:
    """Return whether what the script unpacks has the SHA-256 that stands in it."""
    head, digest = _run_head(path), sha256()
    with path.open("rb") as stream:
        for _line in range(int(head["PAYLOAD"]) - 1):
            stream.readline(_RUN_LONGEST)
        for block in _blocks(stream, path.stat().st_size - stream.tell(), context):
            digest.update(block)
    return digest.hexdigest() == head["SHA256"]


def deb_version(path: Path) -> str:
    """Return the version of the Debian package at *path*; empty if it is none of ours. Raises OSError."""
    try:
        with path.open("rb") as stream:
            for name, size in _members(stream):
                if name.startswith("control.tar"):
                    with tarfile.open(fileobj=io.BytesIO(stream.read(min(size, _LONGEST_CONTROL)))) as inner:
                        control = inner.extractfile("./control")
                        return _package_version(control.read().decode("utf-8", "replace")) if control else ""
    except (ValueError, KeyError, tarfile.TarError, lzma.LZMAError, EOFError):
        return ""
    return ""


def deb_is_whole(path: Path, context: JobContext) -> bool:
    """Return whether the package ends where it says, and all of its content unpacks to its own checksums."""
    try:
        with path.open("rb") as stream:
            found, end = set[str](), 0
            for name, size in _members(stream):
                found.add(name)
                end = stream.tell() + size
                if name == "data.tar.xz" and not _unpacks(stream, size, context):
                    return False
            return "data.tar.xz" in found and path.stat().st_size in {end, end + end % 2}
    except ValueError:
        return False


def _nsis_head(stream: BinaryIO) -> int | None:
    """Return where the setup's head begins."""
    for at in range(_NSIS_STEP, _NSIS_LATEST, _NSIS_STEP):
        stream.seek(at)
        head = stream.read(_NSIS_HEAD)
        if len(head) < _NSIS_HEAD:
            return None
        if head[4 : 4 + len(_NSIS)] == _NSIS:
            return at
    return None


def _property(program: bytes, name: str) -> str:
    """Return what a Windows program says of itself under *name*; empty if it says nothing."""
    mark = name.encode("utf-16-le") + b"\0\0"
    at = program.find(mark)
    if at < 0:
        return ""
    text = program[at + len(mark) : at + len(mark) + 200].decode("utf-16-le", "replace").lstrip("\0")
    return text.split("\0", 1)[0]


def _run_head(path: Path) -> dict[str, str]:
    """Return the values at the top of our own script; empty for any other file."""
    with path.open("rb") as stream:
        first, second = stream.readline(80), stream.readline(400)
        if first != b"#!/bin/sh\n" or not second.decode("utf-8", "replace").startswith(f"# {_NAME}"):
            return {}
        lines = stream.read(4_000).decode("utf-8", "replace").split("\n")
    head = dict(line.split("=", 1) for line in lines if re.fullmatch(r"[A-Z0-9_]+=[\w.+-]+", line))
    return head if head.get("PAYLOAD", "").isdecimal() else {}


def _members(stream: BinaryIO) -> Iterator[tuple[str, int]]:
    """Yield name and size of each member of an ar archive, the stream at its content. Raises ValueError."""
    if stream.read(len(_AR)) != _AR:
        raise ValueError("no archive")
    while head := stream.read(_AR_HEAD):
        if len(head) < _AR_HEAD or head[58:] != b"`\n":
            raise ValueError("torn archive")
        size, at = int(head[48:58]), stream.tell()
        yield head[:16].decode("ascii", "replace").strip().rstrip("/"), size
        stream.seek(at + size + size % 2)


def _package_version(control: str) -> str:
    fields = dict(line.split(": ", 1) for line in control.splitlines() if re.match(r"\w[\w-]*: ", line))
    return fields.get("Version", "") if fields.get("Package") == "juwei-workbench" else ""


def _unpacks(stream: BinaryIO, size: int, context: JobContext) -> bool:
    unpacker = lzma.LZMADecompressor(lzma.FORMAT_XZ)
    try:
        for block in _blocks(stream, size, context):
            unpacker.decompress(block)
    except (lzma.LZMAError, EOFError):
        return False
    return unpacker.eof


def _blocks(stream: BinaryIO, size: int, context: JobContext) -> Iterator[bytes]:
    """Yield *size* bytes from where the stream is, fewer if it ends; tell *context*, raise JobCancelled."""
    left = size
    while left > 0 and (block := stream.read(min(_BLOCK, left))):
        context.check()
        context.report(size - left, size)
        left -= len(block)
        yield block
