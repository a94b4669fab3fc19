"""Writing and reading sheets against the bare libraries, same data, same run.

python -m tests.bench.bench_sheets [--rows 10000] [--json]
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

from desktop.foundation.idnumber import check_digit
from desktop.spreadsheets.judging import read_sheet
from desktop.spreadsheets.writing import write_table
from tests.spreadsheets.specs import RESIDENTS, TODAY

REPEATS = 5


def people(count: int) -> list[dict[str, object]]:
    """Return *count* invented residents, no two of one number."""
    found: list[dict[str, object]] = []
    for number in range(count):
        born = date(1940, 1, 1) + timedelta(days=number * 37 % 29_000)
        first = f"440402{born:%Y%m%d}{number % 1000:03d}"
        found.append(
            {
                "name": "张王李赵钱孙"[number % 6] + chr(0x4E00 + number % 9000) + chr(0x5000 + number % 7000),
                "id_number": first + check_digit(first),
                "sex": "男" if int(first[-1]) % 2 else "女",
                "born_on": born,
                "nation": "汉族",
                "phone": f"139{number:08d}",
                "estate": ("渔村", "唐苑新村", "丁沈园")[number % 3],
                "building": f"{number % 40 + 1}栋",
                "entrance": f"{number % 4 + 1}单元",
                "room": str(101 + number % 900),
                "relation": "户主",
                "residence": "户籍",
                "living": "自住",
                "tags": ("高血压", "糖尿病") if number % 7 == 0 else (),
            }
        )
    return found


def write_bare(path: Path, rows: list[dict[str, object]]) -> None:
    """Write the same cells with the library alone: no formats, no page set-up, no atomic replacement."""
    keys = [column.key for column in RESIDENTS.columns]
    book = Workbook(str(path))
    page = book.add_worksheet()
    page.write_row(0, 0, [column.heading for column in RESIDENTS.columns])
    for number, row in enumerate(rows, start=1):
        for index, key in enumerate(keys):
            value = row.get(key)
            if value:
                page.write(number, index, "、".join(value) if isinstance(value, tuple) else str(value))
    book.close()


def read_bare(path: Path) -> None:
    """Read every cell with the parser alone."""
    CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()


def compare(ours: Callable[[], object], bare: Callable[[], object]) -> dict[str, float]:
    """Return both medians in milliseconds and their ratio, measured in turns so that both see the same machine."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(REPEATS):
        for place, call in enumerate((ours, bare)):
            start = time.perf_counter()
            call()
            times[place].append((time.perf_counter() - start) * 1000)
    value, baseline = statistics.median(times[0]), statistics.median(times[1])
    return {"value": round(value, 1), "baseline": round(baseline, 1), "ratio": round(value / baseline, 2)}


def main() -> None:
    """Print one line per measurement."""
    options = argparse.ArgumentParser()
    options.add_argument("--rows", type=int, default=10_000)
    options.add_argument("--json", action="store_true")
    chosen = options.parse_args()
    rows = people(chosen.rows)
    with tempfile.TemporaryDirectory() as name:
        ours, bare = Path(name) / "ours.xlsx", Path(name) / "bare.xlsx"
        results = {
            "export": {
                **compare(lambda: write_table(ours, RESIDENTS, rows), lambda: write_bare(bare, rows)),
                "limit": 1.5,
            },
            "read": compare(lambda: read_sheet(ours, RESIDENTS, today=TODAY), lambda: read_bare(ours)),
        }
    if chosen.json:
        sys.stdout.write(json.dumps(results, ensure_ascii=False) + "\n")
        return
    for what, found in results.items():
        limit = f" (reach {found['limit']})" if "limit" in found else ""
        sys.stdout.write(f"{what}: {found['value']} ms / {found['baseline']} ms = {found['ratio']}{limit}\n")


if __name__ == "__main__":
    main()
