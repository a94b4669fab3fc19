"""The manual as data: chapters from resources/manual, and which of them belongs to which page. No Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.foundation.paths import resource

_PAGES = "pages:"


@dataclass(frozen=True)
class Chapter:
    """One chapter: its title, its text as Markdown without the title, and the tabs and pages it explains."""

    key: str
    title: str
    text: str
    pages: tuple[str, ...]


def chapters() -> list[Chapter]:
    """Return the chapters in the order of their file names.

    A file begins with a line ``pages: …`` that names tabs and object names of pages, followed by ``# title``.
    """
    return [_read(path.stem, path.read_text(encoding="utf-8")) for path in sorted(resource("manual").glob("*.md"))]


def chapter_for(names: Sequence[str], among: Sequence[Chapter]) -> Chapter:
    """Return the chapter of the first of *names* that has one; the first chapter if none has."""
    by_page = {page: chapter for chapter in among for page in chapter.pages}
    return next((by_page[name] for name in names if name in by_page), among[0])


def _read(key: str, text: str) -> Chapter:
    head, _, rest = text.partition("\n")
    if not head.startswith(_PAGES):
        raise ValueError(f"manual chapter {key} does not say which pages it explains")
    title, _, body = rest.strip().partition("\n")
    if not title.startswith("# "):
        raise ValueError(f"manual chapter {key} has no title")
    return Chapter(key, title.removeprefix("# "), body.strip(), tuple(head.removeprefix(_PAGES).split()))
