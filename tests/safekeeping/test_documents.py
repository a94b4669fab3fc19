"""The page beside the stick: one page, every step, room to write where things are kept."""

from __future__ import annotations

from datetime import date

from pypdfium2 import PdfDocument

from desktop.printing.document import Heading
from desktop.printing.render import render_sheet
from desktop.safekeeping.documents import broken_computer_sheet
from tests.conftest import COMMITTEE


def test_it_is_one_page_with_every_step_and_places_to_fill_in():
    today = date(2026, 6, 17)
    pdf = render_sheet(broken_computer_sheet(COMMITTEE, today), heading=Heading(COMMITTEE, "", "沈玉琴", today))
    document = PdfDocument(pdf)
    assert len(document) == 1
    text = document[0].get_textpage().get_text_range().replace("\r\n", "")
    for word in (
        "电脑坏了怎么办",
        COMMITTEE,
        "备份U盘放在",
        "恢复码信封放在",
        "1. 先别慌",
        "7. 补上后来的",
        "从备份恢复",
    ):
        assert word in text, word
