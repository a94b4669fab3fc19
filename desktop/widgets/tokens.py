"""Colours by meaning: one set for every day, one for high contrast; no widget names a colour of its own."""

from __future__ import annotations

from dataclasses import dataclass

CHIP_KINDS = ("blue", "purple", "green", "amber", "red", "grey")
_ALIASES = {"green": "good", "amber": "warning", "red": "danger", "info": "blue"}


@dataclass(frozen=True)
class Tokens:
    """What each colour is for; ``x_soft`` is the quiet ground that carries text in colour ``x``."""

    accent: str
    accent_deep: str
    accent_hover: str
    on_accent: str
    header: str
    header_button: str
    header_line: str
    header_secondary: str
    soft: str
    selection: str
    background: str
    card: str
    text: str
    secondary: str
    line: str
    grid_line: str
    table_head: str
    zebra: str
    danger: str
    danger_soft: str
    warning: str
    warning_soft: str
    good: str
    good_soft: str
    blue: str
    blue_soft: str
    purple: str
    purple_soft: str
    grey: str
    grey_soft: str
    focus: str
    input_border: str
    placeholder: str
    lunar: str
    other_month: str
    tab_text: str
    holiday: str
    disabled_text: str
    disabled_ground: str
    scroll_track: str
    scroll_thumb: str
    line_width: int = 1
    high_contrast: bool = False

    def colour(self, name: str) -> str:
        """Return the colour called *name*; a name that is already a colour (#RRGGBB) is returned as it is."""
        if name.startswith("#"):
            return name
        return str(getattr(self, _ALIASES.get(name, name)))

    def pair(self, kind: str) -> tuple[str, str]:
        """Return (text, ground) of a chip or banner kind: blue, purple, green, amber, red, grey, danger, info …"""
        name = _ALIASES.get(kind, kind)
        return str(getattr(self, name)), str(getattr(self, f"{name}_soft"))


NORMAL = Tokens(
    accent="#0E7568",
    accent_deep="#0A5A50",
    accent_hover="#0B6257",
    on_accent="#FFFFFF",
    header="#0A5A50",
    header_button="#276D65",
    header_line="#A7C4C0",
    header_secondary="#E2F1EE",
    soft="#E2F1EE",
    selection="#E2F1EE",
    background="#F3F6F5",
    card="#FFFFFF",
    text="#1D2A2A",
    secondary="#566463",
    line="#D9E1DF",
    grid_line="#EBF0EF",
    table_head="#EDF2F1",
    zebra="#F8FAFA",
    danger="#B3261E",
    danger_soft="#FCE9E7",
    warning="#8F5200",
    warning_soft="#FFF1D6",
    good="#1B6B35",
    good_soft="#E3F4E7",
    blue="#1F5FA8",
    blue_soft="#E3EEFA",
    purple="#6B3FA0",
    purple_soft="#F0E8FA",
    grey="#4E5B5A",
    grey_soft="#E9EEED",
    focus="#B86E00",
    input_border="#7C8C89",
    placeholder="#5F6D6B",
    lunar="#616E6C",
    other_month="#F1F4F3",
    tab_text="#3F4D4C",
    holiday="#FDF6F5",
    disabled_text="#5F6D6B",
    disabled_ground="#E9EEED",
    scroll_track="#EDF2F1",
    scroll_thumb="#7C8C89",
)

CONTRAST = Tokens(
    accent="#00347E",
    accent_deep="#00347E",
    accent_hover="#00245C",
    on_accent="#FFFFFF",
    header="#00245C",
    header_button="#1E3E6F",
    header_line="#FFFFFF",
    header_secondary="#FFFFFF",
    soft="#FFF3A3",
    selection="#FFF3A3",
    background="#FFFFFF",
    card="#FFFFFF",
    text="#000000",
    secondary="#1A1A1A",
    line="#000000",
    grid_line="#000000",
    table_head="#FFFFFF",
    zebra="#FFFFFF",
    danger="#8E0000",
    danger_soft="#FFFFFF",
    warning="#5E3300",
    warning_soft="#FFFFFF",
    good="#003F16",
    good_soft="#FFFFFF",
    blue="#00347E",
    blue_soft="#FFFFFF",
    purple="#45107A",
    purple_soft="#FFFFFF",
    grey="#1A1A1A",
    grey_soft="#FFFFFF",
    focus="#C96A00",
    input_border="#000000",
    placeholder="#333333",
    lunar="#333333",
    other_month="#FFFFFF",
    tab_text="#000000",
    holiday="#FFFFFF",
    disabled_text="#595959",
    disabled_ground="#FFFFFF",
    scroll_track="#FFFFFF",
    scroll_thumb="#000000",
    line_width=2,
    high_contrast=True,
)

# Every pair that is painted as text on ground anywhere in the program; a test holds each to 4.5:1.
TEXT_PAIRS: tuple[tuple[str, str], ...] = (
    *((ink, ground) for ink in ("text", "secondary") for ground in ("card", "background", "table_head", "zebra")),
    *((ink, "selection") for ink in ("text", "secondary", "danger", "warning", "good", "accent_deep")),
    *((ink, ground) for ink in ("danger", "warning", "good", "accent_deep") for ground in ("card", "zebra")),
    *((kind, f"{kind}_soft") for kind in ("danger", "warning", "good", "blue", "purple", "grey")),
    *(("text", f"{kind}_soft") for kind in ("danger", "warning", "good", "blue")),
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("on_accent", "header"),
    ("on_accent", "header_button"),
    ("header_secondary", "header"),
    ("accent_deep", "soft"),
    ("accent", "card"),
    ("placeholder", "card"),
    ("placeholder", "danger_soft"),
    ("lunar", "card"),
    ("lunar", "other_month"),
    ("lunar", "holiday"),
    ("danger", "holiday"),
    ("tab_text", "card"),
    ("disabled_text", "disabled_ground"),
    ("disabled_text", "card"),
)
# Lines and marks that must be seen but not read: 3:1 is enough.
MARK_PAIRS: tuple[tuple[str, str], ...] = (
    ("focus", "card"),
    ("focus", "background"),
    ("focus", "soft"),
    ("input_border", "card"),
    ("input_border", "background"),
    ("scroll_thumb", "scroll_track"),
    ("accent", "soft"),
)


def contrast_ratio(one: str, other: str) -> float:
    """Return the contrast of two #RRGGBB colours, 1 to 21 (WCAG 2.1, relative luminance of sRGB)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
