from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from desktop.register.rules import ResidentDraft
from desktop.register.ui.search_box import PeopleSearch


@pytest.fixture
def people(bench):
    named = {}
    for name, room in (("吴淑珍", "302"), ("吴水珠", "201"), ("魏世泽", "101")):
        draft = ResidentDraft(name=name, place="翠湖苑", building="3栋", room=room, no_id_reason="暂缺证件", sex="女")
        named[name] = bench.residents.create(draft)
    return named


@pytest.fixture
def box(qtbot, host, bench, people):
    made = PeopleSearch(bench.residents, bench.clock)
    host.open_page(made)
    host.activateWindow()
    made.setFocus()
    qtbot.waitUntil(made.hasFocus)
    return made


def titles(box: PeopleSearch) -> list[str]:
    return [hit.title for hit in box.hits.hits()]


def test_nobody_found_is_said_and_enter_chooses_nobody(qtbot, box):
    qtbot.keyClicks(box, "qqq")
    qtbot.waitUntil(lambda: titles(box) == ["没有找到“qqq”"])
    with qtbot.assertNotEmitted(box.chosen):
        qtbot.keyClick(box, Qt.Key.Key_Return)
    assert box.text() == "qqq"


def test_initials_find_and_enter_takes_the_marked_one(qtbot, box, people):
    qtbot.keyClicks(box, "wsz")
    qtbot.waitUntil(lambda: set(titles(box)) == set(people))
    second = box.hits.hits()[1]
    qtbot.keyClick(box, Qt.Key.Key_Down)
    with qtbot.waitSignal(box.chosen) as chosen:
        qtbot.keyClick(box, Qt.Key.Key_Return)
    assert chosen.args == [people[second.title]]
    assert box.text() == ""
    assert not box.hits.isVisible()


def test_enter_right_after_typing_does_not_take_an_older_hit(qtbot, box, people):
    qtbot.keyClicks(box, "wsz")
    qtbot.waitUntil(lambda: len(titles(box)) == 3)
    qtbot.keyClicks(box, "hu")
    qtbot.keyClick(box, Qt.Key.Key_Backspace)
    qtbot.keyClick(box, Qt.Key.Key_Backspace)
    box.setText("weishize")
    with qtbot.waitSignal(box.chosen) as chosen:
        qtbot.keyClick(box, Qt.Key.Key_Return)
    assert chosen.args == [people["魏世泽"]]


def test_a_line_tells_namesakes_apart(qtbot, box):
    qtbot.keyClicks(box, "wushuzhen")
    qtbot.waitUntil(lambda: titles(box) == ["吴淑珍"])
    hit = box.hits.hits()[0]
    assert (hit.about, hit.detail) == ("女", "翠湖苑 3栋302")


def test_esc_clears_the_box_and_closes_the_list(qtbot, box):
    qtbot.keyClicks(box, "wsz")
    qtbot.waitUntil(box.hits.isVisible)
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert box.text() == ""
    assert not box.hits.isVisible()
