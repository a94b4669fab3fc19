from __future__ import annotations

import pytest

from desktop.widgets.page_layout import GAP, LARGEST, MARGIN, SMALLEST, PageLayout, fitting_zoom

A4 = (210 / 25.4, 297 / 25.4)
A3_LYING = (420 / 25.4, 297 / 25.4)


def test_pages_stand_below_each_other_in_the_middle():
    layout = PageLayout([(4, 6), (6, 4)], 1.0, 100, 1000)
    assert layout.places == [(300, MARGIN, 400, 600), (200, MARGIN + 600 + GAP, 600, 400)]
    assert layout.height == MARGIN + 600 + GAP + 400 + MARGIN


def test_pages_wider_than_the_room_keep_a_margin_on_both_sides():
    layout = PageLayout([(6, 4)], 1.0, 100, 300)
    assert layout.places[0].x == MARGIN
    assert layout.width == 600 + 2 * MARGIN


def test_only_pages_that_are_seen_lie_between():
    layout = PageLayout([(1, 1)] * 10, 1.0, 100, 300)
    pitch = 100 + GAP
    assert list(layout.between(0, 50)) == [0]
    assert list(layout.between(MARGIN + 100, MARGIN + pitch)) == []  # the gap
    assert list(layout.between(MARGIN + 99, MARGIN + pitch + 1)) == [0, 1]
    assert list(layout.between(layout.height - 20, layout.height)) == [9]


def test_a_document_without_pages_has_no_height():
    layout = PageLayout([], 1.0, 96, 500)
    assert (layout.height, list(layout.between(0, 400))) == (0, [])


@pytest.mark.parametrize("room", [(900, 700), (1600, 500)])
def test_a_whole_page_fits_both_ways(room):
    zoom = fitting_zoom("page", [A4, A3_LYING], 96, room)
    assert A3_LYING[0] * 96 * zoom <= room[0] - 2 * MARGIN + 0.01
    assert A4[1] * 96 * zoom <= room[1] - 2 * MARGIN + 0.01


def test_the_widest_page_fills_the_width():
    zoom = fitting_zoom("width", [A4, A3_LYING], 96, (900, 100))
    assert A3_LYING[0] * 96 * zoom == pytest.approx(900 - 2 * MARGIN)


def test_zoom_stays_within_what_can_be_seen_and_drawn():
    assert fitting_zoom("page", [A4], 96, (30, 30)) == SMALLEST
    assert fitting_zoom("width", [(0.5, 0.5)], 96, (4000, 100)) == LARGEST
    assert fitting_zoom("actual", [A4], 96, (30, 30)) == 1.0
