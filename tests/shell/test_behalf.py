"""替别人录入 in the window: the chip, every form's first name, and what ends it."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMenu

from desktop.activities.rules import HELD
from desktop.foundation.clock import FixedClock
from desktop.foundation.settings import Settings
from desktop.register.records import Staff
from desktop.register.rights import Role
from desktop.shell.main_window import MainWindow
from desktop.window import Program
from tests.conftest import NOW, OFFICERS, PASSWORD
from tests.inspections.making import places
from tests.register.making import resident
from tests.shell.conftest import find

DIRECTOR, HEALTH, GRID, READER = (OFFICERS[role] for role in Role)


@pytest.fixture
def window_of(qtbot, bench_as):
    made = []

    def open_it(role: Role) -> MainWindow:
        window = MainWindow(bench_as(role), Settings(), lambda _settings: None)
        qtbot.addWidget(window)
        made.append(window)
        window.resize(1366, 768)
        window.show()
        return window

    yield open_it
    for window in made:
        window.runner.shutdown()


def choices(window) -> dict[str, object]:
    """Return text → action of 替别人录入, nothing where it is not offered."""
    menu = window._menu.build()
    return {action.text(): action for inner in menu.findChildren(QMenu, "behalf_menu") for action in inner.actions()}


def choose(window, name: str) -> None:
    next(action for text, action in choices(window).items() if text.startswith(name)).trigger()


def chip(window) -> str:
    found = find(window, "behalf")
    return found.text().strip() if found.isVisible() else ""


def said(window) -> str:
    return window._undo_bar.accessibleName()


def test_who_only_reads_is_not_offered_to_type_for_others(window_of):
    assert choices(window_of(Role.READER)) == {}


def test_one_cannot_choose_oneself_and_a_colleague_who_has_left_is_no_choice(window_of, bench):
    window = window_of(Role.HEALTH)
    assert list(choices(window)) == [f"{DIRECTOR}（主任）", f"{GRID}（网格员）", f"{READER}（只读）"]
    (who,) = (one for one in bench.behalf.choices() if one.name == GRID)
    with bench.store.writing("同事离开", bench.officer, undoable=False) as unit:
        unit.move_to_bin(unit.get(Staff, who.id))
    assert f"{GRID}（网格员）" not in choices(window)


def test_a_chosen_colleague_who_leaves_meanwhile_ends_it_and_is_said(window_of, bench):
    window = window_of(Role.HEALTH)
    choose(window, GRID)
    assert chip(window) == f"替{GRID}录入"
    (who,) = (one for one in bench.behalf.choices() if one.name == GRID)
    with bench.store.writing("同事离开", bench.officer, undoable=False) as unit:
        unit.move_to_bin(unit.get(Staff, who.id))
    window._look_for_changes()
    assert chip(window) == ""
    assert said(window).startswith(f"{GRID}已经不在名单里")
    assert window.bench.officer.doer == HEALTH


def test_choosing_a_colleague_shows_the_chip_and_the_cross_goes_back_to_oneself(qtbot, window_of):
    window = window_of(Role.HEALTH)
    assert chip(window) == ""
    choose(window, GRID)
    assert chip(window) == f"替{GRID}录入"
    assert said(window).startswith(f"从现在起替{GRID}录入")
    assert [text for text, action in choices(window).items() if action.isChecked()] == [f"{GRID}（网格员）"]
    qtbot.mouseClick(find(window, "behalf"), Qt.MouseButton.LeftButton)
    assert chip(window) == ""
    assert window.bench.officer.doer == HEALTH
    choose(window, DIRECTOR)
    choose(window, "不替了")
    assert (chip(window), window.bench.officer.doer) == ("", HEALTH)


def test_without_other_colleagues_it_says_what_to_do(window_of, bench):
    for one in bench.behalf.choices():
        with bench.store.writing("同事离开", bench.officer, undoable=False) as unit:
            unit.move_to_bin(unit.get(Staff, one.id))
    (only,) = choices(window_of(Role.DIRECTOR)).items()
    assert only[0].startswith("还没有别的同事")
    assert not only[1].isEnabled()


def forms(window) -> dict[str, object]:
    """Return form.field → field of every form that asks who did it, each opened afresh."""
    bench, tabs = window.bench, window._tabs
    found = {}
    inspections, pest, calendar = tabs["检查记录"], tabs["除害投药"], tabs["活动日历"]
    found["检查"] = inspections.open_form().field("inspector")
    for view, name in (
        ("投药登记", "operator"), ("药品台账", "handler"), ("伊蚊监测", "inspector"), ("密度监测", "inspector"),
    ):  # fmt: skip
        found[view] = pest.open_form(view).field(name)
    found["整片登记"] = pest.open_campaign().field("operator")
    found["活动"] = calendar.open_form(day=date(2026, 6, 10)).field("in_charge")
    found["张贴"] = tabs["通知告示"].open_posting().field("posted_by")
    found["随访"] = tabs.health.open_visit(None).field("recorded_by")
    found["血压测量"] = tabs.health.open_measuring()._by
    reports = tabs["台账报表"]
    from desktop.foundation.days import parse_period
    from desktop.reports.ui.forms import HandInForm

    content = bench.reports.content(parse_period("2026-05"))
    found["上报"] = HandInForm(
        bench.reports, bench.drafts, window, bench.clock, officer=bench.officer, content=content
    ).field("handled_by")
    assert reports is not None
    return found


def test_every_form_begins_with_oneself(window_of, bench):
    places(bench)
    resident(bench)
    found = forms(window_of(Role.HEALTH))
    assert {name: field.value() for name, field in found.items()} == dict.fromkeys(found, HEALTH)
    assert {field.message.text() for field in found.values()} == {""}


def test_every_form_begins_with_the_colleague_and_says_who_types(window_of, bench):
    places(bench)
    resident(bench)
    window = window_of(Role.HEALTH)
    choose(window, GRID)
    found = forms(window)
    assert {name: field.value() for name, field in found.items()} == dict.fromkeys(found, GRID)
    assert {field.message.text() for field in found.values()} == {f"由{HEALTH}代录"}
    for field in found.values():
        offered = [option.title for option in field._options]
        assert offered[:2] == [GRID, HEALTH]
        assert DIRECTOR in offered


def test_the_hint_follows_the_names_and_never_stands_in_the_way(window_of, bench):
    places(bench)
    window = window_of(Role.HEALTH)
    form = window._tabs["检查记录"].open_form()
    field = form.field("inspector")
    for value, hint in (
        ("绿盾消杀公司", f"由{HEALTH}代录"), (f"{GRID}、{HEALTH}", ""), (None, ""), (HEALTH, ""),
        (GRID, f"由{HEALTH}代录"),
    ):  # fmt: skip
        field.set_value(value)
        assert (value, field.message.text(), field.own_problem()) == (value, hint, "")
    field.set_value("周" * 101)
    assert field.own_problem() == "最多写100个字，请删去1个字。"


def test_a_planned_activity_is_nobody_s_doing_yet(window_of):
    window = window_of(Role.HEALTH)
    choose(window, GRID)
    form = window._tabs["活动日历"].open_form(day=date(2026, 6, 30))
    field = form.field("in_charge")
    assert (field.value(), field.message.text()) == (GRID, "")
    form.field("status").set_value(HELD)
    form._say_status()
    assert field.message.text() == f"由{HEALTH}代录"


def test_a_stored_record_opened_again_says_nothing_of_who_types(window_of, bench):
    places(bench)
    window = window_of(Role.HEALTH)
    from tests.inspections.making import finding

    row = window.bench.inspections.record(finding(inspector=GRID))
    field = window._tabs["检查记录"].open_form(row).field("inspector")
    assert (field.value(), field.message.text()) == (GRID, "")


def test_the_whole_way_from_the_menu_to_the_history_and_today(qtbot, window_of, bench):
    places(bench)
    window = window_of(Role.HEALTH)
    choose(window, GRID)
    form = window._tabs["检查记录"].open_form()
    form.set_values({"category": "环境卫生", "place": "渔村", "result": "合格"})
    with qtbot.waitSignal(form.saved) as saved:
        form.save()
    window.settle()
    (row,) = saved.args
    assert row.draft.inspector == GRID
    assert [change.who for change in bench.histories.of("inspections", row.id)] == [f"{HEALTH}（代{GRID}）"]
    window.show_tab("今日")
    window.settle()
    card = window.today.entries
    assert f"{HEALTH}（代{GRID}）" in [one.text() for one in card.findChildren(QLabel)]
    window.undo_last()
    qtbot.waitUntil(lambda: bench.inspections.rows([row.id]) == [])


@pytest.fixture
def signed_in(qtbot, qapp, folder):
    program = Program(qapp, folder.path, FixedClock(NOW))
    program.start(HEALTH, PASSWORD)
    qtbot.waitUntil(lambda: program.main is not None, timeout=30_000)
    yield program
    program.end()


def test_locking_ends_it_what_was_being_typed_stays_and_coming_back_is_told(qtbot, signed_in):
    main = signed_in.main
    choose(main, GRID)
    form = main._tabs["检查记录"].open_form()
    signed_in.lock_now()
    assert main.bench.behalf.chosen() == ""
    qtbot.keyClicks(find(signed_in.lock, "lock_password_editor"), PASSWORD)
    qtbot.keyClick(find(signed_in.lock, "lock_password_editor"), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: signed_in.lock is None, timeout=10_000)
    assert chip(main) == ""
    assert said(main).startswith(f"锁定以后不再替{GRID}录入")
    assert (form.field("inspector").value(), form.field("inspector").message.text()) == (GRID, f"由{HEALTH}代录")


def test_signing_out_ends_it(qtbot, signed_in):
    choose(signed_in.main, GRID)
    signed_in.main.signed_out.emit()
    qtbot.waitUntil(lambda: signed_in.main is None)
    signed_in.entry.sign_in_as(HEALTH, PASSWORD)
    qtbot.waitUntil(lambda: signed_in.main is not None, timeout=30_000)
    assert chip(signed_in.main) == ""
    assert signed_in.main.bench.officer.doer == HEALTH
