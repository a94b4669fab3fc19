"""Where the frozen program starts: the command `juwei`, with somewhere to write to even without a console."""

from __future__ import annotations

import os
import sys
from typing import TextIO

from desktop.cli import main

_PARENT = -1


def _console(name: str) -> TextIO:
    """Return the console of whoever called us from one, else a stream that keeps nothing."""
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415  a double click does without

        # A second call fails because we are attached already; what counts is whether a console can be opened.
        ctypes.windll.kernel32.AttachConsole(_PARENT)
        try:
            return open(name, "w", encoding="utf-8", errors="replace", buffering=1)  # noqa: PTH123  a device
        except OSError:
            pass
    return open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123  kept open as long as the program runs


if __name__ == "__main__":
    # Windows gives a program without a console no streams; what is piped or redirected is there and stays.
    if len(sys.argv) > 1:
        sys.stdout = sys.stdout or _console("CONOUT$")
        sys.stderr = sys.stderr or _console("CONOUT$")
    main()
