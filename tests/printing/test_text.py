"""Characters: which font shows them, and what happens to those that none can show."""

import pytest

from desktop.printing.document import Fields, Paragraph, Sheet
from desktop.printing.fonts import Role
from desktop.printing.render import render_sheet
from desktop.printing.text import missing_characters, noting_missing, typeface

RARE = "㛃㼆䶮𬀩𬸚𫖯𠅤𪚥"


@pytest.mark.parametrize("role", list(Role))
def test_rare_characters_of_names_are_shown_in_every_role(role):
    face = typeface(role)
    assert face.printable(RARE) == RARE
    assert "".join(text for _, text in face.runs(RARE)) == RARE


def test_ordinary_text_is_one_run_of_the_roles_own_font():
    face = typeface(Role.FANG)
    text = face.printable("关于开展爱国卫生运动的通知")
    assert [(font.fontName, part) for font, part in face.runs(text)] == [("juwei-fang", text)]


def test_kai_takes_its_quotation_marks_from_fang():
    face = typeface(Role.KAI)
    text = face.printable("“好”")
    assert [font.fontName for font, _ in face.runs(text)] == ["juwei-fang", "juwei-kai", "juwei-fang"]


@pytest.mark.parametrize(
    ("character", "shown"),
    [
        ("😀", "〔U+1F600〕"),
        ("\u202e", "〔U+202E〕"),
        ("\u200b", "〔U+200B〕"),
        ("\x07", "〔U+0007〕"),
        ("한", "〔U+D55C〕"),
        ("\ud800", "〔U+D800〕"),
        ("\ue000", "〔U+E000〕"),
    ],
)
def test_a_character_no_font_shows_is_named_instead_of_lost(character, shown):
    assert typeface(Role.SONG).printable(f"王{character}五") == f"王{shown}五"
    assert missing_characters([f"王{character}五", character]) == [character]


def test_markup_characters_stand_for_themselves():
    text = "<b>&amp;</b> \\(x\\) %d {y} [z] ]]>"
    assert typeface(Role.SONG).printable(text) == text
    assert missing_characters([text]) == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("葛\U000e0100城", "葛城"),
        ("龙\ufe00", "龙"),
        ("甲\t乙", "甲 乙"),
        ("一\r\n二\r三\u2028四", "一\n二\n三\n四"),
    ],
)
def test_selectors_tabs_and_line_ends_are_not_reported_as_missing(text, shown):
    assert typeface(Role.SONG).printable(text) == shown
    assert missing_characters([text]) == []


@pytest.mark.parametrize("role", [Role.SONG, Role.TITLE, Role.HEI, Role.HEIB, Role.HEIR, Role.FANG, Role.KAI])
def test_figures_of_equal_length_are_equally_wide(role):
    face = typeface(role)
    assert len({round(face.width(digit * 4, 9), 6) for digit in "0123456789"}) == 1


@pytest.mark.parametrize("role", list(Role))
def test_a_long_dash_is_two_ems_without_a_gap(role):
    assert typeface(role).width("——", 10) == pytest.approx(20)


def test_meeting_marks_share_their_blank():
    face = typeface(Role.SONG)
    apart = face.width("”", 10) + face.width("，", 10)
    assert face.width("”，", 10) == pytest.approx(apart - 4.6)


def test_whoever_makes_a_document_learns_which_characters_were_missed(heading):
    sheet = Sheet("说明", (Paragraph("好\U0001f600\x07的\U0001f600"), Fields((("姓名", "王\u202e"),))))
    with noting_missing() as missed:
        render_sheet(sheet, heading=heading)
    assert list(missed) == ["\U0001f600", "\x07", "\u202e"]
    with noting_missing() as missed:
        render_sheet(Sheet("说明", (Paragraph("王㛃㼆䶮𬀩𬸚𫖯𠅤𪚥"),)), heading=heading)
    assert not missed
