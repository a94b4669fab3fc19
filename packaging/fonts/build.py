"""Builds resources/fonts and resources/licences from the recorded packages: ``python packaging/fonts/build.py WORK``.

WORK keeps the downloaded packages between runs. Needs fontTools, npm, apt-get and dpkg-deb; takes some minutes.
The results are committed, so only somebody who changes a font runs this.
"""

from __future__ import annotations

import argparse
import gzip
import lzma
from dataclasses import dataclass
from pathlib import Path

import charsets
import outlines
import sources
from fontTools import subset
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parents[2]
FONTS, LICENCES = ROOT / "resources" / "fonts", ROOT / "resources" / "licences"
LIMIT_BYTES = 35_000_000
CHANGED = "2026"
_XZ = [{"id": lzma.FILTER_LZMA2, "preset": 9 | lzma.PRESET_EXTREME, "dict_size": 1 << 26, "pb": 0}]
_DROPPED_TABLES = (
    "GSUB", "GPOS", "GDEF", "BASE", "vhea", "vmtx", "VORG", "STAT", "DSIG",
    "kern", "gasp", "VDMX", "hdmx", "LTSH", "FFTM", "meta", "prop",
)  # fmt: skip


@dataclass(frozen=True)
class Names:
    """What a made font calls itself; no reserved name of its source may appear in it."""

    family: str
    style: str = "Regular"
    notice: str = ""

    @property
    def postscript(self) -> str:
        """Return the name PDFs show: JuweiSong, JuweiSans-Bold."""
        joined = self.family.replace(" ", "")
        return joined if self.style == "Regular" else f"{joined}-{self.style}"


def opened(source: sources.Source, pattern: str, work: Path, keep: set[int]) -> TTFont:
    """Return the one font of *source* that *pattern* finds, reduced to the characters in *keep*."""
    (path,) = sources.unpacked(source, work).glob(pattern)
    font = TTFont(path, recalcTimestamp=False)
    options = subset.Options()
    options.layout_features = []
    options.hinting = False
    options.name_IDs = ["*"]
    options.notdef_outline = True
    options.glyph_names = False
    options.drop_tables += _DROPPED_TABLES
    reducer = subset.Subsetter(options)
    reducer.populate(unicodes=keep & set(font.getBestCmap()))
    reducer.subset(font)
    return font


def rename(font: TTFont, names: Names) -> None:
    """Rewrite the name table of *font*: ours in front, copyright and licence address kept, the change noted.

    Short on purpose: every 256 characters that a PDF embeds carry a copy of it.
    """
    table = font["name"]
    copyright_line = (table.getDebugName(0) or "").splitlines()[0]
    address = table.getDebugName(14) or ""
    bold = names.style == "Bold"
    table.names = []
    texts = {
        0: copyright_line,
        1: names.family,
        2: names.style,
        3: f"{names.postscript};{CHANGED}",
        4: names.family if not bold else f"{names.family} Bold",
        5: "Version 1.0",
        6: names.postscript,
        10: f"Changed in {CHANGED} for Juwei Workbench: {names.notice}",
        14: address,
    }
    for number, text in texts.items():
        if text:
            table.setName(text, number, 3, 1, 0x409)
    selection = font["OS/2"].fsSelection & ~0b1100001
    font["OS/2"].fsSelection = selection | (0b100000 if bold else 0b1000000)
    font["head"].macStyle = 1 if bold else 0
    font["OS/2"].fsType = 0


def write(font: TTFont, name: str, *, packed: bool) -> None:
    """Save *font* as resources/fonts/*name*.ttf, or .ttf.xz on a coarser grid when *packed*."""
    target = FONTS / f"{name}.ttf"
    if packed:
        outlines.coarsen(font, 512)
    font.save(target)
    characters = len(font.getBestCmap())
    if packed:
        data = lzma.compress(target.read_bytes(), filters=_XZ)
        target.unlink()
        target = target.with_name(target.name + ".xz")
        target.write_bytes(data)
    print(f"{target.name:24} {characters:6} characters {target.stat().st_size / 1e6:6.2f} MB", flush=True)


def build_serif(work: Path, core: set[int]) -> set[int]:
    """Make song and title; return the characters song holds."""
    song = opened(sources.SERIF, "package/400Regular/*.ttf", work, charsets.everything())
    # Proportional in the source (1 is .471 em, 0 is .557 em): columns of figures would not align.
    outlines.tabular_digits(song, 560)
    outlines.full_width_dash(song)
    rename(song, Names("Juwei Song", notice="subset, tabular digits, full-width dash, no hints"))
    write(song, "song", packed=True)
    title = opened(sources.SERIF, "package/700Bold/*.ttf", work, core)
    outlines.tabular_digits(title, 594)
    outlines.full_width_dash(title)
    rename(title, Names("Juwei Title", notice="subset, tabular digits, full-width dash, no hints"))
    write(title, "title", packed=True)
    return set(song.getBestCmap())


def build_sans(work: Path, core: set[int]) -> None:
    """Make the two screen fonts, which printing uses as heir and heib, and the weight between them as hei."""
    notice = "subset, full-width dash, no hints"
    for folder, style in (("400Regular", "Regular"), ("700Bold", "Bold")):
        # Stored plain: a window must open without unpacking. What they lack, song and the rare fonts hold.
        font = opened(sources.SANS, f"package/{folder}/*.ttf", work, core | charsets.common_traditional())
        outlines.full_width_dash(font)
        rename(font, Names("Juwei Sans", style, notice))
        write(font, f"screen-{style.lower()}", packed=False)
    hei = opened(sources.SANS, "package/400Regular/*.ttf", work, core)
    bold = opened(sources.SANS, "package/700Bold/*.ttf", work, core)
    # 700 is too black beside Song and FangSong, 400 does not stand out.
    outlines.blend(hei, bold, 0.45)
    outlines.full_width_dash(hei)
    rename(hei, Names("Juwei Hei", notice=f"subset, weight between 400 and 700, {notice}"))
    write(hei, "hei", packed=True)


def build_brush(work: Path, core: set[int]) -> None:
    """Make fang and kai, raised to the height Song stands at, so that mixed lines do not limp."""
    fang = opened(sources.FANDOL, "**/FandolFang-Regular.otf", work, charsets.everything())
    outlines.to_quadratic(fang, max_error=1.0)
    outlines.raise_all(fang, 72)
    rename(fang, Names("Juwei Fang", notice="converted to TrueType, raised by 0.072 em"))
    write(fang, "fang", packed=True)
    # Its quotation marks and dashes are proportional; Fang's take their place.
    kai = opened(sources.WENKAI, "**/LXGWWenKai-Regular.ttf", work, core - set(map(ord, "“”‘’·—…")))
    outlines.raise_all(kai, 26)
    rename(kai, Names("Juwei Kai", notice="subset, raised by 0.026 em, no hints"))
    write(kai, "kai", packed=True)


def build_rare(work: Path, covered: set[int]) -> None:
    """Make the three fonts of rare characters, each holding what those before it lack."""
    for name, source, pattern in (
        ("rare-b", sources.HANAZONO, "**/HanaMinB.ttf"),
        ("rare-a", sources.HANAZONO, "**/HanaMinA.ttf"),
        ("rare-g", sources.BABELSTONE, "**/BabelStoneHan.ttf"),
    ):
        font = opened(source, pattern, work, charsets.han() - covered)
        family = f"Juwei Rare {name[-1].upper()}"
        rename(font, Names(family, notice="subset, fewer points, no hints"))
        write(font, name, packed=True)
        covered = covered | set(font.getBestCmap())


def write_licences(work: Path) -> None:
    """Copy every licence text to resources/licences."""
    for source in sources.ALL:
        if source.licence is None:
            continue
        patterns, name = source.licence
        folder = sources.unpacked(source, work)
        parts: list[str] = []
        for pattern in patterns:
            (path,) = folder.glob(pattern)
            data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
            lines = data.decode("utf-8").splitlines()
            # The first line of a Debian copyright file only names that file's own format.
            parts.append("\n".join(line.rstrip() for line in lines if not line.startswith("Format:")).strip("\n"))
        (LICENCES / name).write_text("\n\n".join(parts) + "\n", encoding="utf-8")


def main() -> None:
    """Build everything and check the size limit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("work", type=Path, help="folder that keeps the downloaded packages")
    work = parser.parse_args().work.resolve()
    for folder in (work, FONTS, LICENCES):
        folder.mkdir(parents=True, exist_ok=True)
    core = charsets.core(sources.unpacked(sources.UNIHAN, work))
    covered = build_serif(work, core)
    build_sans(work, core)
    build_brush(work, core)
    build_rare(work, covered)
    write_licences(work)
    total = sum(path.stat().st_size for path in FONTS.iterdir())
    print(f"together {total / 1e6:.2f} MB")
    if total > LIMIT_BYTES:
        raise SystemExit(f"more than {LIMIT_BYTES / 1e6:.0f} MB: the installer would grow too large")


if __name__ == "__main__":
    main()
