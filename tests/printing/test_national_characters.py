"""The 8,105 characters of the national table (通用规范汉字表) and rare names, printed and read back in every role."""

from __future__ import annotations

import pytest
from pypinyin_dict.pinyin_data import ktghz2013

from desktop.printing.fonts import Role
from desktop.printing.paper import Paper
from desktop.printing.text import missing_characters, typeface
from tests.printing.making import DOCUMENTS, RARE
from tests.printing.reading import text_of

TABLE = "".join(map(chr, ktghz2013.pinyin_dict))
PER_LINE, PER_PAGE = 40, 60


def test_the_table_is_the_whole_one():
    assert len(set(TABLE)) == 8_105


def test_no_character_of_the_table_is_missing():
    assert missing_characters([TABLE, RARE]) == []


@pytest.mark.parametrize("role", list(Role))
def test_every_role_prints_them_and_they_extract(role):
    paper = Paper(210, 297, title="字", author="字")
    shown = TABLE + RARE
    lines = [shown[start : start + PER_LINE] for start in range(0, len(shown), PER_LINE)]
    for start in range(0, len(lines), PER_PAGE):
        for number, line in enumerate(lines[start : start + PER_PAGE]):
            paper.text(15, 15 + number * 4.5, line, role, 10)
        paper.end_page()
    assert "〔U+" not in typeface(role).printable(shown)
    assert text_of(paper.pdf()) == shown


@pytest.mark.parametrize("kind", ["ledger", "sheet", "rectification"])
def test_documents_print_them_and_they_extract(kind):
    text = text_of(DOCUMENTS[kind](TABLE + RARE))
    assert set(TABLE + RARE) <= set(text)
