"""Mends to outlines and widths: cubic to quadratic, fewer points, raising, tabular digits, long dash, blending."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise

from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.scaleUpem import scale_upem
from fontTools.ttLib.tables._g_l_y_f import Glyph, GlyphCoordinates

EM_CENTRE = 380  # every font's ideographs stand around this height, in thousandths of an em
# Fields that a TrueType maxp table has and a CFF one lacks; saving works out those that count outlines.
_MAXIMA = (
    "maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs", "maxStackElements",
    "maxSizeOfInstructions", "maxComponentElements", "maxPoints", "maxContours", "maxCompositePoints",
    "maxCompositeContours", "maxComponentDepth",
)  # fmt: skip
Point = tuple[int, int, int]  # x, y, 1 if on the curve


def to_quadratic(font: TTFont, *, max_error: float) -> None:
    """Replace the CFF outlines of *font* by TrueType ones that stray at most *max_error* units."""
    glyph_set, order = font.getGlyphSet(), font.getGlyphOrder()
    glyphs: dict[str, Glyph] = {}
    for name in order:
        pen = TTGlyphPen(None)
        glyph_set[name].draw(Cu2QuPen(pen, max_error, reverse_direction=True))
        glyphs[name] = pen.glyph()
    font["loca"] = newTable("loca")
    table = font["glyf"] = newTable("glyf")
    table.glyphOrder, table.glyphs = order, glyphs
    for name in order:
        table[name].recalcBounds(table)
        font["hmtx"][name] = (font["hmtx"][name][0], getattr(table[name], "xMin", 0))
    profile = font["maxp"]
    profile.tableVersion = 0x00010000
    for field in _MAXIMA:
        setattr(profile, field, 0)
    profile.maxZones = 1
    font["post"].formatType = 3.0
    del font["CFF "]
    font.sfntVersion = "\0\1\0\0"


def coarsen(font: TTFont, units_per_em: int) -> None:
    """Set *font* on a grid of *units_per_em* and drop points within half a unit of the line they lie on.

    At 600 dpi no eye sees 1/1024 em; it saves a sixth of the packed size.
    """
    scale_upem(font, units_per_em)
    table = font["glyf"]
    for name in font.getGlyphOrder():
        glyph = table[name]
        if glyph.numberOfContours <= 0:
            continue
        contours = [thin for contour in _contours(glyph) if len(thin := _thinned(contour)) > 2]
        points = [point for contour in contours for point in contour]
        glyph.coordinates = GlyphCoordinates([point[:2] for point in points])
        glyph.flags = bytearray(point[2] for point in points)
        glyph.numberOfContours = len(contours)
        ends: list[int] = []
        for contour in contours:
            ends.append((ends[-1] if ends else -1) + len(contour))
        glyph.endPtsOfContours = ends
        glyph.recalcBounds(table)


def raise_all(font: TTFont, by: int) -> None:
    """Move every glyph of *font* up by *by* units; composite ones follow their parts."""
    table = font["glyf"]
    for name in font.getGlyphOrder():
        if table[name].numberOfContours > 0:
            table[name].coordinates.translate((0, by))
            table[name].recalcBounds(table)


def tabular_digits(font: TTFont, width: int) -> None:
    """Give all ten digits the same *width*, each centred, so that columns of figures align."""
    for digit in "0123456789":
        name = font.getBestCmap()[ord(digit)]
        _shift(font, name, x=(width - font["hmtx"][name][0]) / 2, y=0)
        font["hmtx"][name] = (width, font["glyf"][name].xMin)


def full_width_dash(font: TTFont) -> None:
    """Stretch the dash — over its whole em at the em's centre, so that —— joins."""
    name = font.getBestCmap()[0x2014]
    em = font["head"].unitsPerEm
    glyph = font["glyf"][name]
    glyph.coordinates.scale((em / (glyph.xMax - glyph.xMin), 1))
    glyph.coordinates.toInt()
    glyph.recalcBounds(font["glyf"])
    _shift(font, name, x=-glyph.xMin, y=EM_CENTRE * em / 1000 - (glyph.yMin + glyph.yMax) / 2)
    font["hmtx"][name] = (em, glyph.xMin)


def blend(light: TTFont, bold: TTFont, share: float) -> None:
    """Move *light* towards *bold* by *share*; both must be instances of one design, glyph by glyph the same points."""
    light_glyphs, bold_glyphs = light["glyf"], bold["glyf"]
    if light.getGlyphOrder() != bold.getGlyphOrder() or light.getBestCmap() != bold.getBestCmap():
        raise ValueError("the two fonts do not hold the same glyphs")
    for name in light.getGlyphOrder():
        here, there = light_glyphs[name], bold_glyphs[name]
        if here.numberOfContours != there.numberOfContours:
            raise ValueError(f"{name} is drawn differently in the two fonts")
        if here.numberOfContours > 0:
            pairs = list(zip(here.coordinates, there.coordinates, strict=True))
            here.coordinates = GlyphCoordinates(
                [(round(x + (to_x - x) * share), round(y + (to_y - y) * share)) for (x, y), (to_x, to_y) in pairs]
            )
            here.recalcBounds(light_glyphs)
        width, target = light["hmtx"][name][0], bold["hmtx"][name][0]
        light["hmtx"][name] = (round(width + (target - width) * share), getattr(here, "xMin", 0))


def _shift(font: TTFont, name: str, *, x: float, y: float) -> None:
    """Move one glyph; an empty or composite one stays."""
    glyph = font["glyf"][name]
    if glyph.numberOfContours > 0:
        glyph.coordinates.translate((round(x), round(y)))
        glyph.recalcBounds(font["glyf"])


def _contours(glyph: Glyph) -> Iterator[list[Point]]:
    """Yield the contours of a simple glyph."""
    start = 0
    for end in glyph.endPtsOfContours:
        yield [
            (int(x), int(y), flag & 1)
            for (x, y), flag in zip(glyph.coordinates[start : end + 1], glyph.flags[start : end + 1], strict=True)
        ]
        start = end + 1


def _thinned(contour: list[Point]) -> list[Point]:
    """Return *contour* without repeated points and without points that do not bend it."""
    distinct = [point for index, point in enumerate(contour) if point[:2] != contour[index - 1][:2] or not point[2]]
    start = next((index for index, point in enumerate(distinct) if point[2]), None)
    if start is None:
        return distinct
    ring = distinct[start:] + distinct[:start] + [distinct[start]]
    kept = [ring[0]]
    skipped: list[Point] = []
    for here, after in pairwise(ring[1:]):
        # Every point left out since the last kept one is measured again, or shallow bends would flatten step by step.
        if kept[-1][2] and after[2] and all(_near(kept[-1], point, after) for point in (*skipped, here)):
            skipped.append(here)
        else:
            kept.append(here)
            skipped = []
    return kept


def _near(start: Point, point: Point, end: Point) -> bool:
    """Return whether *point* lies between *start* and *end* within half a unit of the straight line."""
    across, up = end[0] - start[0], end[1] - start[1]
    length = math.hypot(across, up)
    to_x, to_y = point[0] - start[0], point[1] - start[1]
    # A control point pulls the curve only half its own distance.
    allowed = 0.5 if point[2] else 1.0
    return 0 <= to_x * across + to_y * up <= length * length and abs(across * to_y - up * to_x) <= allowed * length > 0
