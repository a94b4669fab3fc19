"""The ten points of a notice about laid bait, and what it must never say."""

from __future__ import annotations

import pytest

from desktop.notices.points import bait_points, forbidden_words
from desktop.notices.rules import fill, sound_values
from desktop.notices.shipped import shipped_templates
from tests.notices.making import BAIT

TEMPLATE = next(one for one in shipped_templates() if one.key == "bait")
ENDING = {"contact": "邓文斌 0000-5550126", "issued": "幸福里社区居民委员会 2026年6月8日"}


@pytest.fixture
def filled():
    values, _ = sound_values(TEMPLATE, BAIT)
    return fill(TEMPLATE.text, values)


def missing(filled, **ending):
    return [point.text for point in bait_points(filled, **{**ENDING, **ending}) if not point.met]


def test_the_standard_text_has_all_ten_points(filled):
    assert len(bait_points(filled, **ENDING)) == 10
    assert missing(filled) == []


@pytest.mark.parametrize(
    ("gone", "point"),
    [
        ("毒饵站", "投放的地点，毒饵放在毒饵站（盒）里"),
        ("维生素K1", "误食立即送医，特效解毒剂维生素K1"),
        ("宠物", "看好孩子和需要照看的家人，管好宠物家禽"),
        ("垃圾", "收好食物，垃圾入桶"),
        ("死鼠", "死鼠不碰不吃不乱扔，深埋或焚烧"),
        ("%", "药物名称和浓度"),
    ],
)
def test_a_point_that_is_struck_out_is_missed(filled, gone, point):
    body = tuple(line.replace(gone, "") for line in filled.body)
    assert point in missing(type(filled)(filled.title, filled.addressee, body))


def test_no_phone_and_no_day_are_missed(filled):
    assert missing(filled, contact="邓文斌", issued="居委会") == ["联系人和电话", "发布单位和日期"]


def test_the_standard_text_names_the_antidote_but_no_dose_and_no_vomiting(filled):
    assert forbidden_words(filled.body) == []
    assert any("维生素K1，由医生使用" in line for line in filled.body)


@pytest.mark.parametrize(
    "line", ["肌注维生素K1 10mg", "维生素K1每日2次", "口服维生素K1", "一次4片/天，立即催吐", "先引吐再送医"]
)
def test_doses_and_vomiting_are_refused(line):
    assert forbidden_words([line]) != []


@pytest.mark.parametrize("line", ["请勿自行催吐", "不要催吐", "0.005%溴敌隆，每站15克", "每天8:30至11:00"])
def test_what_is_no_advice_of_the_kind_passes(line):
    assert forbidden_words([line]) == []
