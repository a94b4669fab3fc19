"""Taking the data to another computer and back: a verified copy goes, and this computer is read-only until it returns.

No moment has two files that may be written: this one gives up writing before the copy is begun, and the copy has no
name, so nobody can use it, before this one has noted that it is verified. What a kill leaves is told apart by that.
"""

from __future__ import annotations

import logging
import platform
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID

from desktop.foundation.clock import Clock
from desktop.foundation.errors import AppError, EnvironmentFailure, FileBusy, InputError
from desktop.foundation.ids import new_id
from desktop.foundation.jobs import JobContext
from desktop.register.rights import Officer, Right
from desktop.safekeeping.backup import BackupReport, GivingAway
from desktop.safekeeping.manifest import Handing
from desktop.safekeeping.places import refuse_inside, rough_name
from desktop.safekeeping.service import BackupService
from desktop.safekeeping.taken import note_taken, taken_by
from desktop.safekeeping.verify import glance
from desktop.safekeeping.words import contents
from desktop.store.baton import HERE, LEAVING, OUT, SEALED, Baton, baton_in, note_baton, put_baton
from desktop.store.locks import exclusive_lock
from desktop.store.unit import Store

log = logging.getLogger(__name__)
_TABLE = "baton"


@dataclass(frozen=True)
class Unfinished:
    """What a kill in the middle has left: *safe* if no copy anybody could use exists, so that it can be undone."""

    safe: bool
    named: bool = False


class LendingService:
    """Gives the data of one opened file away and takes them back. Everybody who may enter something may give them away.

    To take back what somebody else may be working on is the director's: what was entered there since is left out.
    """

    def __init__(self, store: Store, officer: Officer, data_folder: Path, backups: BackupService, clock: Clock) -> None:
        self._store, self._officer, self._clock = store, officer, clock
        self._folder, self._backups = data_folder, backups
        self._device = platform.node()

    def baton(self) -> Baton:
        """Return who holds the data now."""
        return self._store.baton()

    def may_give(self) -> bool:
        """Return whether this officer may give the data away."""
        return self._officer.may(Right.CARRY)

    def may_take_back(self) -> bool:
        """Return whether this officer may take back what is given away."""
        return self._officer.may(Right.MANAGE)

    def give(self, target: Path, context: JobContext | None = None) -> BackupReport:
        """Write a verified copy into *target* and make this computer read-only; what was left undone is begun anew.

        A failure or a stop leaves this computer as it was. Raises NotAllowed, InputError if the data are away already,
        FileBusy while another window does the same, and what a backup raises.
        """
        self._officer.require(Right.CARRY)
        refuse_inside(self._folder, target)
        with self._alone():
            baton = self._begin(target)
            there = _identity(target)
            try:
                report = self._backups.give_away(target, self._giving(baton), context)
            except BaseException:
                self._withdraw(baton, target, there)
                raise
            self._end(baton, report.path)
        log.info("the data were given away")
        return report

    def left_over(self) -> Unfinished | None:
        """Return what an unfinished 带出 has left, None if there is none."""
        baton = self.baton()
        if baton.state == LEAVING:
            return Unfinished(safe=True)
        if baton.state != SEALED:
            return None
        copy = Path(baton.target)
        if _is_copy(copy, baton.heir):
            return Unfinished(safe=False, named=True)
        return Unfinished(safe=rough_name(copy, self._folder).is_dir())

    def settle(self) -> bool:
        """End an unfinished 带出 whose copy is whole and has its name; return whether that was so."""
        with self._alone():
            baton, left = self.baton(), self.left_over()
            if left is None or not left.named:
                return False
            self._officer.require(Right.CARRY)
            self._end(baton, Path(baton.target))
        return True

    def take_back(self) -> None:
        """Let this computer write again, and let no copy given away before count any more.

        Undoing what was left unfinished, with no copy in anybody's hands, is for all who may give away; else it is the
        director's. Raises NotAllowed, InputError if there is nothing to take back, FileBusy, EnvironmentFailure.
        """
        with self._alone():
            left, seen = self.left_over(), self.baton()
            self._officer.require(Right.CARRY if left is not None and left.safe else Right.MANAGE)
            if seen.is_here:
                raise InputError("数据就在这台电脑上，不用收回。")
            if seen.state in {OUT, SEALED}:
                self._void_copy(seen)
            with self._store.writing("收回数据", self._officer, undoable=False, even_lent=True) as unit:
                baton = baton_in(unit.session)
                if baton.is_here:
                    raise InputError("数据就在这台电脑上，不用收回。")
                safe = left is not None and left.safe
                put_baton(unit.session, replace(baton, state=HERE, heir=None) if safe else self._anew(baton))
                unit.note(_TABLE, None, "take_back", {"from": baton.state})
            note_baton(self._folder, self.baton())
        log.info("the data were taken back")

    def sentence(self, report: BackupReport) -> str:
        """Return what is said after *report*."""
        pull = "可以拔U盘。" if self._backups.is_stick(report.path) else ""
        return f"带出完成并已核对：{contents(report.counts)}。{pull}"

    def _anew(self, baton: Baton) -> Baton:
        heir = (baton.heir.hex,) if baton.heir else ()
        fresh = replace(baton.passed_on(), void=(*baton.void, *heir))
        return replace(fresh, staff_name=self._officer.name, at=self._clock.now(), device=self._device)

    def _begin(self, target: Path) -> Baton:
        seen = self.baton()
        if not target.is_dir() and not target.parent.is_dir():
            raise EnvironmentFailure("找不到这个文件夹，请看看U盘是否还插着。没有带出。")
        self._refuse_unless_ready(seen)
        label = "带回办公室" if seen.away else "带到笔记本"
        heir = new_id()

        def leaving(baton: Baton) -> Baton:
            return replace(
                baton, state=LEAVING, heir=heir, staff_name=self._officer.name, at=self._clock.now(),
                device=self._device, target=str(target),
            )  # fmt: skip

        # Beside the file first: whatever becomes of the file, nothing says that it is free while a copy may exist.
        note_baton(self._folder, leaving(seen))
        try:
            with self._store.writing(label, self._officer, undoable=False, even_lent=True) as unit:
                baton = baton_in(unit.session)
                self._refuse_unless_ready(baton)
                put_baton(unit.session, leaving(baton))
                unit.note(_TABLE, None, "give", {"device": self._device})
        except BaseException:
            note_baton(self._folder, self.baton())
            raise
        return leaving(baton)

    def _refuse_unless_ready(self, baton: Baton) -> None:
        if baton.state == SEALED and (left := self.left_over()) is not None and left.safe:
            return
        if baton.state not in {HERE, LEAVING}:
            raise InputError(f"{baton.sentence}没有再带出一份。")

    def _giving(self, baton: Baton) -> GivingAway:
        if baton.heir is None:
            raise RuntimeError("nothing to give")
        handing = Handing(baton.heir.hex, baton.id.hex, baton.staff_name, self._device, baton.away)
        return GivingAway(handing, lambda name: self._move(baton, SEALED, name))

    def _end(self, baton: Baton, copy: Path) -> None:
        self._move(baton, OUT, copy)

    def _move(self, baton: Baton, state: str, copy: Path) -> None:
        """Take the next step of one 带出; raise if somebody has ended it meanwhile."""
        with self._store.writing("带出", self._officer, undoable=False, even_lent=True) as unit:
            now = baton_in(unit.session)
            if now.heir != baton.heir or now.state not in {LEAVING, SEALED}:
                raise InputError("这次带出已经被收回了，没有做完。")
            put_baton(unit.session, replace(now, state=state, target=str(copy)))
        note_baton(self._folder, self.baton())

    def _withdraw(self, baton: Baton, target: Path, there: tuple[int, int] | None) -> None:
        """After a failure: write here again if certainly nothing usable lies in *target*; else it stays unfinished."""
        try:
            now = self.baton()
            gone = now.state == LEAVING or (
                now.state == SEALED and there == _identity(target) is not None and not Path(now.target).exists()
            )
            if now.heir != baton.heir or not gone:
                return
            with self._store.writing("没有带出", self._officer, undoable=False, even_lent=True) as unit:
                put_baton(unit.session, replace(baton_in(unit.session), state=HERE, heir=None))
                unit.note(_TABLE, None, "stay", {})
            note_baton(self._folder, self.baton())
        except AppError:
            log.warning("what was begun could not be undone; said at the next start")

    def _void_copy(self, baton: Baton) -> None:
        """If the copy is still at hand and nobody has taken it, see to it that nobody can."""
        copy = Path(baton.target)
        if _is_copy(copy, baton.heir) and taken_by(copy) is None:
            with suppress(AppError):  # what cannot be marked is still refused here, by its baton
                note_taken(copy, self._folder, self._clock.now(), void=True)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with ExitStack() as held:
            try:
                held.enter_context(exclusive_lock(self._folder / "lend.lock"))
            except FileBusy:
                raise FileBusy("另一个窗口正在带出或收回，请等它做完再试。") from None
            yield


def _is_copy(path: Path, heir: UUID | None) -> bool:
    try:
        handing = glance(path).manifest.handing
    except AppError:
        return False
    return handing is not None and heir is not None and handing.heir == heir.hex


def _identity(place: Path) -> tuple[int, int] | None:
    try:
        found = (place if place.exists() else place.parent).stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
