"""Start of the frozen program to its painted login page, against the same from source, by what both write in the log.

python -m tests.bench.bench_frozen --program build/package/frozen/juwei-workbench/juwei [--runs 5] [--json]
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from tests.bench.bench_start import set_up_folder

PAINTED = "login page painted"
_PATIENCE_S = 120


def seconds_to_login(command: Sequence[str | Path], data: Path) -> float:
    """Return how long a fresh process took from its start until the log says that the login page was painted."""
    log = data / "logs" / "desktop.log"
    log.unlink(missing_ok=True)
    environment = {**os.environ, "JUWEI_DATA": str(data), "QT_QPA_PLATFORM": "offscreen"}
    began = time.time()
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            while time.time() - began < _PATIENCE_S:
                for line in log.read_text(encoding="utf-8").splitlines() if log.exists() else ():
                    if line.endswith(PAINTED):
                        return datetime.strptime(line[:23], "%Y-%m-%d %H:%M:%S,%f").timestamp() - began  # noqa: DTZ007
                time.sleep(0.02)
        finally:
            process.kill()
    raise SystemExit(f"{command[0]} painted no login page")


def main() -> None:
    """Print both medians and their ratio."""
    options = argparse.ArgumentParser()
    options.add_argument("--program", type=Path, required=True)
    options.add_argument("--runs", type=int, default=5)
    options.add_argument("--json", action="store_true")
    chosen = options.parse_args()
    commands: list[list[str | Path]] = [[sys.executable, "-m", "desktop"], [chosen.program.resolve()]]
    with tempfile.TemporaryDirectory() as place:
        data = set_up_folder(Path(place))
        for command in commands:
            seconds_to_login(command, data)  # the first run reads the disk
        # In turns, so that a busy moment of the computer meets both.
        pairs = [tuple(seconds_to_login(command, data) for command in commands) for _ in range(chosen.runs)]
    source, frozen = (statistics.median(times) for times in zip(*pairs, strict=True))
    name, ratio = "frozen start to painted login, s", frozen / source
    if chosen.json:
        found = {"value": round(frozen, 3), "baseline": round(source, 3), "ratio": round(ratio, 2)}
        sys.stdout.write(json.dumps({name: found}, indent=1) + "\n")
    else:
        sys.stdout.write(f"{name:55} {frozen:>10.3f} / {source:>9.3f} = {ratio:>7.2f}\n")


if __name__ == "__main__":
    main()
