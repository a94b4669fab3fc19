"""The baton: of two computers that carry the same data to and fro, one writes; the other is read-only until it is back.

One row of the encrypted file says whether this file may be written. Every unit of work reads it after it has become the
only writer, so it holds for windows, commands, imports and undo, in every process.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlcipher3 import dbapi2 as sqlcipher
from sqlmodel import Session, select

from desktop.foundation.clock import CHINA
from desktop.foundation.errors import EnvironmentFailure, machine_faults
from desktop.foundation.ids import new_id
from desktop.store.files import write_atomically
from desktop.store.records import BatonRow

log = logging.getLogger(__name__)
HERE, LEAVING, SEALED, OUT, APART = "here", "leaving", "sealed", "out", "apart"
"""May write · a copy is being made · it is verified and being named · it is given away · a backup of unknown place."""

_NOTE = "baton.json"
_WHERE = 1
_UNFINISHED = "带出没有完成。这台电脑只能看和打印，做完或收回后才能改。"
_APART = "这是从备份恢复的另一份，程序不知道原来那台电脑还在不在用。这台电脑只能看和打印，主任收回后才能改。"


class LentOut(EnvironmentFailure):
    """Another computer holds the data; nothing was stored."""


@dataclass(frozen=True)
class Baton:
    """Who holds the data.

    *heir* is the id the copy given away carries; *line* are the ids of all who held the data before, oldest first,
    this one last; *void* those that were given away and taken back. *away* says that this is not the office's own
    computer. *staff_name*, *at*, *device*, *target* tell of the last time the data left here, or came.
    """

    id: UUID
    state: str = HERE
    heir: UUID | None = None
    line: tuple[str, ...] = ()
    void: tuple[str, ...] = ()
    staff_name: str = ""
    at: datetime | None = None
    device: str = ""
    target: str = ""
    away: bool = False

    @property
    def is_here(self) -> bool:
        """Return whether this computer may write."""
        return self.state == HERE

    @property
    def was_passed(self) -> bool:
        """Return whether the data have ever been given from one computer to another."""
        return len(self.line) > 1 or self.state != HERE

    @property
    def who(self) -> str:
        """Return 数据由李梅带出，6月17日 8:30。"""
        what = "带回办公室" if self.away else "带出"
        return f"数据由{self.staff_name}{what}，{moment(self.at)}。"

    @property
    def sentence(self) -> str:
        """Return why nothing can be stored here; empty while this computer may write."""
        if self.state == OUT:
            return f"{self.who}这台电脑只能看和打印，{'再带出来' if self.away else '带回'}后才能改。"
        return {HERE: "", APART: _APART}.get(self.state, _UNFINISHED)

    def passed_on(self) -> Baton:
        """Return this baton under a fresh id that continues its line: who holds it now writes."""
        fresh = new_id()
        return replace(self, id=fresh, state=HERE, heir=None, line=(*self.line, fresh.hex), target="")


def moment(at: datetime | None) -> str:
    """Return 6月17日 8:30, in China's time."""
    local = (at or datetime.fromtimestamp(0, UTC)).astimezone(CHINA)
    return f"{local.month}月{local.day}日 {local.hour}:{local.minute:02d}"


def refuse_unless_here(session: Session) -> None:
    """Raise LentOut unless the file behind *session* may be written."""
    baton = baton_in(session)
    if not baton.is_here:
        raise LentOut(f"{baton.sentence}没有保存，填的内容还在。")


def baton_in(session: Session) -> Baton:
    """Return the baton of an opened file."""
    row = session.exec(select(BatonRow)).one()
    return Baton(
        row.id, row.state, row.heir, tuple(row.line), tuple(row.void), row.staff_name, row.at, row.device, row.target,
        row.away,
    )  # fmt: skip


def put_baton(session: Session, baton: Baton) -> None:
    """Write *baton* into the file behind *session*, a unit of work."""
    row = session.exec(select(BatonRow)).one()
    row.id, row.state, row.heir, row.line, row.void = (
        baton.id, baton.state, baton.heir, list(baton.line), list(baton.void),
    )  # fmt: skip
    row.staff_name, row.at, row.device, row.target, row.away = (
        baton.staff_name, baton.at, baton.device, baton.target, baton.away,
    )  # fmt: skip
    session.add(row)


def baton_of(raw: sqlcipher.Connection) -> Baton | None:
    """Return the baton of a file of whatever age; None if it is older than batons."""
    if not raw.execute("SELECT count(*) FROM sqlite_master WHERE name = 'baton'").fetchone()[0]:
        return None
    query = "SELECT id, state, heir, line, void, staff_name, at, device, target, away FROM baton WHERE place = ?"
    row = raw.execute(query, (_WHERE,)).fetchone()
    if row is None:
        return None
    names = ("id", "state", "heir", "line", "void", "staff_name", "at", "device", "target", "away")
    told = dict(zip(names, row, strict=True))
    at = datetime.fromisoformat(told["at"]).replace(tzinfo=UTC).isoformat() if told["at"] else ""
    return _from({**told, "line": json.loads(told["line"]), "void": json.loads(told["void"]), "at": at})


def note_baton(data_folder: Path, baton: Baton) -> None:
    """Write beside the file who holds the data: a damaged file cannot say it, and must not be replaced by a free one.

    Raises EnvironmentFailure.
    """
    told = {
        **asdict(baton),
        "id": baton.id.hex,
        "heir": baton.heir.hex if baton.heir else None,
        "at": baton.at.isoformat() if baton.at else "",
    }
    with machine_faults("记下数据在哪台电脑上"):
        write_atomically(data_folder / _NOTE, json.dumps(told, ensure_ascii=False, indent=1).encode())


def noted_baton(data_folder: Path) -> Baton | None:
    """Return what `note_baton` wrote last; None if nothing, or nothing readable, is there."""
    try:
        return _from(json.loads((data_folder / _NOTE).read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        log.warning("the note of who holds the data is unreadable")
        return None


def _from(told: Mapping[str, Any]) -> Baton:
    return Baton(
        UUID(hex=told["id"]),
        str(told["state"]),
        UUID(hex=told["heir"]) if told["heir"] else None,
        tuple(map(str, told["line"])),
        tuple(map(str, told["void"])),
        str(told["staff_name"]),
        datetime.fromisoformat(told["at"]).astimezone(UTC) if told["at"] else None,
        str(told["device"]),
        str(told["target"]),
        bool(told["away"]),
    )
