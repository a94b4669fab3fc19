"""The sheet 随访: columns for reading, template and export (docs/contracts.md)."""

from __future__ import annotations

from decimal import Decimal

from desktop.health.rules import (
    BP_SERVICE,
    CHECKUP_SERVICE,
    DIASTOLIC_RANGE,
    GLUCOSE_RANGE,
    MEDICATIONS,
    RESULTS,
    SERVICES,
    SYSTOLIC_RANGE,
    WAYS,
)
from desktop.register.sheets import ID_SYNONYMS, NAME_SYNONYMS
from desktop.spreadsheets.spec import SheetColumn, SheetSpec

_SERVICE_ALIASES = {
    "量血压": BP_SERVICE, "测血压": BP_SERVICE, "血压": BP_SERVICE, "测量血压": BP_SERVICE,
    "血糖": "血糖测量", "测血糖": "血糖测量", "高血压": "高血压随访", "高血压患者随访": "高血压随访",
    "糖尿病": "糖尿病随访", "糖尿病患者随访": "糖尿病随访", "2型糖尿病随访": "糖尿病随访",
    "体检": CHECKUP_SERVICE, "年度体检": CHECKUP_SERVICE, "老年人体检": CHECKUP_SERVICE,
}  # fmt: skip
_WAY_ALIASES = {
    "上门": "家庭",
    "入户": "家庭",
    "家访": "家庭",
    "来访": "门诊",
    "电话随访": "电话",
    "1": "门诊",
    "2": "家庭",
    "3": "电话",
}

VISITS = SheetSpec(
    kind="visits",
    title="随访",
    columns=(
        SheetColumn("visited_on", "日期", kind="past_day", required=True, width=12,
                    synonyms=("随访日期", "服务日期", "测量日期", "登记日期")),
        SheetColumn("name", "姓名", kind="name", required=True, width=10, synonyms=NAME_SYNONYMS),
        SheetColumn("id_number", "身份证号", kind="id_number", width=22, synonyms=ID_SYNONYMS, hint="有同名的人时要填"),
        SheetColumn("service", "服务类别", required=True, width=14, suggestions=SERVICES, aliases=_SERVICE_ALIASES,
                    synonyms=("类别", "服务项目", "随访类别", "服务内容")),
        SheetColumn("way", "方式", width=10, suggestions=WAYS, aliases=_WAY_ALIASES, synonyms=("随访方式", "服务方式")),
        SheetColumn("systolic_mmhg", "收缩压", kind="integer", width=8, strip_unit=("mmHg", "毫米汞柱"),
                    minimum=Decimal(SYSTOLIC_RANGE[0]), maximum=Decimal(SYSTOLIC_RANGE[1]),
                    synonyms=("高压", "收缩压mmHg")),
        SheetColumn("diastolic_mmhg", "舒张压", kind="integer", width=8, strip_unit=("mmHg", "毫米汞柱"),
                    minimum=Decimal(DIASTOLIC_RANGE[0]), maximum=Decimal(DIASTOLIC_RANGE[1]),
                    synonyms=("低压", "舒张压mmHg")),
        SheetColumn("glucose_mmol", "空腹血糖", kind="decimal", decimals=3, width=10, strip_unit=("mmol/L",),
                    minimum=GLUCOSE_RANGE[0], maximum=GLUCOSE_RANGE[1], synonyms=("血糖", "空腹血糖mmol/L", "血糖值")),
        SheetColumn("medication", "服药情况", width=10, suggestions=MEDICATIONS,
                    synonyms=("服药", "服药依从性", "用药情况"),
                    aliases={"规律服药": "规律", "间断服药": "间断", "未服药": "不服药"}),
        SheetColumn("result", "结果", width=12, suggestions=RESULTS, synonyms=("随访结果", "随访分类", "此次随访分类")),
        SheetColumn("next_on", "下次日期", kind="day", width=12, synonyms=("下次随访日期", "下次随访", "预约日期")),
        SheetColumn("recorded_by", "记录人", kind="name", width=10,
                    synonyms=("随访人", "随访医生", "登记人", "填写人")),
        SheetColumn("remark", "备注", width=20, synonyms=("说明", "附注"), max_length=4000),
    ),
)  # fmt: skip
