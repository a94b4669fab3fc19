from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from desktop.widgets import page_pictures
from desktop.widgets.pdf_view import PdfView

RED, BLUE = "#c80000", "#0000c8"


class Plain:
    """A document of pages of one colour that remembers what was drawn of it, and can be made to wait."""

    def __init__(self, count: int = 3, colour: str = RED, size: tuple[float, float] = (8.27, 11.69)) -> None:
        self._count, self._colour, self._size = count, QColor(colour), size
        self.drawn: list[tuple[int, float]] = []
        self.threads: set[int] = set()
        self.gate = threading.Event()
        self.gate.set()

    def count(self) -> int:
        return self._count

    def size(self, _index: int) -> tuple[float, float]:
        return self._size

    def image(self, index: int, dpi: float) -> tuple[int, int, bytes]:
        assert self.gate.wait(10)
        self.drawn.append((index, dpi))
        self.threads.add(threading.get_ident())
        width, height = round(self._size[0] * dpi), round(self._size[1] * dpi)
        pixel = bytes([self._colour.blue(), self._colour.green(), self._colour.red(), 255])
        return width, height, pixel * (width * height)


class Torn(Plain):
    """A document whose second page cannot be drawn."""

    def image(self, index: int, dpi: float) -> tuple[int, int, bytes]:
        if index == 1:
            raise ValueError("torn")
        return super().image(index, dpi)


@pytest.fixture
def view(qtbot):
    made = PdfView("预览")
    qtbot.addWidget(made)
    made.resize(700, 500)
    made.show()
    qtbot.waitExposed(made)
    return made


def show(qtbot, view, pages):
    with qtbot.waitSignal(view.settled):
        view.set_pages(pages)


def colour_at(view, x: int, y: int) -> str:
    return view.viewport().grab().toImage().pixelColor(x, y).name()


def paper_colour(view) -> str:
    return colour_at(view, view.viewport().width() // 2, view.viewport().height() // 4)


def turn_wheel(view, steps: int) -> None:
    at = QPointF(view.viewport().rect().center())
    event = QWheelEvent(
        at, view.viewport().mapToGlobal(at), QPoint(), QPoint(0, 120 * steps), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier, Qt.ScrollPhase.NoScrollPhase, False,  # noqa: FBT003  Qt takes it by place only
    )  # fmt: skip
    QApplication.sendEvent(view.viewport(), event)


def test_without_pages_it_says_so_and_keys_do_nothing(qtbot, view):
    assert view.accessibleDescription() == "还没有可以看的页面。"
    for key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp, Qt.Key.Key_Home, Qt.Key.Key_End):
        qtbot.keyClick(view, key)
    assert (view.page(), view.count()) == (0, 0)


def test_pages_are_drawn_beside_the_window(qtbot, view):
    pages = Plain()
    show(qtbot, view, pages)
    assert paper_colour(view) == RED
    assert threading.get_ident() not in pages.threads


def test_the_window_answers_while_a_page_is_being_drawn(qtbot, view):
    pages = Plain()
    pages.gate.clear()
    view.set_pages(pages)
    qtbot.keyClick(view, Qt.Key.Key_End)
    assert view.page() == 3
    assert paper_colour(view) == "#ffffff"  # the sheet is there, its picture is not yet
    with qtbot.waitSignal(view.settled):
        pages.gate.set()
    assert paper_colour(view) == RED


def test_only_pages_in_sight_and_their_neighbours_are_drawn(qtbot, view):
    pages = Plain(count=700)
    show(qtbot, view, pages)
    assert {index for index, _ in pages.drawn} == {0, 1}
    with qtbot.waitSignal(view.settled):
        view.go_to(350)
    assert {index for index, _ in pages.drawn} == {0, 1, 348, 349, 350}


def test_it_tells_which_page_is_in_front(qtbot, view):
    told = []
    view.page_changed.connect(lambda page, count: told.append((page, count)))
    show(qtbot, view, Plain())
    qtbot.keyClick(view, Qt.Key.Key_PageDown)
    qtbot.keyClick(view, Qt.Key.Key_PageDown)
    qtbot.keyClick(view, Qt.Key.Key_PageUp)
    assert told == [(1, 3), (2, 3), (3, 3), (2, 3)]
    assert view.accessibleDescription() == "第2页，共3页"


def test_whole_page_width_and_real_size(qtbot, view):
    sizes = []
    view.zoom_changed.connect(sizes.append)
    show(qtbot, view, Plain())
    whole = sizes[-1]
    view.set_fit("width")
    wide = sizes[-1]
    view.set_fit("actual")
    assert whole < wide < sizes[-1] == 100
    assert view.horizontalScrollBar().maximum() > 0
    view.set_fit("page")
    assert sizes[-1] == whole
    assert view.horizontalScrollBar().maximum() == 0


def test_the_wheel_with_ctrl_zooms_and_the_page_stays(qtbot, view):
    pages = Plain()
    show(qtbot, view, pages)
    view.go_to(2)
    sizes = []
    view.zoom_changed.connect(sizes.append)
    turn_wheel(view, 2)
    turn_wheel(view, -1)
    assert view.fit() == "free"
    assert sizes[0] > sizes[1]
    assert view.page() == 2
    turn_wheel(view, 40)
    assert sizes[-1] == 300


def test_pages_are_as_fine_as_the_screen(qtbot, view):
    pages = Plain(count=1)
    show(qtbot, view, pages)
    with qtbot.waitSignal(view.settled):
        view.set_fit("actual")
    assert pages.drawn[-1] == (0, round(view.logicalDpiX() * view.devicePixelRatioF(), 2))


def test_a_new_document_takes_the_place_of_the_old_without_a_blank_moment(qtbot, view):
    show(qtbot, view, Plain())
    view.go_to(2)
    fresh = Plain(colour=BLUE)
    fresh.gate.clear()
    view.set_pages(fresh)
    assert view.page() == 2
    assert paper_colour(view) == RED  # until the new page is there
    with qtbot.waitSignal(view.settled):
        fresh.gate.set()
    assert paper_colour(view) == BLUE


def test_a_picture_of_an_older_document_never_covers_a_newer_one(qtbot, view):
    slow, fresh = Plain(), Plain(colour=BLUE)
    slow.gate.clear()
    view.set_pages(slow)
    view.set_pages(fresh)
    with qtbot.waitSignal(view.settled):
        slow.gate.set()
    assert paper_colour(view) == BLUE


def test_a_shorter_document_ends_where_it_ends(qtbot, view):
    show(qtbot, view, Plain(count=9))
    qtbot.keyClick(view, Qt.Key.Key_End)
    show(qtbot, view, Plain(count=2, colour=BLUE))
    assert (view.page(), view.count()) == (2, 2)


def test_a_page_that_cannot_be_drawn_is_said_and_the_others_are_shown(qtbot, view):
    show(qtbot, view, Torn())
    assert paper_colour(view) == RED
    with qtbot.waitSignal(view.settled):
        view.go_to(2)
    before = view.viewport().grab().toImage()
    shades = {
        before.pixelColor(x, before.height() // 2).name() for x in range(before.width() // 3, before.width() * 2 // 3)
    }
    assert RED not in shades
    assert "#000000" in shades or len(shades) > 2  # the sentence


def test_pictures_are_kept_within_a_bound(qtbot, view, monkeypatch):
    monkeypatch.setattr(page_pictures, "KEPT_BYTES", 4_000_000)
    pages = Plain(count=30)
    show(qtbot, view, pages)
    for page in range(2, 31):
        with qtbot.waitSignal(view.settled):
            view.go_to(page)
    pages.drawn.clear()
    with qtbot.waitSignal(view.settled):
        view.go_to(1)
    assert 0 in {index for index, _ in pages.drawn}  # had been let go


def test_a_page_looked_at_again_is_not_drawn_again(qtbot, view):
    pages = Plain(count=3)
    show(qtbot, view, pages)
    for page in (3, 1, 2, 1):
        with qtbot.waitSignal(view.settled):
            view.go_to(page)
    assert sorted(index for index, _ in pages.drawn) == [0, 1, 2]


def test_the_paper_can_be_pushed_with_the_mouse(qtbot, view):
    show(qtbot, view, Plain())
    view.set_fit("actual")
    ground = view.viewport()
    qtbot.mousePress(ground, Qt.MouseButton.LeftButton, pos=QPoint(300, 300))
    qtbot.mouseMove(ground, QPoint(300, 180))
    qtbot.mouseRelease(ground, Qt.MouseButton.LeftButton, pos=QPoint(300, 180))
    assert view.verticalScrollBar().value() == 120


def test_a_sentence_can_stand_instead_of_pages(qtbot, view):
    show(qtbot, view, Plain())
    view.show_message("模板里有一处写错了。")
    assert (view.count(), view.accessibleDescription()) == (0, "模板里有一处写错了。")
    assert RED not in {colour_at(view, 350, y) for y in range(0, 400, 40)}


def test_closing_while_a_page_is_drawn_waits_for_it_and_shows_nothing(qtbot):
    view, pages = PdfView(), Plain()
    view.resize(300, 300)
    view.show()
    view.set_pages(pages)
    qtbot.waitUntil(lambda: bool(pages.threads))
    view.deleteLater()
    qtbot.waitUntil(lambda: not isValid(view))
    assert not pages.threads & {thread.ident for thread in threading.enumerate()}
