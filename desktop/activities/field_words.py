"""Activities in the history: what columns are called."""

from __future__ import annotations

from desktop.activities.records import Activity
from desktop.register.rights import Right
from desktop.register.service.record_history import RecordKind, words_of

ACTIVITIES = RecordKind(
    Activity,
    Right.SEE_ACTIVITIES,
    words_of({
        "held_on": "日期", "ends_on": "结束日期", "clock": "时间", "name": "名称", "category": "类别", "place": "地点",
        "in_charge": "负责人", "partners": "参与单位", "planned_people": "计划人数", "attendance": "参加人次",
        "status": "状态", "ledgers": "台账", "work": "工作量", "summary": "小结",
    }),
)  # fmt: skip
