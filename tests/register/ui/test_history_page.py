from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from desktop.register.rights import Role
from desktop.register.rules import ResidentDraft
from desktop.register.service.exports import LISTING, Leaving
from desktop.register.service.places import PlaceDraft
from desktop.register.ui.history_page import HistoryPage
from tests.register.making import resident

SAMPLES = Path(__file__).resolve().parents[2] / "samples"


@pytest.fixture
def opened_by(host):
    def made(bench) -> HistoryPage:
        page = HistoryPage(bench.journal, bench.officer, host)
        host.open_page(page)
        return page

    return made


@pytest.fixture
def settled(qtbot, host):
    return lambda: qtbot.waitUntil(lambda: not host.runner.busy)


def labels(page: HistoryPage) -> list[str]:
    return [page._model.row(number).label for number in range(page._model.rowCount())]


def choose(page: HistoryPage, label: str) -> None:
    page._table.setCurrentIndex(page._model.index(labels(page).index(label), 0))


def button(page: HistoryPage) -> QPushButton:
    return page.findChild(QPushButton, "history_undo")


def reason(page: HistoryPage) -> str:
    return page.findChild(QLabel, "history_reason").text()


def test_a_colleagues_step_cannot_be_undone_and_the_reason_is_said(opened_by, bench, health_bench):
    bench.places.create(PlaceDraft("渔村", "小区"))
    page = opened_by(health_bench)
    choose(page, "新建点位：渔村")
    assert not button(page).isEnabled()
    assert reason(page) == "这一步是沈玉琴做的，只能由本人或主任撤销。"


def test_the_director_undoes_a_colleagues_step(opened_by, bench, health_bench, settled, host):
    health_bench.places.create(PlaceDraft("渔村", "小区"))
    page = opened_by(bench)
    choose(page, "新建点位：渔村")
    button(page).click()
    settled()
    assert bench.places.all() == []
    assert labels(page)[0] == "撤销：新建点位：渔村"
    assert page._work.banner.text() == "已撤销：新建点位：渔村"
    assert len(host.saved) == 1


def test_a_step_that_was_changed_later_is_refused_with_the_later_step_named(opened_by, bench, settled):
    place = bench.places.create(PlaceDraft("渔村", "小区"))
    bench.places.change(place, PlaceDraft("渔村", "小区", manager="郝经理"), version=1)
    page = opened_by(bench)
    choose(page, "新建点位：渔村")
    button(page).click()
    settled()
    assert "修改点位：渔村" in page._work.banner.text()
    assert len(bench.places.all()) == 1


def test_an_undone_step_is_grey_and_says_so(opened_by, bench, settled):
    bench.places.create(PlaceDraft("渔村", "小区"))
    page = opened_by(bench)
    choose(page, "新建点位：渔村")
    button(page).click()
    settled()
    choose(page, "新建点位：渔村")
    assert page._model.style(page._model.index(1, 2)).tone == "secondary"
    assert "已撤销" in page._model.spoken(page._model.index(1, 3))
    assert not button(page).isEnabled()
    assert reason(page) == "这一步已经撤销过了。"


def test_an_undo_can_itself_be_undone(opened_by, bench, settled):
    bench.places.create(PlaceDraft("渔村", "小区", manager="郝经理"))
    stored = bench.places.all()[0]
    bench.places.change(stored.id, PlaceDraft("渔村", "小区", manager="谢经理"), version=stored.version)
    page = opened_by(bench)
    for label in ("修改点位：渔村", "撤销：修改点位：渔村"):
        choose(page, label)
        button(page).click()
        settled()
    assert bench.places.all()[0].manager == "谢经理"


def test_imports_are_listed_with_their_rows_and_taken_back_whole(opened_by, bench, settled):
    bench.intake.confirm(bench.intake.preview("residents", SAMPLES / "residents_messy.xlsx"))
    page = opened_by(bench)
    page._views._choose("imports")
    assert labels(page) == ["导入居民：residents_messy.xlsx"]
    assert page._model.row(0).rows == 32
    choose(page, "导入居民：residents_messy.xlsx")
    assert button(page).accessibleName() == "撤销这次导入"
    button(page).click()
    settled()
    assert bench.residents.count() == (0, 0)


def test_an_import_in_use_is_kept_and_what_uses_it_is_named(opened_by, bench, settled):
    houhuan = SAMPLES / "houhuan"
    for kind in ("places", "residents", "visits"):
        bench.intake.confirm(bench.intake.preview(kind, houhuan / f"{kind}.xlsx"))
    before = bench.residents.count()
    page = opened_by(bench)
    page._views._choose("imports")
    choose(page, "导入居民：residents.xlsx")
    button(page).click()
    settled()
    assert "又有记录用到了这些内容" in page._work.banner.text()
    assert bench.residents.count() == before


def test_who_may_not_see_health_sees_only_their_own_steps(opened_by, bench, grid_bench):
    bench.places.create(PlaceDraft("渔村", "小区"))
    grid_bench.residents.create(ResidentDraft(name="林桂英", place="渔村", no_id_reason="暂缺证件"))
    page = opened_by(grid_bench)
    assert labels(page) == ["新建档案：林桂英"]


def test_only_mine_leaves_the_others_out(opened_by, bench, health_bench):
    bench.places.create(PlaceDraft("渔村", "小区"))
    health_bench.places.create(PlaceDraft("唐苑新村", "小区"))
    page = opened_by(bench)
    assert len(labels(page)) == 2
    page.findChild(QPushButton, "history_mine").click()
    assert labels(page) == ["新建点位：渔村"]


def test_esc_leaves_the_page(qtbot, opened_by, bench, host):
    page = opened_by(bench)
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert host.pages == []


def test_exports_and_looks_at_whole_numbers_stand_in_a_list_of_their_own_with_nothing_to_undo(
    opened_by, bench, health_bench, grid_bench, tmp_path
):
    person = resident(bench, name="王芳", phone="13800004106")
    health_bench.intake.export("residents", tmp_path / "a.xlsx", unmasked=True, purpose="报街道")
    grid_bench.residents.reveal(person, "phone")
    page = opened_by(bench)
    assert "查看电话" not in labels(page)
    page.findChild(QPushButton, "segment_disclosures").click()
    assert labels(page) == ["查看电话", "导出居民表：1行，完整号码，用途：报街道"]
    choose(page, "查看电话")
    assert not button(page).isVisible()
    assert "不用撤销" in reason(page)
    own = opened_by(grid_bench)
    own.findChild(QPushButton, "segment_disclosures").click()
    assert labels(own) == ["查看电话"]


def test_a_line_of_what_left_can_be_read_whole_and_has_no_state(opened_by, bench):
    bench.exports.note(Leaving("导出清单“居民住户”", 12, "residents", LISTING))
    page = opened_by(bench)
    assert not page._table.isColumnHidden(3)
    page._views.set_current("disclosures")
    page.reload()
    assert page._table.isColumnHidden(3)
    choose(page, "导出清单“居民住户”：12行，用途：清单导出")
    assert reason(page).startswith("导出清单“居民住户”：12行，用途：清单导出。导出表格、")


def test_what_was_typed_for_a_colleague_names_both(opened_by, bench):
    (who,) = (one for one in bench.behalf.choices() if one.role is Role.GRID)
    bench.behalf.start(who.id)
    bench.places.create(PlaceDraft("渔村", "小区"))
    page = opened_by(bench)
    assert page._model.row(0).who == f"{bench.officer.name}（代{who.name}）"
