from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from desktop.register.rules import ResidentDraft
from desktop.register.ui.search_box import SearchBox
from tests.inspections.making import finding, places, pledge


@pytest.fixture
def people(bench):
    named = {}
    for name, room in (("吴淑珍", "302"), ("吴水珠", "201"), ("魏世泽", "101")):
        draft = ResidentDraft(name=name, place="翠湖苑", building="3栋", room=room, no_id_reason="暂缺证件", sex="女")
        named[name] = bench.residents.create(draft)
    return named


@pytest.fixture
def box(qtbot, host, bench, people):
    made = SearchBox(bench.residents, bench.everywhere, bench.clock)
    host.open_page(made)
    host.activateWindow()
    made.setFocus()
    qtbot.waitUntil(made.hasFocus)
    return made


def titles(box: SearchBox) -> list[str]:
    return [hit.title for hit in box.hits.hits()]


def test_nobody_found_is_said_and_enter_chooses_nobody(qtbot, box):
    qtbot.keyClicks(box, "qqq")
    qtbot.waitUntil(lambda: titles(box) == ["没有找到“qqq”"])
    with qtbot.assertNotEmitted(box.person_chosen):
        qtbot.keyClick(box, Qt.Key.Key_Return)
    assert box.text() == "qqq"


def test_initials_find_and_enter_takes_the_marked_one(qtbot, box, people):
    qtbot.keyClicks(box, "wsz")
    qtbot.waitUntil(lambda: set(titles(box)) == set(people))
    second = box.hits.hits()[1]
    qtbot.keyClick(box, Qt.Key.Key_Down)
    with qtbot.waitSignal(box.person_chosen) as chosen:
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
    with qtbot.waitSignal(box.person_chosen) as chosen:
        qtbot.keyClick(box, Qt.Key.Key_Return)
    assert chosen.args == [people["魏世泽"]]


def test_a_line_tells_namesakes_apart(qtbot, box):
    qtbot.keyClicks(box, "wushuzhen")
    qtbot.waitUntil(lambda: titles(box) == ["吴淑珍"])
    hit = box.hits.hits()[0]
    assert (hit.about, hit.detail) == ("女", "翠湖苑 3栋302")


def test_records_come_below_people_once_the_typing_rests_and_the_marked_line_stays(qtbot, box, bench, people):
    places(bench, "翠湖苑西门")
    bench.inspections.record(finding(place="翠湖苑西门", problem="吴淑珍门口堆放纸箱"))
    box.setText("吴淑珍")
    qtbot.waitUntil(lambda: titles(box) == ["吴淑珍", "翠湖苑西门 吴淑珍门口堆放纸箱"])
    assert box.hits.current().key == people["吴淑珍"]
    record = box.hits.hits()[1]
    assert (record.detail, record.state) == ("环境卫生 6月9日", "检查记录")
    qtbot.keyClick(box, Qt.Key.Key_Down)
    with qtbot.waitSignal(box.record_chosen) as chosen:
        qtbot.keyClick(box, Qt.Key.Key_Return)
    assert chosen.args[0].kind == "检查记录"
    assert box.text() == ""


def test_where_nobody_is_called_so_records_come_at_once(qtbot, box, bench):
    bench.pledges.record(pledge(party="港湾便民超市"))
    box.setText("便民超市")
    qtbot.keyClick(box, Qt.Key.Key_Down)
    assert titles(box) == ["港湾便民超市"]


def test_records_of_what_is_no_longer_typed_are_not_shown(qtbot, box, bench):
    bench.pledges.record(pledge(party="吴淑珍小吃"))
    box.setText("吴淑珍")
    qtbot.waitUntil(lambda: "吴淑珍" in titles(box))
    box.setText("魏世泽")
    qtbot.waitUntil(lambda: titles(box) == ["魏世泽"])
    qtbot.wait(300)
    assert titles(box) == ["魏世泽"]


def test_esc_clears_the_box_and_closes_the_list(qtbot, box):
    qtbot.keyClicks(box, "wsz")
    qtbot.waitUntil(box.hits.isVisible)
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert box.text() == ""
    assert not box.hits.isVisible()
