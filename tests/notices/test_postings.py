"""What hangs where: recorded with who looked before and after, taken down in time, counted by month."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.foundation.days import parse_period
from desktop.foundation.errors import InputError
from desktop.notices.views import PostingFilter
from tests.notices.making import bait, posting


@pytest.fixture
def postings(bench):
    return bench.notices.postings


def listed(postings, **narrowed):
    return list(postings.ids(PostingFilter(**narrowed)))


def test_a_wrong_posting_says_everything_and_stores_nothing(postings):
    with pytest.raises(InputError) as error:
        postings.record(
            posting(title=" ", places="", posted_on=date(2026, 6, 18), copies=0, checked_on=date(2026, 6, 17))
        )
    assert [(problem.field, problem.code) for problem in error.value.problems] == [
        ("title", "required"), ("posted_on", "date_future"), ("places", "required"), ("copies", "number_invalid"),
        ("checked_on", "period_invalid"), ("checked_by", "required"),
    ]  # fmt: skip
    assert listed(postings) == []


def test_a_posting_comes_back_with_the_number_of_its_notice(bench, postings):
    issued = bench.notices.composing.issue(bait(bench))
    typed = posting(reviewed_by="沈玉琴", posted_by="周建国", down_due_on=date(2026, 6, 28), copies=4)
    row = postings.record(typed, issued.id)
    assert (row.draft, row.number) == (typed, issued.number)
    assert listed(postings, document_id=issued.id) == listed(postings, text="1号") == [row.id]
    assert listed(postings, text="公告栏") == [row.id]


def test_a_void_notice_is_not_posted(bench, postings):
    issued = bench.notices.composing.issue(bait(bench))
    bench.notices.issued.void(issued.id, "写错了", version=issued.version)
    with pytest.raises(InputError, match="已经作废"):
        postings.record(posting(), issued.id)


def test_each_posting_is_reviewed_before_and_checked_after(postings, clock):
    row = postings.record(posting(reviewed_by="沈玉琴"))
    row = postings.check(row.id, version=row.version, checked_by="罗晓梅")
    assert (row.draft.reviewed_by, row.draft.checked_by, row.draft.checked_on) == ("沈玉琴", "罗晓梅", clock.today())
    with pytest.raises(InputError, match="请填是谁检查的"):
        postings.check(row.id, version=row.version, checked_by=" ")


def test_what_should_come_down_stands_on_top_until_it_does(postings):
    newest = postings.record(posting(posted_on=date(2026, 6, 17), down_due_on=date(2026, 6, 18)))
    due = postings.record(posting(posted_on=date(2026, 6, 1), down_due_on=date(2026, 6, 17)))
    open_ended = postings.record(posting(posted_on=date(2026, 6, 16)))
    assert listed(postings) == [due.id, newest.id, open_ended.id]
    assert (listed(postings, due=True), postings.count_due()) == ([due.id], 1)
    row = postings.take_down(due.id, version=due.version)
    assert row.draft.taken_down_on == date(2026, 6, 17)
    assert (postings.count_due(), listed(postings, hanging=True)) == (0, [newest.id, open_ended.id])


def test_a_removed_posting_lies_in_the_bin_and_comes_back(bench, postings):
    row = postings.record(posting())
    assert postings.remove(row.id) == "删除张贴：灭鼠投药告知书"
    assert listed(postings) == []
    keys = bench.bin.listed("张贴")
    assert [line.title for line in bench.bin.rows(keys)] == ["灭鼠投药告知书  2026年6月15日"]
    bench.bin.put_back(keys[0])
    assert listed(postings) == [row.id]


def test_postings_are_counted_in_the_month_of_their_day(bench, postings):
    for day in (date(2026, 5, 31), date(2026, 6, 1), date(2026, 6, 17)):
        postings.record(posting(posted_on=day))
    gone = postings.record(posting())
    postings.remove(gone.id)
    value = lambda period: bench.figures.of(parse_period(period))["notices.posted"].value  # noqa: E731
    assert (value("2026-05"), value("2026-06"), value("2026"), value("2025")) == (1, 2, 3, 0)


def test_both_ledgers_are_offered_and_hold_what_happened_in_the_period(bench, postings, text_of):
    issued = bench.notices.composing.issue(bait(bench))
    postings.record(posting(reviewed_by="沈玉琴", checked_by="罗晓梅", checked_on=date(2026, 6, 16)), issued.id)
    postings.record(posting(posted_on=date(2026, 5, 31)))
    assert {"发文登记台账", "通知张贴台账"} <= set(bench.ledgers.names())
    june = parse_period("2026-06")
    assert [row.number for row in bench.ledgers.read("发文登记台账", june).rows] == ["后社告〔2026〕1号"]
    assert [row.draft.places for row in bench.ledgers.read("通知张贴台账", june).rows] == ["桂花苑3个公告栏"]
    words = text_of(bench.ledgers.pdf("通知张贴台账", june))
    assert "6月15日" in words
    assert "沈玉琴" in words
    assert "罗晓梅2026年6月16日" in words
