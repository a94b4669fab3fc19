"""Pages an office waits for: a ledger, a notice cold, a thousand slips, a notice to a thousand; with time and memory.

python -m tests.bench.bench_pages [--json]

Each is made in a process of its own, so that memory and a cold start are its own. The same tables are made by fpdf2 and
typst in the same run where those are installed; otherwise the line says so.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import resource as memory
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from tests.bench.bench_ledger import TITLES, made_rows

RESIDENTS, SLIPS = 2_500, 1_000
NOT_INSTALLED = "not installed"


def resident_ledger() -> int:
    """Make a ledger of 2,500 rows and return its size in bytes."""
    from tests.bench.bench_ledger import ledger

    return len(ledger(made_rows(RESIDENTS)))


def one_notice() -> int:
    """Make one rectification notice, fonts and all, in a fresh process."""
    from desktop.printing.forms import Receipt, RectificationNotice, Shortcoming
    from desktop.printing.render import render_form

    lines = tuple(Shortcoming(f"{number}层", "堆放纸箱", "清走", "6月22日") for number in range(1, 4))
    receipt = Receipt("整改通知书", "马文海", "槐荫小区2栋")
    notice = RectificationNotice(
        "幸福里社区居民委员会", "幸居整改〔2026〕11号", "槐荫小区：", ("发现下列问题：",), lines, ("请改好。",),
        "联系人：赵国平", date(2026, 6, 15), receipt,
    )  # fmt: skip
    return len(render_form(notice))


def many_slips() -> int:
    """Make 1,000 slips, each for another person."""
    from desktop.printing.forms import Slip, Slips
    from desktop.printing.render import render_form

    facts = (("时间", "7月17日（周五）上午7:30—9:30"), ("地点", "社区卫生服务站一楼"), ("要带", "身份证、医保卡"))
    slips = [
        Slip(
            "65岁以上老人免费体检通知单", row[1], "您好！请按时来做体检。", f"编号 {row[0]}", facts=facts, strong="时间"
        )
        for row in made_rows(SLIPS)
    ]
    return len(render_form(Slips("体检通知", "幸福里社区居民委员会", slips, 3)))


def mailed_notice() -> int:
    """Write to 1,000 residents of a real file: found, filled in, drawn, numbered and kept."""
    from desktop.foundation.jobs import JobContext
    from desktop.notices.rules import Layout
    from desktop.register.audience import Audience
    from tests.bench.community import build

    with tempfile.TemporaryDirectory() as folder:
        bench = build(Path(folder) / "data", residents=SLIPS, visits=0)
        begun, started = bench.notices.composing.begin("checkup"), time.process_time()
        given = {
            "承办单位": "和平街道社区卫生服务中心", "截止日期": "2026-12-31", "开始日期": "2026-07-01",
            "时间": "上午7:30至10:00", "体检地点": "社区卫生服务站一楼", "联系电话": "0000-5550126",
        }  # fmt: skip
        draft = replace(begun, values={**begun.values, **given}, layout=Layout.LEAFLET, audience=Audience())
        row = bench.notices.mailing.issue(draft, JobContext())
        _apart["seconds"] = time.process_time() - started
        if row.copies != SLIPS:
            raise AssertionError(row.copies)
        size = len(bench.notices.issued.pdf(row.id))
        bench.store.close()
    return size


_apart: dict[str, float] = {}
"""Seconds of the work itself where making its data costs more than that."""


def with_fpdf2() -> int:
    """Make the resident ledger with fpdf2's own table."""
    from fpdf import FPDF

    from desktop.printing.fonts import font_bytes

    with tempfile.TemporaryDirectory() as folder:
        font = Path(folder) / "song.ttf"
        font.write_bytes(font_bytes("song.ttf.xz"))
        page = FPDF(orientation="landscape")
        page.add_font("song", fname=str(font))
        page.set_font("song", size=8)
        page.add_page()
        with page.table(first_row_as_headings=False) as table:
            for texts in (TITLES, *made_rows(RESIDENTS)):
                row = table.row()
                for text in texts:
                    row.cell(text)
        return len(bytes(page.output()))


def with_typst() -> int:
    """Make the resident ledger with typst's table; its own process counts."""
    with tempfile.TemporaryDirectory() as folder:
        cells = ", ".join(json.dumps(text, ensure_ascii=False) for row in made_rows(RESIDENTS) for text in row)
        source, target = Path(folder) / "ledger.typ", Path(folder) / "ledger.pdf"
        source.write_text(f"#set page(flipped: true)\n#table(columns: {len(TITLES)}, {cells})\n", encoding="utf-8")
        subprocess.run(["typst", "compile", source, target], check=True)
        return target.stat().st_size


MEASURED: dict[str, tuple[str, Callable[[], int], Callable[[], bool]]] = {
    "ledger": (f"resident ledger, {RESIDENTS:,} rows", resident_ledger, lambda: True),
    "fpdf2": ("  the same with fpdf2", with_fpdf2, lambda: importlib.util.find_spec("fpdf") is not None),
    "typst": ("  the same with typst", with_typst, lambda: shutil.which("typst") is not None),
    "notice": ("one notice, cold", one_notice, lambda: True),
    "slips": (f"{SLIPS:,} slips", many_slips, lambda: True),
    "mailed": (f"one notice to {SLIPS:,} residents, issued", mailed_notice, lambda: True),
}


def measured_here(name: str) -> dict[str, float]:
    """Make one of MEASURED in this process and return seconds, bytes and peak megabytes."""
    size = MEASURED[name][1]()
    taken = time.process_time()  # of this whole process, imports and fonts included: other work does not count
    taken += memory.getrusage(memory.RUSAGE_CHILDREN).ru_utime
    taken = _apart.get("seconds", taken)
    kinds = (memory.RUSAGE_SELF, memory.RUSAGE_CHILDREN)
    peak = max(memory.getrusage(kind).ru_maxrss for kind in kinds) / 1024
    return {"seconds": taken, "bytes": size, "peak_mb": peak}


def measured(name: str) -> dict[str, float] | None:
    """Return what one of MEASURED takes in a process of its own; None where its program is not installed."""
    if not MEASURED[name][2]():
        return None
    command = [sys.executable, "-m", "tests.bench.bench_pages", "--only", name]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure everything and print one line each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=MEASURED)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args(arguments)
    if asked.only:
        sys.stdout.write(json.dumps(measured_here(asked.only)) + "\n")
        return
    found = {name: measured(name) for name in MEASURED}
    if asked.json:
        sys.stdout.write(json.dumps(found) + "\n")
        return
    for name, values in found.items():
        if values is None:
            shown = NOT_INSTALLED
        else:
            shown = f"{values['seconds']:.2f} s, {values['bytes'] / 1e6:.2f} MB of PDF, peak {values['peak_mb']:.0f} MB"
        sys.stdout.write(f"{MEASURED[name][0]}: {shown}\n")


if __name__ == "__main__":
    main()
