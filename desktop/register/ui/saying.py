"""What a page says of a failure: the sentence of an expected one, a neutral one for anything else."""

from __future__ import annotations

import logging

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
