"""装盒: what goes into a box and what its label and catalogue say; what is wrong first."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.foundation.days import parse_period
from desktop.foundation.errors import InputError, NotAllowed
from desktop.foundation.jobs import JobCancelled, JobContext
from desktop.printing.preview import page_count
from desktop.printing.render import render_form
from desktop.register.rights import Role
from desktop.reports.box import HANDED_IN, ISSUED, BoxDraft
from desktop.reports.ledgers import ledger_pdf
from desktop.reports.rules import SubmissionDraft
from tests.inspections.making import finding, places, sound
from tests.notices.making import bait
from tests.printing.reading import text_of

ALL = "检查和整改台账"
MAY = parse_period("2026-05")


def draft(**values):
    whole = {
        "year": 2026, "title": "爱国卫生检查整改", "contents": (ISSUED, HANDED_IN, ALL), "category": "文书",
        "term": "10年", "number": "2-3", "width_mm": 40,
    }  # fmt: skip
    return BoxDraft(**{**whole, **values})


@pytest.fixture
def filled(bench):
    """One inspection, one notice, one void rectification notice, the report of May."""
    places(bench)
    bench.inspections.record(sound(date(2026, 5, 4)))
    row = bench.inspections.record(finding())
    sent = bench.rectification.issue(row.id, version=1, noticed_on=date(2026, 6, 10), due_on=date(2026, 6, 20))
    bench.notices.issued.void(sent.issued.id, "期限写错", version=1)
    bench.notices.composing.issue(bait(bench, 落款日期="2026-06-15"))
    handed = SubmissionDraft(date(2026, 6, 3), "和平街道办事处", "沈玉琴", "幸社报〔2026〕5号")
    return bench.reports.submissions.hand_in(bench.reports.content(MAY), handed)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"year": None}, "year"), ({"year": 2027}, "year"), ({"year": 1800}, "year"), ({"title": ""}, "title"),
        ({"title": "长" * 41}, "title"), ({"contents": ()}, "contents"), ({"contents": ("没有的台账",)}, "contents"),
        ({"width_mm": 35}, "width"), ({"number": "9" * 21}, "number"), ({"term": "年" * 21}, "term"),
    ],
)  # fmt: skip
def test_every_wrong_field_is_told(bench, values, field):
    with pytest.raises(InputError) as refused:
        bench.box.papers(draft(**values), JobContext())
    assert [problem.field for problem in refused.value.problems] == [field]


def test_a_box_with_nothing_in_it_is_refused(bench):
    with pytest.raises(InputError, match="盒里没有东西"):
        bench.box.papers(draft(year=2025), JobContext())


def test_who_may_print_nothing_fills_no_box(bench_as):
    for role in (Role.GRID, Role.READER):
        with pytest.raises(NotAllowed):
            bench_as(role).box.papers(draft(), JobContext())


def test_it_can_be_stopped(bench, filled):
    context = JobContext()
    context.cancel()
    with pytest.raises(JobCancelled):
        bench.box.papers(draft(), context)


def test_the_catalogue_lists_what_was_sent_by_its_day_and_the_ledgers_after_it(bench, filled):
    made = bench.box.papers(draft(contents=(ALL, ISSUED, "责任书签订台账", HANDED_IN)), JobContext())
    entries = made.catalogue.entries
    assert [(one.number, one.day, one.remark) for one in entries] == [
        ("幸社报〔2026〕5号", date(2026, 6, 3), ""),
        ("后社整改〔2026〕1号", date(2026, 6, 10), "作废"),
        ("后社告〔2026〕1号", date(2026, 6, 15), ""),
        ("", date(2026, 6, 17), ""),
    ]
    assert entries[0].title == "2026年5月工作月报"
    assert entries[-1].title == f"2026年{ALL}（2条）"  # the empty ledger of letters is left out
    assert entries[0].pages == filled.pages == page_count(bench.reports.submissions.paper(filled.id))
    assert entries[-1].pages == page_count(ledger_pdf(bench.ledgers.read(ALL, parse_period("2026"))))
    assert (made.spine.span, made.catalogue.volume) == ("1—4", "2026-2-3")


def test_the_papers_say_it_and_count_the_pages_through(bench, filled):
    made = bench.box.papers(draft(), JobContext())
    pdf = render_form(made)
    text = text_of(pdf)
    first = [1]
    for one in made.catalogue.entries:
        first.append(first[-1] + one.pages)
    for words in (
        "后环社区", "2026", "爱国卫生检查整改第2-3盒", "文书", "保管期限10年", "1—4", "校准线应为100毫米",
        "卷内文件目录", "全宗后环社区居民委员会", "案卷号2026-2-3", "20260615",
        f"本卷共4件共{first[-1] - 1}页", "立卷人沈玉琴",
    ):  # fmt: skip
        assert words in text
    assert f"{first[3]}—{first[4] - 1}" in text or first[3] == first[4] - 1
    assert page_count(pdf) == 2
    assert pdf == render_form(bench.box.papers(draft(), JobContext()))


def test_reports_of_december_belong_to_their_year(bench, clock_at):
    later = clock_at(2027, 1, 8)
    handed = SubmissionDraft(date(2027, 1, 4), "街道", "沈玉琴")
    later.reports.submissions.hand_in(later.reports.content(parse_period("2026-12")), handed)
    made = later.box.papers(draft(contents=(HANDED_IN,)), JobContext())
    assert [one.day for one in made.catalogue.entries] == [date(2027, 1, 4)]
    assert made.spine.span == "1"
    with pytest.raises(InputError, match="盒里没有东西"):
        later.box.papers(draft(year=2027, contents=(HANDED_IN,)), JobContext())


@pytest.fixture
def clock_at(opened):
    """The services on a later day."""
    from datetime import datetime

    from desktop.app import assemble
    from desktop.foundation.clock import CHINA, FixedClock

    return lambda year, month, day: assemble(opened, FixedClock(datetime(year, month, day, 9, tzinfo=CHINA)))


def test_a_ledger_of_one_day_tells_of_today_while_the_year_goes_on(bench, filled):
    made = bench.box.papers(draft(contents=("整改未销号台账",)), JobContext())
    assert [one.title for one in made.catalogue.entries] == ["截至2026年6月17日整改未销号台账（1条）"]
