"""Posters and leaflets: large, filling their page, losing nothing."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import pikepdf
import pytest

from desktop.printing.document import Leaflet, Poster, PosterPoint
from desktop.printing.preview import page_count, page_image
from desktop.printing.render import render_notice
from tests.printing.test_official import boxes, line_with
from tests.reports.papers import complaints_of, fonts_of

DAY = date(2026, 6, 8)
POSTER = Poster(
    "灭鼠投药告知书", "各位居民：", ("我社区统一投药。",),
    (PosterPoint("投药时间", "6月15日至28日。"), PosterPoint("误食急救", "立即送医。由医生使用维生素K1。", urgent=True),
     PosterPoint("", "不捡散落的毒饵。")),
    "幸福里社区居民委员会", DAY,
    slogans=("毒饵有毒", "不碰不吃", "看好孩子", "拴好宠物", "6月15日—28日"), sign="poison",
    contact="联系人　刘桂芳", phone="8555 0126", night_phone="8555 0127", emergency="急救　120",
    number="幸社告〔2026〕9号",
)  # fmt: skip
LEAFLET = Leaflet(
    "预防接种通知",
    "家长：",
    ("请按时接种。", "一、时间：6月20日。"),
    "幸福里社区居民委员会",
    DAY,
    contact="电话：8555 0126",
)
WORDS = (
    "毒饵有毒", "不碰不吃", "看好孩子", "拴好宠物", "6月15日—28日", "各位居民：", "我社区统一投药。", "投药时间",
    "误食急救", "维生素K1", "不捡散落的毒饵。", "85550126", "85550127", "急救120", "联系人刘桂芳", "2026年6月8日",
    "幸社告〔2026〕9号", "张贴日期",
)  # fmt: skip


def test_the_title_is_readable_at_three_metres_and_goes_across_the_page():
    title = line_with(boxes(render_notice(POSTER), 0), "灭鼠投药告知书")
    assert title[0][1] == pytest.approx(15.0, abs=1.5)
    assert 210 - title[-1][3] == pytest.approx(15.0, abs=1.5)
    assert max(one[4] - one[2] for one in title) > 20  # millimetres


def test_a_title_of_ten_characters_stays_on_one_line_and_a_longer_one_breaks_by_sense():
    found = boxes(render_notice(replace(POSTER, title="病媒生物消杀告知书单")), 0)
    title = line_with(found, "病媒生物消杀告知书单")
    assert len({round(one[2] / 10) for one in title}) == 1
    found = boxes(render_notice(replace(POSTER, title="后环社区居委会关于大扫除的通知")), 0)
    title = line_with(found, "后环社区居委会关于大扫除的通知")
    assert title[7][2] > title[6][4]  # 关于 begins the second line


def test_a_poster_keeps_every_word_in_colour_and_in_black_and_white(text_of):
    coloured, plain = text_of(render_notice(POSTER)), text_of(render_notice(POSTER, mono=True))
    assert all(word in coloured for word in WORDS)
    assert plain == coloured
    _, _, pixels = page_image(render_notice(POSTER, mono=True), 0, 60)
    assert all(pixels[at] == pixels[at + 1] == pixels[at + 2] for at in range(0, len(pixels), 4))


def test_the_body_grows_until_it_fills_the_page():
    short = replace(POSTER, points=POSTER.points[:1], lead=())
    long = replace(POSTER, points=POSTER.points * 4)
    size = {
        name: line_with(boxes(render_notice(one), 0), "投药时间")[0] for name, one in (("short", short), ("long", long))
    }
    assert (size["short"][4] - size["short"][2]) > 1.5 * (size["long"][4] - size["long"][2])


def test_a3_is_the_same_drawing_larger():
    small, large = render_notice(POSTER), render_notice(replace(POSTER, size="A3"))
    with pikepdf.open(io.BytesIO(small)) as a4, pikepdf.open(io.BytesIO(large)) as a3:
        widths = [float(one.pages[0].MediaBox[2]) for one in (a4, a3)]
    assert widths[1] / widths[0] == pytest.approx(1.4143, abs=0.0005)
    for before, after in zip(boxes(small, 0), boxes(large, 0), strict=True):
        assert before[0] == after[0]
        assert after[1] == pytest.approx(before[1] * 1.4143, abs=0.1)


def test_a_text_too_long_for_one_page_goes_on_and_loses_nothing(text_of):
    points = tuple(PosterPoint(f"第{number}点", "很长的话，" * 60) for number in range(20))
    pdf = render_notice(replace(POSTER, points=points))
    assert page_count(pdf) > 1
    assert text_of(pdf).count("很长的话，") == 1200
    assert "85550126" in text_of(pdf)


def test_long_titles_names_and_marks_break_nothing(text_of):
    poster = replace(
        POSTER,
        title="关于在全社区范围内集中开展夏季爱国卫生运动暨灭鼠投药的告知书",
        issuer="一个名字非常非常长的社区居民委员会" * 2,
        phone="0756-85550126转8001",
        contact=f"联系人　欧阳{'某' * 40}",
        slogans=("很长很长的警示语",) * 4,
        points=(PosterPoint("<b>", "&\x07🙂"),),
    )
    text = text_of(render_notice(poster))
    assert "关于在全社区范围内" in text
    assert "<b>" in text
    assert "&〔U+0007〕〔U+1F642〕" in text
    for one in boxes(render_notice(poster), 0):
        assert one[1] > 10
        assert one[3] < 200


def test_two_leaflets_stand_on_one_page_and_a_long_one_takes_its_own(text_of):
    pdf = render_notice(LEAFLET)
    assert page_count(pdf) == 1
    assert text_of(pdf).count("请按时接种。") == 2
    assert "沿虚线剪开" in text_of(pdf)
    pdf = render_notice(replace(LEAFLET, body=LEAFLET.body * 40))
    assert page_count(pdf) > 1
    assert text_of(pdf).count("请按时接种。") == 40
    assert text_of(pdf).count("2026年6月8日") == 1


@pytest.mark.parametrize("notice", [POSTER, LEAFLET, replace(POSTER, draft=True), replace(LEAFLET, draft=True)])
def test_fonts_are_embedded_and_equal_notices_are_equal_bytes(notice, text_of):
    pdf = render_notice(notice)
    assert pdf == render_notice(notice)
    assert complaints_of(pdf) == []
    assert all(fonts_of(pdf).values())
    assert ("草稿" in text_of(pdf)) == notice.draft
