"""When something is due for a resident: pure functions of past visits, tags and the standard."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from desktop.foundation.days import plain_day
from desktop.health.rules import (
    BP_SERVICE,
    COMPLICATION,
    FACE_TO_FACE,
    FOLLOWUP_OF,
    HIGH_RISK,
    HYPERTENSION,
    REACTION,
    REFERRAL_SERVICE,
    REFERRED,
    UNSATISFIED,
    Flag,
    Values,
)

ASK_REFERRAL = "问转诊"


@dataclass(frozen=True)
class PastVisit:
    """What the due-date rules need to know of a stored visit; *measured* if both pressures were read."""

    visited_on: date
    service: str
    way: str
    result: str
    next_on: date | None
    flag: str
    measured: bool = False


@dataclass(frozen=True)
class Due:
    """One thing that should happen with a resident: what, by when, and why in words."""

    what: str
    due_on: date
    why: str


def next_visit_on(visited_on: date, service: str, way: str, result: str, flag: str, *, values: Values) -> date | None:
    """Return when the next visit is due after this one by the standard; None where no rule sets a day.

    Urgent, referred, unsatisfied, reaction or complication: a re-visit within the recheck days (two weeks).
    A face-to-face follow-up of a managed patient: the follow-up interval. A telephone call sets no new day.
    """
    if service not in FOLLOWUP_OF.values():
        return None
    if flag == Flag.URGENT or result in (UNSATISFIED, REACTION, COMPLICATION, REFERRED):
        return visited_on + timedelta(days=values.number("recheck_days"))
    if way in FACE_TO_FACE:
        return visited_on + timedelta(days=values.number("followup_interval_days"))
    return None


def dues_of(visits: Sequence[PastVisit], tags: Mapping[str, date | None], *, values: Values) -> list[Due]:
    """Return what is due by visits (in order of entry) and tags (tag → since when, None unknown), earliest first.

    - Whatever day the last visit of a service names for the next one.
    - A managed patient without such a day: the standard's interval after the last face-to-face follow-up, else
      after the tag began or, where that is unknown, after the first contact (nothing while there was none).
    - A high-risk person not managed for hypertension: a pressure every high-risk interval, counted likewise.
    - An urgent reading or an advised referral on the person's newest day: its outcome within the recheck days.

    Of two days for the same thing the earlier one stands.
    """
    ordered = sorted(visits, key=lambda visit: visit.visited_on)
    last = {visit.service: visit for visit in ordered}
    dues = [
        Due(service, visit.next_on, f"上次{service}在{plain_day(visit.visited_on)}")
        for service, visit in last.items()
        if visit.next_on is not None
    ]
    for tag, service in FOLLOWUP_OF.items():
        if tag in tags and (service not in last or last[service].next_on is None):
            dues.extend(_followup(ordered, service, tags[tag], values))
    if HIGH_RISK in tags and HYPERTENSION not in tags:
        dues.extend(_high_risk(ordered, tags[HIGH_RISK], values))
    dues.extend(_referral(ordered, values))
    first: dict[str, Due] = {}
    for due in sorted(dues, key=lambda due: (due.due_on, due.what)):
        first.setdefault(due.what, due)
    return list(first.values())


def _followup(ordered: Sequence[PastVisit], service: str, since: date | None, values: Values) -> list[Due]:
    mine = [visit for visit in ordered if visit.service == service]
    for visit in reversed(mine):
        due_on = next_visit_on(visit.visited_on, service, visit.way, visit.result, visit.flag, values=values)
        if due_on is not None:
            return [Due(service, due_on, f"上次{service}在{plain_day(visit.visited_on)}")]
    start = since or (mine[0].visited_on if mine else None)
    if start is None:
        return []
    due_on = start + timedelta(days=values.number("followup_interval_days"))
    return [Due(service, due_on, "建档后还没有面对面随访")]


def _high_risk(ordered: Sequence[PastVisit], since: date | None, values: Values) -> list[Due]:
    measured = [visit.visited_on for visit in ordered if visit.measured]
    start = measured[-1] if measured else since
    if start is None:
        return []
    why = f"高危人群，上次量血压在{plain_day(start)}" if measured else "高危人群，还没有量过血压"
    return [Due(BP_SERVICE, start + timedelta(days=values.number("high_risk_interval_days")), why)]


def _referral(ordered: Sequence[PastVisit], values: Values) -> list[Due]:
    newest = [visit for visit in ordered if visit.visited_on == ordered[-1].visited_on]
    asked = any(visit.service == REFERRAL_SERVICE for visit in newest)
    if asked or not any(visit.flag == Flag.URGENT or visit.result == REFERRED for visit in newest):
        return []
    day = newest[0].visited_on
    due_on = day + timedelta(days=values.number("recheck_days"))
    return [Due(ASK_REFERRAL, due_on, f"{plain_day(day)}建议就诊或转诊，要问结果")]


def wants_yearly_pressure(age: int | None, tags: Iterable[str], values: Values) -> bool:
    """Return whether a resident should have one blood-pressure reading this calendar year (≥35, not hypertensive)."""
    return age is not None and age >= values.number("bp_from_age") and HYPERTENSION not in tags


def wants_yearly_checkup(age: int | None, values: Values) -> bool:
    """Return whether a resident should have one check-up this calendar year (65 and over)."""
    return age is not None and age >= values.number("elder_from_age")
