"""The command `juwei`: exit status 0 done, 1 input refused, 2 usage, 3 the machine's fault (docs/contracts.md)."""

from __future__ import annotations

import gc
import sys
import traceback
from pathlib import Path

from desktop.foundation.errors import AppError
from desktop.foundation.paths import default_data_folder
from desktop.safekeeping.opener import backup_to_open


def main() -> None:
    """Run the command and leave with its exit status; without arguments, or for a backup's opener, the window opens."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    backup = backup_to_open(sys.argv[1:])
    if backup is not None or sys.argv[1:] == []:
        gc.disable()  # a tenth of the way to the first paint; open_window turns it on again
        from desktop.window import open_window  # noqa: PLC0415  the shortest way to the login window

        sys.exit(open_window(default_data_folder(), backup=backup))
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run one command line and return its exit status; every failure is one Chinese sentence on stderr."""
    import typer  # noqa: PLC0415  the window must not wait for the parser

    from desktop.commands.program import program  # noqa: PLC0415
    from desktop.commands.speaking import complain  # noqa: PLC0415
    from desktop.usage import usage_sentence  # noqa: PLC0415

    try:
        result = program(arguments, standalone_mode=False, prog_name="juwei")
    except AppError as error:
        complain(str(error))
        return error.exit_status
    except (KeyboardInterrupt, typer.Abort):
        complain("已停下，没有存到一半的内容。")
        return 130
    except Exception as error:  # noqa: BLE001  the outermost frame: say it plainly, never show values
        if (sentence := usage_sentence(error)) is not None:
            complain(sentence)
            return 2
        complain(f"程序遇到意外问题（{type(error).__name__}，{_place_of(error)}）。没有存到一半的内容。")
        return 3
    return result if isinstance(result, int) else 0


def _place_of(error: BaseException) -> str:
    """Return file and line of *error*, for support; its text stays unsaid, it may hold a name."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "—"
