"""What was posted where stands in a ledger and behind its figure."""

from __future__ import annotations

from datetime import date

from desktop.foundation.days import parse_period
from tests.notices.making import posting
from tests.reports.papers import text_of

JUNE = parse_period("2026-06")


def test_postings_stand_in_their_ledger_in_order_of_days(bench):
    bench.notices.postings.record(posting(copies=3))
    bench.notices.postings.record(posting(title="停水通知", posted_on=date(2026, 6, 2)))
    bench.notices.postings.record(posting(title="五月的", posted_on=date(2026, 5, 2)))
    read = bench.ledgers.read("通知张贴台账", JUNE)
    assert [(row.draft.title, row.draft.copies) for row in read.rows] == [("停水通知", 1), ("灭鼠投药告知书", 3)]
    assert {line.name: line.count for line in bench.ledgers.lines()}["通知张贴台账"] == 3
    assert "桂花苑3个公告栏" in text_of(bench.ledgers.pdf("通知张贴台账", JUNE))


def test_the_figure_opens_the_postings_it_counts(bench):
    bench.notices.postings.record(
        posting(posted_on=date(2026, 6, 1), down_due_on=date(2026, 6, 8), taken_down_on=date(2026, 6, 9))
    )
    bench.notices.postings.record(posting(posted_on=date(2026, 6, 2), down_due_on=date(2026, 6, 9)))
    bench.notices.postings.record(posting(posted_on=date(2026, 6, 3)))
    rows = bench.figures.rows("notices.posted", JUNE)
    assert len(rows) == bench.figures.of(JUNE)["notices.posted"].value == 3
    assert [(row.state, row.bad) for row in rows] == [("已撤下", False), ("该撤下了", True), ("张贴着", False)]
    assert bench.reports.content(JUNE).table.line("张贴通知告示").values[0] == 3
