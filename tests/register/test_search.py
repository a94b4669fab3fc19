"""People are found by whatever an officer types."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.foundation.idnumber import check_digit
from tests.factories import id_number
from tests.register.making import resident


def number_ending_in_x(born_on=date(1958, 2, 3)):
    for order in range(1, 999):
        head = f"440402{born_on:%Y%m%d}{order:03d}"
        if check_digit(head) == "X":
            return head + "X"
    raise AssertionError


@pytest.fixture
def people(bench):
    number = number_ending_in_x()
    resident(bench, name="单晓红", id_number=number, phone="138 0000 4106", contact_phone="0756-3629041",
             place="幸福里一区", building="2号楼", unit="1单元", room="302室")  # fmt: skip
    resident(bench, name="单立国", place="幸福里一区", building="12", unit="1", room="302")
    resident(bench, name="张三", place="渔村", building="3", unit="", room="201", phone="13911112222")
    resident(bench, name="Anna Smith", id_number="", no_id_reason="外籍", place="渔村", building="5栋", room="101")
    resident(bench, name="陈𬸚", place="渔村", building="A座", room="7")
    return bench, number


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("shanxiaohong", ["单晓红"]), ("sxh", ["单晓红"]), ("danxiaohong", ["单晓红"]), ("dxh", ["单晓红"]),
        ("chanxiaohong", ["单晓红"]), ("SXH", ["单晓红"]), ("单晓红", ["单晓红"]), ("晓红", ["单晓红"]), ("红",
        ["单晓红"]),
        ("单", ["单晓红", "单立国"]), ("zs", ["张三"]), ("张三", ["张三"]), ("三", ["张三"]), ("陈𬸚",
        ["陈𬸚"]), ("𬸚", ["陈𬸚"]),
        ("anna", ["Anna Smith"]), ("Anna Smith", ["Anna Smith"]),
        ("13800004106", ["单晓红"]), ("138", ["单晓红"]), ("4106", ["单晓红"]), ("3629041", ["单晓红"]),
        ("0756-3629041", ["单晓红"]),
        ("1391111", ["张三"]), ("2222", ["张三"]),
        ("幸福里 302", ["单晓红", "单立国"]), ("幸福里302", ["单晓红", "单立国"]), ("2号楼302", ["单晓红"]),
        ("2栋302", ["单晓红"]),
        ("2-1-302", ["单晓红"]), ("12-302", ["单立国"]), ("幸福里一区2号楼", ["单晓红"]), ("渔村", ["张三",
        "Anna Smith", "陈𬸚"]),
        ("5号楼", ["Anna Smith"]), ("A座", ["陈𬸚"]), ("302", ["单晓红", "单立国"]),
        ("没有的人", []), ("zzz", []), ("", []), ("  ", []),
    ],
)  # fmt: skip
def test_what_an_officer_types_finds_whom_he_means(people, typed, names):
    assert {row.name for row in people[0].residents.search(typed)} == set(names)


def test_the_end_of_a_number_finds_with_its_x_and_the_whole_number_alone(people):
    bench, number = people
    for typed in (number[-4:], number[-4:].lower(), number[-6:], number, number.lower()):
        assert [row.name for row in bench.residents.search(typed)] == ["单晓红"], typed


def test_what_was_found_follows_changes_of_name_dwelling_and_estate(bench):
    from dataclasses import replace

    kept = resident(bench, name="张三", place="渔村", id_number=id_number())
    card = bench.residents.card(kept)
    bench.residents.change(kept, replace(card.draft, name="李四", place="新村"), version=card.version)
    assert [bench.residents.search(typed) for typed in ("张三", "zs", "渔村")] == [[], [], []]
    assert {bench.residents.search(typed)[0].id for typed in ("李四", "ls", "新村")} == {kept}
    place = next(row for row in bench.places.all() if row.name == "新村")
    bench.places.change(place.id, replace(place.draft(), name="唐苑新村"), version=place.version)
    assert [row.address for row in bench.residents.search("唐苑")] == ["唐苑新村 3号楼2单元501"]
    bench.residents.remove(kept)
    assert bench.residents.search("李四") == []


def test_two_characters_of_a_common_name_find_only_that_name(bench):
    for name in ("张三", "张三丰", "三张"):
        resident(bench, name=name)
    assert {row.name for row in bench.residents.search("张三")} == {"张三", "张三丰"}
