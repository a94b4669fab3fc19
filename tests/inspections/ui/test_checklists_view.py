"""The checklist on the form of an inspection, and the page 检查表 on which it is changed; what is wrong first."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton
from shiboken6 import isValid

from desktop.foundation.errors import Problem
from desktop.inspections.checklist import checked_of
from desktop.inspections.service.checklists import ChecklistDraft
from desktop.inspections.ui.checklist_form import ChecklistForm
from desktop.inspections.ui.checklist_row import ChecklistRow
from desktop.inspections.ui.checklists_page import ChecklistsPage
from desktop.inspections.views import InspectionFilter
from desktop.register.rights import Right
from tests.inspections.making import places, sound
from tests.inspections.ui.test_inspections_tab import press, seen, text


def lines(form) -> list[ChecklistRow]:
    return [one for one in form.findChildren(ChecklistRow) if one.isVisibleTo(form)]


def verdicts(form) -> list[str]:
    return [one.verdict.current() for one in lines(form)]


@pytest.fixture
def begin(tab, bench):
    """Return what opens the form of a new inspection; at the end no draft waits to be kept."""
    forms = []

    def opened(category="环境卫生", *, is_open=True):
        if not bench.places.all():
            places(bench)
        forms.append(tab.open_form(values={"category": category}))
        forms[-1].set_values({"place": "渔村"})
        if is_open and not lines(forms[-1]):
            press(forms[-1], "checks_open")
        return forms[-1]

    yield opened
    for form in filter(isValid, forms):
        form.set_values({})


def stored(bench):
    return bench.inspections.rows(list(bench.inspections.ids(InspectionFilter())))[0].draft


def choose(form, category: str) -> None:
    form.field("category").set_value(category)
    form.field("category").edited.emit()


def test_a_veto_item_that_failed_is_marked_under_the_result_and_nothing_is_stored(begin, bench):
    form = begin("安全检查")
    form.set_values({"result": "合格"})
    lines(form)[0].choose("不合格")
    press(form, "form_save")
    assert "一票否决项" in text(form, "result_message")
    assert len(bench.inspections.ids(InspectionFilter())) == 0


def test_the_list_follows_the_category_and_what_was_judged_comes_back(begin):
    form = begin("环境卫生")
    assert len(lines(form)) == 10
    lines(form)[1].choose("不合格")
    choose(form, "防汛检查")
    assert lines(form) == []
    assert form.draft().checks is None
    choose(form, "门前三包")
    assert len(lines(form)) == 3
    choose(form, "环境卫生")
    assert verdicts(form)[:2] == ["", "不合格"]


def test_a_list_that_nobody_asked_for_is_one_line_and_out_of_the_way(qtbot, begin):
    form = begin(is_open=False)
    assert lines(form) == []
    assert seen(form, QPushButton, "checks_open").text().strip() == "按检查表逐项查（10项）"
    qtbot.waitUntil(lambda: form.focusWidget() is form.field("place").editor)
    form.go_to("score")
    qtbot.keyClick(form.focusWidget(), Qt.Key.Key_Return)
    assert form.focusWidget() is form.field("problem").editor  # Enter passes the line by


def test_a_list_put_away_tells_what_was_judged_and_keeps_it(qtbot, begin):
    form = begin("门前三包")
    lines(form)[1].choose("不合格")
    press(form, "checks_open")
    assert lines(form) == []
    assert text(form, "checks_told") == "不合格1项，2项没查"
    assert form.draft().checks.count("不合格") == 1
    press(form, "checks_open")
    assert verdicts(form) == ["", "不合格", ""]
    assert form.focusWidget() in lines(form)[0].verdict.findChildren(QPushButton)


def test_what_is_wrong_in_a_list_put_away_comes_into_sight(begin):
    form = begin(is_open=False)
    form.show_problems([Problem("checks", "too_long", "说明太长。")])
    assert len(lines(form)) == 10
    assert text(form, "checks_message") == "说明太长。"


def test_the_tab_key_walks_the_list_in_its_order(qtbot, begin):
    form = begin("门前三包")
    lines(form)[0].choose("不合格")
    start = seen(form, QPushButton, "checks_all")
    start.setFocus()
    walked = []
    for _ in range(8):
        qtbot.keyClick(form.focusWidget(), Qt.Key.Key_Tab)
        walked.append(form.focusWidget().objectName())
    assert walked == [
        "segment_不合格", "check_note_1", "check_write_1", "segment_", "check_note_2", "segment_", "check_note_3",
        "problem_editor",
    ]  # fmt: skip


def test_the_keyboard_alone_fills_the_list(qtbot, begin):
    form = begin("门前三包")
    qtbot.waitUntil(lambda: form.focusWidget() is form.field("place").editor)
    form.field("checks").focus_editor()
    rows = lines(form)
    for one, key in zip(rows, (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3), strict=True):
        assert form.focusWidget() in one.verdict.findChildren(QPushButton)
        qtbot.keyClick(form.focusWidget(), key)
        qtbot.keyClick(form.focusWidget(), Qt.Key.Key_Return)
    assert verdicts(form) == ["合格", "不合格", "不涉及"]
    assert form.focusWidget() is form.field("problem").editor  # behind the last line the form goes on
    assert text(form, "checks_sums") == "合格1项，不合格1项，不涉及1项"
    note = seen(form, QLineEdit, "check_note_2")
    qtbot.keyClicks(note, "1")
    assert verdicts(form)[1] == "不合格"  # a digit in a note is text
    assert form.draft().checks.lines[1].note == "1"


def test_the_rest_passes_with_one_button_and_the_points_make_a_score(begin):
    form = begin()
    lines(form)[1].choose("不合格")
    press(form, "checks_all")
    assert verdicts(form) == ["合格", "不合格", *["合格"] * 8]
    assert str(form.field("score").value()) == "85.00"
    assert "折算" in text(form, "score_message")
    assert not seen(form, QPushButton, "checks_all").isEnabled()


def test_a_score_typed_by_hand_is_not_overwritten(begin):
    form = begin()
    form.field("score").set_value(77)
    press(form, "checks_all")
    assert form.field("score").value() == 77


def test_a_failed_item_becomes_the_finding_in_one_step(qtbot, begin, tab, bench, settled):
    form = begin()
    lines(form)[2].choose("不合格")
    lines(form)[2].note.setText("3栋2单元堆纸箱")
    press(form, "check_write_3")
    press(form, "check_write_3")  # twice is once
    assert form.field("problem").value() == "“楼道没有乱堆杂物”不合格：3栋2单元堆纸箱"
    assert form.field("result").value() == "不合格"
    assert form.focusWidget() is form.field("problem").editor
    press(form, "form_save")
    settled()
    kept = stored(bench)
    assert (kept.problem, kept.checks.edition) == ("“楼道没有乱堆杂物”不合格：3栋2单元堆纸箱", "2026")
    panel = tab.inspections.panel
    with qtbot.waitSignal(tab.print_checked) as asked:
        press(panel, "panel_checked")
    assert asked.args[0].draft.checks.edition == "2026"
    told = [one.text() for one in panel.findChildren(QLabel) if one.isVisibleTo(panel)]
    assert any("环境卫生检查表（2026版）：不合格1项，9项没查" in one for one in told)
    assert any("楼道没有乱堆杂物（3栋2单元堆纸箱）" in one for one in told)


def test_a_half_filled_list_comes_back_with_the_draft(begin, settled):
    form = begin()
    lines(form)[0].choose("合格")
    lines(form)[4].choose("不合格")
    form.cancelled.emit(True)  # noqa: FBT003
    settled()
    again = begin(is_open=False)
    assert (verdicts(again)[0], verdicts(again)[4]) == ("合格", "不合格")


def test_an_older_inspection_shows_the_list_of_its_day(tab, bench):
    places(bench)
    bench.checklists.change("sanitation", ChecklistDraft("环境卫生检查表", "环境卫生", "只查一项", date(2026, 6, 10)))
    old = bench.inspections.record(sound(date(2026, 6, 9)))
    form = tab.open_form(old)
    press(form, "checks_open")
    assert len(lines(form)) == 10
    form.field("inspected_on").set_value(date(2026, 6, 12))
    form.field("inspected_on").left.emit()
    assert len(lines(form)) == 1


def test_the_list_is_printed_from_the_form_by_whoever_may_print(qtbot, begin, make_tab, grid_bench):
    form = begin()
    with qtbot.waitSignal(form.print_checklist) as asked:
        press(form, "checks_print")
    assert asked.args[0].title == "环境卫生检查表"
    of_the_grid = make_tab(grid_bench).open_form(values={"category": "环境卫生"})
    shown = [one.objectName() for one in of_the_grid.findChildren(QPushButton) if one.isVisibleTo(of_the_grid)]
    assert ("checks_print" in shown) == grid_bench.officer.may(Right.EXPORT)


@pytest.fixture
def page(bench, host) -> ChecklistsPage:
    made = ChecklistsPage(bench.checklists, bench.drafts, host, bench.clock, bench.officer)
    host.open_page(made)
    return made


def test_a_list_that_says_nothing_is_marked_whole(page, host, bench):
    page.start_new()
    form = host.pages[-1]
    assert isinstance(form, ChecklistForm)
    form.set_values({"from_on": None})
    press(form, "form_save")
    for name in ("title", "categories", "from_on", "items"):
        assert text(form, f"{name}_message").startswith("请"), name
    assert len(bench.checklists.all()) == 8


def test_a_list_is_changed_from_a_day_on_and_offered_at_the_next_inspection(page, host, bench, begin, settled):
    page.write(next(one for one in bench.checklists.all() if one.key == "front_door"))
    form = host.pages[-1]
    assert str(form.field("items").value()).splitlines()[1].endswith("（20分）")
    form.set_values({"items": "【门前】\n包卫生\n★包秩序", "source": "街道要求"})
    press(form, "form_save")
    settled()
    assert host.saved[-1][0] == "已修改检查表：门前三包检查表"
    inspection = begin("门前三包")
    assert [one.name.text() for one in lines(inspection)] == ["包卫生", "★包秩序"]
    lines(inspection)[1].choose("不合格")
    draft = inspection.field("checks").draft()
    assert [line.item.section for line in checked_of(draft).lines] == ["门前", "门前"]


def test_the_page_prints_the_list_and_readers_cannot_change_it(qtbot, page, host, bench, reader_bench):
    with qtbot.waitSignal(page.print_wanted) as asked:
        press(page, "checklists_print")
    assert asked.args[0].key == "sanitation"
    reading = ChecklistsPage(reader_bench.checklists, bench.drafts, host, bench.clock, reader_bench.officer)
    host.open_page(reading)
    shown = [one.objectName() for one in reading.findChildren(QPushButton) if one.isVisibleTo(reading)]
    assert "checklists_new" not in shown
    assert "checklists_change" not in shown
    count = len(host.pages)
    reading.start_new()
    reading.write(bench.checklists.all()[0])
    assert len(host.pages) == count


def test_the_tab_key_reaches_every_button_of_the_page(qtbot, page, host):
    with qtbot.waitActive(host):
        host.activateWindow()
    page.setFocus()
    assert page.table.hasFocus()
    walked = []
    for _ in range(5):
        qtbot.keyClick(host.focusWidget(), Qt.Key.Key_Tab)
        walked.append(host.focusWidget().objectName())
    assert walked == ["checklists_close", "checklists_print", "checklists_change", "checklists_new", "checklists_table"]
