"""该做的事 and 来文任务 in a small window: what is wrong first, then a change, then who may only read."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from desktop.register.rights import Right, Role
from desktop.register.service.tasks import TaskDraft
from desktop.register.ui.duties_page import DutiesPage
from desktop.register.ui.duty_form import DutyForm
from desktop.register.ui.task_form import TaskForm
from desktop.register.ui.tasks_page import TasksPage

KEPT = frozenset({"inspections", "activities", "pest_control", "health"})


@pytest.fixture
def open_duties(host):
    def open_it(bench):
        may = bench.officer.may(Right.MANAGE)
        page = DutiesPage(bench.duties, bench.drafts, host, bench.clock, may_edit=may, kept=KEPT)
        host.open_page(page)
        return page

    return open_it


@pytest.fixture
def open_tasks(host):
    def open_it(bench):
        may = bench.officer.may(Right.EDIT_DUTIES)
        page = TasksPage(bench.tasks, bench.drafts, host, bench.clock, may_edit=may)
        host.open_page(page)
        return page

    return open_it


def text(widget, name):
    return widget.findChild(QLabel, name).text()


def spoken(page, key):
    model = page.model
    column = [column.key for column in model.columns].index(key)
    return [model.spoken(model.index(number, column)) for number in range(model.rowCount())]


def test_a_wrong_duty_is_marked_and_not_stored(qtbot, bench, host, open_duties):
    page = open_duties(bench)
    page.start_new()
    form = host.pages[-1]
    assert isinstance(form, DutyForm)
    form.set_values({"from_on": None, "times": 9, "per": "week"})
    with qtbot.assertNotEmitted(form.saved):
        form.request_save()
    assert text(form, "title_message") == "请写要做什么。"
    assert text(form, "from_on_message") == "请填从哪天起这样要求。"
    assert text(form, "times_message") == "每周最多7次：一天只算一次。"
    assert text(form, "slice_message") == "请选记在哪里。"


def test_a_change_shows_in_the_list(qtbot, bench, host, open_duties):
    page = open_duties(bench)
    assert spoken(page, "title")[0] == "环境卫生检查"
    page.findChild(QPushButton, "duties_change").click()
    form = host.pages[-1]
    form.set_values({"times": 3, "unverified": True})
    with qtbot.waitSignal(form.saved):
        form.request_save()
    assert spoken(page, "words")[0] == "每周3次 待核"
    assert host.saved[-1][0] == "已修改该做的事：环境卫生检查"


def test_a_duty_nobody_here_records_says_that_it_is_no_gap(bench, open_duties):
    page = open_duties(bench)
    place = spoken(page, "title").index("居务收支公开")
    assert spoken(page, "where")[place] == "通知告示（没有这类记录，不算缺项）"


def test_who_does_not_manage_reads_only(bench_as, open_duties):
    page = open_duties(bench_as(Role.HEALTH))
    assert not page.findChild(QPushButton, "duties_new").isVisible()
    page.write(page.table.current_row())
    assert page.isVisible()


def test_a_task_without_a_day_is_marked_and_a_sound_one_listed(qtbot, bench, host, open_tasks):
    page = open_tasks(bench)
    page.start_new()
    form = host.pages[-1]
    assert isinstance(form, TaskForm)
    form.set_values({"sender": "街道"})
    form.request_save()
    assert text(form, "title_message") == "请写要报的是什么。"
    assert text(form, "due_on_message") == "请填什么时候要报。"
    form.set_values({"title": "小结", "due_on": date(2026, 6, 22)})
    with qtbot.waitSignal(form.saved):
        form.request_save()
    assert spoken(page, "title") == ["小结"]
    assert spoken(page, "state") == ["还有5天"]


def test_a_task_is_ticked_opened_again_and_deleted_with_a_word(qtbot, bench, host, open_tasks):
    bench.tasks.record(TaskDraft("小结", date(2026, 6, 15)))
    page = open_tasks(bench)
    assert spoken(page, "state") == ["逾期2天"]
    button = page.findChild(QPushButton, "tasks_done")
    button.click()
    qtbot.waitUntil(lambda: spoken(page, "state") == ["今天已报"])
    assert (button.text().strip(), host.saved[-1][0]) == ("改回没报", "已报：小结")
    button.click()
    qtbot.waitUntil(lambda: spoken(page, "state") == ["逾期2天"])
    page.findChild(QPushButton, "tasks_remove").click()
    qtbot.waitUntil(lambda: page.model.rowCount() == 0)
    assert bench.tasks.all() == []


def test_a_reader_sees_tasks_and_has_no_button(bench, bench_as, open_tasks):
    bench.tasks.record(TaskDraft("小结", date(2026, 6, 15)))
    page = open_tasks(bench_as(Role.READER))
    assert spoken(page, "title") == ["小结"]
    assert not any(page.findChild(QPushButton, name).isVisible() for name in ("tasks_new", "tasks_done"))
