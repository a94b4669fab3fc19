"""The sheets 点位 and 居民: columns for reading, templates and export, from one list each (docs/contracts.md)."""

from __future__ import annotations

from decimal import Decimal

from desktop.register.rules import DWELLING_STATES, NO_ID_REASONS, RELATIONS, RESIDENCE_TYPES, SEXES
from desktop.spreadsheets.spec import SheetColumn, SheetSpec

PLACE_CATEGORIES = (
    "小区", "楼栋", "公共场所", "沿街商铺", "餐饮店", "学校", "单位", "垃圾房", "毒饵站", "宣传栏", "其他",
)  # fmt: skip
TAG_ALIASES = {
    "高血压患者": "高血压", "原发性高血压": "高血压", "糖尿病患者": "糖尿病", "2型糖尿病": "糖尿病",
    "独居老人": "独居", "空巢老人": "空巢", "孤寡老人": "孤寡", "持证残疾人": "残疾人", "残疾": "残疾人",
    "低保户": "低保", "低保对象": "低保", "特困人员": "特困", "孕妇": "孕产妇", "产妇": "孕产妇",
    "严重精神障碍": "精障", "肺结核": "结核病", "困难家庭": "困难户", "优抚对象": "优抚",
}  # fmt: skip
_PHONE = ("手机号码", "联系方式", "电话", "手机", "手机号", "电话号码", "联系号码", "本人电话")
ID_SYNONYMS = (
    "公民身份号码",
    "身份证号码",
    "证件号码",
    "身份证",
    "身份号码",
    "公民身份证号",
    "公民身份证号码",
    "证件号",
)
NAME_SYNONYMS = ("居民姓名", "人员姓名", "户籍人姓名", "名字", "本人姓名")

PLACES = SheetSpec(
    kind="places",
    title="点位",
    columns=(
        SheetColumn(
            "name", "名称", required=True, width=18, synonyms=("点位", "点位名称", "小区名称", "场所名称", "单位名称"),
        ),
        SheetColumn(
            "category", "类别", required=True, width=12, suggestions=PLACE_CATEGORIES,
            synonyms=("类型", "点位类别", "点位类型", "场所类型", "性质"),
        ),
        SheetColumn("parent", "上级点位", width=18, synonyms=("所属点位", "上级", "所属小区"), hint="要先有这个点位"),
        SheetColumn("grid", "网格", width=12, synonyms=("所属网格", "网格名称", "网格号")),
        SheetColumn("address", "地址", width=24, synonyms=("详细地址", "位置", "地点")),
        SheetColumn("manager", "负责人", kind="name", width=12, synonyms=("联系人", "责任人", "管理人")),
        SheetColumn("phone", "联系电话", kind="phone", width=16, synonyms=_PHONE),
        SheetColumn(
            "household_count", "户数", kind="integer", width=8, synonyms=("总户数", "住户数"), strip_unit=("户",),
            maximum=Decimal(100_000),
        ),
        SheetColumn("remark", "备注", width=24, synonyms=("说明", "附注"), max_length=2000),
    ),
    sum_columns=("household_count",),
)  # fmt: skip

RESIDENTS = SheetSpec(
    kind="residents",
    title="居民",
    columns=(
        SheetColumn("name", "姓名", kind="name", required=True, width=10, synonyms=NAME_SYNONYMS, max_length=100),
        SheetColumn("id_number", "身份证号", kind="id_number", width=22, synonyms=ID_SYNONYMS, hint="18位，按文本填"),
        SheetColumn(
            "no_id_reason", "无证原因", width=14, suggestions=NO_ID_REASONS, synonyms=("无身份证原因", "缺证原因"),
            hint="没有身份证号时填",
        ),
        SheetColumn(
            "sex", "性别", kind="choice", width=6, choices=SEXES,
            aliases={"1": "男", "2": "女", "男性": "男", "女性": "女"},
        ),
        SheetColumn(
            "born_on", "出生日期", kind="past_day", width=12,
            synonyms=("出生年月日", "出生年月", "生日", "出生时间", "出生"),
        ),
        SheetColumn(
            "ethnicity", "民族", width=8, suggestions=("汉族", "回族", "满族", "壮族", "苗族"), aliases={"汉": "汉族"},
        ),
        SheetColumn("phone", "联系电话", kind="phone", width=16, synonyms=_PHONE),
        SheetColumn(
            "place", "小区", required=True, width=16,
            synonyms=("家庭住址(小区)", "小区名称", "居住小区", "住宅小区", "家庭住址", "所属小区", "院落"),
            hint="底册里没有的会一起建好",
        ),
        SheetColumn("building", "楼栋", width=8, synonyms=("楼号", "楼栋号", "栋", "幢", "幢号", "栋号", "楼")),
        SheetColumn("unit", "单元", width=8, synonyms=("单元号",)),
        SheetColumn("room", "室", width=8, synonyms=("房间号", "房号", "门牌号", "室号", "房间")),
        SheetColumn("head_name", "户主", kind="name", width=10, synonyms=("户主姓名",)),
        SheetColumn(
            "relation", "与户主关系", width=10, suggestions=RELATIONS, synonyms=("户主关系", "和户主关系", "关系"),
        ),
        SheetColumn(
            "residence_type", "常住类型", width=10, suggestions=RESIDENCE_TYPES, synonyms=("户籍类型", "户口类型"),
            aliases={"户籍人口": "户籍", "非户籍人口": "非户籍", "1": "户籍", "2": "非户籍"},
        ),
        SheetColumn(
            "dwelling_state", "居住状态", kind="choice", width=10, choices=DWELLING_STATES,
            aliases={
                "自有": "自住", "租住": "出租", "租赁": "出租", "已迁出": "迁出", "已死亡": "死亡", "去世": "死亡",
            },
        ),
        SheetColumn(
            "changed_on", "变动日期", kind="past_day", width=12, synonyms=("迁出日期", "死亡日期", "变更日期"),
            hint="迁出或死亡的日期；不填就是导入那天",
        ),
        SheetColumn(
            "tags", "人群标签", kind="tags", width=16, synonyms=("标签", "人群分类", "重点人群", "人员类别"),
            aliases=TAG_ALIASES, hint="几个标签用、隔开",
        ),
        SheetColumn("remark", "备注", width=20, synonyms=("说明", "附注"), max_length=4000),
    ),
)  # fmt: skip
