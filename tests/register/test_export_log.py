"""What leaves as rows is in the history before it is there: lists, ledgers, refused rows, drafts for many."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from desktop.foundation.days import parse_period
from desktop.foundation.errors import AppError, InputError, NotAllowed
from desktop.foundation.jobs import JobContext
from desktop.notices.rules import Layout
from desktop.register.audience import Audience
from desktop.register.rights import Role
from desktop.register.service.exports import LISTING, Leaving
from desktop.register.ui.history_rows import disclosure_deeds
from desktop.store.baton import LentOut
from tests.conftest import OFFICERS
from tests.health.making import bp
from tests.notices.making import bait
from tests.register.making import resident, residents_sheet
from tests.safekeeping.lending import give

DIRECTOR, HEALTH, GRID = OFFICERS["主任"], OFFICERS["卫生专干"], OFFICERS["网格员"]
JUNE = parse_period("2026-06")


def told(bench) -> list[tuple[str, str]]:
    return [(step.staff_name, step.label) for step in bench.journal.disclosures()]


def test_a_ledger_that_may_not_or_cannot_be_written_leaves_neither_line_nor_file(bench, grid_bench, tmp_path):
    resident(bench)
    read = bench.ledgers.read("居民名单", JUNE)
    with pytest.raises(NotAllowed):
        grid_bench.ledgers.write_xlsx(read, tmp_path / "名单.xlsx")
    with pytest.raises(AppError):
        bench.ledgers.write_xlsx(read, tmp_path / "没有" / "名单.xlsx")
    with pytest.raises(AppError):
        bench.ledgers.write_pdf(read, tmp_path / "没有" / "名单.pdf")
    assert told(bench) == []
    assert list(tmp_path.glob("名单*")) == []


def test_without_the_line_there_is_no_file(bench, tmp_path):
    resident(bench)
    read = bench.ledgers.read("居民名单", JUNE)
    with bench.store.writing("占着", bench.officer) as _unit:  # nobody writes a second step inside a first one
        for path, write in (
            (tmp_path / "名单.xlsx", bench.ledgers.write_xlsx), (tmp_path / "名单.pdf", bench.ledgers.write_pdf),
        ):  # fmt: skip
            with pytest.raises(RuntimeError):
                write(read, path)
            assert not path.exists()
    assert list(tmp_path.glob("*名单*")) == []


def test_every_ledger_that_leaves_is_told_with_rows_and_purpose(bench, clock, tmp_path):
    resident(bench)
    read = bench.ledgers.read("居民名单", JUNE)
    bench.ledgers.write_xlsx(read, tmp_path / "名单.xlsx")
    clock.advance(timedelta(minutes=1))
    bench.ledgers.write_pdf(read, tmp_path / "名单.pdf", "命令行导出")
    assert told(bench) == [
        (DIRECTOR, "导出台账“居民名单”：1行，用途：命令行导出"),
        (DIRECTOR, "导出台账“居民名单”：1行，用途：台账导出"),
    ]


def test_rows_to_be_mended_are_told_when_they_are_saved(bench, tmp_path):
    path = residents_sheet(tmp_path / "r.xlsx", {"姓名": "王芳", "性别": "甲"}, {"姓名": "李强"})
    preview = bench.intake.preview("residents", path)
    bench.intake.save_refused(preview, tmp_path / "refused.xlsx")
    assert told(bench) == [(DIRECTOR, "存下居民表里要改的行：1行，用途：改好再导入")]
    sound = bench.intake.preview("residents", residents_sheet(tmp_path / "s.xlsx", {"姓名": "李强"}))
    with pytest.raises(InputError):
        bench.intake.save_refused(sound, tmp_path / "none.xlsx")
    assert len(told(bench)) == 1


def test_a_draft_for_many_is_told_and_a_look_at_its_first_copies_is_not(bench, tmp_path):
    resident(bench)
    resident(bench, name="王芳", room="502")
    draft = replace(bait(bench), audience=Audience(homes=True), layout=Layout.LEAFLET)
    bench.notices.mailing.preview(draft)
    assert told(bench) == []
    bench.notices.mailing.draft_pdf(draft, JobContext())
    assert told(bench) == [(DIRECTOR, "存下通知草稿：2行，用途：通知草稿")]


def test_lines_name_nobody_and_stand_where_the_director_sees_all_and_others_their_own(bench, health_bench, grid_bench):
    person = resident(bench, name="王阿婆")
    bench.health.record(person, bp(date(2026, 6, 9)))
    health_bench.exports.note(Leaving("导出清单“健康服务记录”", 1, "visits", LISTING))
    label = "导出清单“健康服务记录”：1行，用途：清单导出"
    (deed,) = disclosure_deeds(bench.journal, bench.officer, mine=False)
    assert (deed.who, deed.label) == (HEALTH, label)
    assert disclosure_deeds(bench.journal, bench.officer, mine=True) == []
    assert disclosure_deeds(grid_bench.journal, grid_bench.officer, mine=False) == []
    with pytest.raises(InputError, match="不能撤销"):
        bench.journal.undo(deed.id, bench.officer)


def test_one_person_s_file_is_told_in_that_person_s_history(bench):
    person = resident(bench)
    bench.exports.note(Leaving("打印居民健康档案", 1, "resident", record_id=person))
    assert bench.histories.of("residents", person)[0].label == "打印居民健康档案：1行，用途：打印或存成PDF"


def test_typing_for_a_colleague_does_not_shift_what_left_onto_the_colleague(bench):
    (who,) = (one for one in bench.behalf.choices() if one.role is Role.GRID)
    bench.behalf.start(who.id)
    bench.exports.note(Leaving("导出清单“居民”", 3, "residents", LISTING))
    assert [step.who for step in bench.journal.disclosures()] == [DIRECTOR]


def test_what_leaves_while_the_data_are_out_is_told_all_the_same(folder, bench, tmp_path):
    resident(bench)
    stick = tmp_path / "stick"
    stick.mkdir()
    give(folder, stick)
    read = bench.ledgers.read("居民名单", JUNE)
    bench.ledgers.write_xlsx(read, tmp_path / "名单.xlsx")
    assert told(bench) == [(DIRECTOR, "导出台账“居民名单”：1行，用途：台账导出")]
    with pytest.raises(LentOut):
        resident(bench, name="王芳", room="502")
