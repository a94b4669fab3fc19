"""Small coloured words: what a chip is, how it is painted, and a widget that shows a line of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.widgets.theme import scaled, theme_changed, tokens

ChipKind = Literal["blue", "purple", "green", "amber", "red", "grey"]
Tone = Literal["", "danger", "warning", "good", "blue", "purple", "secondary", "accent"]

_SMALLER = 0.93
GAP = 6


@dataclass(frozen=True)
class Chip:
    """A word in a rounded field: a tag, or (bold) a state."""

    text: str
    kind: ChipKind = "grey"
    bold: bool = False


@dataclass(frozen=True)
class CellStyle:
    """How a table cell looks beyond its text; every colour comes with a word, never alone."""

    bold: bool = False
    tone: Tone = ""
    chips: tuple[Chip, ...] = ()
    status: str = ""  # follows the text: 逾期12天; in large type it goes below
    status_tone: Tone = "secondary"
    mark: Literal["", "danger", "warning"] = ""  # the cell itself is at fault: framed, or tinted


PLAIN = CellStyle()


def tone_color(tone: Tone) -> QColor:
    """Return the text colour of *tone* in the present appearance."""
    return QColor(tokens().colour(tone or "text"))


def sized(font: QFont, factor: float = 1.0, *, bold: bool = False) -> QFont:
    """Return *font* at *factor* of its size, never below 10.5 pt where text must be read."""
    made = QFont(font)
    made.setBold(bold)
    if factor != 1.0 and font.pointSizeF() > 0:
        made.setPointSizeF(max(10.5, font.pointSizeF() * factor))
    return made


def chip_size(chip: Chip, font: QFont) -> QSize:
    """Return the room *chip* takes when the text around it is set in *font*."""
    metrics = QFontMetrics(sized(font, _SMALLER, bold=chip.bold or tokens().high_contrast))
    return QSize(metrics.horizontalAdvance(chip.text) + 2 * scaled(9), metrics.height() + scaled(4))


def paint_chip(painter: QPainter, at: QPointF, chip: Chip, font: QFont) -> float:
    """Paint *chip* with its top left corner *at* and return its width."""
    size = chip_size(chip, font)
    box = QRectF(at.x(), at.y(), size.width(), size.height())
    ink, paper = (QColor(colour) for colour in tokens().pair(chip.kind))
    outlined = tokens().high_contrast
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(ink, 1.5) if outlined else Qt.PenStyle.NoPen)
    painter.setBrush(paper)
    inset = 0.75 if outlined else 0.0
    outline = box.adjusted(inset, inset, -inset, -inset)
    painter.drawRoundedRect(outline, outline.height() / 2, outline.height() / 2)
    painter.setPen(ink)
    painter.setFont(sized(font, _SMALLER, bold=chip.bold or outlined))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, chip.text)
    painter.restore()
    return box.width()


class ChipRow(QWidget):
    """Chips side by side, flowing into further lines where the width asks for it."""

    def __init__(self, chips: Sequence[Chip] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chips: tuple[Chip, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme_changed.connect(self.updateGeometry)
        self.set_chips(chips)

    def set_chips(self, chips: Sequence[Chip]) -> None:
        """Show *chips* instead; without any the row takes no room."""
        self._chips = tuple(chips)
        self.setAccessibleName("、".join(chip.text for chip in chips))
        self.setVisible(bool(chips))
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        """Say that a narrower row is a higher one."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height all chips need at *width*."""
        places = self._places(width)
        return max((place.bottom() + 1 for place in places), default=0)

    def sizeHint(self) -> QSize:
        """Return the room for all chips in one line."""
        places = self._places(100_000)
        return QSize(max((place.right() + 1 for place in places), default=0), self.heightForWidth(100_000))

    def minimumSizeHint(self) -> QSize:
        """Return the room for the widest chip."""
        sizes = [chip_size(chip, self.font()) for chip in self._chips]
        width = max((size.width() for size in sizes), default=0)
        return QSize(width, max((size.height() for size in sizes), default=0))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint every chip at its place."""
        painter = QPainter(self)
        for chip, place in zip(self._chips, self._places(self.width()), strict=True):
            paint_chip(painter, QPointF(place.topLeft()), chip, self.font())
        painter.end()

    def _places(self, width: int) -> list[QRect]:
        places: list[QRect] = []
        x = y = 0
        for chip in self._chips:
            size = chip_size(chip, self.font())
            if x and x + size.width() > width:
                x, y = 0, y + size.height() + GAP
            places.append(QRect(x, y, size.width(), size.height()))
            x += size.width() + GAP
        return places
