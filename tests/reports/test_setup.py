"""The committee's reporting rule and the texts people write: stored, undone, kept from those who may not."""

from __future__ import annotations

import pytest

from desktop.foundation.days import parse_period
from desktop.foundation.errors import InputError, NotAllowed
from desktop.reports.content import ReportTexts
from tests.reports.papers import text_of

MAY = parse_period("2026-05")


def test_calendar_months_until_the_committee_says_otherwise(bench):
    assert bench.reports.setup.setup().first_day == 1
    assert bench.reports.rule().title(MAY) == "2026年5月"
    bench.reports.setup.change(26, " 和平街道办事处 ")
    assert (bench.reports.setup.setup().first_day, bench.reports.setup.setup().recipient) == (26, "和平街道办事处")
    content = bench.reports.content(bench.reports.rule().month(2026, 5))
    assert content.title == "2026年5月"
    assert content.span == "2026年4月26日至2026年5月25日"
    assert content.kind == "月报"
    assert content.table.heads[0] == "本月"
    cover = text_of(bench.reports.pdf(content))
    assert "和平街道办事处" in cover
    assert "2026年4月26日至2026年5月25日" in cover
    bench.reports.setup.change(1, "")
    assert bench.reports.rule().title(MAY) == "2026年5月"


@pytest.mark.parametrize("first_day", [None, 0, 29, -1])
def test_a_month_begins_on_a_day_every_month_has(bench, first_day):
    with pytest.raises(InputError) as caught:
        bench.reports.setup.change(first_day, "街" * 101)
    assert {problem.field for problem in caught.value.problems} == {"first_day", "recipient"}


def test_the_rule_is_the_directors(health_bench):
    with pytest.raises(NotAllowed):
        health_bench.reports.setup.change(26, "")


def test_what_people_write_stands_in_the_report_until_they_take_it_back(bench):
    content = bench.reports.content(MAY)
    assert content.plans == ["按月计划继续做好检查、除害、随访和宣传。"]
    bench.reports.setup.write_texts(
        MAY, content.title, ReportTexts("五月下了三场雨。\n积水多。", "六月每周三清积水。\n\n补随访。")
    )
    content = bench.reports.content(MAY)
    assert content.done == [("", "五月下了三场雨。"), ("", "积水多。")]
    assert content.plans == ["六月每周三清积水。", "补随访。"]
    text = text_of(bench.reports.pdf(content))
    assert "五月下了三场雨" in text
    assert "六月每周三清积水" in text
    assert bench.reports.content(parse_period("2026-04")).texts == ReportTexts()
    bench.reports.setup.write_texts(MAY, content.title, ReportTexts())
    assert bench.reports.content(MAY).plans == ["按月计划继续做好检查、除害、随访和宣传。"]
    step = bench.journal.last_undoable(bench.officer.staff_id)
    bench.journal.undo(step.id, bench.officer)
    assert bench.reports.content(MAY).plans == ["六月每周三清积水。", "补随访。"]


def test_a_text_too_long_is_refused_and_a_long_one_goes_over_pages(bench):
    with pytest.raises(InputError) as caught:
        bench.reports.setup.write_texts(MAY, "五月", ReportTexts("字" * 4001, "字" * 4001))
    assert {problem.field for problem in caught.value.problems} == {"done", "plans"}
    bench.reports.setup.write_texts(MAY, "五月", ReportTexts("清理楼道<b>&杂物，" * 300, "😀补随访\u202e" * 40))
    text = text_of(bench.reports.pdf(bench.reports.content(MAY)))
    assert text.replace("\r\n", "").count("<b>&") == 300
    assert "〔U+202E〕" in text.replace("\r\n", "")


def test_texts_are_not_for_everybody(grid_bench):
    with pytest.raises(NotAllowed):
        grid_bench.reports.setup.write_texts(MAY, "五月", ReportTexts("a", "b"))
