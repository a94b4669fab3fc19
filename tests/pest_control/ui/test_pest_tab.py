"""The tab: empty states, lists, panels, what stands beside them, rights, and what is asked of the window."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QPushButton

from desktop.pest_control.rules import StockDraft
from desktop.pest_control.ui.band_chart import BandSpec
from desktop.pest_control.views import HalfMonth
from tests.pest_control.making import BAIT, aedes, density, place, stock, treated

VIEWS = ("投药登记", "药品台账", "伊蚊监测", "密度监测")


def texts(widget):
    QApplication.processEvents()  # what a layout was given is shown with the next event
    return " ".join(one.text() for one in widget.findChildren(QLabel) if one.isVisibleTo(widget))


@pytest.mark.parametrize("view", VIEWS)
def test_an_empty_view_offers_three_ways_in_that_all_lead_somewhere(tab, host, view):
    tab.show_view(view)
    shown = tab._lists[view]
    buttons = [one for one in shown.table.findChildren(QPushButton) if one.objectName().startswith("empty_")]
    assert len(buttons) == 3
    asked = []
    tab.import_wanted.connect(asked.append)
    for button in buttons:
        tab.show_view(view)
        button.click()
    assert len(host.pages) == 1
    assert asked == [shown.spec.kind]
    assert tab._name() != view


def test_a_removal_that_would_leave_too_little_is_refused_with_the_sentence(qtbot, tab, bench):
    came = bench.pest.stock.record(stock(1, "入库", "20"))
    bench.pest.stock.record(stock(12, "领用", "12"))
    tab.show_view("药品台账")
    tab.stock.remove(came.id)
    qtbot.waitUntil(lambda: tab.stock.findChild(QMessageBox) is not None, timeout=5000)
    box = tab.stock.findChild(QMessageBox)
    assert "3月12日领用 12 袋就不够了" in box.text() + box.informativeText()
    box.done(0)
    assert len(bench.pest.stock.ids()) == 2


def test_removing_says_what_is_gone_and_the_list_follows(qtbot, tab, host, bench):
    place(bench)
    row = bench.pest.treatments.record(treated(date(2026, 3, 12)))
    tab.reload()
    tab.treatments.open_record(row.id)
    tab.treatments.remove(row.id)
    qtbot.waitUntil(lambda: bool(host.said), timeout=5000)
    assert host.said == ["已删除投药：渔村 灭鼠 2026年3月12日"]
    tab.reload()  # as the window does once something is stored
    assert tab.treatments.model.rowCount() == 0
    assert not tab.treatments.panel.isVisibleTo(tab)


def test_the_balance_stands_beside_the_ledger_until_an_entry_is_opened(tab, bench, clock):
    bench.pest.stock.record(stock(1, "入库", "1800", expires_on=date(2026, 7, 1)))
    bench.pest.stock.record(stock(2, "入库", "5", batch="旧", expires_on=date(2026, 6, 1)))
    done = bench.pest.stock.record(stock(3, "领用", "5", batch="旧"))
    bench.pest.stock.record(stock(4, "入库", "7", batch="过期", expires_on=date(2026, 6, 1)))
    tab.show_view("药品台账")
    aside = tab._balances
    assert aside.isVisibleTo(tab)
    said = texts(aside)
    assert "1,800" in said
    assert "还有14天" in said
    assert "已过期，请报废" in said
    assert "另有 1批已用完" in said
    tab.stock.open_record(done.id)
    assert not aside.isVisibleTo(tab)
    panel = texts(tab.stock.panel)
    assert "−5 袋" in panel
    assert "限制使用" in panel
    tab.stock.panel.closed.emit()
    assert aside.isVisibleTo(tab)


def test_the_newest_half_month_is_the_title_and_says_what_to_do(tab, bench):
    place(bench)
    for day, households, positive in (
        (date(2025, 7, 1), 100, 12),
        (date(2026, 5, 26), 103, 4),
        (date(2026, 6, 12), 102, 6),
    ):
        bench.pest.aedes.record(aedes(day, households, positive))
    tab.show_view("伊蚊监测")
    card = texts(tab._bands)
    assert "6月上半月 BI 5.88，升到一级（低度风险）" in card
    assert "BI = 阳性容器 6 ÷ 检查 102户 × 100。按广东口径，正好 5、10、20 的算低一级。" in card
    assert "实线2026年，虚线2025年" in card
    todo = " ".join(one.text() for one in tab._todo.findChildren(QLabel))
    assert "7天内清积水，并再查一次" in todo
    assert "还有2天" in todo
    assert "2025年7月上半月 12.00，二级" in tab._bands._chart.accessibleDescription()
    tab._bands._chart.repaint()
    tab.aedes.resize(1000, 560)
    assert tab._bands._chart.isVisibleTo(tab._bands)
    tab.aedes.resize(1000, 400)  # 614 pixels of window leave so much: a flat chart would say nothing
    assert not tab._bands._chart.isVisibleTo(tab._bands)


def test_the_chart_shows_at_least_half_a_season_and_never_cuts_a_value_off():
    def half(month, bi):
        return HalfMonth(2026, month, 0, 100, int(bi), Decimal(bi), "三级")

    limits = (Decimal(5), Decimal(10), Decimal(20))
    late = BandSpec([half(12, 1)], [], limits)
    assert (late.slots(), late.top()) == (range(18, 24), 24)
    assert BandSpec([half(1, 1)], [], limits).slots() == range(6)
    assert BandSpec([], [], limits).slots() == range(8, 14)
    assert BandSpec([half(1, 50)], [half(12, 1)], limits).slots() == range(23)
    assert BandSpec([half(1, 50)], [], limits).top() > 50


def test_latest_densities_carry_their_grade_and_what_is_doubtful(tab, bench):
    for draft in (
        density(date(2026, 6, 1), "100", 2),
        density(date(2026, 6, 2), "100", 7),
        density(date(2026, 6, 2), "0.8", 0, "小型积水路径指数"),
        density(date(2026, 6, 2), "60", 2, "室内有蝇房间阳性率", count=5),
    ):
        bench.pest.density.record(draft)
    tab.show_view("密度监测")
    said = texts(tab._latest)
    assert "7.00%" in said
    assert "2.00%" not in said
    assert "2025" in said
    rows = {row.draft.indicator: row for row in bench.pest.density.latest()}
    assert rows["室内鼠迹阳性率"].verdict == "低于C级"
    tab.density.open_record(rows["小型积水路径指数"].id)
    assert "不足1.25公里" in texts(tab.density.panel)


def test_a_record_of_another_year_is_found_when_asked_for(tab, bench):
    old = bench.pest.stock.record(StockDraft(date(2020, 1, 1), BAIT, "入库", Decimal(5)))
    tab.show_view("药品台账")
    assert tab.stock.model.rowCount() == 0
    tab.stock.open_record(old.id)
    assert tab.stock.span.current() == "all"
    assert tab.stock.panel.isVisibleTo(tab)


def test_printing_carries_the_ids_shown_as_narrowed(qtbot, tab, bench):
    place(bench)
    for pest in ("鼠", "蚊", "鼠"):
        bench.pest.treatments.record(treated(date(2026, 3, 12), pest=pest))
    tab.reload()
    tab.treatments.only.setCurrentIndex(tab.treatments.only.findData("鼠"))
    tab.treatments.reload()
    with qtbot.waitSignal(tab.print_treatments) as asked:
        tab.treatments.findChild(QPushButton, "print_treatments").click()
    assert len(asked.args[0]) == 2


def test_readers_see_no_button_that_writes(make_tab, reader_bench, host):
    tab = make_tab(reader_bench)
    assert not tab.treatments.findChild(QPushButton, "new_treatments").isVisibleTo(tab)
    assert [one for one in tab.treatments.table.findChildren(QPushButton) if one.isVisibleTo(tab)] == []
    tab.start_new()
    assert host.pages == []


def test_opening_a_record_never_widens_the_window(qtbot, tab, bench):
    place(bench)
    row = bench.pest.aedes.record(aedes(date(2026, 6, 12), 102, 6))
    tab.show_view("伊蚊监测")
    tab.resize(1093, 480)
    qtbot.waitUntil(lambda: tab.width() == 1093)
    tab.aedes.open_record(row.id)
    qtbot.wait(50)
    tab.aedes.panel.closed.emit()
    qtbot.wait(50)
    assert tab.width() == 1093


@pytest.mark.parametrize("view", VIEWS)
def test_every_title_that_can_be_clicked_has_an_order_of_its_own(tab, view):
    shown = tab._lists[view]
    titles = {column.key for column in shown.model.columns if column.sortable}
    assert titles == {"day", *shown._book._ways()}


def test_stock_is_sorted_by_what_is_left_and_the_foot_says_so(tab, bench):
    bench.pest.stock.record(stock(1, "入库", "100", batch="甲"))
    bench.pest.stock.record(stock(2, "入库", "7", batch="乙"))
    bench.pest.stock.record(stock(3, "入库", "30", batch="丙"))
    tab.show_view("药品台账")
    tab.stock.sort_by(("left", True))
    assert [tab.stock.model.row(number).draft.batch for number in range(3)] == ["甲", "丙", "乙"]
    assert tab.stock.findChild(QLabel, "stock_count").text() == "共 3条，按“结存”倒着排。"
