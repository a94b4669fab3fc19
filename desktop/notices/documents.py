"""A filled notice as one of the kinds of page printing knows. Declared only."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from desktop.foundation.days import parse_day
from desktop.notices.rules import Filled, Layout, Template
from desktop.notices.shipped import ATTACHMENTS, CONTACT, COPIES_TO, ISSUED_ON, ISSUER, NIGHT_PHONE, PHONE
from desktop.printing.document import Leaflet, Notice, OfficialDocument, Poster, PosterPoint, Sign

_POINT = re.compile(r"(！?)[一二三四五六七八九十]{1,3}、(.*)", re.DOTALL)
_HEAD = re.compile(r"([^。；，：]{1,12})：(.+)", re.DOTALL)
_SIGNS: Mapping[str, Sign] = {"poison": "poison", "caution": "caution"}


def composed(
    template: Template, filled: Filled, values: Mapping[str, str], *, layout: Layout, number: str, draft: bool,
    today: date,
) -> Notice:  # fmt: skip
    """Return *filled* in *layout*; *number* may be the empty form of one while it is a draft."""
    issued_on = parse_day(values.get(ISSUED_ON, "")) or today
    issuer = values.get(ISSUER, "")
    body = tuple(line.removeprefix("！") for line in filled.body)
    if layout in {Layout.POSTER, Layout.POSTER_A3}:
        lead, points = _points(filled.body)
        return Poster(
            title=filled.title, addressee=filled.addressee, lead=lead, points=points, issuer=issuer,
            issued_on=issued_on, slogans=filled.slogans, sign=_SIGNS.get(template.sign, ""),
            contact=f"联系人　{values.get(CONTACT, '')}" if values.get(CONTACT) else "",
            phone=values.get(PHONE, ""), night_phone=values.get(NIGHT_PHONE, ""), emergency="急救　120",
            number=number, size="A3" if layout is Layout.POSTER_A3 else "A4", draft=draft,
        )  # fmt: skip
    if layout is Layout.LEAFLET:
        return Leaflet(
            title=filled.title, addressee=filled.addressee, body=body, issuer=issuer, issued_on=issued_on,
            contact=contact_line(values, "　"), number=number, draft=draft,
        )  # fmt: skip
    return OfficialDocument(
        title=filled.title, addressee=filled.addressee, body=body, issuer=issuer, issued_on=issued_on, number=number,
        head=f"{issuer}文件" if layout is Layout.RED_HEAD else "",
        attachments=tuple(name.strip() for name in values.get(ATTACHMENTS, "").split("\n") if name.strip()),
        contact=contact_line(values, "，"), copies_to=values.get(COPIES_TO, ""), draft=draft,
    )  # fmt: skip


def contact_line(values: Mapping[str, str], between: str) -> str:
    """Return 联系人：邓文斌，电话：0000-5550126 with what there is of it."""
    pairs = ((CONTACT, "联系人"), (PHONE, "电话"), (NIGHT_PHONE, "值班电话"))
    return between.join(f"{word}：{values[name]}" for name, word in pairs if values.get(name))


def _points(body: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[PosterPoint, ...]]:
    """Return the paragraphs before the first 一、, and the numbered points with what follows each."""
    lead: list[str] = []
    points: list[PosterPoint] = []
    for line in body:
        found = _POINT.fullmatch(line)
        if found is None:
            if points:
                last = points[-1]
                joined = f"{last.text}\n{line}" if last.text else line
                points[-1] = PosterPoint(last.head, joined, last.urgent)
            else:
                lead.append(line.removeprefix("！"))
            continue
        points.append(_point(found.group(2), urgent=bool(found.group(1))))
    return tuple(lead), tuple(points)


def _point(text: str, *, urgent: bool) -> PosterPoint:
    if (found := _HEAD.fullmatch(text)) is not None:
        return PosterPoint(found.group(1), found.group(2), urgent)
    is_head = len(text) <= 12 and not text.endswith("。")
    return PosterPoint(text, "", urgent) if is_head else PosterPoint("", text, urgent)
