"""The view 责任书: form, list by end, starred telephone numbers."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from desktop.inspections.rules import PledgeDraft
from desktop.inspections.service.pledges import _WAYS
from desktop.inspections.ui.pledge_form import PledgeForm
from desktop.inspections.views import PledgeFilter
from tests.inspections.making import pledge


@pytest.fixture
def view(tab):
    tab.show_view("责任书")
    return tab.pledges


def press(widget, name):
    next(button for button in widget.findChildren(QPushButton, name) if button.isVisibleTo(widget)).click()


def message(form, name):
    return form.findChild(QLabel, f"{name}_message").text()


def phone(view):
    labels = view.panel.findChildren(QLabel, "fact_phone")
    return next(label.text() for label in labels if label.isVisibleTo(view.panel))


def parties(view):
    return [view.model.row(number).draft.party for number in range(view.model.rowCount())]


def test_every_fault_of_a_letter_is_marked_and_nothing_is_stored(tab, view, host, bench):
    tab.start_new()
    form = host.pages[-1]
    assert isinstance(form, PledgeForm)
    form.set_values({"signed_on": date(2026, 6, 18), "expires_on": date(2026, 6, 17), "copies": None})
    press(form, "form_save")
    assert message(form, "category") == "请选责任书类别。"
    assert message(form, "party") == "请写和谁签订。"
    assert message(form, "signed_on") == "签订日期还没到，签好再登记。"
    assert message(form, "expires_on") == "到期日期不能早于签订日期。"
    assert message(form, "copies") == "请填份数。"
    assert len(bench.pledges.ids(PledgeFilter())) == 0
    assert view.model.rowCount() == 0


def test_a_letter_is_stored_shown_and_changed_without_losing_its_number(tab, view, host, bench, settled):
    form = tab.open_pledge_form()
    form.set_values({"category": "门前三包责任书", "party": "便民超市", "phone": "13800004106", "copies": 2})
    press(form, "form_save")
    settled()
    assert host.saved[-1][0] == "已登记责任书：便民超市"
    assert phone(view) == "138****4106"
    press(view.panel, "link_phone")
    settled()
    assert phone(view) == "13800004106"
    press(view.panel, "pledge_change")
    host.pages[-1].set_values({"address": "和平路18号"})
    press(host.pages[-1], "form_save")
    settled()
    stored = bench.pledges.ids(PledgeFilter())[0]
    assert bench.pledges.rows([stored])[0].draft.address == "和平路18号"
    assert bench.pledges.reveal(stored) == "13800004106"


def test_letters_that_end_soon_have_a_filter_with_their_number(view, bench):
    ends = {"超市": date(2026, 7, 1), "早餐店": date(2026, 6, 10), "修车铺": date(2027, 1, 1), "旧店": date(2024, 1, 1)}
    for party, day in ends.items():
        bench.pledges.record(pledge(date(2024, 1, 1), party=party, expires_on=day))
    view.reload()
    assert view.span.findChild(QPushButton, "segment_ending").text() == "要到期 2"
    assert parties(view) == []  # none was signed this year
    press(view.span, "segment_ending")
    assert parties(view) == ["早餐店", "超市"]
    column = [column.key for column in view.model.columns].index("ends")
    told = [view.model.spoken(view.model.index(number, column)) for number in range(2)]
    assert told == ["6月10日 已到期7天", "7月1日 还有14天"]
    press(view.span, "segment_all")
    assert view.findChild(QLabel, "pledge_count").text() == "共 4条，4份，新的在前。"


def test_removing_and_printing_the_letters_shown(qtbot, tab, bench, host, settled):
    tab.show_view("责任书")
    view = tab.pledges
    row = bench.pledges.record(pledge())
    view.reload()
    with qtbot.waitSignal(tab.print_pledges) as asked:
        press(view, "print_pledges")
    assert list(asked.args[0]) == [row.id]
    view.open_pledge(row.id)
    press(view.panel, "pledge_remove")
    settled()
    assert host.saved[-1][0] == "已删除责任书：便民超市"
    assert not view.panel.isVisible()
    with qtbot.waitSignal(tab.import_wanted) as wanted:
        view.reload()
        press(view, "empty_import")
    assert wanted.args == ["pledges"]


def test_letters_are_sorted_by_any_title_and_what_ends_soon_by_its_end(view, bench):
    for day, party, ends in ((1, "张记", date(2026, 7, 10)), (2, "安家", date(2026, 6, 20)), (3, "马店", None)):
        bench.pledges.record(PledgeDraft("门前三包责任书", party, signed_on=date(2026, 6, day), expires_on=ends))
    view.reload()
    assert parties(view) == ["马店", "安家", "张记"]
    view.sort_by(("party", False))
    assert parties(view) == ["安家", "马店", "张记"]
    view.sort_by(("ends", True))
    assert parties(view) == ["张记", "安家", "马店"]
    view.sort_by(("day", True))
    view.span.set_current("ending")
    view.refresh()
    assert parties(view) == ["安家", "张记"]
    assert view.findChild(QLabel, "pledge_count").text() == "共 2条，2份，先到期的在前。"
    assert {column.key for column in view.model.columns if column.sortable} == {"day", *_WAYS}
