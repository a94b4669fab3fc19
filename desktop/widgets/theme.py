"""The look of the whole program: Fusion, one palette, one style sheet, one base size; normal, 大字, high contrast."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QByteArray, QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette, QRawFont
from PySide6.QtWidgets import QApplication, QStyleFactory

from desktop.foundation.paths import resource
from desktop.widgets.stylesheet import build_style_sheet
from desktop.widgets.tokens import CHIP_KINDS, CONTRAST, NORMAL, Tokens, contrast_ratio

__all__ = [
    "CHIP_KINDS",
    "CONTRAST",
    "NORMAL",
    "Appearance",
    "Tokens",
    "add_fonts",
    "appearance",
    "apply_theme",
    "base_points",
    "contrast_ratio",
    "load_fonts",
    "missing_on_screen",
    "scaled",
    "theme_changed",
    "tokens",
]
log = logging.getLogger(__name__)

FAMILIES = ("Juwei Sans", "Noto Sans SC", "Microsoft YaHei UI", "Noto Sans CJK SC", "WenQuanYi Micro Hei")
_extra_families: list[str] = []
BASE_POINTS = 12.0
LARGE_POINTS = 15.0


@dataclass(frozen=True)
class Appearance:
    """What an officer may choose: larger type, stronger contrast, or both."""

    large: bool = False
    contrast: bool = False


class _Theme(QObject):
    """Holds the appearance in force and tells when another took its place."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.appearance = Appearance()


_theme = _Theme()
theme_changed = _theme.changed


def appearance() -> Appearance:
    """Return the appearance in force."""
    return _theme.appearance


def tokens() -> Tokens:
    """Return the colours in force."""
    return CONTRAST if _theme.appearance.contrast else NORMAL


def base_points() -> float:
    """Return the base type size in points: 12, or 15 for 大字."""
    return LARGE_POINTS if _theme.appearance.large else BASE_POINTS


def scaled(px: int) -> int:
    """Return a length in logical pixels that grows with the type size (38 → 47 for 大字)."""
    return int(px * base_points() / BASE_POINTS)


def load_fonts() -> tuple[str, ...]:
    """Register the screen fonts shipped with the program; return their families.

    Without them the system's own Chinese font is used, so a damaged installation still opens.
    """
    families: list[str] = []
    for name in ("screen-regular.ttf", "screen-bold.ttf"):
        try:
            path = resource(f"fonts/{name}")
        except FileNotFoundError:
            log.warning("screen font %s is missing, the system's font is used", name)
            continue
        families.extend(QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(path))))
    return tuple(dict.fromkeys(families))


def missing_on_screen(characters: Iterable[str]) -> set[str]:
    """Return those of *characters* that the screen font cannot show (the system may have another that can)."""
    raw = QRawFont.fromFont(base_font())
    return {character for character in characters if not raw.supportsCharacter(ord(character))}


def add_fonts(fonts: Iterable[bytes]) -> None:
    """Let *fonts* (TrueType data) show what the screen font lacks, at once and everywhere."""
    for data in fonts:
        families = QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFontFromData(QByteArray(data)))
        _extra_families.extend(family for family in families if family not in _extra_families)
    app = QApplication.instance()
    if isinstance(app, QApplication):
        apply_theme(app, _theme.appearance)


def base_font() -> QFont:
    """Return the font every widget starts from."""
    font = QFont([FAMILIES[0], *_extra_families, *FAMILIES[1:]])
    font.setPointSizeF(base_points())
    font.setStyleHint(QFont.StyleHint.SansSerif)
    return font


def apply_theme(app: QApplication, chosen: Appearance) -> None:
    """Dress *app* as *chosen*; call again at any time to change."""
    _theme.appearance = chosen
    if not app.property("fusion"):  # asking app.style() would make every enum of QStyle, before the first paint
        app.setProperty("fusion", True)  # noqa: FBT003  Qt takes the value by place
        app.setStyle(QStyleFactory.create("Fusion"))
    app.setPalette(_palette(tokens()))
    app.setFont(base_font())
    app.setStyleSheet(build_style_sheet(tokens(), base_points(), scaled))
    _theme.changed.emit()


def _palette(t: Tokens) -> QPalette:
    role, group = QPalette.ColorRole, QPalette.ColorGroup
    palette = QPalette()
    for name, colour in (
        (role.Window, t.background),
        (role.WindowText, t.text),
        (role.Base, t.card),
        (role.AlternateBase, t.zebra),
        (role.Text, t.text),
        (role.PlaceholderText, t.placeholder),
        (role.Button, t.card),
        (role.ButtonText, t.text),
        (role.BrightText, t.danger),
        (role.Highlight, t.accent),
        (role.HighlightedText, t.on_accent),
        (role.Link, t.accent_deep),
        (role.LinkVisited, t.accent_deep),
        (role.ToolTipBase, t.card),
        (role.ToolTipText, t.text),
        (role.Mid, t.input_border),
        (role.Dark, t.input_border),
        (role.Light, t.card),
        (role.Accent, t.accent),
    ):
        palette.setColor(name, QColor(colour))
    for name in (role.Text, role.WindowText, role.ButtonText):
        palette.setColor(group.Disabled, name, QColor(t.disabled_text))
    palette.setColor(role.Shadow, QColor(Qt.GlobalColor.transparent))
    return palette
