"""Record ids: UUID version 7 (RFC 9562), increasing within one process so that rows lie in order of entry."""

from __future__ import annotations

import secrets
import threading
import time
from uuid import UUID

_lock = threading.Lock()
_last = 0


def new_id() -> UUID:
    """Return a UUIDv7 greater than every one returned before by this process."""
    return new_ids(1)[0]


def new_ids(count: int) -> list[UUID]:
    """Return *count* UUIDv7, each greater than the one before and than every one returned before by this process."""
    global _last  # noqa: PLW0603  one counter per process is the point
    steps = memoryview(secrets.token_bytes(2 * count)).cast("H")  # asking the system once costs as much as once each
    milliseconds = time.time_ns() // 1_000_000
    fresh = (milliseconds << 80) | (7 << 76) | (secrets.randbits(12) << 64) | (2 << 62) | secrets.randbits(62)
    made = []
    with _lock:
        for step in steps:
            _last = fresh if fresh > _last else _next(_last, step)
            made.append(UUID(int=_last))
    return made


def _next(last: int, step: int) -> int:
    """Step the 62 random bits; on overflow carry into rand_a, never into version or variant."""
    low = (last & ((1 << 62) - 1)) + 1 + step
    high = (last >> 64) & 0xFFF
    stamp = last >> 80
    if low >> 62:
        low &= (1 << 62) - 1
        high += 1
        stamp, high = stamp + (high >> 12), high & 0xFFF
    return (stamp << 80) | (7 << 76) | (high << 64) | (2 << 62) | low
