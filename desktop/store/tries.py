"""Wrong passwords in a row: each makes the next try wait longer, also after a restart.

What is remembered lies unencrypted beside the file, because it is needed before anybody has a key. Who may write the
folder may delete it, and who has the file can try passwords without this program anyway: against that stands the cost
of Argon2id. The wait is against a colleague or visitor at the keyboard.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from math import ceil
from pathlib import Path

from desktop.foundation.clock import in_words
from desktop.foundation.errors import TooManyTries, WrongPassword
from desktop.store.files import write_atomically
from desktop.store.locks import exclusive_lock

log = logging.getLogger(__name__)
WAITS_S = (0, 0, 0, 10, 20, 30, 45, 60, 75, 90, 120, 180, 300)
"""Seconds to wait after so many wrong tries in a row; the last stays. Ten wrong ones take five and a half minutes."""

_NAME = "tries.json"


@contextmanager
def counted(folder: Path, slot_id: str, now: datetime) -> Iterator[None]:
    """Refuse the try inside the block with TooManyTries while its owner has to wait; count it if it is wrong.

    A try is written down before it is made, so that killing the program in the middle of one gains nothing.
    """
    with exclusive_lock(folder / "tries.lock"):
        known = _read(folder)
        count, last = known.get(slot_id, (0, now))
        if wait := _left(count, last, now):
            if last > now:  # the clock was set back: wait once from now, not until it has caught up
                _write(folder, {**known, slot_id: (count, now)})
            raise TooManyTries(f"密码连续输错{count}次，请等{in_words(wait)}再试。", wait)
        _write(folder, {**known, slot_id: (count + 1, now)})
    try:
        yield
    except WrongPassword as error:
        if wait := wait_after(count + 1):
            text = f"{error}已经连续输错{count + 1}次，请等{in_words(wait)}再试。"
            raise WrongPassword(text, wait) from None
        raise
    forget(folder, slot_id)


def forget(folder: Path, slot_id: str) -> None:
    """Begin again at nothing: the right password was given, or somebody in charge has set a new one."""
    with exclusive_lock(folder / "tries.lock"):
        known = _read(folder)
        if known.pop(slot_id, None) is not None:
            _write(folder, known)


def wait_after(count: int) -> int:
    """Return how many seconds to wait after *count* wrong tries in a row."""
    return WAITS_S[min(count, len(WAITS_S) - 1)]


def _left(count: int, last: datetime, now: datetime) -> int:
    wait = wait_after(count)
    gone = (now - last).total_seconds()
    return wait if gone < 0 else max(0, ceil(wait - gone))


def _read(folder: Path) -> dict[str, tuple[int, datetime]]:
    try:
        stored = json.loads((folder / _NAME).read_text(encoding="utf-8"))
        return {
            str(slot): (max(0, int(entry["count"])), datetime.fromisoformat(entry["last"]).astimezone(UTC))
            for slot, entry in stored.items()
        }
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        log.warning("what was known of wrong tries is unreadable")
        return {}


def _write(folder: Path, known: dict[str, tuple[int, datetime]]) -> None:
    content = {
        slot: {"count": count, "last": last.astimezone(UTC).isoformat()} for slot, (count, last) in known.items()
    }
    try:
        write_atomically(folder / _NAME, json.dumps(content, indent=1).encode())
    except OSError:
        # On a full disk people must still get in to make room.
        log.warning("a wrong try could not be written down")
