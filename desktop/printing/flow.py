"""Shares what stands below one another among pages, before anything is drawn: every page names how many there are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from desktop.printing.grid import Grid, GridRow
from desktop.printing.ledger import pages_of
from desktop.printing.paper import Paper

Draw = Callable[[Paper, float], object]  # draws with its top at the given height


class Flow:
    """Pages with room from *top* to *bottom* (mm); what is held waits for the next thing and stays with it."""

    def __init__(self, top: float, bottom: float) -> None:
        self.pages: list[list[tuple[float, Draw]]] = [[]]
        self.y = top
        self._top, self._bottom = top, bottom
        self._held: list[tuple[float, Draw]] = []

    def add(self, height: float, draw: Draw, *, after: float = 0.0) -> None:
        """Place something *height* high, behind what is held, on this page or the next."""
        if height > self.room() and self.pages[-1]:
            self.turn()
        self.close()
        self.pages[-1].append((self.y, draw))
        self.y += height + after

    def hold(self, height: float, draw: Draw) -> None:
        """Keep a heading until what follows it is placed."""
        self._held.append((height, draw))

    def close(self) -> None:
        """Place headings that nothing followed."""
        for height, draw in self._held:
            self.pages[-1].append((self.y, draw))
            self.y += height
        self._held = []

    def skip(self, height: float) -> None:
        """Leave *height* free."""
        self.y += height

    def room(self) -> float:
        """Return how much of this page is left."""
        return self._bottom - self.y - self._held_height()

    def turn(self) -> None:
        """Begin a new page."""
        self.pages.append([])
        self.y = self._top

    def grid(self, grid: Grid, rows: Sequence[GridRow], *, head: bool) -> None:
        """Place laid-out *rows*, cut at page ends; with *head* it is repeated on every page."""
        above = grid.head_height if head else 0.0
        whole = self._bottom - self._top - above
        here = self.room() - above
        for page in pages_of(grid, rows, whole, 0.0, first_room=here):
            if page:
                self.add(above + sum(row.height for row in page), partial(_draw_grid, grid, page, head))

    def draw_page(self, paper: Paper, number: int) -> None:
        """Draw what stands on page *number* (from 1)."""
        for y, draw in self.pages[number - 1]:
            draw(paper, y)

    def _held_height(self) -> float:
        return sum(height for height, _ in self._held)


def _draw_grid(grid: Grid, rows: list[GridRow], head: bool, paper: Paper, y: float) -> None:
    """Draw the part of a table that stands on one page."""
    grid.draw(paper, y, rows, head=head)
