"""Whether an agent may be used on a day: pure functions over the dated statuses of the agents' list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from desktop.foundation.text import squeeze

BANNED, TO_CHECK, RESTRICTED = "禁用", "核对", "限制使用"
_ASCII = re.compile(r"[0-9A-Za-z,.\-]+")


@dataclass(frozen=True)
class Listed:
    """A listed agent found in a name, with its status on the day and where that is written."""

    name: str
    status: str
    source: str


class AgentList:
    """One edition of the list: finds listed agents in what people write as 药品名称 or 有效成分."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._entries = values
        pairs = [(squeeze(word).upper(), name) for name, entry in values.items() for word in (name, *entry["aliases"])]
        # Longest first, and what was found is taken away: 乙酰甲胺磷 is allowed though 甲胺磷 stands in it.
        self._words = sorted(pairs, key=lambda pair: -len(pair[0]))

    def find(self, text: str, day: date) -> list[Listed]:
        """Return every listed agent that *text* names, with its status on *day*; no status yet means none."""
        rest = squeeze(text).upper()
        found: dict[str, None] = {}
        for word, name in self._words:
            taken = _without(rest, word)
            if taken != rest:
                rest = taken
                found[name] = None
        return [listed for name in found if (listed := self._status(name, day)) is not None]

    def banned(self, texts: Iterable[str], day: date) -> Listed | None:
        """Return the first banned agent that one of *texts* names."""
        return self._first(texts, day, BANNED)

    def doubtful(self, texts: Iterable[str], day: date) -> Listed | None:
        """Return the first agent whose status must be looked up before use."""
        return self._first(texts, day, TO_CHECK)

    def restricted(self, texts: Iterable[str], day: date) -> Listed | None:
        """Return the first agent that is sold at licensed outlets only."""
        return self._first(texts, day, RESTRICTED)

    def _first(self, texts: Iterable[str], day: date, status: str) -> Listed | None:
        return next((one for text in texts if text for one in self.find(text, day) if one.status == status), None)

    def _status(self, name: str, day: date) -> Listed | None:
        entry = self._entries[name]
        begun = [one for one in entry["statuses"] if date.fromisoformat(one.get("from", "0001-01-01")) <= day]
        if not begun:
            return None
        latest = max(begun, key=lambda one: str(one.get("from", "")))
        return Listed(name, latest["status"], entry["source"])


def banned_sentence(agent: Listed) -> str:
    """Return what a form says under the field."""
    return f"“{agent.name}”是国家禁用药，不能登记。请封存，并联系街道或疾控处理。"


def doubt_sentence(agent: Listed) -> str:
    """Return what the import says beside a row that is stored all the same."""
    return f"“{agent.name}”请核对能不能用：{agent.source}"


def _without(text: str, word: str) -> str:
    """Return *text* with *word* blanked out; numbers and Latin names count only as whole words (1080, DDT)."""
    if _ASCII.fullmatch(word):
        return re.sub(rf"(?<![0-9A-Z.]){re.escape(word)}(?![0-9A-Z.])", "\0", text)
    return text.replace(word, "\0")
