"""Sums below a ledger: of every page, and of all on the last."""

from __future__ import annotations

import re
from decimal import Decimal

import pypdfium2
import pytest

from desktop.printing.document import Ledger, LedgerColumn
from desktop.printing.render import render_ledger
from desktop.printing.sums import sum_text

Row = tuple[str, int | None]


def ledger(*, summed: bool = True) -> Ledger[Row]:
    return Ledger(
        "投药台账",
        (
            LedgerColumn("日期", lambda row: row[0]),
            LedgerColumn(
                "户数", lambda row: str(row[1] or "—"), align="right", value=lambda row: row[1], summed=summed
            ),
            LedgerColumn("备注", lambda _row: "按时投放"),
        ),
    )


def pages(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [re.sub(r"\s+", "", document[index].get_textpage().get_text_bounded()) for index in range(len(document))]
    finally:
        document.close()


def test_a_single_page_has_the_sum_of_all_only(heading):
    (text,) = pages(render_ledger(ledger(), [("6月1日", 7), ("6月2日", None), ("6月3日", 5)], heading=heading))
    assert "合计12填报单位" in text
    assert "本页小计" not in text


def test_every_page_has_its_own_sum_and_the_last_that_of_all(heading):
    rows: list[Row] = [(f"6月{number % 30 + 1}日", 1) for number in range(150)]
    texts = pages(render_ledger(ledger(), rows, heading=heading))
    assert len(texts) > 3
    sums = [int(re.findall(r"本页小计(\d+)", text)[0]) for text in texts]
    assert sums == [text.count("按时投放") for text in texts]
    assert sum(sums) == 150
    assert ["合计" in text for text in texts] == [False] * (len(texts) - 1) + [True]
    assert "合计150" in texts[-1]


def test_a_row_that_goes_over_the_page_counts_once(heading):
    long: list[Row] = [("长" * 3_000, 5), ("6月2日", 2)]
    narrow = Ledger("台账", (LedgerColumn("日期", lambda row: row[0], width_mm=30), *ledger().columns[1:]))
    texts = pages(render_ledger(narrow, long, heading=heading))
    assert len(texts) > 1
    found = [int(value) for text in texts for value in re.findall(r"本页小计(\d+)", text)]
    assert sum(found) == 7
    assert "合计7" in texts[-1]


@pytest.mark.parametrize("rows", [[], [("6月1日", None)]])
def test_nothing_to_add_up_is_no_number(heading, rows):
    text = pages(render_ledger(ledger(), rows, heading=heading))[0]
    assert ("合计—" in text) is bool(rows)


def test_a_ledger_that_asks_for_no_sums_has_none(heading):
    assert "合计" not in pages(render_ledger(ledger(summed=False), [("6月1日", 7)], heading=heading))[0]


def test_sums_keep_their_fractions():
    assert sum_text([Decimal("1.5"), None, 2]) == "3.5"
    assert sum_text([1_000, 234]) == "1,234"
