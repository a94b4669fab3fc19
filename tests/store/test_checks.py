"""The last guards in the file itself: every CHECK and uniqueness tried with a bad row; and 检查资料."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from uuid import uuid4

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlmodel import SQLModel, select

import desktop.app  # noqa: F401  every table there is
from desktop.activities.records import Activity
from desktop.health.records import Visit
from desktop.inspections.records import Inspection, Pledge
from desktop.notices.records import Posting
from desktop.pest_control.records import AedesCheck, DensityCheck, StockEntry, Treatment
from desktop.register.issued_records import IssuedDocument
from desktop.register.records import (
    GapReason,
    Household,
    Resident,
    ResidentOrder,
    ResidentTag,
    Staff,
    SuperiorTask,
)
from desktop.reports.records import ReportSetting, ReportSubmission, ReportText
from desktop.store.derived import rebuild_derived
from desktop.store.engine import connect
from desktop.store.records import SearchKey, SearchOwner
from tests.factories import add_household, add_place, add_resident, id_number, one_step

DAY, DAY_BEFORE = date(2026, 6, 17), date(2026, 6, 16)
BAD = {
    "staff_role": lambda person: Staff(name="某人", role="局长"),
    "resident_sex": lambda person: person_with(person, sex="不详"),
    "resident_dwelling_state": lambda person: person_with(person, dwelling_state="借住"),
    "resident_id_number_length": lambda person: person_with(person, id_number="11010119500308"),
    "resident_tag_period": lambda person: ResidentTag(
        resident_id=person.id, tag="高血压", from_on=date(2026, 2, 1), to_on=date(2026, 1, 31)
    ),
    "visit_systolic": lambda person: visit(person, systolic_mmhg=400, diastolic_mmhg=90),
    "visit_diastolic": lambda person: visit(person, systolic_mmhg=130, diastolic_mmhg=19),
    "visit_pressures": lambda person: visit(person, systolic_mmhg=90, diastolic_mmhg=90),
    "visit_glucose": lambda person: visit(person, glucose_umol_per_l=99),
    "visit_next_day": lambda person: visit(person, next_on=date(2026, 6, 17)),
    "activity_status": lambda _: activity(status="办了"),
    "activity_end_day": lambda _: activity(ends_on=date(2026, 6, 16)),
    "activity_planned_people": lambda _: activity(planned_people=-1),
    "activity_attendance": lambda _: activity(attendance=-1),
    "stock_entry_movement": lambda _: stock(movement="送人"),
    "stock_entry_quantity": lambda _: stock(quantity_milli=-1),
    "stock_entry_package": lambda _: stock(package_mg=-1),
    "treatment_quantity": lambda person: treatment(person, quantity_milli=-1),
    "treatment_households": lambda person: treatment(person, households=-1),
    "treatment_area": lambda person: treatment(person, area_dm2=-1),
    "treatment_dead_rats": lambda person: treatment(person, dead_rats=-1),
    "aedes_check_households": lambda person: aedes(person, households=-1),
    "aedes_check_positive_containers": lambda person: aedes(person, positive_containers=-1),
    "density_check_checked": lambda _: density(checked_milli=-1),
    "density_check_positive": lambda _: density(positive=-1),
    "inspection_finding": lambda person: inspection(person, has_finding=True),
    "inspection_score": lambda person: inspection(person, score_hundredths=-1),
    "inspection_result": lambda person: inspection(person, result="还行"),
    "inspection_level": lambda person: inspection(person, level="大隐患"),
    "inspection_treatment": lambda person: inspection(person, treatment="罚款"),
    "inspection_recheck_result": lambda person: inspection(person, recheck_result="还行"),
    "inspection_due_day": lambda person: inspection(person, due_on=date(2026, 6, 16)),
    "inspection_recheck_day": lambda person: inspection(person, rechecked_on=date(2026, 6, 16)),
    "inspection_closing_day": lambda person: inspection(person, closed_on=date(2026, 6, 16)),
    "pledge_copies": lambda _: pledge(copies=-1),
    "pledge_period": lambda _: pledge(expires_on=date(2026, 6, 16)),
    "superior_task_title": lambda _: SuperiorTask(title="", due_on=DAY),
    "gap_reason_span": lambda _: GapReason(duty="检查", title="检查", first_on=DAY, last_on=DAY_BEFORE, reason="停电"),
    "gap_reason_reason": lambda _: GapReason(duty="检查", title="检查", first_on=DAY, last_on=DAY, reason=""),
    "issued_document_serial": lambda _: document(serial=0),
    "issued_document_void": lambda _: document(voided_on=DAY),
    "posting_due_day": lambda _: Posting(title="告示", posted_on=DAY, places="宣传栏", down_due_on=DAY_BEFORE),
    "posting_down_day": lambda _: Posting(title="告示", posted_on=DAY, places="宣传栏", taken_down_on=DAY_BEFORE),
    "posting_check_day": lambda _: Posting(title="告示", posted_on=DAY, places="宣传栏", checked_on=DAY_BEFORE),
    "report_setting_first_day": lambda _: ReportSetting(first_day=29),
    "report_text_span": lambda _: ReportText(first_on=DAY, last_on=DAY_BEFORE),
    "report_submission_span": lambda _: ReportSubmission(
        first_on=DAY,
        last_on=DAY_BEFORE,
        title="月报",
        submitted_on=DAY,
        recipient="街道",
        handled_by="罗晓梅",
        content={},
    ),
}


def person_with(person, **values):
    return Resident(**{"file_serial": 900, "name": "某人", "household_id": person.household_id, **values})


def visit(person, **values):
    return Visit(resident_id=person.id, visited_on=date(2026, 6, 17), service="高血压随访", **values)


def activity(**values):
    return Activity(**{"held_on": date(2026, 6, 17), "name": "讲座", "category": "讲座", "status": "已办", **values})


def stock(**values):
    usual = {"happened_on": date(2026, 6, 17), "agent": "饵粒", "movement": "入库", "quantity_milli": 1000}
    return StockEntry(**{**usual, **values})


def treatment(person, **values):
    usual = {"treated_on": date(2026, 6, 17), "pest": "鼠", "agent": "饵粒", "quantity_milli": 1000, "unit": "袋"}
    return Treatment(**{**usual, "place_id": person.household_id, **values})


def aedes(person, **values):
    usual = {"checked_on": date(2026, 6, 17), "households": 100, "positive_containers": 1}
    return AedesCheck(**{**usual, "place_id": person.household_id, **values})


def density(**values):
    usual = {"checked_on": date(2026, 6, 17), "indicator": "室内鼠迹阳性率", "checked_milli": 1000, "positive": 1}
    return DensityCheck(**{**usual, **values})


def inspection(person, **values):
    usual = {"inspected_on": date(2026, 6, 17), "category": "安全生产", "place_id": person.household_id}
    return Inspection(**{**usual, **values})


def pledge(**values):
    usual = {"signed_on": date(2026, 6, 17), "category": "禁毒责任书", "party": "某店"}
    return Pledge(**{**usual, **values})


def document(**values):
    usual = {
        "series": "通知", "year": 2026, "serial": 1, "number": "通知〔2026〕1号", "template": "停水", "kind": "通知",
        "title": "停水通知", "issued_on": DAY, "issued_by": "罗晓梅", "paper": "0" * 64, "pages": 1, "content": "停水",
        "given": {},
    }  # fmt: skip
    return IssuedDocument(**{**usual, **values})


@pytest.fixture
def person(opened):
    def work(unit):
        resident = add_resident(unit)
        unit.session.flush()
        return resident

    return one_step(opened, work)


@pytest.mark.parametrize("name", BAD)
def test_a_bad_row_is_refused_by_its_check(opened, person, name):
    with pytest.raises(IntegrityError, match=f"CHECK constraint failed: ck_{name}\\b"):
        one_step(opened, lambda unit: unit.add(BAD[name](person)))


def test_every_check_has_its_bad_row():
    checks = {
        f"{table.name}_{str(check.name).removeprefix(f'ck_{table.name}_')}"
        for table in SQLModel.metadata.tables.values()
        for check in table.constraints
        if isinstance(check, sa.CheckConstraint)
    }
    assert checks == set(BAD)


def test_an_identity_number_is_held_by_one_living_resident(opened, person):
    with pytest.raises(IntegrityError, match="UNIQUE"):
        one_step(opened, lambda unit: add_resident(unit, person.household_id, id_number=person.id_number))
    one_step(opened, lambda unit: unit.move_to_bin(unit.get(Resident, person.id)))
    one_step(opened, lambda unit: add_resident(unit, person.household_id, id_number=person.id_number))


def test_a_dwelling_is_there_once(opened, person):
    with opened.store.reading() as session:
        place_id = session.get(Household, person.household_id).place_id
    with pytest.raises(IntegrityError, match="UNIQUE"):
        one_step(opened, lambda unit: add_household(unit, place_id))


def test_a_file_serial_is_given_once_even_to_people_in_the_bin(opened, person):
    one_step(opened, lambda unit: unit.move_to_bin(unit.get(Resident, person.id)))
    with pytest.raises(IntegrityError, match="UNIQUE"):
        one_step(opened, lambda unit: add_resident(unit, person.household_id, file_serial=person.file_serial))


def test_a_sound_file_is_said_to_be_sound(bench):
    add_people(bench, 3)
    lines = bench.check()
    assert [line.code for line in lines[:3]] == ["pages", "structure", "references"]
    assert all(line.ok for line in lines), lines


def add_people(bench, count):
    def work(unit):
        place = add_place(unit)
        unit.session.flush()
        for number in range(count):
            home = add_household(unit, place.id, room=f"{number + 1}01")
            unit.session.flush()
            add_resident(unit, home.id, id_number=id_number(), name=f"单{'甲乙丙丁'[number]}")

    with bench.store.writing("新建档案", bench.officer) as unit:
        work(unit)


def derived_rows(store):
    with store.reading() as session:
        connection = session.connection()
        keys = connection.execute(
            sa.select(SearchKey.key, SearchOwner.owner_id).join(SearchOwner, SearchOwner.row == SearchKey.row)
        )
        order = connection.execute(sa.select(ResidentOrder))
        return sorted(map(str, keys)), sorted(map(str, order))


def test_derived_rows_that_were_lost_are_found_and_made_again(bench):
    add_people(bench, 4)
    whole = derived_rows(bench.store)
    assert len(whole[1]) == 4
    with bench.store.keeping() as session:
        connection = session.connection()
        connection.execute(sa.delete(SearchKey))
        connection.execute(sa.delete(ResidentOrder).where(ResidentOrder.name_key.contains("甲")))
        connection.execute(
            sa.update(ResidentOrder).where(ResidentOrder.name_key.contains("乙")).values(resident_id=uuid4())
        )
    line = next(line for line in bench.check() if line.code == "order")
    assert (line.ok, line.count) == (False, 3)
    assert "请重建" in line.message
    assert bench.residents.search("shanbing") == []
    assert rebuild_derived(bench.store, bench.officer) >= 9
    assert derived_rows(bench.store) == whole
    assert all(line.ok for line in bench.check())
    assert [row.name for row in bench.residents.search("shanbing")] == ["单丙"]
    assert [row.name for row in bench.residents.search("翠湖苑 301")] == ["单丙"]


def test_rebuilding_twice_changes_nothing(bench):
    add_people(bench, 2)
    before = derived_rows(bench.store)
    for _ in range(2):
        rebuild_derived(bench.store, bench.officer)
        assert derived_rows(bench.store) == before


def test_loose_references_are_found(bench):
    add_people(bench, 1)
    with closing(connect(bench.store.path, bench.data_key)) as raw:
        raw.execute("PRAGMA foreign_keys=OFF")
        raw.execute("DELETE FROM place")
    line = next(line for line in bench.check() if line.code == "references")
    assert (line.ok, line.count) == (False, 1)


def test_checking_changes_nothing(bench):
    before = bench.store.change_mark()
    bench.check()
    assert bench.store.change_mark() == before
    with bench.store.reading() as session:
        assert session.exec(select(Resident)).all() == []
