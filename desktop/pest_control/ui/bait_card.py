"""One agent of a campaign beside the grid: what is laid out, what is left of it, and whether that is enough."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QProgressBar, QVBoxLayout, QWidget

from desktop.foundation.days import plain_day
from desktop.pest_control.campaign_rules import Bait, Need, amount_text
from desktop.pest_control.rules import PACKAGES, PESTS
from desktop.pest_control.views import BatchLine
from desktop.widgets.buttons import SecondaryButton
from desktop.widgets.fields.base import Field
from desktop.widgets.fields.choice import ChoiceField
from desktop.widgets.fields.number import NumberField
from desktop.widgets.roles import label, row, set_look
from desktop.widgets.theme import scaled


class BaitCard(QWidget):
    """Asks for one agent and answers 够不够; ``issue_wanted`` carries the batch and how much to take out."""

    edited = Signal()
    agent_left = Signal()
    issue_wanted = Signal(object, object)

    def __init__(self, number: int, agents: Sequence[str], *, required: bool) -> None:
        super().__init__()
        self.setProperty("role", "bare")
        self.setObjectName(f"bait_{number}")
        self._offer: tuple[BatchLine, Decimal] | None = None
        self.agent = ChoiceField(f"agent_{number}", "药品名称", agents, editable=True, required=required)
        self.pest = ChoiceField(f"pest_{number}", "防制对象", PESTS, editable=True, required=required)
        self.unit = ChoiceField(f"unit_{number}", "单位", PACKAGES, editable=True, required=required)
        self.per = NumberField(f"per_{number}", "每户投", decimals=3)
        self.fields: tuple[Field, ...] = (self.agent, self.pest, self.per, self.unit)
        self._about = label("", "secondary", wrap=True, name=f"bait_about_{number}")
        self._amount = label("", "display", name=f"bait_amount_{number}")
        self._left = label("", "secondary")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(scaled(8))
        self._answer = label("", "", wrap=True, name=f"bait_answer_{number}")
        self._issue = SecondaryButton("", name=f"bait_issue_{number}")
        self._issue.clicked.connect(self._ask)
        three = QGridLayout()
        three.setContentsMargins(0, 0, 0, 0)
        three.setHorizontalSpacing(8)
        for place, field in enumerate((self.pest, self.per, self.unit)):
            three.addWidget(field, 0, place)
            three.setColumnStretch(place, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(scaled(6))
        whole.addWidget(self.agent)
        whole.addLayout(three)
        whole.addWidget(self._about)
        whole.addLayout(row(self._amount, self._left, 0, spacing=6))
        for part in (self._bar, self._answer, self._issue):
            whole.addWidget(part)
        for field in self.fields:
            field.edited.connect(self.edited)
        self.agent.left.connect(self.agent_left)
        self.show_need(None, [])

    def bait(self) -> Bait | None:
        """Return what is laid out, None while no agent is named."""
        agent = str(self.agent.value() or "")
        if not agent:
            return None
        per = self.per.value()
        return Bait(
            pest=str(self.pest.value() or ""),
            agent=agent,
            unit=str(self.unit.value() or ""),
            per_household=Decimal(per) if isinstance(per, int | Decimal) else None,
        )

    def show_need(self, need: Need | None, lines: Sequence[BatchLine]) -> None:
        """Say what is left of the agent and whether it is enough for *need*."""
        shown = need is not None
        for part in (self._about, self._amount, self._left, self._bar, self._answer):
            part.setVisible(shown)
        self._offer = None
        self._issue.setVisible(False)
        if need is None:
            return
        unit = need.bait.unit
        self._about.setText(_about(lines))
        self._about.setVisible(bool(lines))
        self._amount.setText(amount_text(need.balance))
        self._left.setText(f"{unit} 结存".strip())
        self._bar.setRange(0, max(int(max(need.total, need.balance)), 1))
        self._bar.setValue(int(min(need.total, need.balance)))
        self._bar.setAccessibleName(f"{need.bait.agent}，{need.sentence}")
        short = need.missing > 0
        said = need.sentence if lines else "台账里没有结存，请先登记入库。投药可以照登，台账要补上。"
        self._answer.setText(said)
        set_look(self._answer, "role", "danger" if short else "good")
        self._answer.setVisible(bool(need.total) or not lines)
        if lines and need.total:
            wanted = min(need.total, lines[0].balance)
            self._offer = (lines[0], wanted)
            self._issue.set_text(f"登记领用 {amount_text(wanted)}{unit}")
            self._issue.setVisible(True)

    def _ask(self) -> None:
        if self._offer is not None:
            self.issue_wanted.emit(*self._offer)


def _about(lines: Sequence[BatchLine]) -> str:
    """Return 1000克/袋 · 批号 201101 · 有效期至2028年3月 of the batch to be used first."""
    if not lines:
        return ""
    first = lines[0]
    parts = [f"{amount_text(first.package_g)}克/{first.package}"] if first.package_g is not None else []
    parts += [f"批号 {first.batch}"] if first.batch else []
    parts += [f"有效期至{plain_day(first.expires_on)}"] if first.expires_on is not None else []
    parts += [f"另有{len(lines) - 1}个批号"] if len(lines) > 1 else []
    return " · ".join(parts)
