"""Rectification notices: numbered once, kept as printed, noted in the inspection in the same step or not at all."""

from __future__ import annotations

import multiprocessing
from datetime import date

import pytest

from desktop.foundation.errors import ChangedMeanwhile, EnvironmentFailure, InputError, NotAllowed
from desktop.inspections.views import InspectionFilter
from tests.inspections import noticing_children
from tests.inspections.making import HEADINGS, finding, inspections_sheet, places, sound
from tests.printing.reading import text_of
from tests.register.making import take_in

_START_S = 60
_context = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload(["tests.inspections.noticing_children"])
DUE = date(2026, 6, 24)


@pytest.fixture(autouse=True)
def _places(bench):
    places(bench)


def found(bench, **values):
    return bench.inspections.record(finding(responsible="安居物业", inspector="贺建军", **values))


def send(bench, row, day=date(2026, 6, 17), due=DUE):
    return bench.rectification.issue(row.id, version=row.version, noticed_on=day, due_on=due, responsible="安居物业")


def stored(bench, row):
    return bench.inspections.rows([row.id])[0]


def test_a_notice_without_a_day_or_a_deadline_takes_no_number_and_leaves_the_inspection_alone(bench):
    row = found(bench)
    with pytest.raises(InputError) as refused:
        send(bench, row, day=None, due=None)
    assert {problem.field for problem in refused.value.problems} == {"notice_on", "due_on"}
    assert stored(bench, row) == row
    assert bench.rectification.next_number() == "后社整改〔2026〕1号"


def test_where_nothing_is_wrong_there_is_no_notice(bench):
    with pytest.raises(InputError, match="问题"):
        send(bench, bench.inspections.record(sound()))
    assert not len(bench.notices.issued.ids())


def test_pages_that_cannot_be_kept_leave_neither_number_nor_note(bench, monkeypatch):
    def full(_data):
        raise EnvironmentFailure("磁盘满了。")

    row = found(bench)
    with monkeypatch.context() as patch:
        patch.setattr(bench.notices.issued._blobs, "put", full)
        with pytest.raises(EnvironmentFailure):
            send(bench, row)
    assert stored(bench, row) == row
    assert send(bench, row).issued.number == "后社整改〔2026〕1号"


def test_an_inspection_changed_meanwhile_takes_no_number(bench, health_bench):
    row = found(bench)
    changed = health_bench.inspections.recheck(
        row.id, version=row.version, rechecked_on=date(2026, 6, 17), result="不合格"
    )
    with pytest.raises(ChangedMeanwhile):
        send(bench, row)
    assert not len(bench.notices.issued.ids())
    assert stored(bench, row) == changed


def test_readers_issue_nothing(bench, reader_bench):
    with pytest.raises(NotAllowed):
        send(reader_bench, found(bench))


def test_number_pages_and_note_come_together_and_the_pages_stay_as_they_went_out(bench, grid_bench):
    row = found(bench, due_on=DUE)
    sent = send(grid_bench, row)
    draft = stored(bench, row).draft
    assert sent.inspection.draft == draft
    assert (draft.treatment, draft.notice_on, draft.notice_number) == (
        "整改通知",
        date(2026, 6, 17),
        "后社整改〔2026〕1号",
    )
    pages = bench.rectification.pdf(sent.issued)
    assert text_of(pages).count("后社整改〔2026〕1号") == 3  # head, cut, receipt
    assert "草稿" not in text_of(pages)
    bench.inspections.recheck(row.id, version=stored(bench, row).version, rechecked_on=date(2026, 6, 17), result="合格")
    assert bench.rectification.pdf(bench.rectification.issued_of(row.id)) == pages
    assert [one.id for one in bench.notices.issued.rows(list(bench.notices.issued.ids("楼道堆放纸箱")))] == [
        sent.issued.id
    ]
    assert list(bench.notices.issued.ids("整改〔2026〕1")) == [sent.issued.id]


def test_it_is_issued_once_and_again_only_after_it_is_void(bench):
    row = found(bench)
    sent = send(bench, row)
    with pytest.raises(InputError, match="后社整改〔2026〕1号"):
        send(bench, sent.inspection)
    bench.notices.issued.void(sent.issued.id, "期限写错", version=sent.issued.version)
    assert bench.rectification.issued_of(row.id) is None
    assert send(bench, sent.inspection).inspection.draft.notice_number == "后社整改〔2026〕2号"


def test_the_step_cannot_be_undone_and_the_number_not_be_written_over(bench):
    row = found(bench)
    sent = send(bench, row)
    assert "登记检查" in bench.journal.last_undoable(bench.officer.staff_id).label
    changed = finding(**{**_plain(sent.inspection.draft), "notice_number": "第9号"})
    with pytest.raises(InputError, match="不能改") as refused:
        bench.inspections.change(row.id, changed, version=sent.inspection.version)
    assert [problem.field for problem in refused.value.problems] == ["notice_number"]
    other = found(bench)
    with pytest.raises(InputError, match="已经发给别的"):
        bench.inspections.notice(
            other.id, version=1, noticed_on=date(2026, 6, 17), due_on=DUE, number="后社整改〔2026〕1号"
        )
    with pytest.raises(InputError, match="已经发给别的"):
        found(bench, notice_number="后社整改〔2026〕1号")


def _plain(draft):
    return {name: value for name, value in draft.__dict__.items() if name not in {"inspected_on", "category", "place"}}


def test_numbers_written_by_hand_stay_and_are_not_given_again(bench):
    found(bench, notice_on=date(2026, 6, 9), notice_number="第11号", treatment="整改通知", due_on=DUE)
    old = found(
        bench, notice_on=date(2026, 6, 10), notice_number="幸居整改〔2026〕12号", treatment="整改通知", due_on=DUE
    )
    bench.inspections.remove(old.id)
    assert send(bench, found(bench)).issued.number == "后社整改〔2026〕13号"
    found(bench, notice_on=date(2026, 6, 16), notice_number="14号", treatment="整改通知", due_on=DUE)
    assert send(bench, found(bench)).issued.number == "后社整改〔2026〕15号"
    assert bench.rectification.next_number(date(2027, 1, 4)) == "后社整改〔2027〕1号"
    assert bench.notices.composing.next_number() == "后社告〔2026〕1号"


def test_a_number_written_by_hand_is_printed_and_takes_none(bench):
    row = found(bench, notice_on=date(2026, 6, 9), notice_number="第11号", treatment="整改通知", due_on=DUE)
    assert "第11号" in text_of(bench.rectification.draft_pdf(row))
    assert "草稿" not in text_of(bench.rectification.draft_pdf(row))
    assert "草稿" in text_of(bench.rectification.draft_pdf(found(bench)))
    assert not len(bench.notices.issued.ids())


def test_imports_bring_findings_without_a_number_and_the_notice_may_follow(bench, tmp_path):
    assert not any("编号" in heading for heading in HEADINGS)
    sheet = inspections_sheet(
        tmp_path / "检查.xlsx",
        {
            "结果": "不合格",
            "问题": "飞线充电",
            "处理方式": "整改通知",
            "整改期限": "2026-06-20",
            "责任单位": "安居物业",
        },
    )
    take_in(bench, "inspections", sheet)
    (row,) = bench.inspections.rows(list(bench.inspections.ids(InspectionFilter())))
    assert row.draft.notice_number == ""
    assert send(bench, row, due=row.draft.due_on).inspection.draft.notice_number == "后社整改〔2026〕1号"


def test_two_processes_and_a_kill_leave_no_gap_no_number_twice_and_no_note_without_its_pages(folder, bench):
    mine, theirs = ([found(bench) for _ in range(40)] for _ in range(2))
    said = []
    for turn in range(2):
        line, their_end = _context.Pipe()
        part = [(row.id, row.version) for row in theirs[turn * 20 : turn * 20 + 20]]
        child = _context.Process(target=noticing_children.issue_all, args=(folder.path, part, their_end), daemon=True)
        child.start()
        their_end.close()
        for _ in range(4):
            assert line.poll(_START_S), "the child said nothing"
            said += [line.recv(), send(bench, mine.pop()).issued.number]
        child.kill()
        child.join()
        line.close()
    rows = bench.notices.issued.rows(list(bench.notices.issued.ids()))
    numbers = sorted(int(row.number.split("〕")[1].removesuffix("号")) for row in rows)
    assert numbers == list(range(1, len(rows) + 1))
    assert set(said) <= {row.number for row in rows}
    noted = {row.id: row for row in bench.inspections.rows([row.source_id for row in rows])}
    for row in rows:
        assert noted[row.source_id].draft.notice_number == row.number
        assert row.number in text_of(bench.rectification.pdf(row))
    assert not any(stored(bench, row).draft.notice_number for row in (*mine, *theirs) if row.id not in noted)
