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
    global _last  # noqa: PLW0603  one counter per process is the point
    milliseconds = time.time_ns() // 1_000_000
    value = (milliseconds << 80) | (7 << 76) | (secrets.randbits(12) << 64) | (2 << 62) | secrets.randbits(62)
    with _lock:
        if value <= _last:
            # Step the 62 random bits; on overflow carry into rand_a, never into version or variant.
            low = (_last & ((1 << 62) - 1)) + 1 + secrets.randbits(16)
            high = (_last >> 64) & 0xFFF
            stamp = _last >> 80
            if low >> 62:
                low &= (1 << 62) - 1
                high += 1
                stamp, high = stamp + (high >> 12), high & 0xFFF
            value = (stamp << 80) | (7 << 76) | (high << 64) | (2 << 62) | low
        _last = value
    return UUID(int=value)
