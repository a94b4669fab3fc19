"""What the cells of each kind of column mean: the value, or the code and sentence of what is wrong."""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation

from desktop.foundation.days import parse_day, why_no_day
from desktop.foundation.idnumber import check_id_number, tidy_id_number
from desktop.foundation.text import fold_width, squeeze, tidy, tidy_name
from desktop.spreadsheets.cells import Cell, as_text, number_text
from desktop.spreadsheets.spec import CellKind, SheetColumn

Value = str | int | Decimal | date | tuple[str, ...] | None
Judged = tuple[Value, str, str]
"""(value, code, sentence); the code is empty if the cell is all right."""

EARLIEST_DAY, LATEST_DAY = date(1900, 1, 1), date(2200, 12, 31)
# Excel keeps a day as a count from 1899-12-30; in a day column 20000 to 60000 (1954 to 2064) is nothing else.
_EXCEL_EPOCH = date(1899, 12, 30)
_SERIALS = range(20_000, 60_001)
_ROUNDED = 10**14  # a number of 15 digits; Excel keeps no more
_SCIENTIFIC = re.compile(r"\d(\.\d+)?E\+?1[4-9]", re.IGNORECASE)
_TAG_BREAK = re.compile(r"[、,，;；/\s]+")
_LONGEST_PHONE = 12
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(E[+-]?\d{1,2})?", re.IGNORECASE | re.ASCII)
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?", re.ASCII)
_LARGEST = 10**15  # beyond this Excel itself no longer knows every digit


def judge_for(column: SheetColumn, today: date) -> Callable[[Cell], Judged]:
    """Return the function that reads the cells of *column*; blank cells are its business too."""
    return functools.partial(_judge, column, _READERS[column.kind], today, _folded_aliases(column))


def _folded_aliases(column: SheetColumn) -> Mapping[str, str]:
    return {squeeze(alias): meaning for alias, meaning in column.aliases.items()}


Reader = Callable[[SheetColumn, Cell, Mapping[str, str], date], Judged]


def _judge(column: SheetColumn, read: Reader, today: date, aliases: Mapping[str, str], cell: Cell) -> Judged:
    # The first character answers for nearly every cell without tidying the whole of it.
    if cell is None or (isinstance(cell, str) and not cell[:1].isalnum() and not tidy(cell).strip()):
        return _blank(column)
    judged = read(column, cell, aliases, today)
    return judged if judged[0] not in ("", ()) else _blank(column)


def _blank(column: SheetColumn) -> Judged:
    if column.required:
        return None, "required", f"“{column.heading}”没有填"
    return ((), "", "") if column.kind == "tags" else (None, "", "")


def _read_text(column: SheetColumn, cell: Cell, aliases: Mapping[str, str], today: date) -> Judged:
    del today
    text = _without_unit(tidy(as_text(cell)), column)
    return aliases.get(squeeze(text), text) if aliases else text, "", ""


def _read_name(column: SheetColumn, cell: Cell, aliases: Mapping[str, str], today: date) -> Judged:
    del column, aliases, today
    return tidy_name(as_text(cell)), "", ""


def _read_id_number(column: SheetColumn, cell: Cell, aliases: Mapping[str, str], today: date) -> Judged:
    del column, aliases
    if isinstance(cell, int | float) and not isinstance(cell, bool) and abs(cell) >= _ROUNDED:
        return None, "id_rounded", "号码存成了数字，末几位已被Excel改掉。请把这一列设为“文本”，对照证件重填"
    number = tidy_id_number(as_text(cell))
    if _SCIENTIFIC.fullmatch(number):
        return None, "id_rounded", "号码被Excel缩写成了科学计数，末几位已丢失，请对照证件重填"
    found = check_id_number(number, today=today)
    return (None, *found) if found is not None else (number, "", "")


def _read_phone(column: SheetColumn, cell: Cell, aliases: Mapping[str, str], today: date) -> Judged:
    """Keep whatever stands there (two numbers, an extension); blanks go only out of what is plainly one number."""
    del column, aliases, today
    text = fold_width(tidy(as_text(cell))).lstrip("'")
    if " " in text:
        joined = text.replace(" ", "")
        digits = joined.replace("-", "")
        text = joined if digits.isdigit() and len(digits) <= _LONGEST_PHONE else " ".join(text.split())
    return text, "", ""


def _read_day(column: SheetColumn, cell: Cell, aliases: Mapping[str, str], today: date) -> Judged:
    del aliases
    day = _day_of(cell)
    if day is None:
        return None, "date_invalid", why_no_day(as_text(cell))
    if not EARLIEST_DAY <= day <= LATEST_DAY:
        return None, "date_invalid", f"年份{day.year}不对，请改日期"
    if column.kind == "past_day" and day > today:
        return None, "date_future", "这一天还没有到，请改日期"
    return day, "", ""


def _day_of(cell: Cell) -> date | None:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = as_text(cell)
    if len(text) == 5 and text.isascii() and text.isdigit() and int(text) in _SERIALS:
        return _EXCEL_EPOCH + timedelta(days=int(text))
    if isinstance(cell, float) and math.isfinite(cell) and not cell.is_integer() and int(cell) in _SERIALS:
        return _EXCEL_EPOCH + timedelta(days=int(cell))
    return parse_day(text)


def _read_number(column: SheetColumn, cell: Cell, aliases: Mapping[str, str], today: date) -> Judged:
    del aliases, today
    number = _number_of(cell, column)
    if number is None:
        return None, "number_invalid", "这里要填数字"
    if number < 0 and (column.minimum is None or column.minimum >= 0):
        return None, "number_negative", "数字不能小于0"
    if sentence := _range_sentence(number, column) or _places_sentence(number, column):
        return None, "number_invalid", sentence
    return int(number) if column.kind == "integer" else number, "", ""


def _number_of(cell: Cell, column: SheetColumn) -> Decimal | None:
    if isinstance(cell, bool):
        return None
    if isinstance(cell, int | float):
        text = number_text(cell)
    else:
        text = _without_unit(squeeze(as_text(cell)), column)
        if _THOUSANDS.fullmatch(text):
            text = text.replace(",", "")
        if not _NUMBER.fullmatch(text):
            return None
    try:
        number = Decimal(text)
    except InvalidOperation:  # an infinity or NaN computed by the sheet
        return None
    return Decimal(format(number, "f")) if number.is_finite() else None


def _range_sentence(number: Decimal, column: SheetColumn) -> str:
    low, high = column.minimum, column.maximum
    if (low is None or number >= low) and (high is None or number <= high) and abs(number) < _LARGEST:
        return ""
    if low is not None and high is not None:
        return f"数字应在{low}到{high}之间，请检查"
    if low is not None and number < low:
        return f"数字不能小于{low}，请检查"
    return f"数字不能大于{high}，请检查" if high is not None else "数字太大，请检查"


def _places_sentence(number: Decimal, column: SheetColumn) -> str:
    exponent = number.normalize().as_tuple().exponent
    places = -exponent if isinstance(exponent, int) else 0
    if places > 0 and column.kind == "integer":
        return "这里要填整数，不能有小数"
    return f"小数点后最多{column.decimals}位" if places > max(column.decimals, 0) else ""


def _read_choice(column: SheetColumn, cell: Cell, aliases: Mapping[str, str], today: date) -> Judged:
    del today
    plain = squeeze(as_text(cell))
    if not column.choices:
        return aliases.get(plain, tidy(as_text(cell))), "", ""
    meant = aliases.get(plain, plain)
    for choice in column.choices:
        if meant == choice or plain == squeeze(choice):
            return choice, "", ""
    return None, "choice_unknown", f"“{_shortened(plain)}”不在可填的范围里，请填：{'、'.join(column.choices)}"


def _read_tags(column: SheetColumn, cell: Cell, aliases: Mapping[str, str], today: date) -> Judged:
    del today
    pieces = [fold_width(piece) for piece in _TAG_BREAK.split(tidy(as_text(cell))) if piece]
    tags = tuple(dict.fromkeys(aliases.get(squeeze(piece), piece) for piece in pieces))
    unknown = [tag for tag in tags if tag not in column.choices] if column.choices else []
    if unknown:
        named = "、".join(_shortened(tag) for tag in unknown)
        return None, "choice_unknown", f"“{named}”不在可填的范围里，请填：{'、'.join(column.choices)}"
    return tags, "", ""


def _without_unit(text: str, column: SheetColumn) -> str:
    for unit in column.strip_unit:
        if text.endswith(unit) and len(text) > len(unit):
            return text[: -len(unit)].rstrip()
    return text


def _shortened(text: str) -> str:
    return text if len(text) <= 12 else f"{text[:12]}…"


_READERS: dict[CellKind, Reader] = {
    "text": _read_text,
    "name": _read_name,
    "id_number": _read_id_number,
    "phone": _read_phone,
    "day": _read_day,
    "past_day": _read_day,
    "integer": _read_number,
    "decimal": _read_number,
    "choice": _read_choice,
    "tags": _read_tags,
}
