"""The four forms: refusals under their fields first, then what is stored, filled in, kept and brought back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtWidgets import QLabel, QMessageBox

from tests.pest_control.making import BAIT, aedes, density, place, stock, treated


def message(form, name):
    return form.findChild(QLabel, f"{name}_message").text()


def saved(qtbot, form):
    with qtbot.waitSignal(form.saved, timeout=5000):
        form.request_save()


@pytest.mark.parametrize(
    ("view", "wrong"),
    [
        ("投药登记", {"pest", "place", "agent", "quantity", "unit"}),
        ("药品台账", {"movement", "quantity", "agent"}),
        ("伊蚊监测", {"place", "households", "positive_containers"}),
        ("密度监测", {"indicator", "checked", "positive"}),
    ],
)
def test_every_blank_that_is_required_is_marked_at_once(tab, host, view, wrong):
    form = tab.open_form(view)
    form.request_save()
    assert {name for name in form.values() if form.field(name).problem()} == wrong
    assert host.said == []


def test_taking_more_than_is_left_is_answered_under_the_number_and_mended_there(qtbot, tab, host, bench):
    bench.pest.stock.record(stock(1, "入库", "20", expires_on=date(2028, 3, 31), ingredient="溴敌隆"))
    bench.pest.stock.record(stock(12, "领用", "12"))
    form = tab.open_form("药品台账")
    form.set_values({"movement": "领用", "agent": BAIT, "happened_on": date(2026, 3, 12), "quantity": Decimal(10)})
    form._look_again()
    assert form.field("batch").value() == "201101"
    assert form.field("package").value() == "袋"
    form.request_save()
    qtbot.waitUntil(lambda: bool(form.field("quantity").problem()), timeout=5000)
    assert message(form, "quantity") == "3月12日只剩 8 袋，这里写了 10 袋。请改数量，或先补登入库。"
    form.set_values({"quantity": Decimal(8)})
    saved(qtbot, form)
    assert host.said[-1] == "已登记出入库"
    assert tab.stock.model.row(0).value == 0
    assert tab.stock.panel.isVisibleTo(tab)


def test_a_banned_agent_is_refused_under_its_name_and_a_restricted_one_is_hinted_at(qtbot, tab, bench):
    form = tab.open_form("药品台账")
    form.set_values({"movement": "入库", "agent": "没鼠命", "quantity": Decimal(1), "ingredient": "溴敌隆"})
    form._look_again()
    assert "限制使用" in message(form, "agent")
    form.request_save()
    qtbot.waitUntil(lambda: bool(form.field("agent").problem()), timeout=5000)
    assert "毒鼠强" in message(form, "agent")
    assert len(bench.pest.stock.ids()) == 0


def test_a_new_batch_coming_in_keeps_its_own_number(tab, bench):
    bench.pest.stock.record(stock(1, "入库", "20", content="0.005%"))
    form = tab.open_form("药品台账")
    form.set_values({"movement": "入库", "agent": BAIT})
    form._look_again()
    assert form.field("batch").value() == ""
    assert form.field("content").value() == "0.005%"


def test_a_treatment_is_stored_and_changed_where_it_stands(qtbot, tab, host, bench):
    place(bench)
    form = tab.open_form("投药登记")
    form.set_values({"pest": "蟑螂", "place": "渔村", "agent": "灭蟑胶饵", "quantity": Decimal("2.5"), "unit": "支"})
    saved(qtbot, form)
    row = tab.treatments.model.row(0)
    assert (row.draft.pest, row.draft.quantity, row.draft.operator) == ("蟑", Decimal("2.5"), "沈玉琴")
    change = tab.open_form("投药登记", row)
    change.set_values({"households": 30})
    saved(qtbot, change)
    assert tab.treatments.model.row(0).draft.households == 30
    assert host.said == ["已登记投药", "已修改投药"]


def test_half_typed_forms_come_back_after_esc(qtbot, tab, host, bench):
    form = tab.open_form("伊蚊监测")
    form.set_values({"households": 101})
    form.cancelled.emit(True)  # noqa: FBT003  signals take no names
    qtbot.waitUntil(lambda: not host.runner.busy, timeout=5000)
    again = tab.open_form("伊蚊监测")
    assert again.field("households").value() == 101
    place(bench)
    again.field("place").set_options(["渔村"])
    again.set_values({"place": "渔村", "positive_containers": 7})
    saved(qtbot, again)
    assert tab.open_form("伊蚊监测").field("households").value() is None


def test_counts_are_asked_for_where_the_grade_needs_them(qtbot, tab):
    form = tab.open_form("密度监测")
    form.set_values({"indicator": "室内鼠迹阳性率"})
    form._look_again()
    assert not form.field("count").isVisibleTo(form)
    form.set_values({"indicator": "成若虫侵害率", "checked": Decimal(100), "positive": 1, "count": 6, "count_large": 0})
    form._look_again()
    assert form.field("count_large").isVisibleTo(form)
    saved(qtbot, form)
    row = tab.density.model.row(0)
    assert (row.draft.count, row.verdict) == (6, "B级")
    path = tab.open_form("密度监测")
    path.set_values({"indicator": "外环境路径指数"})
    path._look_again()
    assert "公里" in message(path, "checked")


def test_counts_typed_for_another_indicator_are_not_stored(qtbot, tab, bench):
    form = tab.open_form("密度监测")
    form.set_values({"indicator": "成若虫侵害率", "count": 6, "count_large": 2})
    form.set_values({"indicator": "室内鼠迹阳性率", "checked": Decimal(100), "positive": 1})
    saved(qtbot, form)
    (row,) = bench.pest.density.rows(bench.pest.density.ids())
    assert (row.draft.count, row.draft.count_large) == (None, None)


def test_a_colleague_s_change_is_put_beside_one_s_own(qtbot, tab, bench, monkeypatch):
    place(bench)
    row = bench.pest.aedes.record(aedes(date(2026, 6, 1), 101, 7))
    form = tab.open_form("伊蚊监测", row)
    bench.pest.aedes.change(row.id, aedes(date(2026, 6, 1), 120, 7), version=row.version)
    form.set_values({"households": 110})
    form.request_save()
    qtbot.waitUntil(lambda: form.window().findChild(QMessageBox) is not None, timeout=5000)
    box = form.window().findChild(QMessageBox)
    assert "检查户数" in box.text() + box.informativeText()
    box.done(0)


def test_the_form_of_a_record_shows_it_as_it_is_stored(tab, bench):
    place(bench)
    row = bench.pest.treatments.record(treated(date(2026, 3, 12), "2.5", area_m2=Decimal("30.5"), remark="补投"))
    assert tab.open_form("投药登记", row).draft() == row.draft
    found = bench.pest.density.record(density(date(2026, 6, 1), "1.25", 1, "小型积水路径指数", place="渔村"))
    assert tab.open_form("密度监测", found).draft() == found.draft
