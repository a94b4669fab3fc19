"""One unit of work: what it stores, what history it leaves, and what another thread or window sees of it."""

from __future__ import annotations

import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from desktop.foundation.errors import ChangedMeanwhile, FileBusy, InputError
from desktop.register.records import Household, Place, Resident
from desktop.store.drafts import Drafts
from desktop.store.history import Journal
from desktop.store.records import HistoryEntry, Step
from desktop.store.unit import Store
from tests.factories import add_household, add_place, add_resident, one_step, resident_values


def entries_of(store, label):
    with store.reading() as session:
        query = select(HistoryEntry).join(Step, Step.id == HistoryEntry.step_id).where(Step.label == label)
        return session.exec(query).all()


def step_called(store, label):
    with store.reading() as session:
        return session.exec(select(Step).where(Step.label == label)).one()


@pytest.fixture
def place_id(opened):
    return one_step(opened, lambda unit: add_place(unit).id, "新建点位")


def test_an_error_stores_nothing(opened):
    before = opened.store.change_mark()

    def work(unit):
        add_place(unit)
        unit.session.flush()
        raise InputError("不存了")

    with pytest.raises(InputError, match="不存了"):
        one_step(opened, work)
    with opened.store.reading() as session:
        assert session.exec(select(Place)).all() == []
    assert opened.store.change_mark() == before


def test_a_broken_constraint_stores_nothing_and_carries_no_value(opened):
    def work(unit):
        add_resident(unit, name="欧阳秘密", id_number="110101195003080", phone="13911112222")

    with pytest.raises(IntegrityError) as caught:
        one_step(opened, work)
    said = f"{caught.value} {caught.value!r} {caught.value.orig!r}"
    for secret in ("欧阳秘密", "110101195003080", "13911112222"):
        assert secret not in said
    with opened.store.reading() as session:
        assert session.exec(select(Place)).all() == []


def test_insert_leaves_one_line_without_values(opened, place_id):
    (entry,) = entries_of(opened.store, "新建点位")
    assert (entry.record_type, entry.record_id, entry.action, entry.changes) == ("place", place_id, "insert", {})


def test_step_names_who_when_where(opened, clock, place_id):
    step = step_called(opened.store, "新建点位")
    assert (step.staff_id, step.staff_name, step.at) == (opened.officer.staff_id, "沈玉琴", clock.now())
    assert step.device
    assert step.undoable


def test_update_leaves_one_line_with_old_and_new_of_each_changed_field(opened, place_id):
    def work(unit):
        place = unit.get(Place, place_id)
        place.name, place.grid, place.remark = "梅溪苑", "第三网格", place.remark

    one_step(opened, work, "修改点位")
    (entry,) = entries_of(opened.store, "修改点位")
    assert entry.action == "update"
    assert entry.changes == {"name": ["翠湖苑", "梅溪苑"], "grid": ["", "第三网格"]}


def test_a_record_flushed_twice_in_a_step_has_one_line_and_one_new_version(opened, place_id):
    def work(unit):
        place = unit.get(Place, place_id)
        for name in ("一", "二", "三"):
            place.name = name
            unit.session.flush()
        place.grid = "甲"
        unit.session.flush()
        place.grid = ""

    one_step(opened, work, "修改点位")
    (entry,) = entries_of(opened.store, "修改点位")
    assert entry.changes == {"name": ["翠湖苑", "三"]}
    with opened.store.reading() as session:
        assert session.get(Place, place_id).version == 2


def test_a_new_record_changed_in_its_own_step_has_its_insert_only(opened):
    def work(unit):
        place = add_place(unit)
        unit.session.flush()
        place.name = "改名"

    one_step(opened, work, "新建并改名")
    (entry,) = entries_of(opened.store, "新建并改名")
    assert (entry.action, entry.changes) == ("insert", {})


def test_a_change_taken_back_leaves_no_step(opened, place_id):
    before = opened.store.change_mark()

    def work(unit):
        place = unit.get(Place, place_id)
        place.name = "别的"
        unit.session.flush()
        place.name = "翠湖苑"

    one_step(opened, work, "改了又改回")
    assert opened.store.change_mark() == before


def test_records_are_never_deleted(opened, place_id):
    with pytest.raises(RuntimeError, match="moved to the bin"):
        one_step(opened, lambda unit: unit.session.delete(unit.get(Place, place_id)))


def test_bin_and_back_are_told_apart(opened, place_id):
    one_step(opened, lambda unit: unit.move_to_bin(unit.get(Place, place_id)), "删除点位")
    with pytest.raises(InputError, match="回收站"):
        one_step(opened, lambda unit: unit.get(Place, place_id))
    one_step(opened, lambda unit: unit.put_back(unit.session.get(Place, place_id)), "恢复点位")
    assert [entries_of(opened.store, label)[0].action for label in ("删除点位", "恢复点位")] == ["bin", "restore"]


def test_putting_back_what_is_taken_again_is_a_sentence(opened):
    def remove_and_take(unit):
        first = add_resident(unit, id_number="11010119500308001X")
        unit.session.flush()
        unit.move_to_bin(first)
        unit.session.flush()
        add_resident(unit, first.household_id, id_number="11010119500308001X")
        return first.id

    gone = one_step(opened, remove_and_take)
    with pytest.raises(InputError, match="占用了同样的内容"):
        one_step(opened, lambda unit: unit.put_back(unit.session.get(Resident, gone)))


def test_an_older_version_is_refused(opened, place_id):
    one_step(opened, lambda unit: setattr(unit.get(Place, place_id, version=1), "name", "甲"))
    with pytest.raises(ChangedMeanwhile, match="别人刚改过"):
        one_step(opened, lambda unit: setattr(unit.get(Place, place_id, version=1), "name", "乙"))


def test_a_batch_has_one_line_however_many_rows(opened):
    def work(unit):
        home = add_household(unit)
        unit.session.flush()
        unit.start_batch("residents", "居民.xlsx", 3)
        return unit.insert_many(Resident, [resident_values(home.id, id_number=None) for _ in range(3)])

    ids = one_step(opened, work, "导入居民")
    found = [entry for entry in entries_of(opened.store, "导入居民") if entry.record_type == "resident"]
    assert [(entry.record_id, entry.action, entry.changes) for entry in found] == [(None, "import", {"rows": 3})]
    with opened.store.reading() as session:
        stored = session.exec(select(Resident)).all()
    assert [resident.id for resident in stored] == sorted(ids)
    assert {resident.import_batch for resident in stored} == {step_called(opened.store, "导入居民").batch_id}
    assert {resident.version for resident in stored} == {1}


def test_insert_many_needs_a_batch(opened):
    with pytest.raises(RuntimeError, match="start_batch"):
        one_step(opened, lambda unit: unit.insert_many(Place, [{"name": "a", "category": "小区"}]))


def test_an_orphan_is_refused(opened):
    with pytest.raises(IntegrityError, match="FOREIGN KEY"):
        one_step(opened, lambda unit: add_household(unit, uuid4()))


def test_one_unit_inside_another_is_refused_at_once(opened):
    with pytest.raises(RuntimeError, match="one unit of work at a time"):
        one_step(opened, lambda _unit: one_step(opened, add_place))
    one_step(opened, add_place)


def test_a_reader_sees_one_moment_while_others_write(opened, place_id):
    with opened.store.reading() as session:
        assert session.get(Place, place_id).name == "翠湖苑"
        one_step(opened, lambda unit: setattr(unit.get(Place, place_id), "name", "梅溪苑"))
        session.expire_all()
        assert session.get(Place, place_id).name == "翠湖苑"
    with opened.store.reading() as session:
        assert session.get(Place, place_id).name == "梅溪苑"


def test_writers_beside_a_long_reader_never_wait_or_fail(folder, opened, clock, place_id):
    """A deferred transaction that reads and then writes would fail here with a stale snapshot, timeout or not."""
    other = Store(opened.store.path, opened.data_key, clock=clock, device="另一台")
    with opened.store.reading() as session:
        session.get(Place, place_id)
        for number, store in enumerate((opened.store, other) * 5):
            with store.writing("修改点位", opened.officer) as unit:
                unit.get(Place, place_id).name = f"第{number}次"
    other.close()
    with opened.store.reading() as session:
        assert session.get(Place, place_id).version == 11


def test_two_threads_write_one_after_the_other(opened, place_id):
    def add_many(number):
        for turn in range(10):
            with opened.store.writing("修改点位", opened.officer) as unit:
                place = unit.get(Place, place_id)
                place.household_count = (place.household_count or 0) + 1
                place.grid = f"{number}-{turn}"

    threads = [threading.Thread(target=add_many, args=(number,)) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with opened.store.reading() as session:
        place = session.get(Place, place_id)
    assert (place.household_count, place.version) == (30, 31)


def test_a_look_up_inside_a_look_up_does_not_wait_for_a_job_that_reads(opened):
    reading, done = threading.Event(), threading.Event()

    def job():
        with opened.store.reading() as session:
            session.exec(select(Place)).all()
            reading.set()
            done.wait(20)

    worker = threading.Thread(target=job)
    worker.start()
    assert reading.wait(10)
    try:
        with opened.store.reading() as outer:
            outer.exec(select(Place)).all()
            with opened.store.reading() as inner:
                assert inner.exec(select(Household)).all() == []
            assert not done.is_set()
    finally:
        done.set()
        worker.join()


def test_closing_while_somebody_reads_neither_waits_nor_fails(opened, clock, place_id):
    other = Store(opened.store.path, opened.data_key, clock=clock)
    with opened.store.reading() as session:
        session.get(Place, place_id)
        with other.writing("修改点位", opened.officer) as unit:
            unit.get(Place, place_id).name = "梅溪苑"
        other.close()
        assert session.get(Place, place_id) is not None


def test_a_writer_held_by_another_window_is_a_sentence(opened, clock, place_id, monkeypatch):
    monkeypatch.setattr("desktop.store.engine.BUSY_TIMEOUT_MS", 50)
    other = Store(opened.store.path, opened.data_key, clock=clock)
    with opened.store.writing("修改点位", opened.officer) as unit:
        unit.get(Place, place_id).name = "梅溪苑"
        unit.session.flush()
        with pytest.raises(FileBusy, match="另一个程序占用"), other.writing("修改点位", opened.officer) as late:
            late.get(Place, place_id)
    other.close()


def test_change_mark_moves_even_if_the_clock_was_set_back(opened, clock, place_id):
    before = opened.store.change_mark()
    clock.advance(timedelta(days=-30))
    one_step(opened, lambda unit: setattr(unit.get(Place, place_id), "name", "梅溪苑"), "钟拨回之后")
    assert opened.store.change_mark() != before
    assert Journal(opened.store).last_undoable(opened.officer.staff_id).label == "钟拨回之后"


def test_newest_step_tells_that_the_clock_was_set_back(opened, clock, place_id):
    latest = clock.now()
    clock.advance(timedelta(days=-30))
    assert opened.store.newest_step_at() == latest > clock.now()
    one_step(opened, lambda unit: setattr(unit.get(Place, place_id), "name", "梅溪苑"))
    assert opened.store.newest_step_at() == latest


def test_drafts_survive_and_belong_to_one_officer(opened, clock):
    mine = Drafts(opened.store, opened.officer.staff_id, clock)
    assert mine.find("resident/new") is None
    mine.keep("resident/new", {"name": "林桂"})
    mine.keep("resident/new", {"name": "林桂英", "tags": ["高血压"]})
    again = Store(opened.store.path, opened.data_key, clock=clock)
    found = Drafts(again, opened.officer.staff_id, clock).find("resident/new")
    assert (found.content, found.saved_at) == ({"name": "林桂英", "tags": ["高血压"]}, clock.now())
    assert Drafts(again, uuid4(), clock).find("resident/new") is None
    again.close()
    mine.drop("resident/new")
    mine.drop("resident/new")
    assert mine.find("resident/new") is None


def test_drafts_leave_no_step(opened, clock):
    before = opened.store.change_mark()
    Drafts(opened.store, opened.officer.staff_id, clock).keep("visit/new", {"systolic": "150"})
    assert opened.store.change_mark() == before
