"""Rows below, above and between the records that hold none: totals, notes, signatures, repeated headings."""

from __future__ import annotations

import re
from collections.abc import Sequence

from desktop.spreadsheets.cells import Cell, as_text
from desktop.spreadsheets.mapping import ColumnMap

TOTAL_ROW, NOTE_ROW, HEADING_ROW = "合计行", "说明行", "重复的表头"
EMPTY_ROW, UNREAD_ROW = "空行", "认得的列都没有填"

_TOTAL = re.compile(r"(本页|本表)?(合计|总计|小计|共计|累计)")
_BARE_TOTAL = re.compile(r"(本页|本表)?(合计|总计|小计|共计|累计)数?[:：]?")
_GRAND_TOTAL = re.compile(r"(本表)?(合计|总计|共计)")
# 说明 alone, with a colon or with a sentence behind it, but not 说明某, who may be a person.
_NOTE = re.compile(
    r"(填表|填报|填写|制表|编制|审核|审批|复核|统计)(说明|须知|人|单位|部门|日期|时间|意见|负责人|[:：])"
    r"|(说明|备注|附注)([:：\d一]|$|.{4})|注[:：\d一]"
    r"|(单位|部门|社区)?(负责人|联系人|联系电话|电话|单位|日期)([:：（(]|签|$)"
    r"|打印(日期|时间|人)|以上(共|数据|信息|情况|内容)|[（(]?盖章"
)
# Whatever else the row holds, nobody is called 填表人 or 说明：.
_SURE_NOTE = re.compile(
    r"(填表|填报|填写|制表|编制|审核|审批|复核|统计)(人|单位|部门|日期|时间|负责人)([（(]|$)|.{0,9}[:：]"
)


class Footers:
    """Tells the rows of one table that are no records; it remembers that notes have begun."""

    def __init__(self, columns: ColumnMap) -> None:
        self._indexes = tuple(found.index for found in columns.columns.values())
        self._headings = tuple((found.index, found.heading) for found in columns.columns.values())
        self._in_notes = False

    def suspicion(self, row: Sequence[Cell]) -> str:
        """Return why *row* may be no record (one of the words above), or nothing.

        It is only a suspicion: the caller asks ``confirmed`` once it knows what the cells turned out to be.
        """
        first = _first_text(row)
        if _TOTAL.match(first):
            return TOTAL_ROW
        if _NOTE.match(first) or self._in_notes:
            return NOTE_ROW
        return HEADING_ROW if self._repeats_headings(row) else ""

    def empty_reason(self, row: Sequence[Cell]) -> str:
        """Return why a row without anything in the mapped columns is passed over."""
        if not _filled(row):
            return EMPTY_ROW
        suspicion = self.suspicion(row)
        self._in_notes = self._in_notes or suspicion == NOTE_ROW
        return suspicion or UNREAD_ROW

    def confirmed(self, suspicion: str, row: Sequence[Cell], *, required_filled: bool) -> bool:
        """Return whether a suspected row really is no record, given whether all its required cells are in order."""
        if suspicion == HEADING_ROW:
            return True
        first = _first_text(row)
        if suspicion == TOTAL_ROW:
            return bool(_BARE_TOTAL.fullmatch(first)) or not required_filled
        if _NOTE.match(first):
            # Not so sparse as a note, it is a record with a mistake in it: refused aloud, never passed over.
            note = _SURE_NOTE.match(first) is not None or not (required_filled or self._crowded(row))
        else:  # below the notes: one more line of them
            note = not required_filled and _filled(row) == 1
        self._in_notes = note
        return note

    def _crowded(self, row: Sequence[Cell]) -> bool:
        mapped = _filled([row[index] for index in self._indexes])
        return mapped >= 2 and mapped * 2 >= len(self._indexes)

    def _repeats_headings(self, row: Sequence[Cell]) -> bool:
        same = sum(row[index] == heading for index, heading in self._headings)
        return same >= 2 and same * 2 > len(self._headings)


def is_grand_total(row: Sequence[Cell]) -> bool:
    """Return whether *row* claims to sum up all records (合计, 总计, not 小计 or 本页合计)."""
    return bool(_GRAND_TOTAL.match(_first_text(row)))


def _first_text(row: Sequence[Cell]) -> str:
    """Return the first filled cell without blanks; a running number before it does not count."""
    number = ""
    for cell in row:
        if cell is not None and cell != "" and (text := "".join(as_text(cell).split())):
            if not text.isdigit():
                return text
            number = number or text
    return number


def _filled(cells: Sequence[Cell]) -> int:
    return sum(bool(as_text(cell).strip()) for cell in cells)
