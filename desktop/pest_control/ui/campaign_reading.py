"""What was typed into the page of a campaign: what is lacking, what cannot be read, the treatments it means."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from desktop.foundation.days import why_no_day
from desktop.foundation.errors import Problem
from desktop.pest_control.campaign import REASON as REASON_MARK
from desktop.pest_control.campaign_rules import Bait
from desktop.pest_control.rules import TreatmentDraft
from desktop.pest_control.ui.bait_card import BaitCard
from desktop.pest_control.ui.campaign_grid import DAY, OPERATOR, REASON, CampaignGrid
from desktop.widgets.fields.base import Field
from desktop.widgets.fields.day import read_day

Typed = tuple[int, int, TreatmentDraft]
"""Number of the line, number of the agent, and the treatment."""


@dataclass(frozen=True)
class Common:
    """What holds for every line that does not say otherwise."""

    day: date | None
    way: str
    operator: str


def field_problems(fields: Iterable[Field], estate: Field, day: Field, cards: Sequence[BaitCard]) -> list[Problem]:
    """Return what the fields above and beside the grid lack; the second agent may be left out altogether."""
    problems = [Problem(field.name, "unreadable", f"{text}。") for field in fields if (text := field.own_problem())]
    told = {problem.field for problem in problems}
    wanted = [(estate, "请选小区。"), (day, "请填日期。")]
    for number, card in enumerate(cards):
        if not number or card.bait() is not None:
            wanted += [(card.agent, "请写药品名称。"), (card.pest, "请选防制对象。"), (card.unit, "请选单位。")]
    lacking = [(field, text) for field, text in wanted if field.value() in (None, "") and field.name not in told]
    return problems + [Problem(field.name, "required", text) for field, text in lacking]


def grid_reads(grid: CampaignGrid, today: date) -> bool:
    """Mark every cell that is no number or no day and return whether there is none."""
    faulty = False
    for place in range(len(grid.sites)):
        problems = grid.sheet.own_problems(place)
        typed = grid.sheet.texts(place).get(DAY, "")
        if typed and read_day(typed, today) is None:
            problems[DAY] = why_no_day(typed).rstrip("。")
        grid.sheet.set_problems(place, problems)
        faulty = faulty or bool(problems)
    return not faulty


def typed_drafts(grid: CampaignGrid, baits: Sequence[Bait], common: Common, today: date) -> list[Typed]:
    """Return everything typed; of the first agent the number must not be missing, the second may be in some only."""
    found: list[Typed] = []
    for place, laid in enumerate(grid.laid()):
        for number, (bait, packages) in enumerate(zip(baits, laid.packages, strict=True)):
            if laid.is_filled and (packages is not None or not number):
                found.append((place, number, _draft(grid, place, bait, packages, common, today)))
    return found


def _draft(  # noqa: PLR0917  one line, one agent
    grid: CampaignGrid, place: int, bait: Bait, packages: Decimal | None, common: Common, today: date
) -> TreatmentDraft:
    site, values = grid.sites[place], grid.sheet.values(place)
    return TreatmentDraft(
        treated_on=read_day(str(values[DAY]), today) if values[DAY] else common.day,
        pest=bait.pest,
        place=site.place,
        agent=bait.agent,
        quantity=packages,
        unit=bait.unit,
        way=common.way,
        households=grid.laid()[place].done,
        operator=str(values[OPERATOR] or common.operator),
        remark=REASON_MARK.join(part for part in (site.building, str(values[REASON] or "")) if part),
    )
