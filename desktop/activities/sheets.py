"""The sheet 活动: columns for reading, template and export (docs/contracts.md)."""

from __future__ import annotations

from desktop.activities.rules import CANCELLED, CATEGORIES, HELD, LEDGERS, PLANNED, POSTPONED, STATUSES
from desktop.spreadsheets.spec import SheetColumn, SheetSpec

_CATEGORY_ALIASES = {
    "环境卫生整治": "环境整治", "卫生整治": "环境整治", "大扫除": "环境整治", "健康知识讲座": "健康讲座",
    "讲座": "健康讲座", "义诊": "健康服务", "文体": "文体活动", "志愿活动": "志愿服务", "党建活动": "党员活动",
}  # fmt: skip
_STATUS_ALIASES = {
    "已完成": HELD, "完成": HELD, "已举办": HELD, "已开展": HELD, "已结束": HELD, "计划中": PLANNED, "未开始": PLANNED,
    "待办": PLANNED, "已取消": CANCELLED, "已延期": POSTPONED, "推迟": POSTPONED, "改期": POSTPONED,
}  # fmt: skip
_LEDGER_ALIASES = {"健教": "健康教育", "爱卫": "爱国卫生", "科普教育": "科普", "老龄": "老年", "妇联": "妇女"}

ACTIVITIES = SheetSpec(
    kind="activities",
    title="活动",
    columns=(
        SheetColumn("held_on", "日期", kind="day", required=True, width=12,
                    synonyms=("活动日期", "开始日期", "举办日期", "开展日期", "活动开始日期")),
        SheetColumn("ends_on", "结束日期", kind="day", width=12, synonyms=("截止日期", "活动结束日期", "终止日期"),
                    hint="只有一天的不用填"),
        SheetColumn("clock", "时间", width=10, synonyms=("活动时间", "具体时间", "时段"), hint="如 14:30",
                    max_length=40),
        SheetColumn("name", "名称", required=True, width=24,
                    synonyms=("活动名称", "活动主题", "主题", "活动内容", "活动项目")),
        SheetColumn("category", "类别", required=True, width=14, suggestions=CATEGORIES, aliases=_CATEGORY_ALIASES,
                    synonyms=("活动类别", "活动类型", "类型", "活动种类"), max_length=40),
        SheetColumn("place", "地点", width=16, synonyms=("活动地点", "举办地点", "场地")),
        SheetColumn("in_charge", "负责人", width=12, synonyms=("主办人", "组织者", "活动负责人", "承办人", "主办单位"),
                    max_length=100),
        SheetColumn("partners", "参与单位", width=18, synonyms=("参加单位", "协办单位", "共建单位"), max_length=400),
        SheetColumn("planned_people", "计划人数", kind="integer", width=10, strip_unit=("人次", "人"),
                    synonyms=("预计人数", "计划参加人数", "拟参加人数")),
        SheetColumn("attendance", "参加人次", kind="integer", width=10, strip_unit=("人次", "人"),
                    synonyms=("参加人数", "参与人数", "参与人次", "实到人数", "到场人数")),
        SheetColumn("status", "状态", kind="choice", choices=STATUSES, aliases=_STATUS_ALIASES, width=8,
                    synonyms=("活动状态", "完成情况", "办理情况"), hint="不填的：今天以前算已办，以后算计划"),
        SheetColumn("ledgers", "台账", kind="tags", width=18, suggestions=LEDGERS, aliases=_LEDGER_ALIASES,
                    synonyms=("记入台账", "台账名称", "所属台账"), hint="一次活动可以记入几本台账，用、隔开"),
        SheetColumn("work", "工作量", width=30, synonyms=("完成工作量", "工作成果", "工作数量"), max_length=4000,
                    hint="名称 数量 单位，几样用；隔开，如：清理杂草 600 平方米；健康读本 120 册"),
        SheetColumn("summary", "小结", width=24, synonyms=("活动小结", "活动总结", "备注"), max_length=4000),
    ),
    sum_columns=("planned_people", "attendance"),
)  # fmt: skip
