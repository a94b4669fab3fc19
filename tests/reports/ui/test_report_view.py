"""月报 on the screen: what is wrong first, then figures, their records, handing in, changes, corrections."""

from __future__ import annotations

from datetime import date

import openpyxl
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFileDialog, QPushButton

from desktop.foundation.days import parse_period
from desktop.register.rights import Role
from desktop.reports.rules import SubmissionDraft
from desktop.reports.ui.figure_model import NOW
from desktop.reports.ui.forms import HandInForm, SetupForm, TextsForm
from desktop.reports.ui.rows_panel import Place
from tests.inspections.making import sound

DRAFT = SubmissionDraft(date(2026, 6, 3), "和平街道办事处", "沈玉琴", "幸社报〔2026〕5号")


def row_of(tab, label):
    model = tab.report.model
    return next(number for number in range(model.rowCount()) if model.shown(number).text == label)


def cell(tab, label, column=NOW):
    return tab.report.model.index(row_of(tab, label), column).data()


def press(tab, label, qtbot, settled):
    tab.report.table.setCurrentIndex(tab.report.model.index(row_of(tab, label), NOW))
    qtbot.keyClick(tab.report.table, Qt.Key.Key_Return)
    settled()


def hand_in(bench):
    return bench.reports.submissions.hand_in(bench.reports.content(parse_period("2026-05")), DRAFT)


def test_the_form_of_handing_in_marks_every_wrong_field_and_stores_nothing(tab, bench, host, settled):
    form = tab.report.hand_in()
    assert isinstance(form, HandInForm)
    form.set_values({"submitted_on": date(2026, 7, 1), "recipient": "", "handled_by": ""})
    form.request_save()
    for name in ("submitted_on", "recipient", "handled_by"):
        assert form.field(name).problem(), name
    settled()
    assert bench.reports.submissions.of(parse_period("2026-05")) == []


def test_a_form_put_away_keeps_what_was_typed(tab, host, qtbot, settled):
    form = tab.report.hand_in()
    form.set_values({**form.values(), "number": "幸社报〔2026〕5号"})
    form.changed.emit()
    settled()
    qtbot.keyClick(form, Qt.Key.Key_Escape)
    settled()
    again = tab.report.hand_in()
    assert again.values()["number"] == "幸社报〔2026〕5号"


def test_a_day_before_the_other_is_said_under_the_field(tab, qtbot, settled):
    bar = tab.report.period_bar
    bar.choose_unit("days")
    bar.days.first.set_value(date(2026, 6, 1))
    bar.days.last.set_value(date(2026, 5, 1))
    bar.days.read()
    assert "早于" in bar.days.last.problem()
    bar.days.last.set_value(None)
    bar.days.read()
    assert bar.days.last.problem() == "请填日期"
    bar.days.last.set_value(date(2026, 6, 10))
    with qtbot.waitSignal(bar.changed) as told:
        bar.days.read()
    assert told.args[0].text == "2026-06-01..2026-06-10"
    settled()
    assert "2026年6月1日至2026年6月10日" in tab.report.findChild(object, "report_foot").text()


def test_the_last_finished_month_is_shown_with_its_figures(tab):
    assert tab.report.period_bar.period().text == "2026-05"
    assert cell(tab, "检查（各类合计）") == "8"
    assert cell(tab, "发现问题") == "4"
    assert cell(tab, "期末逾期未销号") == "1"
    assert cell(tab, "整改率") == "75"
    assert [tab.report.model.headerData(column, Qt.Orientation.Horizontal) for column in (2, 3, 4)] == [
        "本月", "今年累计", "去年5月",
    ]  # fmt: skip


def test_enter_on_a_figure_shows_the_records_it_is_made_of(tab, qtbot, settled):
    press(tab, "发现问题", qtbot, settled)
    panel = tab.report.panel
    assert panel.isVisible()
    assert panel.findChild(object, "panel_title").text() == "发现问题 4处 是这样来的"
    assert [row.detail for row in panel.rows] == ["垃圾桶旁散落垃圾", "占道摆放", "下水口积水", "飞线充电"]
    assert [row.state for row in panel.rows] == ["已销号", "已销号", "已销号", "逾期3天"]
    assert panel.findChild(QPushButton, "print_rows").text().strip() == "打印这4条"
    qtbot.keyClick(panel, Qt.Key.Key_Escape)
    assert not panel.isVisible()


def test_a_click_opens_a_figure_and_nothing_opens_what_has_no_records(tab, qtbot, settled):
    view, model = tab.report.table, tab.report.model
    index = model.index(row_of(tab, "检查合格"), NOW)
    view.scrollTo(index)
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(index).center())
    settled()
    assert len(tab.report.panel.rows) == 4
    tab.report.panel.hide()
    press(tab, "合格率", qtbot, settled)
    assert not tab.report.panel.isVisible()
    press(tab, "在册居民", qtbot, settled)
    assert not tab.report.panel.isVisible()


def test_a_line_of_one_kind_opens_only_records_of_that_kind(tab, qtbot, settled):
    press(tab, "环境卫生检查", qtbot, settled)
    assert len(tab.report.panel.rows) == 8
    assert cell(tab, "安全检查") == "0"


def test_the_arrow_keys_pass_over_heads(tab, qtbot):
    view = tab.report.table
    view.setCurrentIndex(tab.report.model.index(row_of(tab, "在册居民"), NOW))
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert tab.report.model.shown(view.currentIndex().row()).text == "检查（各类合计）"
    qtbot.keyClick(view, Qt.Key.Key_Up)
    assert tab.report.model.shown(view.currentIndex().row()).text == "在册居民"


def test_from_the_panel_to_where_the_record_is_kept(tab, qtbot, settled):
    press(tab, "发现问题", qtbot, settled)
    panel = tab.report.panel
    panel.table.select_id(panel.rows[1].id)
    with qtbot.waitSignal(tab.look_wanted) as told:
        panel.findChild(QPushButton, "look_rows").click()
    assert told.args == [Place("检查记录", "检查"), panel.rows[1].id]
    with qtbot.waitSignal(tab.print_rows) as printed:
        panel.findChild(QPushButton, "print_rows").click()
    assert printed.args[0] == "2026年5月发现问题"
    assert len(printed.args[1]) == 4


def test_months_are_stepped_through_and_other_units_chosen(tab, qtbot, settled):
    bar = tab.report.period_bar
    back = bar.findChild(QPushButton, "period_back")
    assert back.toolTip() == "上一个（Alt+←）"
    qtbot.mouseClick(back, Qt.MouseButton.LeftButton)
    settled()
    assert bar.period().text == "2026-04"
    assert cell(tab, "检查（各类合计）") == "0"
    units = bar.findChild(QComboBox, "period_unit")
    for place, text in ((1, "2026Q2"), (2, "2026H1"), (3, "2026")):
        units.setCurrentIndex(place)
        units.activated.emit(place)
        settled()
        assert bar.period().text == text
        assert cell(tab, "检查（各类合计）") == "8"
    bar.step(-1)
    assert bar.period().text == "2025"


def test_handing_in_freezes_the_figures_and_later_edits_are_told(tab, bench, host, settled):
    form = tab.report.hand_in()
    form.set_values({**form.values(), "recipient": "和平街道办事处", "number": "幸社报〔2026〕5号"})
    form.request_save()
    settled()
    tab.reload()
    settled()
    assert tab.report.strip.isVisible()
    said = tab.report.strip.accessibleName()
    for words in ("已上报 2026年6月17日 周三，沈玉琴经办", "报给和平街道办事处", "幸社报〔2026〕5号", "没有变动"):
        assert words in said
    bench.inspections.record(sound(date(2026, 5, 27), place="桂花苑"))
    tab.reload()
    settled()
    assert cell(tab, "检查（各类合计）") == "8"
    shown = tab.report.model.shown(row_of(tab, "检查（各类合计）"))
    assert shown.change.text == "检查（各类合计）8→9次"
    assert "上报后有变动：检查（各类合计）8→9次" in tab.report.strip.accessibleName()
    assert "现在是9" in tab.report.model.index(row_of(tab, "检查（各类合计）"), NOW).data(
        Qt.ItemDataRole.AccessibleTextRole
    )


def test_see_changes_goes_from_one_changed_line_to_the_next(tab, bench, settled):
    hand_in(bench)
    bench.inspections.record(sound(date(2026, 5, 27), place="桂花苑"))
    tab.reload()
    settled()
    tab.report.strip.changes.click()
    first = tab.report.table.currentIndex().row()
    assert tab.report.model.shown(first).change is not None
    tab.report.strip.changes.click()
    assert tab.report.table.currentIndex().row() > first


def test_a_correction_is_stored_and_its_page_asked_for(tab, bench, host, qtbot, settled):
    hand_in(bench)
    bench.inspections.record(sound(date(2026, 5, 27), place="桂花苑"))
    tab.reload()
    settled()
    form = tab.report.correct()
    assert form.values()["recipient"] == "和平街道办事处"
    form.set_values({**form.values(), "remark": "漏登一次"})
    with qtbot.waitSignal(tab.print_correction) as told:
        form.request_save()
    first, correction, changes = told.args
    assert (first.number, correction.remark) == ("幸社报〔2026〕5号", "漏登一次")
    assert changes[0].after == 9
    tab.reload()
    settled()
    assert cell(tab, "检查（各类合计）") == "9"
    assert "已更正" in tab.report.strip.accessibleName()
    assert not tab.report.strip.correct.isVisible()


def test_printing_gives_what_is_shown_with_its_submission(tab, bench, qtbot, settled):
    hand_in(bench)
    bench.inspections.record(sound(date(2026, 5, 27), place="桂花苑"))
    tab.reload()
    settled()
    with qtbot.waitSignal(tab.print_report) as told:
        tab.report.print_shown()
    content, submission = told.args
    assert content.table.line("检查（各类合计）").values[0] == 8
    assert submission.number == "幸社报〔2026〕5号"


def test_the_workbook_is_saved_where_asked(tab, qtbot, settled, tmp_path):
    tab.report.export()
    dialog = tab.report.findChild(QFileDialog)
    target = tmp_path / "五月.xlsx"
    dialog.fileSelected.emit(str(target))
    dialog.close()
    settled()
    assert openpyxl.load_workbook(target)["月报"]["A1"].value == "2026年5月工作月报"


def test_texts_and_rule_have_their_forms(tab, bench, host, settled):
    names = [action.text() for action in tab.report.menu().actions()]
    assert names == [
        "标为已上报",
        "导出Excel",
        "改写主要工作和下步打算",
        "报表设置（每月从几日起算）",
        "再算一遍（F5）",
    ]
    actions = {action.text(): action for action in tab.report.menu().actions()}
    actions["改写主要工作和下步打算"].trigger()
    form = host.pages[-1]
    assert isinstance(form, TextsForm)
    assert "检查8次" in str(form.values()["done"])
    form.set_values({**form.values(), "plans": "六月清积水。"})
    form.request_save()
    settled()
    content = bench.reports.content(parse_period("2026-05"))
    assert content.plans == ["六月清积水。"]
    assert content.texts.done == ""  # untouched, so the records go on speaking
    actions = {action.text(): action for action in tab.report.menu().actions()}
    actions["报表设置（每月从几日起算）"].trigger()
    setup = host.pages[-1]
    assert isinstance(setup, SetupForm)
    setup.set_values({"first_day": 31, "recipient": ""})
    setup.request_save()
    assert setup.field("first_day").problem()
    setup.set_values({"first_day": 26, "recipient": ""})
    setup.request_save()
    settled()
    tab.reload()
    settled()
    tab.reload()
    settled()
    assert tab.report.period_bar.period().text == "2026-04-26..2026-05-25"


def test_a_grid_officer_sees_figures_but_hands_and_prints_nothing(make_tab, bench_as, may, settled, qtbot):
    tab = make_tab(bench_as(Role.GRID))
    assert cell(tab, "检查（各类合计）") == "8"
    assert "居民健康" not in [tab.report.model.shown(row).text for row in range(tab.report.model.rowCount())]
    assert [action.text() for action in tab.report.menu().actions()] == ["再算一遍（F5）"]
    assert tab.report.hand_in() is None
    assert not tab.report.findChild(QPushButton, "export_report").isVisible()
    assert not tab.report.findChild(QPushButton, "print_report").isVisible()
    press(tab, "发现问题", qtbot, settled)
    assert [button.objectName() for button in tab.report.panel.findChildren(QPushButton) if button.isVisible()] == [
        "panel_close", "look_rows",
    ]  # fmt: skip
