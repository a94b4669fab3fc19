"""Blank sheets to fill in: marked headings, hints, drop-downs, text columns, and a page that explains every column."""

from __future__ import annotations

from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from desktop.spreadsheets.headings import column_letters
from desktop.spreadsheets.spec import CellKind, SheetColumn, SheetSpec
from desktop.spreadsheets.workbooks import Looks, new_workbook, set_up_page

PREPARED_ROWS = 2000
GUIDE_TITLE = "填写说明"
_LISTS_TITLE = "选项"
_LONGEST_INLINE_LIST = 255  # Excel refuses to open a file whose list is longer
_LONGEST_MESSAGE = 255
_KIND_HINTS: dict[CellKind, str] = {
    "text": "",
    "name": "姓名中间不用加空格",
    "id_number": "18位，按文本填写，最后一位X要大写",
    "phone": "手机或带区号的座机",
    "day": "写成 2026-06-17 这样",
    "past_day": "写成 2026-06-17 这样，不能晚于今天",
    "integer": "填整数，不写单位",
    "decimal": "填数字，不写单位",
    "choice": "从下拉框里选",
    "tags": "可以填几个，用、隔开",
}
_KIND_EXAMPLES: dict[CellKind, str] = {
    "text": "",
    "name": "张三",
    "id_number": "11010519491231002X",  # the example of GB 11643 itself, nobody's number
    "phone": "13800000000",
    "day": "2026-06-17",
    "past_day": "2026-06-17",
    "integer": "12",
    "decimal": "12",
    "choice": "",
    "tags": "",
}


def write_template(path: Path, spec: SheetSpec) -> Path:
    """Write an empty sheet of *spec* to be filled in and imported, with a second sheet of guidance; return *path*.

    Required headings end in ＊. What a column wants is said in a note on its heading, never in a row, because a
    row would be imported. Raises EnvironmentFailure if the file cannot be written.
    """
    with new_workbook(path) as book:
        looks = Looks(book)
        page = book.add_worksheet(spec.title)
        guide = book.add_worksheet(GUIDE_TITLE)
        lists = _Lists(book)
        for index, column in enumerate(spec.columns):
            page.set_column(index, index, column.width, looks.of(column))
            page.write_string(0, index, column.heading + ("＊" if column.required else ""), looks.head)
            if hint := _hint(column):
                page.write_comment(0, index, hint, {"author": "", "font_size": 10, "x_scale": 1.6, "y_scale": 1.2})
            _validate(page, index, column, lists)
        set_up_page(page, 0, len(spec.columns) - 1)
        _write_guide(guide, looks, spec)
        page.activate()
    return path


class _Lists:
    """Drop-down lists; long ones are kept in a hidden sheet, as Excel asks."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._page: Worksheet | None = None
        self._used = 0

    def source(self, items: tuple[str, ...]) -> list[str] | str:
        """Return *items*, or a reference to where they were put if they are too long to stand in the rule itself."""
        if len(",".join(items)) <= _LONGEST_INLINE_LIST and not any("," in item for item in items):
            return list(items)
        if self._page is None:
            self._page = self._book.add_worksheet(_LISTS_TITLE)
            self._page.hide()
        self._page.write_column(0, self._used, items)
        letters = column_letters(self._used)
        self._used += 1
        return f"={_LISTS_TITLE}!${letters}$1:${letters}${len(items)}"


def _validate(page: Worksheet, index: int, column: SheetColumn, lists: _Lists) -> None:
    rule = _rule(column, lists)
    if rule is not None:
        page.data_validation(1, index, PREPARED_ROWS, index, {"ignore_blank": True, **rule})


def _rule(column: SheetColumn, lists: _Lists) -> dict[str, object] | None:
    """Return Excel's rule for the cells of *column*; open lists, long texts and odd ID lengths do not block."""
    if column.kind == "choice" and column.choices:
        message = f"请从下拉框里选：{'、'.join(column.choices)}"[:_LONGEST_MESSAGE]
        return {"validate": "list", "source": lists.source(column.choices), "error_message": message}
    if offered := column.choices or column.suggestions:
        return {"validate": "list", "source": lists.source(offered), "show_error": False}
    if column.kind == "id_number":
        rule = {"validate": "length", "criteria": "==", "value": 18}
        return {**rule, "error_type": "warning", "error_message": "身份证号应为18位，请核对。"}
    if column.kind in ("integer", "decimal"):
        low = column.minimum if column.minimum is not None else 0
        high = column.maximum if column.maximum is not None else 10**12
        message = f"请填{low}到{high}之间的{'整数' if column.kind == 'integer' else '数字'}。"
        rule = {"validate": column.kind, "criteria": "between", "minimum": float(low), "maximum": float(high)}
        return {**rule, "error_message": message}
    if column.kind in ("text", "name"):
        message = f"这一格最多写{column.max_length}个字。"
        return {"validate": "length", "criteria": "<=", "value": column.max_length, "error_message": message}
    return None


def _write_guide(page: Worksheet, looks: Looks, spec: SheetSpec) -> None:
    page.write_row(0, 0, ("列名", "是否必填", "怎么填", "可以填的内容", "例子"), looks.head)
    for index, width in enumerate((16, 10, 40, 50, 24)):
        page.set_column(index, index, width, looks.wrapped)
    for row, column in enumerate(spec.columns, start=1):
        offered = "、".join(column.choices or column.suggestions)
        texts = (
            column.heading,
            "必填" if column.required else "",
            _hint(column, short=True),
            offered,
            _example(column),
        )
        for index, text in enumerate(texts):
            page.write_string(row, index, text, looks.wrapped)
    page.write_string(len(spec.columns) + 2, 0, f"请在“{spec.title}”那一页填写，一行一条；这一页不会导入。")
    set_up_page(page, 0, 4)


def _hint(column: SheetColumn, *, short: bool = False) -> str:
    parts = [column.hint or _KIND_HINTS[column.kind]]
    if not short:
        parts.insert(0, "必填" if column.required else "")
        if column.suggestions and not column.choices:
            parts.append("下拉框里没有的也可以自己写")
    return "。".join(part for part in parts if part)


def _example(column: SheetColumn) -> str:
    offered = column.choices or column.suggestions
    if column.kind == "tags":
        return "、".join(offered[:2])
    return offered[0] if offered else _KIND_EXAMPLES[column.kind]
