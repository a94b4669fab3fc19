"""The one style sheet, generated from tokens and sizes; widgets choose a look by the property ``role``."""
# ruff: noqa: E501  one rule on one line reads as style sheets do

from __future__ import annotations

from collections.abc import Callable

from desktop.foundation.paths import resource
from desktop.widgets.tokens import Tokens


def build_style_sheet(t: Tokens, base_pt: float, px: Callable[[int], int]) -> str:
    """Return the style sheet for tokens *t*, base size *base_pt* and *px*, which scales lengths with 大字."""
    parts = (
        _texts(t, base_pt),
        _surfaces(t, px),
        _buttons(t, px),
        _inputs(t, px),
        _bars(t, base_pt, px),
        _views(t, px),
    )
    return "\n".join(parts)


def _image(name: str) -> str:
    return f'url("{resource(f"icons/{name}.svg").as_posix()}")'


def _texts(t: Tokens, base: float) -> str:
    return f"""
QLabel {{ background: transparent; }}
QLabel[role="display"] {{ font-size: {base + 7}pt; font-weight: bold; }}
QLabel[role="title"] {{ font-size: {base + 3}pt; font-weight: bold; }}
QLabel[role="heading"], QLabel[role="field"], QLabel[role="headcommittee"] {{ font-weight: bold; }}
QLabel[role="headtitle"] {{ font-size: {base + 4}pt; font-weight: bold; }}
QLabel[role="headday"] {{ font-size: {base - 0.5}pt; }}
QLabel[role="secondary"] {{ color: {t.secondary}; }}
QLabel[role="small"] {{ color: {t.secondary}; font-size: {base - 1.5}pt; }}
QLabel[role="problem"] {{ color: {t.danger}; font-size: {base - 1}pt; }}
QLabel#qt_msgbox_label {{ font-size: {base + 2}pt; font-weight: bold; }}
QLabel#qt_msgbox_informativelabel {{ min-width: {30 * base}px; }}
QLabel[role="parttitle"] {{ font-size: {base + 1}pt; font-weight: bold; }}
QLabel[role="linedetail"] {{ color: {t.secondary}; font-size: {base - 1}pt; }}
QLabel[role="caution"] {{ color: {t.warning}; }}
QLabel[role="danger"] {{ color: {t.danger}; font-weight: bold; }}
QLabel[role="warning"] {{ color: {t.warning}; font-weight: bold; }}
QLabel[role="good"] {{ color: {t.good}; font-weight: bold; }}
QLabel[role="brand"] {{ color: {t.accent_deep}; font-size: {base + 3}pt; font-weight: bold; }}"""


def _surfaces(t: Tokens, px: Callable[[int], int]) -> str:
    line = f"{t.line_width}px solid {t.line}"
    banners = "\n".join(
        f'QFrame[role="banner"][kind="{kind}"] {{ background: {ground}; '
        f"border: {f'2px solid {ink}' if t.high_contrast else 'none'}; border-radius: 8px; }}\n"
        f'QFrame[role="banner"][kind="{kind}"] QLabel[part="title"] {{ color: {ink}; font-weight: bold; }}'
        for kind in ("danger", "warning", "info", "good")
        for ink, ground in (t.pair(kind),)
    )
    chips = "\n".join(
        f'QLabel[role="chip"][kind="{kind}"] {{ color: {ink}; background: {ground}; '
        f"border: {f'1px solid {ink}' if t.high_contrast else f'1px solid {ground}'}; }}"
        for kind in ("blue", "purple", "green", "amber", "red", "grey")
        for ink, ground in (t.pair(kind),)
    )
    return f"""
QMainWindow, QDialog, QWidget[role="page"] {{ background: {t.background}; }}
QFrame[role="card"] {{ background: {t.card}; border: {line}; border-radius: 10px; }}
QFrame[role="rule"] {{ background: {t.line}; border: none; max-height: {t.line_width}px; }}
QWidget[role="bare"], QScrollArea, QScrollArea > QWidget > QWidget[role="bare"] {{ background: transparent; border: none; }}
QFrame[role="header"] {{ background: {t.header}; }}
QFrame[role="header"] QLabel {{ color: {t.on_accent}; }}
QFrame[role="header"] QLabel[role="headday"] {{ color: {t.header_secondary}; }}
QFrame[role="headline"] {{ background: {t.header_line}; border: none; min-width: 1px; max-width: 1px; min-height: {px(30)}px; max-height: {px(30)}px; }}
QFrame[role="tabs"] {{ background: {t.card}; border-bottom: {line}; }}
QFrame[role="status"] {{ background: {t.card}; border-top: {line}; }}
QFrame[role="toast"] {{ background: {t.text}; border-radius: 10px; }}
QFrame[role="toast"] QLabel {{ color: {t.card}; }}
QLabel[role="chip"] {{ border-radius: {px(12)}px; padding: 0 {px(9)}px; }}
QLabel[role="chip"][strong="true"] {{ font-weight: bold; }}
QFrame[role="line"] {{ background: transparent; border: 3px solid transparent; border-radius: 8px; }}
QFrame[role="line"]:hover {{ background: {t.zebra}; }}
QFrame[role="line"]:focus {{ background: {t.selection}; border-color: {t.focus}; }}
QFrame[role="linehead"] {{ background: {t.table_head}; border: none; }}
QFrame[role="popup"] {{ background: {t.card}; border: {t.line_width}px solid {t.input_border}; border-radius: 8px; }}
QToolTip {{ background: {t.card}; color: {t.text}; border: 1px solid {t.input_border}; padding: 6px; }}
{chips}
{banners}"""


def _box(px: Callable[[int], int], height: int, border: int, side: int) -> str:
    """Return border-independent lengths, so that a thicker focus ring never moves the text."""
    return f"min-height: {px(height) - 2 * border}px; padding: 0 {px(side) - border}px;"


def _button(t: Tokens, px: Callable[[int], int], role: str, *, height: int, side: int, look: str, edge: str) -> str:
    width = t.line_width
    return f"""
QPushButton[role="{role}"] {{ {look} border: {width}px solid {edge}; border-radius: {px(8)}px; {_box(px, height, width, side)} }}
QPushButton[role="{role}"]:focus {{ border: 3px solid {t.focus}; {_box(px, height, 3, side)} }}"""


def _broken(t: Tokens) -> str:
    """Return the edge of what is switched off where no grey ground may say so."""
    return "border-style: dashed;" if t.high_contrast else ""


def _buttons(t: Tokens, px: Callable[[int], int]) -> str:
    plain = f"background: {t.card}; color: {t.text};"
    filled = f"background: {t.accent}; color: {t.on_accent}; font-weight: bold;"
    outlined = f"background: {t.card}; color: {t.accent_deep}; font-weight: bold;"
    disabled = (
        f"background: {t.disabled_ground}; color: {t.disabled_text}; border-color: {t.input_border}; {_broken(t)}"
    )
    head = f"background: {t.header_button}; color: {t.on_accent};"
    jumps = "\n".join(
        _button(
            t, px, f"jump{kind}", height=38, side=14, look=f"background: {ground}; color: {ink}; font-weight: bold;",
            edge=ink,
        )
        for kind in ("red", "amber", "grey")
        for ink, ground in (t.pair(kind),)
    )  # fmt: skip
    return f"""
QPushButton {{ icon-size: {px(20)}px; outline: none; }}
{_button(t, px, "primary", height=38, side=16, look=filled, edge=t.accent)}
{_button(t, px, "secondary", height=38, side=16, look=plain, edge=t.input_border)}
{_button(t, px, "row", height=32, side=12, look=outlined, edge=t.accent)}
{_button(t, px, "rowfilled", height=32, side=12, look=filled, edge=t.accent)}
{_button(t, px, "toggle", height=38, side=14, look=plain, edge=t.input_border)}
{_button(t, px, "segment", height=38, side=15, look=plain, edge=t.input_border)}
{_button(t, px, "tile", height=53, side=14, look=plain, edge=t.input_border)}
{_button(t, px, "fold", height=38, side=14, look=f"{plain} text-align: left;", edge=t.input_border)}
{jumps}
{_button(t, px, "head", height=34, side=14, look=head, edge=t.header_line)}
QDialogButtonBox QPushButton {{ {plain} border: {t.line_width}px solid {t.input_border}; border-radius: {px(8)}px; {_box(px, 38, t.line_width, 16)} }}
QDialogButtonBox QPushButton:default {{ {filled} border-color: {t.accent}; }}
QDialogButtonBox QPushButton:focus {{ border: 3px solid {t.focus}; {_box(px, 38, 3, 16)} }}
QDialogButtonBox QPushButton:disabled {{ {disabled} }}
QPushButton[role="icon"] {{ {plain} border: {t.line_width}px solid {t.input_border}; border-radius: {px(8)}px; padding: 0;
 min-width: {px(38) - 2 * t.line_width}px; max-width: {px(38) - 2 * t.line_width}px; min-height: {px(38) - 2 * t.line_width}px; }}
QPushButton[role="icon"]:focus {{ border: 3px solid {t.focus}; min-width: {px(38) - 6}px; max-width: {px(38) - 6}px; min-height: {px(38) - 6}px; }}
QPushButton[role="inner"] {{ background: transparent; border: 1px solid transparent; border-radius: 6px; padding: 0;
 min-width: {px(28) - 2}px; max-width: {px(28) - 2}px; min-height: {px(28) - 2}px; max-height: {px(28) - 2}px; }}
QPushButton[role="link"] {{ background: transparent; color: {t.accent_deep}; border: 1px solid transparent; border-radius: 6px; padding: 0 3px; min-height: {px(26) - 2}px; }}
QPushButton[role="nav"] {{ background: transparent; color: {t.text}; border: {t.line_width}px solid transparent; border-radius: {px(8)}px; text-align: left; {_box(px, 40, t.line_width, 12)} }}
QPushButton[role="nav"]:hover {{ background: {t.background}; }}
QPushButton[role="nav"]:checked {{ background: {t.soft}; color: {t.accent_deep}; font-weight: bold; border-color: {t.accent if t.high_contrast else t.soft}; }}
QPushButton[role="nav"]:focus {{ border: 3px solid {t.focus}; {_box(px, 40, 3, 12)} }}
QPushButton[role="figure"] {{ background: transparent; border: 2px solid transparent; border-radius: 6px; padding: 0; text-align: left; }}
QPushButton[role="figure"]:hover {{ background: {t.soft}; }}
QPushButton[role="figure"]:focus {{ border-color: {t.focus}; }}
QPushButton[role="tag"] {{ background: {t.blue_soft}; color: {t.blue}; border: 1px solid {t.blue if t.high_contrast else t.blue_soft}; border-radius: {px(12)}px; padding: 0 {px(8)}px;
 min-height: {px(26) - 2}px; icon-size: {px(14)}px; }}
QPushButton[role="tag"]:hover {{ border-color: {t.blue}; }}
QPushButton[role="tag"]:focus {{ border: 3px solid {t.focus}; min-height: {px(26) - 6}px; padding: 0 {px(8) - 2}px; }}
QPushButton[role="inner"]:focus, QPushButton[role="link"]:focus {{ border: 2px solid {t.focus}; }}
QPushButton[role="headicon"] {{ {head} border: {t.line_width}px solid {t.header_line}; border-radius: {px(8)}px; padding: 0;
 min-width: {px(34)}px; max-width: {px(34)}px; min-height: {px(34) - 2 * t.line_width}px; }}
QPushButton[role="headicon"]:focus, QPushButton[role="head"]:focus {{ border-color: {t.on_accent}; }}
QPushButton[role="head"]:checked {{ background: {t.card}; color: {t.accent_deep}; font-weight: bold; }}
QPushButton[role="primary"]:hover, QPushButton[role="rowfilled"]:hover {{ background: {t.accent_hover}; }}
QPushButton[role="secondary"]:hover, QPushButton[role="toggle"]:hover, QPushButton[role="segment"]:hover,
QPushButton[role="icon"]:hover, QPushButton[role="row"]:hover, QPushButton[role="inner"]:hover,
QPushButton[role="tile"]:hover {{ background: {t.soft}; }}
QPushButton[role="link"]:hover {{ text-decoration: underline; }}
QPushButton[role="toggle"]:checked, QPushButton[role="segment"]:checked {{ background: {t.soft}; color: {t.accent_deep}; font-weight: bold; border-color: {t.accent}; }}
QPushButton[role="tile"]:checked {{ background: {t.soft}; border: 2px solid {t.accent}; {_box(px, 53, 2, 14)} }}
QPushButton[role="toggle"]:checked:focus, QPushButton[role="segment"]:checked:focus {{ border-color: {t.focus}; }}
QPushButton[role="tile"]:checked:focus {{ border: 3px solid {t.focus}; {_box(px, 53, 3, 14)} }}
QPushButton[role="segment"] {{ border-radius: 0; }}
QPushButton[role="segment"][place="first"] {{ border-top-left-radius: {px(8)}px; border-bottom-left-radius: {px(8)}px; }}
QPushButton[role="segment"][place="last"] {{ border-top-right-radius: {px(8)}px; border-bottom-right-radius: {px(8)}px; }}
QPushButton[role="segment"][place="only"] {{ border-radius: {px(8)}px; }}
QPushButton[role="primary"]:disabled, QPushButton[role="secondary"]:disabled, QPushButton[role="row"]:disabled,
QPushButton[role="rowfilled"]:disabled, QPushButton[role="icon"]:disabled, QPushButton[role="toggle"]:disabled,
QPushButton[role="segment"]:disabled {{ {disabled} }}
QPushButton[role="link"]:disabled {{ color: {t.disabled_text}; }}"""


_EDITORS = ("QLineEdit", "QComboBox", "QPlainTextEdit", 'QFrame[role="tags"]')


def _each(suffix: str) -> str:
    return ", ".join(editor + suffix for editor in _EDITORS)


def _inputs(t: Tokens, px: Callable[[int], int]) -> str:
    width = t.line_width
    return f"""
{_each("")} {{ background: {t.card}; color: {t.text}; border: {width}px solid {t.input_border}; border-radius: {px(8)}px;
 selection-background-color: {t.accent}; selection-color: {t.on_accent}; placeholder-text-color: {t.placeholder}; }}
QLineEdit, QComboBox {{ {_box(px, 36, width, 12)} }}
QPlainTextEdit {{ padding: {px(7) - width}px {px(8) - width}px; }}
{_each('[problem="true"]')} {{ background: {t.danger_soft}; border: 2px solid {t.danger}; }}
QLineEdit[problem="true"], QComboBox[problem="true"] {{ {_box(px, 36, 2, 12)} }}
QLineEdit:focus, QComboBox:focus, QPlainTextEdit:focus, QFrame[role="tags"][active="true"] {{ border: 3px solid {t.focus}; }}
QLineEdit:focus, QComboBox:focus {{ {_box(px, 36, 3, 12)} }}
QPlainTextEdit:focus {{ padding: {px(7) - 3}px {px(8) - 3}px; }}
{_each(":disabled")}, QLineEdit:read-only {{ background: {t.disabled_ground}; color: {t.disabled_text}; {_broken(t)} }}
QLineEdit[role="plain"], QComboBox QLineEdit {{ border: none; background: transparent; padding: 0; min-height: {px(24)}px; }}
QComboBox::drop-down {{ border: none; width: {px(30)}px; }}
QComboBox::down-arrow {{ image: {_image("chevron-down-contrast" if t.high_contrast else "chevron-down")}; width: {px(18)}px; height: {px(18)}px; }}
QComboBox QAbstractItemView, QAbstractItemView[role="popup"] {{ background: {t.card}; color: {t.text}; border: {width}px solid {t.input_border}; outline: none; padding: 4px;
 selection-background-color: {t.soft}; selection-color: {t.text}; }}
QComboBox QAbstractItemView::item, QAbstractItemView[role="popup"]::item {{ min-height: {px(34)}px; padding: 0 {px(8)}px; }}
QCheckBox, QRadioButton {{ spacing: {px(8)}px; background: transparent; }}
QCheckBox::indicator, QRadioButton::indicator {{ width: {px(18)}px; height: {px(18)}px; border: {width}px solid {t.input_border}; background: {t.card}; border-radius: 4px; }}
QRadioButton::indicator {{ border-radius: {px(18) // 2 + width}px; }}
QCheckBox::indicator:checked {{ background: {t.accent}; border-color: {t.accent}; image: {_image("check-white")}; }}
QRadioButton::indicator:checked {{ background: {t.accent}; border: 5px solid {t.card}; outline: 1px solid {t.accent}; }}
QCheckBox:focus, QRadioButton:focus {{ color: {t.accent_deep}; }}
QCheckBox::indicator:focus, QRadioButton::indicator:focus {{ border: 3px solid {t.focus}; width: {px(18) + 2 * width - 6}px; height: {px(18) + 2 * width - 6}px; }}"""


def _bars(t: Tokens, base: float, px: Callable[[int], int]) -> str:
    return f"""
QTabBar {{ background: {t.card}; qproperty-drawBase: 0; icon-size: {px(22)}px; }}
QTabBar::tab {{ color: {t.tab_text}; font-size: {base + 1}pt; padding: 0 {px(16)}px; height: {px(47) - 4}px; border: none; border-bottom: 4px solid transparent; }}
QTabBar::tab:selected {{ background: {t.soft}; color: {t.accent_deep}; font-weight: bold; border-bottom-color: {t.accent}; }}
QTabBar::tab:hover:!selected {{ background: {t.background}; }}
QTabBar::tab:focus {{ border: 3px solid {t.focus}; padding: 0 {px(16) - 3}px 4px {px(16) - 3}px; height: {px(47) - 10}px; }}
QScrollBar:vertical {{ background: {t.scroll_track}; width: {px(16)}px; border: none; border-radius: 8px; margin: 0; }}
QScrollBar:horizontal {{ background: {t.scroll_track}; height: {px(16)}px; border: none; border-radius: 8px; margin: 0; }}
QScrollBar::handle {{ background: {t.scroll_thumb}; border-radius: 5px; margin: 3px; min-height: {px(40)}px; min-width: {px(40)}px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QProgressBar {{ background: {t.table_head}; border: {t.line_width}px solid {t.line}; border-radius: 6px; min-height: {px(12)}px; max-height: {px(12)}px; color: {t.text}; }}
QProgressBar::chunk {{ background: {t.accent}; border-radius: 5px; }}
QMenu {{ background: {t.card}; color: {t.text}; border: {t.line_width}px solid {t.input_border}; padding: 4px; }}
QMenu::item {{ padding: {px(7)}px {px(24)}px {px(7)}px {px(12)}px; border-radius: 6px; }}
QMenu::item:selected {{ background: {t.soft}; color: {t.text}; }}
QMenu::item:disabled {{ color: {t.disabled_text}; }}
QMenu::separator {{ height: 1px; background: {t.line}; margin: 4px 8px; }}"""


def _views(t: Tokens, px: Callable[[int], int]) -> str:
    return f"""
QTableView, QListView, QTreeView {{ background: {t.card}; alternate-background-color: {t.zebra}; color: {t.text}; border: {t.line_width}px solid {t.line}; border-radius: 8px;
 gridline-color: {t.grid_line}; selection-background-color: {t.selection}; selection-color: {t.text}; outline: none; }}
QHeaderView {{ background: {t.table_head}; border: none; }}
QHeaderView::section {{ background: {t.table_head}; color: {t.text if t.high_contrast else t.secondary}; font-weight: bold; border: none; border-bottom: {t.line_width}px solid {t.line}; padding: 0 {px(10)}px; min-height: {px(40)}px; }}
QListWidget[role="chapters"]::item {{ padding-left: {px(12)}px; }}
QListWidget[role="hits"] {{ border: none; background: transparent; }}
QTableCornerButton::section {{ background: {t.table_head}; border: none; }}
QCalendarWidget QWidget#qt_calendar_navigationbar {{ background: {t.table_head}; }}
QCalendarWidget QToolButton {{ color: {t.text}; background: transparent; border: none; font-weight: bold; padding: 6px; }}
QCalendarWidget QToolButton::menu-indicator {{ image: none; }}
QToolButton#qt_calendar_prevmonth {{ qproperty-icon: {_image("chevron-left")}; }}
QToolButton#qt_calendar_nextmonth {{ qproperty-icon: {_image("chevron-right")}; }}
QCalendarWidget QToolButton:hover {{ background: {t.soft}; }}
QCalendarWidget QAbstractItemView:disabled {{ color: {t.disabled_text}; }}
QCalendarWidget QAbstractItemView {{ border: none; border-radius: 0; selection-background-color: {t.accent}; selection-color: {t.on_accent}; }}"""
