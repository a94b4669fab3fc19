"""What is open when a colleague leaves: complete, in order, and on one page with places to sign."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from pypdfium2 import PdfDocument

from desktop.foundation.errors import InputError, NotAllowed
from desktop.printing.document import Heading
from desktop.printing.render import render_sheet
from desktop.register.handover import hand_over_sheet, with_name_handed_on
from desktop.register.rights import Role
from desktop.register.service.tasks import TaskDraft
from tests.conftest import COMMITTEE, OFFICERS
from tests.health.making import bp
from tests.inspections.making import finding, places, sound
from tests.pest_control.making import stock
from tests.register.making import resident

LEAVER = OFFICERS["网格员"]


@pytest.fixture
def busy(bench):
    places(bench)
    bench.inspections.record(sound())
    bench.inspections.record(finding(problem="消防通道停车", due_on=date(2026, 6, 12), inspector="罗晓梅"))
    bench.inspections.record(finding(problem="楼道堆放纸箱", due_on=date(2026, 6, 20), inspector=f"{LEAVER}、何秀英"))
    done = bench.inspections.record(finding(problem="已经整改"))
    bench.inspections.recheck(done.id, version=done.version, rechecked_on=date(2026, 6, 15), result="合格")
    closed = bench.inspections.rows([done.id])[0]
    bench.inspections.close(done.id, version=closed.version)
    person = resident(bench, name="王阿婆")
    bench.health.record(person, bp(date(2026, 6, 2), 150, 85, next_on=date(2026, 7, 1)))
    later = resident(bench, name="赵铁柱")
    bench.health.record(later, bp(date(2026, 6, 2), 138, 85, next_on=date(2026, 9, 2)))
    bench.pest.stock.record(stock(1, "入库", "10", handler="罗晓梅", expires_on=date(2027, 3, 1)))
    bench.pest.stock.record(stock(5, "领用", "4", handler="罗晓梅"))
    bench.pest.stock.record(stock(1, "入库", "2", batch="用完的"))
    bench.pest.stock.record(stock(6, "报废", "2", batch="用完的"))
    bench.tasks.record(TaskDraft("报上半年健康教育小结", date(2026, 6, 30), "街道办"))
    done = bench.tasks.record(TaskDraft("报过了的", date(2026, 6, 20)))
    bench.tasks.tick(done)
    return bench


def test_only_who_manages_sees_it(bench_as):
    with pytest.raises(NotAllowed):
        bench_as(Role.HEALTH).handover.open_parts(LEAVER)


def test_open_things_are_listed_the_leaver_s_own_first_and_settled_ones_not(busy):
    findings, visits, agents, tasks = busy.handover.open_parts(LEAVER)
    assert [(item.what, item.due_on) for item in tasks.items] == [("报上半年健康教育小结（街道办）", date(2026, 6, 30))]
    assert [item.what.split("（")[0] for item in findings.items] == ["渔村：楼道堆放纸箱", "渔村：消防通道停车"]
    assert [(item.due_on, item.who) for item in findings.items] == [
        (date(2026, 6, 20), f"{LEAVER}、何秀英"), (date(2026, 6, 12), "罗晓梅"),
    ]  # fmt: skip
    assert [item.what for item in visits.items] == ["王阿婆：血压测量", "30天以后到期的另有1项"]
    assert [item.what for item in agents.items] == ["0.005%溴敌隆饵粒（批号201101）：6袋，有效期至2027年3月1日"]


def test_the_page_has_every_thing_and_places_for_three_to_sign(busy):
    parts = busy.handover.open_parts(LEAVER)
    sheet = hand_over_sheet(LEAVER, "网格员", parts, busy.clock.today())
    pdf = render_sheet(sheet, heading=Heading(COMMITTEE, "截至2026年6月17日", "沈玉琴", busy.clock.today()))
    text = "".join(page.get_textpage().get_text_range() for page in PdfDocument(pdf)).replace("\r\n", "")
    for word in ("工作移交清单", "移交人", "接收人", "监交人", "楼道堆放纸箱", "逾期5天", "王阿婆：血压测量", "6袋"):
        assert word in text, word


def colleague(bench, role):
    return next(one.id for one in bench.colleagues.colleagues() if one.name == OFFICERS[role])


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("", ""),
        ("周建国", "何秀英"),
        ("罗晓梅、周建国", "罗晓梅、何秀英"),
        ("周建国，罗晓梅", "何秀英，罗晓梅"),
        ("周建国 罗晓梅", "何秀英 罗晓梅"),
        ("何秀英、周建国、罗晓梅", "何秀英、罗晓梅"),
        ("周建国强", "周建国强"),
        ("小周建国", "小周建国"),
        ("后环物业（周建国）", "后环物业（周建国）"),
    ],
)
def test_only_a_whole_name_is_handed_on_and_nobody_stands_there_twice(text, after):
    assert with_name_handed_on(text, "周建国", "何秀英") == after


def test_handing_on_to_somebody_who_is_gone_or_leaves_himself_changes_nothing(busy):
    before = busy.store.change_mark()
    for receiver in (UUID(int=0), colleague(busy, "网格员")):
        with pytest.raises(InputError) as error:
            busy.handover.hand_on(LEAVER, receiver)
        assert [(one.field, one.message) for one in error.value.problems] == [("receiver", "请另选一位还在的同事。")]
    with pytest.raises(InputError, match="没有写着沈玉琴的，什么也没有改"):
        busy.handover.hand_on("沈玉琴", colleague(busy, "只读"))
    assert busy.store.change_mark() == before


def test_open_findings_go_to_the_colleague_in_one_step_and_come_back_with_it(busy):
    both = busy.inspections.record(finding(problem="井盖缺失", inspector="罗晓梅", responsible=LEAVER))
    settled = busy.inspections.record(finding(problem="现场改了", inspector=LEAVER, treatment="现场整改"))
    quiet = busy.inspections.record(sound(inspector=LEAVER))
    busy.pest.stock.record(stock(7, "领用", "1", handler=LEAVER))
    told = busy.handover.hand_on(LEAVER, colleague(busy, "只读"))
    assert told == f"把{LEAVER}的没有销号的问题2项转给何秀英"
    assert busy.inspections.rows([both.id])[0].draft.responsible == "何秀英"
    assert {item.who for item in busy.handover.open_parts(LEAVER)[0].items} == {"何秀英", "罗晓梅"}
    for kept in (settled, quiet):
        assert busy.inspections.rows([kept.id])[0].draft.inspector == LEAVER
    assert busy.handover.open_parts(LEAVER)[2].items[0].who == LEAVER, "who handled what stays"
    step = busy.journal.last_undoable(busy.officer.staff_id)
    assert step.label == told
    busy.journal.undo(step.id, busy.officer)
    assert busy.inspections.rows([both.id])[0].draft.responsible == LEAVER
    assert f"{LEAVER}、何秀英" in {item.who for item in busy.handover.open_parts(LEAVER)[0].items}
