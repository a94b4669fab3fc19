"""A ledger of 20,000 rows by 10 columns against bare canvas strings, same data, same run.

python -m tests.bench.bench_ledger [--rows 20000] [--times 3] [--json]

The yardstick writes the same texts at fixed places with Canvas.drawString, one font, no wrapping, no measuring.
Both start with the fonts loaded and take turns; processor time counts, the shortest run of each.
"""

from __future__ import annotations

import argparse
import io
import json
import random
import resource as memory
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date

from reportlab.pdfgen.canvas import Canvas

from desktop.printing.document import Heading, Ledger, LedgerColumn
from desktop.printing.fonts import Role, load
from desktop.printing.render import render_ledger
from desktop.printing.text import typeface

HEADING = Heading("幸福里社区居民委员会", "2026年6月", "刘桂芳", date(2026, 7, 1))
TITLES = ("序号", "姓名", "身份证号", "性别", "联系电话", "住址", "随访日期", "血压", "结果", "备注")
SURNAMES, GIVEN = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗",
    "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂建国华志红",
)
ROWS_PER_PAGE = 24


def made_rows(count: int) -> list[tuple[str, ...]]:
    """Return *count* rows as a health ledger has them; the same every time."""
    chance = random.Random(20260601)
    rows = []
    for number in range(1, count + 1):
        born = f"19{chance.randrange(30, 99)}{chance.randrange(1, 13):02d}{chance.randrange(1, 29):02d}"
        rows.append(
            (
                str(number),
                chance.choice(SURNAMES) + "".join(chance.sample(GIVEN, 2)),
                f"110105{born}{chance.randrange(1000, 10000)}",
                chance.choice("男女"),
                f"138{chance.randrange(10**8):08d}",
                f"幸福里{chance.choice('一二三')}区{chance.randrange(1, 30)}栋{chance.randrange(101, 640)}室",
                f"6月{chance.randrange(1, 31)}日",
                f"{chance.randrange(105, 185)}/{chance.randrange(60, 110)}",
                chance.choice(("控制满意", "控制不满意")),
                chance.choice(("", "", "", "已劝按时服药", "外出探亲，电话随访")),
            )
        )
    return rows


def bare_strings(rows: Sequence[Sequence[str]]) -> bytes:
    """Return the yardstick's PDF."""
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=(842, 595), initialFontName=Role.SONG.value, invariant=1, pageCompression=1)
    for start in range(0, len(rows), ROWS_PER_PAGE):
        canvas.setFont(Role.SONG.value, 9)
        for line, row in enumerate(rows[start : start + ROWS_PER_PAGE]):
            for column, text in enumerate(row):
                canvas.drawString(40 + 76 * column, 540 - 18.4 * line, text)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def ledger(rows: Sequence[tuple[str, ...]]) -> bytes:
    """Return our PDF: measured widths, wrapping, rules, heads, page numbers."""
    columns = tuple(
        LedgerColumn[tuple[str, ...]](title, lambda row, index=index: row[index]) for index, title in enumerate(TITLES)
    )
    return render_ledger(Ledger("随访登记台账", columns), rows, heading=HEADING)


def seconds(make: Callable[[], bytes]) -> float:
    """Return the processor time of one run."""
    start = time.process_time()
    make()
    return time.process_time() - start


def main() -> None:
    """Run both and print the ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    rows = made_rows(asked.rows)
    for role in (Role.SONG, Role.TITLE, Role.HEI):
        load(role)
        typeface(role)
    taken = [(seconds(lambda: ledger(rows)), seconds(lambda: bare_strings(rows))) for _ in range(asked.times)]
    ours, bare = (min(column) for column in zip(*taken, strict=True))
    peak_mb = memory.getrusage(memory.RUSAGE_SELF).ru_maxrss / 1024
    result = {
        "rows": asked.rows,
        "ledger_s": ours,
        "bare_s": bare,
        "ratio": ours / bare,
        "reach": 0.7,
        "peak_mb": peak_mb,
    }
    if asked.json:
        line = json.dumps(result)
    else:
        line = f"ledger {ours:.2f} s, bare strings {bare:.2f} s, ratio {ours / bare:.2f} (reach 0.7), {peak_mb:.0f} MB"
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
