"""A verified backup against bare VACUUM INTO + fsync of the same file into the same folder, in turns.

python -m tests.bench.bench_backup [--residents 20000 --visits 100000] [--folder DIR] [--times 5] [--json]

Verified means everything the window does: figures of the last month, copy, flush, reading it again from the disk with
cipher check, quick_check, counts and SHA-256, manifest, names. The system's memory of the copy is dropped in between.
The shortest run of each counts: the checks keep a second processor core busy, which other work may need just then.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from desktop.safekeeping.verify import look_inside, look_over
from desktop.shell.backups import backups_of
from desktop.store.engine import connect
from desktop.store.files import sync_file
from tests.bench.community import build, open_bench

LIMIT = 2.5


def seconds(call: Callable[[], object]) -> float:
    """Return how many seconds *call* took."""
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def main() -> None:
    """Print the shortest run of each and their ratio."""
    options = argparse.ArgumentParser()
    options.add_argument("--residents", type=int, default=20_000)
    options.add_argument("--visits", type=int, default=100_000)
    options.add_argument("--folder", type=Path)
    options.add_argument("--times", type=int, default=5)
    options.add_argument("--json", action="store_true")
    chosen = options.parse_args()
    folder = chosen.folder or Path(tempfile.mkdtemp()) / "data"
    if (folder / "current").exists():
        bench = open_bench(folder)
    else:
        bench = build(folder, residents=chosen.residents, visits=chosen.visits)
    service = backups_of(bench)
    stick = folder.with_name(f"{folder.name}-stick")
    stick.mkdir(exist_ok=True)
    bare_copy = stick / "bare.db"

    def bare() -> None:
        with closing(connect(bench.store.path, bench.data_key)) as raw:
            raw.execute("VACUUM INTO ?", (str(bare_copy),))
        sync_file(bare_copy)

    bares, verified, looks = [], [], []
    for _ in range(chosen.times):
        bares.append(seconds(bare))
        bare_copy.unlink()
        verified.append(seconds(lambda: service.back_up(stick)))
        (made,) = (path for path in stick.iterdir() if path.is_dir())
        looks.append(seconds(lambda made=made: look_inside(look_over(made), bench.data_key)))
        shutil.rmtree(made)
    size_mb = bench.store.path.stat().st_size / 1e6
    bench.store.close()
    stick.rmdir()
    value, baseline = min(verified), min(bares)
    results = {
        "verified backup, s": {
            "value": round(value, 3),
            "baseline": round(baseline, 3),
            "ratio": round(value / baseline, 2),
            "limit": LIMIT,
        },
        "verify with the key, s": {
            "value": round(min(looks), 3),
            "baseline": round(baseline, 3),
            "ratio": round(min(looks) / baseline, 2),
            "limit": LIMIT,
        },
        "file, MB": {"value": round(size_mb, 1), "baseline": 1, "ratio": round(size_mb, 1), "limit": 0},
    }
    if chosen.json:
        sys.stdout.write(json.dumps(results, indent=1) + "\n")
        return
    for name, r in results.items():
        sys.stdout.write(f"{name:30} {r['value']:>10} / {r['baseline']:>9} = {r['ratio']:>7}  (limit {r['limit']})\n")


if __name__ == "__main__":
    main()
