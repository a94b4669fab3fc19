"""The label and catalogue of a box: where things stand, what is long, and how pages are counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pypdfium2
import pytest

from desktop.printing.catalogue import page_numbers
from desktop.printing.fonts import Role
from desktop.printing.forms import BoxPapers, BoxSpine, CatalogueEntry, FileCatalogue
from desktop.printing.preview import page_count
from desktop.printing.render import render_form
from desktop.printing.upright import upright
from tests.printing.reading import text_of

MM = 72 / 25.4
ENTRY = CatalogueEntry("灭鼠投药告知书", "幸福里社区居民委员会", "幸社告〔2026〕9号", date(2026, 6, 8), 3)
PAPERS = BoxPapers(
    BoxSpine("幸福里社区居民委员会", "2026", "病媒生物防制", "文书", "10年", "2-3", "1—46", 30),
    FileCatalogue("幸福里社区居民委员会", "2026-2-3", "10年", [ENTRY]),
)


def spots(pdf, character):
    """Return where *character* stands on the first page, in millimetres from the top left."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[0]
        texts = page.get_textpage()
        search, found = texts.search(character), []
        while (hit := search.get_next()) is not None:
            left, bottom, right, top = texts.get_charbox(hit[0])
            found.append(((left + right) / 2 / MM, (page.get_height() - (top + bottom) / 2) / MM))
        return found
    finally:
        document.close()


def test_the_title_runs_down_the_label_and_lies_beside_it_again():
    pdf = render_form(PAPERS)
    first, last = spots(pdf, "媒"), spots(pdf, "制")
    assert len(first) == len(last) == 2
    assert first[0][0] == pytest.approx(last[0][0], abs=0.6)
    assert last[0][1] - first[0][1] > 40
    assert "病媒生物防制第2-3盒" in text_of(pdf)


@pytest.mark.parametrize("width", [30, 40, 50, 80])
def test_every_width_fits_the_page(width):
    pdf = render_form(replace(PAPERS, spine=replace(PAPERS.spine, width_mm=width)))
    assert f"宽{width}毫米" in text_of(pdf)
    assert min(x for x, _ in spots(pdf, "病")) > 4


def test_a_long_title_takes_more_columns_and_a_hopeless_one_says_how_much_is_missing():
    short = upright("防制", Role.TITLE, 30, 22, 120)
    assert (len(short.columns), short.size) == (1, 30)
    long = upright("社区爱国卫生和病媒生物防制检查整改资料汇编", Role.TITLE, 30, 22, 120)
    assert len(long.columns) > 1
    hopeless = upright("防" * 2000, Role.TITLE, 30, 22, 120)
    assert "".join("".join(column) for column in hopeless.columns).startswith("防")
    assert "还有" in "".join("".join(column) for column in hopeless.columns)
    assert upright("2026年5月", Role.TITLE, 30, 22, 120).columns == [["2026", "年", "5", "月"]]


def test_pages_are_counted_through_and_unknown_ones_left_blank():
    assert page_numbers([replace(ENTRY, pages=1), replace(ENTRY, pages=0), ENTRY]) == ["1", "", "2—4"]
    assert page_numbers([replace(ENTRY, pages=1)]) == ["1"]
    assert page_numbers([]) == []


def test_a_full_catalogue_goes_on_and_is_summed_up_on_its_last_page():
    many = replace(PAPERS.catalogue, entries=[ENTRY] * 40)
    pdf = render_form(replace(PAPERS, catalogue=many))
    text = text_of(pdf)
    assert page_count(pdf) == 4
    assert text.count("卷内文件目录") == 3
    assert text.count("本卷共40件共120页") == 1
    assert "118—120" in text
