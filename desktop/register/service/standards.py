"""Versioned rule data: seeded from resources/standards, in force by day, and editable as a new edition."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlmodel import Session, col, select

from desktop.foundation.days import parse_day
from desktop.foundation.errors import EnvironmentFailure, InputError
from desktop.foundation.paths import resource
from desktop.register.records import StandardSet
from desktop.register.rights import Officer, Right
from desktop.store.actor import Actor
from desktop.store.unit import Store, Unit

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Standard:
    """One edition of a rule set as rules receive it."""

    standard: str
    edition: str
    title: str
    effective_from: date
    source: str
    content: Mapping[str, Any]

    @property
    def names(self) -> frozenset[str]:
        """Return the names of the values the edition gives; empty for standards that are lists."""
        values = self.content.get("values")
        return frozenset(values) if isinstance(values, Mapping) and self.standard != "tags" else frozenset()

    def value(self, name: str) -> Any:
        """Return the value called *name*; KeyError means the edition lacks it."""
        return self.content["values"][name]["value"]

    def number(self, name: str) -> int:
        """Return the whole number called *name*."""
        return int(self.value(name))

    def decimal(self, name: str) -> Decimal:
        """Return the decimal called *name*."""
        return Decimal(str(self.value(name)))

    def is_unverified(self, name: str) -> bool:
        """Return whether the value called *name* is marked 待核."""
        return bool(self.content["values"][name].get("unverified", False))


class StandardService:
    """Reads and adds editions."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def editions(self, standard: str) -> list[Standard]:
        """Return every edition of *standard*, newest first."""
        with self._store.reading() as session:
            return editions_in(session, standard)

    def in_force(self, standard: str, day: date) -> Standard | None:
        """Return the edition in force on *day*, or None if there was none yet."""
        return next((found for found in self.editions(standard) if found.effective_from <= day), None)

    def free_edition(self, standard: str, day: date) -> str:
        """Return a name for an edition of *day* that no other has: 2026-06-17, 2026-06-17(2); it may stand on paper."""
        taken = {edition.edition for edition in self.editions(standard)}
        names = (f"{day.isoformat()}{f'({number})' if number > 1 else ''}" for number in range(1, len(taken) + 2))
        return next(name for name in names if name not in taken)

    def add_edition(self, content: Mapping[str, Any], officer: Officer, *, label: str = "") -> Standard:
        """Store a new edition as the step *label*.

        Raises InputError if it exists already or lacks a value that an older edition gives.
        """
        officer.require(Right.MANAGE)
        edition = _standard_from(content)
        with self._store.writing(label or f"新增标准：{edition.title}", officer) as unit:
            older = editions_in(unit.session, edition.standard)
            if any(old.edition == edition.edition for old in older):
                raise InputError(f"“{edition.title}”的{edition.edition}版已经有了，请换一个版本名。")
            if older and not older[0].names <= edition.names:
                raise InputError(f"“{edition.title}”缺少{len(older[0].names - edition.names)}个数值，没有存。")
            unit.add(_record_of(edition))
        return edition


def editions_in(session: Session, standard: str) -> list[Standard]:
    """Return the editions of *standard* seen by *session*, newest first."""
    query = (
        select(StandardSet)
        .where(StandardSet.standard == standard, col(StandardSet.deleted_at).is_(None))
        .order_by(col(StandardSet.effective_from).desc(), col(StandardSet.id).desc())
    )
    return [
        Standard(row.standard, row.edition, row.title, row.effective_from, row.source, row.content)
        for row in session.exec(query)
    ]


def seed_standards(unit: Unit) -> None:
    """Store every edition shipped with the program that the file does not hold yet."""
    known = {(row.standard, row.edition) for row in unit.session.exec(select(StandardSet))}
    for edition in shipped_standards():
        if (edition.standard, edition.edition) not in known:
            unit.add(_record_of(edition))


def add_newly_shipped(store: Store, actor: Actor) -> None:
    """Store what a newer program ships in a file that an older one made; write nothing where nothing is lacking.

    Where nothing can be written (lent out, disk full) the file opens all the same, and the next opening tries again.
    """
    with store.reading() as session:
        known = {(row.standard, row.edition) for row in session.exec(select(StandardSet))}
    if all((edition.standard, edition.edition) in known for edition in shipped_standards()):
        return
    try:
        with store.writing("加入新版程序带来的标准", actor, undoable=False) as unit:
            seed_standards(unit)
    except EnvironmentFailure as error:
        log.warning("newly shipped standards were not stored: %s", type(error).__name__)


def shipped_standards() -> list[Standard]:
    """Return the editions in resources/standards."""
    folder = resource("standards")
    return [_standard_from(_read(path)) for path in sorted(folder.glob("*.json"))]


def _read(path: Path) -> Mapping[str, Any]:
    content: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content


def _standard_from(content: Mapping[str, Any]) -> Standard:
    missing = [name for name in ("standard", "edition", "title", "effective_from") if name not in content]
    day = parse_day(str(content.get("effective_from", "")))
    if missing or day is None:
        raise InputError("这份标准缺少名称、版本或生效日期，没有存。")
    rest = {key: value for key, value in content.items() if key not in _HEAD}
    return Standard(
        content["standard"], content["edition"], content["title"], day, str(content.get("source", "")), rest
    )


_HEAD = frozenset({"standard", "edition", "title", "effective_from", "source"})


def _record_of(edition: Standard) -> StandardSet:
    return StandardSet(
        standard=edition.standard,
        edition=edition.edition,
        title=edition.title,
        effective_from=edition.effective_from,
        source=edition.source,
        content=dict(edition.content),
    )
