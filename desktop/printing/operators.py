"""Texts as the PDF operators that show them: encoded once for each face and size of a document."""

from __future__ import annotations

from typing import Any

from desktop.printing.text import BETWEEN_MARKS, SQUEEZE, Typeface, has_meeting_marks


class TextOperators(dict[str, str]):
    """Operators by text for one face and size in one document; equal texts are encoded once."""

    def __init__(self, document: Any, face: Typeface, size: float) -> None:
        super().__init__()
        self._document, self._face, self._size = document, face, size
        # Codes of the characters in the first embedded part of the main font, where most texts lie whole.
        self._first: dict[int, int] = {}
        self._in_first: set[str] = set()
        self._select_first = ""

    def __missing__(self, text: str) -> str:
        """Encode *text*: where marks meet, a step back takes out the doubled blank."""
        pieces = BETWEEN_MARKS.split(text) if has_meeting_marks(text) else (text,)
        self[text] = operators = f" [{SQUEEZE * 1000:g}] TJ ".join(map(self._encoded, pieces))
        return operators

    def _encoded(self, text: str) -> str:
        """Return the operators for *text*; a font is embedded in parts of 256 characters, so it may need several."""
        if text and self._in_first.issuperset(text):
            return f"{self._select_first}{text.translate(self._first).encode('latin-1').hex()}> Tj"
        found: list[str] = []
        for font, run in self._face.runs(text):
            position = 0
            for part, codes in font.splitString(run, self._document):
                select = f"{font.getSubsetInternalName(part, self._document)} {self._size:g} Tf <"
                found.append(f"{select}{codes.hex()}> Tj")
                if part == 0 and font is self._face.main:
                    characters = run[position : position + len(codes)]
                    self._first.update(zip(map(ord, characters), codes, strict=True))
                    self._in_first.update(characters)
                    self._select_first = select
                position += len(codes)
        return " ".join(found)
