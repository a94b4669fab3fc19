"""设置: refusals stay on the page, what is stored counts, and a colleague who leaves is really shut out."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QPushButton

from desktop.foundation.clock import FixedClock
from desktop.foundation.errors import WrongPassword
from desktop.foundation.settings import Settings, load_settings, save_settings
from desktop.register.office import unlock
from desktop.register.rights import Role
from desktop.shell.main_window import MainWindow
from desktop.shell.settings.colleague_form import ColleagueForm, NewPasswordForm
from desktop.shell.settings.leaving import LeavingPage
from desktop.shell.settings.page import (
    BACKUP,
    CODE,
    COMMITTEE,
    LOCK,
    LONG,
    LOOKS,
    MONTH,
    PASSWORD,
    PEOPLE,
    SettingsPage,
)
from desktop.store.keys import RECOVERY, Cost
from desktop.store.recovery import secret_of
from desktop.window import Program
from tests.conftest import NOW, OFFICERS, RECOVERY_CODE
from tests.conftest import PASSWORD as FIRST
from tests.inspections.making import finding, places
from tests.pest_control.making import stock
from tests.safekeeping.making import settle
from tests.shell.conftest import find, save_to

NEW = "xin mima 88"
CHEAP = Cost(memory_kib=64, iterations=1, lanes=1)


def window_over(qtbot, bench):
    bench.colleagues.cost = CHEAP
    main = MainWindow(bench, Settings(), lambda _settings: None)
    qtbot.addWidget(main)
    with qtbot.waitActive(main):
        main.show()
        main.activateWindow()
    return main


@pytest.fixture
def window(qtbot, bench):
    main = window_over(qtbot, bench)
    yield main
    main.close()


def settings_of(main, title):
    main._menu.open_settings()
    (page,) = main.findChildren(SettingsPage)
    page.show_section(title)
    return page


def press(qtbot, page, name):
    qtbot.mouseClick(find(page, name), Qt.MouseButton.LeftButton)


def said(page):
    return find(page, "banner_text").text() if find(page, "page_banner").isVisible() else ""


def form_of(qtbot, main, kind):
    qtbot.waitUntil(lambda: len(main.findChildren(kind)) == 1)
    (form,) = main.findChildren(kind)
    return form


def test_who_does_not_manage_sees_nothing_of_colleagues_code_and_committee(qtbot, bench_as):
    main = window_over(qtbot, bench_as(Role.GRID))
    page = settings_of(main, PASSWORD)
    assert page.titles() == [PASSWORD, BACKUP, LOOKS, LOCK]
    assert not page.section(LOCK).findChildren(QPushButton, "segment_5")[0].isEnabled()
    assert not page.section(BACKUP).findChildren(QPushButton, "settings_restore")
    main.close()


def test_the_gear_s_menu_opens_them_and_esc_leaves(qtbot, window):
    assert "设置" in [action.text() for action in window._menu.build().actions()]
    page = settings_of(window, PEOPLE)
    assert page.titles() == [PEOPLE, PASSWORD, CODE, COMMITTEE, BACKUP, MONTH, LONG, LOOKS, LOCK]
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not window.findChildren(SettingsPage))


def test_a_bad_colleague_is_marked_field_by_field_and_nobody_is_added(qtbot, window):
    page = settings_of(window, PEOPLE)
    press(qtbot, page, "add_colleague")
    form = form_of(qtbot, window, ColleagueForm)
    form.set_values({"name": OFFICERS["网格员"]})
    form.request_save()
    assert "已有" in form.field("name").problem()
    assert "至少8位" in form.field("password").problem()
    assert len(window.bench.colleagues.colleagues()) == 4


def test_a_colleague_is_added_with_a_tick_for_health_files(qtbot, window, folder):
    page = settings_of(window, PEOPLE)
    press(qtbot, page, "add_colleague")
    form = form_of(qtbot, window, ColleagueForm)
    tick = find(form, "sees_health")
    assert isinstance(tick, QCheckBox)
    assert form.field("role").value() == "网格员"
    assert not tick.isChecked()
    tick.click()
    assert form.field("role").value() == "卫生专干"
    form.set_values({"name": "钱小芳", "password": NEW})
    form.request_save()
    qtbot.waitUntil(lambda: "已加钱小芳" in said(page), timeout=20_000)
    slot = folder.current().ring().named("钱小芳")
    assert (slot.role, unlock(folder, slot.id, NEW)) == ("卫生专干", window.bench.data_key)
    assert "钱小芳" in [find(page, f"colleague_{n}").text() for n in range(5)]


def test_the_last_director_cannot_give_the_role_away(qtbot, window):
    page = settings_of(window, PEOPLE)
    press(qtbot, page, "change_0")
    form = form_of(qtbot, window, ColleagueForm)
    form.set_values({"role": "网格员"})
    form.request_save()
    assert "至少要留一位主任" in form.field("role").problem()
    assert not page.findChildren(QPushButton, "leave_0"), "nobody lets himself go"


def test_a_director_s_own_role_given_away_ends_the_session(qtbot, window):
    health = next(row for row in window.bench.colleagues.colleagues() if row.role is Role.HEALTH)
    window.bench.colleagues.change(health.id, health.name, Role.DIRECTOR)
    page = settings_of(window, PEOPLE)
    rows = window.bench.colleagues.colleagues()
    me = next(number for number, row in enumerate(rows) if row.is_self)
    press(qtbot, page, f"change_{me}")
    form = form_of(qtbot, window, ColleagueForm)
    form.set_values({"role": "只读"})
    with qtbot.waitSignal(window.signed_out, timeout=20_000):
        form.request_save()


def test_a_new_password_for_a_colleague_must_be_typed_alike_twice(qtbot, window, folder):
    page = settings_of(window, PEOPLE)
    press(qtbot, page, "reset_2")
    form = form_of(qtbot, window, NewPasswordForm)
    form.set_values({"password": NEW, "again": "xin mima 89"})
    form.request_save()
    assert "两遍不一样" in form.field("again").problem()
    form.set_values({"password": NEW, "again": NEW})
    form.request_save()
    qtbot.waitUntil(lambda: "密码已经换好" in said(page), timeout=20_000)
    slot = folder.current().ring().named(OFFICERS["网格员"])
    assert unlock(folder, slot.id, NEW) == window.bench.data_key


def test_the_own_password_wants_the_old_one(qtbot, window, folder):
    page = settings_of(window, PASSWORD)
    section = page.section(PASSWORD)
    fields = section._fields
    press(qtbot, page, "change_own_password")
    assert "现在的密码" in fields["old"].problem()
    for name, text in (("old", "wrong one"), ("password", "12345678"), ("again", "12345678")):
        fields[name].set_value(text)
    press(qtbot, page, "change_own_password")
    qtbot.waitUntil(lambda: "不对" in fields["old"].problem(), timeout=20_000)
    assert "太常见" in fields["password"].problem()
    for name, text in (("old", FIRST), ("password", NEW), ("again", NEW)):
        fields[name].set_value(text)
    press(qtbot, page, "change_own_password")
    qtbot.waitUntil(lambda: "已经改好" in said(page), timeout=20_000)
    assert fields["old"].value() == ""
    assert unlock(folder, window.bench.officer.staff_id.hex, NEW) == window.bench.data_key


def test_a_new_code_counts_only_once_it_is_on_paper_and_read_back(qtbot, window, folder, tmp_path):
    page = settings_of(window, CODE)
    press(qtbot, page, "new_code")
    press(qtbot, page, "issue_code")
    assert unlock(folder, RECOVERY, secret_of(RECOVERY_CODE)) == window.bench.data_key
    sheet = page.section(CODE)._sheet
    assert sheet.number == "R-2026-02"
    press(qtbot, page, "save_code")
    save_to(qtbot, page, tmp_path / "恢复码.pdf")
    qtbot.waitUntil((tmp_path / "恢复码.pdf").exists)
    boxes = page.section(CODE)._keeping._boxes
    for box, right in zip(boxes.boxes, boxes._expected.values(), strict=True):
        box.setText(right)
    press(qtbot, page, "issue_code")
    qtbot.waitUntil(lambda: "R-2026-02" in said(page), timeout=20_000)
    assert unlock(folder, RECOVERY, secret_of(sheet.groups)) == window.bench.data_key
    with pytest.raises(WrongPassword):
        unlock(folder, RECOVERY, secret_of(RECOVERY_CODE))


def test_the_committee_s_particulars_are_checked_and_stored(qtbot, window, folder):
    page = settings_of(window, COMMITTEE)
    fields = page.section(COMMITTEE)._fields
    fields["region"].set_value("4404")
    fields["name"].set_value("")
    press(qtbot, page, "save_committee")
    qtbot.waitUntil(lambda: "12位" in fields["region"].problem(), timeout=10_000)
    assert "请填" in fields["name"].problem()
    fields["name"].set_value("柠溪社区居民委员会")
    fields["region"].set_value("４４０４０２００３０１２")
    press(qtbot, page, "save_committee")
    qtbot.waitUntil(lambda: "已保存" in said(page), timeout=10_000)
    assert window.bench.people.profile().region == "440402003012"
    assert folder.current().ring().committee == "柠溪社区居民委员会"


def test_numbers_that_cannot_be_read_are_told_and_stay_until_they_are_stored(qtbot, window):
    page = settings_of(window, COMMITTEE)
    section = page.section(COMMITTEE).numbers
    section._text.set_value("面积很大\n卫生厕所 2 户 占 农户")
    section._day.set_value(date(2026, 6, 18))
    press(qtbot, page, "save_numbers")
    qtbot.waitUntil(lambda: "第1行“面积很大”看不懂" in section._text.problem(), timeout=10_000)
    assert "没有“农户”这一行" in section._text.problem()
    assert "这一天还没到" in section._day.problem()
    section.reload()  # somebody else stored something meanwhile
    assert section._text.value().startswith("面积很大")
    assert window.bench.profile_numbers.current() is None
    section._text.set_value("面积 0.28 平方公里")
    section._day.set_value(date(2026, 1, 1))
    press(qtbot, page, "save_numbers")
    qtbot.waitUntil(lambda: "已保存" in said(page), timeout=10_000)
    assert window.bench.profile_numbers.current().words == "面积0.28平方公里"
    page.show_section(LOOKS)
    page.show_section(COMMITTEE)
    assert section._text.value() == "面积 0.28 平方公里"


def test_appearance_and_reminders_are_stored_at_once(qtbot, window):
    page = settings_of(window, LOOKS)
    find(page, "set_large").click()
    assert window.settings().large_type
    find(page, "set_large").click()
    page.show_section(BACKUP)
    page.section(BACKUP)._days._choose("14")
    assert window.settings().remind_days == 14


def test_the_second_folder_may_not_lie_inside_the_data(qtbot, window, folder, tmp_path):
    page = settings_of(window, BACKUP)
    section = page.section(BACKUP)
    assert not find(page, "auto_backup").isEnabled()
    section._take(folder.path / "备份")
    assert "资料自己的文件夹" in said(page)
    assert window.settings().second_folder == ""
    section._take(tmp_path)
    assert window.settings().second_folder == str(tmp_path)
    assert find(page, "auto_backup").isChecked()
    press(qtbot, page, "forget_second")
    assert not find(page, "auto_backup").isChecked()


def test_the_page_for_a_broken_computer_goes_to_the_printer(qtbot, window, monkeypatch):
    sheets = []
    monkeypatch.setattr(window, "print_sheet", lambda title, sheet: sheets.append((title, sheet.title)))
    page = settings_of(window, BACKUP)
    find(page, "print_broken").click()
    assert sheets == [("电脑坏了怎么办", "电脑坏了怎么办")]


@pytest.fixture
def program(qtbot, qapp, folder):
    save_settings(folder.path / "settings.json", Settings(auto_lock_minutes=15))
    made = Program(qapp, folder.path, FixedClock(NOW))
    made.start(OFFICERS["主任"], FIRST)
    qtbot.waitUntil(lambda: made.main is not None, timeout=30_000)
    yield made
    made.end()


def test_the_minutes_until_locking_count_from_now_on(qtbot, program, folder):
    page = settings_of(program.main, LOCK)
    page.section(LOCK)._choice._choose("5")
    assert program._watch.remaining_ms() <= 5 * 60_000
    assert load_settings(folder.path / "settings.json").auto_lock_minutes == 5


def leaving_page(qtbot, program):
    bench = program.main.bench
    settle(bench)
    places(bench)
    bench.inspections.record(finding(inspector=OFFICERS["网格员"]))
    bench.pest.stock.record(stock(1, "入库", "10", handler="罗晓梅"))
    page = settings_of(program.main, PEOPLE)
    press(qtbot, page, "leave_2")
    leaving = form_of(qtbot, program.main, LeavingPage)
    qtbot.waitUntil(lambda: find(leaving, "print_handover").isEnabled(), timeout=10_000)
    return leaving


def test_without_the_director_s_own_password_nobody_leaves(qtbot, program, folder):
    leaving = leaving_page(qtbot, program)
    press(qtbot, leaving, "let_leave")
    assert "您自己的密码" in find(leaving, "leaving_password_message").text()
    leaving._password.set_value("not my password")
    press(qtbot, leaving, "let_leave")
    qtbot.waitUntil(lambda: "密码不对" in find(leaving, "leaving_password_message").text(), timeout=20_000)
    assert OFFICERS["网格员"] in [slot.name for slot in folder.current().ring().people]


def test_what_is_open_is_handed_on_to_whom_one_chooses_and_can_be_taken_back(qtbot, program):
    leaving = leaving_page(qtbot, program)
    press(qtbot, leaving, "hand_on")
    assert find(leaving, "receiver_message").text() == "请选转给哪位同事。"
    leaving._receiver.set_draft("王某某")
    press(qtbot, leaving, "hand_on")
    assert "请从列表里选" in find(leaving, "receiver_message").text()
    leaving._receiver.set_draft("罗晓梅")
    press(qtbot, leaving, "hand_on")
    qtbot.waitUntil(lambda: leaving._parts[0].items[0].who == "罗晓梅", timeout=10_000)
    told = "已把周建国的没有销号的问题1项转给罗晓梅"
    banner = find(leaving, "page_banner")
    assert find(banner, "banner_text").text() == f"{told}。"
    assert program.main._undo_bar._text.text() == told
    qtbot.waitUntil(lambda: not program.main.runner.busy)
    press(qtbot, leaving, "hand_on")
    qtbot.waitUntil(lambda: "没有写着周建国的" in find(banner, "banner_text").text(), timeout=10_000)
    program.main.undo_last()
    qtbot.waitUntil(lambda: leaving._parts[0].items[0].who == "周建国", timeout=10_000)


def test_a_colleague_who_leaves_is_shut_out_and_the_director_is_signed_in_again(qtbot, program, folder):
    leaving = leaving_page(qtbot, program)
    assert [len(part.items) for part in leaving._parts] == [1, 1, 1, 0]
    old_main, old = program.main, folder.current().folder
    leaving._password.set_value(FIRST)
    press(qtbot, leaving, "let_leave")
    qtbot.waitUntil(lambda: program.main is not None and program.main is not old_main, timeout=60_000)
    assert "周建国已离开" in program.main._undo_bar._text.text()
    assert not old.exists()
    assert [slot.name for slot in folder.current().ring().people] == ["沈玉琴", "罗晓梅", "何秀英"]
    assert program.main.bench.residents.search("王阿婆")


def test_beside_another_window_the_key_stays_and_the_sentence_says_why(qtbot, program, folder, tmp_path, monkeypatch):
    monkeypatch.setattr("desktop.store.locks._WAIT_EXCLUSIVE_S", 0.1)
    leaving = leaving_page(qtbot, program)
    leaving._password.set_value(FIRST)
    with folder.shared():  # as another window of this process would hold it
        press(qtbot, leaving, "let_leave")
        qtbot.waitUntil(lambda: find(program.entry, "trouble").isVisible(), timeout=30_000)
        assert "先关掉它" in find(find(program.entry, "trouble"), "banner_text").text()
    assert OFFICERS["网格员"] in [slot.name for slot in folder.current().ring().people]
