"""What the notices slice puts into the bin: postings, and the committee's own wording of templates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlmodel import Session, col

from desktop.foundation.days import plain_day
from desktop.notices.records import OwnTemplate, Posting
from desktop.notices.shipped import shipped_templates
from desktop.register.rights import Right
from desktop.register.service.bin import BinKind, living_twin
from desktop.store.query import pick


def _posting_titles(session: Session, ids: Sequence[UUID]) -> Mapping[UUID, str]:
    query = pick(Posting.id, Posting.title, Posting.posted_on).where(col(Posting.id).in_(ids))
    return {posting: f"{title}  {plain_day(day)}" for posting, title, day in session.connection().execute(query)}


def _template_titles(session: Session, ids: Sequence[UUID]) -> Mapping[UUID, str]:
    names = {template.key: template.name for template in shipped_templates()}
    query = pick(OwnTemplate.id, OwnTemplate.template).where(col(OwnTemplate.id).in_(ids))
    return {own: f"{names.get(key, key)}（本单位改写）" for own, key in session.connection().execute(query)}


def _template_refusal(session: Session, own: OwnTemplate) -> str:
    if living_twin(session, OwnTemplate, col(OwnTemplate.template) == own.template):
        return "这个模板现在又有了本单位的写法，不能再恢复旧的。请先恢复标准文本，再来恢复它。"
    return ""


POSTINGS_BIN = BinKind(
    model=Posting, word="张贴", see=Right.SEE_NOTICES, edit=Right.EDIT_NOTICES, titles=_posting_titles
)
TEMPLATES_BIN = BinKind(
    model=OwnTemplate,
    word="通知模板",
    see=Right.SEE_NOTICES,
    edit=Right.EDIT_NOTICES,
    titles=_template_titles,
    refuse=_template_refusal,
)
