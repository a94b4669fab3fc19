"""How wide the columns of a table are: given ones kept, the others shared out by what their texts need."""

from __future__ import annotations

from collections.abc import Sequence

NARROWEST_MM = 12.0


def column_widths(given: Sequence[float | None], natural: Sequence[float], available: float) -> list[float]:
    """Return widths that together make *available* millimetres.

    Columns with a *given* width keep it while the others still get NARROWEST_MM; the others share the rest by their
    *natural* width (that of their widest text): the narrow ones get theirs whole, the wide ones an equal share.
    """
    open_columns = [index for index, width in enumerate(given) if width is None]
    fixed = sum(width for width in given if width is not None)
    if not open_columns:
        return [width * available / fixed for width in given if width is not None]
    reserve = min(NARROWEST_MM * len(open_columns), available * len(open_columns) / len(given))
    scale = min(1.0, (available - reserve) / fixed) if fixed else 1.0
    room = available - fixed * scale
    shares = _shared([natural[index] for index in open_columns], room)
    widths = [0.0 if width is None else width * scale for width in given]
    for index, share in zip(open_columns, shares, strict=True):
        widths[index] = share
    return widths


def _shared(natural: list[float], room: float) -> list[float]:
    """Return widths that sum to *room*: as wished and then some if all fits, else the widest cut to one level."""
    total = sum(natural)
    if total <= room:
        return [width * room / total for width in natural] if total else [room / len(natural)] * len(natural)
    level, left = room / len(natural), room
    widths = [0.0] * len(natural)
    order = sorted(range(len(natural)), key=lambda index: natural[index])
    for position, index in enumerate(order):
        level = left / (len(order) - position)
        widths[index] = min(natural[index], level)
        left -= widths[index]
    return widths
