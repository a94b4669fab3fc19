"""The log file: set up once; it names records by id and errors by type and place, never by their text."""

from __future__ import annotations

import logging
import traceback
from pathlib import Path

_FULL_BYTES = 1_000_000
_KEPT_FILES = 5


class _FramesOnly(logging.Formatter):
    """Writes an exception's type and frames; its message may hold a name or a number."""

    def formatException(self, exc_info: object) -> str:
        error = exc_info[1] if isinstance(exc_info, tuple) else None
        return frames_without_values(error) if isinstance(error, BaseException) else ""


class _Turning(logging.FileHandler):
    """A log file that turns over when it is full: desktop.log.1 is the one before, up to .5.

    The standard library's own brings sockets and queues along, a twentieth of the way to the first window.
    """

    def emit(self, record: logging.LogRecord) -> None:
        """Write *record*; into a fresh file if this one is full."""
        try:
            if self.stream is not None and self.stream.tell() >= _FULL_BYTES:
                self._turn()
        except OSError:
            self.handleError(record)  # the old file is written on
        super().emit(record)

    def _turn(self) -> None:
        self.close()
        target = Path(self.baseFilename)
        for number in range(_KEPT_FILES, 0, -1):
            older = target.with_name(f"{target.name}.{number}")
            newer = target if number == 1 else target.with_name(f"{target.name}.{number - 1}")
            if newer.exists():
                newer.replace(older)
        self.stream = self._open()


def start_logging(folder: Path, *, level: int = logging.INFO) -> Path:
    """Send every log record to a rotating file in *folder* and return its path; raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / "desktop.log"
    handler = _Turning(target, encoding="utf-8")
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
