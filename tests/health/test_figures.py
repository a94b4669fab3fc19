"""Health figures against small data counted by hand, and the sum of months against the year."""

from __future__ import annotations

from datetime import date

from desktop.foundation.days import parse_period
from desktop.health.rules import VisitDraft
from tests.factories import id_number
from tests.health.making import bp, sugar
from tests.register.making import resident


def person(bench, born_on, **values):
    return resident(bench, id_number=id_number(born_on), **values)


def values(bench, period, *keys):
    found = bench.figures.of(parse_period(period))
    return tuple(found[f"health.{key}"].value for key in keys)


def test_over_nothing_counts_are_nought_and_free_keys_absent(bench):
    found = bench.figures.of(parse_period("2026-06"))
    assert {key for key in found if key.startswith("health.")} == {
        "health.group.0-6岁", "health.group.65岁及以上", "health.bp35_total", "health.bp35_measured", "health.urgent",
        "health.followups_due", "health.followups_done", "health.followups_overdue",
    }  # fmt: skip
    assert {figure.value for key, figure in found.items() if key.startswith("health.")} == {0}


def test_groups_by_age_change_on_the_birthday_within_the_period_s_last_day(bench):
    person(bench, date(2019, 6, 30))  # seven on 30 June 2026
    person(bench, date(1961, 6, 30))  # sixty-five on 30 June 2026
    person(bench, date(2020, 2, 29))  # seven on 1 March 2027
    person(bench, date(1960, 2, 29), dwelling_state="迁出", changed_on=date(2026, 6, 1))
    resident(bench, id_number="", no_id_reason="外籍")
    keys = ("group.0-6岁", "group.65岁及以上")
    assert values(bench, "2026-06-01..2026-06-29", *keys) == (2, 0)
    assert values(bench, "2026-06", *keys) == (1, 1)
    assert values(bench, "2027-02", *keys) == (1, 1)
    assert values(bench, "2027-03", *keys) == (0, 1)
    assert values(bench, "2025-02", *keys) == (2, 0)  # born on 29 February 1960: sixty-five from 1 March 2025
    assert values(bench, "2025-03", *keys) == (2, 1)


def test_tags_count_as_tagged_at_period_end_and_never_take_an_age_group_s_key(bench, clock):
    from dataclasses import replace
    from datetime import timedelta

    kept = person(bench, date(1950, 1, 1), tags=("高血压", "65岁及以上"))
    person(bench, date(1980, 1, 1), tags=("65岁及以上",))
    clock.advance(timedelta(days=20))  # 7 July
    card = bench.residents.card(kept)
    bench.residents.change(kept, replace(card.draft, tags=("糖尿病",)), version=card.version)
    assert "health.group.高血压" not in bench.figures.of(parse_period("2026-05"))
    assert values(bench, "2026-06", "group.高血压", "group.65岁及以上") == (1, 1)
    july = bench.figures.of(parse_period("2026-07"))
    assert "health.group.高血压" not in july
    assert july["health.group.糖尿病"].value == 1


def test_pressures_count_people_once_with_both_halves_read_at_35(bench):
    old, twice, half = (person(bench, date(1950, 1, 1)) for _ in range(3))
    just = person(bench, date(1991, 6, 30))
    young = person(bench, date(1991, 7, 1))
    gone = person(bench, date(1950, 1, 1), dwelling_state="死亡", changed_on=date(2026, 6, 10))
    for who, day in ((old, 1), (twice, 1), (twice, 2), (just, 1), (young, 1), (gone, 1)):
        bench.health.record(who, bp(date(2026, 6, day)))
    bench.health.record(half, sugar(date(2026, 6, 1), "5.6"))
    assert values(bench, "2026-06", "bp35_total", "bp35_measured") == (4, 3)
    assert values(bench, "2026-06-01..2026-06-09", "bp35_total", "bp35_measured") == (4, 3)
    assert values(bench, "2026-07", "bp35_total", "bp35_measured") == (5, 0)


def test_urgent_counts_visits_not_values_and_services_count_by_name(bench):
    kept = person(bench, date(1950, 1, 1))
    both = VisitDraft(
        date(2026, 6, 1),
        "糖尿病随访",
        systolic_mmhg=190,
        diastolic_mmhg=115,
        glucose_mmol=sugar(date(2026, 6, 1), "17").glucose_mmol,
    )
    for draft in (both, bp(date(2026, 6, 2), 180, 90), bp(date(2026, 6, 3), 179, 109), sugar(date(2026, 6, 4), "3.9")):
        bench.health.record(kept, draft)
    binned = bench.health.record(kept, bp(date(2026, 6, 5), 200, 100))
    bench.health.remove(binned.id)
    assert values(bench, "2026-06", "urgent", "visits.糖尿病随访", "visits.血压测量", "visits.血糖测量") == (3, 1, 2, 1)


def test_follow_ups_due_done_and_overdue_by_the_period_s_end(bench):
    kept, other = person(bench, date(1950, 1, 1)), person(bench, date(1951, 1, 1))

    def follow(who, day, next_on, service="高血压随访"):
        bench.health.record(who, VisitDraft(day, service, next_on=next_on))

    follow(kept, date(2026, 3, 1), date(2026, 5, 31))  # due in May, done on 1 June
    follow(kept, date(2026, 6, 1), date(2026, 6, 10))  # due in June, not done
    follow(kept, date(2026, 5, 1), date(2026, 6, 10), "糖尿病随访")  # due in June, answered by no other service
    follow(other, date(2026, 5, 2), date(2026, 6, 1))  # due in June, done early on 20 May, which is due itself in June
    follow(other, date(2026, 5, 20), date(2026, 6, 16))  # due in June, done on 16 June
    follow(other, date(2026, 6, 16), None)
    keys = ("followups_due", "followups_done", "followups_overdue")
    assert values(bench, "2026-05", *keys) == (1, 0, 1)
    assert values(bench, "2026-05-01..2026-06-01", *keys) == (2, 2, 0)
    assert values(bench, "2026-06", *keys) == (4, 2, 2)
    assert values(bench, "2026Q2", *keys) == (5, 3, 2)
    assert values(bench, "2026-04", *keys) == (0, 0, 0)
