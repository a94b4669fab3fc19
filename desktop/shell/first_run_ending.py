"""First set-up, steps 3 and 4: the recovery code on paper, and where places and residents come from."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QCheckBox

from desktop.printing.document import RecoverySheet
from desktop.register.service.colleagues import recovery_number
from desktop.shell.code_keeping import CodeKeeping
from desktop.shell.first_run_page import StepPage
from desktop.store.recovery import new_recovery_code
from desktop.widgets.card import Card
from desktop.widgets.jobs import JobRunner
from desktop.widgets.roles import label


class CodePage(StepPage):
    """The recovery code, made once for this set-up."""

    TITLE = "恢复码：打印后封存"
    ABOUT = "大家都忘了密码时，只有它能打开资料。请主任和书记各签名，锁进柜子。"

    def __init__(self, runner: JobRunner, data_folder: Path, today: date) -> None:
        super().__init__()
        self._today = today
        self.code = new_recovery_code()
        self._keeping = CodeKeeping(runner, data_folder)
        self._keeping.changed.connect(self.changed)
        self.body.addWidget(self._keeping)
        self.body.addStretch(1)

    def set_committee(self, name: str) -> None:
        """Put *name* on the sheet; after another name the sheet must be printed anew."""
        number = recovery_number(self._today.year)
        self._keeping.set_sheet(RecoverySheet(name, self.code, self._today, number))

    def missing(self) -> int:
        """Return how many things are still to be done."""
        return self._keeping.missing()

    def demand(self) -> bool:
        """Say what is still to be done."""
        return self._keeping.demand()


class RegisterPage(StepPage):
    """Buildings and residents: from Excel, right after signing in or later."""

    TITLE = "楼栋和居民"
    ABOUT = "小区、楼栋和居民名册可以从Excel导入，也可以以后慢慢填。"

    def __init__(self) -> None:
        super().__init__()
        self._tick = QCheckBox("登录后马上导入")
        self._tick.setObjectName("import_next")
        card = Card("有现成的Excel名册吗")
        for sentence in (
            "有：请勾上下面这一项。登录后程序会请您选文件，先逐行核对给您看，确认了才写入，导错了能整批撤销。",
            "没有：直接点“完成设置”。以后随时可以从“居民健康档案”页导入，或一户一户登记。",
        ):
            card.body.addWidget(label(sentence, wrap=True))
        card.body.addWidget(self._tick)
        self.body.addWidget(card)
        self.body.addStretch(1)

    def import_next(self) -> bool:
        """Return whether the import shall be offered right after signing in."""
        return self._tick.isChecked()

    def missing(self) -> int:
        """Return 0: nothing here is obligatory."""
        return 0

    def demand(self) -> bool:
        """Return True: nothing here can be wrong."""
        return True

    def start(self) -> None:
        """Go to the tick."""
        self._tick.setFocus()
