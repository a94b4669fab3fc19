"""Pictures of PDF pages, for the preview and for printers that take pictures; and the text a page reads back as."""

from __future__ import annotations

import threading

import pypdfium2

# pdfium must not be entered by two threads at once.
_LOCK = threading.Lock()


class PdfPages:
    """The pages of one PDF, for a view of them; made off the window's thread, asked from any."""

    def __init__(self, pdf: bytes) -> None:
        """Look at the sizes of all pages once; the pictures are made as they are asked for."""
        self._pdf = pdf
        with _LOCK:
            document = pypdfium2.PdfDocument(pdf)
            try:
                self._sizes = [document.get_page_size(index) for index in range(len(document))]
            finally:
                document.close()

    def count(self) -> int:
        """Return how many pages there are."""
        return len(self._sizes)

    def size(self, index: int) -> tuple[float, float]:
        """Return width and height of page *index* (from 0) in inches."""
        width, height = self._sizes[index]
        return width / 72, height / 72

    def image(self, index: int, dpi: float) -> tuple[int, int, bytes]:
        """Return the picture of page *index* as :func:`page_image` does."""
        return page_image(self._pdf, index, dpi)


def page_count(pdf: bytes) -> int:
    """Return how many pages *pdf* has."""
    with _LOCK:
        document = pypdfium2.PdfDocument(pdf)
        try:
            return len(document)
        finally:
            document.close()


def page_text(pdf: bytes, index: int) -> str:
    """Return the text of page *index* (from 0) as a reader would copy it."""
    with _LOCK:
        document = pypdfium2.PdfDocument(pdf)
        try:
            return str(document[index].get_textpage().get_text_bounded())
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
