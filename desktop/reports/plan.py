"""The sections of a period report as data: which figures stand where, and what is computed from them."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.register.rights import Right
from desktop.reports.lines import (
    FreeLines,
    KeyLine,
    KindLines,
    KindTest,
    Line,
    PartLine,
    RateLine,
    SettledLine,
    ShareLines,
    wording,
)

_BITING = wording("四害|鼠|蚊|蝇|蟑|病媒|除害|投药|消杀")
_SMALL_TRADES = wording("五小|食品|餐饮|饭店|理发|美容|旅馆|浴室|网吧")
_BEFORE_DOORS = wording("[三五]包|门前")
_SAFE = wording("安全|消防|楼道|出租|防汛|燃气|隐患|供水|用电|平安")
_TEACHING = wording("健康讲座|健康教育|健康活动|健康服务|宣传|义诊|讲座")
_CLEANING = wording(
    "清理|清运|清扫|清除|清洁|小广告|植树|垃圾|杂草|道路|渠|管道|拆除|死角|积水|绿化|散养|粉刷|整治|楼道|污"
)
_PRINTED = wording("资料|读本|传单|折页|海报|横幅|标语|宣传|标志|展板|册|通知家长|讲")

_ASKED = ("知晓", "掌握", "形成", "满意", "使用")
_LAID = ("购药", "保留")
"""How work ends in its name when it is the answer to a survey: 居民健康知识知晓, beside 居民健康知识调查."""

_MENDED = "本期发现、期末已整改（现场整改或销号）的 ÷ 本期发现 × 100"


def _is_safety(kind: str) -> bool:
    return _SAFE(kind) and not (_BITING(kind) or _SMALL_TRADES(kind) or _BEFORE_DOORS(kind))


def _is_environment(kind: str) -> bool:
    return not (_BITING(kind) or _SMALL_TRADES(kind) or _BEFORE_DOORS(kind) or _is_safety(kind))


def _is_neither(name: str) -> bool:
    return not (_CLEANING(name) or _PRINTED(name))


def _is_print(name: str) -> bool:
    return _PRINTED(name) and not _CLEANING(name)


@dataclass(frozen=True)
class Section:
    """One section: its name, its declared lines, and the right without which it is left out altogether."""

    name: str
    lines: tuple[Line, ...]
    right: Right
    counts_ledgers: bool = False


def _inspected(what: str, test: KindTest) -> tuple[Line, ...]:
    """Return the lines of one field of inspection: how often, what was found, what is settled."""
    return (
        PartLine(f"{what}检查", "次", "inspections.done", test),
        PartLine("发现问题", "处", "findings.found", test, part=True),
        SettledLine("整改率", "findings.found", _MENDED, test, part=True),
    )


SECTIONS: tuple[Section, ...] = (
    Section(
        "辖区底数",
        (KeyLine("base.households", cumulates=False), KeyLine("base.residents", cumulates=False)),
        Right.SEE_REGISTER,
    ),
    Section(
        "环境卫生",
        (
            KeyLine("inspections.done", "检查（各类合计）"),
            KeyLine("inspections.passed"),
            RateLine("合格率", "inspections.passed", "inspections.done"),
            KeyLine("findings.found"),
            KeyLine("findings.fixed_on_spot", part=True),
            KeyLine("findings.notices", part=True),
            KeyLine("findings.escalated", part=True),
            KeyLine("findings.closed", "本期销号"),
            SettledLine("整改率", "findings.found", _MENDED),
            KeyLine("findings.overdue", "期末逾期未销号", cumulates=False, alarming=True),
            *_inspected("环境卫生", _is_environment),
            FreeLines("activities.work.", _CLEANING),
        ),
        Right.SEE_INSPECTIONS,
    ),
    Section(
        "安全",
        (
            *_inspected("安全", _is_safety),
            KindLines("inspections.done", "次", _is_safety, "检查"),
            FreeLines("pledges.signed.", _is_safety),
        ),
        Right.SEE_INSPECTIONS,
    ),
    Section(
        "门前三包",
        (
            *_inspected("门前三包", _BEFORE_DOORS),
            FreeLines("pledges.signed.", lambda name: not _is_safety(name)),
        ),
        Right.SEE_INSPECTIONS,
    ),
    Section("五小行业", _inspected("五小门店和食品", _SMALL_TRADES), Right.SEE_INSPECTIONS),
    Section(
        "除四害",
        (
            *_inspected("除四害", _BITING),
            KeyLine("pest.households"),
            KeyLine("pest.area_m2"),
            FreeLines("pest.used."),
            FreeLines("pest.used_kg.", rates=True),
            KeyLine("pest.dead_rats"),
            KeyLine("aedes.households"),
            KeyLine("aedes.positive_containers"),
            KeyLine("aedes.bi"),
            KeyLine("aedes.band", "BI分级", cumulates=False, part=True),
            KeyLine("aedes.hi"),
            KeyLine("aedes.ci"),
            FreeLines("density.", rates=True),
            ShareLines("activities.work.", _LAID, test=_BITING),
        ),
        Right.SEE_PEST,
    ),
    Section(
        "居民健康",
        (
            FreeLines("health.group.", cumulates=False),
            KeyLine("health.bp35_total", cumulates=False),
            KeyLine("health.bp35_measured"),
            RateLine("测血压率", "health.bp35_measured", "health.bp35_total"),
            FreeLines("health.visits."),
            KeyLine("health.urgent", alarming=True),
            KeyLine("health.followups_due"),
            KeyLine("health.followups_done"),
            RateLine("应随访中已随访", "health.followups_done", "health.followups_due"),
            KeyLine("health.followups_overdue", cumulates=False, alarming=True),
        ),
        Right.SEE_HEALTH,
    ),
    Section(
        "健康教育",
        (
            PartLine("讲座和宣传活动", "次", "activities.held", _TEACHING),
            PartLine("参加", "人次", "activities.attendance", _TEACHING, part=True),
            FreeLines("activities.work.", _is_print),
            RateLine("宣传资料入户率", "activities.work.宣传资料入户.户", "base.households", part=True),
            ShareLines("activities.work.", _ASKED),
        ),
        Right.SEE_ACTIVITIES,
    ),
    Section(
        "社区活动",
        (
            KeyLine("activities.held"),
            KindLines("activities.held", "次"),
            KeyLine("activities.attendance"),
            KeyLine("activities.cancelled"),
            FreeLines("activities.work.", _is_neither),
        ),
        Right.SEE_ACTIVITIES,
    ),
    Section("居务公开", (KeyLine("notices.posted"),), Right.SEE_REGISTER),
    Section("台账资料", (), Right.SEE_REGISTER, counts_ledgers=True),
)
"""Eleven sections of figures; the twelfth, 问题与下步, is text and stands in chapters of its own."""
