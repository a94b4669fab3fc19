"""What pages say alike: the sentence of a failure, and when something happened."""

from __future__ import annotations

import logging
from datetime import datetime

from desktop.foundation.clock import CHINA
from desktop.foundation.errors import AppError
from desktop.foundation.logs import frames_without_values
from desktop.widgets.dialogs import UNEXPECTED

log = logging.getLogger(__name__)


def sentence_of(doing: str, error: BaseException) -> str:
    """Return what to tell the user when *doing* failed; an unexpected error goes to the log, without its text."""
    if isinstance(error, AppError):
        return str(error)
    log.error("%s failed: %s", doing, frames_without_values(error))
    return UNEXPECTED


def moment_text(at: datetime) -> str:
    """Return 2026年6月17日 10:42, in China's time."""
    local = at.astimezone(CHINA)
    return f"{local.year}年{local.month}月{local.day}日 {local:%H:%M}"
