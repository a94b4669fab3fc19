"""Warning signs drawn on paper: the triangle of GB 2894 with a skull, or with an exclamation mark."""

from __future__ import annotations

from desktop.printing.document import Sign
from desktop.printing.paper import MM, Paper

HEIGHT_BY_WIDTH = 0.88
_YELLOW = "0.98 0.80 0.02 rg"
_ROUND = 0.5523  # of the radius: how far a circle's control points stand from its ends


def draw_sign(paper: Paper, sign: Sign, x: float, y: float, width: float) -> None:
    """Draw *sign* in a box of *width* whose upper left corner is at (x, y), in millimetres; nothing for no sign."""
    if not sign:
        return
    scale = width / 100 * MM
    paper.under(
        f"{scale:.4f} 0 0 {scale:.4f} {x * MM:.2f} {(paper.height_mm - y - width * HEIGHT_BY_WIDTH) * MM:.2f} cm"
        f" {_triangle(paper)} {_skull(paper) if sign == 'poison' else _exclamation()}"
    )


def _triangle(paper: Paper) -> str:
    """Return the triangle in a box of 100 × 88: black edge with round corners, yellow ground (white in 黑白)."""
    ground = "1 g" if paper.mono else _YELLOW
    return (
        "1 j 0 g 0 G 9 w 6 5 m 94 5 l 50 82 l h B "
        f"{ground} {'1 G' if paper.mono else _YELLOW.replace('rg', 'RG')} 2 w 13 9.5 m 87 9.5 l 50 74 l h B"
    )


def _exclamation() -> str:
    return f"0 g 46 62 m 54 62 l 52.2 34 l 47.8 34 l h f {_disc(50, 25, 4.6)} f"


def _skull(paper: Paper) -> str:
    """Return a skull over crossed bones."""
    ground = "1 g" if paper.mono else _YELLOW
    bones = "0 G 1 J 4.2 w 29 15 m 71 27.5 l S 29 27.5 m 71 15 l S 0 g "
    for bone_x, low, high in ((28, 15, 28), (72, 15, 28)):
        for bone_y in (low, high):
            away = 1 if bone_x > 50 else -1
            bones += f"{_disc(bone_x, bone_y + 2.0, 2.9)} f {_disc(bone_x + away * 1.6, bone_y - 2.0, 2.9)} f "
    head = f"0 g {_oval(50, 44, 15, 13.5)} f 42.5 37 m 57.5 37 l 57 26.5 l 43 26.5 l h f "
    holes = f"{ground} {_oval(44, 42, 4.0, 3.8)} f {_oval(56, 42, 4.0, 3.8)} f 50 38.5 m 52.2 33.5 l 47.8 33.5 l h f "
    pen = ground.replace("rg", "RG").replace(" g", " G")
    teeth = f"{pen} 0.9 w 47 26.5 m 47 31 l S 50 26.5 m 50 31 l S 53 26.5 m 53 31 l S"
    return bones + head + holes + teeth


def _disc(x: float, y: float, radius: float) -> str:
    return _oval(x, y, radius, radius)


def _oval(x: float, y: float, wide: float, high: float) -> str:
    """Return the path of an ellipse around (x, y)."""
    a, b = wide * _ROUND, high * _ROUND
    return (
        f"{x + wide:.2f} {y:.2f} m "
        f"{x + wide:.2f} {y + b:.2f} {x + a:.2f} {y + high:.2f} {x:.2f} {y + high:.2f} c "
        f"{x - a:.2f} {y + high:.2f} {x - wide:.2f} {y + b:.2f} {x - wide:.2f} {y:.2f} c "
        f"{x - wide:.2f} {y - b:.2f} {x - a:.2f} {y - high:.2f} {x:.2f} {y - high:.2f} c "
        f"{x + a:.2f} {y - high:.2f} {x + wide:.2f} {y - b:.2f} {x + wide:.2f} {y:.2f} c h"
    )


def disc_path(paper: Paper, x: float, y: float, diameter: float) -> str:
    """Return the path of a disc around a place given in millimetres from the top left of *paper*."""
    return _disc(x * MM, (paper.height_mm - y) * MM, diameter / 2 * MM)
