"""Treatments of a whole estate: the sums, the lines, and all or none stored in one step."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from desktop.foundation.errors import InputError, NotAllowed
from desktop.pest_control.campaign_rules import Bait, Laid, amount_text, course_of, need_of
from desktop.register.service.places import PlaceDraft
from tests.factories import add_household, add_place
from tests.pest_control.making import BAIT, place, stock, treated

RATS = Bait("鼠", BAIT, "袋", Decimal(2))
ROACHES = Bait("蟑", "0.05%氟虫腈饵剂", "包", Decimal(1))
D = Decimal


def test_packages_follow_from_households_and_nothing_from_nothing():
    assert RATS.packages(57) == 114
    assert RATS.packages(0) == 0
    assert RATS.packages(None) is None
    assert replace(RATS, per_household=None).packages(57) is None
    assert replace(RATS, per_household=D("0.5")).packages(3) == D("1.5")


LAID = [
    Laid(60, 57, (D(114), D(57))),
    Laid(60, 51, (D(102), D(51))),
    Laid(90, None, (None, None)),
    Laid(None, 3, (D(6), None)),
]


def test_the_course_counts_what_was_filled_and_what_is_left():
    course = course_of(LAID, 2)
    assert (course.buildings, course.filled, course.due, course.done) == (4, 3, 210, 111)
    assert (course.left, course.packages) == (99, (D(222), D(108)))
    assert course.coverage.quantize(D("0.01")) == D("52.86")
    assert course_of([], 1).coverage is None
    assert course_of([Laid(None, 3, (D(6),))], 1).coverage is None


@pytest.mark.parametrize(
    ("balance", "missing", "sentence"),
    [
        (402, 0, "填了的要222袋，还有90户，约需180袋，够用"),
        (401, 1, "填了的要222袋，还有90户，约需180袋，差1袋"),
        (0, 402, "填了的要222袋，还有90户，约需180袋，差402袋"),
    ],
)
def test_whether_the_stock_suffices_is_said_in_words(balance, missing, sentence):
    need = need_of(RATS, 0, LAID, D(balance))
    assert (need.total, need.missing, need.sentence) == (D(402), D(missing), sentence)


def test_without_a_number_for_each_household_only_what_was_typed_counts():
    need = need_of(replace(RATS, per_household=None), 0, LAID, D(300))
    assert need.sentence == "填了的要222袋，够用"


def test_amounts_read_as_people_write_them():
    assert [amount_text(D(text)) for text in ("1800", "2.50", "0", "1E+3")] == ["1,800", "2.5", "0", "1,000"]


def sites(bench, estate="渔村"):
    return [(one.name, one.households) for one in bench.pest.campaign.sites(estate)]


def test_the_lines_are_the_places_with_households_in_their_natural_order(bench):
    place(bench)
    for name, count in (("10号楼", 54), ("2号楼", 60), ("垃圾屋", None)):
        bench.places.create(PlaceDraft(name, "楼栋", parent="渔村", household_count=count))
    assert sites(bench) == [("2号楼", 60), ("10号楼", 54)]


def test_without_such_places_they_are_the_buildings_of_the_register(bench):
    with bench.store.writing("住户", bench.officer) as unit:
        home = add_place(unit, name="渔村").id
        unit.session.flush()
        for building, room in (("10栋", "101"), ("2栋", "101"), ("2栋", "102"), ("2号楼", "103"), ("", "平房")):
            add_household(unit, home, building=building, room=room)
    assert [name for name, _ in sites(bench)] in (["渔村 2栋", "渔村 10栋"], ["渔村 2号楼", "渔村 10栋"])
    assert [count for _, count in sites(bench)] == [3, 1]


def test_an_estate_without_either_is_one_line_and_an_unknown_one_none(bench):
    place(bench, household_count=300)
    place(bench, "空小区")
    assert sites(bench) == [("渔村", 300)]
    assert sites(bench, "空小区") == [("空小区", None)]
    assert sites(bench, "没有的") == []
    assert bench.pest.campaign.estates() == ["渔村", "空小区"]


def test_what_was_done_there_within_two_months_is_said(bench):
    place(bench, household_count=300)
    bench.pest.treatments.record(treated(date(2026, 4, 1), households=250))
    assert bench.pest.campaign.sites("渔村")[0].last is None
    bench.pest.treatments.record(treated(date(2026, 6, 8), households=270, remark="敲门没人30户"))
    assert bench.pest.campaign.sites("渔村")[0].last == (date(2026, 6, 8), 270)


def test_all_lines_are_one_step_and_one_undo(bench):
    place(bench)
    drafts = [treated(date(2026, 6, day), str(day), remark=f"{day}栋") for day in (8, 9, 10)]
    assert bench.pest.campaign.record("渔村", drafts) == 3
    step = bench.journal.last_undoable(bench.officer.staff_id)
    assert step.label == "登记投药：渔村 3处"
    assert len(bench.pest.treatments.ids()) == 3
    bench.journal.undo(step.id, bench.officer)
    assert len(bench.pest.treatments.ids()) == 0


def test_one_wrong_line_stores_none_and_every_fault_is_told_with_its_line(bench):
    place(bench)
    good = treated(date(2026, 6, 8))
    wrong = [good, replace(good, treated_on=date(2026, 6, 18)), replace(good, quantity=None, agent="毒鼠强")]
    with pytest.raises(InputError) as caught:
        bench.pest.campaign.record("渔村", wrong)
    assert {(one.field, one.code) for one in caught.value.problems} == {
        ("1.treated_on", "date_future"), ("2.quantity", "required"), ("2.agent", "banned_agent"),
    }  # fmt: skip
    assert len(bench.pest.treatments.ids()) == 0
    with pytest.raises(InputError, match="还没有填任何一栋"):
        bench.pest.campaign.record("渔村", [])


def test_a_banned_agent_is_known_by_name_and_by_what_the_ledger_says_is_in_it(bench):
    assert "毒鼠强" in bench.pest.treatments.banned("毒鼠强", None)
    assert bench.pest.treatments.banned(BAIT, None) == ""
    assert bench.pest.treatments.banned("", None) == ""


def test_the_balance_lists_what_is_left_with_the_batch_that_expires_first_on_top(bench):
    bench.pest.stock.record(stock(1, "入库", "50", batch="B", expires_on=date(2028, 1, 1)))
    bench.pest.stock.record(stock(1, "入库", "20", batch="A", expires_on=date(2027, 1, 1)))
    bench.pest.stock.record(stock(1, "入库", "5", batch="C"))
    bench.pest.stock.record(stock(2, "领用", "5", batch="C"))
    assert [(line.batch, line.balance) for line in bench.pest.campaign.balances(BAIT)] == [("A", 20), ("B", 50)]
    assert bench.pest.campaign.balances("别的药") == []


def test_whoever_may_only_look_stores_nothing(bench, reader_bench):
    place(bench)
    with pytest.raises(NotAllowed):
        reader_bench.pest.campaign.record("渔村", [treated(date(2026, 6, 8))])
    assert reader_bench.pest.campaign.estates() == ["渔村"]
