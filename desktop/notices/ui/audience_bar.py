"""Whom a notice goes to: to be posted, or a copy for every household or resident of a 小区 and a group."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from desktop.register.audience import AGE_GROUPS, Audience
from desktop.widgets.roles import label, row

_WAYS = (("不群发", ""), ("每户一份", "homes"), ("每人一份", "people"))
_LETTERS, _WAY_LETTERS = 4, 7


class AudienceBar(QWidget):
    """Three choices and how many copies they make; ``changed`` tells that they are others now.

    What stands *beside* the first choice is laid out here and belongs to the caller.
    """

    changed = Signal()

    def __init__(self, *beside: QWidget) -> None:
        super().__init__()
        self.setProperty("role", "bare")
        self.way = _box("notice_way", "发给谁", _WAY_LETTERS)
        for text, key in _WAYS:
            self.way.addItem(text, key)
        self.place = _box("notice_place", "哪个小区")
        self.group = _box("notice_group", "哪些人")
        self.offer((), ())
        self._count = label("", "secondary", name="notice_count", wrap=True)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(6)
        narrowing = row(self.place, self.group, spacing=8)  # a line of its own: in large type three do not fit
        narrowing.setStretch(0, 1)
        narrowing.setStretch(1, 1)
        whole.addLayout(row(self.way, 0, *beside))
        whole.addLayout(narrowing)
        whole.addWidget(self._count)
        for box in (self.way, self.place, self.group):
            box.currentIndexChanged.connect(self._choose)
        self._show()

    def offer(self, places: Sequence[str], groups: Sequence[str]) -> None:
        """Offer *places* and *groups*; what is chosen stays where it is still offered."""
        for box, first, names in ((self.place, "全部小区", places), (self.group, "不限人群", groups)):
            with QSignalBlocker(box):
                chosen = box.currentData()
                box.clear()
                box.addItem(first, "")
                for name in names:
                    box.addItem(name, name)
                box.setCurrentIndex(max(box.findData(chosen), 0))

    def audience(self) -> Audience | None:
        """Return whom the copies are for, None if it is one notice for all."""
        if not (way := self.way.currentData()):
            return None
        group = str(self.group.currentData())
        low, high = AGE_GROUPS.get(group, (None, None))
        tag = "" if group in AGE_GROUPS else group
        return Audience(way == "homes", str(self.place.currentData()), tag, low, high)

    def say(self, text: str) -> None:
        """Say how many copies there will be, or why there are none."""
        self._count.setText(text)
        self._count.setVisible(bool(text))

    def choose(self, audience: Audience | None) -> None:
        """Show *audience*, telling nobody; None is one notice for all.

        Where its 小区 or group is no longer offered nobody is chosen, and it says so: a wider circle is never taken.
        """
        group = "" if audience is None else audience.tag or _age_group(audience)
        way = "" if audience is None else "homes" if audience.homes else "people"
        wanted = ((self.place, audience.place if audience else ""), (self.group, group))
        gone = [name for box, name in wanted if name is None or box.findData(name) < 0]
        with QSignalBlocker(self.way), QSignalBlocker(self.place), QSignalBlocker(self.group):
            for box, name in wanted:
                box.setCurrentIndex(max(box.findData("" if gone else name), 0))
            self.way.setCurrentIndex(self.way.findData("" if gone else way))
        self._show()
        if gone and audience is not None:
            self.say(f"原来选的“{audience.sentence}”现在选不到了，请重新选发给谁。")

    def _choose(self) -> None:
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        wanted = bool(self.way.currentData())
        self.place.setVisible(wanted)
        self.group.setVisible(wanted)
        self.say("")


def _age_group(audience: Audience) -> str | None:
    """Return the group that is the ages of *audience*; '' without ages, None where no group has these."""
    ages = (audience.age_from, audience.age_to)
    return "" if ages == (None, None) else next((name for name, one in AGE_GROUPS.items() if one == ages), None)


def _box(name: str, accessible: str, letters: int = _LETTERS) -> QComboBox:
    box = QComboBox()
    box.setObjectName(name)
    box.setAccessibleName(accessible)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(letters)
    return box
