"""A page to draw on: lengths in millimetres from the top left corner, written as plain PDF operators.

Operators are collected as text instead of calling reportlab's canvas for each string: a ledger of 200,000 cells
is written in less than half the time.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from enum import Enum

from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from desktop.printing.document import Align
from desktop.printing.fonts import Role, load
from desktop.printing.lines import Line
from desktop.printing.operators import TextOperators
from desktop.printing.text import Typeface, typeface

MM = 72 / 25.4
RIM = 4.0  # millimetres at the edge that printers leave blank
# Ideographs of every bundled font stand around this height above the baseline, in ems.
CENTRE = 0.38


class Colour(Enum):
    """The colours paper needs, as red, green and blue."""

    BLACK = (0.0, 0.0, 0.0)
    GREY = (0.42, 0.42, 0.42)
    RED = (0.80, 0.06, 0.08)
    WHITE = (1.0, 1.0, 1.0)
    TEAL = (0.055, 0.40, 0.36)
    LIGHT = (0.72, 0.72, 0.72)
    CREAM = (1.0, 0.945, 0.87)
    SAND = (1.0, 0.875, 0.76)
    CORAL = (1.0, 0.80, 0.72)
    GREEN = (0.05, 0.42, 0.24)

    def operator(self, *, stroke: bool) -> str:
        """Return the operator that selects this colour for lines or for text."""
        return " ".join(f"{part:g}" for part in self.value) + (" RG" if stroke else " rg")


_STRONG = frozenset({Colour.RED, Colour.TEAL, Colour.GREEN})
_TINTS = frozenset({Colour.CREAM, Colour.SAND, Colour.CORAL})
_CIRCLE = 0.5523  # of the radius: where a quarter circle's Bézier handles lie


class Paper:
    """Pages of one size. With *mono* everything coloured is black, for printers that would turn red to light grey.

    With *scale* everything comes out larger, the sheet too: lengths and sizes stay those of the smaller page.
    """

    def __init__(
        self, width_mm: float, height_mm: float, *, title: str, author: str, mono: bool = False, scale: float = 1.0
    ) -> None:
        load(Role.SONG)
        self.width_mm, self.height_mm = width_mm, height_mm
        self._mono = mono
        self._scale = scale
        self._target = io.BytesIO()
        # Without initialFontName every file would ask the reader for Helvetica; invariant keeps equal prints equal.
        self._canvas = Canvas(
            self._target,
            pagesize=(width_mm * MM * scale, height_mm * MM * scale),
            initialFontName=Role.SONG.value,
            invariant=1,
            pageCompression=1,
        )
        song = typeface(Role.SONG)
        self._canvas.setTitle(song.printable(title))
        self._canvas.setAuthor(song.printable(author))
        self._canvas.setCreator("居委工作台")
        self._operators: dict[tuple[Role, float], TextOperators] = {}
        self._texts: list[str] = []
        self._rules: dict[str, list[str]] = {}
        self._fills: list[str] = []
        self._shapes: list[str] = []
        self._under: list[str] = []

    @property
    def mono(self) -> bool:
        """Return whether everything is printed black."""
        return self._mono

    def under(self, operators: str) -> None:
        """Draw *operators* (points from the bottom left) below the rules and texts of this page."""
        self._under.append(f"q {operators} Q")

    def watermark(self, text: str, size: float) -> None:
        """Write *text* large, light grey and slanting across the middle of this page, below everything else."""
        face = typeface(Role.HEIB)
        half = face.width(face.printable(text), size) / 2
        x, y = self.width_mm * MM / 2, self.height_mm * MM / 2
        slope = 0.7071
        left, low = x - slope * half + slope * CENTRE * size, y - slope * half - slope * CENTRE * size
        shown = self.operators(face, size)[face.printable(text)]
        self.under(f"0.9 g BT {slope} {slope} -{slope} {slope} {left:.2f} {low:.2f} Tm {shown} ET")

    def operators(self, face: Typeface, size: float) -> TextOperators:
        """Return the table that turns a printable text into the operators showing it in *face* at *size*."""
        key = (face.role, size)
        if key not in self._operators:
            self._operators[key] = TextOperators(self._canvas._doc, face, size)
        return self._operators[key]

    def place(self, x_pt: float, baseline_pt: float, operators: str) -> None:
        """Show *operators* with their origin at a point counted from the bottom left."""
        self._texts.append(f"1 0 0 1 {x_pt:.2f} {baseline_pt:.2f} Tm {operators}")

    def place_all(self, placed: list[str]) -> None:
        """Show many strings at once, each a text matrix and operators as :meth:`place` writes them."""
        self._texts += placed

    def text(
        self,
        x: float,
        y: float,
        text: str,
        role: Role,
        size: float,
        *,
        align: Align = "left",
        tracking: float = 0.0,
        colour: Colour = Colour.BLACK,
    ) -> float:
        """Write one line with the middle of its em box at *y* and return its width in millimetres.

        *tracking* is added after every character but the last, in points. A line that would leave the paper is set
        smaller and pushed back onto it: whatever somebody wrote is to be read.
        """
        face = typeface(role)
        shown = face.printable(text).replace("\n", " ")
        width = face.width(shown, size) + tracking * max(len(shown) - 1, 0)
        most = (self.width_mm - 2 * RIM) * MM
        if width > most:
            size, tracking, width = size * most / width, tracking * most / width, most
        left = x * MM - {"left": 0.0, "center": width / 2, "right": width}[align]
        left = min(max(left, RIM * MM), (self.width_mm - RIM) * MM - width)
        self._show(left, y, shown, face, size, tracking=tracking, colour=colour)
        return width / MM

    def text_down(self, x: float, y: float, text: str, role: Role, size: float) -> None:
        """Write one line turned to run down the page from *y*, the middle of its em box at *x*."""
        face = typeface(role)
        shown = self.operators(face, size)[face.printable(text).replace("\n", " ")]
        baseline, start = x * MM - CENTRE * size, (self.height_mm - y) * MM
        self._texts.append(f"0 -1 1 0 {baseline:.2f} {start:.2f} Tm {shown}")

    def lines(
        self,
        x: float,
        y: float,
        lines: Iterable[Line],
        role: Role,
        size: float,
        *,
        leading: float,
        measure: float = 0.0,
        align: Align = "left",
        indent: float = 0.0,
        colour: Colour = Colour.BLACK,
    ) -> float:
        """Write *lines* below *y*, each *leading* high, within *measure*; return where they end."""
        face = typeface(role)
        for number, line in enumerate(lines):
            left = x * MM + (indent * MM if number == 0 else 0.0)
            if align != "left":
                left += (measure * MM - line.width) * (0.5 if align == "center" else 1.0)
            self._show(left, y + leading / 2, line.text, face, size, tracking=line.stretch, colour=colour)
            y += leading
        return y

    def rule(
        self,
        x1: float,
        y1: float,
        x2: float,
        y2: float,
        weight: float = 0.28,
        *,
        colour: Colour = Colour.BLACK,
    ) -> None:
        """Draw a straight line, *weight* points thick."""
        self.path([(x1, y1), (x2, y2)], weight, colour=colour)

    def path(
        self,
        points: Sequence[tuple[float, float]],
        weight: float,
        *,
        colour: Colour = Colour.BLACK,
        dashed: bool = False,
    ) -> None:
        """Draw lines from each of *points* to the next."""
        places = [f"{x * MM:.2f} {(self.height_mm - y) * MM:.2f}" for x, y in points]
        path = f"{places[0]} m " + " ".join(f"{place} l" for place in places[1:])
        if dashed:
            self._shapes.append(f"q [3 2.4] 0 d {self._pen(weight, colour)} {path} S Q")
        else:
            self._rules.setdefault(self._pen(weight, colour), []).append(path)

    def fill(self, x: float, y: float, width: float, height: float, colour: Colour) -> None:
        """Fill a rectangle, below everything else on the page; black-and-white paper leaves tints away."""
        if self._mono and colour in _TINTS:
            return
        self._fills.append(
            f"{self._ink(colour).operator(stroke=False)} "
            f"{x * MM:.2f} {(self.height_mm - y - height) * MM:.2f} {width * MM:.2f} {height * MM:.2f} re f"
        )

    def dot(self, x: float, y: float, radius: float, weight: float = 1.0) -> None:
        """Draw a white circle with a black rim, above all lines."""
        white = Colour.WHITE.operator(stroke=False)
        self._shapes.append(f"q {self._pen(weight, Colour.BLACK)} {white} {self._circle(x, y, radius)} b Q")

    def ring(self, x: float, y: float, radius: float, weight: float, *, colour: Colour = Colour.BLACK) -> None:
        """Draw a dashed circle."""
        self._shapes.append(f"q [3 2.4] 0 d {self._pen(weight, colour)} {self._circle(x, y, radius)} s Q")

    def _circle(self, x: float, y: float, radius: float) -> str:
        """Return the path of a circle in four curves."""
        left, middle, reach = x * MM, (self.height_mm - y) * MM, radius * MM
        bend = reach * _CIRCLE
        curves = (
            (reach, bend, bend, reach, 0.0, reach), (-bend, reach, -reach, bend, -reach, 0.0),
            (-reach, -bend, -bend, -reach, 0.0, -reach), (bend, -reach, reach, -bend, reach, 0.0),
        )  # fmt: skip
        path = " ".join(
            " ".join(f"{(left if index % 2 == 0 else middle) + step:.2f}" for index, step in enumerate(curve)) + " c"
            for curve in curves
        )
        return f"{left + reach:.2f} {middle:.2f} m {path}"

    def frame(
        self, x: float, y: float, width: float, height: float, weight: float, *, colour: Colour = Colour.BLACK
    ) -> None:
        """Draw the outline of a rectangle."""
        self._rules.setdefault(self._pen(weight, colour), []).append(
            f"{x * MM:.2f} {(self.height_mm - y - height) * MM:.2f} {width * MM:.2f} {height * MM:.2f} re"
        )

    def dashes(self, x1: float, y1: float, x2: float, y2: float) -> None:
        """Draw the grey dashes along which paper is cut."""
        top = self.height_mm
        self._canvas.addLiteral(
            f"q [3 2.4] 0 d {self._pen(0.5, Colour.GREY)} "
            f"{x1 * MM:.2f} {(top - y1) * MM:.2f} m {x2 * MM:.2f} {(top - y2) * MM:.2f} l S Q"
        )

    def picture(self, x: float, y: float, width: float, height: float, picture: bytes) -> bool:
        """Show a JPEG or PNG so that it fills the box, what stands over cut off; return whether it could be read."""
        try:
            reader = ImageReader(io.BytesIO(picture))
            across, down = reader.getSize()
        except Exception:  # noqa: BLE001  the readers of pictures raise whatever they stumble over
            return False
        scale = max(width / across, height / down) * MM
        shown_width, shown_height = across * scale, down * scale
        left, bottom = x * MM, (self.height_mm - y - height) * MM
        canvas = self._canvas
        canvas.saveState()
        frame = canvas.beginPath()
        frame.rect(left, bottom, width * MM, height * MM)
        canvas.clipPath(frame, stroke=0, fill=0)
        canvas.drawImage(
            reader, left + (width * MM - shown_width) / 2, bottom + (height * MM - shown_height) / 2,
            shown_width, shown_height,
        )  # fmt: skip
        canvas.restoreState()
        return True

    def end_page(self) -> None:
        """Finish this page; what is drawn next stands on the following one."""
        if self._scale != 1.0:
            self._canvas.addLiteral(f"{self._scale:g} 0 0 {self._scale:g} 0 0 cm")
        for drawn in self._under:
            self._canvas.addLiteral(drawn)
        if self._fills:
            self._canvas.addLiteral(f"q {' '.join(self._fills)} Q")
        for pen, paths in self._rules.items():
            self._canvas.addLiteral(f"{pen} {' '.join(paths)} S")
        for shape in self._shapes:
            self._canvas.addLiteral(shape)
        if self._texts:
            self._canvas.addLiteral(f"BT {' '.join(self._texts)} ET")
        self._under.clear()
        self._rules.clear()
        self._fills.clear()
        self._shapes.clear()
        self._texts.clear()
        self._canvas.showPage()

    def pdf(self) -> bytes:
        """Return the finished file."""
        self._canvas.save()
        return self._target.getvalue()

    def _show(
        self, left_pt: float, y: float, text: str, face: Typeface, size: float, *, tracking: float, colour: Colour
    ) -> None:
        """Write printable *text* with its em box centred on *y*."""
        operators = self.operators(face, size)[text]
        if tracking:
            operators = f"{tracking:.3f} Tc {operators} 0 Tc"
        if self._ink(colour) is not Colour.BLACK:
            operators = f"{colour.operator(stroke=False)} {operators} {Colour.BLACK.operator(stroke=False)}"
        self.place(left_pt, (self.height_mm - y) * MM - CENTRE * size, operators)

    def _ink(self, colour: Colour) -> Colour:
        """Return the colour really printed."""
        return Colour.BLACK if self._mono and colour in _STRONG else colour

    def _pen(self, weight: float, colour: Colour) -> str:
        """Return the operators that choose a pen."""
        return f"{weight:g} w {self._ink(colour).operator(stroke=True)}"
