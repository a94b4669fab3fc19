"""标为已上报: values stay as they were handed in, later edits are told, corrections are dated, all can be undone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from desktop.foundation.days import parse_period
from desktop.foundation.errors import DamagedFile, EnvironmentFailure, InputError, NotAllowed
from desktop.register.rights import Right, Role
from desktop.reports.frozen import changes_since
from desktop.reports.records import ReportSubmission
from desktop.reports.rules import SubmissionDraft
from desktop.reports.submissions import original_of
from desktop.store.blobs import blob_path
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


def cells(sheet: bytes) -> str:
    book = CalamineWorkbook.from_filelike(BytesIO(sheet))
    return str([book.get_sheet_by_name(name).to_python() for name in book.sheet_names])


def test_papers_that_cannot_be_kept_hand_nothing_in(bench, monkeypatch):
    def full(_data):
        raise EnvironmentFailure("磁盘满了。")

    with monkeypatch.context() as patch:
        patch.setattr(bench.reports.submissions._blobs, "put", full)
        with pytest.raises(EnvironmentFailure):
            bench.reports.submissions.hand_in(bench.reports.content(MAY), DRAFT)
    assert bench.reports.submissions.of(MAY) == []


def test_pages_and_workbook_stay_as_they_went_out_and_so_do_those_of_the_correction(bench, handed_in):
    service = bench.reports.submissions
    pdf, sheet = service.paper(handed_in.id), service.sheet(handed_in.id)
    assert (handed_in.pages > 3, handed_in.has_sheet) == (True, True)
    assert "幸社报〔2026〕5号" in text_of(pdf)
    assert "检查（各类合计）" in cells(sheet)
    assert complaints_of(pdf) == []
    add_one(bench)
    correction, _ = service.correct(bench.reports.content(MAY), replace(DRAFT, submitted_on=date(2026, 6, 10)))
    assert "更正表" in text_of(service.paper(correction.id))
    assert service.sheet(correction.id) != sheet
    bench.people.change_profile(name="另一个居委会", region="", address="", phone="", version=1)
    assert service.paper(handed_in.id) == pdf
    assert service.sheet(handed_in.id) == sheet


def test_what_was_handed_in_before_pages_were_kept_says_so(bench, handed_in):
    with bench.store.writing("旧版本的上报", bench.officer) as unit:
        old = unit.get(ReportSubmission, handed_in.id)
        old.paper, old.sheet, old.pages = "", "", 0
    with pytest.raises(InputError, match="还没有存原样"):
        bench.reports.submissions.paper(handed_in.id)
    assert bench.reports.submissions.latest(MAY).pages == 0


def test_everything_handed_in_is_found_by_its_words_newest_first(bench, handed_in):
    add_one(bench)
    draft = SubmissionDraft(date(2026, 6, 10), "区爱卫办", "罗晓梅", "", "当时漏登")
    correction, _ = bench.reports.submissions.correct(bench.reports.content(MAY), draft)
    find = bench.reports.submissions.listed
    assert find() == [correction.id, handed_in.id]
    for words, found in (
        ("5号", [handed_in.id]), ("爱卫办", [correction.id]), ("漏登", [correction.id]), ("2026年5月", find()),
        ("6月", []), ("%", []),
    ):  # fmt: skip
        assert find(words) == found, words
    assert [one.id for one in bench.reports.submissions.rows(find())] == find()


def test_the_kept_pages_show_health_only_to_those_who_may_see_it(bench, bench_as, handed_in):
    assert Right.SEE_HEALTH in handed_in.rights
    for role in (Role.GRID, Role.READER):
        other = bench_as(role).reports.submissions
        assert other.listed() == [handed_in.id]
        with pytest.raises(NotAllowed):
            other.paper(handed_in.id)
        with pytest.raises(NotAllowed):
            other.sheet(handed_in.id)


def test_a_lost_file_is_told_by_the_check(bench, handed_in):
    def line(name):
        return next(one for one in bench.check() if one.code == name)

    assert (line("reports").ok, line("issued").ok) == (True, True)
    with bench.store.reading() as session:
        name = session.get(ReportSubmission, handed_in.id).sheet
    blob_path(bench.blobs.folder, name).unlink()
    assert (line("reports").ok, line("reports").count) == (False, 1)
    with pytest.raises(DamagedFile):
        bench.reports.submissions.sheet(handed_in.id)


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
