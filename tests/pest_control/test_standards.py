"""The shipped lists of agents, densities and bands: shape, order of cut-points, marks of doubt."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from desktop.pest_control.density_rules import band_limits, limits_in
from tests.pest_control.making import values_of


def test_every_value_says_where_it_is_from_and_whether_it_was_verified():
    for standard in ("agents", "density", "aedes"):
        for name, entry in values_of(standard).items():
            assert entry["source"], name
            assert isinstance(entry["unverified"], bool), name


def test_the_four_pests_are_graded_from_strict_to_mild():
    limits = limits_in(values_of("density"))
    assert {one.pest for one in limits.values()} == {"鼠", "蚊", "蝇", "蜚蠊"}
    for one in limits.values():
        assert len(one.limits) == 3
        assert list(one.limits) == sorted(one.limits, reverse=one.at_least), one.indicator
        for mean in one.means:
            assert list(mean.limits) == sorted(mean.limits), one.indicator
    assert all("2025" in one.note for one in limits.values() if one.pest == "蝇")
    assert limits["防蝇设施合格率"].unverified


def test_bands_rise_and_the_boundary_is_one_of_two_practices():
    values = values_of("aedes")
    assert band_limits(values) == (Decimal(5), Decimal(10), Decimal(20))
    assert values["boundary"]["value"] in ("含上限", "含下限")


def test_agents_have_dated_statuses_and_no_alias_twice():
    values = values_of("agents")
    words = [word for name, entry in values.items() for word in (name, *entry["aliases"])]
    assert len(words) == len(set(words))
    for name, entry in values.items():
        days = [date.fromisoformat(one["from"]) for one in entry["statuses"] if "from" in one]
        assert days == sorted(days), name
        assert {one["status"] for one in entry["statuses"]} <= {"禁用", "限制使用", "核对", "卫生用可用", "可用"}, name
    banned = [name for name, entry in values.items() if entry["statuses"][-1]["status"] == "禁用"]
    assert len(banned) == 33 + 8
