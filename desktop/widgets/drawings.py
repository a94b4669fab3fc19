"""The drawings behind the icons, as SVG elements on a 24 × 24 field; data only."""
# ruff: noqa: E501  a drawing is one line

from __future__ import annotations


def _lines(*paths: str) -> str:
    return "".join(f'<path d="{path}"/>' for path in paths)


_DOT = '<circle cx="{}" cy="{}" r="{}" fill="currentColor" stroke="none"/>'
_PAGE = "M6 3H14L19 8V21H6Z"
_TRIANGLE = "M12 4L21.5 20H2.5Z"
_RING = '<circle cx="12" cy="12" r="9"/>'
_EYE = "M2.5 12C5 7.5 8.3 5.5 12 5.5S19 7.5 21.5 12C19 16.5 15.7 18.5 12 18.5S5 16.5 2.5 12Z"
_TRAY = "M4 15V20H20V15"

DRAWINGS: dict[str, str] = {
    "home": _lines("M4 11L12 3.5L20 11V20.5H15V14H9V20.5H4Z"),
    "check": _lines("M4.5 12.5L9.5 17.5L19.5 7"),
    "check-circle": _RING + _lines("M8 12.3L11 15.2L16.2 9.3"),
    "calendar": '<rect x="3.5" y="5" width="17" height="15.5" rx="2"/>' + _lines("M3.5 10H20.5", "M8 2.8V6.5", "M16 2.8V6.5"),
    "clipboard": '<rect x="4.8" y="5" width="14.4" height="16" rx="2"/>'
    + _lines("M8.3 5C8.3 1.7 15.7 1.7 15.7 5V7.8H8.3Z", "M8.8 14.2L11.2 16.5L15.4 11.8"),
    "archive": '<rect x="3.5" y="4" width="17" height="4.6" rx="1"/>' + _lines("M5 8.6V20H19V8.6", "M9.3 12.6H14.7"),
    "bug": '<rect x="8" y="8" width="8" height="12" rx="4"/>'
    + _lines("M9 8.2Q9 4.8 12 4.8T15 8.2", "M12 11V20", "M8 12H3", "M21 12H16", "M8.3 9.5L4.5 6.5", "M15.7 9.5L19.5 6.5", "M8.5 17L4.5 20", "M15.5 17L19.5 20"),
    "heart": _lines("M12 20C5 15.5 3 12.3 3 8.8C3 6 5 4 7.6 4C9.5 4 11.1 5 12 6.8C12.9 5 14.5 4 16.4 4C19 4 21 6 21 8.8C21 12.3 19 15.5 12 20Z", "M5.5 11H9L10.7 8L13.2 13.5L14.7 11H18.5"),
    "document": _lines(_PAGE, "M14 3V8H19", "M9 12.5H16", "M9 16.5H16"),
    "chart": _lines("M3.5 20.5H20.5", "M6.5 17.5V11", "M12 17.5V4.5", "M17.5 17.5V8"),
    "search": '<circle cx="10.5" cy="10.5" r="6.5"/>' + _lines("M15.5 15.5L20.5 20.5"),
    "usb": '<rect x="7" y="9" width="10" height="12" rx="2.5"/>' + _lines("M9 9V3H15V9", "M12 12.5V17.5", "M10 15H14", "M11 6H11.1", "M13 6H13.1"),
    "gear": '<circle cx="12" cy="12" r="3.4"/>'
    + _lines("M12 2.8V5.6", "M12 18.4V21.2", "M2.8 12H5.6", "M18.4 12H21.2", "M5.5 5.5L7.5 7.5", "M16.5 16.5L18.5 18.5", "M18.5 5.5L16.5 7.5", "M7.5 16.5L5.5 18.5"),
    "plus": _lines("M12 4.5V19.5", "M4.5 12H19.5"),
    "minus": _lines("M4.5 12H19.5"),
    "print": _lines("M7 9V3H17V9", "M7 17H4V9.5H20V17H17") + '<rect x="7" y="14" width="10" height="7"/>',
    "pencil": _lines("M4 20L5 15.5L16.5 4L20 7.5L8.5 19Z", "M14 6.5L17.5 10"),
    "close": _lines("M6 6L18 18", "M18 6L6 18"),
    "clock": _RING + _lines("M12 6.8V12L15.8 14.2"),
    "eye": _lines(_EYE) + '<circle cx="12" cy="12" r="3"/>',
    "eye-off": _lines(_EYE, "M4 20L20 4") + '<circle cx="12" cy="12" r="3"/>',
    "warning": _lines(_TRIANGLE, "M12 10V14.3") + _DOT.format(12, 17.2, 1.2),
    "info": _RING + _lines("M12 11V16.8") + _DOT.format(12, 7.6, 1.3),
    "lock": '<rect x="4.5" y="10.5" width="15" height="10" rx="2.5"/>' + _lines("M8 10.5V7.2Q8 3.2 12 3.2T16 7.2V10.5"),
    "person": '<circle cx="12" cy="8" r="4"/>' + _lines("M4.5 20.5C5 16.5 8 14.5 12 14.5S19 16.5 19.5 20.5"),
    "people": '<circle cx="9" cy="8" r="3.6"/>'
    + _lines("M2.5 20C3 16.3 5.5 14.5 9 14.5S15 16.3 15.5 20", "M15.5 4.8A3.5 3.5 0 0 1 15.5 11.2", "M17.5 14.8C20 15.6 21.2 17.5 21.5 20"),
    "chevron-left": _lines("M14.5 5L8 12L14.5 19"),
    "chevron-right": _lines("M9.5 5L16 12L9.5 19"),
    "chevron-down": _lines("M5 9L12 15.5L19 9"),
    "chevron-up": _lines("M5 15.5L12 9L19 15.5"),
    "save": _lines("M4 4H16.5L20 7.5V20H4Z", "M8 4V9H15V4", "M7.5 20V13.5H16.5V20"),
    "download": _lines(_TRAY, "M12 3.5V15", "M7.5 10.8L12 15.3L16.5 10.8"),
    "upload": _lines(_TRAY, "M12 15.5V4", "M7.5 8.2L12 3.7L16.5 8.2"),
    "table": '<rect x="3.5" y="4.5" width="17" height="15.5" rx="1.5"/>' + _lines("M3.5 9.5H20.5", "M3.5 14.7H20.5", "M9.2 4.5V20", "M14.8 4.5V20"),
    "undo": _lines("M8.5 4.5L4 9L8.5 13.5", "M4 9H14.5A5.5 5.5 0 0 1 14.5 20H8"),
    "trash": _lines("M4 6.5H20", "M9 6.5V3.5H15V6.5", "M6 6.5L7 20.5H17L18 6.5", "M10.2 10.5V16.5", "M13.8 10.5V16.5"),
    "phone": _lines("M5 3.5H9L10.8 8.3L8.4 10.2C9.6 12.7 11.3 14.4 13.8 15.6L15.7 13.2L20.5 15V19C20.5 20 19.7 20.7 18.7 20.6C10.5 20 4 13.5 3.4 5.3C3.3 4.3 4 3.5 5 3.5Z"),
    "list": _lines("M9 6H20.5", "M9 12H20.5", "M9 18H20.5") + "".join(_DOT.format(4.5, y, 1.3) for y in (6, 12, 18)),
    "filter": _lines("M3.5 5H20.5L14 12.7V19.5L10 17.5V12.7Z"),
    "refresh": _lines("M20 5V10H15", "M19.6 10A8 8 0 1 0 20 13.5"),
    "history": _lines("M3.5 5V10H8.5", "M4 10A8.4 8.4 0 1 1 3.8 13.5", "M12 7.5V12.3L15.3 14.2"),
    "link": _lines("M10 14A4 4 0 0 0 15.7 14.3L19.2 10.8A4 4 0 0 0 13.5 5.1L12 6.6", "M14 10A4 4 0 0 0 8.3 9.7L4.8 13.2A4 4 0 0 0 10.5 18.9L12 17.4"),
    "camera": '<rect x="3" y="7" width="18" height="13" rx="2"/>' + '<circle cx="12" cy="13.3" r="3.6"/>' + _lines("M8 7L9.5 4H14.5L16 7"),
    "building": _lines("M5 21V3.5H15V21", "M15 9.5H19.5V21", "M3 21H21", "M8.3 7.5H8.4", "M11.6 7.5H11.7", "M8.3 11.5H8.4", "M11.6 11.5H11.7", "M8.3 15.5H8.4", "M11.6 15.5H11.7"),
    "key": '<circle cx="7.5" cy="15.5" r="4.2"/>' + _lines("M10.6 12.4L20 3", "M16 7L19.5 10.5", "M13.3 9.7L15.8 12.2"),
}  # fmt: skip
