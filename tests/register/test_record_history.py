"""修改记录: from what to what, by whom and when, numbers starred, and nothing an officer may not see."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlmodel import SQLModel

from desktop.app import HISTORIES
from desktop.foundation.days import parse_period
from desktop.foundation.errors import InputError, NotAllowed
from desktop.register.rights import Role
from desktop.register.service.record_history import scaled, tell
from desktop.reports.rules import SubmissionDraft
from tests.conftest import OFFICERS
from tests.factories import id_number
from tests.health.making import bp
from tests.inspections.making import finding, places
from tests.notices.making import posting
from tests.pest_control.making import stock
from tests.register.making import draft, resident, residents_sheet, take_in

NUMBER = id_number(order=482)


def test_values_are_told_in_words():
    assert [tell(value) for value in (None, "", "2026-06-17", "翠湖苑", 3, ["a", "b"], True)] == [
        "空", "空", "2026年6月17日", "翠湖苑", "3", "a、b", "是",
    ]  # fmt: skip
    assert [scaled(1000, "克")(value) for value in (None, 5600, "500")] == ["空", "5.6克", "0.5克"]


def test_every_column_that_is_told_is_there():
    for kind in HISTORIES.values():
        columns = set(SQLModel.metadata.tables[str(kind.model.__tablename__)].columns.keys())
        assert set(kind.words) <= columns, set(kind.words) - columns


def test_a_change_is_told_field_by_field_with_numbers_starred(bench):
    person = resident(bench, name="王阿婆", id_number=NUMBER, phone="13900005217")
    bench.clock.advance(timedelta(hours=1))
    card = bench.residents.card(person)
    changed = draft(name="王阿婆", id_number=NUMBER, phone="13700006328", remark="独居", building="5")
    bench.residents.change(person, changed, version=card.version)
    newest, first = bench.histories.of("residents", person)
    assert newest.who == OFFICERS["主任"]
    assert newest.at - first.at == timedelta(hours=1)
    assert {field: (before, after) for field, before, after in newest.lines} == {
        "联系电话": ("139****5217", "137****6328"),
        "备注": ("空", "独居"),
        "住址": ("（另一个）", "（另一个）"),
    }
    assert first.lines == ()
    assert "13700006328" not in repr(newest)


def test_a_person_s_history_has_the_visits_only_for_who_may_see_health(bench, bench_as):
    person = resident(bench, name="王阿婆", tags=("高血压",))
    visit = bench.health.record(person, bp(date(2026, 5, 20), 150, 90))
    bench.health.change(visit.id, bp(date(2026, 5, 20), 155, 90), version=visit.version)
    told = bench.histories.of("residents", person)
    assert ("收缩压", "150", "155") in told[0].lines
    for role in (Role.GRID, Role.READER):
        other = bench_as(role)
        seen = other.histories.of("residents", person)
        assert all("随访" not in change.label and "血压" not in change.label for change in seen)
        assert seen
        with pytest.raises(NotAllowed):
            other.histories.of("visits", visit.id)


def test_an_imported_record_tells_the_sheet_it_came_with(bench, tmp_path):
    sheet = residents_sheet(tmp_path / "居民.xlsx", {"姓名": "赵铁柱", "身份证号": NUMBER})
    take_in(bench, "residents", sheet)
    (found,) = bench.residents.search("赵铁柱")
    (origin,) = bench.histories.of("residents", found.id)
    assert origin.label == "随表导入：居民.xlsx"
    assert origin.who == OFFICERS["主任"]


def test_other_records_tell_theirs_in_the_units_people_write(bench):
    places(bench)
    one = bench.inspections.record(finding())
    bench.inspections.recheck(one.id, version=one.version, rechecked_on=date(2026, 6, 15), result="合格")
    assert ("复查日期", "空", "2026年6月15日") in bench.histories.of("inspections", one.id)[0].lines
    entry = bench.pest.stock.record(stock(1, "入库", "10"))
    bench.pest.stock.change(entry.id, stock(1, "入库", "12.5"), version=entry.version)
    assert ("数量", "10", "12.5") in bench.histories.of("stock", entry.id)[0].lines


def test_what_was_issued_posted_or_handed_in_tells_its_own(bench, reader_bench):
    places(bench)
    row = bench.inspections.record(finding())
    sent = bench.rectification.issue(row.id, version=1, noticed_on=date(2026, 6, 10), due_on=date(2026, 6, 20)).issued
    bench.notices.issued.void(sent.id, "期限写错", version=sent.version)
    voided, first = reader_bench.histories.of("issued", sent.id)
    assert ("作废原因", "空", "期限写错") in voided.lines
    assert first.label.startswith("发文：后社整改〔2026〕1号")
    posted = bench.notices.postings.record(posting())
    bench.notices.postings.change(posted.id, posting(places="社区公示栏"), version=posted.version)
    assert ("张贴地点", "桂花苑3个公告栏", "社区公示栏") in bench.histories.of("postings", posted.id)[0].lines
    handed = bench.reports.submissions.hand_in(
        bench.reports.content(parse_period("2026-05")), SubmissionDraft(date(2026, 6, 3), "街道", "沈玉琴")
    )
    assert [one.label for one in bench.histories.of("submissions", handed.id)] == ["标为已上报：2026年5月月报"]


def test_an_unknown_kind_is_refused(bench):
    with pytest.raises(InputError):
        bench.histories.of("drafts", resident(bench))
