"""The grid of a whole estate, typed by keyboard; what is wrong first, then what is stored, kept and answered."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from desktop.pest_control.rules import StockDraft
from desktop.pest_control.ui.campaign_page import CampaignPage
from desktop.pest_control.ui.stock_form import StockForm
from desktop.register.service.places import PlaceDraft
from tests.pest_control.making import BAIT, place, stock

BUILDINGS = (("1号楼", 60), ("2号楼", 48), ("3号楼", 72))


@pytest.fixture
def estate(bench):
    place(bench)
    for name, count in BUILDINGS:
        bench.places.create(PlaceDraft(name, "楼栋", parent="渔村", household_count=count))
    bench.pest.stock.record(stock(1, "入库", "300", batch="A", expires_on=date(2028, 1, 1)))
    return bench


@pytest.fixture
def open_page(estate, make_tab, host):
    made = []

    def opened() -> CampaignPage:
        made.append(make_tab(estate).open_campaign())
        return made[-1]

    yield opened
    for page in made:
        page._timer.stop()


@pytest.fixture
def page(open_page):
    made = open_page()
    choose_estate(made)
    return made


@pytest.fixture
def settled(qtbot, host):
    return lambda: qtbot.waitUntil(lambda: not host.runner.busy)


def choose_estate(page, name="渔村"):
    page.field("estate").set_value(name)
    page.field("estate").edited.emit()


def choose_bait(page, agent=BAIT, per=2, number=1):
    pest, unit = (("鼠", "袋"), ("蟑", "支"))[number - 1]
    for name, value in (("agent", agent), ("pest", pest), ("unit", unit), ("per", per)):
        page.field(f"{name}_{number}").set_value(value)
    page.field(f"agent_{number}").edited.emit()
    page.field(f"agent_{number}").left.emit()


def key(page):
    return lambda row, name: page.grid.sheet.texts(row).get(name, "")


def fill(page, row, **texts):
    for name, value in texts.items():
        page.grid.sheet.type_text(row, name, value)
        page.grid.edited.emit(row)


def text(page, name):
    return page.findChild(QLabel, name).text()


def banner(page):
    return text(page, "banner_text") if page._work.banner.isVisibleTo(page) else ""


def treatments(bench):
    rows = bench.pest.treatments.rows(bench.pest.treatments.ids())
    return sorted((row.draft.place, row.draft.quantity, row.draft.households, row.draft.remark) for row in rows)


def test_nothing_filled_and_no_agent_is_said_under_the_fields(open_page, bench):
    page = open_page()
    page.save()
    assert page.field("estate").problem() == "请选小区。"
    assert page.field("agent_1").problem() == "请写药品名称。"
    assert page.field("pest_1").problem() == "请选防制对象。"
    assert page.field("unit_1").problem() == "请选单位。"
    assert page.field("agent_2").problem() == ""
    assert "还不能保存" in banner(page)
    assert treatments(bench) == []


def test_an_empty_grid_is_said_and_nothing_is_stored(page, settled, bench):
    choose_bait(page)
    page.save()
    settled()
    assert "还没有填任何一栋" in banner(page)


def test_a_banned_agent_is_blocked_as_soon_as_it_is_named_and_again_when_saving(page, settled, bench):
    choose_bait(page, "毒鼠强")
    assert "毒鼠强" in page.field("agent_1").problem()
    fill(page, 0, done="57")
    page.save()
    settled()
    assert "毒鼠强" in page.field("agent_1").problem()
    assert "一栋都还没有存" in banner(page)
    assert treatments(bench) == []


def test_wrong_cells_are_marked_and_the_right_ones_are_not_stored_alone(page, settled, bench):
    choose_bait(page)
    fill(page, 0, done="57")
    fill(page, 1, done="四十")
    fill(page, 2, done="70", day="2月30日")
    page.save()
    settled()
    assert "红框里的要改" in banner(page)
    assert "填整数" in page.grid.sheet.problem(1, "done")
    assert "日期看不懂" in page.grid.sheet.problem(2, "day")
    fill(page, 1, done="40")
    fill(page, 2, day="6月18日")
    page.save()
    settled()
    assert "有 1处要改，一栋都还没有存" in banner(page)
    assert page.grid.sheet.problem(2, "day")
    assert treatments(bench) == []


def test_packages_follow_the_households_until_they_are_typed_over(page):
    choose_bait(page)
    fill(page, 0, done="57")
    cell = key(page)
    assert (cell(0, "packs_1"), cell(0, "left")) == ("114", "3")
    fill(page, 0, packs_1="110")
    fill(page, 0, done="58")
    assert (cell(0, "packs_1"), cell(0, "left")) == ("110", "2")
    fill(page, 1, done="40")
    choose_bait(page, per=3)
    assert (cell(0, "packs_1"), cell(1, "packs_1")) == ("110", "120")


def test_enter_goes_down_and_tab_to_the_right(qtbot, page):
    choose_bait(page)
    page.begin()
    grid = page.grid
    where = lambda: (grid.currentIndex().row(), grid.sheet.columns[grid.currentIndex().column()].key)  # noqa: E731
    assert where() == (0, "done")
    qtbot.keyClicks(grid._editor, "57")
    qtbot.keyClick(grid._editor, Qt.Key.Key_Return)
    assert where() == (1, "done")
    qtbot.keyClick(grid._editor, Qt.Key.Key_Return)
    assert where() == (2, "done"), "an empty line is passed by"
    qtbot.keyClick(grid._editor, Qt.Key.Key_Tab)
    assert where() == (2, "packs_1")
    qtbot.keyClick(grid._editor, Qt.Key.Key_Tab)
    assert where() == (2, "day"), "the column of a second agent is not there"
    qtbot.keyClick(grid._editor, Qt.Key.Key_Return)
    assert where() == (2, "day"), "there is nothing below the last line"
    assert grid.sheet.rowCount() == 3
    assert key(page)(0, "packs_1") == "114"


def test_the_foot_and_the_answer_follow_what_is_typed(page):
    choose_bait(page)
    fill(page, 0, done="57")
    fill(page, 1, done="48")
    assert text(page, "campaign_foot") == "合计 2/3栋　应投180户　实投105户　未投75户　灭鼠 210袋　覆盖率58.33%"
    assert text(page, "bait_amount_1") == "300"
    assert text(page, "bait_answer_1") == "填了的要210袋，还有72户，约需144袋，差54袋"
    choose_bait(page, per=1)
    assert text(page, "bait_answer_1") == "填了的要105袋，还有72户，约需72袋，够用"


def test_all_lines_are_stored_in_one_step_with_both_agents_and_reasons(page, settled, bench, host):
    bench.pest.stock.record(StockDraft(date(2026, 3, 1), "灭蟑胶饵", "入库", 100, package="支"))
    choose_bait(page)
    choose_bait(page, "灭蟑胶饵", 1, number=2)
    fill(page, 0, done="57", reason="敲门没人3户")
    fill(page, 2, done="70", day="6.10", operator="邓文斌", packs_2="66")
    page.save()
    settled()
    assert treatments(bench) == [
        ("1号楼", 57, 57, "敲门没人3户"),
        ("1号楼", 114, 57, "敲门没人3户"),
        ("3号楼", 66, 70, ""),
        ("3号楼", 140, 70, ""),
    ]
    rows = bench.pest.treatments.rows(bench.pest.treatments.ids())
    assert {(row.draft.place, row.draft.treated_on, row.draft.operator) for row in rows} == {
        ("1号楼", date(2026, 6, 17), "沈玉琴"), ("3号楼", date(2026, 6, 10), "邓文斌"),
    }  # fmt: skip
    assert host.said[-1] == "已登记投药：渔村 2处"
    assert page not in host.pages
    bench.journal.undo(bench.journal.last_undoable(bench.officer.staff_id).id, bench.officer)
    assert treatments(bench) == []


def test_what_is_typed_survives_the_program(qtbot, page, open_page, settled, bench):
    choose_bait(page)
    fill(page, 0, done="57", packs_1="110")
    fill(page, 1, done="四十")
    qtbot.waitUntil(lambda: page.findChild(QLabel, "campaign_draft").isVisibleTo(page))
    again = open_page()
    cell = key(again)
    assert again.field("estate").value() == "渔村"
    assert (cell(0, "done"), cell(0, "packs_1"), cell(1, "done")) == ("57", "110", "四十")
    assert again.field("agent_1").value() == BAIT
    fill(again, 1, done="40")
    assert cell(1, "packs_1") == "80"
    again.save()
    settled()
    assert len(treatments(bench)) == 2
    fresh = open_page()
    assert fresh.field("agent_1").value() in (None, "")
    assert fresh.grid.sheet.rowCount() == 0


def test_another_estate_waits_with_what_was_typed(page, bench):
    place(bench, "唐苑新村", household_count=30)
    choose_bait(page)
    fill(page, 0, done="57")
    page.field("estate")._choices = None
    page._estate_shown, page._typed["渔村"] = "", page.grid.typed()
    page.grid.show_sites(bench.pest.campaign.sites("唐苑新村"), {}, date(2026, 6, 17))
    assert page.grid.sheet.rowCount() == 1
    choose_estate(page)
    assert key(page)(0, "done") == "57"
    assert key(page)(0, "packs_1") == "114"


def test_taking_out_what_is_needed_is_one_press_away(page, settled, bench, host):
    choose_bait(page)
    fill(page, 0, done="57")
    button = page.findChild(QPushButton, "bait_issue_1")
    assert button.text().strip() == "登记领用 300袋", "no more than the batch holds"
    choose_bait(page, per=1)
    assert button.text().strip() == "登记领用 177袋"
    button.click()
    form = host.pages[-1]
    assert isinstance(form, StockForm)
    draft = form.draft()
    assert (draft.movement, draft.quantity, draft.batch, draft.purpose) == ("领用", 177, "A", "渔村投药")
    form.request_save()
    settled()
    assert [line.balance for line in bench.pest.campaign.balances(BAIT)] == [123]
    assert text(page, "bait_amount_1") == "123"
    assert host.pages[-1] is page


def test_an_agent_without_stock_is_said(page):
    choose_bait(page, "别的灭鼠药")
    assert "台账里没有结存，请先登记入库" in text(page, "bait_answer_1")
    assert not page.findChild(QPushButton, "bait_issue_1").isVisibleTo(page)


def test_whoever_may_only_look_is_not_offered_the_grid(make_tab, reader_bench):
    tab = make_tab(reader_bench)
    assert not tab.findChild(QPushButton, "treatments_campaign").isVisibleTo(tab)


def test_taking_from_a_batch_nobody_entered_offers_its_opening_balance(make_tab, bench, settled, host):
    tab = make_tab(bench)
    form = tab.open_form("药品台账")
    form.set_values({"movement": "领用", "quantity": 20, "agent": BAIT, "batch": "A", "package": "袋"})
    offer = form.findChild(QWidget, "stock_opening")
    assert not offer.isVisibleTo(form)
    form.request_save()
    settled()
    assert offer.isVisibleTo(form)
    offer.findChild(QPushButton).click()
    opening = host.pages[-1]
    draft = opening.draft()
    assert opening is not form
    assert (draft.movement, draft.agent, draft.batch, draft.package, draft.quantity) == ("期初", BAIT, "A", "袋", None)
    opening.field("quantity").set_value(50)
    opening.request_save()
    settled()
    assert host.pages[-1] is form
    assert not offer.isVisibleTo(form)
    form.request_save()
    settled()
    assert [line.balance for line in bench.pest.campaign.balances(BAIT)] == [30]
    again = tab.open_form("药品台账")
    again.set_values({"movement": "领用", "quantity": 99, "agent": BAIT, "batch": "A", "package": "袋"})
    again.request_save()
    settled()
    assert not again.findChild(QWidget, "stock_opening").isVisibleTo(again), "this batch has been entered"
