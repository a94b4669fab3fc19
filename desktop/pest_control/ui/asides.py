"""What stands at the right while no record is open: what is left of the agents, what to do, the latest densities."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.foundation.days import add_days, days_left, plain_day, short_day
from desktop.pest_control.documents import DensityRow, grade_text, index_text, number
from desktop.pest_control.ui.columns import verdict_chip
from desktop.pest_control.views import BatchLine, HalfMonth
from desktop.register.ui.scrolling import scrolled
from desktop.widgets.card import Banner
from desktop.widgets.chips import ChipRow
from desktop.widgets.panel import clear_layout
from desktop.widgets.roles import FixedWidth, label, row, rule
from desktop.widgets.theme import scaled

_SOON_DAYS = 90


class Aside(QFrame):
    """A card of the panel's width with a heading and a scrolling body."""

    def __init__(self, title: str, name: str) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setObjectName(name)
        self.setAccessibleName(title)
        FixedWidth(self, 332, 392)
        inner = QWidget()
        self.body = QVBoxLayout(inner)
        self.body.setContentsMargins(16, 4, 16, 12)
        self.body.setSpacing(scaled(6))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 12, 0, 4)
        whole.setSpacing(6)
        head = row(label(title, "title"), 0)
        head.setContentsMargins(16, 0, 16, 0)
        whole.addLayout(head)
        whole.addWidget(scrolled(inner), 1)

    def begin(self) -> None:
        """Empty the body for other contents."""
        clear_layout(self.body)

    def say(self, text: str, role: str = "secondary") -> None:
        """Add a wrapped line of text."""
        self.body.addWidget(label(text, role, wrap=True))

    def end(self) -> None:
        """Push what was added to the top."""
        self.body.addStretch(1)


class BalanceAside(Aside):
    """What is left of every product and batch."""

    def __init__(self) -> None:
        super().__init__("结存", "balance_aside")

    def show_lines(self, lines: Sequence[BatchLine], today: date) -> None:
        """Show batches with something left first; used up ones are counted at the end."""
        self.begin()
        left = [line for line in lines if line.balance]
        for place, line in enumerate(left):
            if place:
                self.body.addWidget(rule())
            self._add(line, today)
        used_up = len(lines) - len(left)
        if not lines:
            self.say("登记入库以后，这里显示每种药还剩多少。")
        elif used_up:
            self.say(f"另有 {used_up}批已用完。")
        self.end()

    def _add(self, line: BatchLine, today: date) -> None:
        amount = label(number(line.balance), "display", name="balance_number")
        unit = label(f"{line.package} 结存".strip(), "secondary")
        amount.setAccessibleName(f"{line.agent} 结存 {number(line.balance)} {line.package}")
        self.say(line.agent, "heading")
        facts = [f"{number(line.package_g)}克/{line.package}"] if line.package_g is not None and line.package else []
        facts += [f"批号 {line.batch}"] if line.batch else []
        if facts:
            self.say(" · ".join(facts))
        self.body.addLayout(row(amount, unit, 0, spacing=6))
        if line.expires_on is not None:
            near = line.expires_within(today, _SOON_DAYS)
            gone = line.expires_on < today
            word = "已过期，请报废" if gone else days_left(line.expires_on, today) if near else ""
            text = f"有效期至{plain_day(line.expires_on)}{f'，{word}' if word else ''}"
            self.say(text, "danger" if gone else "warning" if near else "secondary")


class AedesAside(Aside):
    """What to do at the present band, before any other number."""

    def __init__(self) -> None:
        super().__init__("该做什么", "aedes_aside")

    def show_advice(
        self,
        newest: HalfMonth | None,
        checked_on: date | None,
        clear_days: int,
        today: date,
        *,
        rows: Sequence[DensityRow],
        pests: Mapping[str, str],
    ) -> None:
        """Say what the newest half month asks for, then the latest densities."""
        self.begin()
        if newest is None or newest.band is None or checked_on is None:
            self.say("还没有监测记录。登记以后，这里说明该做什么。")
            self.end()
            return
        due = add_days(checked_on, clear_days)
        kind, text, detail = {
            "〇级": ("good", "达标，照常清积水", "每周清一次积水，半个月再查。"),
            "一级": (
                "warning", f"{clear_days}天内清积水，并再查一次",
                f"从{short_day(checked_on, today)}算，到{short_day(due, today)}，{days_left(due, today)}。",
            ),
            "二级": ("danger", "组织清积水，请专业队伍消杀", "同时报街道，清完再查。"),
            "三级": ("danger", "马上报告街道和疾控", "立即清积水、应急消杀，再查到降下来为止。"),
        }[newest.band]  # fmt: skip
        self.body.addWidget(Banner(kind, text, detail=detail))
        self.say("做法是本程序的建议，以街道和疾控的要求为准。", "small")
        if rows:
            self.say("最近一次密度", "title")
            _add_densities(self, rows, pests, today)
        self.end()


class DensityAside(Aside):
    """The newest measurement of every indicator."""

    def __init__(self) -> None:
        super().__init__("最近一次密度", "density_aside")

    def show_rows(
        self, rows: Sequence[DensityRow], pests: Mapping[str, str], notes: Sequence[str], today: date
    ) -> None:
        """Show one line per indicator with its grade, then what is doubtful about the standard."""
        self.begin()
        _add_densities(self, rows, pests, today)
        if not rows:
            self.say("登记以后，这里显示每个指标最近一次的结果。")
        for note in notes:
            self.say(note, "small")
        self.end()


def _add_densities(aside: Aside, rows: Sequence[DensityRow], pests: Mapping[str, str], today: date) -> None:
    for place, found in enumerate(rows):
        if place:
            aside.body.addWidget(rule())
        draft, grade = found.draft, grade_text(found)
        name = label(pests.get(draft.indicator, draft.indicator), "heading")
        aside.body.addLayout(row(name, 0, label(index_text(found), "heading")))
        aside.say(f"{draft.indicator} · {short_day(draft.checked_on, today)}")
        share = label(f"{number(draft.positive)}/{number(draft.checked)}", "secondary")
        shown: QWidget = label("不分级", "secondary") if grade == "—" else ChipRow([verdict_chip(grade)])
        aside.body.addLayout(row(share, 0, shown))
