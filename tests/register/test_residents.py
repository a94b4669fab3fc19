"""Residents on a real encrypted file: nothing half stored, numbers once, history, tags, dwellings."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlmodel import col, select

from desktop.foundation.errors import ChangedMeanwhile, InputError
from desktop.health.rules import VisitDraft
from desktop.register.records import Household, Place, Resident, ResidentTag
from desktop.register.service.residents import ResidentFilter
from desktop.store.derived import rebuild_derived
from tests.factories import id_number
from tests.register.making import draft, resident


def count(bench, model):
    with bench.store.reading() as session:
        return len(session.exec(select(model).where(col(model.deleted_at).is_(None))).all())


def problems(error):
    return [(problem.field, problem.code) for problem in error.value.problems]


def test_a_wrong_form_says_everything_and_stores_nothing(bench):
    with pytest.raises(InputError) as error:
        resident(bench, name=" ", place="", id_number="11010519491231002")
    assert problems(error) == [("name", "required"), ("id_number", "id_length"), ("place", "required")]
    assert [count(bench, model) for model in (Resident, Household, Place)] == [0, 0, 0]


def test_a_number_that_is_stored_is_refused_and_names_whose_it_is(bench):
    number = id_number()
    resident(bench, name="王芳", id_number=number)
    with pytest.raises(InputError) as error:
        resident(bench, name="王方", id_number=number.lower())
    assert problems(error) == [("id_number", "id_exists")]
    assert "王芳" in str(error.value)
    assert count(bench, Resident) == 1


def test_a_person_without_a_number_needs_a_reason(bench):
    with pytest.raises(InputError) as error:
        resident(bench, id_number="")
    assert problems(error) == [("no_id_reason", "required")]
    kept = resident(bench, id_number="", no_id_reason="新生儿未上户")
    assert bench.residents.card(kept).draft.no_id_reason == "新生儿未上户"


def test_a_stored_form_comes_back_as_it_was_typed(bench):
    typed = draft(
        sex="女", born_on=date(1950, 3, 8), ethnicity="汉族", phone="0756-3629041", contact_name="王芳",
        contact_phone="13900001234", head_name="林桂英", relation="户主", residence_type="户籍", dwelling_state="自住",
        arrived_on=date(1999, 1, 1), tags=("高血压", "独居"), remark="爱下棋\n二楼",
    )  # fmt: skip
    assert bench.residents.card(bench.residents.create(typed)).draft == typed


def test_a_change_is_in_the_history_field_by_field_and_undone_by_name(bench):
    kept = resident(bench, name="王芳", phone="13800004106")
    card = bench.residents.card(kept)
    bench.residents.change(kept, replace(card.draft, phone="13800004107"), version=card.version)
    newest = bench.journal.of_record(kept)[0]
    assert (newest.label, newest.staff_name) == ("修改档案：王芳", "沈玉琴")
    assert newest.changes == {"phone": ["13800004106", "13800004107"]}
    step = bench.journal.last_undoable(bench.officer.staff_id)
    assert bench.journal.undo(step.id, bench.officer) == "撤销：修改档案：王芳"
    assert bench.residents.card(kept).draft == card.draft


def test_saving_over_a_colleague_s_change_is_refused(bench):
    kept = resident(bench)
    card = bench.residents.card(kept)
    bench.residents.change(kept, replace(card.draft, remark="先存的"), version=card.version)
    with pytest.raises(ChangedMeanwhile) as error:
        bench.residents.change(kept, replace(card.draft, remark="后存的", room="502"), version=card.version)
    assert error.value.fields == {"remark": ("先存的", "后存的"), "room": ("501", "502")}
    assert bench.residents.card(kept).draft.remark == "先存的"


def test_taking_over_somebody_s_number_by_a_change_is_refused(bench):
    number = id_number()
    resident(bench, id_number=number)
    other = resident(bench, name="王芳")
    card = bench.residents.card(other)
    with pytest.raises(InputError) as error:
        bench.residents.change(other, replace(card.draft, id_number=number), version=card.version)
    assert problems(error) == [("id_number", "id_exists")]


def test_file_numbers_rise_and_are_never_given_again(bench):
    first, second = resident(bench), resident(bench)
    assert bench.residents.card(first).file_number == "44040200301200001"
    assert bench.residents.card(second).file_number == "44040200301200002"
    bench.residents.remove(second)
    assert bench.residents.card(resident(bench)).file_number == "44040200301200003"


def test_one_dwelling_however_it_is_spelt_and_a_new_one_where_it_differs(bench):
    for building in ("1号楼", "1栋", "01幢"):
        resident(bench, building=building, unit="二单元", room="0302室")
    assert count(bench, Household) == 1
    resident(bench, building="10栋", unit="二单元", room="302")
    resident(bench, place="渔村", building="1", unit="2", room="302")
    assert count(bench, Household) == 3
    assert bench.residents.count() == (5, 3)


def test_a_new_estate_is_made_with_the_resident_and_an_old_one_is_found_despite_blanks(bench):
    resident(bench, place="翠湖苑")
    resident(bench, place=" 翠湖 苑 ")
    assert [(place.name, place.category) for place in bench.places.all()] == [("翠湖苑", "小区")]


def test_a_resident_with_visits_stays_out_of_the_bin(bench):
    kept = resident(bench, name="王芳")
    visit = bench.health.record(kept, VisitDraft(date(2026, 6, 1), "血压测量", systolic_mmhg=120, diastolic_mmhg=80))
    with pytest.raises(InputError, match="健康服务记录1条"):
        bench.residents.remove(kept)
    bench.health.remove(visit.id)
    assert bench.residents.remove(kept) == "删除档案：王芳"
    with pytest.raises(InputError, match="已经不在了"):
        bench.residents.card(kept)


def test_looking_at_a_number_is_written_down(bench):
    number = id_number()
    kept = resident(bench, id_number=number, phone="13800004106")
    assert bench.residents.reveal(kept, "id_number") == number
    assert bench.residents.reveal(kept, "phone") == "13800004106"
    newest = bench.journal.of_record(kept)[:2]
    assert [(row.action, row.changes, row.staff_name) for row in newest] == [
        ("reveal", {"field": "phone"}, "沈玉琴"),
        ("reveal", {"field": "id_number"}, "沈玉琴"),
    ]
    assert bench.journal.last_undoable(bench.officer.staff_id).label == "新建档案：林桂英"


def test_tags_begin_today_end_yesterday_and_a_tag_of_today_never_was(bench, clock):
    kept = resident(bench, tags=("高血压", "独居"))
    clock.advance(timedelta(days=10))
    change_tags(bench, kept, ("高血压", "党员"))
    change_tags(bench, kept, ("高血压",))
    with bench.store.reading() as session:
        rows = session.exec(select(ResidentTag).where(col(ResidentTag.deleted_at).is_(None)))
        spans = {row.tag: (row.from_on, row.to_on) for row in rows}
    assert spans == {"高血压": (date(2026, 6, 17), None), "独居": (date(2026, 6, 17), date(2026, 6, 26))}
    clock.advance(timedelta(days=1))
    change_tags(bench, kept, ("高血压", "独居"))
    assert set(bench.residents.card(kept).tags) == {"高血压", "独居"}


def change_tags(bench, kept, tags):
    card = bench.residents.card(kept)
    bench.residents.change(kept, replace(card.draft, tags=tags), version=card.version)


def test_who_moved_away_leaves_the_list_and_stands_in_the_other_one(bench):
    kept, gone = resident(bench), resident(bench, dwelling_state="迁出")
    assert list(bench.residents.list_ids(ResidentFilter())) == [kept]
    assert list(bench.residents.list_ids(ResidentFilter(gone=True))) == [gone]
    assert bench.residents.card(gone).draft.changed_on == date(2026, 6, 17)


def test_lists_follow_address_or_name_and_narrow_by_estate_and_tag(bench):
    eleven = resident(bench, name="安平", building="11", tags=("高血压",))
    two = resident(bench, name="周平", building="2", tags=("党员",))
    elsewhere = resident(bench, name="白平", place="渔村")
    place = next(row for row in bench.places.all() if row.name == "翠湖苑")
    assert list(bench.residents.list_ids(ResidentFilter(place_id=place.id))) == [two, eleven]
    assert list(bench.residents.list_ids(ResidentFilter(order="name"))) == [eleven, elsewhere, two]
    assert list(bench.residents.list_ids(ResidentFilter(tag="高血压"))) == [eleven]
    assert [row.name for row in bench.residents.rows([two, eleven])] == ["周平", "安平"]


def test_lookalikes_are_people_of_the_name_with_the_birthday_or_the_dwelling(bench):
    same_day = resident(bench, name="王芳", id_number=id_number(date(1960, 5, 5)), room="101")
    same_home = resident(bench, name="王芳", id_number=id_number(date(1991, 1, 1)), room="202")
    resident(bench, name="王芳", id_number=id_number(date(1970, 7, 7)), room="303")
    resident(bench, name="王方", id_number=id_number(date(1960, 5, 5)), room="202")
    typed = draft(name="王 芳", born_on=date(1960, 5, 5), room="202室")
    assert {row.id for row in bench.residents.lookalikes(typed)} == {same_day, same_home}
    assert {row.id for row in bench.residents.lookalikes(typed, same_home)} == {same_day}
    assert bench.residents.lookalikes(replace(typed, name="")) == []


def test_people_and_homes_are_counted_through_every_change(bench):
    def counted():
        line = next(line for line in bench.check() if line.code == "resident_count")
        assert line.ok, line.message
        return bench.residents.count()

    assert counted() == (0, 0)
    first = resident(bench, name="吴淑珍", building="2栋", room="302")
    second = resident(bench, name="赵德顺", building="2栋", room="302")
    assert counted() == (2, 1)
    typed = bench.residents.card(second)
    bench.residents.change(second, replace(typed.draft, room="401"), version=typed.version)
    assert counted() == (2, 2)
    typed = bench.residents.card(first)
    bench.residents.change(first, replace(typed.draft, dwelling_state="迁出"), version=typed.version)
    assert counted() == (1, 1)
    bench.residents.remove(second)
    assert counted() == (0, 0)
    bench.journal.undo(bench.journal.last_undoable(bench.officer.staff_id).id, bench.officer)
    assert counted() == (1, 1)
    rebuild_derived(bench.store, bench.officer)
    assert counted() == (1, 1)


def test_a_long_list_gives_the_same_from_both_ends(bench):
    ids = [
        resident(bench, name=f"王{letter}", building=f"{number}栋") for number, letter in enumerate("甲乙丙丁戊己庚", 1)
    ]
    for descending in (False, True):
        listed = bench.residents.list_ids(ResidentFilter(descending=descending))
        listed.WINDOW = 2
        assert list(listed) == (ids[::-1] if descending else ids)
        assert [listed.position(one) for one in listed] == list(range(7))


@pytest.mark.parametrize("window", [1, 2, 3, 500])
def test_by_age_the_youngest_or_the_eldest_come_first_and_whose_birthday_is_unknown_last(bench, window):
    born = [date(1950, 3, 8), None, date(2019, 1, 2), date(1950, 3, 8), None, date(1990, 12, 31)]
    people = [
        resident(bench, id_number="", no_id_reason="暂缺证件", born_on=day, name=f"人{number}")
        for number, day in enumerate(born)
    ]
    unknown, twins = {people[1], people[4]}, {people[0], people[3]}
    for descending, first in ((False, [people[2], people[5]]), (True, [])):
        listed = bench.residents.list_ids(ResidentFilter(order="age", descending=descending))
        listed.WINDOW = window
        ids = list(listed)
        assert len(listed) == len(ids) == 6
        assert ids[: len(first)] == first
        assert set(ids[0:2] if descending else ids[2:4]) == twins
        assert set(ids[4:]) == unknown
        assert [listed.position(one) for one in ids] == list(range(6))
    eldest = list(bench.residents.list_ids(ResidentFilter(order="age", descending=True)))
    assert eldest[2:4] == [people[5], people[2]]


def test_by_age_the_narrowed_list_has_the_order_of_the_whole_one(bench):
    for number, day in enumerate([None, date(1950, 3, 8), date(1990, 1, 1), date(1950, 3, 8)]):
        resident(bench, id_number="", no_id_reason="暂缺证件", born_on=day, name=f"人{number}")
    for descending in (False, True):
        whole = list(bench.residents.list_ids(ResidentFilter(order="age", descending=descending)))
        (place,) = bench.places.all()
        narrowed = bench.residents.list_ids(ResidentFilter(order="age", descending=descending, place_id=place.id))
        assert list(narrowed) == whole
