"""已发 and 张贴登记 in the window, and the forms of the tab; what is wrong first."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from desktop.notices.rules import NoticeText
from desktop.notices.views import PostingFilter
from tests.inspections.making import finding, places
from tests.notices.making import bait, posting


def press(widget, name):
    QApplication.processEvents()  # what a layout was given is shown with the next event
    button = next(one for one in widget.findChildren(QPushButton, name) if one.isVisibleTo(widget))
    assert button.isEnabled()
    button.click()


def text(widget, name):
    QApplication.processEvents()  # what a layout was given is shown with the next event
    return next(one for one in widget.findChildren(QLabel, name) if one.isVisibleTo(widget)).text()


def spoken(listed, key):
    column = [one.key for one in listed.model.columns].index(key)
    return [listed.model.spoken(listed.model.index(number, column)) for number in range(listed.model.rowCount())]


@pytest.fixture
def issued(bench):
    """Three notices, the second void."""
    rows = [bench.notices.composing.issue(bait(bench)) for _ in range(3)]
    rows[1] = bench.notices.issued.void(rows[1].id, "时间写错", version=rows[1].version)
    return rows


def test_an_empty_register_leads_to_writing(tab):
    tab.show_view("已发")
    press(tab.issued.table, "empty_new")
    assert tab.write.isVisible()


def test_issued_notices_stand_newest_first_and_are_found_by_what_is_in_them(tab, issued):
    tab.show_view("已发")
    assert [tab.issued.model.row(number).number for number in range(3)] == [row.number for row in reversed(issued)]
    assert "作废" in spoken(tab.issued, "number")[1]
    for typed, count in (("桂花苑", 3), ("2号", 1), ("停电", 0)):
        tab.issued.search.setText(typed)
        tab.issued.search.searched.emit(typed)
        assert tab.issued.model.rowCount() == count, typed


def test_a_notice_is_printed_again_written_again_and_posted_from_its_panel(qtbot, tab, issued, host):
    tab.show_view("已发")
    tab.issued.open_record(issued[0].id)
    with qtbot.waitSignal(tab.print_issued) as again:
        press(tab.issued.panel, "panel_reprint")
    assert again.args == [issued[0], 1]
    press(tab.issued.panel, "panel_post")
    form = host.pages[-1]
    assert form.values()["title"] == "灭鼠投药告知书"
    form.cancelled.emit(False)  # noqa: FBT003
    press(tab.issued.panel, "panel_again")
    assert tab.write.draft().values["投放范围"] == issued[0].given["投放范围"]
    assert tab.write.draft().values["落款日期"] == "2026年6月17日"


def test_a_rectification_notice_is_found_and_printed_but_not_written_again_here(qtbot, tab, bench, issued):
    places(bench)
    row = bench.inspections.record(finding())
    sent = bench.rectification.issue(row.id, version=1, noticed_on=date(2026, 6, 17), due_on=date(2026, 6, 20))
    tab.show_view("已发")
    tab.issued.search.setText("纸箱")
    tab.issued.search.searched.emit("纸箱")
    assert [tab.issued.model.row(0).number] == [sent.issued.number]
    tab.issued.search.setText("")
    tab.issued.search.searched.emit("")
    tab.issued.open_record(sent.issued.id)
    with qtbot.waitSignal(tab.print_issued) as again:
        press(tab.issued.panel, "panel_reprint")
    assert again.args[0].id == sent.issued.id
    assert not [one for one in tab.issued.panel.findChildren(QPushButton, "panel_again") if one.isVisibleTo(tab)]


def test_a_void_notice_says_so_and_offers_no_posting(tab, issued):
    tab.show_view("已发")
    tab.issued.open_record(issued[1].id)
    assert text(tab.issued.panel, "banner_text") == "2026年6月17日作废"
    assert text(tab.issued.panel, "banner_detail") == "时间写错"
    assert tab.issued.panel.findChild(QPushButton, "panel_void") is None


def test_declaring_void_asks_for_a_reason_and_keeps_the_number(tab, bench, issued, settled):
    form = tab.open_void_form(issued[0])
    press(form, "form_save")
    settled()
    assert "请写作废的原因" in text(form, "reason_message")
    form.set_values({"reason": "另发"})
    press(form, "form_save")
    settled()
    assert bench.notices.issued.rows([issued[0].id])[0].void_reason == "另发"
    assert bench.notices.composing.next_number() == "后社告〔2026〕4号"


def test_every_fault_of_a_posting_is_marked_and_nothing_is_stored(tab, bench):
    form = tab.open_posting()
    form.set_values({"title": "", "posted_on": date(2026, 6, 18), "copies": None, "checked_on": date(2026, 6, 1)})
    press(form, "form_save")
    assert text(form, "title_message") == "请填张贴的是什么。"
    assert text(form, "posted_on_message") == "张贴日期还没到，贴好了再登记。"
    assert text(form, "places_message") == "请填贴在哪里，几处用顿号隔开。"
    assert text(form, "checked_on_message") == "检查日期早于张贴日期，请核对。"
    assert text(form, "checked_by_message") == "写了检查日期，请填是谁检查的。"
    assert list(bench.notices.postings.ids(PostingFilter())) == []


def test_a_posting_is_stored_shown_and_taken_down(tab, bench, host, issued, settled):
    form = tab.open_posting(document=issued[0])
    form.set_values({"posted_on": date(2026, 6, 1), "places": "公告栏", "down_due_on": date(2026, 6, 15)})
    press(form, "form_save")
    settled()
    assert host.saved[-1][0] == "已登记张贴：灭鼠投药告知书"
    tab.reload()
    assert tab.postings.isVisible()
    assert spoken(tab.postings, "down") == ["6月15日 逾期2天没撤"]
    assert text(tab.postings.panel, "banner_text") == "逾期2天没撤"
    press(tab.postings.panel, "posting_check")
    settled()
    press(tab.postings.panel, "posting_down")
    settled()
    (row,) = bench.notices.postings.rows(list(bench.notices.postings.ids(PostingFilter())))
    assert (row.draft.taken_down_on, row.draft.checked_by) == (date(2026, 6, 17), bench.officer.name)
    assert row.number == issued[0].number


def test_filters_carry_their_counts(tab, bench):
    bench.notices.postings.record(posting(posted_on=date(2026, 6, 1), down_due_on=date(2026, 6, 10)))
    bench.notices.postings.record(posting())
    tab.show_view("张贴登记")
    names = [tab.postings.span.findChild(QPushButton, f"segment_{key}").text() for key in ("due", "hanging", "all")]
    assert names == ["该撤下 1", "正贴着 2", "全部 2"]
    tab.postings.span.set_current("due")
    tab.postings.refresh()
    assert tab.postings.model.rowCount() == 1


def test_a_wrong_template_is_refused_with_its_line_and_the_pages_stay(tab, bench, settled):
    form = tab.open_template_form("bait")
    form.set_values({"title": "通知", "body": "第一行\n在{地点}投药"})
    press(form, "form_save")
    assert "正文第2行写了{地点}" in text(form, "body_message")
    assert not bench.notices.templates.get("bait").own
    form.set_values({"body": "在{投放范围}投{药物一}"})
    press(form, "form_save")
    settled()
    assert bench.notices.templates.get("bait").text == NoticeText("通知", "各位居民：", ("在{投放范围}投{药物一}",))


def test_the_standard_text_comes_back_by_one_press(tab, bench, settled):
    bench.notices.templates.keep("bait", NoticeText("通知", "", ("在{投放范围}投药",)), version=0)
    tab.reload()
    tab.write.open_template("bait")
    press(tab.write.form, "restore_template")
    settled()
    assert not bench.notices.templates.get("bait").own


def test_only_the_director_changes_the_word_numbers_begin_with(tab, bench, settled, make_tab, grid_bench):
    form = tab.open_number_form()
    form.set_values({"word": "幸〔2026〕"})
    press(form, "form_save")
    settled()
    assert "只写字" in text(form, "word_message")
    form.set_values({"word": "幸居通", "rectification": "幸居通"})
    press(form, "form_save")
    settled()
    assert "不能一样" in text(form, "rectification_message")
    form.set_values({"rectification": "幸居整改"})
    press(form, "form_save")
    settled()
    assert bench.notices.composing.next_number() == "幸居通〔2026〕1号"
    assert bench.rectification.next_number() == "幸居整改〔2026〕1号"
    other = make_tab(grid_bench)
    assert not other.findChild(QPushButton, "change_number_word").isVisibleTo(other)
