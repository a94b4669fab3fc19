"""Tags of residents with from and to days, and which of them only officers with health rights may see."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select
from sqlmodel import Session, col, or_, select

from desktop.foundation.text import squeeze
from desktop.register.records import ResidentTag
from desktop.register.rights import Officer, Right
from desktop.register.service.standards import StandardService
from desktop.store.query import among, pick
from desktop.store.unit import Store, Unit

_IDS_AT_ONCE = 5_000


class TagCatalogue:
    """The known tags, and what of a resident's tags this officer may see."""

    def __init__(self, store: Store, officer: Officer) -> None:
        self._store = store
        self._sees_all = officer.may(Right.SEE_HEALTH)

    @functools.cached_property
    def _known(self) -> dict[str, dict[str, object]]:
        catalogue = StandardService(self._store).editions("tags")
        return dict(catalogue[0].content["values"]) if catalogue else {}

    def visible(self, tags: Iterable[str]) -> tuple[str, ...]:
        """Return the tags this officer may see; a tag nobody has classed counts as health."""
        if self._sees_all:
            return tuple(tags)
        return tuple(tag for tag in tags if self.is_public(tag))

    def is_public(self, tag: str) -> bool:
        """Return whether everybody who sees the register may see *tag*."""
        return self._known.get(tag, {}).get("health") is False

    def hidden(self, tags: Iterable[str]) -> tuple[str, ...]:
        """Return the tags this officer may not see, so that saving a form does not lose them."""
        shown = set(self.visible(tags))
        return tuple(tag for tag in tags if tag not in shown)

    def suggestions(self) -> list[str]:
        """Return the tags to offer in a form: the catalogue's and those in use, as far as this officer may see."""
        with self._store.reading() as session:
            used = session.exec(select(ResidentTag.tag).where(col(ResidentTag.deleted_at).is_(None)).distinct())
            return list(dict.fromkeys(self.visible([*self._known, *sorted(used)])))

    def tagged(self, tag: str, day: date) -> Select[Any]:
        """Return a query for the residents tagged so on *day*; nobody if this officer may not see the tag."""
        query = pick(ResidentTag.resident_id).where(col(ResidentTag.tag) == tag, *holding_on(day))
        return query if self.visible([tag]) else query.where(col(ResidentTag.tag).is_(None))


def holding_on(day: date) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions under which a tag row holds on *day*."""
    return (
        col(ResidentTag.deleted_at).is_(None),
        or_(col(ResidentTag.from_on).is_(None), col(ResidentTag.from_on) <= day),
        or_(col(ResidentTag.to_on).is_(None), col(ResidentTag.to_on) >= day),
    )


def tags_of(session: Session, resident_ids: Sequence[UUID], day: date) -> dict[UUID, tuple[str, ...]]:
    """Return the tags of each resident on *day*, in order of entry."""
    found: dict[UUID, list[str]] = defaultdict(list)
    for start in range(0, len(resident_ids), _IDS_AT_ONCE):
        part = list(resident_ids[start : start + _IDS_AT_ONCE])
        query = pick(ResidentTag.resident_id, ResidentTag.tag).where(
            among(ResidentTag.resident_id, part), *holding_on(day)
        )
        for resident_id, tag in session.connection().execute(query.order_by(col(ResidentTag.id))):
            found[resident_id].append(tag)
    return {resident_id: tuple(dict.fromkeys(tags)) for resident_id, tags in found.items()}


def set_tags(unit: Unit, resident_id: UUID, tags: Iterable[str], today: date) -> None:
    """Make *tags* the resident's tags from *today*: new ones begin today, missing ones end yesterday.

    A tag that began only today is taken away as if it had never been.
    """
    wanted = dict.fromkeys(squeeze(tag) for tag in tags if squeeze(tag))
    query = select(ResidentTag).where(ResidentTag.resident_id == resident_id).where(*holding_on(today))
    for row in unit.session.exec(query):
        if row.tag in wanted:
            del wanted[row.tag]
        elif row.from_on == today:
            unit.move_to_bin(row)
        else:
            row.to_on = today - timedelta(days=1)
    for tag in wanted:
        unit.add(ResidentTag(resident_id=resident_id, tag=tag, from_on=today))
