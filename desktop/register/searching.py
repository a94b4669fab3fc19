"""What the search across the program finds in the register itself: places, what superiors want, what was issued."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session, col

from desktop.foundation.text import tidy
from desktop.register.issued_records import IssuedDocument
from desktop.register.ports import Found
from desktop.register.records import Place, SuperiorTask
from desktop.register.rights import Right
from desktop.store.query import holding, pick


class PlaceSearch:
    """辖区底册, by name, address and who is in charge."""

    kind = "辖区底册"
    right = Right.SEE_REGISTER

    def find(self, session: Session, text: str, limit: int) -> Sequence[Found]:
        """Return places, by name."""
        told = (Place.name, Place.address, Place.manager)
        query = (
            pick(Place.id, Place.name, Place.category)
            .where(holding(text, list(map(col, told))), col(Place.deleted_at).is_(None))
            .order_by(col(Place.name), col(Place.id))
            .limit(limit)
        )
        return [Found(self.kind, *row) for row in session.connection().execute(query)]


class TaskSearch:
    """来文任务, by title and sender."""

    kind = "来文任务"
    right = Right.SEE_REGISTER

    def find(self, session: Session, text: str, limit: int) -> Sequence[Found]:
        """Return tasks, the latest day first."""
        told = (SuperiorTask.title, SuperiorTask.sender)
        query = (
            pick(SuperiorTask.id, SuperiorTask.title, SuperiorTask.sender, SuperiorTask.due_on)
            .where(holding(text, list(map(col, told))), col(SuperiorTask.deleted_at).is_(None))
            .order_by(col(SuperiorTask.due_on).desc(), col(SuperiorTask.id).desc())
            .limit(limit)
        )
        return [Found(self.kind, *row) for row in session.connection().execute(query)]


class IssuedSearch:
    """Documents that went out, by number, title and the text on their pages."""

    kind = "已发文件"
    right = Right.SEE_NOTICES

    def find(self, session: Session, text: str, limit: int) -> Sequence[Found]:
        """Return documents, newest first."""
        told = (IssuedDocument.number, IssuedDocument.title, IssuedDocument.content)
        query = (
            pick(IssuedDocument.id, IssuedDocument.title, IssuedDocument.number, IssuedDocument.issued_on)
            .where(holding(tidy(text), list(map(col, told))), col(IssuedDocument.deleted_at).is_(None))
            .order_by(col(IssuedDocument.issued_on).desc(), col(IssuedDocument.id).desc())
            .limit(limit)
        )
        return [Found(self.kind, *row) for row in session.connection().execute(query)]
