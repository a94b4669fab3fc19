"""Which agents are banned on which day, under which names, and which only look as if they were."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.pest_control.agent_rules import AgentList, banned_sentence
from tests.pest_control.making import values_of

AGENTS = AgentList(values_of("agents"))
TODAY = date(2026, 6, 17)


@pytest.mark.parametrize(
    "text",
    ["毒鼠强", "四二四", "特效424鼠药", "没鼠命", "三步倒", "1080",
     "１０８１ 毒饵", "氟 乙酰胺", "磷化锌饵粒", "ddt粉", "克百威颗粒"],
)  # fmt: skip
def test_a_banned_agent_is_found_by_name_alias_and_inside_a_product_s_name(text):
    assert AGENTS.banned([text], TODAY) is not None


@pytest.mark.parametrize(
    "text",
    ["0.005%溴敌隆饵粒", "氟虫腈杀蟑饵剂", "乙酰甲胺磷灭蟑饵剂", "0.1080%饵剂",
     "WP20081080", "11080", "4245型", "氯氰菊酯", ""],
)  # fmt: skip
def test_allowed_agents_are_not_taken_for_banned_ones(text):
    assert AGENTS.banned([text], TODAY) is None


def test_a_status_begins_on_its_day():
    assert AGENTS.banned(["氧化乐果"], date(2026, 5, 31)) is None
    assert AGENTS.restricted(["氧化乐果"], date(2026, 5, 31)).name == "氧乐果"
    assert AGENTS.banned(["氧化乐果"], date(2026, 6, 1)).name == "氧乐果"
    assert AGENTS.banned(["甲拌磷"], date(2024, 8, 31)) is None
    assert AGENTS.banned(["甲拌磷"], date(2024, 9, 1)).name == "甲拌磷"
    assert AGENTS.restricted(["溴敌隆"], date(2017, 9, 30)) is None
    assert AGENTS.restricted(["溴敌隆"], date(2017, 10, 1)).name == "溴敌隆"


def test_what_nobody_could_look_up_is_to_be_checked_never_blocked():
    for text in ("百草枯", "林丹", "2，4－滴丁酯", "含S2增效剂"):
        assert AGENTS.banned([text], TODAY) is None
        assert AGENTS.doubtful([text], TODAY) is not None, text
    assert AGENTS.doubtful(["S21号"], TODAY) is None


def test_the_sentence_names_the_agent_and_what_to_do():
    found = AGENTS.banned(["", "没鼠命"], TODAY)
    assert found.name == "毒鼠强"
    assert banned_sentence(found) == "“毒鼠强”是国家禁用药，不能登记。请封存，并联系街道或疾控处理。"
