"""The sheets 检查 and 责任书: columns for reading, template and export (docs/contracts.md)."""

from __future__ import annotations

from decimal import Decimal

from desktop.inspections.rules import (
    CATEGORIES,
    ESCALATED,
    FAILED,
    HIGHEST_SCORE,
    LEVELS,
    MAJOR,
    MINOR,
    NOTICE,
    ON_SPOT,
    PASSED,
    PLEDGE_CATEGORIES,
    RESULTS,
    TREATMENTS,
)
from desktop.spreadsheets.spec import SheetColumn, SheetSpec

_CATEGORY_ALIASES = {
    "环境卫生检查": "环境卫生", "卫生检查": "环境卫生", "卫生": "环境卫生", "环境": "环境卫生",
    "安全大检查": "安全检查", "安全": "安全检查", "安全生产检查": "安全检查",
    "消防": "消防安全", "消防检查": "消防安全", "消防安全检查": "消防安全", "楼道": "楼道安全", "楼道检查": "楼道安全",
    "食品": "食品安全", "食品安全检查": "食品安全", "出租屋": "出租房屋", "出租屋检查": "出租房屋", "三包": "门前三包",
    "五小行业": "五小门店", "五小": "五小门店", "除四害": "除四害检查", "防汛": "防汛检查",
}  # fmt: skip
_RESULT_ALIASES = {
    "通过": PASSED, "达标": PASSED, "符合": PASSED, "正常": PASSED, "整改合格": PASSED,
    "不通过": FAILED, "不达标": FAILED, "不符合": FAILED, "未通过": FAILED, "未达标": FAILED,
}  # fmt: skip
_LEVEL_ALIASES = {"一般": MINOR, "一般性隐患": MINOR, "重大": MAJOR, "重大安全隐患": MAJOR}
_TREATMENT_ALIASES = {
    "当场整改": ON_SPOT, "立即整改": ON_SPOT, "立行立改": ON_SPOT, "现场处理": ON_SPOT,
    "限期整改": NOTICE, "下发整改通知": NOTICE, "整改通知书": NOTICE, "发整改通知": NOTICE, "发整改通知书": NOTICE,
    "上报街道": ESCALATED, "上报镇街": ESCALATED, "已上报": ESCALATED, "上报上级": ESCALATED, "报告上级": ESCALATED,
}  # fmt: skip
_PLEDGE_ALIASES = {
    "门前三包": "门前三包责任书", "门前“三包”责任书": "门前三包责任书", "三包责任书": "门前三包责任书",
    "门前五包": "门前五包责任书", "门前“五包”责任书": "门前五包责任书",
    "房屋出租": "房屋出租安全责任书", "安全生产": "安全生产责任书", "消防安全": "消防安全责任书",
}  # fmt: skip
_PHONE = ("手机号码", "联系方式", "电话", "手机", "手机号", "电话号码", "联系号码")

INSPECTIONS = SheetSpec(
    kind="inspections",
    title="检查",
    columns=(
        SheetColumn("inspected_on", "日期", kind="past_day", required=True, width=12,
                    synonyms=("检查日期", "检查时间", "巡查日期", "排查日期")),
        SheetColumn("category", "检查类别", required=True, width=12, suggestions=CATEGORIES,
                    aliases=_CATEGORY_ALIASES, synonyms=("类别", "检查类型", "检查项目", "检查内容", "巡查类别")),
        SheetColumn("place", "点位", required=True, width=18, hint="要先有这个点位",
                    synonyms=("检查点位", "检查地点", "点位名称", "受检单位", "被检查单位", "检查地址", "地点")),
        SheetColumn("inspector", "检查人", width=12, synonyms=("检查人员", "检查员", "巡查人", "排查人")),
        SheetColumn("score", "得分", kind="decimal", decimals=2, width=8, strip_unit=("分",),
                    minimum=Decimal(0), maximum=HIGHEST_SCORE, synonyms=("分数", "评分", "检查得分", "总分")),
        SheetColumn("result", "结果", kind="choice", width=8, choices=RESULTS, aliases=_RESULT_ALIASES,
                    synonyms=("检查结果", "检查结论", "是否合格")),
        SheetColumn("problem", "问题", width=28, max_length=4000,
                    synonyms=("发现问题", "存在问题", "隐患", "隐患内容", "问题描述", "发现的问题", "隐患描述")),
        SheetColumn("level", "隐患等级", kind="choice", width=10, choices=LEVELS, aliases=_LEVEL_ALIASES,
                    synonyms=("等级", "隐患级别", "隐患类型")),
        SheetColumn("responsible", "责任单位", width=18,
                    synonyms=("整改单位", "责任单位(人)", "整改责任单位", "责任方")),
        SheetColumn("due_on", "整改期限", kind="day", width=12,
                    synonyms=("整改时限", "限期", "整改限期", "限改日期", "要求整改日期")),
        SheetColumn("treatment", "处理方式", kind="choice", width=10, choices=TREATMENTS, aliases=_TREATMENT_ALIASES,
                    synonyms=("处理措施", "处理情况", "处置方式", "处理")),
        SheetColumn("rechecked_on", "复查日期", kind="past_day", width=12, synonyms=("复查时间", "复检日期")),
        SheetColumn("recheck_result", "复查结果", kind="choice", width=10, choices=RESULTS, aliases=_RESULT_ALIASES,
                    synonyms=("复查结论", "复检结果", "复查情况")),
        SheetColumn("closed_on", "销号日期", kind="past_day", width=12, synonyms=("销号时间", "闭环日期", "办结日期")),
    ),
)  # fmt: skip

PLEDGES = SheetSpec(
    kind="pledges",
    title="责任书",
    columns=(
        SheetColumn("category", "类别", required=True, width=20, suggestions=PLEDGE_CATEGORIES,
                    aliases=_PLEDGE_ALIASES, synonyms=("责任书类别", "责任书名称", "责任书种类", "名称", "种类")),
        SheetColumn("party", "签订对象", required=True, width=24,
                    synonyms=("签订单位", "签约对象", "签约单位", "商户名称", "责任人", "签订人", "签订单位(人)")),
        SheetColumn("address", "地址", width=24, synonyms=("详细地址", "位置", "商户地址", "经营地址")),
        SheetColumn("manager", "负责人", kind="name", width=12, synonyms=("联系人", "经营者", "业主", "法人")),
        SheetColumn("phone", "联系电话", kind="phone", width=16, synonyms=_PHONE),
        SheetColumn("signed_on", "签订日期", kind="past_day", required=True, width=12,
                    synonyms=("签订时间", "签约日期", "签字日期", "签署日期", "日期")),
        SheetColumn("expires_on", "到期日期", kind="day", width=12,
                    synonyms=("有效期至", "到期时间", "截止日期", "有效期")),
        SheetColumn("copies", "份数", kind="integer", width=8, strip_unit=("份",), minimum=Decimal(0),
                    maximum=Decimal(100_000), synonyms=("数量", "签订份数"), hint="不填就是1份"),
    ),
    sum_columns=("copies",),
)  # fmt: skip
