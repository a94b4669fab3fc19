"""What treatments and Aedes checks put into notices: days, places, agents with their concentration, the index."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from sqlmodel import Session, col, select

from desktop.foundation.days import plain_day
from desktop.pest_control.density_rules import band_of, index
from desktop.pest_control.documents import rounded
from desktop.pest_control.legal import aedes_values_in
from desktop.pest_control.records import AedesCheck, StockEntry, Treatment
from desktop.register.ports import Occasion
from desktop.register.records import Place
from desktop.register.rights import Right
from desktop.store.query import among, pick

BAIT, SPRAYING, DENGUE = "bait", "spraying", "dengue"
_RODENTS = "鼠"
# Treatments of one pest with no more than a pause between them are one campaign.
_PAUSE, _LONGEST = timedelta(days=7), timedelta(days=28)


class PestNotices:
    """Fills notices about baits, spraying and mosquitoes."""

    right = Right.SEE_PEST
    templates = frozenset({BAIT, SPRAYING, DENGUE})

    def occasions(self, session: Session, first: date, last: date) -> Sequence[Occasion]:
        """Return the campaigns and the Aedes checks of the days between *first* and *last*."""
        days = (
            pick(Treatment.treated_on, Treatment.pest)
            .where(col(Treatment.deleted_at).is_(None), col(Treatment.treated_on).between(first, last))
            .distinct()
            .order_by(col(Treatment.treated_on), col(Treatment.pest))
        )
        found: list[Occasion] = []
        seen: dict[str, date] = {}
        for day, pest in session.connection().execute(days):
            if pest in seen and day <= seen[pest]:
                continue
            rows = _campaign(session, pest, day)
            seen[pest] = rows[-1].treated_on
            found.append(_of_campaign(session, rows))
        return [*reversed(found), *_of_checks(session, first, last)]

    def of_record(self, session: Session, record_id: UUID) -> Occasion | None:
        """Return what a treatment, with the others of its campaign, or an Aedes check puts into a notice."""
        treatment = session.get(Treatment, record_id)
        if treatment is not None and treatment.deleted_at is None:
            return _of_campaign(session, _campaign(session, treatment.pest, treatment.treated_on), record_id)
        check = session.get(AedesCheck, record_id)
        return _of_check(session, check) if check is not None and check.deleted_at is None else None


def _campaign(session: Session, pest: str, day: date) -> list[Treatment]:
    """Return the treatments of *pest* around *day* that follow each other without a longer pause, in order of days."""
    around = col(Treatment.treated_on).between(day - _LONGEST, day + _LONGEST)
    query = (
        select(Treatment)
        .where(col(Treatment.deleted_at).is_(None), Treatment.pest == pest, around)
        .order_by(col(Treatment.treated_on), col(Treatment.id))
    )
    found: list[Treatment] = []
    for row in session.exec(query):
        if found and row.treated_on - found[-1].treated_on > _PAUSE:
            if found[-1].treated_on >= day:
                break
            found = []
        found.append(row)
    return found


def _of_campaign(session: Session, rows: Sequence[Treatment], record_id: UUID | None = None) -> Occasion:
    first, last = rows[0], rows[-1]
    places = _place_names(session, [row.place_id for row in rows])
    agents = [_with_content(session, agent) for agent in dict.fromkeys(row.agent for row in rows)]
    registrations = _registrations(session, [row.agent for row in rows])
    ways = dict.fromkeys(row.way for row in rows if row.way)
    area = "、".join(places)
    fields = {
        "开始日期": plain_day(first.treated_on),
        "结束日期": plain_day(last.treated_on),
        "投放范围": f"{area}（{'、'.join(ways)}）" if ways else area,
        "消杀范围": area,
        "防制对象": first.pest,
        "药物一": agents[0],
        "药物二": "、".join(agents[1:]),
        "登记证号": "、".join(registrations),
    }
    template = BAIT if first.pest == _RODENTS else SPRAYING
    title = f"{plain_day(first.treated_on)}灭{first.pest}：{area}"
    return Occasion(template, title, first.treated_on, fields, record_id or first.id)


def _of_checks(session: Session, first: date, last: date) -> list[Occasion]:
    query = (
        select(AedesCheck)
        .where(col(AedesCheck.deleted_at).is_(None), col(AedesCheck.checked_on).between(first, last))
        .order_by(col(AedesCheck.checked_on).desc(), col(AedesCheck.id))
    )
    return [_of_check(session, check) for check in session.exec(query)]


def _of_check(session: Session, check: AedesCheck) -> Occasion:
    values = aedes_values_in(session, check.checked_on)
    bi = index(check.positive_containers, check.households)
    place = _place_names(session, [check.place_id])[0]
    fields = {
        "监测日期": plain_day(check.checked_on),
        "监测范围": f"{place}{check.households}户",
        "布雷图指数": rounded(bi) if bi is not None else "",
        "风险等级": band_of(bi, values) or "",
        "清理期限": plain_day(check.checked_on + timedelta(days=int(values["clear_within_days"]["value"]))),
    }
    return Occasion(DENGUE, f"{plain_day(check.checked_on)}伊蚊监测：{place}", check.checked_on, fields, check.id)


def _place_names(session: Session, ids: Sequence[UUID]) -> list[str]:
    """Return the names of places, each once, in the order of *ids*."""
    query = pick(Place.id, Place.name).where(among(Place.id, set(ids)))
    names: dict[UUID, str] = {place: str(name) for place, name in session.connection().execute(query)}
    return list(dict.fromkeys(names[place] for place in ids))


def _with_content(session: Session, agent: str) -> str:
    """Return *agent* with the concentration the stock ledger gives it in front, unless its name tells it already."""
    if "%" in agent or "％" in agent:
        return agent
    query = (
        pick(StockEntry.content)
        .where(col(StockEntry.agent) == agent, col(StockEntry.deleted_at).is_(None), col(StockEntry.content) != "")
        .order_by(col(StockEntry.happened_on).desc())
        .limit(1)
    )
    content = session.connection().execute(query).scalar()
    return f"{content}{agent}" if content else agent


def _registrations(session: Session, agents: Sequence[str]) -> list[str]:
    """Return the registration numbers the stock ledger gives *agents*, each once."""
    query = (
        pick(StockEntry.registration)
        .where(among(StockEntry.agent, set(agents)), col(StockEntry.deleted_at).is_(None))
        .where(col(StockEntry.registration) != "")
        .distinct()
        .order_by(col(StockEntry.registration))
    )
    return [registration for (registration,) in session.connection().execute(query)]
