"""Line breaking: no line begins with a closing mark or ends with an opening one, and nothing gets lost."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.printing.fonts import Role
from desktop.printing.lines import NOT_AT_END, NOT_AT_START, break_lines
from desktop.printing.text import typeface

SIZE = 10.0
TEXT = (
    "根据《中华人民共和国传染病防治法》（2025年修订）和“三早”要求，甲类、乙类病人应于2小时内上报；丙类24小时内。"
    "请各楼组长（含志愿者）于6月30日（星期二）17:00前，将《入户登记表》、“责任书”等材料交来——联系电话：0532-8555 0126。"
    "血压≥180/110mmHg者，当日转诊（附转诊单），详见https://example.org/rules?id=7；以上各项，务必落实！"
)

# Every mark that may not begin or end a line, between characters, doubled, and beside Latin and digits.
MARKS = "".join(f"字{mark}，文{mark}{mark}字3{mark}A" for mark in sorted(NOT_AT_START)) + "".join(
    f"字{mark}文。{mark}3字{mark}A{mark}字" for mark in sorted(NOT_AT_END)
)


@pytest.mark.parametrize("measure", range(43, 463, 10))
@pytest.mark.parametrize("text", [TEXT, MARKS], ids=["notice", "marks"])
@pytest.mark.parametrize("justify", [False, True])
def test_lines_obey_the_rules_at_42_widths(measure, text, justify):
    face = typeface(Role.SONG)
    lines = break_lines(face.printable(text), face, SIZE, measure, justify=justify)
    assert "".join(line.text for line in lines) == text
    for line in lines[1:]:
        assert line.text[0] not in NOT_AT_START
    for line in lines[:-1]:
        assert line.text.rstrip(" ")[-1] not in NOT_AT_END
    for line in lines:
        gaps = len(line.text.rstrip(" ")) - 1
        assert line.width + line.stretch * gaps <= measure + 0.02


@pytest.mark.parametrize("measure", range(150, 460, 11))
def test_justified_lines_fill_the_measure_but_for_the_last(measure):
    face = typeface(Role.SONG)
    text = "居委会每月组织两次环境卫生检查，重点是楼道、地下室和垃圾房，检查情况当场记录，问题当场告知责任人。" * 4
    *body, last = break_lines(text, face, SIZE, measure, justify=True)
    for line in body:
        assert line.width + line.stretch * (len(line.text) - 1) == pytest.approx(measure, abs=0.02)
    assert last.stretch <= 0


def test_words_and_numbers_stay_whole_when_they_fit():
    face = typeface(Role.SONG)
    lines = break_lines("联系电话13800001111，身份证号110105195603041234。", face, SIZE, 120)
    joined = [line.text for line in lines]
    assert any("13800001111" in line for line in joined)
    assert any("110105195603041234" in line for line in joined)


def test_an_endless_word_is_cut_rather_than_pushed_off_the_page():
    face = typeface(Role.SONG)
    lines = break_lines("x" * 500 + "。", face, SIZE, 60)
    assert max(line.width for line in lines) <= 60.02
    assert lines[-1].text != "。"


def test_line_ends_of_the_text_are_kept_and_empty_lines_too():
    face = typeface(Role.SONG)
    assert [line.text for line in break_lines("甲\n\n乙", face, SIZE, 100)] == ["甲", "", "乙"]
    assert [line.text for line in break_lines("", face, SIZE, 100)] == [""]


def test_a_line_narrower_than_a_character_still_takes_one():
    face = typeface(Role.SONG)
    assert [line.text for line in break_lines("中文", face, SIZE, 1)] == ["中", "文"]


def test_a_stranded_last_character_is_drawn_into_the_line_before():
    face = typeface(Role.SONG)
    text = "对折，有数字的一面朝里，装进不透光的信封，封口处盖章、两人签字。"
    assert len(break_lines(text, face, 13.5, 425.2)) == 2
    (line,) = break_lines(text, face, 13.5, 425.2, justify=True)
    assert line.stretch < 0


@settings(max_examples=60, deadline=None)
@given(text=st.text(alphabet="中文字，。）（“”《ab1 -—…\n", max_size=80), measure=st.floats(8, 300))
def test_no_text_is_ever_lost(text, measure):
    face = typeface(Role.SONG)
    lines = break_lines(text, face, SIZE, measure)
    assert "".join(line.text for line in lines) == text.replace("\n", "")
