"""Pictures of pages."""

from datetime import date

import pytest

from desktop.printing.document import RecoverySheet
from desktop.printing.preview import PdfPages, page_count, page_image, page_text
from desktop.printing.render import render_recovery_sheet

PDF = render_recovery_sheet(RecoverySheet("幸福里社区居民委员会", ("12345",) * 8, date(2026, 6, 30), "R-1"))


def test_a_picture_has_the_papers_shape_and_is_neither_blank_nor_see_through():
    width, height, pixels = page_image(PDF, 0, 72)
    assert (width, height) == (596, 842)
    assert len(pixels) == width * height * 4
    assert set(pixels[3::4]) == {255}
    assert pixels[:3] == b"\xff\xff\xff"
    assert min(pixels[0::4]) < 40


def test_resolution_scales_the_picture():
    width, height, _ = page_image(PDF, 0, 144)
    assert (width, height) == (1191, 1684)
    assert page_count(PDF) == 1


def test_pages_for_a_view_have_their_size_in_inches_and_the_same_picture():
    pages = PdfPages(PDF)
    assert pages.count() == 1
    assert pages.size(0) == pytest.approx((210 / 25.4, 297 / 25.4), abs=0.001)
    assert pages.image(0, 72) == page_image(PDF, 0, 72)


def test_the_text_of_a_page_reads_back():
    assert "幸福里社区居民委员会" in page_text(PDF, 0)
