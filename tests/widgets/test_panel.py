from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QLabel, QPushButton, QScrollArea, QWidget

from desktop.widgets.buttons import PrimaryButton, SecondaryButton
from desktop.widgets.panel import (
    Banner,
    Card,
    EmptyAction,
    EmptyState,
    Fact,
    FactList,
    SidePanel,
    StatTile,
    StepTrail,
)
from desktop.widgets.roles import chip
from desktop.widgets.theme import Appearance, apply_theme, tokens


def test_a_panel_has_its_width_and_closes_with_escape_or_the_cross(qtbot, dressed):
    panel = SidePanel()
    qtbot.addWidget(panel)
    panel.set_heading("吴淑珍", "女 72岁")
    panel.show()
    assert panel.width() == 348
    assert panel.accessibleName() == "所选记录：吴淑珍 女 72岁"
    with qtbot.waitSignal(panel.closed):
        qtbot.keyClick(panel, Qt.Key.Key_Escape)
    with qtbot.waitSignal(panel.closed):
        qtbot.mouseClick(panel.findChild(QPushButton, "panel_close"), Qt.MouseButton.LeftButton)
    apply_theme(dressed, Appearance(large=True))
    assert panel.width() == 400


def test_the_buttons_of_a_panel_stay_in_view_however_long_the_body_is(qtbot):
    panel = SidePanel()
    qtbot.addWidget(panel)
    for number in range(60):
        panel.add(FactList([Fact("住址", f"幸福里一区 {number}号楼")]))
    save = PrimaryButton("登记随访", "heart")
    panel.set_buttons(save, SecondaryButton("修改"), SecondaryButton("打印档案"))
    panel.resize(348, 400)
    panel.show()
    bottom = save.mapTo(panel, save.rect().bottomLeft()).y()
    assert 300 < bottom < 400
    assert panel.minimumSizeHint().height() < 300


def test_a_low_panel_keeps_its_next_step_in_view_and_lets_the_other_buttons_end_the_body(qtbot):
    host = QWidget()
    qtbot.addWidget(host)
    panel = SidePanel(parent=host)
    panel.set_heading("义务量血压")
    panel.add(FactList([Fact("地点", "老年活动室")]))
    first, second, third = PrimaryButton("登记结果"), SecondaryButton("打印签到表"), SecondaryButton("修改")
    panel.set_buttons(first, third, second=second)
    panel.resize(348, 500)
    host.show()
    inside = panel.findChild(QScrollArea)
    assert not any(inside.isAncestorOf(one) for one in (first, second, third))
    panel.resize(348, 220)
    assert [inside.isAncestorOf(one) for one in (first, second, third)] == [False, True, True]
    panel.clear()
    panel.set_buttons(None, third := SecondaryButton("删除"))
    assert not inside.isAncestorOf(third)
    panel.resize(348, 500)
    assert panel.findChildren(QPushButton)[-1] is third


def test_clearing_a_panel_leaves_nothing_of_the_former_record(qtbot):
    panel = SidePanel()
    qtbot.addWidget(panel)
    panel.show()
    old = QLabel("旧")
    panel.add(old)
    panel.set_buttons(PrimaryButton("旧按钮"))
    panel.clear()
    new = QLabel("新")
    panel.add(new)
    qtbot.waitUntil(new.isVisible)
    shown = [label.text() for label in panel.findChildren(QLabel) if label.isVisibleTo(panel)]
    assert "新" in shown
    assert "旧" not in shown
    assert not [button for button in panel.findChildren(PrimaryButton) if button.isVisibleTo(panel)]


def test_a_fact_with_a_link_asks_and_shows_the_answer(qtbot):
    facts = FactList([Fact("住址", "幸福里"), Fact("电话", "138****4106", "显示", "phone", "eye")])
    qtbot.addWidget(facts)
    with qtbot.waitSignal(facts.link_clicked) as asked:
        facts.findChild(QPushButton, "link_phone").click()
    assert asked.args == ["phone"]
    assert facts.findChild(QPushButton, "link_phone").accessibleName() == "显示电话"
    facts.set_value("phone", "13800004106")
    assert facts.findChild(QLabel, "fact_phone").text() == "13800004106"


def test_what_people_typed_is_never_read_as_markup(qtbot):
    facts = FactList([Fact("备注", "<b>粗</b> &amp; <img src=x>")])
    qtbot.addWidget(facts)
    value = facts.findChild(QLabel, "fact_备注")
    assert value.textFormat() == Qt.TextFormat.PlainText
    assert value.text() == "<b>粗</b> &amp; <img src=x>"


def test_a_banner_speaks_its_sentence_and_its_button_works(qtbot):
    banner = Banner("danger", "血压达到紧急转诊数值", detail="请立即联系。", button="登记转诊", filled=True)
    qtbot.addWidget(banner)
    assert banner.accessibleName() == "血压达到紧急转诊数值 请立即联系。"
    with qtbot.waitSignal(banner.pressed):
        banner.findChild(QPushButton, "banner_button").click()
    banner.show()
    banner.set_kind("good")
    banner.set_text("已转诊")
    banner.set_button("")
    assert banner.accessibleName() == "已转诊"
    assert not banner.findChild(QPushButton, "banner_button").isVisible()
    title = banner.findChild(QLabel, "banner_text")
    assert title.palette().color(title.foregroundRole()).name() == tokens().good.lower()


def test_an_empty_page_offers_its_ways_in(qtbot):
    page = EmptyState(
        "clipboard",
        "还没有检查记录",
        "本月该做 8次。",
        [EmptyAction("new", "clipboard", "登记第一次检查", "选点位", "登记检查", filled=True)],
        remark="已有 23个点位可选。",
    )
    qtbot.addWidget(page)
    assert page.accessibleName() == "还没有检查记录。本月该做 8次。"
    with qtbot.waitSignal(page.action) as chosen:
        page.findChild(QPushButton, "empty_new").click()
    assert chosen.args == ["new"]


def test_a_short_window_gives_up_the_mark_and_then_scrolls_to_every_way_in(qtbot, dressed):
    apply_theme(dressed, Appearance(large=True))
    keys = ("one", "two", "three")
    page = EmptyState(
        "clipboard",
        "还没有检查记录",
        "本月该做 8次。",
        [EmptyAction(key, "clipboard", "登记检查", "选点位，逐项打分，有问题就拍照", "登记检查") for key in keys],
    )
    qtbot.addWidget(page)
    page.resize(600, 700)
    page.show()
    mark = page.findChild(QWidget, "empty_mark")
    assert mark.isVisible()
    page.resize(600, 330)
    assert page.height() == 330
    assert not mark.isVisible()
    last = page.findChild(QPushButton, "empty_three")
    before = page.findChild(QPushButton, "empty_two")
    before.setFocus()
    qtbot.keyClick(before, Qt.Key.Key_Tab)
    qtbot.waitUntil(last.hasFocus)
    assert page.rect().contains(QRect(last.mapTo(page, QPoint(0, 0)), last.size()))
    page.resize(600, 700)
    assert mark.isVisible()


def test_a_tile_counts_and_filters(qtbot):
    tile = StatTile("不能导入，要改", "行", "red")
    qtbot.addWidget(tile)
    tile.set_count(1284)
    assert tile.accessibleName() == "不能导入，要改，1284行"
    tile.show()
    with qtbot.waitSignal(tile.toggled):
        qtbot.mouseClick(tile, Qt.MouseButton.LeftButton)
    assert tile.isChecked()
    assert tile.sizeHint().height() == 53


def test_the_step_trail_says_where_one_stands(qtbot):
    trail = StepTrail(["选文件", "对上列名", "看每一行", "导入"])
    qtbot.addWidget(trail)
    trail.set_current(2)
    assert trail.accessibleName() == "第3步，共4步：看每一行"
    kinds = [label.property("kind") for label in trail.findChildren(QLabel) if label.property("role") == "chip"]
    assert kinds == ["green", "green", "blue", "grey"]


def test_a_card_has_a_heading_and_a_chip_its_height(qtbot, dressed):
    card = Card("投药情况", "＊ 为必填")
    qtbot.addWidget(card)
    assert [label.text() for label in card.findChildren(QLabel)] == ["投药情况", "＊ 为必填"]
    pill = chip("独居", "purple")
    qtbot.addWidget(pill)
    pill.ensurePolished()
    assert pill.height() == 24
