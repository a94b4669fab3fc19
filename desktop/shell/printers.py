"""The printers of this computer, and how one is made ready."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

PRINT_DPI = 300


@dataclass(frozen=True)
class Order:
    """What goes to the printer: which one, how often, and which pages (from 0; None for all)."""

    printer: str
    copies: int = 1
    pages: tuple[int, ...] | None = None


class Printers(Protocol):
    """Where paper can come out."""

    def names(self) -> list[str]:
        """Return the names of all printers, the usual one first."""
        ...

    def open(self, name: str) -> QPrinter:
        """Return the printer called *name*, ready to paint on."""
        ...


class SystemPrinters:
    """The printers the operating system knows."""

    def names(self) -> list[str]:
        """Return their names, the usual one first."""
        usual = QPrinterInfo.defaultPrinterName()
        return sorted(QPrinterInfo.availablePrinterNames(), key=lambda name: (name != usual, name))

    def open(self, name: str) -> QPrinter:
        """Return the printer called *name*."""
        printer = QPrinter(QPrinterInfo.printerInfo(name), QPrinter.PrinterMode.HighResolution)
        printer.setResolution(PRINT_DPI)
        return printer
