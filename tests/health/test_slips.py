from __future__ import annotations

from datetime import date

from desktop.health.rules import BP_SERVICE, VisitDraft
from desktop.health.slips import pressure_slips
from desktop.printing.render import render_form
from desktop.register.rules import ResidentDraft
from tests.printing.reading import text_of

COMMITTEE, PHONE = "幸福里社区居民委员会", "8555 0126"


def entry(bench, **values):
    """Store a resident with a measurement and return both as the printing gets them."""
    resident = bench.residents.create(
        ResidentDraft(
            name="王𬸚", place="幸福里一区", building="2号楼", unit="1单元", room="302",
            no_id_reason="暂缺证件", sex="女", born_on=date(1954, 3, 8),
        )
    )  # fmt: skip
    draft = VisitDraft(visited_on=date(2026, 6, 17), service=BP_SERVICE, way="测量点", recorded_by="何晓燕", **values)
    (person,) = bench.residents.rows([resident])
    return bench.health.record(resident, draft), person


def test_a_slip_tells_the_reading_what_it_means_and_what_to_do(bench):
    visit = entry(bench, systolic_mmhg=168, diastolic_mmhg=96, pulse_per_min=80, next_on=date(2026, 7, 1))
    text = text_of(render_form(pressure_slips([visit], COMMITTEE, PHONE)))
    for words in (
        "王𬸚", "幸福里一区", "168/96", "80", "这次结果高于参考范围", "下次测量2026年7月1日前", "马上打120",
        "卫生服务站请医生看看", "测量2026年6月17日何晓燕", "本单不作诊断",
    ):  # fmt: skip
        assert words in text


def test_an_urgent_reading_sends_to_hospital(bench):
    visit = entry(bench, systolic_mmhg=186, diastolic_mmhg=112)
    (slip,) = pressure_slips([visit], COMMITTEE, PHONE).slips
    assert slip.text.startswith("请马上去医院")
    assert [reading.label for reading in slip.readings] == ["血压（高压/低压）"]


def test_visits_without_a_reading_get_no_slip(bench):
    assert not pressure_slips([entry(bench)], COMMITTEE, PHONE).slips
