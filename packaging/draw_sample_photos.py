"""Draws the two photos of the sample community: a corridor before and after it was cleared. Run by hand."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter

SIZE = (960, 640)
TARGET = Path(__file__).resolve().parents[1] / "resources" / "demo"


def corridor() -> Image.Image:
    """Return an empty corridor with a door at its end."""
    made = Image.new("RGB", SIZE, "#c9cdca")
    draw = ImageDraw.Draw(made)
    draw.polygon([(0, 0), (330, 110), (330, 410), (0, 640)], fill="#b5bab7")
    draw.polygon([(960, 0), (630, 110), (630, 410), (960, 640)], fill="#bfc4c1")
    draw.polygon([(0, 640), (330, 410), (630, 410), (960, 640)], fill="#9aa5a1")
    draw.polygon([(0, 0), (330, 110), (630, 110), (960, 0)], fill="#d9dcda")
    draw.rectangle((330, 110, 630, 410), fill="#e3e5e2")
    draw.rectangle((415, 170, 545, 410), fill="#8a6547")
    draw.rectangle((427, 184, 533, 400), fill="#96704f")
    draw.ellipse((520, 290, 530, 300), fill="#d8c48a")
    draw.polygon([(440, 40), (520, 40), (500, 70), (460, 70)], fill="#f7f4e2")
    for offset in range(0, 330, 66):
        draw.line([(offset, 640 - offset * 230 // 330), (960 - offset, 640 - offset * 230 // 330)], fill="#8f9a96")
    return made


def cluttered() -> Image.Image:
    """Return the corridor with boxes and a bicycle in the way."""
    made = corridor()
    draw = ImageDraw.Draw(made)
    for left, top, right, bottom, ink in (
        (90, 360, 270, 560, "#b58a55"), (120, 250, 260, 362, "#a57d4b"), (250, 420, 380, 540, "#c39a63"),
        (690, 330, 880, 560, "#5c7387"),
    ):  # fmt: skip
        draw.rectangle((left, top, right, bottom), fill=ink, outline="#5b4630", width=3)
        draw.line([((left + right) // 2, top), ((left + right) // 2, bottom)], fill="#e8dcc0", width=8)
    for centre in (470, 640):
        draw.ellipse((centre - 62, 440, centre + 62, 564), outline="#22302e", width=9)
    draw.line([(470, 502), (540, 420), (640, 502), (530, 510), (470, 502)], fill="#7a1f1f", width=9)
    draw.line([(540, 420), (530, 510)], fill="#7a1f1f", width=9)
    draw.line([(525, 404), (565, 404)], fill="#22302e", width=12)
    draw.line([(640, 502), (615, 400), (655, 388)], fill="#22302e", width=9)
    return made


def main() -> None:
    """Write both pictures with the time they pretend to be taken."""
    TARGET.mkdir(exist_ok=True)
    for name, made in (("corridor_before", cluttered()), ("corridor_after", corridor())):
        made.filter(ImageFilter.GaussianBlur(0.8)).save(TARGET / f"{name}.jpg", quality=78)


if __name__ == "__main__":
    main()
