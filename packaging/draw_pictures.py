"""Draws icons and the installer's pictures from their SVG files: run it in .venv after one of them changed.

.venv/bin/python packaging/draw_pictures.py
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PIL import Image
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

ROOT = Path(__file__).resolve().parent.parent
ICONS = ROOT / "resources" / "icons"
SETUP = ROOT / "packaging" / "pictures"
SMALL = (16, 20, 24)
LARGE = (32, 40, 48, 64, 128, 256)
"""What Windows asks for at 100, 125, 150 and 200 percent; Linux desktops choose from the same."""


def drawn(svg: Path, wide: int, high: int) -> Image.Image:
    """Return *svg* drawn on *wide* × *high* pixels, see-through where nothing is drawn."""
    image = QImage(wide, high, QImage.Format.Format_RGBA8888)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(str(svg)).render(painter, QRectF(0, 0, wide, high))
    painter.end()
    return Image.frombytes("RGBA", (wide, high), bytes(image.constBits()))


def icon_pictures(small: Path, large: Path) -> list[Image.Image]:
    """Return the icon in every size; below 32 pixels a drawing of its own keeps it legible."""
    sizes = [(small, size) for size in SMALL] + [(large, size) for size in LARGE]
    return [drawn(svg, size, size) for svg, size in sizes]


def write_icon(path: Path, pictures: list[Image.Image]) -> None:
    """Write *pictures* as one Windows icon."""
    *others, biggest = pictures
    biggest.save(path, format="ICO", sizes=[one.size for one in pictures], append_images=others)


def main() -> int:
    """Draw everything again."""
    app = QGuiApplication.instance() or QGuiApplication(sys.argv[:1])
    for name in ("juwei", "juwei-backup"):
        write_icon(ICONS / f"{name}.ico", icon_pictures(ICONS / f"{name}-small.svg", ICONS / f"{name}.svg"))
    for size in (48, 128, 256):
        drawn(ICONS / "juwei.svg", size, size).save(ICONS / f"juwei-{size}.png", optimize=True)
    for name, wide, high in (("setup-side", 164, 314), ("setup-head", 150, 57)):
        picture = drawn(SETUP / f"{name}.svg", wide, high).convert("RGB")
        # NSIS reads no compressed pictures; 256 colours are a third of the size and these drawings have fewer.
        picture.quantize(256, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(SETUP / f"{name}.bmp")
    del app
    print("drawn: resources/icons, packaging/pictures")
    return 0


if __name__ == "__main__":
    sys.exit(main())
