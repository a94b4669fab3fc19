"""A notice as a Word file to be edited elsewhere: the same words and levels, with the fonts an office has.

The only module that knows python-docx; it is imported when somebody wants such a file.
"""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from desktop.foundation.days import plain_day
from desktop.printing.document import Leaflet, Notice, OfficialDocument, Poster
from desktop.printing.fonts import Role
from desktop.printing.official import SIZE, TITLE_SIZE, levelled
from desktop.printing.text import typeface

# Every office PC has these or puts its own in their place; 小标宋 falls back to 宋体 where it was never installed.
_FONTS = {
    Role.FANG: "仿宋_GB2312", Role.KAI: "楷体_GB2312", Role.HEI: "黑体", Role.TITLE: "方正小标宋简体",
    Role.SONG: "宋体",
}  # fmt: skip
_LATIN = "Times New Roman"
_LINE = 28.95  # points; 22 lines fill the page in Word as well
_RED = RGBColor(0xCC, 0x0F, 0x14)


def notice_docx(notice: Notice) -> bytes:
    """Return *notice* as .docx on A4 with the margins of GB/T 9704; posters come as plain text to be edited."""
    document = Document()
    _set_page(document)
    _set_properties(document, notice)
    if isinstance(notice, OfficialDocument) and notice.head:
        _line(document, notice.head, Role.TITLE, 34.0, align=WD_ALIGN_PARAGRAPH.CENTER, colour=_RED, exact=False)
    if notice.number:
        centred = isinstance(notice, OfficialDocument) and bool(notice.head)
        align = WD_ALIGN_PARAGRAPH.CENTER if centred else WD_ALIGN_PARAGRAPH.RIGHT
        _line(document, notice.number, Role.FANG, SIZE, align=align)
        _line(document, "", Role.FANG, SIZE)
    _line(document, notice.title, Role.TITLE, TITLE_SIZE, align=WD_ALIGN_PARAGRAPH.CENTER, style="Title")
    _line(document, "", Role.FANG, SIZE)
    if notice.addressee:
        _line(document, notice.addressee, Role.FANG, SIZE)
    for paragraph in _paragraphs(notice):
        _body(document, paragraph)
    _ending(document, notice)
    _number_pages(document)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _paragraphs(notice: Notice) -> tuple[str, ...]:
    """Return the body of any kind of notice, one paragraph each."""
    if not isinstance(notice, Poster):
        return notice.body
    points = [
        f"{number}. {point.head}{'：' if point.head else ''}{part}" if place == 0 else part
        for number, point in enumerate(notice.points, start=1)
        for place, part in enumerate(point.text.split("\n"))
    ]
    return (*notice.lead, *points)


def _set_page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(25)
    normal = document.styles["Normal"]
    normal.font.size = Pt(SIZE)
    _set_fonts(normal.element.get_or_add_rPr(), _FONTS[Role.FANG])
    # The template's own title style draws a blue line below.
    layout = document.styles["Title"].element.get_or_add_pPr()
    for border in layout.findall(qn("w:pBdr")):
        layout.remove(border)


def _set_properties(document: Any, notice: Notice) -> None:
    properties = document.core_properties
    properties.title, properties.author = _safe(notice.title), _safe(notice.issuer)
    properties.comments = ""
    day = notice.issued_on
    # Nothing of the moment it was made: equal notices are equal files.
    properties.created = properties.modified = datetime(day.year, day.month, day.day, tzinfo=UTC)


def _body(document: Any, text: str) -> None:
    """Add one paragraph with its first line indented and the fonts of its level."""
    parts, heading = levelled(_safe(text))
    paragraph = _line(document, "", Role.FANG, SIZE)
    paragraph.paragraph_format.first_line_indent = Pt(2 * SIZE)
    paragraph.paragraph_format.keep_with_next = heading
    for part in parts:
        _add(paragraph, part.text, part.role, SIZE)


def _ending(document: Any, notice: Notice) -> None:
    """Add attachments, signature, date and contact."""
    if isinstance(notice, OfficialDocument) and notice.attachments:
        _line(document, "", Role.FANG, SIZE)
        for number, name in enumerate(notice.attachments, start=1):
            mark = f"{number}. " if len(notice.attachments) > 1 else ""
            added = _line(document, f"{'附件：' if number == 1 else ''}{mark}{name}", Role.FANG, SIZE)
            added.paragraph_format.left_indent = Pt((2 if number == 1 else 5) * SIZE)
    for _ in range(2):
        _line(document, "", Role.FANG, SIZE)
    for text, indent in ((notice.issuer, 2), (plain_day(notice.issued_on), 4)):
        signed = _line(document, text, Role.FANG, SIZE, align=WD_ALIGN_PARAGRAPH.RIGHT)
        signed.paragraph_format.right_indent = Pt(indent * SIZE)
    contact = notice.contact
    if isinstance(notice, Poster) and notice.phone:
        contact = "，".join(part for part in (contact.replace("　", "："), f"电话：{notice.phone}") if part)
    if contact:
        _line(document, f"（{contact}）", Role.FANG, SIZE).paragraph_format.first_line_indent = Pt(2 * SIZE)
    if isinstance(notice, OfficialDocument) and notice.copies_to:
        _line(document, f"抄送：{notice.copies_to}", Role.FANG, 14.0)
    if isinstance(notice, Leaflet | Poster | OfficialDocument) and notice.draft:
        _line(document, "（草稿，尚未编号）", Role.FANG, SIZE)


def _line(
    document: Any,
    text: str,
    role: Role,
    size: float,
    *,
    align: WD_ALIGN_PARAGRAPH | None = None,
    colour: RGBColor | None = None,
    exact: bool = True,
    style: str | None = None,
) -> Any:
    """Add a paragraph of one font and return it."""
    paragraph = document.add_paragraph(style=style)
    layout = paragraph.paragraph_format
    layout.space_before = layout.space_after = Pt(0)
    if exact:
        layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(max(_LINE, size * 1.45))
    paragraph.alignment = align
    if text:
        _add(paragraph, _safe(text), role, size, colour)
    return paragraph


def _add(paragraph: Any, text: str, role: Role, size: float, colour: RGBColor | None = None) -> None:
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    run.font.bold = False
    run.font.color.rgb = colour or RGBColor(0, 0, 0)
    _set_fonts(run._element.get_or_add_rPr(), _FONTS[role])


def _set_fonts(properties: Any, name: str) -> None:
    """Name the font for Chinese and for Latin text: Word keeps them apart."""
    fonts = properties.get_or_add_rFonts()
    for attribute, value in (("w:eastAsia", name), ("w:ascii", _LATIN), ("w:hAnsi", _LATIN), ("w:hint", "eastAsia")):
        fonts.set(qn(attribute), value)


def _number_pages(document: Any) -> None:
    """Put — 1 — into the footer as a field that Word counts."""
    footer = document.sections[0].footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    footer.paragraph_format.right_indent = Pt(14)
    _add(footer, "— ", Role.SONG, 14.0)
    run = footer.add_run()
    run.font.size = Pt(14)
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run._element.append(element)
    _add(footer, " —", Role.SONG, 14.0)


def _safe(text: str) -> str:
    """Return *text* without what a Word file cannot hold, such as control characters; those are shown as 〔U+…〕."""
    kept = typeface(Role.SONG)
    return "".join(
        part if part == "\t" or part.isprintable() or part == "　" else kept.printable(part) for part in text
    )
