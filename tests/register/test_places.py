"""Places by hand and from sheets: the tree, namesakes, blanks filled, changes only on request."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop.foundation.errors import ChangedMeanwhile, InputError
from desktop.register.service.places import PlaceDraft
from tests.inspections.making import finding
from tests.pest_control.making import treated
from tests.register.making import PLACE_HEADINGS, codes, resident, sheet, stored, take_in, warned


def problems(error):
    return [(problem.field, problem.code) for problem in error.value.problems]


def tree(bench):
    return {row.name: row.parent for row in bench.places.all()}


def places(tmp_path, *rows, name="点位.xlsx"):
    return sheet(tmp_path / name, PLACE_HEADINGS, *[{"类别": "公共场所", **row} for row in rows])


def test_a_wrong_place_says_everything_and_stores_nothing(bench):
    with pytest.raises(InputError) as error:
        bench.places.create(PlaceDraft(" ", "", parent="没有的", household_count=-1))
    assert problems(error) == [
        ("name", "required"), ("category", "required"), ("household_count", "number_negative"), ("parent",
        "place_unknown"),
    ]  # fmt: skip
    assert bench.places.all() == []


def test_a_namesake_in_the_same_place_is_refused_and_elsewhere_allowed(bench):
    for name in ("渔村", "新村"):
        bench.places.create(PlaceDraft(name, "小区"))
        bench.places.create(PlaceDraft("1号楼", "楼栋", parent=name))
    with pytest.raises(InputError) as error:
        bench.places.create(PlaceDraft("１号 楼", "楼栋", parent="渔村"))
    assert problems(error) == [("name", "id_exists")]
    with pytest.raises(InputError) as error:
        bench.places.create(PlaceDraft("门厅", "公共场所", parent="1号楼"))
    assert problems(error) == [("parent", "place_unknown")]


def test_a_place_cannot_lie_in_itself(bench):
    outer = bench.places.create(PlaceDraft("渔村", "小区"))
    bench.places.create(PlaceDraft("1号楼", "楼栋", parent="渔村"))
    row = next(place for place in bench.places.all() if place.id == outer)
    for parent in ("渔村", "1号楼"):
        with pytest.raises(InputError) as error:
            bench.places.change(outer, replace(row.draft(), parent=parent), version=row.version)
        assert problems(error) == [("parent", "place_unknown")]


def test_a_place_people_live_in_is_not_removed_but_one_they_left_is(bench):
    kept = resident(bench, place="渔村")
    place = bench.places.all()[0]
    with pytest.raises(InputError, match="还有1户、0个下级点位"):
        bench.places.remove(place.id)
    bench.residents.remove(kept)
    bench.places.remove(place.id)
    assert bench.places.all() == []


def test_a_place_that_records_name_goes_only_when_somebody_was_told(bench):
    bench.places.create(PlaceDraft("渔村", "小区"))
    kept = bench.inspections.record(finding())
    bench.inspections.record(finding(date(2026, 6, 10)))
    bench.pest.treatments.record(treated(date(2026, 6, 8)))
    gone = bench.inspections.record(finding(date(2026, 6, 11)))
    bench.inspections.remove(gone.id)
    place = bench.places.all()[0]
    assert [(one.what, one.count) for one in bench.places.used_by(place.id)] == [("检查", 2), ("投药", 1)]
    with pytest.raises(InputError, match="“渔村”还有检查2条、投药1条用到它，没有删除"):
        bench.places.remove(place.id)
    assert len(bench.places.all()) == 1
    bench.places.remove(place.id, although_used=True)
    assert bench.places.all() == []
    assert bench.inspections.rows([kept.id])[0].place == "渔村"
    assert bench.inspections.place_choices() == []
    bench.journal.undo(bench.journal.last_undoable(bench.officer.staff_id).id, bench.officer)
    assert [row.name for row in bench.places.all()] == ["渔村"]


def test_changing_a_place_changed_by_a_colleague_is_refused(bench):
    kept = bench.places.create(PlaceDraft("渔村", "小区"))
    row = bench.places.all()[0]
    bench.places.change(kept, replace(row.draft(), manager="郝经理"), version=row.version)
    with pytest.raises(ChangedMeanwhile) as error:
        bench.places.change(kept, replace(row.draft(), manager="冯经理"), version=row.version)
    assert error.value.fields == {"manager": ("郝经理", "冯经理")}


def test_parents_are_found_whatever_the_order_of_rows(bench, tmp_path):
    path = places(
        tmp_path,
        {"名称": "门厅", "上级点位": "1号楼"},
        {"名称": "1号楼", "上级点位": "渔村"},
        {"名称": "渔村", "类别": "小区"},
    )
    verdict = take_in(bench, "places", path)
    assert (verdict.rows, verdict.accepted, verdict.rejected) == (3, 3, ())
    assert tree(bench) == {"渔村": "", "1号楼": "渔村", "门厅": "1号楼"}
    assert [row["名称"] for row in stored(bench, "places", tmp_path)] == ["渔村", "1号楼", "门厅"]


def test_orphans_are_refused_with_what_hangs_on_them(bench, tmp_path):
    path = places(
        tmp_path,
        {"名称": "甲", "上级点位": "没有的"},
        {"名称": "乙", "上级点位": "甲"},
        {"名称": "丙", "上级点位": "丙"},
        {"名称": "丁"},
        {"名称": "丁"},
        {"名称": "戊", "类别": None},
        {"名称": "己", "上级点位": "戊", "户数": "很多"},
    )
    verdict = take_in(bench, "places", path)
    assert codes(verdict) == {
        (2, "上级点位", "place_unknown"), (3, "上级点位", "place_unknown"), (4, "上级点位", "place_unknown"),
        (6, "名称", "id_duplicate"), (7, "类别", "required"), (8, "户数", "number_invalid"),
    }  # fmt: skip
    assert tree(bench) == {"丁": ""}


def test_a_circle_of_places_is_refused_row_by_row(bench, tmp_path):
    path = places(
        tmp_path,
        {"名称": "甲", "上级点位": "丙"},
        {"名称": "乙", "上级点位": "甲"},
        {"名称": "丙", "上级点位": "乙"},
        {"名称": "丁", "上级点位": "丙"},
        {"名称": "戊"},
    )
    verdict = take_in(bench, "places", path)
    assert {row for row, _, code in codes(verdict) if code == "place_unknown"} == {2, 3, 4, 5}
    assert tree(bench) == {"戊": ""}


def test_a_parent_two_places_are_called_is_ambiguous(bench, tmp_path):
    path = places(
        tmp_path,
        {"名称": "渔村"},
        {"名称": "新村"},
        {"名称": "1号楼", "上级点位": "渔村"},
        {"名称": "1号楼", "上级点位": "新村"},
        {"名称": "门厅", "上级点位": "1号楼"},
    )
    verdict = take_in(bench, "places", path)
    assert codes(verdict) == {(6, "上级点位", "place_unknown")}
    assert "2个点位" in verdict.rejected[0].message
    assert len(bench.places.all()) == 4


def test_blanks_are_filled_silently_but_what_is_stored_is_changed_only_on_request(bench, tmp_path):
    take_in(bench, "places", places(tmp_path, {"名称": "渔村", "地址": "渔村路1号"}, {"名称": "辖区"}))
    filling = places(tmp_path, {"名称": "渔村", "负责人": "郝经理", "户数": 120, "上级点位": "辖区"}, name="二.xlsx")
    assert take_in(bench, "places", filling).rejected == ()
    row = next(place for place in bench.places.all() if place.name == "渔村")
    assert (row.address, row.manager, row.household_count, row.parent) == ("渔村路1号", "郝经理", 120, "辖区")
    other = places(tmp_path, {"名称": "渔村", "负责人": "冯经理"}, name="三.xlsx")
    assert codes(take_in(bench, "places", other)) == {(2, "名称", "id_exists")}
    verdict = take_in(bench, "places", other, update=True)
    assert (verdict.accepted, verdict.rejected) == (1, ())
    row = next(place for place in bench.places.all() if place.name == "渔村")
    assert (row.address, row.manager, row.household_count, row.parent) == ("渔村路1号", "冯经理", 120, "辖区")
    bench.intake.undo(verdict.batch)
    assert next(place for place in bench.places.all() if place.name == "渔村").manager == "郝经理"


def test_an_export_imports_again_unchanged_masked_or_not(bench, tmp_path):
    rows = [
        {"名称": "渔村", "类别": "小区", "联系电话": "0756-3629041", "户数": 120},
        {"名称": "站", "上级点位": "渔村", "备注": "𬸚"},
    ]
    take_in(bench, "places", places(tmp_path, *rows))
    before = stored(bench, "places", tmp_path)
    for unmasked in (True, False):
        path = bench.intake.export("places", tmp_path / f"out-{unmasked}.xlsx", unmasked=unmasked, purpose="核对")
        for update in (False, True):
            verdict = take_in(bench, "places", path, update=update)
            first = 3 if unmasked else 2  # the line that says who took whole numbers stands above
            assert warned(verdict) == {(first, "名称", "row_exists"), (first + 1, "名称", "row_exists")}
            assert (verdict.rejected, verdict.batch) == ((), None)
    assert stored(bench, "places", tmp_path) == before
    assert stored(bench, "places", tmp_path, unmasked=False)[0]["联系电话"] == "0756-****041"


def test_a_sum_that_disagrees_is_remarked_at_its_row(bench, tmp_path):
    path = places(
        tmp_path,
        {"名称": "渔村", "户数": 120},
        {"名称": "新村", "户数": 80},
        {"名称": "合计", "类别": None, "户数": 201},
    )
    verdict = take_in(bench, "places", path)
    assert (verdict.rows, verdict.accepted) == (2, 2)
    assert warned(verdict) == {(4, "户数", "sum_mismatch")}
