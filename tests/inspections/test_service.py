"""Inspections and letters on a real encrypted file: what is kept, who comes first, who may, and what is undone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from desktop.foundation.errors import ChangedMeanwhile, InputError, NotAllowed
from desktop.inspections.rules import SETTLED, stage_of
from desktop.inspections.views import InspectionFilter, PledgeFilter
from desktop.register.service.places import PlaceDraft
from tests.inspections.making import finding, places, pledge, sound

JUNE = InspectionFilter(first=date(2026, 6, 1), last=date(2026, 6, 30))


@pytest.fixture
def service(bench):
    places(bench)
    return bench.inspections


def listed(service, **narrowed):
    return list(service.ids(InspectionFilter(**narrowed)))


def fields(error):
    return [problem.field for problem in error.value.problems]


def test_a_wrong_inspection_says_everything_and_stores_nothing(service):
    with pytest.raises(InputError) as error:
        service.record(replace(finding(), inspected_on=None, category=" ", place="没有", treatment="整改通知"))
    assert fields(error) == ["inspected_on", "category", "due_on", "place"]
    assert listed(service) == []


def test_an_inspection_comes_back_as_it_was_written(service):
    typed = finding(
        inspector="贺建军", score=Decimal("72.5"), level="一般隐患", responsible="安居物业", treatment="整改通知",
        due_on=date(2026, 6, 14), notice_on=date(2026, 6, 9), notice_number="第12号",
        replied_on=date(2026, 6, 13), reply="已清理",
    )  # fmt: skip
    row = service.record(typed)
    assert row.draft == typed
    assert service.rows([row.id]) == [row]


def test_a_building_is_shown_with_its_area_and_found_by_both(bench, service):
    places(bench, "唐苑新村")
    for parent in ("渔村", "唐苑新村"):
        bench.places.create(PlaceDraft("2号楼", "楼栋", parent=parent))
    assert service.place_choices() == ["唐苑新村", "唐苑新村 2号楼", "渔村", "渔村 2号楼"]
    row = service.record(finding(place="渔村2号楼"))
    assert (row.place, row.draft.place) == ("渔村 2号楼", "渔村 2号楼")
    assert listed(service, text="渔村") == listed(service, text="yc") == [row.id]
    assert listed(service, text="唐苑") == []


def test_a_finding_goes_its_way_step_by_step(service, clock):
    row = service.record(finding())
    with pytest.raises(InputError, match="复查合格以后才能销号"):
        service.close(row.id, version=row.version)
    row = service.notice(
        row.id, version=row.version, noticed_on=date(2026, 6, 10), due_on=date(2026, 6, 15), number="第12号",
        responsible=" 安居物业 ",
    )  # fmt: skip
    assert (row.draft.treatment, row.draft.responsible) == ("整改通知", "安居物业")
    row = service.recheck(
        row.id, version=row.version, rechecked_on=date(2026, 6, 15), result="不合格", due_on=date(2026, 6, 16)
    )
    assert row.draft.due_on == date(2026, 6, 16)
    with pytest.raises(InputError):
        service.close(row.id, version=row.version)
    row = service.recheck(row.id, version=row.version, rechecked_on=date(2026, 6, 16), result="合格", reply="已清走")
    row = service.close(row.id, version=row.version)
    assert (row.draft.closed_on, row.draft.reply) == (clock.today(), "已清走")
    assert service.counts().open == 0


def test_each_step_asks_for_what_it_needs(service):
    row = service.record(finding())
    with pytest.raises(InputError) as error:
        service.notice(row.id, version=row.version, noticed_on=None, due_on=None)
    assert sorted(fields(error)) == ["due_on", "notice_on"]
    with pytest.raises(InputError) as error:
        service.recheck(row.id, version=row.version, rechecked_on=None, result="")
    assert fields(error) == ["rechecked_on", "recheck_result"]
    with pytest.raises(InputError) as error:
        service.escalate(row.id, version=row.version, escalated_on=None, escalated_to=" ")
    assert fields(error) == ["escalated_on", "escalated_to"]
    with pytest.raises(InputError) as error:
        service.recheck(row.id, version=row.version, rechecked_on=date(2026, 6, 18), result="合格")
    assert fields(error) == ["rechecked_on"]
    assert service.rows([row.id]) == [row]


def test_what_goes_to_a_superior_keeps_how_it_was_treated_before(service):
    untreated, noticed = (
        service.record(finding()),
        service.record(finding(treatment="整改通知", due_on=date(2026, 6, 14))),
    )
    for row in (untreated, noticed):
        service.escalate(row.id, version=row.version, escalated_on=date(2026, 6, 15), escalated_to="派出所")
    assert [row.draft.treatment for row in service.rows([untreated.id, noticed.id])] == ["上报", "整改通知"]
    assert service.counts().overdue == 0


def test_the_urgent_come_first_then_what_waits_for_others_then_the_newest(service):
    def noticed(day, due):
        return service.record(finding(day, treatment="整改通知", due_on=due)).id

    soon, late = noticed(date(2026, 6, 12), date(2026, 6, 22)), noticed(date(2026, 6, 9), date(2026, 6, 14))
    up = service.record(finding(date(2026, 6, 10), treatment="上报")).id
    untreated = service.record(finding(date(2026, 6, 11))).id
    calm, fixed = (
        service.record(sound(date(2026, 6, 15))).id,
        service.record(finding(date(2026, 6, 16), treatment="现场整改")).id,
    )
    done = service.record(finding(date(2026, 5, 2), closed_on=date(2026, 5, 3))).id
    assert listed(service) == [late, soon, untreated, up, fixed, calm, done]
    assert listed(service, order="newest") == [fixed, calm, soon, untreated, up, late, done]
    assert listed(service, open_only=True) == [late, soon, untreated, up]
    assert listed(service, open_only=True, order="newest") == [soon, untreated, up, late]
    assert listed(service, overdue=True) == [late]
    assert listed(service, first=date(2026, 5, 1), last=date(2026, 5, 31)) == [done]
    counts = service.counts()
    assert (counts.open, counts.overdue, counts.month, counts.all) == (4, 1, 6, 7)


def test_the_database_calls_open_what_the_rules_call_open(service):
    day = date(2026, 6, 12)
    ways = [
        {}, {"treatment": "现场整改"}, {"treatment": "整改通知", "due_on": day}, {"treatment": "上报"},
        {"escalated_on": day, "escalated_to": "街道"}, {"closed_on": day}, {"treatment": "现场整改", "closed_on": day},
        {"rechecked_on": day, "recheck_result": "合格"}, {"rechecked_on": day, "recheck_result": "不合格"},
    ]  # fmt: skip
    rows = [service.record(finding(**way)) for way in ways] + [service.record(sound())]
    assert set(listed(service, open_only=True)) == {row.id for row in rows if stage_of(row.draft) not in SETTLED}


def test_a_list_is_narrowed_by_words_and_category(service):
    stack = service.record(finding(inspector="贺建军", responsible="安居物业")).id
    fire = service.record(sound(category="消防安全")).id
    assert listed(service, text="纸箱") == listed(service, text="贺建") == listed(service, text="安居") == [stack]
    assert listed(service, category="消防安全") == listed(service, text="消防") == [fire]
    assert listed(service, text="%") == []
    assert set(service.categories()) == {"环境卫生", "消防安全"}


def test_deadlines_are_the_standard_s_and_never_end_on_a_day_off(service):
    assert service.suggest_due(date(2026, 6, 12), "一般隐患") == date(2026, 6, 22)  # 19 June is 端午
    assert service.suggest_due(date(2026, 6, 12), "重大隐患") == date(2026, 6, 15)
    assert service.suggest_due(date(1999, 6, 1)) == date(1999, 6, 8)  # before any edition the oldest stands


def test_a_change_is_kept_in_the_history_and_a_colleague_s_is_not_overwritten(bench, service):
    row = service.record(finding())
    service.change(row.id, replace(row.draft, problem="楼道堆放杂物"), version=row.version)
    newest = bench.journal.of_record(row.id)[0]
    assert (newest.changes["problem"], newest.label) == (["楼道堆放纸箱", "楼道堆放杂物"], "修改检查：渔村 环境卫生")
    with pytest.raises(ChangedMeanwhile) as error:
        service.change(row.id, row.draft, version=row.version)
    assert error.value.fields == {"problem": ("楼道堆放杂物", "楼道堆放纸箱")}


def test_every_step_can_be_undone_by_its_name(bench, service):
    row = service.record(finding())
    service.escalate(row.id, version=row.version, escalated_on=date(2026, 6, 15), escalated_to="街道")
    step = bench.journal.last_undoable(bench.officer.staff_id)
    assert bench.journal.undo(step.id, bench.officer) == "撤销：上报：渔村 环境卫生"
    assert service.rows([row.id])[0].draft == row.draft


def test_a_removed_inspection_comes_back_from_the_bin(bench, service):
    row = service.record(finding())
    assert service.remove(row.id) == "删除检查：渔村 环境卫生 2026年6月9日"
    key = bench.bin.listed("检查")[0]
    assert bench.bin.rows([key])[0].title == "渔村  2026年6月9日 环境卫生"
    bench.bin.put_back(key)
    assert [found.draft for found in service.rows([row.id])] == [row.draft]


def test_an_inspection_of_a_place_in_the_bin_keeps_its_name_and_can_go_on(bench, service):
    row = service.record(finding())
    bench.places.remove(row.place_id, although_used=True)
    with pytest.raises(InputError) as error:
        service.record(finding())
    assert fields(error) == ["place"]
    changed = service.change(row.id, replace(row.draft, treatment="现场整改"), version=row.version)
    assert (changed.place, changed.draft.treatment) == ("渔村", "现场整改")


def test_officers_of_the_grid_inspect_and_readers_only_look(bench, service, grid_bench, reader_bench):
    row = grid_bench.inspections.record(finding())
    grid_bench.pledges.record(pledge())
    assert list(reader_bench.inspections.ids(JUNE)) == [row.id]
    doings = (
        lambda: reader_bench.inspections.record(finding()),
        lambda: reader_bench.inspections.change(row.id, row.draft, version=row.version),
        lambda: reader_bench.inspections.close(row.id, version=row.version),
        lambda: reader_bench.inspections.remove(row.id),
        lambda: reader_bench.pledges.record(pledge()),
        lambda: reader_bench.pledges.reveal(row.id),
    )
    for doing in doings:
        with pytest.raises(NotAllowed):
            doing()
    assert service.rows([row.id]) == [row]


def test_a_letter_is_kept_changed_listed_and_removed(bench):
    row = bench.pledges.record(pledge(manager="王芳", phone="13800004106", expires_on=date(2026, 7, 1)))
    assert row.draft.phone == "138****4106"
    assert bench.pledges.reveal(row.id) == "13800004106"
    changed = bench.pledges.change(row.id, replace(row.draft, copies=2), version=row.version)
    assert bench.pledges.reveal(row.id) == "13800004106"  # the starred number of the form is no change
    assert changed.draft.copies == 2
    later = bench.pledges.record(pledge(date(2026, 3, 1), party="早餐店", category="安全生产责任书"))
    assert list(bench.pledges.ids(PledgeFilter())) == [later.id, row.id]
    assert list(bench.pledges.ids(PledgeFilter(text="超市"))) == [row.id]
    assert list(bench.pledges.ids(PledgeFilter(category="安全生产责任书"))) == [later.id]
    assert list(bench.pledges.ids(PledgeFilter(ending_by=date(2026, 7, 1)))) == [row.id]
    assert list(bench.pledges.ids(PledgeFilter(ending_from=date(2026, 7, 2)))) == []
    assert bench.pledges.copies(PledgeFilter()) == 3
    assert bench.pledges.remove(row.id) == "删除责任书：便民超市"
    assert bench.bin.rows(bench.bin.listed("责任书"))[0].title == "便民超市  门前三包责任书 2026年2月11日"
    with pytest.raises(InputError) as error:
        bench.pledges.record(pledge(party="", expires_on=date(2026, 2, 11) - timedelta(days=1)))
    assert fields(error) == ["party", "expires_on"]
