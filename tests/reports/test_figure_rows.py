"""Click a figure, see its records: what the rows add up to is the figure, for every key that has rows."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.foundation.days import parse_period
from desktop.register.rights import Role
from tests.inspections.making import finding, places
from tests.reports.samples import EXPECTED

WITHOUT_ROWS = (
    "base.",
    "aedes.bi",
    "aedes.hi",
    "aedes.ci",
    "aedes.band",
    "density.",
    "health.group.",
    "health.bp35_",
    "gaps.",
)


@pytest.mark.parametrize("period", [*EXPECTED, "2011-05-26..2011-06-25", "2011H2"])
def test_the_rows_of_every_figure_add_up_to_it(houhuan, period):
    asked = parse_period(period)
    told = []
    for key, figure in houhuan.figures.of(asked).items():
        rows = houhuan.figures.rows(key, asked)
        assert houhuan.figures.shows(key) == (rows is not None), key
        if key.startswith(WITHOUT_ROWS):
            assert rows is None, key
            continue
        assert rows is not None, key
        assert sum(row.amount for row in rows) == figure.value, key
        assert [row.day for row in rows] == sorted(row.day for row in rows), key
        assert all(row.what for row in rows), key
        told.append(key)
    assert len(told) > 15


def test_rows_are_told_as_they_stood_at_the_end_of_the_period(bench):
    places(bench, "桂花苑")
    bench.inspections.record(
        finding(
            date(2026, 5, 4), place="桂花苑", treatment="整改通知", due_on=date(2026, 5, 15),
            rechecked_on=date(2026, 6, 2), recheck_result="合格", closed_on=date(2026, 6, 2),
        )
    )  # fmt: skip
    (row,) = bench.figures.rows("findings.found", parse_period("2026-05"))
    assert (row.what, row.detail, row.state, row.settled, row.bad) == (
        "桂花苑",
        "楼道堆放纸箱",
        "逾期16天",
        False,
        True,
    )
    (row,) = bench.figures.rows("findings.found", parse_period("2026H1"))
    assert (row.state, row.settled, row.bad) == ("已销号", True, False)
    (row,) = bench.figures.rows("findings.closed", parse_period("2026-06"))
    assert row.day == date(2026, 5, 4)


def test_health_rows_are_not_for_those_who_may_not_see_health(houhuan_as):
    asked = parse_period("2011-05")
    with houhuan_as(Role.GRID) as bench:
        for key in ("health.urgent", "health.visits.血压测量", "health.followups_overdue"):
            assert bench.figures.rows(key, asked) is None
        assert bench.figures.rows("inspections.done", asked)


def test_a_key_nobody_knows_has_no_rows(houhuan):
    assert houhuan.figures.rows("nothing.of.this", parse_period("2011")) is None
