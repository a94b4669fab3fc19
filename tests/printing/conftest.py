"""Parts of printed pages that several tests look at."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from desktop.printing.document import Heading
from tests.printing import reading


@pytest.fixture
def heading() -> Heading:
    return Heading("幸福里社区居民委员会", "2026年6月", "刘桂芳", date(2026, 7, 1))


@pytest.fixture
def text_of() -> Callable[[bytes], str]:
    return reading.text_of
