"""Who may do what, written out by hand and tried on every service."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop.foundation.days import parse_period
from desktop.foundation.errors import InputError, NotAllowed
from desktop.health.rules import VisitDraft
from desktop.register.rights import RIGHTS, ROLE_SENTENCES, Right, Role
from desktop.register.service.places import PlaceDraft
from desktop.register.service.residents import ResidentFilter
from tests.register.making import draft, resident, residents_sheet

YES, NO = True, False
# 主任, 卫生专干, 网格员, 只读
TABLE = {
    Right.SEE_REGISTER: (YES, YES, YES, YES),
    Right.EDIT_REGISTER: (YES, YES, YES, NO),
    Right.REVEAL: (YES, YES, YES, NO),
    Right.SEE_HEALTH: (YES, YES, NO, NO),
    Right.EDIT_HEALTH: (YES, YES, NO, NO),
    Right.SEE_ACTIVITIES: (YES, YES, YES, YES),
    Right.EDIT_ACTIVITIES: (YES, YES, YES, NO),
    Right.SEE_INSPECTIONS: (YES, YES, YES, YES),
    Right.EDIT_INSPECTIONS: (YES, YES, YES, NO),
    Right.SEE_PEST: (YES, YES, YES, YES),
    Right.EDIT_PEST: (YES, YES, YES, NO),
    Right.EDIT_DUTIES: (YES, YES, YES, NO),
    Right.SEE_NOTICES: (YES, YES, YES, YES),
    Right.EDIT_NOTICES: (YES, YES, YES, NO),
    Right.REPORT: (YES, YES, NO, NO),
    Right.IMPORT: (YES, YES, NO, NO),
    Right.EXPORT: (YES, YES, NO, NO),
    Right.EXPORT_UNMASKED: (YES, YES, NO, NO),
    Right.CARRY: (YES, YES, YES, NO),
    Right.STAND_IN: (YES, YES, YES, NO),
    Right.MANAGE: (YES, NO, NO, NO),
}
VISIT = VisitDraft(date(2026, 6, 1), "血压测量", systolic_mmhg=185, diastolic_mmhg=95)


def test_the_rights_are_those_of_the_table():
    assert set(TABLE) == set(Right)
    for right, expected in TABLE.items():
        assert tuple(right in RIGHTS[role] for role in Role) == expected, right
    assert set(ROLE_SENTENCES) == set(Role)


@pytest.fixture
def person(bench):
    kept = resident(bench, name="王芳", phone="13800004106", tags=("高血压", "独居"))
    bench.health.record(kept, VISIT)
    return kept


def health_doings(bench, person, tmp_path):
    visit_file = tmp_path / "visits.xlsx"
    return {
        "record": lambda: bench.health.record(person, VISIT),
        "visits_of": lambda: bench.health.visits_of(person),
        "visit_ids": bench.health.visit_ids,
        "visit_rows": lambda: bench.health.visit_rows([]),
        "statuses": lambda: bench.health.statuses([person]),
        "overdue": bench.health.count_overdue,
        "measured": bench.health.measured_this_year,
        "suggest": lambda: bench.health.suggest_next(person, VISIT),
        "flag": lambda: bench.health.flag(person, VISIT),
        "urgent": lambda: bench.residents.list_ids(ResidentFilter(order="due")),
        "overdue list": lambda: bench.residents.list_ids(ResidentFilter(overdue=True)),
        "export residents": lambda: bench.intake.export("residents", tmp_path / "r.xlsx"),
        "export visits": lambda: bench.intake.export("visits", visit_file),
        "export places": lambda: bench.intake.export("places", tmp_path / "p.xlsx"),
        "import": lambda: bench.intake.preview("residents", residents_sheet(tmp_path / "in.xlsx")),
        "learn": lambda: bench.intake.learn("residents", "大名", "name"),
        "undo": lambda: bench.intake.undo("00" * 16),
    }


@pytest.mark.parametrize("role", [Role.GRID, Role.READER])
def test_who_may_not_see_health_gets_none_of_it_by_any_way(role, bench_as, person, tmp_path):
    bench = bench_as(role)
    for name, doing in health_doings(bench, person, tmp_path).items():
        with pytest.raises(NotAllowed) as error:
            doing()
        assert role in str(error.value), name
    assert bench.residents.card(person).tags == ("独居",)
    assert bench.residents.rows([person])[0].tags == ("独居",)
    assert bench.residents.search("王芳")[0].tags == ("独居",)
    assert list(bench.residents.list_ids(ResidentFilter(tag="高血压"))) == []
    assert list(bench.residents.list_ids(ResidentFilter(tag="独居"))) == [person]
    assert "高血压" not in bench.residents.tags.suggestions()
    figures = bench.figures.of(parse_period("2026-06"))
    assert {"base.residents", "base.households"} <= set(figures)
    assert [key for key in figures if key.startswith("health.")] == []
    assert list(tmp_path.glob("*.xlsx")) == ([tmp_path / "in.xlsx"])


def test_a_grid_officer_s_change_keeps_the_tags_he_cannot_see(grid_bench, bench, person):
    card = grid_bench.residents.card(person)
    grid_bench.residents.change(person, replace(card.draft, tags=(), remark="已核"), version=card.version)
    assert bench.residents.card(person).tags == ("高血压",)


def test_a_reader_writes_nothing_and_sees_no_whole_number(reader_bench, bench, person):
    card = reader_bench.residents.card(person)
    assert card.draft.phone == card.phone_masked == "138****4106"
    assert card.draft.id_number == card.id_number_masked
    assert "*" in card.draft.id_number
    before = bench.store.change_mark()
    doings = [
        lambda: reader_bench.residents.create(draft()),
        lambda: reader_bench.residents.change(person, card.draft, version=card.version),
        lambda: reader_bench.residents.remove(person),
        lambda: reader_bench.residents.reveal(person, "id_number"),
        lambda: reader_bench.places.create(PlaceDraft("广场", "公共场所")),
        lambda: reader_bench.people.change_profile(name="别的", region="", address="", phone="", version=1),
    ]
    for doing in doings:
        with pytest.raises(NotAllowed):
            doing()
    assert bench.store.change_mark() == before


def test_only_the_director_manages(bench_as):
    for role in (Role.HEALTH, Role.GRID):
        with pytest.raises(NotAllowed, match="管理人员和设置"):
            bench_as(role).people.change_profile(name="别的", region="", address="", phone="", version=1)


def test_a_wrong_profile_is_refused_with_every_problem(bench):
    with pytest.raises(InputError) as error:
        bench.people.change_profile(name="", region="12", address="", phone="", version=1)
    assert [problem.field for problem in error.value.problems] == ["name", "region"]
    version = bench.people.profile().version
    bench.people.change_profile(name="渔村居委会", region="110105001001", address="渔村", phone="1", version=version)
    assert bench.people.profile().name == "渔村居委会"


def test_an_import_is_undone_by_its_maker_or_the_director_only(bench, health_bench, tmp_path):
    path = residents_sheet(tmp_path / "居民.xlsx", {"姓名": "王芳", "无证原因": "外籍"})
    batch = bench.intake.confirm(bench.intake.preview("residents", path)).batch
    with pytest.raises(NotAllowed):
        health_bench.intake.undo(batch)
    mine = health_bench.intake.confirm(health_bench.intake.preview("residents", residents_sheet(
        tmp_path / "二.xlsx", {"姓名": "李强", "无证原因": "外籍"}))).batch  # fmt: skip
    assert bench.intake.undo(mine) == "撤销导入：二.xlsx"
    assert bench.intake.undo(batch) == "撤销导入：居民.xlsx"
