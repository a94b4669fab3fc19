"""Text made to fit: a line as large as its room allows, or several smaller lines."""

from __future__ import annotations

from typing import NamedTuple

from desktop.printing.document import Align
from desktop.printing.fonts import Role
from desktop.printing.lines import Line, break_lines
from desktop.printing.paper import MM, Colour, Paper
from desktop.printing.text import left_out, typeface


class Fitted(NamedTuple):
    """Lines of one text, the role and size they are set in, and the height (mm) of each."""

    lines: list[Line]
    role: Role
    size: float
    leading: float

    @property
    def height(self) -> float:
        """Return the height of all lines in millimetres."""
        return self.leading * len(self.lines)

    def draw(self, paper: Paper, x: float, y: float, width: float = 0.0, *, colour: Colour = Colour.BLACK) -> None:
        """Write the lines below *y*; with a *width* in its middle."""
        align: Align = "center" if width else "left"
        paper.lines(
            x, y, self.lines, self.role, self.size, leading=self.leading, measure=width, align=align, colour=colour
        )  # fmt: skip


def fitting_size(text: str, role: Role, size: float, width: float, *, least: float) -> float | None:
    """Return the largest size up to *size* at which *text* is no wider than *width* (mm); None if below *least*."""
    face = typeface(role)
    shown = face.printable(text)
    if "\n" in shown:
        return None
    wide = face.width(shown, size) / MM
    if wide <= width:
        return size
    smaller = size * width / wide
    return smaller if smaller >= least else None


def on_one_line(text: str, role: Role, size: float, width: float, *, least: float) -> tuple[str, float]:
    """Return *text* for one line of *width* (mm) and its size, from *size* down to *least*.

    What does not fit even then is cut, and the end says how many characters are left out.
    """
    face = typeface(role)
    shown = " ".join(face.printable(text).split())
    found = fitting_size(shown, role, size, width, least=least)
    if found is not None:
        return shown, found
    kept = min(len(shown), int(width * MM / least))
    while kept > 0:
        short = f"{shown[:kept]}{left_out(len(shown) - kept)}"
        if face.width(short, least) <= width * MM:
            return short, least
        kept -= 1
    return "", least


def fitted(text: str, role: Role, size: float, width: float, *, least: float, leading: float = 1.4) -> Fitted:
    """Return *text* on one line between *least* and *size*, else wrapped at *least*; *leading* in ems."""
    face = typeface(role)
    shown = face.printable(text)
    found = fitting_size(text, role, size, width, least=least)
    if found is not None:
        return Fitted([Line(shown, face.width(shown, found))], role, found, found * leading / MM)
    return Fitted(break_lines(shown, face, least, width * MM), role, least, least * leading / MM)


def fitted_or_capped(
    text: str, role: Role, size: float, width: float, *, least: float, most: int, leading: float = 1.4
) -> Fitted:
    """Return *text* as :func:`fitted` does, but in at most *most* lines."""
    made = fitted(text, role, size, width, least=least, leading=leading)
    return made if len(made.lines) <= most else capped(text, role, least, width, most=most, leading=leading)


def wrapped(text: str, role: Role, size: float, width: float, *, leading: float) -> Fitted:
    """Return *text* in lines of *width* (mm) at *size*; *leading* in ems."""
    face = typeface(role)
    return Fitted(break_lines(face.printable(text), face, size, width * MM), role, size, size * leading / MM)


def capped(text: str, role: Role, size: float, width: float, *, most: int, leading: float = 1.4) -> Fitted:
    """Return *text* wrapped as :func:`wrapped` does, in at most *most* lines: the last says how much is left out."""
    made = wrapped(text, role, size, width, leading=leading)
    kept = sum(len(line.text) for line in made.lines[:most])
    while len(made.lines) > most:
        kept = min(kept, len(text)) - 6
        made = wrapped(
            f"{text[: max(kept, 0)]}{left_out(len(text) - max(kept, 0))}", role, size, width, leading=leading
        )
        if kept <= 0:
            return made._replace(lines=made.lines[:most])
    return made
