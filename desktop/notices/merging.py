"""One notice for many: what each copy says of whom it is for, and the marks that stand for it in a general text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from desktop.notices.documents import composed
from desktop.notices.rules import MERGE_FIELDS, Template, fill, filled_in
from desktop.notices.views import NoticeDraft
from desktop.printing.document import Notice
from desktop.register.audience import Audience, Recipient

MARKS: Mapping[str, str] = {name: f"〔{name}〕" for name in MERGE_FIELDS}


def fields_of(recipient: Recipient) -> dict[str, str]:
    """Return what the merge fields say of *recipient*."""
    return dict(zip(MERGE_FIELDS, (recipient.name, recipient.salutation, recipient.address), strict=True))


def gaps_of_each(template: Template, audience: Audience | None) -> Mapping[str, str]:
    """Return the gaps of *template* that a copy fills by itself, with the merge fields they are made of."""
    if audience is None:
        return {}
    return template.each_home if audience.homes else template.each


def typed_values(template: Template, draft: NoticeDraft) -> dict[str, str]:
    """Return what was typed, with marks in the gaps that every copy fills by itself."""
    each = gaps_of_each(template, draft.audience)
    return {**draft.values, **{gap: filled_in(text, MARKS) for gap, text in each.items()}}


def copies_of(
    template: Template, draft: NoticeDraft, values: Mapping[str, str], recipients: Sequence[Recipient],
    *, number: str, is_draft: bool, seal_guide: bool = False, today: date,
) -> Iterator[Notice]:  # fmt: skip
    """Yield a copy for each of *recipients*; *values* fill what is the same in all of them."""
    each = gaps_of_each(template, draft.audience)
    for recipient in recipients:
        own = fields_of(recipient)
        merged = {**values, **own, **{gap: filled_in(text, own) for gap, text in each.items()}}
        yield composed(
            template, fill(template.text, merged, template.slogans), merged, layout=draft.layout, number=number,
            draft=is_draft, today=today, sealed=draft.sealed, seal_guide=seal_guide,
            deliver_to=f"{recipient.address}　{recipient.name}".strip(),
        )  # fmt: skip
