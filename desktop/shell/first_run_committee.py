"""First set-up, step 1: whose program this is, and the region code if it is known."""

from __future__ import annotations

from PySide6.QtCore import Signal

from desktop.foundation.errors import Problem
from desktop.foundation.text import fold_width, squeeze
from desktop.register.rules import check_region, region_hint
from desktop.shell.first_run_page import StepPage
from desktop.widgets.card import Banner, Card
from desktop.widgets.fields.text import TextField

_REGION_HINT = "12位数字，居民健康档案编号要用。不知道可以先空着。"


class CommitteePage(StepPage):
    """Committee and region."""

    TITLE = "这是哪个居委会"
    ABOUT = "名称会印在每一张表上，请写全称。"

    restoring = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._name = TextField(
            "committee", "居委会名称", required=True, placeholder="如：幸福里社区居民委员会", limit=60
        )
        self._region = TextField("region", "地区代码", hint=_REGION_HINT, placeholder="可以不填", limit=30)
        card = Card()
        card.body.addWidget(self._name)
        card.body.addWidget(self._region)
        self.body.addWidget(card)
        about = "资料只存在这台电脑上，加了密，不联网。没有密码谁也打不开，拷走了也没用。"
        self.body.addWidget(Banner("info", "第一次使用，大约要五分钟", detail=about))
        moved = Banner(
            "info", "换了电脑，或资料没了？", detail="有备份就不用重新填。", button="从备份恢复", icon_name="usb"
        )
        moved.setObjectName("restore_instead")
        moved.pressed.connect(self.restoring)
        self.body.addWidget(moved)
        self.body.addStretch(1)
        self._name.edited.connect(self.changed)
        self._region.edited.connect(self._region_edited)
        self._name.entered.connect(self._region.focus_editor)
        self._region.entered.connect(self.entered)
        self._region.left.connect(self._judge_region)

    def committee(self) -> str:
        """Return the committee's name."""
        return self._name.value()

    def region(self) -> str:
        """Return the region code with blanks and full-width digits mended; empty if it is not known."""
        return squeeze(fold_width(self._region.value()))

    def missing(self) -> int:
        """Return how many of the two fields are wrong."""
        return len(self._problems())

    def demand(self) -> bool:
        """Mark the wrong fields."""
        problems = self._problems()
        self.show_problems(problems)
        return not problems

    def show_problems(self, problems: list[Problem]) -> bool:
        """Mark name and region."""
        texts = {problem.field: problem.message for problem in problems}
        wrong = [field for field in (self._name, self._region) if texts.get(field.name)]
        for field in (self._name, self._region):
            field.set_problem(texts.get(field.name, ""))
        if wrong:
            wrong[0].focus_editor()
        return bool(wrong)

    def start(self) -> None:
        """Begin with the name, or with the region if the name is there."""
        (self._region if self.committee() else self._name).focus_editor()

    def _problems(self) -> list[Problem]:
        found = [] if self.committee() else [Problem("committee", "required", "请填居委会名称。")]
        too_long = self._name.own_problem()
        if too_long:
            found.append(Problem("committee", "too_long", f"{too_long}。"))
        return found + check_region(self.region())

    def _region_edited(self) -> None:
        doubt = "" if check_region(self.region()) else region_hint(self.region())
        self._region.set_hint(doubt or _REGION_HINT)
        self.changed.emit()

    def _judge_region(self) -> None:
        problems = check_region(self.region())
        self._region.set_problem(problems[0].message if problems else "")
