"""Writing a notice in the window: what is missing first, then drafts, pages, printing and saving."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QPushButton

from desktop.notices.rules import Layout, NoticeText
from desktop.register.audience import Audience
from tests.notices.making import BAIT, bait, lecture, treated
from tests.register.making import resident

USED = Qt.ItemDataRole.AccessibleTextRole


def press(widget, name):
    QApplication.processEvents()  # what a layout was given is shown with the next event
    button = next(one for one in widget.findChildren(QPushButton, name) if one.isVisibleTo(widget))
    assert button.isEnabled()
    button.click()


def text(widget, name):
    return next(one for one in widget.findChildren(QLabel, name) if one.isVisibleTo(widget)).text()


def names(gallery):
    return [gallery.list.item(number).text() for number in range(gallery.list.count())]


def fill(tab, **values):
    """Type a complete notice about bait."""
    tab.write.form.set_values({**tab.write.form.values(), **BAIT, **values})
    tab.write.form.edited.emit()


def numbers(bench):
    return [row.number for row in bench.notices.issued.rows(list(bench.notices.issued.ids()))]


def test_what_is_missing_is_marked_under_its_field_and_no_number_is_taken(tab, bench):
    press(tab, "notice_print")
    form = tab.write.form
    assert form.field("开始日期").problem() == "请填“开始日期”。"
    assert form.field("药物一").problem() == "请填“药物一”。"
    assert "有 5处要填好或改好" in text(form, "banner_text")
    form.set_values({**BAIT, "结束日期": "6月31日", "落款单位": "居委会", "落款日期": "2026年6月17日"})
    press(tab, "notice_print")
    assert form.field("结束日期").problem().startswith("“结束日期”日期看不懂")
    assert numbers(bench) == []


def test_a_complete_notice_is_numbered_by_printing_and_handed_over(qtbot, tab, bench, host, text_of):
    fill(tab)
    tab.write.card.copies.setCurrentIndex(3)
    assert tab.findChild(QPushButton, "notice_print").accessibleName() == "打印 4份"
    with qtbot.waitSignal(tab.print_issued) as handed:
        press(tab, "notice_print")
    row, copies = handed.args
    assert (numbers(bench), row.number, copies) == (["后社告〔2026〕1号"], "后社告〔2026〕1号", 4)
    assert "后社告〔2026〕1号" in text_of(bench.notices.issued.pdf(row.id))
    assert host.saved[-1][0] == "已发文：后社告〔2026〕1号"
    assert text(tab.write, "next_number") == "编号 后社告〔2026〕2号，打印时正式占号"
    assert text(tab.write.form, "notice_points") == "告知书应有的十项都齐了"


def test_a_wording_that_lacks_points_asks_before_a_number_is_taken(qtbot, tab, bench, settled):
    bench.notices.templates.keep(
        "bait", NoticeText("灭鼠通知", "", ("{开始日期}至{结束日期}在{投放范围}投{药物一}。",)), version=0
    )
    tab.write.open_template("bait")
    fill(tab)
    press(tab, "notice_print")
    box = tab.findChild(QMessageBox)
    assert "维生素K1" in box.informativeText()
    box.reject()
    settled()
    assert numbers(bench) == []
    press(tab, "notice_print")
    box = next(one for one in tab.findChildren(QMessageBox) if one.isVisible())
    with qtbot.waitSignal(tab.print_issued):
        next(one for one in box.buttons() if one.text() == "照这样印").click()
    assert len(numbers(bench)) == 1


def test_what_is_typed_comes_back_after_a_kill(qtbot, tab, bench, make_tab, settled):
    fill(tab, 药物外观="红色颗粒")
    tab.write.card.layouts.setCurrentIndex(0)
    qtbot.waitUntil(lambda: bench.drafts.find("notice:bait") is not None)
    settled()
    again = make_tab(bench)
    assert again.write.draft().values["药物外观"] == "红色颗粒"
    assert again.write.draft().layout is Layout.OFFICIAL
    assert "草稿已留存" in text(again.write.form, "notice_kept")


def test_another_template_keeps_the_draft_of_the_first(tab, settled):
    fill(tab, 药物外观="红色颗粒")
    tab.write.open_template("fire")
    settled()
    assert "充电地点" in tab.write.draft().values
    tab.write.open_template("bait")
    assert tab.write.draft().values["药物外观"] == "红色颗粒"


def test_a_template_rewritten_while_it_is_open_can_be_restored_and_its_page_is_drawn_anew(qtbot, tab, bench):
    """Also where another template, shown before it, was rewritten as often."""
    templates = bench.notices.templates
    templates.keep("bait", NoticeText("灭鼠通知", "", ("{开始日期}投药。",)), version=0)
    tab.write.open_template("bait")
    tab.write.reload()
    tab.write.open_template("fire")
    templates.keep("fire", NoticeText("防火通知", "", ("{充电地点}可以充电。",)), version=0)
    tab.finish_reading()
    with qtbot.waitSignal(tab.write.drawn):
        tab.write.reload()
    assert tab.write.form.findChild(QPushButton, "restore_template").isVisibleTo(tab)


def test_the_pages_follow_what_is_typed(qtbot, tab):
    tab.finish_reading()
    assert tab.write.card.view.count() == 1
    with qtbot.waitSignal(tab.write.drawn):
        tab.write.card.layouts.setCurrentIndex(tab.write.card.layouts.findData(Layout.LEAFLET))
    assert tab.write.draft().layout is Layout.LEAFLET
    assert text(tab.write.card, "notice_where") == "第1页，共1页"


def test_a_seal_is_chosen_for_official_layouts_only_and_kept_with_the_draft(qtbot, tab, bench, make_tab, settled):
    card = tab.write.card
    assert not card.sealed.isVisibleTo(tab)
    fill(tab)
    card.layouts.setCurrentIndex(card.layouts.findData(Layout.OFFICIAL))
    assert card.sealed.isVisibleTo(tab)
    assert tab.write.draft().sealed
    with qtbot.waitSignal(tab.write.drawn):
        card.sealed.setChecked(False)
    assert not tab.write.draft().sealed
    qtbot.waitUntil(lambda: (found := bench.drafts.find("notice:bait")) is not None and not found.content["sealed"])
    settled()
    again = make_tab(bench)
    assert not again.write.draft().sealed


def test_a_notice_for_many_says_how_many_and_takes_one_number(qtbot, tab, bench, text_of):
    resident(bench, name="陈𬸚")
    resident(bench, name="林桂英", place="桂花苑")
    tab.reload()
    tab.write.open_template("general")
    form, bar = tab.write.form, tab.write.card.audience
    form.set_values({**form.values(), "标题": "开会通知", "正文": "请来开会。", "联系电话": "0000-5550126"})
    bar.group.setCurrentIndex(bar.group.findData("0-6岁"))
    count = bar.findChild(QLabel, "notice_count")
    bar.way.setCurrentIndex(2)
    qtbot.waitUntil(lambda: count.text().startswith("没有全部小区（6岁及以下）的居民"))
    bar.group.setCurrentIndex(0)
    qtbot.waitUntil(lambda: count.text() == "全部小区的居民，共2份，下面是头几份")
    with qtbot.waitSignal(tab.print_issued) as handed:
        press(tab, "notice_print")
    row = handed.args[0]
    assert (row.copies, numbers(bench)) == (2, ["后社告〔2026〕1号"])
    assert "陈𬸚" in text_of(bench.notices.issued.pdf(row.id))
    tab.show_view("已发")
    tab.issued.open_record(row.id)
    told = [one.text() for one in tab.issued.panel.findChildren(QLabel)]
    assert "全部小区的居民，共2份" in told


def chosen(tab):
    bar = tab.write.card.audience
    return bar.way.currentData(), bar.place.currentData(), bar.group.currentData()


def choose(tab, way, place="", group=""):
    bar = tab.write.card.audience
    bar.way.setCurrentIndex(bar.way.findData(way))
    bar.place.setCurrentIndex(bar.place.findData(place))
    bar.group.setCurrentIndex(bar.group.findData(group))


def kept_audience(bench):
    found = bench.drafts.find("notice:general")
    return None if found is None else found.content["audience"]


def test_whom_a_notice_goes_to_is_kept_with_its_draft(qtbot, tab, bench, make_tab, settled):
    resident(bench, name="林桂英", place="桂花苑")
    tab.reload()
    tab.write.open_template("general")
    choose(tab, "people", "桂花苑", "65岁及以上")
    qtbot.waitUntil(lambda: (kept_audience(bench) or {}).get("age_from") == 65)
    settled()
    tab.write.open_template("fire")
    assert chosen(tab)[0] == ""
    settled()
    again = make_tab(bench)
    again.write.open_template("general")
    assert chosen(again) == ("people", "桂花苑", "65岁及以上")
    assert again.write.draft().audience == Audience(place="桂花苑", age_from=65)
    choose(again, "")
    qtbot.waitUntil(lambda: kept_audience(bench) is None)
    settled()
    again.write.open_template("fire")
    again.write.open_template("general")
    assert chosen(again)[0] == ""


def test_a_circle_that_is_gone_is_said_and_never_taken_wider(tab, bench, make_tab):
    resident(bench, name="林桂英", place="桂花苑")
    kept = {"values": {}, "audience": {"homes": False, "place": "拆了的小区", "tag": "", "age_from": None}}
    bench.drafts.keep("notice:general", kept)
    bench.drafts.keep("notice:fire", {"values": {}, "audience": "乱写的"})
    again = make_tab(bench)
    again.write.open_template("general")
    assert chosen(again) == ("", "", "")
    assert again.write.draft().audience is None
    again.finish_reading()
    told = again.write.card.audience.findChild(QLabel, "notice_count")
    assert told.isVisibleTo(again)
    assert told.text() == "原来选的“拆了的小区的居民”现在选不到了，请重新选发给谁。"
    again.write.open_template("fire")
    assert again.write.draft().audience is None


def test_word_and_draft_are_handed_over_for_saving(qtbot, tab, bench, text_of):
    fill(tab)
    with qtbot.waitSignal(tab.save_pdf) as saved:
        press(tab, "notice_pdf")
    assert saved.args[0] == "灭鼠投药告知书"
    assert "草稿" in text_of(saved.args[1])
    with qtbot.waitSignal(tab.save_word) as saved:
        press(tab, "notice_word")
    assert saved.args[1].startswith(b"PK")
    assert numbers(bench) == []


def test_a_treatment_opens_its_notice_filled_in(tab, bench):
    row = treated(bench, date(2026, 6, 9))[0]
    tab.show_view("已发")
    tab.write_from(row.id)
    assert tab.write.isVisible()
    assert tab.write.draft().template == "bait"
    assert tab.write.draft().values["药物一"] == "0.005%溴敌隆饵粒"
    assert tab.write.draft().source_id == row.id
    assert text(tab.write.form, "notice_source") == "已从“2026年6月9日灭鼠：桂花苑”带出，可以改"


def test_records_of_late_are_offered_to_be_written_from(qtbot, tab, bench):
    lecture(bench)
    tab.write.open_template("activity")
    offered = tab.write.form.occasions
    qtbot.waitUntil(lambda: offered.count() > 1)
    assert [offered.itemText(number) for number in range(offered.count())] == [
        "从记录带出…", "2026年6月25日 高血压健康讲座",
    ]  # fmt: skip
    offered.activated.emit(1)
    assert tab.write.draft().values["活动名称"] == "高血压健康讲座"


def test_templates_are_found_by_words_and_initials_and_the_used_come_first(tab, bench):
    gallery = tab.write.gallery
    assert len(names(gallery)) >= 15
    for typed, first in (("停水", "停水停电停气通知"), ("mstygzs", "灭鼠投药告知书"), ("安全提醒", "防汛防台通知")):
        gallery.search.setText(typed)
        gallery.search.searched.emit(typed)
        assert names(gallery)[0] == first, typed
    gallery.search.setText("没有")
    gallery.search.searched.emit("没有")
    assert (names(gallery), text(gallery, "template_count")) == ([], "没有这样的模板，换个词找")
    gallery.search.clear()
    gallery.search.searched.emit("")
    bench.notices.composing.issue(bait(bench))
    tab.reload()
    assert gallery.list.item(0).data(USED) == "灭鼠投药告知书，用过 1次"


def test_a_reader_looks_but_finds_nothing_to_press(make_tab, reader_bench):
    tab = make_tab(reader_bench)
    for name in ("notice_print", "notice_post", "rewrite_template", "change_number_word"):
        assert not tab.findChild(QPushButton, name).isVisibleTo(tab), name
    tab.start_new()
    assert tab.write.isVisible()
