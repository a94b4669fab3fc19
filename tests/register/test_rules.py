"""The register's pure rules: what a form must hold, who is here, dwellings, addresses, file numbers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop.register.rules import (
    ResidentDraft,
    address_key,
    address_text,
    address_words,
    check_region,
    check_resident,
    completed,
    dwelling_key,
    file_number,
    here_on,
    masked,
    number_mismatches,
    region_hint,
    tidied,
)

TODAY = date(2026, 6, 17)
NUMBER = "11010519491231002X"  # the standard's own example: a woman born on 31 December 1949


def found(**values):
    whole = {"name": "林桂英", "place": "翠湖苑", "id_number": NUMBER, **values}
    return [(problem.field, problem.code) for problem in check_resident(ResidentDraft(**whole), today=TODAY)]


def test_a_sound_form_has_no_problem():
    assert found() == []
    assert found(id_number="", no_id_reason="新生儿未上户") == []


def test_every_problem_of_an_empty_form_is_said_at_once():
    assert found(name="", place="", id_number="") == [
        ("name", "required"),
        ("no_id_reason", "required"),
        ("place", "required"),
    ]


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("110105491231002", "id_length"),
        ("1101051949123100", "id_length"),
        ("110105194912310021", "id_checksum"),
        ("110105194902300021", "id_date"),
        ("11010520260618001X", "id_date"),
    ],
)
def test_a_wrong_number_says_first_what_is_wrong_and_offers_to_save_without(number, code):
    from desktop.foundation.idnumber import check_digit

    if code == "id_date":
        number = number[:17] + check_digit(number[:17])
    problems = check_resident(ResidentDraft(name="林桂英", place="翠湖苑", id_number=number), today=TODAY)
    assert [(problem.field, problem.code) for problem in problems] == [("id_number", code)]
    assert "暂缺证件" in problems[0].message


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"born_on": date(2026, 6, 17)}, []),
        ({"born_on": date(2026, 6, 18)}, [("born_on", "date_future")]),
        ({"born_on": date(1900, 1, 1)}, []),
        ({"born_on": date(1899, 12, 31)}, [("born_on", "date_invalid")]),
        ({"arrived_on": date(2026, 6, 18)}, [("arrived_on", "date_future")]),
        ({"changed_on": date(2026, 6, 18)}, [("changed_on", "date_future")]),
        ({"born_on": date(1950, 1, 2), "changed_on": date(1950, 1, 2)}, []),
        ({"born_on": date(1950, 1, 2), "changed_on": date(1950, 1, 1)}, [("changed_on", "period_invalid")]),
        ({"born_on": date(1950, 1, 2), "arrived_on": date(1950, 1, 1)}, [("arrived_on", "period_invalid")]),
        ({"arrived_on": date(2020, 5, 2), "changed_on": date(2020, 5, 2)}, []),
        ({"arrived_on": date(2020, 5, 2), "changed_on": date(2020, 5, 1)}, [("changed_on", "period_invalid")]),
        ({"sex": "女"}, []),
        ({"sex": "甲"}, [("sex", "choice_unknown")]),
        ({"dwelling_state": "搬走"}, [("dwelling_state", "choice_unknown")]),
    ],
)
def test_days_and_lists_are_checked_to_the_day(values, expected):
    assert found(**values) == expected


def test_sex_and_birthday_are_filled_from_the_number_and_never_overwritten():
    plain = completed(ResidentDraft(name="林桂英", place="翠湖苑", id_number=NUMBER, no_id_reason="外籍"), today=TODAY)
    assert (plain.sex, plain.born_on, plain.no_id_reason) == ("女", date(1949, 12, 31), "")
    own = completed(replace(plain, sex="男", born_on=date(1950, 1, 1)), today=TODAY)
    assert (own.sex, own.born_on) == ("男", date(1950, 1, 1))
    doubts = number_mismatches(own.id_number, sex=own.sex, born_on=own.born_on)
    assert [problem.code for problem in doubts] == ["sex_mismatch", "birth_mismatch"]
    assert number_mismatches(plain.id_number, sex=plain.sex, born_on=plain.born_on) == []
    assert number_mismatches("", sex=own.sex, born_on=own.born_on) == []


@pytest.mark.parametrize(("state", "day"), [("迁出", TODAY), ("死亡", TODAY), ("自住", None), ("", None)])
def test_who_left_without_a_day_left_today(state, day):
    assert completed(ResidentDraft(name="林桂英", place="翠湖苑", dwelling_state=state), today=TODAY).changed_on == day


@pytest.mark.parametrize(
    ("day", "expected"),
    [(date(2020, 1, 1), False), (date(2020, 1, 2), True), (date(2021, 5, 4), True), (date(2021, 5, 5), False)],
)
def test_a_resident_counts_from_arrival_to_the_day_before_leaving(day, expected):
    assert (
        here_on(
            day,
            born_on=date(1990, 1, 1),
            arrived_on=date(2020, 1, 2),
            dwelling_state="迁出",
            changed_on=date(2021, 5, 5),
        )
        is expected
    )


def test_unknown_days_count_as_always_here_and_a_state_of_staying_never_leaves():
    assert here_on(date(1901, 1, 1), born_on=None, arrived_on=None, dwelling_state="", changed_on=None)
    assert here_on(TODAY, born_on=None, arrived_on=None, dwelling_state="出租", changed_on=date(2020, 1, 1))
    assert not here_on(
        date(1989, 12, 31), born_on=date(1990, 1, 1), arrived_on=None, dwelling_state="", changed_on=None
    )


@pytest.mark.parametrize(
    ("kind", "texts", "key"),
    [
        ("building", ("1号楼", "1栋", "01幢", "一幢", "1", "1#", "１号楼", " 1 号楼", "1#楼"), "1"),
        ("building", ("12栋", "十二号楼", "012"), "12"),
        ("building", ("二十一栋", "21"), "21"),
        ("building", ("A座", "a", "Ａ座"), "a"),
        ("unit", ("2单元", "二单元", "2", "2门", "02"), "2"),
        ("room", ("302室", "302", "302号", "0302", "302房"), "302"),
        ("building", ("", " "), ""),
    ],
)
def test_spellings_of_one_dwelling_share_a_key(kind, texts, key):
    assert {dwelling_key(kind, text) for text in texts} == {key}


def test_different_dwellings_keep_different_keys():
    assert len({dwelling_key("building", text) for text in ("1", "10", "11", "1-1", "甲", "东", "一期")}) == 7


def test_addresses_read_as_people_say_them_and_sort_by_number():
    assert address_text("幸福里一区", "2", "1", "302") == "幸福里一区 2号楼1单元302"
    assert address_text("渔村", "18栋", "", "") == "渔村 18栋"
    assert address_text("渔村", "", "", "") == "渔村"
    keys = [address_key("渔村", building, "", "") for building in ("2", "11", "a3", "a12", "100")]
    assert sorted(keys) == [keys[0], keys[1], keys[4], keys[2], keys[3]]
    assert address_key("渔村", "02", "1", "302") == address_key("渔村", "2", "1", "302") == "渔村|12|11|3302"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("2-1-302", "2号楼 1单元 302"),
        ("2-302", "2号楼 302"),
        ("幸福里2栋302室", "幸福里  2号楼 302"),
        ("2号楼302", "2号楼 302"),
        ("幸福里 302", "幸福里 302"),
        ("A座1门", "a  1单元"),
    ],
)
def test_typed_addresses_are_cut_into_their_pieces(typed, words):
    assert address_words(typed).split() == words.split()


def test_a_file_number_is_region_and_serial_of_five_digits():
    assert file_number("370685001001", 157) == "37068500100100157"
    assert file_number("370685001001", 99999) == "37068500100199999"
    assert file_number("370685001001", 100000) == ""
    assert file_number("370685001001", 0) == ""
    assert file_number("", 1) == ""


@pytest.mark.parametrize(
    ("region", "code"),
    [
        ("", None), ("110105001001", None), ("11010500100", "region_length"), ("1101050010011", "region_length"),
        ("11010500100一", "region_length"), ("100105001001", "region_unknown"), ("820105001001", None),
        ("830105001001", "region_unknown"),
    ],
)  # fmt: skip
def test_a_region_has_twelve_digits_and_begins_with_a_province(region, code):
    assert [problem.code for problem in check_region(region)] == ([code] if code else [])


@pytest.mark.parametrize(("last", "hint"), [("000", True), ("001", False), ("099", False), ("100", True)])
def test_an_unusual_committee_code_is_remarked_not_refused(last, hint):
    assert bool(region_hint(f"110105001{last}")) is hint


def test_texts_are_stored_without_blanks_and_numbers_with_a_latin_x():
    plain = tidied(
        ResidentDraft(
            name=" 韩 豪伟",
            place=" 翠湖苑 ",
            id_number="11010519491231002Х",
            contact_name="王 芳",
            head_name="Anna  Li",
        )
    )
    assert (plain.name, plain.place, plain.id_number) == ("韩豪伟", "翠湖苑", NUMBER)
    assert (plain.contact_name, plain.head_name) == ("王芳", "Anna Li")


def test_masking_stars_every_number_and_nothing_else():
    plain = ResidentDraft(
        name="林桂英", place="翠湖苑", id_number=NUMBER, phone="13800004106", contact_phone="13900001234"
    )
    hidden = masked(plain)
    assert (hidden.id_number, hidden.phone, hidden.contact_phone) == (
        "110105********002X",
        "138****4106",
        "139****1234",
    )
    assert replace(hidden, id_number=NUMBER, phone=plain.phone, contact_phone=plain.contact_phone) == plain
