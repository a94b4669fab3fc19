"""A Windows user on a Wine that lives in a Debian root of its own, without a network."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

OFFICER, PASSWORD = "沈玉琴", "xingfuli-2026"


@dataclass(frozen=True)
class Done:
    """How a program ended and what it said."""

    status: int
    out: str


class Wine:
    """One Windows user on one Wine; *home* is seen from inside the root."""

    def __init__(self, root: Path, home: str, user: str = "root", uid: int = 0) -> None:
        self._root, self.home, self.user, self._uid = root, home, user, uid
        self.prefix = root / home.lstrip("/") / "prefix"
        (root / home.lstrip("/")).mkdir(parents=True, exist_ok=True)
        if uid:
            names = root / "etc" / "passwd"
            line = f"{user}:x:{uid}:{uid}::{home}:/bin/sh\n"
            if line not in names.read_text(encoding="utf-8"):
                with names.open("a", encoding="utf-8") as stream:
                    stream.write(line)
            os.chown(root / home.lstrip("/"), uid, uid)
        self.local = self.prefix / "drive_c" / "users" / user / "AppData" / "Local"
        self.program = self.local / "Programs" / "JuweiWorkbench"
        self.data = self.local / "JuweiWorkbench"

    def command(self, arguments: Sequence[str]) -> list[str]:
        """Return *arguments* to be run in the root, as the user, without a network."""
        settings = {
            "PATH": "/usr/bin:/bin", "HOME": self.home, "LANG": "C.UTF-8", "WINEPREFIX": f"{self.home}/prefix",
            "WINEDEBUG": "-all", "WINEDLLOVERRIDES": "winemenubuilder.exe=d", "JUWEI_STAFF": OFFICER,
            "JUWEI_PASSWORD_FILE": "Z:\\build\\verify\\password.txt",
        }  # fmt: skip
        become = ["--userspec", f"{self._uid}:{self._uid}"] if self._uid else []
        inside = ["env", "-i", *(f"{name}={value}" for name, value in settings.items()), *arguments]
        mount = 'mountpoint -q "$0/proc" || mount -t proc proc "$0/proc"; exec chroot "$@"'
        return ["unshare", "--mount", "--net", "--propagation", "private", "sh", "-c", mount, str(self._root), *become,
                str(self._root), *inside]  # fmt: skip

    def run(self, *arguments: str) -> Done:
        """Run a Windows program to its end."""
        script = 'wine "$@" </dev/null 2>/dev/null | cat; exit ${PIPESTATUS[0]}'
        done = subprocess.run(
            self.command(["bash", "-c", script, "bash", *arguments]), check=False, capture_output=True
        )
        return Done(done.returncode, done.stdout.decode("utf-8", errors="replace"))

    def settle(self) -> None:
        """Wait until every Windows program has ended and the registry is on the disk."""
        subprocess.run(self.command(["wineserver", "-w"]), check=False)

    def install(self, setup: Path) -> Done:
        """Run *setup* silently."""
        return self.run(self.windows(setup), "/S")

    def windows(self, path: Path) -> str:
        """Return the Windows name of a file in the root."""
        return "Z:\\" + str(path.relative_to(self._root)).replace("/", "\\")

    def juwei(self, *arguments: str) -> Done:
        """Run the installed program."""
        return self.run(self.windows(self.program / "juwei.exe"), *arguments)


def drive_c(wine: Wine, path: Path) -> str:
    """Return the Windows name of a folder on drive C."""
    return "C:\\" + str(path.relative_to(wine.prefix / "drive_c")).replace("/", "\\")
