"""Tries the setup from end to end in a clean Wine and prints what it found; started by build_under_wine.sh --verify.

    verify_under_wine.py ROOT SETUP

ROOT is the Debian root with Wine, SETUP the finished setup. Everything runs where no network is. Needs root, and
.venv for the Linux side of "backed up there, restored here".
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

CLONE = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(CLONE / "packaging"))

import environment  # noqa: E402  a neighbour of this folder
from wine import OFFICER, PASSWORD, Done, Wine, drive_c  # noqa: E402

SAMPLES = CLONE / "tests" / "samples" / "houhuan"
KINDS = (
    "places",
    "residents",
    "activities",
    "inspections",
    "pledges",
    "stock",
    "treatments",
    "aedes",
    "density",
    "visits",
)
USER = "王主任"
RUNNING, DISK, NEWER, UNVERIFIED = 5, 3, 6, 4


class Report:
    """Collects what was found; the exit status tells whether all was as it must be."""

    def __init__(self) -> None:
        self.failed = 0

    def line(self, what: str, found: object, *, ok: bool) -> None:
        """Say one thing that was tried."""
        self.failed += not ok
        print(f"{'ok  ' if ok else 'FAIL'} {what}: {found}", flush=True)


def timed(work: Callable[[], Done]) -> tuple[Done, float]:
    """Return what *work* returned and how many seconds it took."""
    began = time.monotonic()
    return work(), time.monotonic() - began


def tree(folder: Path) -> dict[str, str]:
    """Return name → SHA-256 of every file in *folder*, without locks and logs, which every start touches."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix not in (".lock", ".log")
    }


def figures(answer: Done) -> dict[str, object]:
    """Return key → value of what `figures --json` printed."""
    return {key: one["value"] for key, one in json.loads(answer.out)["figures"].items()} if not answer.status else {}


def setup_of(root: Path, version: str) -> Path:
    """Return a quickly made setup of the same program that calls itself *version*."""
    made = root / "build" / f"JuweiWorkbench-{version}.exe"
    options = [f"-DVERSION={version}", f"-DNUMBERS={version}.0", "-DX64", "-DQUICK", "-DKILOBYTES=150000"]
    where = ["-DPAYLOAD=/build/dist/juwei-workbench", f"-DOUT=/build/{made.name}"]
    script = 'cd /build/clone/packaging/windows && exec makensis -V1 "$@" juwei.nsi'
    subprocess.run(["chroot", root, "sh", "-c", script, "sh", *options, *where], check=True)
    return made


def fill(wine: Wine, work: Path) -> None:
    """Set a committee up with the installed program and bring a year of records in."""
    made = wine.juwei("init", "--committee", "后环社区居民委员会", "--recovery-file", wine.windows(work / "code.txt"))
    if made.status:
        raise SystemExit(f"init: {made.out}")
    for kind in KINDS:
        wine.juwei("import", kind, wine.windows(work / "samples" / f"{kind}.xlsx"))


def try_it(root: Path, setup: Path, report: Report) -> None:
    """Go through the life of an installation."""
    work = root / "build" / "verify"
    shutil.rmtree(work, ignore_errors=True)
    (work / "stick").mkdir(parents=True)
    shutil.copytree(SAMPLES, work / "samples")
    (work / "password.txt").write_text(PASSWORD, encoding="utf-8")
    shutil.rmtree(root / "build" / "one", ignore_errors=True)
    shutil.copy(setup, work / "JuweiWorkbench.exe")
    older, newer = setup_of(root, "0.0.1"), setup_of(root, "99.0.0")
    wine = Wine(root, "/build/one")
    wine.run("wineboot", "-i")
    done, seconds = timed(lambda: wine.install(older))
    report.line("first setup (an older version), silent", f"status {done.status}, {seconds:.0f} s", ok=not done.status)
    done = wine.juwei("self-test", "--json")
    report.line("self-test", done.out.strip(), ok=not done.status)
    fill(wine, work)
    before = figures(wine.juwei("figures", "2011", "--json"))
    report.line("figures of 2011 from the sample sheets", f"{len(before)} figures", ok=len(before) > 20)
    held = tree(wine.data)

    window = open_window(wine, root, report, "window", wine.windows(wine.program / "juwei.exe"))
    for what, path in (("setup", work / "JuweiWorkbench.exe"), ("removal", wine.program / "卸载.exe")):
        arguments = ("/S",) if what == "setup" else ("/S", f"_?={drive_c(wine, wine.program)}")
        done = wine.run(wine.windows(path), *arguments)
        report.line(f"{what} while the program runs", f"status {done.status}", ok=done.status == RUNNING)
    close_window(wine, window)

    done, seconds = timed(lambda: wine.install(work / "JuweiWorkbench.exe"))
    report.line("upgrade in place, silent", f"status {done.status}, {seconds:.0f} s", ok=not done.status)
    kept = [path for path in (wine.program / "_installer").glob("*") if path.read_bytes() == setup.read_bytes()]
    report.line("the setup kept for the emergency stick", [path.name for path in kept], ok=len(kept) == 1)
    done = wine.install(kept[0]) if kept else done
    report.line("set up again from the kept one", f"status {done.status}", ok=not done.status and kept[0].is_file())
    report.line("data after the upgrade", f"{len(held)} files unchanged", ok=same(held, tree(wine.data)))
    report.line("figures after the upgrade", "equal", ok=figures(wine.juwei("figures", "2011", "--json")) == before)

    there_and_back(wine, work, before, report)
    opener = wine.windows(next((work / "stick").glob("*/*.juwei")))
    double_click = (registered(wine), opener)
    close_window(wine, open_window(wine, root, report, "double click on a backup", *double_click))

    try_removal(wine, work, newer, report)


def try_removal(wine: Wine, work: Path, newer: Path, report: Report) -> None:
    """Put a newer version on, refuse an older one, and remove the program without and with the data."""
    done = wine.install(newer)
    done = wine.install(work / "JuweiWorkbench.exe")
    report.line("older setup over data of a newer program", f"status {done.status}", ok=done.status == NEWER)
    held = tree(wine.data)
    uninstaller = wine.windows(wine.program / "卸载.exe")
    folder = f"_?={drive_c(wine, wine.program)}"  # must stand last
    done = wine.run(uninstaller, "/S", f"/REMOVEDATA={wine.windows(work / 'samples')}", folder)
    kept = same(held, tree(wine.data)) and (wine.program / "juwei.exe").exists()
    report.line(
        "removal with data against a backup that is none",
        f"status {done.status}",
        ok=done.status == UNVERIFIED and kept,
    )
    done = wine.run(uninstaller, "/S", folder)
    gone = not any((wine.program / name).exists() for name in ("juwei.exe", "_internal", "_installer"))
    report.line("removal, silent", f"status {done.status}", ok=not done.status and gone)
    report.line("data after the removal", f"{len(held)} files unchanged", ok=same(held, tree(wine.data)))
    wine.settle()
    registry = (wine.prefix / "user.reg").read_text(encoding="utf-8", errors="replace")
    left = "Uninstall\\\\JuweiWorkbench" in registry or "JuweiWorkbench.Backup" in registry
    report.line("registry after the removal", "only the version of the data", ok=not left and "DataVersion" in registry)
    wine.install(newer)
    backup = next((work / "stick").glob("*/*.juwei")).parent
    done = wine.run(uninstaller, "/S", f"/REMOVEDATA={wine.windows(backup)}", folder)
    gone = not wine.data.exists() and not (wine.program / "juwei.exe").exists()
    report.line(
        "removal with data against a backup that verifies", f"status {done.status}", ok=not done.status and gone
    )


def same(before: dict[str, str], after: dict[str, str]) -> bool:
    """Return whether nothing that was there is changed or gone."""
    return before.items() <= after.items()


def open_window(wine: Wine, root: Path, report: Report, what: str, *arguments: str) -> subprocess.Popen[bytes]:
    """Open the window on a screen in memory, keep a picture of it called *what*, and return the running program."""
    # A desktop that is still there from commands without a screen would be used on, unseen.
    wine.settle()
    screen = root / "build" / "screen"
    screen.mkdir(exist_ok=True)
    script = (
        "Xvfb :7 -screen 0 1366x768x24 -nolisten tcp -fbdir /build/screen >/dev/null 2>&1 & "
        'for i in $(seq 100); do [ -S /tmp/.X11-unix/X7 ] && break; sleep 0.1; done; DISPLAY=:7 exec wine "$@"'
    )
    command = wine.command(["bash", "-c", script, "bash", *arguments])
    nowhere = subprocess.DEVNULL
    window = subprocess.Popen(command, stdout=nowhere, stderr=nowhere, start_new_session=True)
    began, colours = time.monotonic(), 0
    picture = screen / "Xvfb_screen0"
    while time.monotonic() - began < 180 and colours < 40:
        time.sleep(0.5)
        content = picture.read_bytes() if picture.exists() else b""
        colours = len({content[at : at + 4] for at in range(4096, len(content) - 4, 4 * 97)})
    seconds = time.monotonic() - began
    time.sleep(5)  # what is still being painted
    if shutil.which("convert"):
        subprocess.run(["convert", f"xwd:{picture}", CLONE / "build" / "package" / f"{what}.png"], check=True)
    report.line(what, f"{colours} colours after {seconds:.0f} s", ok=colours >= 40)
    return window


def registered(wine: Wine) -> str:
    """Return the program a double click on a backup starts; Wine itself looks for it among all users' only."""
    key = "HKCU\\Software\\Classes\\JuweiWorkbench.Backup\\shell\\open\\command"
    found = re.search(r'"([^"]+)" "%1"', wine.run("reg", "query", key, "/ve").out)
    return found.group(1) if found else "nothing is registered"


def close_window(wine: Wine, window: subprocess.Popen[bytes]) -> None:
    """End what `open_window` started, the screen too."""
    subprocess.run(wine.command(["wineserver", "-k"]), check=False)
    os.killpg(window.pid, signal.SIGTERM)
    window.wait()


def there_and_back(wine: Wine, work: Path, before: dict[str, object], report: Report) -> None:
    """Back up on Windows, restore on Linux, back up there, restore on Windows; the figures must stay the same."""
    python = environment.provide()
    settings = {**os.environ, "JUWEI_STAFF": OFFICER, "JUWEI_PASSWORD_FILE": str(work / "password.txt")}

    def linux(*arguments: str) -> Done:
        command: list[str | Path] = [python, "-m", "desktop", "--data", work / "linux", *arguments]
        done = subprocess.run(command, check=False, capture_output=True, cwd=CLONE, env=settings)
        return Done(done.returncode, done.stdout.decode())

    made = json.loads(wine.juwei("backup", wine.windows(work / "stick"), "--json").out)
    folder = work / "stick" / made["path"].rsplit("\\", 1)[-1]
    done = linux("restore", str(folder))
    report.line("a backup of Windows restored on Linux", f"status {done.status}", ok=not done.status)
    report.line("figures there", "equal", ok=figures(linux("figures", "2011", "--json")) == before)
    (work / "stick back").mkdir()
    back = json.loads(linux("backup", str(work / "stick back"), "--json").out)
    done = wine.juwei("restore", wine.windows(Path(back["path"])))
    report.line("and back on Windows", f"status {done.status}", ok=not done.status)
    report.line("figures again", "equal", ok=figures(wine.juwei("figures", "2011", "--json")) == before)


def try_odd_places(root: Path, setup: Path, report: Report) -> None:
    """A user and a folder with Chinese and spaces, a folder nobody may write to, a disk that is full."""
    shutil.rmtree(root / "build" / "王 主任", ignore_errors=True)
    wine = Wine(root, "/build/王 主任", USER, 1234)
    wine.run("wineboot", "-i")
    source = root / "build" / "verify" / "JuweiWorkbench.exe"
    odd = "C:\\社区 程序\\居委 工作台"
    # The setup wants this option unquoted at the very end; only a command line of cmd's leaves it so.
    done = wine.run("cmd", "/c", f"{wine.windows(source)} /S /D={odd}")
    wine.program = wine.prefix / "drive_c" / "社区 程序" / "居委 工作台"
    report.line("a user 王主任, a folder 社区 程序", f"status {done.status}", ok=not done.status)
    tested = wine.juwei("self-test", "--json")
    report.line("self-test there", f"status {tested.status}", ok=not tested.status)
    for path in (wine.program, *wine.program.rglob("*")):
        path.chmod(0o555 if path.is_dir() else path.stat().st_mode & 0o555)
    tested = wine.juwei("self-test", "--json")
    report.line("self-test from a folder nobody may write to", f"status {tested.status}", ok=not tested.status)
    small = wine.prefix / "drive_c" / "small"
    small.mkdir()
    (wine.prefix / "dosdevices" / "e:").symlink_to("../drive_c/small")
    for room, what in (("40m", "a disk that is too small"), ("260m", "a disk that fills while writing")):
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={room},uid=1234", "tmpfs", small], check=True)
        try:
            if room == "260m":
                (small / "films").write_bytes(b"x" * 150_000_000)
                source = setup_of(root, "0.0.2")
            done = wine.run(wine.windows(source), "/S", "/D=E:\\program")
            left = [path.name for path in small.rglob("*") if path.name != "films"]
            report.line(
                what, f"status {done.status}, left behind: {left or 'nothing'}", ok=done.status == DISK and not left
            )
        finally:
            subprocess.run(["umount", small], check=True)
    del setup


def main(arguments: Sequence[str]) -> int:
    """Try everything; return 1 if anything was not as it must be."""
    root, setup = Path(arguments[0]), Path(arguments[1])
    report = Report()
    megabytes = setup.stat().st_size / 1e6
    report.line("size of the setup", f"{megabytes:.1f} MB", ok=megabytes <= 110)
    try_it(root, setup, report)
    try_odd_places(root, setup, report)
    print("verified under Wine only", flush=True)
    return 1 if report.failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
