"""The draft of a notice as it is kept: one for each template, found again when the template is opened."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any
from uuid import UUID

from desktop.foundation.jobs import JobContext
from desktop.notices.rules import Layout
from desktop.notices.views import NoticeDraft
from desktop.register.audience import Audience
from desktop.register.ui.draft_keeper import clock_time
from desktop.store.drafts import Drafts


def form_key(template: str) -> str:
    """Return the name the draft of *template* is kept under."""
    return f"notice:{template}"


def with_kept(draft: NoticeDraft, content: dict[str, Any]) -> NoticeDraft:
    """Return *draft* with what was typed before; gaps that came later keep what they begin with."""
    values = {name: str(value) for name, value in dict(content.get("values", {})).items() if name in draft.values}
    source, layout = str(content.get("source", "")), str(content.get("layout", ""))
    return replace(
        draft, values={**draft.values, **values}, source_id=UUID(hex=source) if source else None,
        layout=Layout(layout) if layout in set(Layout) else draft.layout, sealed=bool(content.get("sealed", True)),
        audience=_audience(content.get("audience")),
    )  # fmt: skip


def content_of(draft: NoticeDraft) -> dict[str, Any]:
    """Return *draft* as plain JSON values."""
    return {
        "values": dict(draft.values), "layout": draft.layout.value,
        "source": draft.source_id.hex if draft.source_id else "", "sealed": draft.sealed,
        "audience": asdict(draft.audience) if draft.audience else None,
    }  # fmt: skip


def keep(drafts: Drafts, key: str, content: dict[str, Any], _context: JobContext) -> tuple[str, str]:
    """Keep *content* and return its name and the time; a job."""
    return key, clock_time(drafts.keep(key, content))


def _audience(kept: Any) -> Audience | None:
    """Return whom the copies were for, None where the draft was one notice for all or was kept before they were."""
    if not isinstance(kept, dict):
        return None
    ages = [kept.get(name) for name in ("age_from", "age_to")]
    low, high = (age if isinstance(age, int) else None for age in ages)
    return Audience(bool(kept.get("homes")), str(kept.get("place") or ""), str(kept.get("tag") or ""), low, high)
