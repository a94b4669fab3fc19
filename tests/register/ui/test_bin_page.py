from __future__ import annotations

import pytest
from PySide6.QtWidgets import QComboBox, QPushButton

from desktop.health.binned import VISITS_BIN
from desktop.register.rules import ResidentDraft
from desktop.register.service.bin import BinService
from desktop.register.service.bin_kinds import PLACES_BIN, RESIDENTS_BIN
from desktop.register.service.places import PlaceDraft
from desktop.register.ui.bin_page import BinPage

KINDS = (PLACES_BIN, RESIDENTS_BIN, VISITS_BIN)


@pytest.fixture
def opened_by(host):
    def made(bench) -> BinPage:
        page = BinPage(BinService(bench.store, bench.officer, KINDS), host)
        host.open_page(page)
        return page

    return made


@pytest.fixture
def settled(qtbot, host):
    return lambda: qtbot.waitUntil(lambda: not host.runner.busy)


def put_back(page: BinPage) -> QPushButton:
    return page.findChild(QPushButton, "bin_put_back")


def first(page: BinPage) -> None:
    page._table.setCurrentIndex(page._model.index(0, 0))


def test_what_cannot_come_back_stays_and_the_reason_is_said(opened_by, bench, settled, host):
    bench.places.remove(bench.places.create(PlaceDraft("渔村", "小区")))
    bench.places.create(PlaceDraft("渔村", "小区"))
    page = opened_by(bench)
    first(page)
    put_back(page).click()
    settled()
    assert "底册里又有了一个“渔村”" in page._work.banner.text()
    assert page._model.rowCount() == 1
    assert host.saved == []


def test_a_reader_may_look_but_not_put_back(opened_by, bench, reader_bench):
    bench.places.remove(bench.places.create(PlaceDraft("渔村", "小区")))
    page = opened_by(reader_bench)
    first(page)
    assert page._model.rowCount() == 1
    assert not put_back(page).isEnabled()


def test_an_empty_bin_says_so(opened_by, bench):
    page = opened_by(bench)
    assert page._table._empty.isVisible()
    assert "回收站是空的" in page._table._empty.accessibleName()
    assert not put_back(page).isEnabled()


def test_a_place_is_put_back_and_leaves_the_list(opened_by, bench, settled, host):
    bench.places.remove(bench.places.create(PlaceDraft("渔村", "小区")))
    page = opened_by(bench)
    first(page)
    put_back(page).click()
    settled()
    assert [place.name for place in bench.places.all()] == ["渔村"]
    assert page._model.rowCount() == 0
    assert page._work.banner.text() == "已恢复点位：渔村（小区）"
    assert len(host.saved) == 1


def test_one_kind_can_be_picked(opened_by, bench):
    bench.places.remove(bench.places.create(PlaceDraft("渔村", "小区")))
    bench.residents.remove(
        bench.residents.create(ResidentDraft(name="林桂英", place="翠湖苑", no_id_reason="暂缺证件"))
    )
    page = opened_by(bench)
    assert page._model.rowCount() == 2
    words = page.findChild(QComboBox, "bin_words")
    words.setCurrentIndex(words.findData("居民"))
    words.activated.emit(words.currentIndex())
    assert [page._model.row(0).title, page._model.rowCount()] == ["林桂英  翠湖苑", 1]


def test_the_model_is_sound(qtmodeltester, opened_by, bench):
    bench.places.remove(bench.places.create(PlaceDraft("渔村", "小区")))
    qtmodeltester.check(opened_by(bench)._model)
