"""Who may do what: the four roles and the rights each has. Pure data, no Qt, no SQL."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from desktop.foundation.errors import NotAllowed
from desktop.register.behalf import Behalf
from desktop.store.actor import Actor, Represented


class Role(StrEnum):
    """The role of an officer, as it is stored and shown."""

    DIRECTOR = "主任"
    HEALTH = "卫生专干"
    GRID = "网格员"
    READER = "只读"


class Right(StrEnum):
    """One thing a role allows; the value completes 您的登录名不能…"""

    SEE_REGISTER = "查看居民住户"
    EDIT_REGISTER = "修改居民住户"
    SEE_HEALTH = "查看健康情况"
    EDIT_HEALTH = "登记健康服务"
    SEE_ACTIVITIES = "查看活动"
    EDIT_ACTIVITIES = "登记活动"
    SEE_INSPECTIONS = "查看检查记录"
    EDIT_INSPECTIONS = "登记检查"
    SEE_PEST = "查看除害投药"
    EDIT_PEST = "登记除害投药"
    EDIT_DUTIES = "登记任务和缺项原因"
    SEE_NOTICES = "查看通知告示"
    EDIT_NOTICES = "写通知和登记张贴"
    REPORT = "上报和改写报表"
    IMPORT = "导入表格"
    EXPORT = "导出表格"
    EXPORT_UNMASKED = "导出完整号码"
    REVEAL = "查看完整号码"
    CARRY = "带出或带回资料"
    STAND_IN = "替别人录入"
    MANAGE = "管理人员和设置"


_BUSINESS = frozenset(set(Right) - {Right.MANAGE})
RIGHTS: dict[Role, frozenset[Right]] = {
    Role.DIRECTOR: frozenset(Right),
    Role.HEALTH: _BUSINESS,
    Role.GRID: frozenset(
        {
            Right.SEE_REGISTER,
            Right.EDIT_REGISTER,
            Right.REVEAL,
            Right.SEE_ACTIVITIES,
            Right.EDIT_ACTIVITIES,
            Right.SEE_INSPECTIONS,
            Right.EDIT_INSPECTIONS,
            Right.SEE_PEST,
            Right.EDIT_PEST,
            Right.EDIT_DUTIES,
            Right.SEE_NOTICES,
            Right.EDIT_NOTICES,
            Right.CARRY,
            Right.STAND_IN,
        }
    ),
    Role.READER: frozenset(
        {Right.SEE_REGISTER, Right.SEE_ACTIVITIES, Right.SEE_INSPECTIONS, Right.SEE_PEST, Right.SEE_NOTICES}
    ),
}
ROLE_SENTENCES: dict[Role, str] = {
    Role.DIRECTOR: "全部，管人员和备份",
    Role.HEALTH: "全部业务，不管人员",
    Role.GRID: "全部业务，不看健康情况",
    Role.READER: "只看不改，不看健康情况",
}


@dataclass(frozen=True)
class Officer(Actor):
    """The signed-in officer; rights are the officer's own, for whomever the officer types."""

    staff_id: UUID
    role: Role
    behalf: Behalf = field(default_factory=Behalf, compare=False, repr=False)

    @property
    def doer(self) -> str:
        """Return the name a new form takes for whoever did the thing: the chosen colleague's, or the officer's own."""
        return self.behalf.chosen.name if self.behalf.chosen else self.name

    def doers(self) -> list[str]:
        """Return the names to choose from there, the most likely first."""
        return list(dict.fromkeys((self.doer, self.name, *self.behalf.colleagues)))

    def stands_for(self, doers: Sequence[str]) -> Represented | None:
        """Return for whom a step is typed whose new records name *doers*."""
        return self.behalf.represented(self.name, doers)

    @property
    def undoes_any(self) -> bool:
        """Return whether this officer may undo colleagues' steps: whoever manages may."""
        return self.may(Right.MANAGE)

    def may(self, right: Right) -> bool:
        """Return whether the role includes *right*."""
        return right in RIGHTS[self.role]

    def require(self, right: Right) -> None:
        """Raise NotAllowed unless the role includes *right*."""
        if not self.may(right):
            raise NotAllowed(f"您的登录名（{self.role}）不能{right}，需要时请找主任。")
