"""A filled notice as one of the kinds of page printing knows. Declared only."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from desktop.foundation.days import parse_day, plain_day, short_day
from desktop.notices.rules import Filled, Layout, Template
from desktop.notices.shipped import ATTACHMENTS, CONTACT, COPIES_TO, ISSUED_ON, ISSUER, NIGHT_PHONE, PHONE
from desktop.notices.views import PostingRow
from desktop.printing.document import (
    Leaflet,
    Ledger,
    LedgerColumn,
    Notice,
    OfficialDocument,
    Poster,
    PosterPoint,
    Sign,
)
from desktop.register.service.issued import IssuedRow

_POINT = re.compile(r"(！?)[一二三四五六七八九十]{1,3}、(.*)", re.DOTALL)
_HEAD = re.compile(r"([^。；，：]{1,12})：(.+)", re.DOTALL)
_SIGNS: Mapping[str, Sign] = {"poison": "poison", "caution": "caution"}


def composed(
    template: Template, filled: Filled, values: Mapping[str, str], *, layout: Layout, number: str, draft: bool,
    today: date, sealed: bool = True, seal_guide: bool = False, deliver_to: str = "",
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
            contact=contact_line(values, "　"), number=number, draft=draft, deliver_to=deliver_to,
        )  # fmt: skip
    return OfficialDocument(
        title=filled.title, addressee=filled.addressee, body=body, issuer=issuer, issued_on=issued_on, number=number,
        head=f"{issuer}文件" if layout is Layout.RED_HEAD else "",
        attachments=tuple(name.strip() for name in values.get(ATTACHMENTS, "").split("\n") if name.strip()),
        contact=contact_line(values, "，"), copies_to=values.get(COPIES_TO, ""), draft=draft,
        sealed=sealed, seal_guide=seal_guide and sealed,
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


def issued_ledger(today: date) -> Ledger[IssuedRow]:
    """Return the register of what was issued under a number, void ones marked."""
    return Ledger(
        "发文登记台账",
        (
            LedgerColumn("编号", lambda row: row.number),
            LedgerColumn("标题", lambda row: row.title),
            LedgerColumn("发文日期", lambda row: short_day(row.issued_on, today)),
            LedgerColumn("发文人", lambda row: row.issued_by),
            LedgerColumn("版式", lambda row: row.layout),
            LedgerColumn("页数", lambda row: str(row.pages or ""), align="right", value=lambda row: row.pages or None),
            LedgerColumn("备注", _void_text, strong=lambda row: row.voided_on is not None),
        ),
    )


def posting_ledger(today: date) -> Ledger[PostingRow]:
    """Return what was posted where, from when to when, and who reviewed it before and checked it after."""
    return Ledger(
        "通知张贴台账",
        (
            LedgerColumn("张贴日期", lambda row: short_day(row.draft.posted_on, today)),
            LedgerColumn("内容", lambda row: row.draft.title),
            LedgerColumn("编号", lambda row: row.number),
            LedgerColumn("张贴地点", lambda row: row.draft.places),
            LedgerColumn(
                "份数", lambda row: str(row.draft.copies or ""), align="right", value=lambda row: row.draft.copies
            ),
            LedgerColumn("张贴人", lambda row: row.draft.posted_by),
            LedgerColumn("事前审核", lambda row: row.draft.reviewed_by),
            LedgerColumn("事后检查", _check_text),
            LedgerColumn("撤下日期", lambda row: _down_text(row, today)),
        ),
    )


def _void_text(row: IssuedRow) -> str:
    return f"{plain_day(row.voided_on)}作废：{row.void_reason}" if row.voided_on else ""


def _check_text(row: PostingRow) -> str:
    draft = row.draft
    return f"{draft.checked_by} {plain_day(draft.checked_on) if draft.checked_on else ''}".strip()


def _down_text(row: PostingRow, today: date) -> str:
    draft = row.draft
    if draft.taken_down_on is not None:
        return short_day(draft.taken_down_on, today)
    return f"应{short_day(draft.down_due_on, today)}" if draft.down_due_on else ""
