"""Keeping Python's search for circular garbage out of work that makes very many objects and no circles."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Let the block make objects without being searched for circles again and again; one seventh of an import's time.

    What is no longer referred to goes at once as always; circles made meanwhile go with the first search afterwards.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
