"""Who opens the backup: an officer of its day by password, or the recovery code together with a new password."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.register.rights import Role
from desktop.register.service.people import check_password
from desktop.safekeeping.holders import ByCode, ByPassword, Holder
from desktop.shell.code_boxes import CodeBoxes
from desktop.store.keys import Slot
from desktop.store.recovery import parse_recovery_code
from desktop.widgets.fields.choice import ChoiceField
from desktop.widgets.fields.password import PasswordField
from desktop.widgets.roles import FixedWidth, label, row
from desktop.widgets.segmented import Segmented

_PASSWORD, _CODE = "password", "code"
_WIDTH = 340


class RestoreOpening(QWidget):
    """Two ways in; ``holder`` is what was typed, or None with the wrong fields marked."""

    entered = Signal()
    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "bare")
        self._way = Segmented([(_PASSWORD, "用密码"), (_CODE, "用恢复码")], accessible_name="用什么打开")
        self._way.changed.connect(self._switch)
        self._who = ChoiceField("restore_who", "谁的密码", [])
        self._password = PasswordField("restore_password", "做备份那天的密码", required=True)
        self._director = ChoiceField("restore_director", "给哪位主任设新密码", [])
        self._boxes = CodeBoxes()
        self._new = PasswordField(
            "restore_new_password", "主任的新密码", required=True, hint="至少8位，恢复后用它登录。"
        )
        for field in (self._who, self._password, self._director, self._new):
            FixedWidth(field, _WIDTH)
            field.edited.connect(self.changed)
            field.entered.connect(self.entered)
        self._boxes.changed.connect(self.changed)
        self._by_password = _part(row(self._who, self._password, 0, spacing=14))
        self._by_code = _part(
            label("照着信封里的纸输入8组数字，要用做备份那天的那一张。", "secondary", wrap=True),
            self._boxes,
            row(self._director, self._new, 0, spacing=14),
        )
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(10)
        whole.addLayout(row(self._way, 0))
        whole.addWidget(self._by_password)
        whole.addWidget(self._by_code)
        self._switch()

    def set_people(self, people: Sequence[Slot]) -> None:
        """Offer the officers of the backup's day; the first director is chosen."""
        names = [slot.name for slot in people]
        directors = [slot.name for slot in people if slot.role == Role.DIRECTOR.value]
        self._who.set_options(names)
        self._director.set_options(directors)
        if self._who.value() not in names:
            self._who.set_value(next(iter(directors or names), None))
        if self._director.value() not in directors:
            self._director.set_value(next(iter(directors), None))
        self._director.setVisible(len(directors) > 1)

    def holder(self) -> Holder | None:
        """Return who opens the backup; marks what is missing and returns None."""
        if self._way.current() == _PASSWORD:
            name = str(self._who.value() or "")
            self._who.set_problem("" if name else "请选一位。")
            self._password.set_problem("" if self._password.value() else "请输入密码。")
            if not name or not self._password.value():
                (self._password if name else self._who).focus_editor()
                return None
            return ByPassword(name, self._password.value())
        problems = check_password(self._new.value(), name=str(self._director.value() or ""))
        self._new.set_problem(problems[0].message if problems else "")
        if not self._boxes.demand():
            return None
        if problems:
            self._new.focus_editor()
            return None
        groups = parse_recovery_code(self._boxes.text())
        return ByCode(groups, str(self._director.value() or ""), self._new.value())

    def entry(self) -> tuple[str, str]:
        """Return name and password with which one signs in after the restore."""
        if self._way.current() == _PASSWORD:
            return str(self._who.value() or ""), self._password.value()
        return str(self._director.value() or ""), self._new.value()

    def refuse(self, sentence: str) -> None:
        """Say that what was typed does not open the backup."""
        if self._way.current() == _PASSWORD:
            self._password.set_problem(sentence)
            self._password.focus_editor()
        else:
            self._boxes.refuse(sentence)

    def _switch(self, _way: str = "") -> None:
        by_code = self._way.current() == _CODE
        self._by_password.setVisible(not by_code)
        self._by_code.setVisible(by_code)
        self.changed.emit()


def _part(*items: object) -> QWidget:
    part = QWidget()
    part.setProperty("role", "bare")
    lines = QVBoxLayout(part)
    lines.setContentsMargins(0, 0, 0, 0)
    lines.setSpacing(8)
    for item in items:
        if isinstance(item, QWidget):
            lines.addWidget(item)
        else:
            lines.addLayout(item)  # type: ignore[arg-type]
    return part
