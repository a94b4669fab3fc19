"""The committee's own numbers: lines as people write them, what is refused, dated editions, roles."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from desktop.foundation.errors import InputError, NotAllowed
from desktop.register.profile_numbers import ProfileNumber, ProfileNumbers, numbers_of, read_numbers, stored_of
from desktop.register.service.profile_numbers import profile_numbers_in

LINES = """面积 0.28 平方公里
农户 12,937 户
卫生厕所 12433户 占 农户 目标 90%
保洁时间 — 小时

沿街商铺　１３０　家"""


def test_lines_are_read_as_people_write_them_and_written_the_same_way():
    numbers, told = read_numbers(LINES)
    assert told == []
    assert numbers == [
        ProfileNumber("面积", Decimal("0.28"), "平方公里"),
        ProfileNumber("农户", Decimal(12937), "户"),
        ProfileNumber("卫生厕所", Decimal(12433), "户", "农户", Decimal(90)),
        ProfileNumber("保洁时间", None, "小时"),
        ProfileNumber("沿街商铺", Decimal(130), "家"),
    ]
    kept = numbers_of(date(2026, 1, 1), {"numbers": stored_of(numbers)})
    assert list(kept.numbers) == numbers
    assert read_numbers(kept.text) == (numbers, [])
    assert kept.text.splitlines()[2] == "卫生厕所 12433 户 占 农户 目标 90"
    assert kept.words == "面积0.28平方公里，农户12937户，卫生厕所12433户，沿街商铺130家"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("面积", "第1行“面积”看不懂"),
        ("面积 很大 平方公里", "看不懂"),
        ("面积 0.28", "看不懂"),
        ("面积 1 亩\n面积 2 亩", "“面积”写了两次"),
        ("卫生厕所 1 户 占 农户", "没有“农户”这一行"),
        ("长" * 41 + " 1 户", "第1行太长了"),
        ("\n".join(f"第{number}项 1 户" for number in range(81)), "最多80行"),
    ],
)
def test_what_cannot_be_read_is_told_by_its_line(bench, text, told):
    with pytest.raises(InputError, match=told):
        bench.profile_numbers.change(date(2026, 1, 1), text)
    assert bench.profile_numbers.current() is None


def test_a_day_to_come_or_none_is_refused_with_the_rest(bench):
    for day in (None, date(2026, 6, 18)):
        with pytest.raises(InputError) as refused:
            bench.profile_numbers.change(day, "面积")
        assert [problem.field for problem in refused.value.problems] == ["numbers", "as_of"]


def test_shares_are_computed_and_never_of_nothing():
    numbers, _ = read_numbers(
        "农户 12937 户\n卫生厕所 12433 户 占 农户\n无害化 11271 户 占 农户\n水井 0 口\n好井 0 口 占 水井"
    )
    kept = ProfileNumbers(date(2026, 1, 1), tuple(numbers))
    assert [kept.share(one) for one in numbers] == [None, Decimal("96.10"), Decimal("87.12"), None, None]


def test_the_newest_numbers_up_to_a_day_count_and_may_be_taken_away(bench):
    for day, text in (
        (date(2025, 1, 1), "面积 0.3 平方公里"), (date(2026, 1, 1), "面积 0.28 平方公里\n住户 2 户"),
        (date(2026, 1, 1), "面积 0.29 平方公里"), (date(2026, 6, 17), ""),
    ):  # fmt: skip
        bench.profile_numbers.change(day, text)
    with bench.store.reading() as session:
        words = [
            found.words if (found := profile_numbers_in(session, day)) else ""
            for day in (date(2024, 12, 31), date(2025, 12, 31), date(2026, 6, 16), date(2026, 6, 17))
        ]
    assert words == ["", "面积0.3平方公里", "面积0.29平方公里", ""]
    assert bench.profile_numbers.current() is None


def test_only_who_manages_writes_them(bench, health_bench):
    bench.profile_numbers.change(date(2026, 1, 1), "面积 1 亩")
    with pytest.raises(NotAllowed):
        health_bench.profile_numbers.change(date(2026, 1, 1), "面积 2 亩")
    assert health_bench.profile_numbers.current().words == "面积1亩"
