"""Printed pages read back as other programs read them."""

from __future__ import annotations

import re

import pypdfium2


def text_of(pdf: bytes) -> str:
    """Return the text of all pages as pdfium reads it, without white space."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = [document[index].get_textpage().get_text_bounded() for index in range(len(document))]
    finally:
        document.close()
    return re.sub(r"\s+", "", "".join(pages))
