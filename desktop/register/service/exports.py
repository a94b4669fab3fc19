"""What leaves the program as rows, in a file or on paper, is a step of the history before it is there."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from desktop.register.rights import Officer
from desktop.store.history import EXPORT
from desktop.store.unit import Store

LISTING, LEDGER, PAPER, MENDING, DRAFT = "清单导出", "台账导出", "打印或存成PDF", "改好再导入", "通知草稿"
"""What rows leave for, where nobody was asked."""


@dataclass(frozen=True)
class Leaving:
    """*rows* of *kind* that leave as *what* (导出清单“居民住户”) for *purpose*; of one person alone, with its id."""

    what: str
    rows: int
    kind: str
    purpose: str = PAPER
    record_id: UUID | None = None


class ExportLog:
    """Writes down who takes how much of what out, and nobody's name; 操作记录 shows it under 导出和看号码."""

    def __init__(self, store: Store, officer: Officer) -> None:
        self._store, self._officer = store, officer

    def note(self, leaving: Leaving) -> str:
        """Store the step and return its label; called just before the file has its name or the paper is printed."""
        label = f"{leaving.what}：{leaving.rows:,}行，用途：{leaving.purpose}"
        changes = {"rows": leaving.rows, "unmasked": False, "purpose": leaving.purpose}
        with self._store.writing(label, self._officer, undoable=False, even_lent=True) as unit:
            unit.note(leaving.kind, leaving.record_id, EXPORT, changes)
        return label
