"""The official document, measured from the finished page: grid, margins, levels, signature, page numbers."""

from __future__ import annotations

import itertools
import shutil
import subprocess
from collections import defaultdict
from dataclasses import replace
from datetime import date

import pypdfium2
import pytest

from desktop.printing.document import OfficialDocument
from desktop.printing.fonts import Role
from desktop.printing.official import levelled
from desktop.printing.preview import page_count, page_image
from desktop.printing.render import render_notice
from tests.reports.papers import complaints_of, fonts_of

MM = 72 / 25.4
SIDE = 2.0  # millimetres; the ink of 日 is that much narrower than its em box
DAY = date(2026, 6, 8)
FULL = OfficialDocument("国", "", ("国" * 2000,), "幸福里社区居民委员会", DAY)
NOTICE = OfficialDocument(
    "幸福里社区居民委员会关于开展夏季灭鼠投药工作的通知", "各居民小组：",
    ("为降低辖区鼠密度，居民委员会决定于2026年6月15日至28日集中投药。", "一、投药范围", "全社区6个小区、42栋住宅楼。",
     "（一）准备阶段。6月8日至14日，清点毒饵站。", "1. 各楼栋长要送到每一户。"),
    "幸福里社区居民委员会", DAY, number="幸居〔2026〕12号", head="幸福里社区居民委员会文件",
    attachments=("毒饵站点位表", "灭鼠投药告知书"), contact="联系人：刘桂芳", copies_to="幸福里街道办事处",
)  # fmt: skip


def boxes(pdf, page):
    """Return (text, left, top, right, bottom) of each character of a page, in millimetres from the top left."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        height = document[page].get_height()
        text = document[page].get_textpage()
        found = []
        for index in range(text.count_chars()):
            character = text.get_text_range(index, 1)
            if character.strip():
                left, bottom, right, top = text.get_charbox(index)
                found.append((character, left / MM, (height - top) / MM, right / MM, (height - bottom) / MM))
        return found
    finally:
        document.close()


def lines_of(found):
    """Return the characters of each line, from the top; a line's characters stand at one height."""
    lines = defaultdict(list)
    for character in found:
        lines[round((character[2] + character[4]) / 2, 0)].append(character)
    return [sorted(lines[y], key=lambda one: one[1]) for y in sorted(lines)]


def line_with(found, words):
    """Return the characters of *words* where they stand on the page."""
    text = "".join(one[0] for one in found)
    start = text.index(words)
    return found[start : start + len(words)]


def test_a_page_holds_22_lines_of_28_characters_within_the_margins():
    found = [one for one in boxes(render_notice(FULL), 1) if one[0] == "国"]
    lines = lines_of(found)
    assert [len(line) for line in lines] == [28] * 22
    # The ink of 国 fills its em box but for less than half a millimetre on each side.
    assert min(one[1] for one in found) == pytest.approx(28.0, abs=1.0)
    assert 210 - max(one[3] for one in found) == pytest.approx(26.0, abs=1.0)
    assert min(one[2] for one in found) == pytest.approx(37.0, abs=1.0)
    assert 297 - max(one[4] for one in found) == pytest.approx(35.0, abs=1.0)
    steps = [after[0][2] - before[0][2] for before, after in itertools.pairwise(lines)]
    assert all(step * MM == pytest.approx(29.61, abs=0.05) for step in steps)
    across = [after[1] - before[1] for line in lines for before, after in itertools.pairwise(line)]
    assert all(step == pytest.approx(5.569, abs=0.01) for step in across)


def test_page_numbers_stand_outside_on_odd_and_even_pages_seven_below():
    pdf = render_notice(FULL)
    for page, side in ((0, "right"), (1, "left")):
        number = line_with(boxes(pdf, page), f"—{page + 1}—")
        middle = (number[1][2] + number[1][4]) / 2
        assert middle == pytest.approx(297 - 35 + 7, abs=1.0)
        if side == "right":
            assert 210 - number[-1][3] == pytest.approx(26 + 14 / MM, abs=1.0)
        else:
            assert number[0][1] == pytest.approx(28 + 14 / MM, abs=1.0)


def test_a_sealed_signature_has_its_date_four_from_the_right_and_the_name_over_its_middle():
    found = boxes(render_notice(replace(NOTICE, head="", copies_to="", contact="")), 0)
    text = "".join(one[0] for one in found)
    start = text.rindex("幸福里社区居民委员会")
    name = found[start : start + 10]
    day = found[text.rindex("2026年6月8日") :][:9]
    assert 184 - day[-1][3] == pytest.approx(4 * 5.569, abs=SIDE)
    assert (name[0][1] + name[-1][3]) / 2 == pytest.approx((day[0][1] + day[-1][3]) / 2, abs=1.2)


def test_an_unsealed_signature_has_its_name_two_from_the_right_and_the_date_two_after_it():
    found = boxes(render_notice(replace(NOTICE, head="", copies_to="", contact="", sealed=False)), 0)
    text = "".join(one[0] for one in found)
    name = found[text.rindex("幸福里社区居民委员会") :][:10]
    day = found[text.rindex("2026年6月8日") :][:9]
    assert 184 - name[-1][3] == pytest.approx(2 * 5.569, abs=1.2)
    assert day[0][1] - name[0][1] == pytest.approx(2 * 5.569, abs=1.2)


def test_a_date_longer_than_its_name_pushes_the_name_to_the_left():
    short = replace(NOTICE, issuer="后居", head="", copies_to="", contact="", sealed=False)
    found = boxes(render_notice(short), 0)
    text = "".join(one[0] for one in found)
    name, day = found[text.rindex("后居") :][:2], found[text.rindex("2026年6月8日") :][:9]
    assert 184 - day[-1][3] == pytest.approx(2 * 5.569, abs=SIDE)
    assert day[0][1] - name[0][1] == pytest.approx(2 * 5.569, abs=1.2)


@pytest.mark.parametrize(
    ("text", "roles", "heading"),
    [
        ("一、投药范围", [Role.HEI], True),
        ("一、投药时间：6月15日至28日。", [Role.HEI, Role.FANG], False),
        ("（一）准备阶段。6月8日起。", [Role.KAI, Role.FANG], False),
        ("（二）收尾", [Role.KAI], True),
        ("1. 各楼栋长要送到每一户。", [Role.FANG], False),
        ("（1）细目", [Role.FANG], False),
        ("三、请看管好儿童、老人和需要照看的家人，拴好宠物。", [Role.FANG], False),
        ("一般的话", [Role.FANG], False),
    ],
)
def test_levels_have_the_fonts_of_the_standard(text, roles, heading):
    parts, is_heading = levelled(text)
    assert ([part.role for part in parts], is_heading) == (roles, heading)
    assert "".join(part.text for part in parts) == text


def test_no_heading_is_left_at_the_end_of_a_page():
    # A blank, the title and another blank take three rows; the heading is the 21st, and then would be the 22nd.
    body = (*(["一行。"] * 17), "一、小标题", *(["一行。"] * 10))
    pdf = render_notice(replace(FULL, title="标题", body=body))
    first = "".join(one[0] for one in boxes(pdf, 0))
    assert "小标题" in first
    pdf = render_notice(replace(FULL, title="标题", body=("一行。", *body)))
    assert "小标题" not in "".join(one[0] for one in boxes(pdf, 0))
    assert "一、小标题" in "".join(one[0] for one in boxes(pdf, 1))


@pytest.mark.parametrize("count", range(12, 24))
def test_the_signature_never_stands_on_a_page_without_text(count, text_of):
    document = replace(FULL, title="标题", body=tuple(f"第{number}段。" for number in range(count)))
    pdf = render_notice(document)
    last = "".join(one[0] for one in boxes(pdf, page_count(pdf) - 1))
    assert "2026年6月8日" in last
    assert f"第{count - 1}段。" in last
    assert all(f"第{number}段。" in text_of(pdf) for number in range(count))


def test_everything_declared_is_there_in_reading_order(text_of):
    text = text_of(render_notice(NOTICE))
    words = (
        "幸福里社区居民委员会文件", "幸居〔2026〕12号", "关于开展夏季灭鼠投药工作的通知", "各居民小组：",
        "一、投药范围",
        "（一）准备阶段。", "1.各楼栋长", "附件：1.毒饵站点位表", "2.灭鼠投药告知书", "2026年6月8日",
        "（联系人：刘桂芳）",
        "抄送：幸福里街道办事处。", "2026年6月8日印发",
    )  # fmt: skip
    places = [text.index(word) for word in words[:11]]
    assert places == sorted(places)
    assert all(word in text for word in words)


def test_a_draft_says_so_on_every_page_and_an_issued_one_nowhere(text_of):
    assert "草稿" not in text_of(render_notice(FULL))
    pdf = render_notice(replace(FULL, draft=True))
    assert text_of(pdf).count("草稿") == page_count(pdf) > 1


def test_every_font_is_embedded_and_equal_notices_are_equal_bytes():
    pdf = render_notice(replace(NOTICE, draft=True))
    assert pdf == render_notice(replace(NOTICE, draft=True))
    assert complaints_of(pdf) == []
    assert all(fonts_of(pdf).values())


def test_rare_and_unprintable_characters_are_kept_or_named(text_of):
    rare = "㛃㼆䶮𬀩𬸚𫖯𠅤𪚥"
    document = replace(NOTICE, title=f"给{rare}", addressee=rare, body=(rare, f"一、{rare}：好", "坏\x07字🙂<b>&</b>"))
    text = text_of(render_notice(document))
    assert text.count(rare) == 4
    assert "坏〔U+0007〕字〔U+1F642〕<b>&</b>" in text


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler is not installed")
def test_poppler_reads_the_same_words(tmp_path):
    path = tmp_path / "n.pdf"
    path.write_bytes(render_notice(NOTICE))
    read = subprocess.run(["pdftotext", path, "-"], check=True, capture_output=True, text=True)
    assert "为降低辖区鼠密度" in read.stdout


def test_black_and_white_has_no_colour_and_says_the_same(text_of):
    coloured, plain = render_notice(NOTICE), render_notice(NOTICE, mono=True)
    assert text_of(coloured) == text_of(plain)
    _, _, pixels = page_image(plain, 0, 60)
    assert all(pixels[at] == pixels[at + 1] == pixels[at + 2] for at in range(0, len(pixels), 4))
    _, _, pixels = page_image(coloured, 0, 60)
    assert any(pixels[at] != pixels[at + 2] for at in range(0, len(pixels), 4))
