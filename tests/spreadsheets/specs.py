"""The sheets these tests read: residents as a superior sends them, and a small one with numbers."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from desktop.spreadsheets.spec import SheetColumn, SheetSpec

TODAY = date(2026, 3, 31)

RESIDENTS = SheetSpec(
    kind="residents",
    title="居民",
    columns=(
        SheetColumn("name", "姓名", "name", required=True, synonyms=("居民姓名", "人员姓名", "户内人员姓名")),
        SheetColumn(
            "id_number",
            "身份证号",
            "id_number",
            synonyms=("公民身份号码", "身份证号码", "证件号码"),
            hint="18位，没有就留空",
            width=22,
        ),
        SheetColumn("no_id_reason", "无证原因", suggestions=("新生儿", "外籍", "遗失")),
        SheetColumn("sex", "性别", "choice", choices=("男", "女"), aliases={"1": "男", "2": "女"}),
        SheetColumn("born_on", "出生日期", "past_day", synonyms=("出生年月日", "出生年月")),
        SheetColumn("nation", "民族", aliases={"汉": "汉族"}),
        SheetColumn("phone", "联系电话", "phone", synonyms=("手机号码", "联系方式", "电话")),
        SheetColumn("estate", "小区", required=True, synonyms=("家庭住址(小区)", "小区名称", "住宅小区")),
        SheetColumn("building", "楼栋", synonyms=("楼号", "楼栋号", "栋")),
        SheetColumn("entrance", "单元", synonyms=("单元号",)),
        SheetColumn("room", "室", synonyms=("房间号", "房号", "门牌号")),
        SheetColumn("head", "户主", "name"),
        SheetColumn("relation", "与户主关系"),
        SheetColumn("residence", "常住类型", suggestions=("户籍", "非户籍")),
        SheetColumn("living", "居住状态", "choice", choices=("自住", "出租", "空置", "迁出", "死亡")),
        SheetColumn("changed_on", "变动日期", "past_day"),
        SheetColumn("tags", "人群标签", "tags", suggestions=("高血压", "糖尿病", "独居老人")),
        SheetColumn("note", "备注"),
    ),
)

AEDES = SheetSpec(
    kind="aedes",
    title="伊蚊监测",
    columns=(
        SheetColumn("day", "日期", "past_day", required=True),
        SheetColumn("place", "点位", required=True),
        SheetColumn("households", "检查户数", "integer", required=True, strip_unit=("户",), maximum=Decimal(5000)),
        SheetColumn("positive", "阳性容器数", "integer", required=True),
        SheetColumn("litres", "用药升数", "decimal", decimals=2),
        SheetColumn("due_on", "下次日期", "day"),
        SheetColumn("checker", "检查人", "name"),
    ),
    sum_columns=("households", "positive"),
)
