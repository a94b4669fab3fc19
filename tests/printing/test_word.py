"""The Word copy: the same words, the levels' fonts by the names an office has, equal notices equal files."""

from __future__ import annotations

import io
from dataclasses import replace

import docx
import pytest
from docx.oxml.ns import qn

from desktop.printing.word import notice_docx
from tests.printing.test_official import NOTICE
from tests.printing.test_poster import LEAFLET, POSTER


def opened(notice):
    return docx.Document(io.BytesIO(notice_docx(notice)))


def font_of(run):
    return run._element.rPr.rFonts.get(qn("w:eastAsia"))


def test_an_official_document_keeps_its_words_margins_and_fonts():
    word = opened(NOTICE)
    texts = [paragraph.text for paragraph in word.paragraphs if paragraph.text]
    assert texts[:4] == [NOTICE.head, NOTICE.number, NOTICE.title, NOTICE.addressee]
    assert [text for text in texts if text in NOTICE.body] == list(NOTICE.body)
    assert texts[-5:] == [
        "2. 灭鼠投药告知书",
        NOTICE.issuer,
        "2026年6月8日",
        "（联系人：刘桂芳）",
        "抄送：幸福里街道办事处",
    ]
    section = word.sections[0]
    assert [round(side.mm) for side in (section.top_margin, section.left_margin)] == [37, 28]
    assert round(section.page_width.mm) == 210
    fonts = {run.text: font_of(run) for paragraph in word.paragraphs for run in paragraph.runs}
    assert fonts[NOTICE.title] == "方正小标宋简体"
    assert fonts["一、投药范围"] == "黑体"
    assert fonts["（一）准备阶段。"] == "楷体_GB2312"
    assert fonts[NOTICE.body[0]] == "仿宋_GB2312"


@pytest.mark.parametrize("notice", [POSTER, LEAFLET])
def test_posters_and_leaflets_come_as_text_to_edit(notice):
    text = "\n".join(paragraph.text for paragraph in opened(notice).paragraphs)
    assert notice.title in text
    assert "8555 0126" in text
    words = [point.text for point in notice.points] if notice is POSTER else list(notice.body)
    assert all(word in text for word in words)


def test_equal_notices_are_equal_files_and_a_draft_says_so():
    assert notice_docx(NOTICE) == notice_docx(NOTICE)
    texts = [paragraph.text for paragraph in opened(replace(NOTICE, draft=True)).paragraphs]
    assert texts[-1] == "（草稿，尚未编号）"


def test_what_a_word_file_cannot_hold_is_named():
    text = "\n".join(one.text for one in opened(replace(NOTICE, title="坏\x07题", body=("𬸚\x00<b>",))).paragraphs)
    assert "坏〔U+0007〕题" in text
    assert "𬸚〔U+0000〕<b>" in text


def test_no_coloured_line_of_a_template_stands_below_the_title():
    styles = opened(NOTICE).styles.element
    title = next(one for one in styles.findall(qn("w:style")) if one.get(qn("w:styleId")) == "Title")
    assert title.findall(f".//{qn('w:pBdr')}") == []
