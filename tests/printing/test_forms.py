"""Forms of a fixed plan: where things stand, and what happens when there is more than a page holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pypdfium2
import pytest

from desktop.foundation.jobs import JobCancelled, JobContext
from desktop.printing.document import Heading, Photo, Photos, Sheet
from desktop.printing.fonts import Role
from desktop.printing.forms import (
    CalendarCell,
    Reading,
    Receipt,
    RectificationNotice,
    Shortcoming,
    SignInSheet,
    Slip,
    Slips,
    WallCalendar,
)
from desktop.printing.paper import Paper
from desktop.printing.preview import PdfPages, page_count
from desktop.printing.render import render_form, render_sheet
from tests.printing.making import picture
from tests.printing.reading import text_of
from tests.printing.test_every_document import outside

MM = 72 / 25.4
NOTICE = RectificationNotice(
    "幸福里社区居民委员会", "幸居整改〔2026〕11号", "槐荫小区2栋1单元　马文海：", ("检查发现下列问题：",),
    (Shortcoming("楼梯转角", "堆放旧沙发1张", "全部清走", "6月22日"),), ("请在期限前改好。",),
    "联系人：赵国平　电话：8555 0126", date(2026, 6, 15), Receipt("整改通知书", "马文海", "槐荫小区2栋1单元302室"),
)  # fmt: skip
SLIP = Slip("体检通知单", "王𬸚", facts=(("时间", "7月17日"), ("要带", "身份证")), strong="时间")


def heights(pdf: bytes, text: str) -> list[float]:
    """Return how far below the upper edge of its page *text* stands, in millimetres, page after page."""
    document = pypdfium2.PdfDocument(pdf)
    found = []
    try:
        for index in range(len(document)):
            page = document[index]
            texts = page.get_textpage()
            search = texts.search(text)
            while (hit := search.get_next()) is not None:
                _, bottom, _, top = texts.get_charbox(hit[0])
                found.append((page.get_height() - (top + bottom) / 2) / MM)
    finally:
        document.close()
    return found


def test_the_number_stands_on_the_cut_for_the_seal_and_the_receipt_below_it():
    pdf = render_form(NOTICE)
    assert page_count(pdf) == 1
    assert heights(pdf, "骑缝盖章") == [pytest.approx(203, abs=1)]
    assert heights(pdf, "送达回执")[0] > 205
    assert text_of(pdf).count("幸居整改〔2026〕11号") == 3  # above, across the cut, on the receipt


def test_a_number_not_yet_given_leaves_a_place_to_write_it():
    text = text_of(render_form(replace(NOTICE, number="", issued_on=None)))
    assert text.count("〔〕号") == 2
    assert "年月日" in text


def test_a_long_notice_goes_on_and_its_receipt_stands_on_the_last_page():
    pdf = render_form(replace(NOTICE, shortcomings=NOTICE.shortcomings * 30))
    assert page_count(pdf) > 1
    assert "第1页共3页" in text_of(pdf)
    assert len(heights(pdf, "送达回执")) == 1
    assert text_of(pdf).count("序号") == 2  # the head of the table again


@pytest.mark.parametrize(("per_page", "pages"), [(2, 4), (3, 3), (4, 2)])
def test_slips_share_pages_and_are_cut_apart(per_page, pages):
    pdf = render_form(Slips("体检通知单", "幸福里", [SLIP] * 7, per_page))
    assert page_count(pdf) == pages
    assert text_of(pdf).count("王𬸚") == 7


def test_each_slip_keeps_to_its_third_of_the_page():
    pdf = render_form(Slips("体检通知单", "幸福里", [SLIP] * 3, 3))
    places = heights(pdf, "身份证")
    assert [int(place // 99) for place in places] == [0, 1, 2]
    assert heights(pdf, "沿虚线剪开") == [pytest.approx(99, abs=1), pytest.approx(198, abs=1)]


def test_no_slips_are_a_page_that_says_so():
    assert "没有要打印的单子" in text_of(render_form(Slips("体检通知单", "幸福里", [], 3)))


def test_a_crowded_slip_is_set_smaller_before_anything_is_left_out():
    crowded = replace(SLIP, text="请按时来做体检，不收费。" * 14)
    text = text_of(render_form(Slips("体检通知单", "幸福里", [crowded], 3)))
    assert text.count("请按时来做体检") == 14
    assert "还有" not in text


def test_readings_stand_large_on_the_slip():
    slip = Slip(
        "血压测量结果", "姜德明", readings=(Reading("血压", "168/96", "毫米汞柱"), Reading("脉搏", "80", "次/分"))
    )
    pdf = render_form(Slips("血压测量结果", "幸福里", [slip], 4))
    document = pypdfium2.PdfDocument(pdf)
    texts = document[0].get_textpage()
    place = texts.search("168/96").get_next()[0]
    _, bottom, _, top = texts.get_charbox(place)
    document.close()
    assert (top - bottom) / MM > 8


def test_many_slips_can_be_stopped():
    context = JobContext(lambda done, _total: context.cancel() if done >= 30 else None)
    with pytest.raises(JobCancelled):
        render_form(Slips("体检通知单", "幸福里", [SLIP] * 300, 3), context=context)


def test_a_sign_in_sheet_numbers_its_lines_through_and_has_enough():
    pdf = render_form(SignInSheet("活动签到表", "防暑讲座", "7月15日", people=[("王𬸚", "槐荫7栋")], lines=100))
    assert page_count(pdf) == 3
    text = text_of(pdf)
    assert "王𬸚" in text
    assert heights(pdf, "114")
    assert not heights(pdf, "115")


def test_a_calendar_has_all_days_and_the_rows_it_needs():
    cells = tuple(CalendarCell(day, "初一") for day in range(1, 32))
    calendar = WallCalendar("幸福里社区", 2026, 8, 5, cells, phones=(("急救", "120"),))
    pdf = render_form(calendar)
    assert text_of(pdf).count("初一") == 31
    days = heights(pdf, "初一")
    assert len({round(day) for day in days}) == 6  # August 2026 begins on a Saturday
    assert "本月要事" in text_of(pdf)
    assert "120" in text_of(pdf)


def test_a_calendar_on_a4_is_the_same_drawing_smaller():
    cells = tuple(CalendarCell(day, "初一", events=("例会",)) for day in range(1, 29))
    large = WallCalendar("幸福里社区", 2027, 2, 0, cells)
    small = replace(large, size="A4")
    one, other = render_form(large), render_form(small)
    assert PdfPages(one).size(0)[0] == pytest.approx(420 / 25.4, abs=0.01)
    assert PdfPages(other).size(0)[0] == pytest.approx(297 / 25.4, abs=0.01)
    assert text_of(one) == text_of(other)
    scale = [b / a for a, b in zip(heights(one, "例会"), heights(other, "例会"), strict=True)]
    assert scale == [pytest.approx(297 / 420, abs=0.005)] * 28


def test_what_does_not_fit_a_day_is_counted():
    events = tuple(f"第{number}场活动" for number in range(40))
    cells = (CalendarCell(1, "十六", events=events), *(CalendarCell(day, "") for day in range(2, 31)))
    pdf = render_form(WallCalendar("幸福里", 2026, 6, 0, cells))
    shown = sum(f"第{number}场活动" in text_of(pdf) for number in range(40))
    assert 3 <= shown < 40
    assert f"还有{40 - shown}件" in text_of(pdf)


@pytest.mark.parametrize(("per_page", "pages"), [(2, 4), (4, 2), (6, 2)])
def test_photos_stand_two_four_or_six_to_a_page(per_page, pages):
    shown = [Photo(picture(), f"第{number}张") for number in range(7)]
    pdf = render_sheet(
        Sheet("检查照片", (Photos(shown, per_page),)), heading=Heading("幸福里", "6月", "刘", date(2026, 6, 1))
    )
    assert page_count(pdf) == pages
    assert all(f"第{number}张" in text_of(pdf) for number in range(7))
    assert pdf.count(b"/Subtype /Image") >= 1


def test_a_lost_or_broken_photo_leaves_a_frame_that_says_so():
    shown = [Photo(None, "丢了"), Photo(b"no picture", "坏了"), Photo(picture(), "好的")]
    pdf = render_sheet(Sheet("检查照片", (Photos(shown),)), heading=Heading("幸福里", "6月", "刘", date(2026, 6, 1)))
    assert text_of(pdf).count("这张照片打不开") == 2


@pytest.mark.parametrize("align", ["left", "center", "right"])
@pytest.mark.parametrize("x", [-20, 5, 105, 205, 230])
@pytest.mark.parametrize("count", [1, 20, 400])
def test_no_single_line_leaves_the_paper(align, x, count):
    paper = Paper(210, 297, title="字", author="字")
    paper.text(x, 100, "王𬸚" * count, Role.SONG, 14, align=align)
    paper.end_page()
    pdf = paper.pdf()
    assert outside(pdf) == []
    assert text_of(pdf) == "王𬸚" * count
