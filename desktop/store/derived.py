"""Derived rows (search keys, order, dues): made again from the records at any time, and checked against them."""

from __future__ import annotations

from sqlalchemy import delete, text
from sqlmodel import Session, SQLModel, col, func, select

from desktop.store.actor import Actor
from desktop.store.check import Check, CheckLine
from desktop.store.models import table_of
from desktop.store.query import pick
from desktop.store.records import Record
from desktop.store.unit import Store

_TEXTS = "search_text"


def rebuild_derived(store: Store, actor: Actor) -> int:
    """Throw every derived row away and make them all again in one unit; return how many records were gone through."""
    with store.writing("重建检索和待办", actor, undoable=False, even_lent=True) as unit:
        connection = unit.session.connection()
        connection.execute(text(f"DELETE FROM {_TEXTS}"))  # noqa: S608  a name of ours
        for table in SQLModel.metadata.tables.values():
            if table.info.get("derived"):
                connection.execute(delete(table))
        count = 0
        # Registered from the records at the top of the screen down to what they rest on; made the other way round, so
        # that nothing is made twice on the way.
        for model, derivers in reversed(list(store.derivers.items())):
            ids = list(unit.session.exec(select(model.id)))
            count += len(ids)
            for derive in derivers:
                derive(unit.session, ids)
        unit.note("derived", None, "rebuild", {"records": count})
    return count


def derived_check(
    code: str, what: str, model: type[Record], derived: type[SQLModel], owner: str, *, every: bool = True
) -> Check:
    """Return a check that the rows of *derived* belong to living records of *model*, named by its column *owner*.

    With *every* each living record must have its row, too.
    """

    def look(session: Session) -> CheckLine:
        table, source = table_of(derived), table_of(model)
        living = pick(source.c.id).where(source.c.deleted_at.is_(None))
        owners = pick(table.c[owner])
        bad = _count(session, pick(func.count()).select_from(table).where(table.c[owner].not_in(living)))
        if every:
            missing = pick(func.count()).select_from(source).where(col(model.deleted_at).is_(None))
            bad += _count(session, missing.where(source.c.id.not_in(owners)))
        told = "与记录一致" if not bad else f"有{bad}处与记录不一致，请重建"
        return CheckLine(code, f"{what}：{told}", not bad, bad)

    return look


def _count(session: Session, query: object) -> int:
    return int(session.connection().execute(query).scalar_one())  # type: ignore[call-overload]
