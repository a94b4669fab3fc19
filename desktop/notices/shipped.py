"""The standard templates, read from resources/templates; the last four gaps are the same in all of them."""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from desktop.foundation.paths import resource
from desktop.notices.rules import FieldKind, Layout, NoticeField, NoticeText, Template

ISSUER, ISSUED_ON, CONTACT, PHONE = "落款单位", "落款日期", "联系人", "联系电话"
NIGHT_PHONE, ATTACHMENTS, COPIES_TO = "值班电话", "附件", "抄送"
ENDING = (
    NoticeField(CONTACT, default="{登录人}"),
    NoticeField(PHONE, default="{电话}"),
    NoticeField(ISSUER, default="{单位}"),
    NoticeField(ISSUED_ON, FieldKind.DAY, default="{今天}"),
)
ON_THE_PAGE = frozenset({*(one.name for one in ENDING), ATTACHMENTS, COPIES_TO, NIGHT_PHONE})
"""Gaps that have a place of their own on the page, outside the wording."""


@functools.cache
def shipped_templates() -> tuple[Template, ...]:
    """Return every standard template in the order of the gallery."""
    found = [_read(path) for path in resource("templates").glob("*.json")]
    return tuple(template for _, template in sorted(found, key=lambda pair: pair[0]))


def _read(path: Path) -> tuple[int, Template]:
    content: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return int(content["order"]), template_of(content)


def template_of(content: Mapping[str, Any]) -> Template:
    """Return the template that the structured text of one file describes."""
    return Template(
        key=content["key"],
        name=content["name"],
        edition=content["edition"],
        use=content["use"],
        icon=content["icon"],
        layout=Layout(content["layout"]),
        text=NoticeText(content["title"], content["addressee"], tuple(content["body"])),
        fields=(*map(_field, content["fields"]), *ENDING),
        slogans=tuple(content.get("slogans", ())),
        sign=content.get("sign", ""),
        checks=content.get("checks", ""),
        each=content.get("each", {}),
        each_home=content.get("each_home", content.get("each", {})),
    )


def _field(content: Mapping[str, Any]) -> NoticeField:
    return NoticeField(
        name=content["name"],
        kind=FieldKind(content.get("kind", "text")),
        required=content.get("required", True),
        hint=content.get("hint", ""),
        default=content.get("default", ""),
        choices=tuple(content.get("choices", ())),
    )
