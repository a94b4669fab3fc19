"""The sheets 药品台账, 投药, 伊蚊监测 and 密度监测: columns for reading, templates and export (docs/contracts.md)."""

from __future__ import annotations

from desktop.pest_control.rules import CONTAINERS, FORMS, LARGEST, MEASURES, PACKAGES, PEST_ALIASES, PESTS, WAYS
from desktop.pest_control.stock_rules import MOVEMENTS
from desktop.spreadsheets.spec import SheetColumn, SheetSpec

_AGENT = ("药名", "药品", "药物名称", "药剂名称", "品名", "产品名称", "使用药物")
_PLACE = ("点位名称", "地点", "位置", "场所", "投放地点", "检查地点", "监测地点", "小区")
_INSPECTORS = ("检查人员", "监测人", "监测人员", "调查人", "填表人")
_PIECES = ("袋", "包", "瓶", "支", "盒", "桶", "罐", "个", "处", "户", "间", "只")
_MOST = LARGEST

STOCK = SheetSpec(
    kind="stock",
    title="药品台账",
    columns=(
        SheetColumn("happened_on", "日期", kind="past_day", required=True, width=12,
                    synonyms=("出入库日期", "登记日期", "发生日期", "入库日期", "领用日期")),
        SheetColumn("agent", "药品名称", required=True, width=20, synonyms=_AGENT, max_length=100),
        SheetColumn("ingredient", "有效成分", width=12, synonyms=("成分", "主要成分", "有效成份"), max_length=100),
        SheetColumn("content", "含量", width=10, synonyms=("有效成分含量", "浓度", "有效含量"), max_length=40),
        SheetColumn("form", "剂型", width=10, suggestions=FORMS, synonyms=("剂型规格", "形态", "药剂剂型"),
                    max_length=40),
        SheetColumn("registration", "登记证号", width=14, synonyms=("农药登记证号", "登记号", "农药登记号"),
                    max_length=40),
        SheetColumn("batch", "批号", width=12, synonyms=("生产批号", "批次号", "产品批号"), max_length=40),
        SheetColumn("expires_on", "有效期至", kind="day", width=12, synonyms=("有效期", "失效日期", "到期日期",
                                                                      "保质期至")),
        SheetColumn("package_g", "每包装克数", kind="decimal", decimals=3, width=10, maximum=_MOST,
                    strip_unit=("克", "g"), synonyms=("每袋克数", "单包装克数", "规格克", "每包克数", "净含量克")),
        SheetColumn("package", "包装单位", width=8, suggestions=PACKAGES, synonyms=("单位", "计量单位", "包装"),
                    max_length=20),
        SheetColumn("movement", "类型", kind="choice", required=True, width=10, choices=MOVEMENTS,
                    synonyms=("出入库类型", "业务类型", "收发类型", "摘要"),
                    aliases={"购入": "入库", "进货": "入库", "配发": "入库", "领取": "领用", "领药": "领用",
                             "发放": "发放到户", "盘存": "盘点", "销毁": "报废", "结转": "期初", "上年结转": "期初"}),
        SheetColumn("quantity", "数量", kind="decimal", decimals=3, required=True, width=8, maximum=_MOST,
                    strip_unit=_PIECES, synonyms=("数目", "出入库数量", "药品数量")),
        SheetColumn("handler", "经手人", kind="name", width=10, synonyms=("发药人", "保管人", "保管员", "经办人")),
        SheetColumn("receiver", "领药人", kind="name", width=10, synonyms=("领用人", "领取人", "接收人")),
        SheetColumn("purpose", "用途", width=16, synonyms=("备注", "说明", "使用去向", "来源去向")),
    ),
)  # fmt: skip

TREATMENTS = SheetSpec(
    kind="treatments",
    title="投药",
    columns=(
        SheetColumn("treated_on", "日期", kind="past_day", required=True, width=12,
                    synonyms=("投药日期", "投放日期", "消杀日期", "作业日期")),
        SheetColumn("pest", "防制对象", required=True, width=10, suggestions=PESTS, aliases=PEST_ALIASES,
                    synonyms=("防治对象", "对象", "害虫种类", "种类", "防制种类"), max_length=40),
        SheetColumn("place", "点位", required=True, width=16, synonyms=_PLACE, hint="要先在辖区底册里"),
        SheetColumn("agent", "药品名称", required=True, width=20, synonyms=_AGENT, max_length=100),
        SheetColumn("quantity", "数量", kind="decimal", decimals=3, required=True, width=8, maximum=_MOST,
                    synonyms=("用量", "投药量", "投放数量", "用药量")),
        SheetColumn("unit", "单位", required=True, width=8, suggestions=PACKAGES,
                    synonyms=("计量单位", "包装单位", "数量单位"), max_length=20),
        SheetColumn("way", "投药方式", width=14, suggestions=WAYS, max_length=40,
                    synonyms=("方式", "施药方式", "投放方式", "用药方式")),
        SheetColumn("households", "户数", kind="integer", width=8, maximum=_MOST, strip_unit=("户",),
                    synonyms=("投药户数", "投放户数", "实投户数")),
        SheetColumn("points", "点数", kind="integer", width=8, maximum=_MOST, strip_unit=("个", "处"),
                    synonyms=("投药点数", "投放点数", "堆数")),
        SheetColumn("area_m2", "面积平方米", kind="decimal", decimals=2, width=12, maximum=_MOST,
                    strip_unit=("平方米", "㎡", "m²", "m2"), synonyms=("面积", "喷洒面积", "消杀面积", "作业面积")),
        SheetColumn("operator", "操作人", kind="name", width=10,
                    synonyms=("投药人", "投药人员", "操作人员", "消杀人员", "投放人", "作业人员", "施药人")),
        SheetColumn("dead_rats", "死鼠只数", kind="integer", width=8, maximum=_MOST, strip_unit=("只",),
                    synonyms=("死鼠数", "死鼠", "收集死鼠")),
        SheetColumn("remark", "备注", width=20, synonyms=("说明", "附注"), max_length=4000),
    ),
    sum_columns=("households", "points", "area_m2", "dead_rats"),
)  # fmt: skip

AEDES = SheetSpec(
    kind="aedes",
    title="伊蚊监测",
    columns=(
        SheetColumn("checked_on", "日期", kind="past_day", required=True, width=12,
                    synonyms=("检查日期", "监测日期", "调查日期")),
        SheetColumn("place", "点位", required=True, width=16, synonyms=_PLACE, hint="要先在辖区底册里"),
        SheetColumn("households", "检查户数", kind="integer", required=True, width=10, maximum=_MOST,
                    strip_unit=("户",), synonyms=("户数", "调查户数", "监测户数")),
        SheetColumn("water_containers", "积水容器数", kind="integer", width=10, maximum=_MOST, strip_unit=("个",),
                    synonyms=("积水容器", "检查容器数", "积水数", "有水容器数")),
        SheetColumn("positive_containers", "阳性容器数", kind="integer", required=True, width=10, maximum=_MOST,
                    strip_unit=("个",), synonyms=("阳性容器", "阳性积水数", "阳性积水容器数")),
        SheetColumn("positive_households", "阳性户数", kind="integer", width=10, maximum=_MOST, strip_unit=("户",),
                    synonyms=("阳性户", "有蚊幼户数", "阳性住户数")),
        SheetColumn("container_kind", "容器类型", width=14, suggestions=CONTAINERS, max_length=100,
                    synonyms=("积水类型", "容器种类", "阳性容器类型")),
        SheetColumn("measure", "处理措施", width=16, suggestions=MEASURES, max_length=100,
                    synonyms=("措施", "处置措施", "处理情况", "处理方式")),
        SheetColumn("inspector", "检查人", kind="name", width=10, synonyms=_INSPECTORS),
    ),
    sum_columns=("households", "water_containers", "positive_containers", "positive_households"),
)  # fmt: skip

DENSITY = SheetSpec(
    kind="density",
    title="密度监测",
    columns=(
        SheetColumn("checked_on", "日期", kind="past_day", required=True, width=12,
                    synonyms=("检查日期", "监测日期", "调查日期")),
        SheetColumn("indicator", "指标", required=True, width=18, max_length=60,
                    synonyms=("监测指标", "指标名称", "监测项目", "项目"), hint="合格率的“阳性数”填合格数"),
        SheetColumn("place", "点位", width=16, synonyms=_PLACE, hint="填了就要先在辖区底册里"),
        SheetColumn("checked", "检查数", kind="decimal", decimals=3, required=True, width=10, maximum=_MOST,
                    strip_unit=("间", "处", "个", "公里", "千米", "km", "人次"),
                    synonyms=("检查间数", "检查总数", "监测数", "检查房间数"), hint="路径指数填公里数，如 1.25"),
        SheetColumn("positive", "阳性数", kind="integer", required=True, width=10, maximum=_MOST,
                    strip_unit=("间", "处", "个", "只"), synonyms=("阳性间数", "阳性房间数", "阳性处数", "阳性总数")),
        SheetColumn("inspector", "检查人", kind="name", width=10, synonyms=_INSPECTORS),
        SheetColumn("remark", "备注", width=20, synonyms=("说明", "附注"), max_length=4000),
    ),
)  # fmt: skip
