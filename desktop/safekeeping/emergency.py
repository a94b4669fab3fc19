"""Making an emergency stick: installer, backup and the page; the older folder goes only when the new one is whole."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from desktop import __version__
from desktop.foundation.errors import DamagedFile, machine_faults
from desktop.foundation.jobs import JobContext, Share
from desktop.safekeeping.attachments import bytes_to_carry
from desktop.safekeeping.backup import BackupReport
from desktop.safekeeping.copies import digest_of, forget_cached
from desktop.safekeeping.documents import TITLE, steps_for
from desktop.safekeeping.installers import KINDS, Installer, TornInstaller, check_whole, first_of
from desktop.safekeeping.kit import Kit
from desktop.safekeeping.manifest import open_counts
from desktop.safekeeping.places import (
    EMERGENCY,
    alone,
    counted_when_full,
    free_name,
    refuse_inside,
    refuse_too_small,
    rough_name,
    series,
    sweep,
    sync_names,
    write_flushed,
)
from desktop.safekeeping.words import contents
from desktop.store.folder import ATTACHMENTS

PAGE, READ_ME = "电脑坏了怎么办.pdf", "读我.txt"
_BLOCK = 1 << 20
_SLACK_BYTES = 2_000_000  # the page with its fonts, key slots, names
_CHECKED, _COPIED, _READ, _BACKED_UP = 8, 30, 38, 94  # percent
_OTHER_BYTES = (
    "写到U盘上再读出来不一样，已经删掉了。这个U盘可能坏了或容量是假的，请换一个。U盘上以前的备份和正在用的资料没有动。"
)


@dataclass(frozen=True)
class Order:
    """What to make: whose data, where to, with which installer, and who makes backup and page.

    *back_up* puts a verified backup into a folder; *page* draws 电脑坏了怎么办 for exactly this stick, as PDF.
    """

    data_folder: Path
    database: Path
    committee: str
    target: Path
    installer: Installer | None
    back_up: Callable[[Path, JobContext], BackupReport]
    page: Callable[[Kit], bytes]
    now: Callable[[], datetime]
    stick: str = ""
    deep: str = ""


def make_kit(order: Order, context: JobContext) -> tuple[Kit, BackupReport]:
    """Put backup, installer and page into *order*'s target and return what lies there now.

    Every file is flushed and read again from where it lies. A failure, a cancel or a kill leaves what was there as it
    was; only a backup that is finished by then stays. Without an installer the one that an older stick brings along is
    kept. Raises InputError, EnvironmentFailure, JobCancelled.
    """
    target = order.target
    refuse_inside(order.data_folder, target)
    with alone(order.data_folder, "emergency", "做应急U盘"), machine_faults("做应急U盘"):
        target.mkdir(exist_ok=True)  # not its parents: of a stick that is not plugged in nothing is there
        sweep(target, order.data_folder, EMERGENCY)
        older = older_kits(target, order.committee)
        installer = order.installer or _brought_along(older, context)
        room = installer.bytes if installer else 0
        backup = order.database.stat().st_size + bytes_to_carry(order.data_folder / ATTACHMENTS, target)
        refuse_too_small(target, backup + room + _SLACK_BYTES)
        final = free_name(target, order.committee, order.now(), EMERGENCY)
        rough = rough_name(final, order.data_folder)
        try:
            rough.mkdir()
            with counted_when_full(rough, room + _SLACK_BYTES):
                digests = {installer.name: _copy(installer, rough, context)} if installer else {}
            rough.stat()  # a stick pulled out by now must not be made anew as a folder of this computer
            report = order.back_up(target, Share(context, _READ, _BACKED_UP))
            kit = _kit(order, installer, final.name, report)
            with counted_when_full(rough, room + _SLACK_BYTES):
                for name, content in ((PAGE, order.page(kit)), (READ_ME, _read_me(kit, digests))):
                    write_flushed(rough / name, content)
                    digests[name] = sha256(content).hexdigest()
                sync_names(rough)
            for name, digest in digests.items():
                _read_again(rough / name, digest)
            rough.rename(final)
            sync_names(target)
        except BaseException:
            shutil.rmtree(rough, ignore_errors=True)
            raise
        for folder in older:
            _take_away(folder)
        context.report(100, 100)
    return kit, report


def older_kits(target: Path, committee: str) -> list[Path]:
    """Return the emergency folders of *committee* in *target*; usually one. Raises OSError."""
    begins = series(committee, EMERGENCY)
    return [path for path in target.iterdir() if path.name.startswith(begins) and path.is_dir()]


def _brought_along(older: list[Path], context: JobContext) -> Installer | None:
    """Return the installer of an older emergency folder, if that is still whole."""
    found = first_of(older)
    try:
        if found:
            check_whole(found, Share(context, 0, _CHECKED))
    except TornInstaller:
        return None
    return found


def _copy(installer: Installer, rough: Path, context: JobContext) -> str:
    """Copy a whole installer through to the stick, read it again from there, and return its SHA-256."""
    check_whole(installer, Share(context, 0, _CHECKED))
    copy, digest, progress = rough / installer.name, sha256(), Share(context, _CHECKED, _COPIED)
    with machine_faults("读取安装包"):
        source = installer.path.open("rb")
    with source, copy.open("xb") as stream:
        while True:
            with machine_faults("读取安装包"):
                block = source.read(_BLOCK)
            if not block:
                break
            context.check()
            digest.update(block)
            stream.write(block)
            progress.report(stream.tell(), max(installer.bytes, stream.tell()))
        stream.flush()
        os.fsync(stream.fileno())
    _read_again(copy, digest.hexdigest(), context)
    context.report(_READ, 100)
    return digest.hexdigest()


def _read_again(path: Path, digest: str, context: JobContext | None = None) -> None:
    forget_cached(path)
    if digest_of(path, context or JobContext()) != digest:
        raise DamagedFile(f"“{path.name}”{_OTHER_BYTES}")


def _kit(order: Order, installer: Installer | None, folder: str, report: BackupReport) -> Kit:
    return Kit(
        made_at=order.now(),
        program=__version__,
        stick=order.stick,
        folder=folder,
        backup=report.path.name,
        backed_up_at=report.made_at,
        holds=contents(open_counts(report.counts)),
        installer=installer.name if installer else "",
        systems=installer.kind.systems if installer else "",
        start=installer.start if installer else "",
        deep=order.deep,
    )


def _read_me(kit: Kit, digests: Mapping[str, str]) -> bytes:
    """Return the steps as plain text, as Windows' editor reads it, with the SHA-256 of the installer."""
    steps = [f"{number}. {title}\r\n   {text}" for number, (title, text) in enumerate(steps_for(kit), start=1)]
    sums = [f"{name}  SHA-256 {digest}" for name, digest in digests.items()]
    return "\r\n\r\n".join([TITLE, *steps, *sums, ""]).encode("utf-8-sig")


def _take_away(folder: Path) -> None:
    """Remove from an older emergency folder what we put there, and the folder if nothing else lies in it."""
    ours = {PAGE, READ_ME}
    begins = tuple(kind.name.partition("{")[0] for kind in KINDS)
    with suppress(OSError):  # it goes the next time
        for path in folder.iterdir():
            if path.name in ours or path.name.startswith(begins):
                path.unlink()
        folder.rmdir()
