from __future__ import annotations

import subprocess
import sys
from itertools import product

import pytest
from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QTabBar, QVBoxLayout, QWidget

from desktop.widgets.buttons import SecondaryButton
from desktop.widgets.drawings import DRAWINGS
from desktop.widgets.icons import icon
from desktop.widgets.theme import Appearance, apply_theme, base_points, load_fonts, scaled, theme_changed, tokens
from desktop.widgets.tokens import CONTRAST, MARK_PAIRS, NORMAL, TEXT_PAIRS, Tokens, contrast_ratio

SETS = {"normal": NORMAL, "contrast": CONTRAST}


def test_contrast_ratio_agrees_with_the_known_extremes():
    assert contrast_ratio("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast_ratio("#777777", "#777777") == pytest.approx(1)
    assert contrast_ratio("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize(("look", "pair"), list(product(SETS, TEXT_PAIRS)))
def test_every_text_can_be_read_on_its_ground(look, pair):
    t = SETS[look]
    assert contrast_ratio(t.colour(pair[0]), t.colour(pair[1])) >= 4.5


@pytest.mark.parametrize(("look", "pair"), list(product(SETS, MARK_PAIRS)))
def test_every_mark_can_be_seen_on_its_ground(look, pair):
    t = SETS[look]
    assert contrast_ratio(t.colour(pair[0]), t.colour(pair[1])) >= 3


@pytest.mark.parametrize("kind", ["blue", "purple", "green", "amber", "red", "grey", "danger", "info", "good"])
def test_every_kind_of_chip_has_a_readable_pair(kind):
    for t in SETS.values():
        assert contrast_ratio(*t.pair(kind)) >= 4.5


def ink_of(widget: QWidget, area: QRect, ink: str) -> set[tuple[int, int]]:
    picture = widget.grab().toImage()
    places = product(range(area.left(), area.right()), range(area.top(), area.bottom()))
    return {(x, y) for x, y in places if picture.pixelColor(x, y) == QColor(ink)}


def test_the_words_of_a_tab_stand_still_when_it_takes_the_focus(qtbot, dressed):
    page = QWidget()
    bar, other = QTabBar(page), QPushButton("别处", page)
    bar.addTab("今日")
    bar.addTab("检查记录")
    layout = QVBoxLayout(page)
    layout.addWidget(bar)
    layout.addWidget(other)
    qtbot.addWidget(page)
    page.show()
    other.setFocus()
    qtbot.waitUntil(other.hasFocus)
    size, inner = bar.tabRect(0), bar.tabRect(0).adjusted(5, 5, -5, -5)
    before = ink_of(bar, inner, tokens().accent_deep)
    bar.setFocus()
    qtbot.waitUntil(bar.hasFocus)
    assert before
    assert bar.tabRect(0) == size
    assert ink_of(bar, inner, tokens().accent_deep) == before


def test_high_contrast_breaks_the_edge_of_what_is_switched_off(qtbot, dressed):
    apply_theme(dressed, Appearance(contrast=True))
    button = SecondaryButton("打印名单")
    qtbot.addWidget(button)
    button.show()
    edge = QRect(14, 0, button.width() - 28, 2)
    whole = len(ink_of(button, edge, tokens().input_border))
    button.setEnabled(False)
    assert 0 < len(ink_of(button, edge, tokens().input_border)) < whole


def test_a_token_may_be_a_colour_already():
    assert NORMAL.colour("#123456") == "#123456"
    with pytest.raises(AttributeError):
        NORMAL.colour("no_such_token")


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("contrast", [False, True])
def test_a_theme_dresses_the_program_without_complaint_and_tells(qtbot, dressed, large, contrast):
    with qtbot.waitSignal(theme_changed):
        apply_theme(dressed, Appearance(large=large, contrast=contrast))
    label = QLabel("幸福里")
    qtbot.addWidget(label)
    label.ensurePolished()
    assert label.font().pointSizeF() == (15 if large else 12)
    assert tokens() is (CONTRAST if contrast else NORMAL)
    assert dressed.palette().window().color() == QColor(tokens().background)
    assert scaled(38) == (47 if large else 38)
    assert base_points() == (15 if large else 12)


def test_the_screen_font_of_the_program_is_the_one_used(dressed):
    assert "Juwei Sans" in load_fonts()
    assert dressed.font().families()[0] == "Juwei Sans"


@pytest.mark.parametrize("name", sorted(DRAWINGS))
def test_every_icon_draws_something(dressed, name):
    picture = icon(name, "accent").pixmap(QSize(24, 24), 1.5).toImage()
    assert picture.size() == QSize(36, 36)  # drawn at the screen's own pixels, not stretched
    inked = sum(picture.pixelColor(x, y).alpha() > 128 for x in range(36) for y in range(36))
    assert inked > 30


def test_an_icon_follows_the_theme_by_itself(dressed):
    mark = icon("check", "accent")
    assert NORMAL.accent.lower() in _colours(mark)
    apply_theme(dressed, Appearance(contrast=True))
    assert CONTRAST.accent.lower() in _colours(mark)


def test_an_icon_that_is_not_drawn_is_an_error():
    with pytest.raises(KeyError):
        icon("unicorn")


def test_importing_the_kit_loads_nothing_heavy():
    heavy = {"pypinyin", "lunar_python", "sqlmodel", "sqlalchemy", "reportlab", "pydantic", "python_calamine"}
    code = (
        "import sys, desktop.widgets.form, desktop.widgets.fields, desktop.widgets.panel, desktop.widgets.dialogs, "
        "desktop.widgets.crash; print(' '.join(sorted(name.split('.')[0] for name in sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not heavy & set(ran.stdout.split())


def _colours(mark) -> set[str]:
    picture = mark.pixmap(QSize(48, 48)).toImage()
    return {
        picture.pixelColor(x, y).name() for x in range(48) for y in range(48) if picture.pixelColor(x, y).alpha() == 255
    }


def test_tokens_are_complete_in_both_sets():
    names = {name for name in Tokens.__dataclass_fields__ if name not in {"line_width", "high_contrast"}}
    for t in SETS.values():
        assert all(QColor(t.colour(name)).isValid() for name in names)
    assert isinstance(QApplication.instance(), QApplication)
