"""The tab 今日: what stands on it, who sees what, one press to the form, and the line that is gone after saving."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from desktop.activities.ui.activity_form import ActivityForm
from desktop.health.rules import VisitDraft
from desktop.health.ui.visit_form import VisitForm
from desktop.inspections.ui.inspection_form import InspectionForm
from desktop.inspections.ui.pledge_form import PledgeForm
from desktop.inspections.ui.step_form import StepForm
from desktop.notices.ui.forms import PostingForm
from desktop.notices.views import PostingDraft
from desktop.pest_control.ui.book_form import BookForm
from desktop.register.rights import Role
from desktop.register.service.tasks import TaskDraft
from desktop.register.ui.gap_reason_form import GapReasonForm
from desktop.register.ui.tasks_page import TasksPage
from desktop.shell.backup_page import BackupPage
from tests.activities.making import activity
from tests.inspections.making import finding, places, pledge, sound
from tests.pest_control.making import aedes, stock
from tests.register.making import resident
from tests.reports.making import days_of, inspected
from tests.shell.conftest import find

TODAY = date(2026, 6, 17)


@pytest.fixture
def committee(bench):
    """One follow-up late, one recheck late, one plan of today, May with four rounds of eight, one task."""
    places(bench)
    person = resident(bench, name="吴淑珍")
    bench.health.record(person, VisitDraft(date(2026, 3, 5), "高血压随访", way="家庭", next_on=date(2026, 6, 5)))
    bench.inspections.record(
        finding(treatment="整改通知", notice_on=date(2026, 6, 9), due_on=date(2026, 6, 14), responsible="安居物业")
    )
    inspected(bench, *days_of(date(2026, 5, 4), date(2026, 5, 31), [1]))
    inspected(bench, date(2026, 5, 8), category="安全检查")
    inspected(bench, date(2026, 5, 20), category="互查互评")
    inspected(bench, *days_of(date(2026, 6, 1), TODAY, [0, 2]))
    activity(bench, TODAY, name="量血压", status="计划", clock="14:30–16:30", place="社区活动室", planned_people=40)
    bench.tasks.record(TaskDraft("夏季灭蚊灭蟑工作小结", date(2026, 6, 22)))
    return bench


def rows(window):
    return [(row.face.badge, row.face.title, row.face.verb) for row in window.today.lines.rows]


def page(window, kind):
    return next(page for page in reversed(window._pages) if isinstance(page, kind))


def press(window, start):
    row = next(row for row in window.today.lines.rows if row.face.title.startswith(start))
    row.button.click()


def test_a_new_committee_is_told_what_to_do_first(qtbot, bench, open_window):
    window = open_window(bench)
    assert "先把底子建起来" in find(window.today, "empty_title").text()
    find(window.today, "empty_places").click()
    assert window._pages[-1].objectName() == "places_page"


def test_late_due_and_missing_stand_in_this_order_the_most_urgent_filled(committee, open_window):
    window = open_window(committee)
    assert window.tab_titles()[0] == "今日"
    assert rows(window) == [
        ("逾期12天", "高血压随访 吴淑珍", "登记随访"),
        ("逾期3天", "渔村 楼道堆放纸箱", "登记复查"),
        ("14:30", "量血压 社区活动室", "登记结果"),
        ("5月", "环境卫生检查少4次", "补登记"),
    ]
    filled = [row for row in window.today.lines.rows if row.button.property("role") == "rowfilled"]
    assert filled == window.today.lines.rows[:1]
    assert window.today.jumps["late"].text() == "逾期 2"


def test_arrows_walk_and_enter_presses(qtbot, committee, open_window):
    window = open_window(committee)
    lines = window.today.lines.rows
    qtbot.waitUntil(lines[0].hasFocus, timeout=30_000)
    qtbot.keyClick(lines[0], Qt.Key.Key_Up)
    assert lines[0].hasFocus()
    qtbot.keyClick(lines[0], Qt.Key.Key_Down)
    assert lines[1].hasFocus()
    qtbot.keyClick(lines[1], Qt.Key.Key_Return)
    assert page(window, StepForm)._title.text() == "登记复查：渔村"


def test_saving_takes_the_line_away_and_undo_brings_it_back(qtbot, committee, open_window, read_again):
    window = open_window(committee)
    press(window, "高血压随访")
    form = page(window, VisitForm)
    assert form.values()["service"] == "高血压随访"
    form.set_values({"way": "家庭", "next_on": date(2026, 9, 15)})
    with qtbot.waitSignal(form.saved, timeout=30_000):
        form.request_save()
    read_again(window)
    assert window.front is window.today
    assert not any(title.startswith("高血压随访") for _, title, _ in rows(window))
    assert window._undo_bar.isVisible()
    find(window._undo_bar, "undo_button").click()
    qtbot.waitUntil(lambda: any(title.startswith("高血压随访") for _, title, _ in rows(window)), timeout=30_000)


def test_a_plan_of_today_asks_how_it_went(committee, open_window):
    window = open_window(committee)
    press(window, "量血压")
    assert page(window, ActivityForm)._title.text() == "登记结果：量血压"


def test_a_gap_is_made_up_for_on_a_day_of_the_week_that_lacks(qtbot, committee, open_window, read_again):
    window = open_window(committee)
    press(window, "环境卫生检查少")
    form = page(window, InspectionForm)
    # The first week that lacks one ends on Sunday the 10th; its last working day is the Friday.
    assert (form.values()["inspected_on"], form.values()["category"]) == (date(2026, 5, 8), "环境卫生")
    form.set_values({"place": "渔村", "result": "合格"})
    with qtbot.waitSignal(form.saved, timeout=30_000):
        form.request_save()
    read_again(window)
    assert ("5月", "环境卫生检查少3次", "补登记") in rows(window)


def test_a_gap_is_explained_from_the_context_menu_and_stays_listed(qtbot, committee, open_window, read_again):
    window = open_window(committee)
    row = window.today.lines.rows[-1]
    menu = row.menu()
    assert [action.text() for action in menu.actions()] == ["补登记", "写明原因"]
    menu.actions()[1].trigger()
    form = page(window, GapReasonForm)
    form.request_save()
    assert find(form, "reason_message").text() == "请写明没有做的原因。"
    form.set_values({"reason": "连续暴雨"})
    with qtbot.waitSignal(form.saved, timeout=30_000):
        form.request_save()
    read_again(window)
    last = window.today.lines.rows[-1].face
    assert (last.title, last.verb) == ("环境卫生检查少4次", "改原因")
    assert "已写明原因：连续暴雨" in last.detail
    assert window.today.jumps["gaps"].text() == "缺项 0"
    window.today.lines.rows[-1].menu().actions()[1].trigger()
    qtbot.waitUntil(lambda: window.today.jumps["gaps"].text() == "缺项 1", timeout=30_000)


def test_a_net_officer_sees_no_line_of_health_and_a_reader_no_button(committee, bench_as, open_window):
    grid = open_window(bench_as(Role.GRID))
    assert not any("随访" in title for _, title, _ in rows(grid))
    assert "figure_health.visits" not in [one.objectName() for one in grid.today.figures.findChildren(QPushButton)]
    reader = open_window(bench_as(Role.READER))
    assert [verb for _, _, verb in rows(reader)] == ["", "", ""]
    assert not any(row.button.isVisible() for row in reader.today.lines.rows)
    assert reader.today.lines.rows[0].menu() is None


def test_what_a_colleague_stores_appears_without_a_word(qtbot, committee, bench_as, open_window):
    window = open_window(committee)
    colleague = bench_as(Role.HEALTH)
    colleague.inspections.record(finding(date(2026, 6, 16), problem="花盆积水"))
    qtbot.waitUntil(lambda: any("花盆积水" in title for _, title, _ in rows(window)), timeout=30_000)
    told = [line.accessibleName() or line.text() for line in window.today.entries.findChildren(QLabel)]
    assert "罗晓梅" in told


def test_a_line_that_a_colleague_settled_meanwhile_says_so(qtbot, committee, bench_as, open_window, monkeypatch):
    window = open_window(committee)
    window._poll.stop()
    row = next(row for row in window.today.lines.rows if "楼道堆放纸箱" in row.face.title)
    said = []
    monkeypatch.setattr("desktop.shell.today.joints.show_error", lambda _parent, _doing, error: said.append(str(error)))
    colleague = bench_as(Role.HEALTH)
    colleague.inspections.remove(window.today.view.late[1].target.record_id)
    row.button.click()
    assert said == ["这一件刚被别人办了或删除了。"]
    qtbot.waitUntil(lambda: not any("楼道堆放纸箱" in title for _, title, _ in rows(window)), timeout=30_000)


# The cards and the week


def test_figures_of_the_month_open_the_tab_that_holds_them(committee, open_window):
    window = open_window(committee)
    assert find(window.today, "figure_inspections.done").accessibleName().startswith("检查 7次")
    find(window.today, "figure_activities.held").click()
    assert window.tab_titles()[window._bar.currentIndex()] in ("活动日历", "台账报表")


def test_tasks_are_three_on_the_card_and_all_on_their_page(qtbot, committee, open_window, read_again):
    for number in range(3):
        committee.tasks.record(TaskDraft(f"表格{number}", date(2026, 6, 24) + timedelta(days=number)))
    window = open_window(committee)
    assert find(window.today, "tasks_card_link").text() == "全部 4件"
    find(window.today, "tasks_card_link").click()
    tasks = page(window, TasksPage)
    assert tasks.model.rowCount() == 4
    find(tasks, "tasks_done").click()
    qtbot.waitUntil(lambda: find(tasks, "tasks_count").text() == "还有 3件没有报", timeout=30_000)
    find(tasks, "tasks_close").click()
    qtbot.waitUntil(lambda: find(window.today, "tasks_card_link").text() == "全部 3件", timeout=30_000)


def test_the_backup_card_says_what_no_backup_holds_and_starts_one(committee, open_window):
    window = open_window(committee)
    assert find(window.today, "backup_card").accessibleName().startswith("今天录入的 ")
    find(window.today, "backup_card").click()
    assert page(window, BackupPage) is not None


def test_a_day_of_the_week_opens_the_calendar_on_it(qtbot, committee, open_window):
    window = open_window(committee)
    box = find(window.today, "day_2026-06-19")
    assert "端午节" in box.accessibleName()
    qtbot.mouseClick(box, Qt.MouseButton.LeftButton)
    assert window.front is window._tabs["活动日历"]
    assert window._tabs["活动日历"].month.day() == date(2026, 6, 19)


@pytest.mark.parametrize(
    ("look", "strip", "jumps"),
    [
        ({"size": (1366, 768)}, True, False),
        ({"size": (1366, 690)}, False, False),
        ({"size": (1093, 614)}, False, True),
        ({"size": (1366, 768), "large": True}, False, True),
    ],
)
def test_low_narrow_and_large_windows_fold_the_week(committee, open_window, look, strip, jumps):
    today = open_window(committee, **look).today
    assert today.strip.isVisible() == strip
    assert today.folded.isVisible() != strip
    assert today.jumps["late"].isVisible() == jumps
    if not strip:
        assert "量血压 14:30" in today.folded.accessibleName()
        assert "19–21日 端午节放假" in today.folded.accessibleName()
        today.folded.click()
        assert today.strip.isVisible()


def test_more_than_a_dozen_lines_wait_for_being_asked_for(qtbot, committee, open_window):
    for number in range(15):
        committee.inspections.record(finding(date(2026, 6, 1), problem=f"问题{number}"))
    window = open_window(committee)
    assert sum("问题" in title for _, title, _ in rows(window)) == 12
    find(window.today, "more_late").click()
    assert sum("问题" in title for _, title, _ in rows(window)) == 15


def test_after_midnight_the_new_day_is_shown(qtbot, committee, clock, open_window):
    window = open_window(committee)
    clock.advance(timedelta(days=1))
    qtbot.waitUntil(lambda: window.today.view.today == date(2026, 6, 18), timeout=30_000)
    assert ("逾期13天", "高血压随访 吴淑珍", "登记随访") in rows(window)


def test_nothing_to_do_is_said_in_words(bench, open_window):
    places(bench)
    bench.inspections.record(sound(TODAY))
    bench.inspections.record(sound(date(2026, 6, 16)))
    window = open_window(bench)
    assert find(window.today, "calm_due").text() == "今天没有到期的事，也没有拖着的。"


# Every kind of line


def settled_by(window, start, kind):
    press(window, start)
    return page(window, kind)


def test_what_is_left_of_an_expired_batch_is_written_off_in_one_go(qtbot, bench, open_window, read_again):
    bench.pest.stock.record(stock(5, "入库", "3", agent="灭蚊片", batch="C1", expires_on=date(2026, 6, 10)))
    places(bench)
    window = open_window(bench)
    form = settled_by(window, "灭蚊片到有效期", BookForm)
    shown = {name: form.values()[name] for name in ("movement", "agent", "batch", "quantity", "package")}
    assert shown == {"movement": "报废", "agent": "灭蚊片", "batch": "C1", "quantity": 3, "package": "袋"}
    with qtbot.waitSignal(form.saved, timeout=30_000):
        form.request_save()
    read_again(window)
    assert not any("灭蚊片" in title for _, title, _ in rows(window))


def test_a_letter_that_runs_out_is_signed_again_with_the_same_party(qtbot, bench, open_window, read_again):
    places(bench)
    bench.pledges.record(pledge(date(2025, 6, 16), party="明月药房", address="幸福路5号", expires_on=date(2026, 6, 15)))
    window = open_window(bench)
    form = settled_by(window, "门前三包责任书续签 明月药房", PledgeForm)
    assert (form.values()["party"], form.values()["signed_on"]) == ("明月药房", TODAY)
    assert form.values()["expires_on"] == date(2027, 6, 16)
    with qtbot.waitSignal(form.saved, timeout=30_000):
        form.request_save()
    read_again(window)
    assert not any("续签" in title for _, title, _ in rows(window))


def test_a_place_with_larvae_is_checked_again_there(bench, open_window):
    places(bench)
    bench.pest.aedes.record(aedes(date(2026, 6, 3), 100, 6))
    form = settled_by(open_window(bench), "清积水、复查伊蚊 渔村", BookForm)
    assert (form.values()["place"], form.values()["checked_on"]) == ("渔村", TODAY)


def test_the_outcome_of_a_referral_is_asked_of_the_very_person(bench, open_window):
    person = resident(bench, name="周秀兰")
    bench.health.record(person, VisitDraft(date(2026, 6, 3), "血压测量", systolic_mmhg=186, diastolic_mmhg=96))
    form = settled_by(open_window(bench), "询问转诊结果 周秀兰", VisitForm)
    assert (form.values()["person"], form.values()["service"]) == (person, "转诊追踪")


def test_a_finding_that_passed_its_recheck_is_struck_off_by_the_button_alone(qtbot, bench, open_window):
    places(bench)
    bench.inspections.record(finding(date(2026, 6, 3), rechecked_on=date(2026, 6, 8), recheck_result="合格"))
    window = open_window(bench)
    press(window, "渔村 楼道堆放纸箱")
    qtbot.waitUntil(lambda: not any("楼道堆放纸箱" in title for _, title, _ in rows(window)), timeout=30_000)
    assert window._undo_bar.isVisible()


def test_what_lies_with_a_superior_is_looked_at_in_its_list(bench, open_window):
    places(bench)
    bench.inspections.record(finding(date(2026, 5, 3), escalated_on=date(2026, 6, 7), escalated_to="街道安监办"))
    window = open_window(bench)
    press(window, "渔村 楼道堆放纸箱")
    assert window.tab_titles()[window._bar.currentIndex()] == "检查记录"


def test_a_running_month_s_round_is_entered_today(bench, clock, open_window):
    places(bench)
    clock.advance(timedelta(days=13))  # the last day of June
    form = settled_by(open_window(bench), "灭蚊", BookForm)
    assert (form.values()["pest"], form.values()["treated_on"]) == ("蚊", date(2026, 6, 30))
    assert form.values()["operator"] == "沈玉琴"


def test_a_form_begun_from_a_duty_does_not_bring_back_another_draft(qtbot, committee, open_window):
    window = open_window(committee)
    window.show_tab("检查记录")
    window.front.start_new()
    other = page(window, InspectionForm)
    other.set_values({"category": "消防安全", "problem": "写了一半"})
    other.changed.emit()
    qtbot.waitUntil(lambda: committee.drafts.find("inspection:new") is not None, timeout=30_000)
    window.close_page(other)
    window.show_tab("今日")
    press(window, "环境卫生检查少")
    assert page(window, InspectionForm).values()["problem"] in (None, "")


def test_what_was_not_posted_is_entered_with_its_name_and_day(qtbot, bench, open_window, read_again):
    places(bench)
    bench.notices.postings.record(PostingDraft("停水通知", date(2026, 1, 6), "一区宣传栏"))
    window = open_window(bench)
    form = settled_by(window, "居务收支公开少1次", PostingForm)
    # The quarter ended on Tuesday, 31 March.
    assert (form.values()["title"], form.values()["posted_on"]) == ("居务收支公开", date(2026, 3, 31))
    form.set_values({"places": "一区宣传栏"})
    with qtbot.waitSignal(form.saved, timeout=30_000):
        form.request_save()
    read_again(window)
    assert not any("居务收支公开" in title for _, title, _ in rows(window))


def test_every_tab_is_in_sight_in_a_narrow_window_with_large_type(committee, open_window):
    window = open_window(committee, size=(1093, 614), large=True)
    bar = window._bar
    assert bar.tabRect(bar.count() - 1).right() <= window.width()
    assert bar.sizeHint().width() <= window.width()
    assert bar.tabIcon(0).isNull()
    assert window._search.placeholderText() == "找人、记录"
    wide = open_window(committee)
    assert wide._search.placeholderText() == "找人、楼栋、记录、文件  Ctrl+Shift+F"
    assert not wide._bar.tabIcon(0).isNull()
