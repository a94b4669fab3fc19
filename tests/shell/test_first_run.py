from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinterInfo
from PySide6.QtWidgets import QLineEdit, QMessageBox, QPushButton

from desktop.printing.preview import page_count
from desktop.register.office import opened, unlock
from desktop.register.rights import Role
from desktop.shell.first_run import FirstRun
from desktop.store.folder import DataFolder
from desktop.store.keys import RECOVERY
from desktop.store.recovery import secret_of
from tests.shell.conftest import find, save_to, type_chinese

NAME = "幸福里社区居民委员会"
WORD = "yuqin 2026"


@pytest.fixture
def path(tmp_path):
    return tmp_path / "new"


@pytest.fixture
def entry(path, open_entry):
    return open_entry(path)


@pytest.fixture
def page(entry) -> FirstRun:
    (found,) = entry.findChildren(FirstRun)
    return found


def press(qtbot, page, name):
    qtbot.mouseClick(find(page, name), Qt.MouseButton.LeftButton)


def fill_committee(qtbot, page):
    type_chinese(find(page, "committee_editor"), NAME)
    press(qtbot, page, "next")


def fill_officer(qtbot, page, number, name, word):
    type_chinese(find(page, f"name_{number}"), name)
    qtbot.keyClicks(find(page, f"password_{number}"), word)


def fill_people(qtbot, page):
    fill_officer(qtbot, page, 1, "沈玉琴", WORD)
    press(qtbot, page, "next")


def keep_code(qtbot, page, target):
    press(qtbot, page, "save_code")
    save_to(qtbot, page, target)


def digits_of(page):
    return tuple(find(page, f"code_{number}").text() for number in range(1, 9))


def type_asked_groups(qtbot, page, digits):
    for box in (one for one in page.findChildren(QLineEdit) if one.objectName().startswith("group_")):
        if box.isVisible():
            qtbot.keyClicks(box, digits[box.number - 1])


def fill_code(qtbot, page, target):
    digits = digits_of(page)
    keep_code(qtbot, page, target)
    qtbot.waitUntil(lambda: find(page, "code_1").text() == "*****")
    type_asked_groups(qtbot, page, digits)
    press(qtbot, page, "next")
    return digits


def title(page):
    return find(page, "step_title").text()


def test_an_empty_first_step_marks_the_name_only_and_stays(qtbot, page):
    press(qtbot, page, "next")
    assert find(page, "committee_message").text() == "请填居委会名称。"
    assert not find(page, "region_editor").property("problem")
    assert find(page, "missing").text() == "还差 1项"
    assert title(page) == "这是哪个居委会"


def test_a_wrong_region_is_marked_and_a_doubtful_one_only_remarked(qtbot, page):
    type_chinese(find(page, "committee_editor"), NAME)
    qtbot.keyClicks(find(page, "region_editor"), "44040200301")
    press(qtbot, page, "next")
    assert "这里有11位" in find(page, "region_message").text()
    find(page, "region_editor").setText("440402003301")
    assert "末三位" in find(page, "region_message").text()
    assert not find(page, "region_editor").property("problem")
    press(qtbot, page, "next")
    assert title(page) == "谁来用这个程序"


def test_only_the_wrong_password_is_marked(qtbot, page):
    fill_committee(qtbot, page)
    fill_officer(qtbot, page, 1, "沈玉琴", WORD)
    press(qtbot, page, "add_officer")
    fill_officer(qtbot, page, 2, "罗晓梅", "12345678")
    press(qtbot, page, "next")
    assert find(page, "password_2_message").text() == "太常见，请换一个，至少8位。"
    assert not find(page, "password_1_message").isVisible()
    assert not find(page, "name_2_message").isVisible()
    assert find(page, "missing").text() == "还差 1项"
    assert find(page, "password_2").hasFocus()


def test_without_a_director_nobody_gets_on(qtbot, page):
    fill_committee(qtbot, page)
    fill_officer(qtbot, page, 1, "沈玉琴", WORD)
    find(page, "role_1").setCurrentText(Role.GRID.value)
    press(qtbot, page, "next")
    assert "至少要有一位主任" in find(page, "role_1_message").text()
    assert title(page) == "谁来用这个程序"
    find(page, "role_1").setCurrentText(Role.DIRECTOR.value)
    assert not find(page, "role_1_message").isVisible()


def test_two_officers_of_one_name_are_told_apart(qtbot, page):
    fill_committee(qtbot, page)
    fill_officer(qtbot, page, 1, "沈玉琴", WORD)
    press(qtbot, page, "add_officer")
    fill_officer(qtbot, page, 2, "沈玉琴", WORD)
    press(qtbot, page, "next")
    assert "同名" in find(page, "name_2_message").text()
    press(qtbot, page, "remove_2")
    assert find(page, "missing").text() == ""


def test_the_last_row_cannot_be_taken_away(qtbot, page):
    fill_committee(qtbot, page)
    assert not find(page, "remove_1").isEnabled()
    press(qtbot, page, "add_officer")
    assert find(page, "remove_1").isEnabled()


def test_going_back_loses_nothing(qtbot, page):
    fill_committee(qtbot, page)
    fill_officer(qtbot, page, 1, "沈玉琴", "short")
    press(qtbot, page, "back")
    assert find(page, "committee_editor").text() == NAME
    press(qtbot, page, "step_2")
    assert (find(page, "name_1").text(), find(page, "password_1").text()) == ("沈玉琴", "short")
    assert not find(page, "step_3").isEnabled()


def test_the_code_must_be_kept_before_its_groups_are_asked(qtbot, page):
    fill_committee(qtbot, page)
    fill_people(qtbot, page)
    asked = [one for one in page.findChildren(QLineEdit) if one.objectName().startswith("group_") and one.isVisible()]
    assert len(asked) == 2
    assert not any(one.isEnabled() for one in asked)
    press(qtbot, page, "next")
    assert title(page) == "恢复码：打印后封存"
    assert find(page, "missing").text() == "还差 3项"


def test_the_code_is_not_saved_beside_the_data(qtbot, page, path, tmp_path):
    fill_committee(qtbot, page)
    fill_people(qtbot, page)
    path.mkdir(exist_ok=True)
    keep_code(qtbot, page, path / "code.pdf")
    qtbot.waitUntil(lambda: bool(page.findChildren(QMessageBox)))
    assert "这个文件夹放的是资料本身" in page.findChildren(QMessageBox)[0].informativeText()
    assert not (path / "code.pdf").exists()
    assert find(page, "missing").text() == "还差 3项"


def test_a_wrong_group_is_named_and_holds_the_step(qtbot, page, tmp_path):
    fill_committee(qtbot, page)
    fill_people(qtbot, page)
    digits = digits_of(page)
    keep_code(qtbot, page, tmp_path / "code.pdf")
    qtbot.waitUntil(lambda: find(page, "code_1").text() == "*****")
    assert page_count((tmp_path / "code.pdf").read_bytes()) == 1
    first, _second = (one for one in page.findChildren(QLineEdit) if one.objectName().startswith("group_"))
    other = next(
        group for number, group in enumerate(digits, 1) if number != first.number and group != digits[first.number - 1]
    )
    qtbot.keyClicks(first, other)
    assert f"第{first.number}组“{other}”和纸上的不一样" in find(page, "code_message").text()
    press(qtbot, page, "next")
    assert title(page) == "恢复码：打印后封存"
    assert find(page, "missing").text() == "还差 2项"


def test_another_committee_name_wants_the_sheet_printed_again(qtbot, page, tmp_path):
    fill_committee(qtbot, page)
    fill_people(qtbot, page)
    fill_code(qtbot, page, tmp_path / "code.pdf")
    assert title(page) == "楼栋和居民"
    press(qtbot, page, "step_1")
    find(page, "committee_editor").setText("后环社区居民委员会")
    press(qtbot, page, "step_4")
    press(qtbot, page, "step_3")
    assert find(page, "missing").text() == "还差 3项"


def test_without_a_printer_saving_is_offered(qtbot, page):
    if QPrinterInfo.availablePrinterNames():
        pytest.skip("this computer has a printer")
    fill_committee(qtbot, page)
    fill_people(qtbot, page)
    press(qtbot, page, "print_code")
    qtbot.waitUntil(lambda: bool(page.findChildren(QMessageBox)))
    box = page.findChildren(QMessageBox)[0]
    assert "没有装打印机" in box.informativeText()
    (save,) = (one for one in box.buttons() if one.text() == "存成PDF")
    save.click()
    qtbot.waitUntil(lambda: any(one.isVisible() for one in page.findChildren(QPushButton)))
    assert find(page, "missing").text() == "还差 3项"


def test_nothing_is_on_the_disk_before_the_last_button(qtbot, page, path, tmp_path):
    fill_committee(qtbot, page)
    fill_people(qtbot, page)
    fill_code(qtbot, page, tmp_path / "code.pdf")
    assert not path.exists()


def test_a_place_that_cannot_be_written_is_a_sentence_and_everything_stays(qtbot, open_entry, tmp_path):
    (tmp_path / "file").write_text("a file where the folder should be")
    entry = open_entry(tmp_path / "file" / "data")
    (page,) = entry.findChildren(FirstRun)
    fill_committee(qtbot, page)
    fill_people(qtbot, page)
    fill_code(qtbot, page, tmp_path / "code.pdf")
    press(qtbot, page, "next")
    qtbot.waitUntil(lambda: find(page, "trouble").isVisible())
    assert "没有成功" in find(page, "trouble").text()
    assert find(page, "next").isEnabled()
    press(qtbot, page, "step_2")
    assert find(page, "password_1").text() == WORD


def test_a_folder_set_up_meanwhile_is_not_touched(qtbot, page, path, tmp_path, folder):
    fill_committee(qtbot, page)
    fill_people(qtbot, page)
    fill_code(qtbot, page, tmp_path / "code.pdf")
    folder.path.rename(path)
    keys = DataFolder(path).current().keys.read_bytes()
    press(qtbot, page, "next")
    qtbot.waitUntil(lambda: find(page, "trouble").isVisible())
    assert "已经有资料了" in find(page, "trouble").text()
    assert DataFolder(path).current().keys.read_bytes() == keys


def test_finishing_makes_the_file_and_signs_the_first_director_in(  # noqa: PLR0917  fixtures
    qtbot, entry, page, path, tmp_path, clock, stored
):
    fill_committee(qtbot, page)
    fill_officer(qtbot, page, 1, "罗晓梅", "xiaomei 77")
    find(page, "role_1").setCurrentText(Role.HEALTH.value)
    press(qtbot, page, "add_officer")
    fill_officer(qtbot, page, 2, "沈玉琴", WORD)
    find(page, "role_2").setCurrentText(Role.DIRECTOR.value)
    press(qtbot, page, "next")
    digits = fill_code(qtbot, page, tmp_path / "code.pdf")
    find(page, "import_next").setChecked(True)
    with qtbot.waitSignal(entry.entered, timeout=20_000) as entered:
        press(qtbot, page, "next")
    slot_id, secret = entered.args[0]
    folder = DataFolder(path)
    with opened(folder, slot_id=slot_id, secret=secret, clock=clock) as found:
        assert (found.officer.name, found.officer.role) == ("沈玉琴", Role.DIRECTOR)
        assert found.ring.committee == NAME
    assert len(unlock(folder, RECOVERY, secret_of(digits))) == 32
    assert any(one.import_next for one in stored)
    for file in (one for one in path.rglob("*") if one.is_file()):
        assert WORD.encode() not in file.read_bytes()


def test_closing_with_something_typed_asks_first(qtbot, entry, page):
    type_chinese(find(page, "committee_editor"), NAME)
    entry.close()
    assert entry.isVisible()
    (box,) = page.findChildren(QMessageBox)
    (leave,) = (one for one in box.buttons() if one.text() == "关掉")
    leave.click()
    qtbot.waitUntil(lambda: not entry.isVisible())
