"""Numbers of documents: what a committee's begin with, and what cannot stand there."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.register.numbers import check_word, number_text, typed_serial, usual_word


@pytest.mark.parametrize(
    ("committee", "word"),
    [
        ("幸福里社区居民委员会", "幸社告"),
        ("幸福里社区居委会", "幸社告"),
        ("珠海市香洲区拱北街道后环社区居民委员会", "后社告"),
        ("东镇社区居民委员会", "东社告"),
        ("李家村村民委员会", "李村告"),
        ("翠湖苑居民委员会", "翠居告"),
    ],
)
def test_the_usual_word_is_made_of_the_committees_own_name(committee, word):
    assert usual_word(committee, "告") == word


def test_a_number_has_hexagonal_brackets_and_no_leading_zero():
    assert number_text("幸社告", 2026, 3) == "幸社告〔2026〕3号"


@pytest.mark.parametrize("word", ["", "幸社告2026", "幸〔", "很长很长很长很长很长很长长", "a b"])
def test_digits_brackets_and_blanks_are_refused(word):
    assert check_word(word) != []


def test_a_plain_word_passes():
    assert check_word("幸居通") == []


def test_each_series_has_a_usual_word_of_its_own():
    assert usual_word("幸福里社区居民委员会", "整改") == "幸社整改"


@pytest.mark.parametrize(
    ("text", "serial"),
    [
        ("第12号", (2026, 12)), ("12", (2026, 12)), ("１２号", (2026, 12)), ("幸居整改〔2025〕7号", (2025, 7)),
        ("幸居整改(2025)第 7 号", (2025, 7)), ("口头", None), ("0号", None),
        ("H-2026-0615-03", None), ("20260615", None),
    ],
)  # fmt: skip
def test_a_number_written_by_hand_says_its_year_or_takes_that_of_the_day(text, serial):
    assert typed_serial(text, date(2026, 6, 9)) == serial
    assert typed_serial("第3号", None) is None
