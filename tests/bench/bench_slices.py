"""Search, lists, figures, import and memory on a large community (docs: limits to reach).

python -m tests.bench.bench_slices [--residents 100000 --visits 500000] [--folder DIR] [--json]
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from python_calamine import CalamineWorkbook

from desktop.foundation.days import parse_period
from desktop.foundation.text import pinyin_keys
from desktop.register.service.residents import ResidentFilter
from desktop.register.sheets import RESIDENTS
from desktop.spreadsheets.writing import write_table
from desktop.store.engine import connect
from tests.bench.community import CLOCK, GIVEN, SURNAMES, _people, build, open_bench

FRAME_MS = 1000 / 60


def timed(call: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    """Return how many milliseconds *call* took; all of it runs on one thread."""
    start = clock()
    call()
    return (clock() - start) * 1000


def p95(values: list[float]) -> float:
    """Return the 95th percentile."""
    return statistics.quantiles(values, n=20)[-1] if len(values) > 1 else values[0]


def row_bytes(path: Path, data_key: bytes) -> int:
    """Return the bytes of all values in the tables an import fills, without pages, indexes and search."""
    total = 0
    with closing(connect(path, data_key)) as raw:
        for table in ("resident", "household", "place", "resident_tag", "history_entry", "step", "import_batch"):
            columns = [row[1] for row in raw.execute(f"PRAGMA table_info({table})")]
            lengths = " + ".join(f"coalesce(length(cast({column} AS BLOB)), 1)" for column in columns)
            total += raw.execute(f"SELECT coalesce(sum({lengths}), 0) FROM {table}").fetchone()[0]
    return total


def main() -> None:
    """Print one line per limit: measured, baseline, ratio."""
    options = argparse.ArgumentParser()
    options.add_argument("--residents", type=int, default=100_000)
    options.add_argument("--visits", type=int, default=500_000)
    options.add_argument("--folder", type=Path)
    options.add_argument("--json", action="store_true")
    options.add_argument("--cpu", action="store_true", help="processor time, for a machine busy with other work")
    chosen = options.parse_args()
    if chosen.cpu:
        timed.__defaults__ = (time.process_time,)
    folder = chosen.folder or Path(tempfile.mkdtemp()) / "data"
    if (folder / "current").exists():
        bench = open_bench(folder)
    else:
        bench = build(folder, residents=chosen.residents, visits=chosen.visits)
    results: dict[str, dict[str, float]] = {}

    def note(name: str, value: float, baseline: float, limit: float) -> None:
        figures = {"value": value, "baseline": baseline, "ratio": value / baseline, "limit": limit}
        results[name] = {key: round(figure, 2) for key, figure in figures.items()}

    random_ = random.Random(3)
    typed = []
    for _ in range(60):
        name = random_.choice(SURNAMES) + "".join(random_.choices(GIVEN, k=2))
        full, initials = pinyin_keys(name)[0]
        typed += [initials[:n] for n in range(1, 4)] + [full[:n] for n in (2, 4)] + [name[:n] for n in range(1, 4)]
        typed += [str(random_.randrange(10_000)).zfill(4), f"{random_.randrange(1, 40)}号楼", "幸福里 302"]
    bench.residents.search("zs")

    def keystroke(text: str) -> None:
        ids = bench.residents.list_ids(ResidentFilter(text=text))
        bench.residents.rows(ids[:20])

    times = [timed(lambda text=text: keystroke(text)) for text in typed]
    note("keystroke to rows p95, ms per frame", p95(times), FRAME_MS, 1)
    note("keystroke to rows max", max(times), FRAME_MS, 2)

    def opening() -> None:
        ids = bench.residents.list_ids(ResidentFilter(order="due"))
        rows = bench.residents.rows(ids[:20])
        bench.health.statuses([row.id for row in rows])

    note("list opening, most urgent first, ms", statistics.median(timed(opening) for _ in range(7)), 50, 1)

    def by_address() -> None:
        bench.residents.rows(bench.residents.list_ids(ResidentFilter())[:20])

    note("list opening, by address, ms", statistics.median(timed(by_address) for _ in range(7)), 50, 1)

    def by_age() -> None:
        bench.residents.rows(bench.residents.list_ids(ResidentFilter(order="age"))[:20])

    note("list opening, by age, ms", statistics.median(timed(by_age) for _ in range(7)), 50, 1)
    ids = bench.residents.list_ids(ResidentFilter())
    places = range(0, len(ids) - 100, len(ids) // 40)
    page = [timed(lambda at=at: bench.residents.rows(ids[at : at + 100])) for at in places]
    note("scrolling, one page of 100 p95, ms", p95(page), 50, 1)
    month = parse_period("2026-05")
    last_year = parse_period("2025")
    note("month figures, ms", statistics.median(timed(lambda: bench.figures.of(month)) for _ in range(5)), 1000, 1)
    note("gaps of a year, ms", statistics.median(timed(lambda: bench.gaps.of(last_year)) for _ in range(5)), 1000, 1)
    note("due lines, ms", statistics.median(timed(lambda: bench.due.until(CLOCK.today())) for _ in range(5)), 1000, 1)

    sheet = folder.parent / "ten_thousand.xlsx"
    people = _people(random.Random(99), 10_000)
    for person in people:
        person["place"], (_n, building, unit, room) = "新区", person.pop("home")
        person.update(building=f"{building}号楼", unit=f"{unit}单元", room=str(room), tags=())
    write_table(sheet, RESIDENTS, people)

    def read_bare() -> None:
        CalamineWorkbook.from_path(sheet).get_sheet_by_index(0).to_python()

    calamine = statistics.median(timed(read_bare) for _ in range(3))
    fresh = build(folder.parent / f"import-{time.time_ns()}", residents=300, visits=300)
    before = fresh.store.path.stat().st_size
    took = timed(lambda: fresh.intake.confirm(fresh.intake.preview("residents", sheet)))
    note("import 10,000 residents against calamine", took, calamine, 15)
    fresh.store.close()
    grown = fresh.store.path.stat().st_size - before
    rows = row_bytes(fresh.store.path, fresh.data_key)
    note("bytes of that import against the bytes of its rows", grown, rows, 2)
    note("peak memory, MB", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 180, 1)
    note("file, MB", bench.store.path.stat().st_size / 1e6, 1, 0)
    if chosen.json:
        sys.stdout.write(json.dumps(results, indent=1) + "\n")
    else:
        for name, r in results.items():
            line = f"{name:52} {r['value']:>12} / {r['baseline']:>11} = {r['ratio']:>7}  (limit {r['limit']})"
            sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
