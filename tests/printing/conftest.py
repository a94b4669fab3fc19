"""Parts of printed pages that several tests look at."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pypdfium2
import pytest

from desktop.printing.document import Heading


@pytest.fixture
def heading() -> Heading:
    return Heading("幸福里社区居民委员会", "2026年6月", "刘桂芳", date(2026, 7, 1))


@pytest.fixture
def text_of() -> Callable[[bytes], str]:
    def extract(pdf: bytes) -> str:
        """Return the text of all pages as pdfium reads it, without white space."""
        document = pypdfium2.PdfDocument(pdf)
        try:
            pages = [document[index].get_textpage().get_text_bounded() for index in range(len(document))]
        finally:
            document.close()
        return re.sub(r"\s+", "", "".join(pages))

    return extract
