"""Step 4 of the import: what was stored, and what can be done about the rest."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.register.ui.intake_notes import result_texts
from desktop.register.ui.intake_reading import Judged
from desktop.register.ui.scrolling import scrolled
from desktop.spreadsheets.judging import Verdict
from desktop.widgets.card import Card
from desktop.widgets.empty import EmptyAction, EmptyState
from desktop.widgets.panel import clear_layout

TO_LIST = "清单"
"""Stands for the next file where the way leads back to the list of several."""


class ResultStep(QWidget):
    """``asked`` carries refused, undo, next or again."""

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "bare")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        self._card = Card()
        whole.addWidget(self._card)

    def show_verdict(self, judged: Judged, verdict: Verdict, following: str) -> None:
        """Show what an import did; *following* is the name of the next file that waits."""
        refused = verdict.rows - verdict.accepted
        actions = []
        if refused:
            detail = "原因写在每行后面，照着改好，再导这张小表就行"
            actions.append(
                EmptyAction(
                    "refused",
                    "table",
                    f"还有 {refused:,}行没有导入",
                    detail,
                    f"把 {refused:,}行存成表去改",
                    filled=not following,
                )
            )
        if verdict.batch is not None:
            detail = "这次进来的内容整批放进回收站，改过的恢复原样"
            actions.append(EmptyAction("undo", "undo", "导错了？", detail, "撤销这次导入"))
        actions.append(_onward(following, filled=bool(following) or not refused))
        title, text = result_texts(judged, verdict)
        self._show("check-circle", title, text, actions)

    def show_undone(self, title: str, rows: int, following: str) -> None:
        """Show that the import was taken back."""
        text = f"{rows:,}行放进了回收站，别的内容没有动。"
        self._show("undo", f"已撤销这次{title}导入", text, [_onward(following, filled=True)])

    def _show(self, icon_name: str, title: str, text: str, actions: list[EmptyAction]) -> None:
        clear_layout(self._card.body)
        state = EmptyState(icon_name, title, text, actions, remark="这一次记在右上角齿轮的“操作记录”里，以后也能撤销。")
        state.action.connect(self.asked)
        self._card.body.addWidget(scrolled(state))


def _onward(following: str, *, filled: bool) -> EmptyAction:
    if following == TO_LIST:
        return EmptyAction("next", "list", "还有别的表", "回到清单，接着导", "回到清单", filled=filled)
    if following:
        return EmptyAction("next", "chevron-right", "还有下一张表", following, "看下一张", filled=filled)
    return EmptyAction("again", "download", "还有别的表", "换一张，从选文件开始", "再导一张", filled=filled)
