"""Text as offices write it: width, blanks, invisible marks, surnames, masks, natural order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.foundation.text import (
    COMPOUND_SURNAMES,
    SURNAMES,
    fold_width,
    mask_id_number,
    mask_phone,
    natural_key,
    pinyin_keys,
    readings,
    sound_key,
    squeeze,
    tidied_texts,
    tidy,
    tidy_name,
)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("１２３ＡＢｃ", "123ABc"),
        ("３－５０１", "3-501"),
        ("甲，乙；丙：丁（戊）！？", "甲，乙；丙：丁（戊）！？"),
        ("a　b\u00a0c", "a b c"),
    ],
)
def test_letters_and_digits_become_half_width_but_punctuation_stays(text, folded):
    assert fold_width(text) == folded


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("  林桂英\u3000", "林桂英"),
        ("林\u200b桂\ufeff英", "林桂英"),
        ("\u202e林桂英\u202c", "林桂英"),
        ("\u2066林桂英\u2069", "林桂英"),
        ("林\u00ad桂英\x00\x1b\x9f", "林桂英"),
        ("甲\r\n乙\r丙\u2028丁\x0b戊\x85己", "甲\n乙\n丙\n丁\n戊\n己"),
        ("𠮷野家", "𠮷野家"),
        ("葛󠄀城", "葛󠄀城"),
        ("e\u0301", "é"),
    ],
)
def test_tidying_loses_marks_and_nothing_visible(text, kept):
    assert tidy(text) == kept


@given(st.text())
def test_tidying_twice_changes_nothing(text):
    assert tidy(tidy(text)) == tidy(text)
    assert squeeze(squeeze(text)) == squeeze(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [("韩 豪伟", "韩豪伟"), ("王　芳", "王芳"), ("Anna  Smith", "Anna Smith"), (" Ａｎｎａ Smith ", "Anna Smith"),
     ("古丽•买买提", "古丽·买买提"), ("古丽・买买提", "古丽·买买提"), ("", "")],
)  # fmt: skip
def test_names_lose_blanks_but_latin_names_keep_theirs(text, name):
    assert tidy_name(text) == name


@pytest.mark.parametrize(
    ("name", "full", "initials"),
    [("单雄信", "shanxiongxin", "sxx"), ("解晓东", "xiexiaodong", "xxd"), ("仇英", "qiuying", "qy"),
     ("曾志伟", "zengzhiwei", "zzw"),
     ("区小明", "ouxiaoming", "oxm"), ("朴正", "piaozheng", "pz"), ("吕梁", "lvliang", "ll"),
     ("尉迟恭", "yuchigong", "ycg"), ("万俟雪", "moqixue", "mqx"), ("单于飞", "chanyufei", "cyf"),
     ("长孙无忌", "zhangsunwuji", "zswj")],
)  # fmt: skip
def test_the_surname_reading_comes_first(name, full, initials):
    assert pinyin_keys(name)[0] == (full, initials)


def test_every_other_reading_finds_the_person_too():
    found = {full for full, _ in pinyin_keys("单乐")}
    assert {"shanle", "danle", "shanyue", "chanle"} <= found


def test_many_readings_stay_within_the_limit():
    assert len(pinyin_keys("单解乐重行", limit=12)) <= 12
    assert len(pinyin_keys("单解乐重行", limit=1)) == 1


@pytest.mark.parametrize(
    ("name", "keys"), [("", ()), ("·", ()), ("Anna Smith", (("annasmith", "annasmith"),)), ("３山", (("3shan", "3s"),))]
)
def test_what_has_no_reading_has_no_key(name, keys):
    assert pinyin_keys(name) == keys


def test_surname_tables_hold_plain_lower_letters():
    for reading in (*SURNAMES.values(), *(part for word in COMPOUND_SURNAMES.values() for part in word.split())):
        assert reading.isascii()
        assert reading.islower()
    assert all(len(name) == len(reading.split()) for name, reading in COMPOUND_SURNAMES.items())
    assert readings("吕") == ("lv",)
    assert readings("A") == ()


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("11010119500308001X", "110101********001X"),
        ("110101500308001", "110101*****8001"),
        ("12345678", "********"),
        ("", ""),
        (None, ""),
    ],
)
def test_identity_numbers_show_six_and_four(number, masked):
    assert mask_id_number(number) == masked


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("13800004106", "138****4106"),
        ("0756-2223041", "0756-****041"),
        ("2223041", "****041"),
        ("110", "**0"),
        ("", ""),
        (None, ""),
    ],
)
def test_telephones_hide_their_middle(number, masked):
    assert mask_phone(number) == masked


@given(st.text(alphabet="0123456789-+ ", min_size=1, max_size=20))
def test_a_mask_never_shows_a_whole_telephone(number):
    assert mask_phone(number) != number or len(number) == 1


def test_buildings_stand_in_natural_order():
    names = ["11号楼", "2号楼", "１号楼", "南门", "3号楼B", "3号楼"]
    assert sorted(names, key=natural_key) == ["１号楼", "2号楼", "3号楼", "3号楼B", "11号楼", "南门"]


@given(st.text(), st.text())
def test_any_two_texts_can_be_put_in_order(one, other):
    assert (natural_key(one) < natural_key(other)) in {True, False}


def test_words_stand_in_the_order_of_their_sound_numbers_in_that_of_counting():
    words = ["周末", "10号楼", "艾滋病", "2号楼", "健康"]
    assert sorted(words, key=sound_key) == ["2号楼", "10号楼", "艾滋病", "健康", "周末"]
    assert sound_key("") is sound_key(None) is sound_key("　") is None


@given(st.text())
def test_any_text_has_a_sort_key_or_says_nothing(text):
    key = sound_key(text)
    assert key is None or key == key.strip()


@dataclass(frozen=True)
class Letter:
    title: str
    sent_on: date | None = None
    tags: tuple[str, ...] = ()


def test_every_text_of_a_draft_is_tidied_and_nothing_else_is_touched():
    draft = Letter("　告知书\u200b ", date(2026, 6, 17), (" 除四害 ",))
    assert tidied_texts(draft) == Letter("告知书", date(2026, 6, 17), (" 除四害 ",))
    assert draft.title == "　告知书\u200b "
