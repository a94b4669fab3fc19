"""The list, the panel and its next steps, and the forms of 检查; what is wrong first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMessageBox, QPushButton

from desktop.inspections.ui.inspection_form import InspectionForm
from desktop.inspections.ui.step_form import StepForm
from desktop.inspections.ui.tab import InspectionsTab
from desktop.inspections.views import InspectionFilter
from tests.inspections.making import finding, places


def shown(tab: InspectionsTab) -> list[str]:
    model = tab.inspections.model
    return [model.row(number).draft.problem or model.row(number).draft.category for number in range(model.rowCount())]


def states(tab: InspectionsTab) -> list[str]:
    model = tab.inspections.model
    column = [column.key for column in model.columns].index("state")
    return [model.spoken(model.index(number, column)) for number in range(model.rowCount())]


def seen(widget, kind, name: str):
    """Return the child that is shown; what a panel showed before is hidden but may still wait for its deletion."""
    return next(child for child in widget.findChildren(kind, name) if child.isVisibleTo(widget))


def press(widget, name: str) -> None:
    button = seen(widget, QPushButton, name)
    assert button.isEnabled()
    button.click()


def text(widget, name: str) -> str:
    return seen(widget, QLabel, name).text()


def count(bench) -> int:
    return len(bench.inspections.ids(InspectionFilter()))


def test_every_fault_is_marked_under_its_field_and_nothing_is_stored(qtbot, tab, bench):
    places(bench)
    form = tab.open_form()
    form.set_values({"inspected_on": date(2026, 6, 18), "responsible": "物业", "due_on": date(2026, 6, 1)})
    with qtbot.assertNotEmitted(form.saved):
        press(form, "form_save")
    assert text(form, "inspected_on_message") == "这一天还没到，这里只登记已经做的检查。"
    assert text(form, "category_message") == "请选检查类别。"
    assert text(form, "place_message") == "请选点位。"
    assert text(form, "result_message") == "请选检查结果。"
    assert text(form, "problem_message") == "下面写了整改的内容，请把发现的问题也写上。"
    assert text(form, "due_on_message") == "整改期限不能早于检查日期。"
    assert "有 6处要改" in text(form.findChild(type(form._strip), "form_strip"), "banner_text")
    assert count(bench) == 0


def test_a_place_that_is_not_in_the_register_is_said_under_its_field(tab, bench):
    places(bench)
    form = tab.open_form()
    form.set_values({"category": "环境卫生", "place": "没有的地方", "result": "合格"})
    form.request_save()
    assert text(form, "place_message") == "没有“没有的地方”这一项，请从列表里选"
    assert count(bench) == 0


def test_a_new_inspection_is_stored_shown_and_offered_for_undo(tab, bench, host, settled):
    places(bench)
    form = tab.open_form(values={"category": "环境卫生"})
    form.set_values({"place": "渔村", "result": "不合格", "problem": "暴露垃圾", "treatment": "整改通知"})
    form.field("treatment").left.emit()
    assert form.field("due_on").value() == date(2026, 6, 24)
    assert "按约定的天数算到2026年6月24日" in text(form, "due_on_message")
    press(form, "form_save")
    settled()
    assert host.pages == [tab]
    assert host.saved[-1][0] == "已登记检查：渔村 环境卫生"
    assert tab.inspections.panel.isVisible()
    assert text(tab.inspections.panel, "panel_title") == "暴露垃圾"
    stored = bench.inspections.rows(list(bench.inspections.ids(InspectionFilter())))[0].draft
    assert (stored.problem, stored.due_on, stored.inspector) == ("暴露垃圾", date(2026, 6, 24), bench.officer.name)


def test_what_was_mended_on_the_spot_is_offered_its_end(tab, bench):
    places(bench)
    form = tab.open_form()
    form.set_values({"treatment": "现场整改"})
    form.field("treatment").left.emit()
    assert form.field("closed_on").value() == date(2026, 6, 17)
    form.set_values({"treatment": "上报"})
    form.field("treatment").left.emit()
    assert form.field("closed_on").value() is None


def test_a_half_typed_form_comes_back(tab, bench, host, settled):
    places(bench)
    form = tab.open_form()
    form.set_values({"problem": "楼道堆放纸箱"})
    form.cancelled.emit(True)  # noqa: FBT003
    settled()
    assert host.pages == [tab]
    again = tab.open_form()
    assert again.field("problem").value() == "楼道堆放纸箱"
    assert "草稿已留存" in text(again, "form_draft")


@pytest.mark.usefixtures("rows")
def test_the_urgent_come_first_with_their_state_in_words(tab):
    assert shown(tab) == ["楼道堆放纸箱", "飞线充电", "健康证到期", "楼道堆放纸箱", "消防安全"]
    assert states(tab) == ["复查逾期3天", "限期还有5天", "还没处理", "合格待销号", "合格"]
    assert text(tab, "inspection_count") == "共 5次，急的在前。其中逾期没复查 1处。"


@pytest.mark.usefixtures("rows")
def test_filters_carry_their_counts_and_narrow_the_list(tab):
    names = [tab.inspections.span.findChild(QPushButton, f"segment_{key}").text() for key in ("open", "month", "all")]
    assert names == ["未销号 4", "本月 5", "全部 5"]
    tab.inspections.show_span("open")
    assert len(shown(tab)) == 4
    tab.inspections.search.setText("飞线")
    tab.inspections.search.searched.emit("飞线")
    assert shown(tab) == ["飞线充电"]
    tab.inspections.search.setText("没有这个词")
    tab.inspections.search.searched.emit("没有这个词")
    assert shown(tab) == []
    assert tab.inspections.table.findChild(QPushButton, "empty_new") is None  # nothing found is not nothing kept


@pytest.mark.usefixtures("rows")
def test_a_click_on_a_title_sorts_by_day_or_urgency(tab):
    tab.inspections.table.sort_requested.emit("day", True)  # noqa: FBT003  signals take no names
    assert states(tab)[0] == "合格"
    assert text(tab, "inspection_count").startswith("共 5次，新的在前。")
    tab.inspections.table.sort_requested.emit("place", False)  # noqa: FBT003
    assert text(tab, "inspection_count").startswith("共 5次，按“点位”排列。")
    tab.inspections.table.sort_requested.emit("state", False)  # noqa: FBT003
    assert states(tab)[0] == "复查逾期3天"


def test_a_late_finding_shows_its_deadline_its_steps_and_one_next_step(tab, rows):
    tab.open_inspection(rows["late"].id)
    panel = tab.inspections.panel
    assert "整改期限 6月14日，已逾期3天" in [label.text() for label in panel.findChildren(QLabel, "banner_text")]
    assert text(panel, "step_4") == "应在6月14日，还没有登记"
    assert seen(panel, QLabel, "step_4").accessibleName() == "复查，逾期：应在6月14日，还没有登记"
    assert seen(panel, QPushButton, "panel_step").accessibleName() == "登记复查"


def test_the_recheck_needs_its_result_and_then_leads_to_the_end(tab, rows, bench, host, settled):
    tab.open_inspection(rows["late"].id)
    press(tab.inspections.panel, "panel_step")
    form = host.pages[-1]
    assert isinstance(form, StepForm)
    press(form, "form_save")
    settled()
    assert text(form, "recheck_result_message") == "请选复查结果。"
    form.set_values({"recheck_result": "合格", "reply": "纸箱已清走", "due_on": date(2026, 7, 1)})
    press(form, "form_save")
    settled()
    assert host.pages == [tab]
    stored = bench.inspections.rows([rows["late"].id])[0].draft
    assert (stored.recheck_result, stored.due_on) == (
        "合格",
        date(2026, 6, 14),
    )  # a passed recheck sets no new deadline
    press(tab.inspections.panel, "panel_step")
    settled()
    assert host.saved[-1][0] == "已销号：渔村"
    assert bench.inspections.rows([rows["late"].id])[0].draft.closed_on == date(2026, 6, 17)


def test_a_notice_is_prefilled_and_stored(tab, rows, bench, host, settled):
    tab.open_inspection(rows["untreated"].id)
    press(tab.inspections.panel, "panel_step")
    form = host.pages[-1]
    assert form.values()["due_on"] == date(2026, 6, 24)
    form.set_values({"responsible": "早餐店", "notice_number": "第13号", "due_on": None})
    press(form, "form_save")
    settled()
    assert text(form, "due_on_message") == "发了整改通知，请填整改期限。"
    form.set_values({"due_on": date(2026, 6, 19)})
    press(form, "form_save")
    settled()
    stored = bench.inspections.rows([rows["untreated"].id])[0].draft
    assert (stored.treatment, stored.responsible, stored.notice_number) == ("整改通知", "早餐店", "第13号")
    assert not len(bench.notices.issued.ids())


def test_a_notice_is_numbered_kept_and_handed_over_to_be_printed(  # noqa: PLR0917  fixtures
    qtbot, tab, rows, bench, host, settled
):
    tab.open_inspection(rows["untreated"].id)
    assert seen(tab.inspections.panel, QPushButton, "panel_notice").text().strip() == "先看整改通知书"
    press(tab.inspections.panel, "panel_step")
    form = host.pages[-1]
    assert any("后社整改〔2026〕1号" in one.text() for one in form.findChildren(QLabel))
    form.set_values({"responsible": "早餐店", "due_on": None})
    press(form, "form_save")
    settled()
    assert text(form, "due_on_message") == "发了整改通知，请填整改期限。"
    assert not len(bench.notices.issued.ids())
    form.set_values({"due_on": date(2026, 6, 19)})
    with qtbot.waitSignal(tab.print_issued) as asked:
        press(form, "form_save")
    issued, copies = asked.args
    assert (issued.number, copies) == ("后社整改〔2026〕1号", 2)
    assert host.saved[-1][0] == "已发整改通知：后社整改〔2026〕1号 渔村"
    settled()
    button = seen(tab.inspections.panel, QPushButton, "panel_notice")
    assert button.text().strip() == "再印整改通知书"
    assert "后社整改〔2026〕1号" in button.toolTip()
    with qtbot.waitSignal(tab.print_issued) as again:
        button.click()
    assert again.args == [issued, 1]


def test_a_notice_told_of_but_never_numbered_gets_its_number_through_the_form(tab, rows, host):
    tab.open_inspection(rows["late"].id)
    button = seen(tab.inspections.panel, QPushButton, "panel_notice")
    assert button.text().strip() == "编号并打印整改通知书"
    button.click()
    assert isinstance(host.pages[-1], StepForm)
    assert host.pages[-1].values()["notice_on"] == date(2026, 6, 9)


def test_handing_up_asks_to_whom(tab, rows, bench, host, settled):
    tab.open_inspection(rows["soon"].id)
    press(tab.inspections.panel, "panel_escalate")
    form = host.pages[-1]
    press(form, "form_save")
    settled()
    assert text(form, "escalated_to_message") == "请写上报给谁。"
    form.set_values({"escalated_to": "派出所"})
    press(form, "form_save")
    settled()
    assert bench.inspections.rows([rows["soon"].id])[0].draft.escalated_to == "派出所"
    assert "已上报派出所" in states(tab)


def test_a_colleague_s_change_is_shown_beside_one_s_own(tab, rows, bench, host, settled):
    row = rows["late"]
    form = tab.open_form(row)
    bench.inspections.change(row.id, replace(row.draft, problem="楼道堆放杂物"), version=row.version)
    form.set_values({"problem": "楼道堆放纸箱和旧家具"})
    press(form, "form_save")
    settled()
    box = form.findChild(QMessageBox)
    assert "问题：现在是“楼道堆放杂物”，您写的是“楼道堆放纸箱和旧家具”" in box.text() + box.informativeText()
    next(button for button in box.buttons() if "用我写的" in button.text()).click()
    settled()
    assert bench.inspections.rows([row.id])[0].draft.problem == "楼道堆放纸箱和旧家具"
    assert host.pages == [tab]


def test_removing_tells_what_was_removed(tab, rows, host, settled):
    tab.inspections.remove(rows["calm"].id)
    settled()
    assert host.saved[-1][0] == "已删除检查：渔村 消防安全 2026年6月15日"
    tab.reload()
    assert len(shown(tab)) == 4


def test_an_empty_list_offers_three_ways_in(qtbot, tab, host):
    with qtbot.waitSignal(tab.import_wanted) as asked:
        press(tab, "empty_import")
    assert asked.args == ["inspections"]
    with qtbot.waitSignal(tab.print_empty):
        press(tab, "empty_paper")
    press(tab, "empty_new")
    assert isinstance(host.pages[-1], InspectionForm)


def test_printing_asks_for_the_list_as_shown_or_one_inspection(qtbot, tab, rows):
    tab.inspections.show_span("open")
    with qtbot.waitSignal(tab.print_inspections) as asked:
        press(tab, "print_inspections")
    assert list(asked.args[0]) == [rows[name].id for name in ("late", "soon", "untreated", "passed")]
    tab.open_inspection(rows["late"].id)
    with qtbot.waitSignal(tab.print_inspection) as asked:
        press(tab.inspections.panel, "panel_print")
    assert asked.args[0].id == rows["late"].id


def test_a_notice_can_be_looked_at_before_it_is_sent(qtbot, tab, rows):
    tab.open_inspection(rows["untreated"].id)
    with qtbot.waitSignal(tab.print_notice) as asked:
        press(tab.inspections.panel, "panel_notice")
    assert asked.args[0].id == rows["untreated"].id


def test_where_nothing_is_wrong_no_notice_is_offered(tab, rows):
    tab.open_inspection(rows["calm"].id)
    assert not tab.inspections.panel.findChildren(QPushButton, "panel_notice")


def test_readers_see_but_find_no_button_to_write(make_tab, reader_bench, rows, host):
    tab = make_tab(reader_bench)
    tab.open_inspection(rows["late"].id)
    names = ("new_inspection", "print_inspections", "new_pledge")
    assert not any(tab.findChild(QPushButton, name).isVisible() for name in names)
    assert not any(tab.inspections.panel.findChild(QPushButton, name) for name in ("panel_step", "panel_change"))
    tab.start_new()
    assert host.pages == [tab]


def test_the_panel_closes_on_escape_and_gives_the_list_the_keyboard(qtbot, tab, rows):
    tab.open_inspection(rows["late"].id)
    qtbot.keyClick(tab.inspections.panel, Qt.Key.Key_Escape)
    assert not tab.inspections.panel.isVisible()
    assert tab.window().focusWidget() is tab.inspections.table


def test_an_inspection_outside_the_filters_can_be_opened(tab, bench, rows):
    old = bench.inspections.record(finding(date(2025, 6, 1)))
    tab.open_inspection(old.id)
    assert tab.inspections.span.current() == "all"
    assert tab.inspections.table.current_row().id == old.id
    tab.inspections.open_inspection(bench.officer.staff_id)  # no such inspection: nothing happens
    assert tab.inspections.table.current_row().id == old.id
    assert rows["late"].id in list(tab.inspections.model.ids)


def test_the_model_of_the_list_is_sound(qtmodeltester, tab, rows):
    assert rows
    qtmodeltester.check(tab.inspections.model)


def test_what_comes_back_is_marked_told_in_the_panel_and_found_by_the_filter(tab, bench):
    places(bench)
    for day in (date(2026, 5, 3), date(2026, 6, 9)):
        row = bench.inspections.record(finding(day, problem="墙上乱贴小广告"))
    bench.inspections.record(finding(date(2026, 6, 10), problem="飞线充电"))
    tab.reload()
    assert set(shown(tab)) == {"墙上乱贴小广告", "飞线充电"}
    category = tab.inspections._category
    category.setCurrentIndex(category.findText("反复问题"))
    tab.inspections.refresh()
    assert shown(tab) == ["墙上乱贴小广告"]
    tab.open_inspection(row.id)
    panel = tab.inspections.panel
    told = [one.text() for one in panel.findChildren(QLabel) if one.isVisibleTo(panel)]
    assert "反复第2次，上次2026年5月3日" in told
