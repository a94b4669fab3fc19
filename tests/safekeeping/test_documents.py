"""The page beside the stick: one page, every step, room to write where things are kept."""

from __future__ import annotations

import re
from datetime import date

import pytest
from pypdfium2 import PdfDocument

from desktop.printing.document import Heading
from desktop.printing.render import render_sheet
from desktop.safekeeping.documents import broken_computer_sheet
from desktop.safekeeping.installers import KINDS
from desktop.safekeeping.kit import Kit
from tests.conftest import COMMITTEE, NOW


@pytest.mark.parametrize("kind", [*KINDS, None])
def test_with_the_longest_names_it_is_still_one_page_and_tells_what_to_do(kind):
    today, long = date(2026, 6, 17), "后环" * 15
    name = kind.name.format(version="10.11.12") if kind else ""
    folder, backup = (f"居委工作台{what}_{long}_20260617-104200" for what in ("应急", "备份"))
    kit = Kit(
        made_at=NOW, program="10.11.12", stick="金士顿" * 8, folder=folder, backup=backup, backed_up_at=NOW,
        holds="居民12,840人", installer=name, systems=kind.systems if kind else "",
        start=kind.start.format(name=name) if kind else "", deep="居委会/备份/2026年",
    )  # fmt: skip
    pdf = render_sheet(broken_computer_sheet(long, today, kit), heading=Heading(long, "", "沈玉琴", today))
    document = PdfDocument(pdf)
    assert len(document) == 1
    text = re.sub(r"\s", "", document[0].get_textpage().get_text_range())
    of_installer = [kit.folder, name, re.sub(r"\s", "", kit.systems)] if kind else ["没有安装包"]
    for word in (kit.backup, kit.deep, *of_installer):
        assert word in text, word


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
