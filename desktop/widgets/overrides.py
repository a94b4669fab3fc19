"""Keeps an exception inside a Qt override (paintEvent, data …) from killing the process.

PySide6 6.9.3 on Python 3.11 reads the arguments of an exception that C code raised lazily (IndexError from a list,
KeyError from a dict) before Python has made an object of it, and ends in a segmentation fault instead of the crash
dialog. An exception that has passed through a Python ``except`` is whole. So every override of ours passes through one.
"""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from types import FunctionType
from typing import Any

from PySide6.QtCore import QObject


def guard_overrides() -> None:
    """From now on, wrap the overrides of every Qt subclass defined in this program; called once, by desktop.widgets."""
    # Qt's classes have no hook of their own for new subclasses, so nothing is displaced.
    QObject.__init_subclass__ = classmethod(_wrap_overrides)  # type: ignore[assignment]


def _wrap_overrides(cls: type[QObject], /, **keywords: Any) -> None:
    super(QObject, cls).__init_subclass__(**keywords)  # Generic and others further along have one too
    if not cls.__module__.startswith(("desktop.", "tests.")):
        return
    bases = [base for base in cls.__mro__[1:] if base.__module__.startswith("PySide6")]
    for name, function in list(vars(cls).items()):
        if isinstance(function, FunctionType) and not name.startswith("_") and any(hasattr(b, name) for b in bases):
            setattr(cls, name, _guarded(function))


def _guarded(function: FunctionType) -> Callable[..., Any]:
    @functools.wraps(function)
    def call(*arguments: Any, **keywords: Any) -> Any:
        try:
            return function(*arguments, **keywords)
        except Exception:
            # Told at once: PySide hands it on only when the event loop returns.
            sys.excepthook(*sys.exc_info())
            raise

    return call
