"""What every kind of document promises, whatever stands in it."""

from __future__ import annotations

import re
import shutil
import subprocess
import unicodedata

import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.printing.preview import page_image
from desktop.printing.text import noting_missing
from tests.printing.making import DOCUMENTS, RARE
from tests.printing.reading import text_of

KINDS = sorted(DOCUMENTS)
NAME = "王小明"
LONG_NAME = "欧阳晓明·阿不都拉热合曼·买买提江" * 4
LONG_REMARK = "家属陪同，按时服药（每天一次），下次随访另行通知。" * 125
MARKUP = "<b>&amp;</b> <font color='red'>{x}</font> %s \\n </para> <br/> [Tj] (a) << >> /F1"
LEAVES_OUT = {"slips 2", "slips 3", "slips 4", "wall A3", "wall A4", "sheet", "ledger"}


def outside(pdf: bytes) -> list[str]:
    """Return the texts that reach beyond the edge of their page."""
    document = pypdfium2.PdfDocument(pdf)
    found = []
    try:
        for index in range(len(document)):
            page = document[index]
            width, height = page.get_size()
            texts = page.get_textpage()
            for number in range(texts.count_rects()):
                left, bottom, right, top = texts.get_rect(number)
                if left < -1 or bottom < -1 or right > width + 1 or top > height + 1:
                    found.append(texts.get_text_bounded(left, bottom, right, top))
    finally:
        document.close()
    return found


def hues(pdf: bytes) -> bool:
    """Return whether the first page shows a colour (anything but white, grey and black)."""
    _, _, pixels = page_image(pdf, 0, 40)
    blue, green, red = pixels[0::4], pixels[1::4], pixels[2::4]
    return any(max(triple) - min(triple) > 24 for triple in zip(blue, green, red, strict=True))


@pytest.mark.parametrize("kind", KINDS)
def test_names_with_rare_characters_extract(kind):
    text = text_of(DOCUMENTS[kind](f"王{RARE}"))
    for character in RARE:
        assert character in text


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_input_gives_the_same_bytes(kind):
    assert DOCUMENTS[kind](NAME) == DOCUMENTS[kind](NAME)


@pytest.mark.parametrize("kind", KINDS)
def test_every_font_is_embedded_and_cut_down(kind):
    pdf = DOCUMENTS[kind](f"{NAME}{RARE}")
    used = re.findall(rb"/BaseFont /(\S+)", pdf)
    assert used
    assert all(re.match(rb"[A-Z]{6}\+Juwei", name) for name in used)
    assert len(re.findall(rb"/FontFile2 \d+", pdf)) == len(used)


@pytest.mark.skipif(shutil.which("qpdf") is None, reason="qpdf is not installed")
@pytest.mark.parametrize("kind", KINDS)
def test_files_are_sound(kind, tmp_path):
    target = tmp_path / "page.pdf"
    target.write_bytes(DOCUMENTS[kind](NAME))
    checked = subprocess.run(["qpdf", "--check", target], capture_output=True, check=False)
    assert checked.returncode == 0, checked.stdout


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "sheet"])  # a photo keeps its colours
def test_black_and_white_has_no_colour_and_says_the_same(kind):
    plain, mono = DOCUMENTS[kind](NAME), DOCUMENTS[kind](NAME, mono=True)
    assert not hues(mono)
    assert text_of(mono) == text_of(plain)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("text", [LONG_NAME, LONG_REMARK, MARKUP, "W" * 900, "", "　", "一\n二\n\n三\r\n四"])
def test_no_text_runs_over_the_edge_of_the_paper(kind, text):
    assert outside(DOCUMENTS[kind](text)) == []


@pytest.mark.parametrize("kind", KINDS)
def test_markup_is_printed_as_it_was_typed(kind):
    shown = text_of(DOCUMENTS[kind]("<b>&amp;</b>%s{x}"))
    assert "<b>&amp;</b>%s{x}" in shown


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_too_long_says_that_something_is_left_out_or_is_all_there(kind):
    shown = text_of(DOCUMENTS[kind](LONG_REMARK))
    assert shown.count("每天一次") >= 125 or re.search(r"还有\d+(个字|件)", shown)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("odd", ["\U0001f600", "\u202e", "\x07", "\u200d", "\ud800", "שלום", "مرحبا"])
def test_characters_without_a_font_are_shown_as_a_code_and_named(kind, odd):
    with noting_missing() as missing:
        shown = text_of(DOCUMENTS[kind](f"王{odd}芳"))
    assert set(odd) == set(missing)
    for character in odd:
        assert f"〔U+{ord(character):04X}〕" in shown


_TEXTS = st.text(
    st.one_of(
        st.sampled_from("王小明，。《》（）“”—…·1234567890/ABCxyz<>&\n\t "),
        st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5),
        st.characters(max_codepoint=0x2FFFF, exclude_categories=("Cs",)),
    ),
    max_size=80,
)


@pytest.mark.parametrize("kind", KINDS)
@given(text=_TEXTS)
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_text_can_be_printed_and_nothing_vanishes(kind, text):
    with noting_missing() as missing:
        pdf = DOCUMENTS[kind](text)
    assert outside(pdf) == []
    shown = unicodedata.normalize("NFKC", text_of(pdf))
    if re.search(r"还有\d+(个字|件)", shown):
        return
    for character in set(text) - set(missing):
        plain = unicodedata.normalize("NFKC", character)
        if plain.strip() and unicodedata.category(character) not in {"Mn", "Cc"}:
            assert plain.strip()[0] in shown, (character, hex(ord(character)))
