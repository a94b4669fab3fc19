"""The committee's own wording: kept, refused when wrong, given up, brought back."""

from __future__ import annotations

import pytest

from desktop.foundation.errors import ChangedMeanwhile, InputError
from desktop.notices.rules import NoticeText
from desktop.notices.shipped import shipped_templates

OWN = NoticeText("灭鼠通知", "各位邻居：", ("{开始日期}在{投放范围}投{药物一}。", "看好孩子。"))


@pytest.fixture
def templates(bench):
    return bench.notices.templates


def test_the_committees_own_words_take_the_place_of_the_standard(templates):
    assert [one.key for one in templates.all()] == [one.key for one in shipped_templates()]
    kept = templates.keep("bait", OWN, version=0)
    assert (kept.own, kept.text) == (True, OWN)
    assert templates.get("bait").text == OWN
    assert templates.standard("bait").text == shipped_templates()[0].text


def test_a_wrong_wording_is_refused_with_its_line_and_the_standard_stays(bench, templates):
    with pytest.raises(InputError, match=r"正文第2行写了\{地点\}"):
        templates.keep("bait", NoticeText("标题", "", ("好", "在{地点}投药")), version=0)
    assert not templates.get("bait").own
    assert "维生素K1" in "".join(templates.get("bait").text.body)
    assert bench.notices.composing.preview(bench.notices.composing.begin("bait")).startswith(b"%PDF")


def test_the_standard_text_comes_back_and_so_does_the_own_one(bench, templates):
    first = templates.keep("bait", OWN, version=0)
    changed = templates.keep("bait", NoticeText("灭鼠告示", "", OWN.body), version=first.version)
    assert changed.version == 2
    assert templates.restore("bait") == "恢复标准文本：灭鼠投药告知书"
    assert templates.get("bait").text == shipped_templates()[0].text
    step = bench.journal.last_undoable(bench.officer.staff_id)
    bench.journal.undo(step.id, bench.officer)
    assert templates.get("bait").text.title == "灭鼠告示"


def test_two_who_change_it_at_once_are_told(templates):
    templates.keep("bait", OWN, version=0)
    with pytest.raises(ChangedMeanwhile):
        templates.keep("bait", OWN, version=0)


def test_there_is_nothing_to_give_up_where_the_standard_is_used(templates):
    with pytest.raises(InputError, match="现在用的就是标准文本"):
        templates.restore("bait")


def test_a_template_is_found_by_its_name_or_a_part_that_only_one_has(templates):
    assert templates.named("灭鼠投药告知书").key == templates.named("灭鼠").key == "bait"
    with pytest.raises(InputError, match="有几种模板都叫“告知书”"):
        templates.named("告知书")
    with pytest.raises(InputError, match="没有模板叫“寻人启事”。有的是：灭鼠投药告知书、"):
        templates.named("寻人启事")
