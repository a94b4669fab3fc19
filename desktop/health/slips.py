"""Slips of paper for people: the result of a blood pressure measurement, to take home. Declared, not drawn."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.foundation.days import plain_day
from desktop.health.documents import VisitEntry
from desktop.health.rules import Flag
from desktop.printing.forms import Reading, Slip, Slips

TITLE = "血压测量结果"
_ADVICE = {
    Flag.URGENT: "请马上去医院看医生，或者打120。",
    Flag.ABOVE: "请带上这张单子，到社区卫生服务站请医生看看。",
    Flag.BELOW: "请带上这张单子，到社区卫生服务站请医生看看。",
    Flag.WITHIN: "请继续保持，按时量血压。",
}
_WARNING = "胸痛、剧烈头痛、说话不清、手脚没力\n马上打120"


def pressure_slips(entries: Sequence[VisitEntry], committee: str, phone: str) -> Slips:
    """Return a slip for each visit on which blood pressure was read, four to a page."""
    shown = [_slip(entry, committee, phone) for entry in entries if entry[0].draft.systolic_mmhg is not None]
    return Slips(TITLE, committee, shown, per_page=4)


def _slip(entry: VisitEntry, committee: str, phone: str) -> Slip:
    visit, person = entry
    draft = visit.draft
    readings = [Reading("血压（高压/低压）", visit.pressure, "毫米汞柱（mmHg）")]
    if draft.pulse_per_min is not None:
        readings.append(Reading("脉搏", str(draft.pulse_per_min), "次/分"))
    verdicts = [("这次结果", visit.flag.value)] if visit.flag else []
    if draft.next_on is not None:
        verdicts.append(("下次测量", f"{plain_day(draft.next_on)}前"))
    return Slip(
        title=TITLE,
        name=person.name if person else "",
        beside=person.address if person else "",
        readings=tuple(readings),
        verdicts=tuple(verdicts),
        text=_ADVICE.get(visit.flag, ""),
        warning=("", _WARNING),
        foot=(f"测量　{plain_day(draft.visited_on)}　{draft.recorded_by}", f"{committee}　{phone}　本单不作诊断"),
    )
