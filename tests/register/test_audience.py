"""Filters for a notice for many: how they are written, said, and what is wrong with them."""

from __future__ import annotations

import pytest

from desktop.foundation.errors import InputError
from desktop.register.audience import Audience, read_audience, salutation


@pytest.mark.parametrize(
    ("parts", "audience"),
    [
        (["全部"], Audience(homes=True)),
        (["小区=桂花苑"], Audience(homes=True, place="桂花苑")),
        (["小区=桂花苑/标签=高血压"], Audience(place="桂花苑", tag="高血压")),
        (["小区=东/西苑"], Audience(homes=True, place="东/西苑")),
        (["标签=65岁及以上"], Audience(age_from=65)),
        (["标签＝0-6岁"], Audience(age_to=6)),
        (["年龄=60-69"], Audience(age_from=60, age_to=69)),
        (["年龄=65岁及以上"], Audience(age_from=65)),
        (["年龄=-6", "对象=住户"], Audience(homes=True, age_to=6)),
        (["年龄=70"], Audience(age_from=70, age_to=70)),
        (["对象=居民"], Audience()),
    ],
)
def test_a_filter_is_read_as_people_write_it(parts, audience):
    assert read_audience(parts) == audience


def test_everything_wrong_is_named_at_once():
    with pytest.raises(InputError) as error:
        read_audience(["街=二", "年龄=老", "对象=狗"])
    for problem, words in zip(error.value.problems, ("看不懂“街=二”", "年龄看不懂“老”", "不是“狗”"), strict=True):
        assert words in problem.message
    with pytest.raises(InputError, match="比“到”大"):
        read_audience(["年龄=70-60"])


@pytest.mark.parametrize(
    ("audience", "sentence"),
    [
        (Audience(homes=True), "全部小区的住户"),
        (Audience(homes=True, place="桂花苑", age_from=65), "桂花苑有65岁及以上居民的住户"),
        (Audience(place="桂花苑", tag="高血压", age_from=60, age_to=69), "桂花苑（高血压、60—69岁）的居民"),
        (Audience(age_to=6), "全部小区（6岁及以下）的居民"),
        (Audience(), "全部小区的居民"),
    ],
)
def test_a_filter_says_whom_it_leaves(audience, sentence):
    assert audience.sentence == sentence


@pytest.mark.parametrize(
    ("sex", "age", "word"),
    [("女", 70, "女士"), ("男", 14, "先生"), ("男", 13, "小朋友"), ("", None, "居民"), ("女", None, "女士")],
)
def test_people_are_addressed_by_sex_and_age(sex, age, word):
    assert salutation(sex, age) == word
