"""Reading printed notices back."""

from __future__ import annotations

import re
from collections.abc import Callable

import pypdfium2
import pytest


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
