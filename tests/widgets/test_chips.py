from __future__ import annotations

from dataclasses import dataclass

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QHelpEvent, QImage, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem, QToolTip

from desktop.widgets.cells import Content, content_width, paint_content
from desktop.widgets.chips import CellStyle, Chip, ChipRow
from desktop.widgets.table import DataTable, PagedModel, TableColumn
from desktop.widgets.theme import Appearance, apply_theme, tokens

TAGS = [Chip("高血压", "blue"), Chip("65岁以上", "purple"), Chip("独居", "purple")]


@pytest.fixture
def row(qtbot, qapp):
    apply_theme(qapp, Appearance())
    made = ChipRow(TAGS)
    qtbot.addWidget(made)
    yield made
    apply_theme(qapp, Appearance())


def colours(image: QImage) -> set[str]:
    return {QColor(image.pixel(x, y)).name().upper() for x in range(image.width()) for y in range(image.height())}


def painted(qapp, content: Content, width: int) -> QImage:
    image = QImage(width, 40, QImage.Format.Format_RGB32)
    image.fill(QColor(tokens().card))
    painter = QPainter(image)
    paint_content(painter, QRect(0, 0, width, 40), content, qapp.font())
    painter.end()
    return image


def test_chips_flow_into_a_second_line_when_narrow(row):
    wide, narrow = row.heightForWidth(1000), row.heightForWidth(160)
    assert narrow > 2 * wide
    assert row.sizeHint().height() == wide


def test_chips_are_read_aloud_as_one_list_and_none_take_no_room(row):
    assert row.accessibleName() == "高血压、65岁以上、独居"
    row.set_chips([])
    assert row.isHidden()
    assert row.heightForWidth(100) == 0


def test_high_contrast_outlines_chips_instead_of_tinting_them(qapp, row):
    row.resize(row.sizeHint())
    assert tokens().blue_soft in colours(row.grab().toImage())
    soft = tokens().blue_soft
    apply_theme(qapp, Appearance(contrast=True))
    row.resize(row.sizeHint())
    seen = colours(row.grab().toImage())
    assert soft not in seen
    assert tokens().blue in seen


def test_chips_without_room_are_counted(qapp, row):
    content = Content("", CellStyle(chips=tuple(TAGS)))
    full = content_width(content, qapp.font())
    room_for_all = colours(painted(qapp, content, full + 4))
    assert tokens().grey_soft not in room_for_all
    assert tokens().grey_soft in colours(painted(qapp, content, full - 20))


def test_a_state_is_coloured_and_its_cell_is_as_wide_as_its_words(qapp, row):
    late = Content("6月5日", CellStyle(status="逾期12天", status_tone="danger"))
    assert content_width(late, qapp.font()) > content_width(Content("6月5日"), qapp.font())
    assert tokens().danger in colours(painted(qapp, late, 200))


@dataclass(frozen=True)
class Person:
    id: int
    address: str


@pytest.mark.qt_log_ignore("This plugin does not support")
@pytest.mark.parametrize(("width", "tip"), [(400, ""), (80, "幸福里一区 11号楼1单元404")])
def test_a_cell_too_narrow_for_its_text_tells_it_as_a_tip(qtbot, qapp, width, tip):
    person = Person(1, "幸福里一区 11号楼1单元404")
    model = PagedModel[Person]((TableColumn[Person]("address", "住址", lambda row: row.address, width),))
    model.set_source([1], lambda ids: [person])
    table = DataTable(model, "住址")
    qtbot.addWidget(table)
    table.show()
    QToolTip.hideText()
    index = model.index(0, 0)
    option = QStyleOptionViewItem()
    option.font, option.rect = table.font(), QRect(0, 0, width, 42)
    event = QHelpEvent(QHelpEvent.Type.ToolTip, QPoint(5, 5), table.mapToGlobal(QPoint(5, 5)))
    assert table.itemDelegate().helpEvent(event, table, option, index)
    assert QToolTip.text() == tip
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == person.address
    QToolTip.hideText()
