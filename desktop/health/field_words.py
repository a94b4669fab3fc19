"""Visits in the history: what columns are called."""

from __future__ import annotations

from desktop.health.records import Visit
from desktop.register.rights import Right
from desktop.register.service.record_history import RecordKind, scaled, words_of

VISITS = RecordKind(
    Visit,
    Right.SEE_HEALTH,
    words_of(
        {
            "visited_on": "日期", "service": "服务类别", "way": "方式", "systolic_mmhg": "收缩压",
            "diastolic_mmhg": "舒张压", "pulse_per_min": "脉搏", "glucose_umol_per_l": "空腹血糖",
            "medication": "服药情况", "result": "结果", "next_on": "下次日期", "recorded_by": "记录人",
            "remark": "备注",
        },
        glucose_umol_per_l=scaled(1000),
    ),
)  # fmt: skip
