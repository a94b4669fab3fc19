"""Pictures of PDF pages, for the preview and for printers that take pictures."""

from __future__ import annotations

import threading

import pypdfium2

# pdfium must not be entered by two threads at once.
_LOCK = threading.Lock()


def page_count(pdf: bytes) -> int:
    """Return how many pages *pdf* has."""
    with _LOCK:
        document = pypdfium2.PdfDocument(pdf)
        try:
            return len(document)
        finally:
            document.close()


def page_image(pdf: bytes, index: int, dpi: float) -> tuple[int, int, bytes]:
    """Return page *index* (from 0) as (width, height, pixels): four bytes a pixel, blue green red and 255.

    Rows follow each other without gaps; in Qt this is QImage.Format.Format_RGB32 on every machine we ship for.
    """
    with _LOCK:
        document = pypdfium2.PdfDocument(pdf)
        try:
            bitmap = document[index].render(
                scale=dpi / 72, force_bitmap_format=pypdfium2.raw.FPDFBitmap_BGRA, fill_color=(255, 255, 255, 255)
            )
            pixels = bytes(bitmap.buffer)
            line = bitmap.width * 4
            if bitmap.stride != line:
                starts = range(0, bitmap.stride * bitmap.height, bitmap.stride)
                pixels = b"".join(pixels[start : start + line] for start in starts)
            return bitmap.width, bitmap.height, pixels
        finally:
            document.close()
