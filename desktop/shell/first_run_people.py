"""First set-up, step 2: who uses the program, in which role, with which first password."""

from __future__ import annotations

import re

from PySide6.QtWidgets import QVBoxLayout

from desktop.foundation.errors import Problem
from desktop.register.office import NewOfficer, check_setup
from desktop.register.rights import Role
from desktop.shell.first_run_page import StepPage
from desktop.shell.officer_row import WIDTHS, OfficerRow
from desktop.widgets.buttons import LinkButton, RowButton
from desktop.widgets.card import Banner, Card
from desktop.widgets.fields.password import CAPS_TEXT
from desktop.widgets.roles import FixedWidth, label, row

_NUMBERED = re.compile(r"(name|role|password)_(\d+)")
MOST = 30


class PeoplePage(StepPage):
    """Rows of officers; at least one is 主任."""

    TITLE = "谁来用这个程序"
    ABOUT = "每人一个密码，各记各的账。至少要有一位主任。"

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[OfficerRow] = []
        self._judged = False
        self._shown = LinkButton("显示密码", "eye", name="show_passwords")
        self._shown.setCheckable(True)
        self._shown.toggled.connect(self._show_passwords)
        heads = row(spacing=10)
        for title, width in zip(("姓名", "职务", "能看和能改"), WIDTHS, strict=True):
            head = label(title, "secondary")
            FixedWidth(head, width)
            heads.addWidget(head)
        heads.addWidget(label("初始密码（至少8位）", "secondary"), 1)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(8)
        self._caps = label(CAPS_TEXT, "caution", name="caps")
        self._caps.setVisible(False)
        self._add = RowButton("再加一个人", "plus", name="add_officer")
        self._add.clicked.connect(self._add_and_start)
        card = Card()
        card.body.addLayout(heads)
        card.body.addLayout(self._lines)
        card.body.addWidget(self._caps)
        card.body.addLayout(row(self._add, 0, self._shown))
        self.body.addWidget(card)
        note = "密码只有本人知道，程序不存原文；没点“完成设置”就关掉，这里填的都不会留下。"
        self.body.addWidget(Banner("info", "请各人自己输入密码", detail=note, icon_name="lock"))
        self.body.addStretch(1)
        self.add_row(Role.DIRECTOR)

    def officers(self) -> list[NewOfficer]:
        """Return the officers as typed."""
        return [NewOfficer(one.name(), one.role(), one.password()) for one in self._rows]

    def add_row(self, role: Role) -> OfficerRow:
        """Add an empty row for *role* and return it."""
        line = OfficerRow(role)
        line.changed.connect(self.changed)
        line.left.connect(self._judge_again)
        line.caps_changed.connect(self._caps.setVisible)
        line.entered.connect(lambda: self._next_after(line))
        line.removed.connect(lambda: self._remove(line))
        line.set_password_shown(shown=self._shown.isChecked())
        self._rows.append(line)
        self._lines.addWidget(line)
        self._renumber()
        return line

    def missing(self) -> int:
        """Return how many editors are wrong or empty."""
        return len({problem.field for problem in self._problems()})

    def demand(self) -> bool:
        """Mark every wrong editor and go to the first."""
        problems = self._problems()
        self.show_problems(problems)
        return not problems

    def show_problems(self, problems: list[Problem]) -> bool:
        """Mark the editors the fields name_n, role_n and password_n stand for."""
        self._judged = True
        wrong = self._mark(problems)
        if wrong:
            wrong[0].focus_first_problem()
        return bool(wrong)

    def start(self) -> None:
        """Go to the first row nothing was typed into, or the first."""
        next((one for one in self._rows if one.is_blank()), self._rows[0]).start()

    def _problems(self) -> list[Problem]:
        # The committee is step 1's business.
        found = check_setup("—", "", self.officers())
        return [problem for problem in found if _NUMBERED.fullmatch(problem.field)]

    def _mark(self, problems: list[Problem]) -> list[OfficerRow]:
        wrong = []
        for number, line in enumerate(self._rows, start=1):
            own = [
                Problem(match.group(1), problem.code, problem.message)
                for problem in problems
                if (match := _NUMBERED.fullmatch(problem.field)) and int(match.group(2)) == number
            ]
            if line.show_problems(own):
                wrong.append(line)
        return wrong

    def _judge_again(self) -> None:
        """Once refused, look again whenever an editor is left; before that half-typed rows are nobody's fault."""
        if self._judged:
            self._mark(self._problems())

    def _next_after(self, line: OfficerRow) -> None:
        place = self._rows.index(line) + 1
        if place < len(self._rows):
            self._rows[place].start()
        else:
            self.entered.emit()

    def _add_and_start(self) -> None:
        self.add_row(Role.HEALTH if len(self._rows) == 1 else Role.GRID).start()
        self.changed.emit()

    def _remove(self, line: OfficerRow) -> None:
        self._rows.remove(line)
        self._lines.removeWidget(line)
        line.hide()
        line.deleteLater()
        self._renumber()
        self.changed.emit()

    def _renumber(self) -> None:
        for number, line in enumerate(self._rows, start=1):
            line.set_number(number)
            line.set_removable(removable=len(self._rows) > 1)
        self._add.setVisible(len(self._rows) < MOST)

    def _show_passwords(self, shown: bool) -> None:
        self._shown.set_text("隐藏密码" if shown else "显示密码")
        for line in self._rows:
            line.set_password_shown(shown=shown)
