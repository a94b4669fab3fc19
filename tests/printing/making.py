"""One document of every kind, with the same text in every place where users write."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date

from PIL import Image

from desktop.printing.document import (
    Fields,
    Heading,
    Leaflet,
    Ledger,
    LedgerColumn,
    OfficialDocument,
    PaperSize,
    Paragraph,
    Photo,
    Photos,
    Poster,
    PosterPoint,
    Sheet,
    Signatures,
    Subheading,
    Table,
)
from desktop.printing.forms import (
    BoxPapers,
    BoxSpine,
    CalendarCell,
    CatalogueEntry,
    Choice,
    FileCatalogue,
    FindingSheet,
    Reading,
    Receipt,
    RectificationNotice,
    Shortcoming,
    Shot,
    SignInSheet,
    Slip,
    Slips,
    WallCalendar,
)
from desktop.printing.render import render_form, render_ledger, render_notice, render_sheet

DAY = date(2026, 6, 15)
RARE = "㛃㼆䶮𬀩𬸚𫖯𠅤𪚥"


def picture(width: int = 80, height: int = 60) -> bytes:
    """Return a small JPEG."""
    target = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(target, "JPEG")
    return target.getvalue()


def heading(text: str) -> Heading:
    return Heading(text, text, text, DAY)


def ledger(text: str, *, mono: bool = False) -> bytes:
    columns = tuple(LedgerColumn[str](text[:12] or "栏", lambda row: row, strong=lambda row: row == "x") for _ in "abc")
    return render_ledger(Ledger(text, columns, note=text), [text, "x", ""], heading=heading(text), mono=mono)


def sheet(text: str, *, mono: bool = False) -> bytes:
    blocks = (
        Subheading(text), Fields(((text, text), ("姓名", text)), 3), Table((text[:12], "值"), [(text, text)]),
        Paragraph(text), Photos([Photo(picture(), text, text), Photo(None, text)]), Signatures(("签字人", "日期")),
    )  # fmt: skip
    return render_sheet(Sheet(text, blocks, text), heading=heading(text), mono=mono)


def rectification(text: str, *, mono: bool = False) -> bytes:
    notice = RectificationNotice(
        committee=text, number=text[:40], addressee=text, before=(text,),
        shortcomings=(Shortcoming(text, text, text, text),), after=(text,), contact=text, issued_on=DAY,
        receipt=Receipt(text, text, text), title=text,
    )  # fmt: skip
    return render_form(notice, mono=mono)


def finding(text: str, *, mono: bool = False) -> bytes:
    made = FindingSheet(
        title=text, committee=text, number=text, facts=(
            (("检查日期", text), ("检查类型", text), ("检查人", text)), (("地点", text), ("责任单位", text)),
            (("问题", text),), (("程度", Choice(("一般隐患", "重大隐患"), "重大隐患")), ("处理方式", text)),
        ),
        before=(Shot(None, text, text), Shot(None, text, text)), after=(Shot(None, "", ""),),
        outcome=((("整改情况", text),), (("复查意见", ""),)), signatures=((("责任人", ""), ("销号日期", text)),),
        room="复查意见", printed=text,
    )  # fmt: skip
    return render_form(made, mono=mono)


def box(width: int) -> Callable[..., bytes]:
    def make(text: str, *, mono: bool = False) -> bytes:
        entries = (CatalogueEntry(text, text, text, DAY, 3, text), CatalogueEntry("月报", "居委会", "", DAY, 2))
        spine = BoxSpine(text, text, text, text, text, text, text, width)
        return render_form(BoxPapers(spine, FileCatalogue(text, text, text, entries, DAY, text, text)), mono=mono)

    return make


def slip(text: str) -> Slip:
    return Slip(
        title=text, name=text, beside=text, number=text,
        readings=(Reading(text[:60], "126/78", text[:60]), Reading("脉搏", "72", "次/分")),
        facts=((text, text), ("地点", text)), strong="地点", verdicts=((text, text),), text=text,
        warning=(text, text), foot=(text, text),
    )  # fmt: skip


def slips(per_page: int) -> Callable[..., bytes]:
    def make(text: str, *, mono: bool = False) -> bytes:
        return render_form(Slips(text, text, [slip(text)] * 2, per_page), mono=mono)  # type: ignore[arg-type]

    return make


def sign_in(text: str, *, mono: bool = False) -> bytes:
    return render_form(SignInSheet(text, text, text, text, text, text, [(text, text)], text), mono=mono)


def wall(size: str) -> Callable[..., bytes]:
    def make(text: str, *, mono: bool = False) -> bytes:
        cells = tuple(
            CalendarCell(day, text[:40], text[:40], day > 29, (text, "例会"), text[:40]) for day in range(1, 32)
        )
        calendar = WallCalendar(
            committee=text, year=2026, month=7, first_weekday=2, cells=cells, lunar=text, contact=text, points=(text,),
            phones=((text[:20], text[:20]),), note=text, printed=text, size=size,  # type: ignore[arg-type]
        )  # fmt: skip
        return render_form(calendar, mono=mono)

    return make


def official(head: str) -> Callable[..., bytes]:
    def make(text: str, *, mono: bool = False) -> bytes:
        notice = OfficialDocument(
            text, text, (text, f"一、{text}", f"（一）{text}。{text}"), text, DAY, number=text, contact=text,
            copies_to=text, head=f"{text}{head}" if head else "", attachments=(text, "名单"), sealed=not head,
        )  # fmt: skip
        return render_notice(notice, mono=mono)

    return make


def poster(size: PaperSize) -> Callable[..., bytes]:
    def make(text: str, *, mono: bool = False) -> bytes:
        points = (PosterPoint(text, text), PosterPoint(text, text, urgent=True), PosterPoint("", text))
        notice = Poster(
            text, text, (text,), points, text, DAY, slogans=(text, "不碰不吃", text, text, text), sign="poison",
            contact=text, phone=text, night_phone=text, emergency=text, number=text, size=size,
        )  # fmt: skip
        return render_notice(notice, mono=mono)

    return make


def leaflet(text: str, *, mono: bool = False) -> bytes:
    return render_notice(Leaflet(text, text, (text, f"一、{text}"), text, DAY, contact=text, number=text), mono=mono)


DOCUMENTS: dict[str, Callable[..., bytes]] = {
    "ledger": ledger,
    "sheet": sheet,
    "rectification": rectification,
    "finding": finding,
    "box 30": box(30),
    "box 80": box(80),
    "slips 2": slips(2),
    "slips 3": slips(3),
    "slips 4": slips(4),
    "sign-in": sign_in,
    "wall A3": wall("A3"),
    "wall A4": wall("A4"),
    "official": official(""),
    "official with a red head": official("文件"),
    "poster A4": poster("A4"),
    "poster A3": poster("A3"),
    "leaflet": leaflet,
}
