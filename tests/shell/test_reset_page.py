from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from desktop.foundation.errors import WrongPassword
from desktop.register.office import opened, unlock
from desktop.register.rights import Role
from desktop.shell.reset_page import ResetPage
from desktop.store.history import Journal
from desktop.store.keys import RECOVERY
from desktop.store.recovery import secret_of
from tests.conftest import OFFICERS, PASSWORD, RECOVERY_CODE
from tests.shell.conftest import find, save_to

NEW = "xin mima 88"


@pytest.fixture
def entry(folder, open_entry):
    return open_entry(folder.path)


@pytest.fixture
def page(qtbot, entry) -> ResetPage:
    qtbot.mouseClick(find(entry, "forgot"), Qt.MouseButton.LeftButton)
    (found,) = entry.findChildren(ResetPage)
    return found


def paste(qtbot, box, text):
    QApplication.clipboard().setText(text)
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


def box(page, number):
    (found,) = (one for one in page.findChildren(QLineEdit, f"group_{number}") if one.isVisible())
    return found


def open_with(qtbot, page, groups):
    paste(qtbot, box(page, 1), " ".join(groups))
    qtbot.mouseClick(find(page, "open_with_code"), Qt.MouseButton.LeftButton)


def test_each_group_is_judged_as_it_is_typed(qtbot, page):
    qtbot.keyClicks(box(page, 1), "40717")
    assert page.focusWidget() is box(page, 2)  # full: on to the next
    qtbot.keyClicks(box(page, 2), "9236")
    assert not find(page, "code_message").isVisible()  # half typed is not wrong
    qtbot.keyClicks(box(page, 2), "2")
    assert "第2组“92362”" in find(page, "code_message").text()
    assert box(page, 2).property("problem")
    assert not box(page, 1).property("problem")


@pytest.mark.parametrize(
    "written",
    [
        " ".join(RECOVERY_CODE),
        "".join(RECOVERY_CODE),
        "-".join(RECOVERY_CODE),
        "４０７１７" + "".join(RECOVERY_CODE[1:]),
    ],
)
def test_a_pasted_code_fills_every_box_wherever_it_is_pasted(qtbot, page, written):
    paste(qtbot, box(page, 3), written)
    assert tuple(box(page, number).text() for number in range(1, 9)) == RECOVERY_CODE
    assert not find(page, "code_message").isVisible()


def test_one_key_too_many_leaves_the_neighbour_alone(qtbot, page):
    qtbot.keyClicks(box(page, 2), "92361")
    box(page, 1).setFocus()
    qtbot.keyClicks(box(page, 1), "40717")
    qtbot.keyClicks(box(page, 1), "9")
    assert (box(page, 1).text(), box(page, 2).text()) == ("40717", "92361")


def test_backspace_in_an_empty_box_goes_back(qtbot, page):
    box(page, 3).setFocus()
    qtbot.keyClick(box(page, 3), Qt.Key.Key_Backspace)
    assert page.focusWidget() is box(page, 2)


def test_a_missing_group_is_named(qtbot, page):
    paste(qtbot, box(page, 1), " ".join(RECOVERY_CODE))
    box(page, 5).clear()
    qtbot.mouseClick(find(page, "open_with_code"), Qt.MouseButton.LeftButton)
    assert "第5组要填5个数字" in find(page, "code_message").text()


def test_a_sound_code_of_another_file_is_refused_with_a_sentence(qtbot, page):
    other = (RECOVERY_CODE[1], RECOVERY_CODE[0], *RECOVERY_CODE[2:])
    open_with(qtbot, page, other)
    qtbot.waitUntil(lambda: "打不开这份资料" in find(page, "code_message").text())
    assert not find(page, "new_password_editor").isVisible()


def test_a_bad_new_password_is_marked_and_nothing_is_changed(qtbot, page, folder):
    before = folder.current().keys.read_bytes()
    open_with(qtbot, page, RECOVERY_CODE)
    qtbot.waitUntil(lambda: find(page, "new_password_editor").isVisible())
    qtbot.keyClicks(find(page, "new_password_editor"), "12345678")
    qtbot.mouseClick(find(page, "finish_reset"), Qt.MouseButton.LeftButton)
    assert "太常见" in find(page, "new_password_message").text()
    find(page, "new_password_editor").setText(NEW)
    qtbot.mouseClick(find(page, "finish_reset"), Qt.MouseButton.LeftButton)
    assert "还没有打印" in find(page, "code_state").text()  # the new code comes first
    assert not page._runner.busy
    assert folder.current().keys.read_bytes() == before


def test_going_back_leaves_everything_as_it_was(qtbot, entry, page, folder):
    before = folder.current().keys.read_bytes()
    open_with(qtbot, page, RECOVERY_CODE)
    qtbot.waitUntil(lambda: find(page, "new_password_editor").isVisible())
    qtbot.mouseClick(find(page, "back_to_login"), Qt.MouseButton.LeftButton)
    assert find(entry, "sign_in").isVisible()
    assert folder.current().keys.read_bytes() == before


def test_the_director_gets_in_with_the_new_password_and_both_old_secrets_are_void(  # noqa: PLR0917  fixtures
    qtbot, entry, page, folder, tmp_path, clock
):
    open_with(qtbot, page, RECOVERY_CODE)
    qtbot.waitUntil(lambda: find(page, "new_password_editor").isVisible())
    new_code = tuple(find(page, f"code_{number}").text() for number in range(1, 9))
    qtbot.keyClicks(find(page, "new_password_editor"), NEW)
    qtbot.mouseClick(find(page, "save_code"), Qt.MouseButton.LeftButton)
    save_to(qtbot, page, tmp_path / "new code.pdf")
    qtbot.waitUntil(lambda: find(page, "code_1").text() == "*****")
    for one in page.findChildren(QLineEdit):
        if one.objectName().startswith("group_") and one.isVisible():
            qtbot.keyClicks(one, new_code[one.number - 1])
    with qtbot.waitSignal(entry.entered, timeout=20_000) as entered:
        qtbot.mouseClick(find(page, "finish_reset"), Qt.MouseButton.LeftButton)
    slot_id, secret = entered.args[0]
    assert secret == NEW
    with opened(folder, slot_id=slot_id, secret=NEW, clock=clock) as found:
        assert (found.officer.name, found.officer.role) == (OFFICERS["主任"], Role.DIRECTOR)
        assert Journal(found.store).of_record(found.officer.staff_id)[0].label == "用恢复码重设密码"
    assert len(unlock(folder, RECOVERY, secret_of(new_code))) == 32
    with pytest.raises(WrongPassword):
        unlock(folder, slot_id, PASSWORD)
    with pytest.raises(WrongPassword):
        unlock(folder, RECOVERY, secret_of(RECOVERY_CODE))
