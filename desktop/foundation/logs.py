"""The log file: set up once; it names records by id and errors by type and place, never by their text."""

from __future__ import annotations

import logging
import traceback
from pathlib import Path


class _FramesOnly(logging.Formatter):
    """Writes an exception's type and frames; its message may hold a name or a number."""

    def formatException(self, exc_info: object) -> str:
        error = exc_info[1] if isinstance(exc_info, tuple) else None
        return frames_without_values(error) if isinstance(error, BaseException) else ""


def start_logging(folder: Path, *, level: int = logging.INFO) -> Path:
    """Send every log record to a rotating file in *folder* and return its path; raises OSError."""
    from logging.handlers import RotatingFileHandler  # noqa: PLC0415  it brings sockets and queues along; 15 ms

    folder.mkdir(parents=True, exist_ok=True)
    target = folder / "desktop.log"
    handler = RotatingFileHandler(target, maxBytes=1_000_000, backupCount=5, encoding="utf-8")
    handler.setFormatter(_FramesOnly("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    return target


def frames_without_values(error: BaseException) -> str:
    """Return type and frames of *error* and its causes, without any message or local value."""
    lines: list[str] = []
    seen: BaseException | None = error
    while seen is not None and len(lines) < 200:
        lines.append(type(seen).__qualname__)
        lines.extend(
            f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(seen.__traceback__)
        )
        seen = seen.__cause__ or (None if seen.__suppress_context__ else seen.__context__)
    return "\n".join(lines)
