"""Undo is a new step that leaves nothing half undone, and says in a sentence what stands in its way."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import select

from desktop.foundation.errors import InputError, NotAllowed
from desktop.register.records import Household, Place, Resident
from desktop.register.rights import Officer, Role
from desktop.store.history import Journal, Reference
from desktop.store.models import count_living
from tests.factories import add_household, add_place, add_resident, id_number, one_step, resident_values


@pytest.fixture
def journal(opened):
    return Journal(opened.store)


@pytest.fixture
def colleague(opened, open_as):
    return open_as(Role.HEALTH)


def newest(journal):
    return journal.steps()[0]


def undo(journal, opened, step=None):
    return journal.undo((step or newest(journal)).id, opened.officer)


def living(opened, model):
    with opened.store.reading() as session:
        return count_living(session, model)


def place_now(opened, place_id):
    with opened.store.reading() as session:
        return session.get(Place, place_id)


@pytest.fixture
def place_id(opened):
    return one_step(opened, lambda unit: add_place(unit).id, "新建点位：翠湖苑")


def rename(opened, place_id, name):
    one_step(opened, lambda unit: setattr(unit.get(Place, place_id), "name", name), f"改名：{name}")


def import_residents(opened, count=3, **values):
    def work(unit):
        unit.start_batch("residents", "居民.xlsx", count)
        home = add_household(unit)
        unit.session.flush()
        rows = [{**resident_values(home.id), "id_number": id_number(), **values} for _ in range(count)]
        return unit.batch_id, unit.insert_many(Resident, rows)

    return one_step(opened, work, "导入居民：居民.xlsx")


def test_undoing_an_update_brings_back_every_old_value(opened, journal, place_id):
    rename(opened, place_id, "梅溪苑")
    assert undo(journal, opened) == "撤销：改名：梅溪苑"
    place = place_now(opened, place_id)
    assert (place.name, place.version) == ("翠湖苑", 3)


def test_undoing_an_insert_moves_it_to_the_bin(opened, journal, place_id):
    undo(journal, opened)
    assert living(opened, Place) == 0
    assert place_now(opened, place_id).deleted_at is not None


def test_undoing_a_bin_brings_the_record_back(opened, journal, place_id):
    one_step(opened, lambda unit: unit.move_to_bin(unit.get(Place, place_id)), "删除点位")
    undo(journal, opened)
    assert place_now(opened, place_id).deleted_at is None


def test_a_step_is_undone_once(opened, journal, place_id):
    rename(opened, place_id, "梅溪苑")
    step = newest(journal)
    undo(journal, opened, step)
    with pytest.raises(InputError, match="已经撤销过"):
        undo(journal, opened, step)


def test_a_later_change_is_named_and_nothing_changes(opened, journal, colleague, place_id):
    rename(opened, place_id, "梅溪苑")
    step = newest(journal)
    rename(colleague, place_id, "桂花苑")
    with pytest.raises(InputError, match="罗晓梅，改名：桂花苑"):
        undo(journal, opened, step)
    assert place_now(opened, place_id).name == "桂花苑"
    assert newest(journal).label == "改名：桂花苑"


def test_a_later_change_to_another_field_does_not_stand_in_the_way(opened, journal, place_id):
    rename(opened, place_id, "梅溪苑")
    step = newest(journal)
    one_step(opened, lambda unit: setattr(unit.get(Place, place_id), "grid", "第三网格"), "改网格")
    undo(journal, opened, step)
    place = place_now(opened, place_id)
    assert (place.name, place.grid) == ("翠湖苑", "第三网格")


def test_an_insert_changed_later_is_named(opened, journal, place_id):
    step = newest(journal)
    rename(opened, place_id, "梅溪苑")
    with pytest.raises(InputError, match="沈玉琴，改名：梅溪苑"):
        undo(journal, opened, step)


def test_an_insert_can_be_undone_once_the_later_change_is_undone(opened, journal, place_id):
    step = newest(journal)
    rename(opened, place_id, "梅溪苑")
    undo(journal, opened)
    undo(journal, opened, step)
    assert living(opened, Place) == 0


def test_undo_of_an_undo_and_back_again(opened, journal, place_id):
    rename(opened, place_id, "梅溪苑")
    original = newest(journal)
    undo(journal, opened)
    assert undo(journal, opened) == "撤销：撤销：改名：梅溪苑"
    assert place_now(opened, place_id).name == "梅溪苑"
    again = next(row for row in journal.steps() if row.id == original.id)
    assert not again.undone
    undo(journal, opened, original)
    assert place_now(opened, place_id).name == "翠湖苑"


def test_an_insert_undone_and_redone_can_be_undone_again(opened, journal, place_id):
    original = newest(journal)
    undo(journal, opened)
    undo(journal, opened)
    assert living(opened, Place) == 1
    undo(journal, opened, original)
    assert living(opened, Place) == 0


def test_looking_at_a_number_is_neither_undoable_nor_in_the_way(opened, journal):
    resident_id = one_step(opened, lambda unit: add_resident(unit).id, "新建档案")
    step = newest(journal)
    with opened.store.writing("查看身份证号", opened.officer, undoable=False) as unit:
        unit.note(Resident, resident_id, "reveal", {"field": "id_number"})
    assert newest(journal).id == step.id
    undo(journal, opened, step)
    assert living(opened, Resident) == 0


def test_undoing_a_delete_when_the_number_is_taken_again_is_a_sentence(opened, journal):
    number = id_number()

    def first(unit):
        return add_resident(unit, id_number=number).id

    gone = one_step(opened, first, "新建档案")
    one_step(opened, lambda unit: unit.move_to_bin(unit.get(Resident, gone)), "删除档案")
    step = newest(journal)
    home = one_step(opened, lambda unit: add_household(unit, building="9栋").id)
    one_step(opened, lambda unit: add_resident(unit, home, id_number=number), "重新登记")
    with pytest.raises(InputError, match="占用了同样的内容") as caught:
        undo(journal, opened, step)
    assert number not in str(caught.value)
    with opened.store.reading() as session:
        assert session.get(Resident, gone).deleted_at is not None


def test_an_insert_somebody_refers_to_is_refused(opened, journal, place_id):
    step = newest(journal)
    one_step(opened, lambda unit: add_household(unit, place_id), "新建住户")
    with pytest.raises(InputError, match="其他记录1条"):
        undo(journal, opened, step)
    assert living(opened, Place) == 1


def test_a_place_inside_a_place_counts_as_a_reference(opened, journal, place_id):
    step = newest(journal)
    one_step(opened, lambda unit: add_place(unit, name="一期", parent_id=place_id), "新建下级点位")
    with pytest.raises(InputError, match="其他记录1条"):
        undo(journal, opened, step)


def test_what_lies_in_a_binned_record_does_not_come_back_alone(opened, journal, place_id):
    home_id = one_step(opened, lambda unit: add_household(unit, place_id).id, "新建住户")
    one_step(opened, lambda unit: unit.move_to_bin(unit.get(Household, home_id)), "删除住户")
    step = newest(journal)
    one_step(opened, lambda unit: unit.move_to_bin(unit.get(Place, place_id)), "删除点位")
    with pytest.raises(InputError, match="还在回收站里"):
        undo(journal, opened, step)


def test_a_step_over_several_tables_is_undone_whole(opened, journal):
    one_step(opened, add_resident, "新建档案")
    undo(journal, opened)
    assert [living(opened, model) for model in (Resident, Household, Place)] == [0, 0, 0]
    undo(journal, opened)
    assert [living(opened, model) for model in (Resident, Household, Place)] == [1, 1, 1]


def test_strangers_ask_the_director(opened, journal, colleague, place_id):
    step = newest(journal)
    with pytest.raises(NotAllowed, match="沈玉琴"):
        journal.undo(step.id, colleague.officer)
    rename(colleague, place_id, "梅溪苑")
    undo(journal, opened)  # the director may
    assert place_now(opened, place_id).name == "翠湖苑"


def test_each_officer_has_a_last_step_of_their_own(opened, journal, colleague, place_id):
    rename(colleague, place_id, "梅溪苑")
    assert journal.last_undoable(opened.officer.staff_id).label == "新建点位：翠湖苑"
    assert journal.last_undoable(colleague.officer.staff_id).label == "改名：梅溪苑"
    journal.undo(newest(journal).id, colleague.officer)
    assert journal.last_undoable(colleague.officer.staff_id) is None
    assert [row.label for row in journal.steps(staff_id=opened.officer.staff_id)] == ["新建点位：翠湖苑"]


def test_history_of_a_record_is_told_newest_first(opened, journal, clock, colleague, place_id):
    clock.advance(timedelta(days=-3))
    rename(colleague, place_id, "梅溪苑")
    told = [(row.staff_name, row.action, row.changes) for row in journal.of_record(place_id)]
    assert told == [("罗晓梅", "update", {"name": ["翠湖苑", "梅溪苑"]}), ("沈玉琴", "insert", {})]


def test_first_set_up_cannot_be_undone(opened, journal):
    assert journal.steps() == []
    setting_up = opened.store.change_mark()
    with pytest.raises(InputError, match="不能撤销"):
        journal.undo(setting_up, opened.officer)


def test_undoing_an_import_bins_all_it_brought(opened, journal):
    batch, _ = import_residents(opened)
    assert journal.undo_batch(batch, opened.officer) == "撤销导入：居民.xlsx"
    assert [living(opened, model) for model in (Resident, Household, Place)] == [0, 0, 0]
    assert journal.batches()[0].undone_at is not None
    with pytest.raises(InputError, match="已经撤销过"):
        journal.undo_batch(batch, opened.officer)


def test_undoing_an_import_takes_back_its_updates(opened, journal):
    known = one_step(opened, lambda unit: add_resident(unit, phone="").id, "新建档案")

    def update_import(unit):
        unit.start_batch("residents", "更新.xlsx", 1)
        unit.get(Resident, known).phone = "0756-2223041"

    one_step(opened, update_import, "导入居民：更新.xlsx")
    undo(journal, opened)
    with opened.store.reading() as session:
        resident = session.get(Resident, known)
    assert (resident.phone, resident.deleted_at) == ("", None)


def test_an_update_of_an_import_changed_later_is_named(opened, journal):
    known = one_step(opened, lambda unit: add_resident(unit, phone="").id, "新建档案")

    def update_import(unit):
        unit.start_batch("residents", "更新.xlsx", 1)
        unit.get(Resident, known).phone = "0756-2223041"
        return unit.batch_id

    batch = one_step(opened, update_import, "导入居民：更新.xlsx")
    one_step(opened, lambda unit: setattr(unit.get(Resident, known), "phone", "110"), "修改档案")
    with pytest.raises(InputError, match="沈玉琴，修改档案"):
        journal.undo_batch(batch, opened.officer)


def test_an_import_later_records_refer_to_is_refused_and_they_are_listed(opened, journal):
    batch, _ = import_residents(opened)
    journal.refer(lambda _session, _batch: [Reference("健康服务记录", 2)])
    with pytest.raises(InputError, match="健康服务记录2条"):
        journal.undo_batch(batch, opened.officer)
    assert living(opened, Resident) == 3


def test_an_import_whose_dwelling_is_lived_in_by_a_later_resident_is_refused(opened, journal):
    batch, ids = import_residents(opened)
    with opened.store.reading() as session:
        home = session.get(Resident, ids[0]).household_id
    one_step(opened, lambda unit: add_resident(unit, home), "新建档案")
    with pytest.raises(InputError, match="其他记录1条"):
        journal.undo_batch(batch, opened.officer)
    assert living(opened, Resident) == 4


def test_undoing_the_undoing_of_an_import_brings_all_of_it_back(opened, journal, clock):
    batch, ids = import_residents(opened)
    one_step(opened, lambda unit: unit.move_to_bin(unit.get(Resident, ids[0])), "删除档案")
    clock.advance(timedelta(minutes=1))
    journal.undo_batch(batch, opened.officer)
    undo(journal, opened)
    assert living(opened, Household) == 1
    with opened.store.reading() as session:
        here = set(session.exec(select(Resident.id).where(Resident.deleted_at.is_(None))))
    assert here == set(ids[1:])
    assert journal.batches()[0].undone_at is None
    journal.undo_batch(batch, opened.officer)
    assert living(opened, Resident) == 0


def test_an_undone_import_whose_numbers_came_again_stays_in_the_bin(opened, journal):
    number = id_number()
    batch, _ = import_residents(opened, count=1, id_number=number)
    journal.undo_batch(batch, opened.officer)
    step = newest(journal)
    import_residents(opened, count=1, id_number=number)
    with pytest.raises(InputError, match="占用了同样的内容"):
        undo(journal, opened, step)
    assert living(opened, Resident) == 1


def test_an_unknown_import_is_a_sentence(opened, journal, place_id):
    with pytest.raises(InputError, match="没有这一次导入"):
        journal.undo_batch(place_id, opened.officer)
    with pytest.raises(InputError, match="不能撤销"):
        journal.undo(place_id, Officer(opened.officer.staff_id, "沈玉琴", Role.DIRECTOR))
