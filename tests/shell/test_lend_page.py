"""带到笔记本 in the window: the sad ways first, then out, read-only, back, and what a kill or a lost stick leaves."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from desktop.foundation.clock import FixedClock
from desktop.foundation.settings import Settings
from desktop.register.rights import Role
from desktop.register.ui.place_form import PlaceForm
from desktop.safekeeping.places import rough_name
from desktop.shell.backups import lending_of
from desktop.shell.lend_page import LendPage
from desktop.shell.main_window import MainWindow
from desktop.shell.restore_page import RestorePage
from desktop.store.baton import HERE, LEAVING, OUT
from desktop.store.folder import DataFolder
from desktop.window import Program
from tests.conftest import NOW, OFFICERS, PASSWORD
from tests.safekeeping.lending import baton, enter, give, holder, name_as_unfinished, places, receive, take_back
from tests.safekeeping.making import settle, signed_in
from tests.shell.conftest import find
from tests.shell.test_backup_page import PluggedIn

OUT_SENTENCE = "数据由沈玉琴带出，6月17日 10:42。这台电脑只能看和打印，带回后才能改。"


@pytest.fixture
def stick(tmp_path):
    path = tmp_path / "金士顿"
    path.mkdir()
    return path


@pytest.fixture(autouse=True)
def drives(monkeypatch, stick):
    plugged = PluggedIn(stick)
    monkeypatch.setattr("desktop.safekeeping.service.this_computers_drives", lambda: plugged)
    monkeypatch.setattr("desktop.shell.restore_page.this_computers_drives", lambda: plugged)
    return plugged


@pytest.fixture(autouse=True)
def peopled(folder):
    with signed_in(folder) as bench:
        settle(bench)


@pytest.fixture
def open_window(qtbot, bench_as):
    windows = []

    def open_it(role=Role.DIRECTOR):
        bench = bench_as(role)
        main = MainWindow(bench, Settings(), lambda _settings: None)
        windows.append(main)
        qtbot.addWidget(main)
        with qtbot.waitActive(main):
            main.show()
            main.activateWindow()
        return main

    yield open_it
    for main in windows:
        main.close()


@pytest.fixture
def window(open_window):
    return open_window()


def page_of(window):
    (page,) = window.findChildren(LendPage)
    return page


def opened(window):
    window.safekeeping.open_lending()
    return page_of(window)


def press(qtbot, page, name):
    qtbot.mouseClick(find(page, name), Qt.MouseButton.LeftButton)


def wait(qtbot, page, text):
    banner = find(page, "page_banner")
    qtbot.waitUntil(lambda: banner.isVisible() and text in banner.text(), timeout=30_000)


def strip_text(window):
    strip = find(window, "baton_strip")
    return find(strip, "banner_text").text() if strip.isVisible() else ""


def strip_buttons(window):
    buttons = find(window, "baton_strip").findChildren(QPushButton)
    return [button.text() for button in buttons if button.isVisible()]


def menu_texts(window):
    menu = window._menu.build()
    found = [action.text() for action in menu.actions()]
    menu.deleteLater()
    return found


def data_of(window):
    return DataFolder(window.bench.store.data_folder)


# Sad ways


def test_without_a_stick_the_page_says_so_and_nothing_changes(qtbot, window, drives):
    drives.paths.clear()
    page = opened(window)
    assert "没有找到U盘" in find(page, "lend_no_stick").text()
    assert strip_text(window) == ""
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not window.findChildren(LendPage))


def test_a_stick_that_fails_is_named_and_this_computer_goes_on(qtbot, window, monkeypatch):
    def fail(*_arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("desktop.safekeeping.backup.write_flushed", fail)
    page = opened(window)
    press(qtbot, page, "lend_stick_0")
    wait(qtbot, page, "磁盘满了")
    assert window.bench.store.baton().state == HERE
    assert strip_text(window) == ""
    assert find(page, "lend_stick_0").isVisible()


def test_a_reader_finds_no_way_in_and_while_the_data_are_out_only_the_sentence(qtbot, open_window, folder, stick):
    give(folder, stick, role="主任")
    main = open_window(Role.READER)
    assert not {"带到笔记本", "带出的数据"} & set(menu_texts(main))
    assert strip_text(main) == OUT_SENTENCE
    assert strip_buttons(main) == []


def test_what_is_typed_into_a_form_stays_and_the_sentence_stands_where_it_was_saved(qtbot, window, stick, folder):
    window._menu.open_places()
    window._pages[-1].findChild(QPushButton, "places_new").click()
    form = window._pages[-1]
    assert isinstance(form, PlaceForm)
    lending_of(window.bench).give(stick)
    form.set_values({"name": "新小区", "category": "小区"})
    form.request_save()
    qtbot.waitUntil(lambda: not window.runner.busy)
    said = "\n".join(one.text() for one in form.findChildren(QLabel) if one.isVisible())
    assert f"{OUT_SENTENCE}没有保存，填的内容还在。" in said
    assert form.values()["name"] == "新小区"
    assert form.isVisible()
    assert "新小区" not in {row.name for row in window.bench.places.all()}


# Out


def test_one_press_takes_the_data_along_and_every_page_says_so(qtbot, window, stick):
    assert "带到笔记本" in menu_texts(window)
    page = opened(window)
    press(qtbot, page, "lend_stick_0")
    wait(qtbot, page, "带出完成并已核对：居民3人、随访4条。可以拔U盘。")
    assert window.bench.store.baton().state == OUT
    assert strip_text(window) == OUT_SENTENCE
    assert strip_buttons(window) == ["带回来了…", "收回…"]
    assert "带出的数据" in menu_texts(window)
    for name in window.tab_titles():
        window.show_tab(name)
        assert strip_text(window) == OUT_SENTENCE


def test_a_window_that_was_open_all_the_time_says_it_too(qtbot, window, stick):
    lending_of(window.bench).give(stick)
    assert strip_text(window) == ""
    window._look_for_changes()
    assert strip_text(window) == OUT_SENTENCE
    take_back(data_of(window))
    window._look_for_changes()
    assert strip_text(window) == ""


def test_others_may_fetch_but_only_the_director_takes_back(qtbot, open_window, folder, stick):
    give(folder, stick, role="主任")
    main = open_window(Role.GRID)
    assert strip_buttons(main) == ["带回来了…"]
    page = opened(main)
    assert page.findChildren(QWidget, "lend_take_back") == []
    with qtbot.waitSignal(main.restore_wanted):
        press(qtbot, page, "lend_fetch")


def test_taking_back_says_what_is_lost_and_asks_once_more(qtbot, window, stick):
    lending_of(window.bench).give(stick)
    window._look_for_changes()
    press(qtbot, find(window, "baton_strip"), "banner_second")
    page = page_of(window)
    assert not find(page, "lend_sure").isVisible()
    press(qtbot, page, "lend_take_back")
    assert find(page, "lend_sure").isVisible()
    warning = find(find(page, "lend_sure"), "banner_text").text()
    assert warning == "6月17日 10:42以后在另一台电脑上登的，这里都没有，以后也合不进来。"
    press(qtbot, page, "lend_no")
    assert not find(page, "lend_sure").isVisible()
    assert window.bench.store.baton().state == OUT
    press(qtbot, page, "lend_take_back")
    press(qtbot, page, "lend_yes")
    wait(qtbot, page, "收回来了，从现在起又在这台电脑上登记。")
    assert window.bench.store.baton().is_here
    assert strip_text(window) == ""
    assert find(page, "lend_title").text() == "带到笔记本"


# What a kill leaves


def test_after_a_kill_the_next_window_offers_to_go_on(qtbot, open_window, folder, stick):
    with signed_in(folder) as bench:
        lending_of(bench)._begin(stick)
    main = open_window(Role.GRID)
    assert strip_text(main).startswith("带出没有完成。")
    assert strip_buttons(main) == ["继续…"]
    press(qtbot, find(main, "baton_strip"), "banner_button")
    page = page_of(main)
    assert "那一份没有做完，谁也用不了" in find(page, "lend_unfinished").text()
    press(qtbot, page, "lend_go_on")
    wait(qtbot, page, "带出完成并已核对")
    assert baton(folder).state == OUT


def test_after_a_kill_it_can_be_undone_by_whoever_may_carry(qtbot, open_window, folder, stick):
    with signed_in(folder) as bench:
        lending_of(bench)._begin(stick)
    main = open_window(Role.GRID)
    page = opened(main)
    press(qtbot, page, "lend_take_back")
    press(qtbot, page, "lend_yes")
    wait(qtbot, page, "收回来了")
    assert baton(folder).is_here


def test_a_copy_that_was_whole_when_the_program_was_killed_counts(qtbot, open_window, folder, stick):
    give(folder, stick)
    name_as_unfinished(folder)
    main = open_window(Role.GRID)
    page = opened(main)
    assert "其实已经做好、核对过了" in find(page, "lend_unfinished").text()
    press(qtbot, page, "lend_go_on")
    wait(qtbot, page, "上次已经做好并核对过，可以带走。")
    assert baton(folder).state == OUT


def test_without_the_stick_going_on_asks_for_it(qtbot, open_window, folder, stick):
    copy = give(folder, stick).path
    name_as_unfinished(folder)
    stick.rename(stick.with_name("拔掉了"))
    main = open_window(Role.GRID)
    page = opened(main)
    assert f"请插上那个U盘，再按“继续”。（放在：{copy}）" in find(page, "lend_unfinished").text()
    assert page.findChildren(QWidget, "lend_take_back") == []
    press(qtbot, page, "lend_go_on")
    wait(qtbot, page, "没有找到上次带出用的U盘。")
    assert not rough_name(copy, folder.path).exists()
    assert not baton(folder).is_here
    assert baton(folder).state != LEAVING


# To the laptop and back


@pytest.fixture
def start(qtbot, qapp):
    programs = []

    def run(data, staff=""):
        data.path.mkdir(exist_ok=True)
        program = Program(qapp, data.path, FixedClock(NOW))
        programs.append(program)
        program.start(staff, PASSWORD if staff else "")
        return program

    def end():
        while programs:
            programs.pop().end()

    run.end = end
    yield run
    end()


def restore_page(qtbot, program):
    qtbot.waitUntil(lambda: len(program.entry.findChildren(RestorePage)) == 1)
    (page,) = program.entry.findChildren(RestorePage)
    qtbot.waitUntil(lambda: not page._work.busy, timeout=10_000)
    return page


def look(qtbot, page, copy, who):
    page.list.select_id(copy)
    page.opening._who.set_value(who)
    page.opening._password.set_value(PASSWORD)
    press(qtbot, page, "restore_look")
    qtbot.waitUntil(lambda: page._verdict is not None and page._verdict.isVisible(), timeout=20_000)


def texts(page):
    return "\n".join(one.text() for one in page.findChildren(QLabel) if one.isVisible())


def test_on_the_laptop_the_copy_is_fetched_and_back_in_the_office_too(qtbot, folder, stick, tmp_path, start):
    laptop = DataFolder(tmp_path / "laptop")
    copy = give(folder, stick).path
    program = start(laptop)
    program.entry.show_restore()
    page = restore_page(qtbot, program)
    assert page.list._found[copy].carried == "罗晓梅带出"
    look(qtbot, page, copy, OFFICERS["卫生专干"])
    assert "这是带出来的数据，接过来以后在这台电脑上登记" in texts(page)
    assert find(page, "restore_go").text().strip() == "接过来，在这台电脑上登记"
    press(qtbot, page, "restore_go")
    qtbot.waitUntil(lambda: find(page, "restore_sign_in").isVisible(), timeout=30_000)
    qtbot.waitUntil(page._verdict.isVisible)
    assert "数据接过来了，从现在起在这台电脑上登记。" in texts(page)
    assert "自动备份先停着" not in texts(page)
    press(qtbot, page, "restore_sign_in")
    qtbot.waitUntil(lambda: program.main is not None, timeout=30_000)
    assert strip_text(program.main) == ""
    assert "带回办公室" in menu_texts(program.main)
    start.end()
    enter(laptop, "笔记本上登的")
    back = give(laptop, stick).path

    office = start(folder, OFFICERS["卫生专干"])
    qtbot.waitUntil(lambda: office.main is not None, timeout=30_000)
    press(qtbot, find(office.main, "baton_strip"), "banner_button")
    page = restore_page(qtbot, office)
    look(qtbot, page, back, OFFICERS["卫生专干"])
    assert "接着带出去的那一份做的，接过来不会少什么。" in texts(page)
    press(qtbot, page, "restore_go")
    qtbot.waitUntil(lambda: find(page, "restore_sign_in").isVisible(), timeout=30_000)
    press(qtbot, page, "restore_sign_in")
    qtbot.waitUntil(lambda: office.main is not None, timeout=30_000)
    assert strip_text(office.main) == ""
    assert "笔记本上登的" in {row.name for row in office.main.bench.places.all()}


def test_a_void_copy_is_refused_shown_and_put_aside(qtbot, folder, stick, tmp_path, start):
    laptop = DataFolder(tmp_path / "laptop")
    receive(give(folder, stick).path, laptop, holder())
    take_back(folder)
    enter(laptop, "笔记本上登的")
    late = give(laptop, stick).path
    program = start(folder)
    program.entry.show_restore()
    page = restore_page(qtbot, program)
    look(qtbot, page, late, OFFICERS["主任"])
    assert "这份带回的资料已经作废" in texts(page)
    assert "新建点位" in texts(page)
    assert not find(page, "restore_go").isVisible()
    press(qtbot, page, "restore_aside")
    wait(qtbot, page, "留好了")
    qtbot.waitUntil(lambda: any(one.holds == "带回时没有接的另一份" for one in page.list._found.values()))
    start.end()
    assert "笔记本上登的" not in places(folder)
