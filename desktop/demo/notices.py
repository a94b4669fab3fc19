"""What the invented committee issued and posted: numbered notices, one void, and where they hang."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from desktop.foundation.days import plain_day
from desktop.notices.rules import Layout
from desktop.notices.views import PostingDraft
from desktop.register.service.issued import IssuedRow
from desktop.shell.workbench import Workbench

_PHONE = "0000-5550126"
_BOARDS = "幸福里一区、二区公告栏，翠湖苑南门"
# Days ago, template, layout, what is typed, how many days it hangs (None: it was not posted).
_ISSUED: tuple[tuple[int, str, Layout, Mapping[str, str], int | None], ...] = (
    (150, "fire", Layout.POSTER, {"充电地点": "2号楼东侧、南门内充电棚", "灭火器位置": "每层楼梯口"}, 90),
    (96, "dengue", Layout.POSTER, {"清理期限": "+5"}, 30),
    (64, "outage", Layout.POSTER, {
        "停什么": "水", "通知单位": "市自来水公司", "停供原因": "检修管道", "停供范围": "翠湖苑1—6号楼",
        "开始日期": "+1", "开始时刻": "8:00", "结束日期": "+1", "结束时刻": "18:00", "供应单位": "自来水公司",
        "服务热线": "0000-96968",
    }, 2),
    (33, "pressure", Layout.LEAFLET, {
        "测量日期": "每周三上午", "时间": "8:30至11:00", "测量地点": "老年活动室",
    }, 60),
    (20, "cleanup", Layout.POSTER, {
        "开始日期": "+6", "时间": "上午8:30", "集合地点": "社区文化广场", "分工安排": "各楼栋长带队，志愿者清理绿化带",
    }, 7),
    (19, "cleanup", Layout.POSTER, {
        "开始日期": "+6", "时间": "下午2:30", "集合地点": "社区文化广场", "分工安排": "各楼栋长带队，志愿者清理绿化带",
    }, 7),
    (6, "bait", Layout.POSTER, {
        "开始日期": "+1", "结束日期": "+14", "投放范围": "幸福里一区、二区的楼道口、垃圾桶旁、地下室",
        "药物一": "0.005%溴敌隆饵粒", "药物外观": "红色颗粒",
    }, 18),
)  # fmt: skip
_VOID = 4
"""Which of them was declared void: the hour was wrong, the next one took its place."""


def store_notices(bench: Workbench) -> None:
    """Issue and post the year's notices up to the bench's day through the services an officer uses."""
    today = bench.clock.today()
    for place, (back, template, layout, typed, hangs) in enumerate(_ISSUED):
        issued = _issue(bench, template, layout, typed, today - timedelta(days=back))
        if place == _VOID:
            bench.notices.issued.void(issued.id, "集合时间写错，另发一份", version=issued.version)
        elif hangs is not None:
            _post(bench, issued, hangs)


def _issue(bench: Workbench, template: str, layout: Layout, typed: Mapping[str, str], day: date) -> IssuedRow:
    values = {name: _on(value, day) for name, value in typed.items()}
    draft = bench.notices.composing.begin(template)
    given = {**draft.values, **values, "联系人": "邓文斌", "联系电话": _PHONE, "落款日期": plain_day(day)}
    return bench.notices.composing.issue(replace(draft, values=given, layout=layout))


def _on(value: str, day: date) -> str:
    """Return the day so many days later that a +5 means; anything else as it is."""
    return plain_day(day + timedelta(days=int(value))) if value.startswith("+") else value


def _post(bench: Workbench, issued: IssuedRow, hangs: int) -> None:
    """Post a notice the day it was issued; what should be down by now was taken down, but for the last of them."""
    today, day = bench.clock.today(), issued.issued_on
    due = day + timedelta(days=hangs)
    down = due if due < today - timedelta(days=8) else None
    bench.notices.postings.record(
        PostingDraft(
            title=issued.title, posted_on=day, places=_BOARDS, copies=4, posted_by="周建国", reviewed_by="沈玉琴",
            down_due_on=due, taken_down_on=down, checked_by="罗晓梅", checked_on=min(day + timedelta(days=1), today),
        ),
        issued.id,
    )  # fmt: skip
