"""The green strip over a report that was handed in: when, by whom, to whom, and what has changed since."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout

from desktop.foundation.days import long_day
from desktop.reports.frozen import Change, Submission
from desktop.widgets.buttons import RowButton
from desktop.widgets.roles import IconLabel, label

_TOLD = 2


class SubmissionStrip(QFrame):
    """Says that the figures are frozen; offers to look at changes and to correct them."""

    changes_wanted = Signal()
    correction_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "banner")
        self.setProperty("kind", "good")
        self.setObjectName("submission_strip")
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._text = label("", wrap=True, name="banner_text")
        self._text.setProperty("part", "title")
        self._detail = label("", wrap=True, name="banner_detail")
        self.changes = RowButton("看变化", name="see_changes")
        self.changes.clicked.connect(self.changes_wanted)
        self.correct = RowButton("出更正表", name="make_correction")
        self.correct.clicked.connect(self.correction_wanted)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(self._text)
        texts.addWidget(self._detail)
        line = QHBoxLayout(self)
        line.setContentsMargins(14, 8, 10, 8)
        line.setSpacing(12)
        line.addWidget(IconLabel("check", 20, "good"))
        line.addLayout(texts, 1)
        line.addWidget(self.changes)
        line.addWidget(self.correct)

    def show_submission(self, newest: Submission, first: Submission, changes: Sequence[Change], *, may: bool) -> None:
        """Show what was handed in; *may* offers the correction."""
        again = newest.id != first.id
        what = "已更正" if again else "已上报"
        self._text.setText(f"{what} {long_day(newest.submitted_on)}，{newest.handled_by}经办")
        number = f"，编号 {first.number}" if first.number else ""
        told = "、".join(change.text for change in changes[:_TOLD])
        more = f"等{len(changes)}项" if len(changes) > _TOLD else ""
        changed = f"上报后有变动：{told}{more}。" if changes else "上报以后没有变动。"
        self._detail.setText(f"报给{newest.recipient}{number}。数字已定格，{changed}")
        self.changes.set_text(f"看变化 {len(changes)}项")
        self.changes.setVisible(bool(changes))
        self.correct.setVisible(bool(changes) and may)
        self.setAccessibleName(f"{self._text.text()} {self._detail.text()}")
