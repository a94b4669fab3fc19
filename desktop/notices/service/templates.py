"""Templates as the committee uses them: the standard wording, or its own copy of it, which can be given up again."""

from __future__ import annotations

from dataclasses import replace

from sqlmodel import Session, col, select

from desktop.foundation.errors import ChangedMeanwhile, InputError
from desktop.foundation.text import squeeze, tidy
from desktop.notices.records import OwnTemplate
from desktop.notices.rules import NoticeText, Template, check_text
from desktop.notices.shipped import shipped_templates
from desktop.register.rights import Officer, Right
from desktop.store.unit import Store


class TemplateService:
    """Use cases around templates."""

    def __init__(self, store: Store, officer: Officer) -> None:
        self._store = store
        self._officer = officer

    def all(self) -> list[Template]:
        """Return every template in the order of the gallery, with the committee's own wording where it has one."""
        self._officer.require(Right.SEE_NOTICES)
        with self._store.reading() as session:
            own = _own_texts(session)
        return [_with_own(template, own.get(template.key)) for template in shipped_templates()]

    def get(self, key: str) -> Template:
        """Return the template called *key*; raise InputError if there is none."""
        found = next((template for template in self.all() if template.key == key), None)
        if found is None:
            raise InputError("没有这种模板。")
        return found

    def named(self, name: str) -> Template:
        """Return the template whose name is *name*, or begins or ends so if only one does; raise InputError."""
        plain = squeeze(name)
        templates = self.all()
        exact = [one for one in templates if plain in (squeeze(one.name), one.key)]
        near = exact or [one for one in templates if plain and plain in squeeze(one.name)]
        if len(near) == 1:
            return near[0]
        offered = "、".join(one.name for one in near or templates)
        if near:
            raise InputError(f"有几种模板都叫“{name}”，请从这些里写一个：{offered}。")
        raise InputError(f"没有模板叫“{name}”。有的是：{offered}。")

    def standard(self, key: str) -> Template:
        """Return the template as it was shipped."""
        self._officer.require(Right.SEE_NOTICES)
        return next(template for template in shipped_templates() if template.key == key)

    def keep(self, key: str, text: NoticeText, *, version: int) -> Template:
        """Store *text* as the committee's own wording; *version* is 0 for the first one.

        Raises InputError with every problem, ChangedMeanwhile if a colleague changed it meanwhile.
        """
        self._officer.require(Right.EDIT_NOTICES)
        template = self.standard(key)
        text = _tidied(text)
        if problems := check_text(text, template.fields):
            raise InputError(problems=problems)
        with self._store.writing(f"改写模板：{template.name}", self._officer) as unit:
            own = _find(unit.session, key)
            if (own.version if own else 0) != version:
                raise ChangedMeanwhile("别人刚改过这个模板，请看看再存。您写的还在。")
            if own is None:
                own = unit.add(OwnTemplate(template=key, title="", body=""))
            own.title, own.addressee, own.body = text.title, text.addressee, "\n".join(text.body)
        return self.get(key)

    def restore(self, key: str) -> str:
        """Give up the committee's own wording and return the step's label; it lies in the bin and can be put back."""
        self._officer.require(Right.EDIT_NOTICES)
        template = self.standard(key)
        with self._store.writing(f"恢复标准文本：{template.name}", self._officer) as unit:
            own = _find(unit.session, key)
            if own is None:
                raise InputError("现在用的就是标准文本。")
            unit.move_to_bin(own)
            return unit.label


def _find(session: Session, key: str) -> OwnTemplate | None:
    query = select(OwnTemplate).where(OwnTemplate.template == key, col(OwnTemplate.deleted_at).is_(None))
    return session.exec(query).first()


def _own_texts(session: Session) -> dict[str, OwnTemplate]:
    return {own.template: own for own in session.exec(select(OwnTemplate).where(col(OwnTemplate.deleted_at).is_(None)))}


def _with_own(template: Template, own: OwnTemplate | None) -> Template:
    if own is None:
        return template
    text = NoticeText(own.title, own.addressee, tuple(own.body.split("\n")))
    return replace(template, text=text, own=True, version=own.version)


def _tidied(text: NoticeText) -> NoticeText:
    lines = tuple(tidy(line) for line in text.body)
    while lines and not lines[-1]:
        lines = lines[:-1]
    return NoticeText(" ".join(tidy(text.title).split("\n")), " ".join(tidy(text.addressee).split("\n")), lines)
