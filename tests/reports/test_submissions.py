"""标为已上报: values stay as they were handed in, later edits are told, corrections are dated, all can be undone."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.foundation.days import parse_period
from desktop.foundation.errors import InputError, NotAllowed
from desktop.register.rights import Role
from desktop.reports.frozen import changes_since
from desktop.reports.rules import SubmissionDraft
from desktop.reports.submissions import original_of
from tests.health.making import bp
from tests.inspections.making import places, sound
from tests.reports.papers import complaints_of, text_of

MAY = parse_period("2026-05")
DRAFT = SubmissionDraft(date(2026, 6, 3), "和平街道办事处", "沈玉琴", "幸社报〔2026〕5号")


@pytest.fixture
def handed_in(bench):
    """May with eight inspections, handed in."""
    places(bench, "桂花苑")
    for day in range(4, 12):
        bench.inspections.record(sound(date(2026, 5, day), place="桂花苑"))
    return bench.reports.submissions.hand_in(bench.reports.content(MAY), DRAFT)


def add_one(bench):
    return bench.inspections.record(sound(date(2026, 5, 20), place="桂花苑"))


def test_values_stay_as_handed_in_and_later_edits_are_told(bench, handed_in):
    assert bench.reports.submissions.changes(bench.reports.content(MAY)) == []
    add_one(bench)
    content = bench.reports.content(MAY)
    changes = {change.label: change for change in bench.reports.submissions.changes(content)}
    assert changes["检查（各类合计）"].text == "检查（各类合计）8→9次"
    assert set(changes) == {"检查（各类合计）", "检查合格", "环境卫生检查", "检查和整改台账", "环境卫生检查台账"}
    frozen = bench.reports.as_handed_in(content, bench.reports.submissions.latest(MAY))
    assert frozen.table.line("检查（各类合计）").values[0] == 8
    assert content.table.line("检查（各类合计）").values[0] == 9


def test_the_paper_of_what_was_handed_in_carries_number_day_and_names(bench, handed_in):
    add_one(bench)
    content = bench.reports.as_handed_in(bench.reports.content(MAY), handed_in)
    cover = text_of(bench.reports.pdf(content, submission=handed_in))
    for words in ("幸社报〔2026〕5号", "和平街道办事处", "2026年6月3日"):
        assert words in cover


def test_a_report_is_handed_in_once_and_corrected_after(bench, handed_in):
    with pytest.raises(InputError, match="已经标为已上报"):
        bench.reports.submissions.hand_in(bench.reports.content(MAY), DRAFT)
    with pytest.raises(InputError, match="没有变动"):
        bench.reports.submissions.correct(bench.reports.content(MAY), DRAFT)
    add_one(bench)
    draft = SubmissionDraft(date(2026, 6, 10), "和平街道办事处", "沈玉琴", "", "5月20日的检查当时漏登。")
    correction, changes = bench.reports.submissions.correct(bench.reports.content(MAY), draft)
    assert correction.corrects == handed_in.id
    assert bench.reports.submissions.changes(bench.reports.content(MAY)) == []
    known = bench.reports.submissions.of(MAY)
    assert [one.id for one in known] == [correction.id, handed_in.id]
    assert original_of(known).id == handed_in.id
    pdf = bench.reports.correction_pdf(original_of(known), correction, changes)
    assert complaints_of(pdf) == []
    text = text_of(pdf)
    for words in ("2026年5月工作月报更正表", "2026年6月10日", "2026年6月3日", "漏登", "+1", "更正数"):
        assert words in text


def test_handing_in_and_correcting_can_be_undone(bench, handed_in):
    add_one(bench)
    bench.reports.submissions.correct(bench.reports.content(MAY), DRAFT)
    for expected in (1, 1, 0):  # the correction, the inspection between them, the report
        step = bench.journal.last_undoable(bench.officer.staff_id)
        bench.journal.undo(step.id, bench.officer)
        assert len(bench.reports.submissions.of(MAY)) == expected
    assert bench.reports.submissions.hand_in(bench.reports.content(MAY), DRAFT).corrects is None


def test_what_came_back_from_the_bin_does_not_double_a_report(bench, handed_in):
    step = bench.journal.last_undoable(bench.officer.staff_id)
    bench.journal.undo(step.id, bench.officer)
    bench.reports.submissions.hand_in(bench.reports.content(MAY), DRAFT)
    row = next(row for row in bench.bin.rows(bench.bin.listed()) if row.key.word == "已上报的报表")
    assert "2026年5月工作月报" in row.title
    with pytest.raises(InputError, match="另有一份"):
        bench.bin.put_back(row.key)


def test_the_history_says_who_handed_it_in(bench, handed_in):
    step = bench.journal.last_undoable(bench.officer.staff_id)
    assert step.label == "标为已上报：2026年5月月报"


@pytest.mark.parametrize(
    ("draft", "fields"),
    [
        (SubmissionDraft(None, "", ""), {"submitted_on", "recipient", "handled_by"}),
        (SubmissionDraft(date(2026, 6, 18), "街道", "沈玉琴"), {"submitted_on"}),
        (SubmissionDraft(date(2026, 4, 30), "街道", "沈玉琴"), {"submitted_on"}),
        (SubmissionDraft(date(2026, 6, 3), "街" * 101, "沈玉琴", "号" * 61, "注" * 2001),
         {"recipient", "number", "remark"}),
    ],
)  # fmt: skip
def test_every_wrong_field_is_told_at_once_and_nothing_is_stored(bench, draft, fields):
    with pytest.raises(InputError) as caught:
        bench.reports.submissions.hand_in(bench.reports.content(MAY), draft)
    assert {problem.field for problem in caught.value.problems} == fields
    assert bench.reports.submissions.of(MAY) == []


def test_only_those_who_answer_for_reports_hand_them_in(bench_as):
    for role in (Role.GRID, Role.READER):
        bench = bench_as(role)
        with pytest.raises(NotAllowed):
            bench.reports.submissions.hand_in(bench.reports.content(MAY), DRAFT)
        with pytest.raises(NotAllowed):
            bench.reports.submissions.correct(bench.reports.content(MAY), DRAFT)


def test_what_was_handed_in_of_health_stays_hidden_from_those_who_may_not_see_it(bench, bench_as, opened):
    from tests.factories import add_resident, one_step

    person = one_step(opened, lambda unit: add_resident(unit).id)
    bench.health.record(person, bp(date(2026, 5, 6)))
    submission = bench.reports.submissions.hand_in(bench.reports.content(MAY), DRAFT)
    assert {name[0] for name in submission.values(bench.officer)} >= {"居民健康"}
    grid = bench_as(Role.GRID)
    assert "居民健康" not in {name[0] for name in submission.values(grid.officer)}
    content = grid.reports.content(MAY)
    assert changes_since(submission, content.table.sections, grid.officer) == []
    assert "居民健康" not in [
        section.name for section in grid.reports.as_handed_in(content, submission).table.sections
    ]  # fmt: skip


def test_a_period_of_other_days_is_another_report(bench, handed_in):
    assert bench.reports.submissions.of(parse_period("2026Q2")) == []
    assert bench.reports.submissions.latest(parse_period("2026-05-01..2026-05-31")).id == handed_in.id
