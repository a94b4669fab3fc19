"""What the pest control slice adds to reports: agents used, Aedes indices with their band, densities with grades."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, col

from desktop.foundation.days import Period, plain_day
from desktop.pest_control.cells import from_dm2
from desktop.pest_control.density_rules import BAND_WORDS, band_ends, band_of, index, limits_in, scale_of, unit_of
from desktop.pest_control.legal import aedes_values_in, density_edition_in
from desktop.pest_control.packages import PackageWeights
from desktop.pest_control.records import AedesCheck, DensityCheck, Treatment
from desktop.pest_control.stock_rules import MILLI, from_milli
from desktop.register.ports import Figure
from desktop.register.rights import Right
from desktop.store.query import pick

_GRAMS_IN_KG = 1000


class PestFigures:
    """Computes pest.*, aedes.* and density.* of a period."""

    right = Right.SEE_PEST

    def figures(self, session: Session, period: Period) -> Sequence[Figure]:
        """Return every figure; those with a free part only where a record feeds them."""
        return [
            *_used(session, period),
            *_weights(session, period),
            *_extent(session, period),
            *_aedes(session, period),
            *_densities(session, period),
        ]


def _treated(period: Period) -> tuple[ColumnElement[bool], ...]:
    return (col(Treatment.deleted_at).is_(None), col(Treatment.treated_on).between(period.first, period.last))


def _used(session: Session, period: Period) -> list[Figure]:
    query = (
        pick(Treatment.agent, Treatment.unit, func.sum(Treatment.quantity_milli))
        .where(*_treated(period))
        .group_by(Treatment.agent, Treatment.unit)
        .order_by(Treatment.agent, Treatment.unit)
    )
    return [
        Figure(f"pest.used.{agent}.{unit}", from_milli(int(milli)), unit, agent, f"本期投药中“{agent}”的数量之和")
        for agent, unit, milli in session.connection().execute(query)
    ]


def _weights(session: Session, period: Period) -> list[Figure]:
    weights = PackageWeights(session)
    query = (
        pick(
            Treatment.pest, Treatment.agent, Treatment.unit, Treatment.treated_on, func.sum(Treatment.quantity_milli)
        )
        .where(*_treated(period))
        .group_by(Treatment.pest, Treatment.agent, Treatment.unit, col(Treatment.treated_on))
        .order_by(Treatment.pest, Treatment.agent, Treatment.unit)
    )  # fmt: skip
    sums: dict[str, Decimal] = defaultdict(Decimal)
    unknown: dict[str, dict[str, None]] = defaultdict(dict)
    for pest, agent, unit, day, milli in session.connection().execute(query):
        grams = weights.grams(agent, unit, day)
        sums[pest] += (grams or Decimal(0)) * int(milli) / MILLI / _GRAMS_IN_KG
        if grams is None:
            unknown[pest][f"{agent}（{unit}）"] = None
    return [_weight(pest, kilograms, list(unknown[pest])) for pest, kilograms in sums.items()]


def _weight(pest: str, kilograms: Decimal, unknown: list[str]) -> Figure:
    formula = "数量 × 药品台账里同药品同单位的每包装克数 ÷ 1000；单位是克、千克的直接换算"
    if unknown:
        formula = f"算不出：药品台账里没有{'、'.join(unknown)}的每包装克数"
    return Figure(f"pest.used_kg.{pest}", None if unknown else kilograms, "千克", f"灭{pest}用药重量", formula)


def _extent(session: Session, period: Period) -> list[Figure]:
    query = pick(
        *(
            func.coalesce(func.sum(column), 0)
            for column in (Treatment.households, Treatment.area_dm2, Treatment.dead_rats)
        )
    ).where(*_treated(period))
    households, area, rats = (int(number) for number in session.connection().execute(query).one())
    return [
        Figure("pest.households", households, "户", "投药户数", "本期投药的户数之和"),
        Figure("pest.area_m2", from_dm2(area), "平方米", "投药面积", "本期投药的面积之和"),
        Figure("pest.dead_rats", rats, "只", "死鼠", "本期投药登记的死鼠只数之和"),
    ]


def _aedes(session: Session, period: Period) -> list[Figure]:
    query = pick(
        func.count(),
        func.coalesce(func.sum(AedesCheck.households), 0),
        func.coalesce(func.sum(AedesCheck.positive_containers), 0),
        func.sum(AedesCheck.water_containers),
        func.count(col(AedesCheck.water_containers)),
        func.sum(AedesCheck.positive_households),
        func.count(col(AedesCheck.positive_households)),
    ).where(col(AedesCheck.deleted_at).is_(None), col(AedesCheck.checked_on).between(period.first, period.last))
    rows, households, positive, water, water_rows, homes, home_rows = session.connection().execute(query).one()
    bi = index(positive, households)
    hi = index(homes, households) if rows and home_rows == rows else None
    ci = index(positive, water) if rows and water_rows == rows else None
    values = aedes_values_in(session, period.last)
    band = band_of(bi, values)
    word = f"（{BAND_WORDS[band]}）" if band else ""
    return [
        Figure("aedes.households", int(households), "户", "伊蚊监测检查户数", "本期伊蚊监测的检查户数之和"),
        Figure("aedes.positive_containers", int(positive), "个", "阳性容器", "本期伊蚊监测的阳性容器数之和"),
        Figure("aedes.bi", bi, "", "布雷图指数BI", "阳性容器数 ÷ 检查户数 × 100", band_ends(values)),
        Figure("aedes.hi", hi, "%", "房屋指数HI", "阳性户数 ÷ 检查户数 × 100；有一次没记阳性户数就不算"),
        Figure("aedes.ci", ci, "%", "容器指数CI", "阳性容器数 ÷ 积水容器数 × 100；有一次没记积水容器数就不算"),
        Figure("aedes.band", band, "", f"BI分级{word}", f"按5、10、20分级，边界口径：{values['boundary']['value']}"),
    ]


def _densities(session: Session, period: Period) -> list[Figure]:
    query = (
        pick(
            DensityCheck.indicator, func.count(), func.sum(DensityCheck.checked_milli), func.sum(DensityCheck.positive),
            func.sum(DensityCheck.count), func.count(col(DensityCheck.count)), func.sum(DensityCheck.count_large),
            func.count(col(DensityCheck.count_large)),
        )
        .where(col(DensityCheck.deleted_at).is_(None))
        .where(col(DensityCheck.checked_on).between(period.first, period.last))
        .group_by(DensityCheck.indicator)
        .order_by(DensityCheck.indicator)
    )  # fmt: skip
    edition = density_edition_in(session, period.last)
    known = limits_in(edition.content["values"]) if edition else {}
    basis = f"按{edition.title}" if edition else f"{plain_day(period.last)}还没有施行的控制水平标准，不分级"
    found: list[Figure] = []
    for name, rows, milli, positive, count, counted, large, counted_large in session.connection().execute(query):
        checked, scale, limits = from_milli(int(milli)) or Decimal(0), scale_of(name), known.get(name)
        counts = (count if counted == rows else None, large if counted_large == rows else None)
        grade = limits.grade(int(positive), checked, counts) if limits else None
        formula = "阳性数之和 ÷ 检查数之和" + (" × 100" if scale == 100 else "")
        unit = limits.unit if limits else unit_of(name)
        found.append(Figure(f"density.{name}", index(int(positive), checked, scale), unit, name, formula))
        found.append(Figure(f"density.{name}.grade", grade, "", f"{name}等级", basis))
    return found
