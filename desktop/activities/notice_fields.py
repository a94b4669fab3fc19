"""What an activity puts into a notice: what it is, when, where, who is in charge; its name tells which template."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlmodel import Session, col, select

from desktop.activities.records import Activity
from desktop.foundation.days import plain_day
from desktop.register.ports import Occasion
from desktop.register.rights import Right

# The first word found in the name or the category decides; anything else is announced as an activity.
_TEMPLATES = (
    ("量血压", "pressure"), ("测血压", "pressure"), ("血压测量", "pressure"), ("体检", "checkup"), ("接种", "vaccine"),
    ("疫苗", "vaccine"), ("大扫除", "cleanup"), ("卫生日", "cleanup"), ("清洁日", "cleanup"),
    ("志愿者招募", "volunteers"),
)  # fmt: skip
_CALLED_OFF = "取消"


class ActivityNotices:
    """Fills notices about activities."""

    right = Right.SEE_ACTIVITIES
    templates = frozenset({"activity", *(key for _, key in _TEMPLATES)})

    def occasions(self, session: Session, first: date, last: date) -> Sequence[Occasion]:
        """Return the activities that begin between two days and were not called off."""
        query = (
            select(Activity)
            .where(col(Activity.deleted_at).is_(None), col(Activity.held_on).between(first, last))
            .where(Activity.status != _CALLED_OFF)
            .order_by(col(Activity.held_on).desc(), col(Activity.id).desc())
        )
        return [_occasion(activity) for activity in session.exec(query)]

    def of_record(self, session: Session, record_id: UUID) -> Occasion | None:
        """Return what the activity *record_id* puts into a notice."""
        activity = session.get(Activity, record_id)
        return _occasion(activity) if activity is not None and activity.deleted_at is None else None


def _occasion(activity: Activity) -> Occasion:
    told = f"{activity.name} {activity.category}"
    template = next((key for word, key in _TEMPLATES if word in told), "activity")
    day, end = plain_day(activity.held_on), plain_day(activity.ends_on) if activity.ends_on else ""
    place = activity.place
    fields = {
        "活动名称": activity.name, "活动日期": day, "时间": activity.clock, "活动地点": place,
        "主办单位": activity.partners, "名额": str(activity.planned_people or ""), "负责人": activity.in_charge,
        "开始日期": day, "结束日期": end, "集合地点": place, "测量日期": day, "测量地点": place, "体检地点": place,
        "接种日期": day, "接种地点": place, "服务地点": place, "项目名称": activity.name,
        "承办单位": activity.partners,
    }  # fmt: skip
    kept = {name: value for name, value in fields.items() if value}
    return Occasion(template, f"{day} {activity.name}", activity.held_on, kept, activity.id)
