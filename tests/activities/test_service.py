"""Activities on a real encrypted file: stored once, found by day, ledger and word, changed, undone, put back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from desktop.activities.asking import ActivityFilter
from desktop.activities.documents import activity_ledger
from desktop.activities.rules import ActivityDraft
from desktop.activities.work import Work
from desktop.foundation.days import parse_period
from desktop.foundation.errors import ChangedMeanwhile, InputError, NotAllowed
from desktop.printing.document import Heading
from desktop.printing.render import render_ledger
from desktop.register.rights import Role
from tests.activities.making import activity, draft

EVERYTHING = ActivityFilter()


def names(bench, **wanted):
    return [
        row.draft.name for row in bench.activities.rows(list(bench.activities.activity_ids(ActivityFilter(**wanted))))
    ]


def test_a_wrong_activity_says_everything_and_stores_nothing(bench):
    with pytest.raises(InputError) as error:
        bench.activities.record(ActivityDraft(None, " ", " ", attendance=-1))
    assert [problem.field for problem in error.value.problems] == ["held_on", "name", "category", "attendance"]
    assert len(bench.activities.activity_ids(EVERYTHING)) == 0


def test_an_activity_comes_back_as_it_was_written(bench):
    typed = ActivityDraft(
        date(2026, 6, 1), "妇女节健康讲座", "健康讲座", ends_on=date(2026, 6, 2), clock="14:30", place="社区会议室",
        in_charge="罗晓梅", partners="和平社区卫生服务站", planned_people=40, attendance=65, status="已办",
        ledgers=("健康教育", "妇女"), work=(Work("健康读本", Decimal(120), "册", "余"),), summary="反应好\n下次再办",
    )  # fmt: skip
    row = bench.activities.record(typed)
    assert row.draft == typed
    assert bench.activities.rows([row.id]) == [row]


def test_what_would_read_again_as_something_else_is_refused_or_parted(bench):
    for name, unit in (("横幅；标语", "条"), ("横幅 3 条；标语", "条"), ("横幅", "3条"), ("横幅", "条 幅")):
        with pytest.raises(InputError, match="分不清"):
            bench.activities.record(replace(draft(), work=(Work(name, Decimal(2), unit),)))
    row = activity(bench, ledgers=("健康教育/科普", " 老年，妇女 "))
    assert row.draft.ledgers == ("健康教育", "科普", "老年", "妇女")


def test_a_blank_status_is_stored_as_what_it_means_on_the_day_of_entry(bench):
    assert activity(bench, date(2026, 6, 17)).draft.status == "已办"
    assert activity(bench, date(2026, 6, 18)).draft.status == "计划"


def test_one_record_stands_in_every_ledger_it_names_and_in_no_other(bench):
    activity(bench, name="讲座", ledgers=("健康教育", "妇女", "科普"))
    activity(bench, name="清理", ledgers=("爱国卫生",))
    assert names(bench, ledger="科普") == names(bench, ledger="妇女") == ["讲座"]
    assert names(bench, ledger="卫生") == []
    assert set(bench.activities.ledger_names()) == {"健康教育", "妇女", "科普", "爱国卫生"}
    gone = bench.activities.activity_ids(ActivityFilter(ledger="爱国卫生"))[0]
    bench.activities.remove(gone)
    assert names(bench, ledger="爱国卫生") == []
    assert "爱国卫生" not in bench.activities.ledger_names()


def test_the_list_is_narrowed_by_day_kind_state_and_word(bench):
    activity(bench, date(2026, 5, 1), "植树", category="环境整治", place="渔村")
    activity(bench, date(2026, 6, 1), "讲座", in_charge="罗晓梅")
    activity(bench, date(2026, 6, 20), "电影", category="文体活动")
    assert names(bench) == ["电影", "讲座", "植树"]
    assert names(bench, sort=("day", False)) == ["植树", "讲座", "电影"]
    assert names(bench, first=date(2026, 5, 1), last=date(2026, 6, 1)) == ["讲座", "植树"]
    assert names(bench, category="环境整治") == names(bench, text="渔") == ["植树"]
    assert names(bench, status="计划") == ["电影"]
    assert names(bench, text="罗晓梅") == ["讲座"]
    assert names(bench, text="%") == []


def test_a_month_holds_what_began_before_and_reaches_into_it_in_order_of_day_and_hour(bench):
    activity(bench, date(2026, 5, 30), "周末", ends_on=date(2026, 6, 1))
    activity(bench, date(2026, 5, 1), "过去", ends_on=date(2026, 5, 31))
    activity(bench, date(2026, 6, 30), "下午", clock="14:30")
    activity(bench, date(2026, 6, 30), "上午", clock="9:00")
    activity(bench, date(2026, 6, 30), "全天")
    activity(bench, date(2026, 7, 1), "下月")
    month = bench.activities.between(date(2026, 6, 1), date(2026, 6, 30))
    assert [row.draft.name for row in month] == ["周末", "上午", "下午", "全天"]
    assert month[0].last_on == date(2026, 6, 1)


def test_plans_that_are_over_are_counted_until_somebody_says_how_they_went(bench):
    kept = activity(bench, date(2026, 6, 1), status="计划")
    activity(bench, date(2026, 6, 17), status="计划")
    assert bench.activities.count_unsettled() == 1
    bench.activities.change(kept.id, replace(kept.draft, status="已办", attendance=30), version=kept.version)
    assert bench.activities.count_unsettled() == 0


def test_a_change_leaves_old_and_new_and_can_be_undone(bench):
    row = activity(bench, date(2026, 6, 1), work="横幅 3 条")
    changed = bench.activities.change(
        row.id, draft(date(2026, 6, 1), work="横幅 4 条", status="已办"), version=row.version
    )
    assert changed.version == row.version + 1
    assert bench.journal.of_record(row.id)[0].changes["work"] == ["横幅 3 条", "横幅 4 条"]
    step = bench.journal.steps()[0]
    bench.journal.undo(step.id, bench.officer)
    assert bench.activities.rows([row.id])[0].draft == row.draft
    assert bench.figures.of(parse_period("2026-06"))["activities.work.横幅.条"].value == 3


def test_who_comes_second_sees_both_values_and_stores_nothing(bench):
    row = activity(bench, attendance=40)
    first = bench.activities.change(row.id, replace(row.draft, attendance=50), version=row.version)
    with pytest.raises(ChangedMeanwhile) as error:
        bench.activities.change(row.id, replace(row.draft, attendance=60), version=row.version)
    assert error.value.fields == {"attendance": (50, 60)}
    assert bench.activities.rows([row.id])[0] == first


def test_a_binned_activity_leaves_every_list_and_comes_back_with_its_quantities(bench):
    row = activity(bench, date(2026, 6, 1), name="讲座", work="横幅 3 条", ledgers=("科普",))
    assert bench.activities.remove(row.id) == "删除活动：讲座 2026年6月1日"
    assert bench.activities.rows([row.id]) == bench.activities.between(date(2026, 6, 1), date(2026, 6, 1)) == []
    (key,) = bench.bin.listed("活动")
    assert bench.bin.rows([key])[0].title == "讲座  2026年6月1日"
    bench.bin.put_back(key)
    assert names(bench, ledger="科普") == ["讲座"]
    assert bench.figures.of(parse_period("2026-06"))["activities.work.横幅.条"].value == 3
    assert all(line.ok for line in bench.check())


def test_words_used_before_are_offered_behind_those_the_program_knows(bench):
    activity(bench, name="孝老宴", category="敬老", ledgers=("老年", "敬老月"), place="食堂", work="饺子 300 个")
    words = bench.activities.words()
    assert words.categories[-1] == "敬老"
    assert words.ledgers.index("敬老月") > words.ledgers.index("老年")
    assert (words.names, words.places) == (("孝老宴",), ("食堂",))
    assert bench.activities.work_words() == (("饺子",), ("个",))


def test_grid_officers_record_and_readers_only_look(bench_as):
    grid, reader = bench_as(Role.GRID), bench_as(Role.READER)
    row = activity(grid, date(2026, 6, 1))
    assert reader.activities.rows([row.id]) == [row]
    assert reader.figures.of(parse_period("2026-06"))["activities.held"].value == 1
    for doing in (
        lambda: reader.activities.record(row.draft),
        lambda: reader.activities.change(row.id, row.draft, version=1),
        lambda: reader.activities.remove(row.id),
        lambda: reader.intake.export("activities", None),
    ):
        with pytest.raises(NotAllowed):
            doing()


def test_each_ledger_is_printed_under_its_own_name_with_what_was_done(bench):
    from pypdfium2 import PdfDocument

    row = activity(
        bench, date(2026, 6, 1), "无烟日宣传", clock="9:00", place="广场", attendance=1200,
        ledgers=("控烟", "健康教育"), work="健康读本 120余 册",
    )  # fmt: skip
    put_off = activity(bench, date(2026, 6, 2), "电影晚会", status="取消", summary="下雨")
    heading = Heading("后环社区居民委员会", "2026年6月", "沈玉琴", date(2026, 6, 17))

    def printed(ledger):
        document = PdfDocument(render_ledger(activity_ledger(ledger), [row, put_off], heading=heading))
        return "".join(page.get_textpage().get_text_bounded() for page in document)

    text = printed("控烟")
    for word in ("控烟台账", "2026年6月1日 9:00", "无烟日宣传", "1,200", "健康读本 120余 册", "（取消）下雨"):
        assert word in text.replace("\r\n", ""), word
    assert "记入台账" not in text
    assert "控烟、健康教育" in printed("").replace("\r\n", "")
