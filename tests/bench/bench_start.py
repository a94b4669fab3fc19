"""Start to painted login window, against an empty PySide6 window; both from process start to the first paint.

python -m tests.bench.bench_start [--runs 5] [--json]
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
from pathlib import Path

LIMIT = 1.5
_EMPTY = """
import os, sys
from PySide6.QtWidgets import QApplication, QWidget
class Window(QWidget):
    def paintEvent(self, event):
        os._exit(0)
app = QApplication(sys.argv)
window = Window()
window.resize(1180, 700)
window.show()
app.exec()
"""
_LOGIN = """
import os, sys
from desktop.shell import login
plain = login.LoginPage.paintEvent
def paint_and_leave(page, event):
    plain(page, event)
    os._exit(0)
login.LoginPage.paintEvent = paint_and_leave
from desktop.cli import main
sys.argv = ["juwei"]
main()
"""


def seconds_to_paint(code: str, environment: dict[str, str]) -> float:
    """Return how long a fresh process running *code* takes until its first paint, which ends it."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True, env=environment, timeout=120, capture_output=True)
    return time.perf_counter() - start


def main() -> None:
    """Print both medians and their ratio."""
    options = argparse.ArgumentParser()
    options.add_argument("--runs", type=int, default=5)
    options.add_argument("--json", action="store_true")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as place:
        environment = {**os.environ, "JUWEI_DATA": str(set_up_folder(Path(place))), "QT_QPA_PLATFORM": "offscreen"}
        # Compiled modules are kept, as at every second start of an installed program, but not in the source tree.
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        environment["PYTHONPYCACHEPREFIX"] = str(Path(place) / "compiled")
        for code in (_EMPTY, _LOGIN):
            seconds_to_paint(code, environment)  # the first run reads the disk and compiles
        # In turns, so that a busy moment of the computer meets both.
        pairs = [tuple(seconds_to_paint(code, environment) for code in (_EMPTY, _LOGIN)) for _ in range(chosen.runs)]
    empty, login = (statistics.median(times) for times in zip(*pairs, strict=True))
    name, ratio = "start to painted login, s", login / empty
    if chosen.json:
        found = {"value": round(login, 3), "baseline": round(empty, 3), "ratio": round(ratio, 2), "limit": LIMIT}
        sys.stdout.write(json.dumps({name: found}, indent=1) + "\n")
    else:
        sys.stdout.write(f"{name:55} {login:>10.3f} / {empty:>9.3f} = {ratio:>7.2f}  (limit {LIMIT})\n")


def set_up_folder(place: Path) -> Path:
    """Return a set-up data folder with six officers below *place*."""
    from desktop.foundation.clock import SystemClock
    from desktop.register.office import NewOfficer, set_up
    from desktop.register.rights import Role
    from desktop.store.folder import DataFolder
    from desktop.store.keys import Cost
    from desktop.store.recovery import new_recovery_code

    people = ("沈玉琴", "罗晓梅", "贺建军", "曹丽霞", "邓文斌", "何秀英")
    set_up(
        DataFolder(place / "data"),
        committee="幸福里社区居委会",
        region="",
        officers=[NewOfficer(name, Role.DIRECTOR, "yu qin 2026!") for name in people],
        recovery_code=new_recovery_code(),
        clock=SystemClock(),
        cost=Cost(memory_kib=64, iterations=1, lanes=1),
    )
    return place / "data"


if __name__ == "__main__":
    main()
