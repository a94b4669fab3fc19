"""The file in every backup that a double click opens the program with, at the page for restoring."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

SUFFIX = ".juwei"
OPENER = f"双击恢复这份备份{SUFFIX}"
WORDS = (
    "这里是居委工作台的一份备份。装好居委工作台以后双击这个文件，就打开“从备份恢复”的页面，先比较，再决定要不要恢复。\r\n"
    "这个文件夹里的文件是一整份，请不要改名，也不要只拿走一部分。\r\n"
)


def backup_to_open(arguments: Sequence[str]) -> Path | None:
    """Return the backup's folder if the program was started with nothing but the opener in it, else None."""
    if len(arguments) != 1 or not arguments[0].lower().endswith(SUFFIX) or arguments[0].startswith("-"):
        return None
    return Path(arguments[0]).absolute().parent
