"""The sample community is believable, the same all day, made anew the next day, and nobody's own folder is touched."""

from __future__ import annotations

import time
from datetime import date, datetime, timedelta

import pytest
from sqlmodel import col, select

from desktop.app import assemble
from desktop.demo import demo_folder, print_month_report
from desktop.demo.community import DIRECTOR, PASSWORD
from desktop.demo.families import REGION
from desktop.foundation.clock import CHINA, FixedClock
from desktop.foundation.days import age_on, parse_period
from desktop.foundation.errors import FileBusy, InputError
from desktop.foundation.idnumber import born_on, check_id_number, sex_of
from desktop.health.records import Visit
from desktop.register.office import opened
from desktop.register.records import Resident
from desktop.register.rights import Role
from desktop.register.rules import check_resident
from desktop.register.service.residents import ResidentFilter
from desktop.store.folder import DataFolder
from tests.conftest import NOW
from tests.reports.papers import complaints_of, text_of

TODAY = date(2026, 6, 17)


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The folder, and how many seconds it took to build."""
    start = time.perf_counter()
    folder = demo_folder(tmp_path_factory.mktemp("demo") / "data", FixedClock(NOW))
    return folder, time.perf_counter() - start


@pytest.fixture
def demo(built):
    """The services over the sample community, as the director has them."""
    data, clock = DataFolder(built[0]), FixedClock(NOW)
    slot = data.current().ring().named(DIRECTOR)
    with opened(data, slot_id=slot.id, secret=PASSWORD, clock=clock) as found:
        yield assemble(found, clock)


def everybody(bench, model):
    with bench.store.reading() as session:
        return list(session.exec(select(model).where(col(model.deleted_at).is_(None))))


def test_it_is_there_before_an_audience_grows_restless(built):
    assert built[1] < 60  # some eight seconds on an office computer; a slow test machine is no fault


def test_it_has_the_size_of_a_community_and_officers_of_every_role(demo):
    people, homes = demo.residents.count()
    assert 3_300 <= people <= 4_300
    assert 1_400 <= homes <= 1_500
    assert [officer.role for officer in demo.people.staff()] == list(Role)
    assert len([place for place in demo.places.all() if place.category == "小区"]) == 4


def test_every_record_would_pass_its_form(demo):
    for resident in everybody(demo, Resident)[::17]:
        card = demo.residents.card(resident.id)
        assert check_resident(card.draft, today=TODAY) == [], card.draft.relation
        if resident.id_number:
            assert check_id_number(resident.id_number, today=TODAY) is None
            assert resident.id_number.startswith(REGION)
            assert (born_on(resident.id_number), sex_of(resident.id_number)) == (resident.born_on, resident.sex)


def test_the_year_of_services_is_what_a_committee_does(demo):
    residents = {resident.id: resident for resident in everybody(demo, Resident)}
    visits = everybody(demo, Visit)
    assert max(visit.visited_on for visit in visits) <= TODAY
    assert min(visit.visited_on for visit in visits) > TODAY - timedelta(days=430)
    assert all(visit.visited_on.weekday() < 5 for visit in visits)
    for visit in visits:
        age = age_on(residents[visit.resident_id].born_on, visit.visited_on)
        assert age >= 0
        assert (visit.service == "接种通知") == (age < 7), (visit.service, age)
        assert age >= 7 or visit.systolic_mmhg is None
    assert {"高血压随访", "糖尿病随访", "血压测量", "健康体检", "接种通知"} <= {visit.service for visit in visits}


def test_some_things_are_overdue_and_most_are_not(demo):
    late = demo.health.count_overdue()
    with_dues = len(demo.residents.list_ids(ResidentFilter(tag="高血压")))
    assert 0 < late < with_dues / 2
    figures = demo.figures.of(parse_period("2026H1"))
    assert figures["health.bp35_measured"].value > 300
    assert figures["health.group.0-6岁"].value > 100


def test_every_tab_has_something_to_show(demo):
    year = demo.figures.of(parse_period("2026"))
    assert year["activities.held"].value >= 9
    assert year["inspections.done"].value > 30
    counts = demo.inspections.counts()
    assert (counts.open, counts.overdue > 0) == (4, True)
    assert counts.all > 40
    assert demo.activities.count_unsettled() == 0
    assert {line.agent for line in demo.pest.stock.balances()} == {"0.005%溴敌隆饵粒", "5%高效氯氰菊酯悬浮剂"}
    assert all(line.balance > 0 for line in demo.pest.stock.balances())
    assert len(demo.pest.aedes.ids()) == 7


def test_the_file_is_sound_and_its_imports_can_be_undone_by_name(demo):
    assert [line.code for line in demo.check() if not line.ok] == []
    labels = [step.label for step in demo.journal.steps(limit=500)]
    assert {"导入随访：试用社区", "导入居民：试用社区"} <= set(labels)


def test_its_day_has_something_late_due_missing_and_entered_by_each_colleague(demo):
    lines = demo.due.until(TODAY)
    assert 3 <= sum(line.due_on < TODAY for line in lines) <= 8
    today = [line.title for line in lines if line.due_on == TODAY]
    assert "义务量血压 老年活动室" in today
    assert any(title.startswith("询问转诊结果") for title in today)
    gaps = demo.gaps.of(parse_period("2026-03-01..2026-06-17"))
    assert 2 <= sum(not gap.reason for gap in gaps) <= 5
    assert [gap.reason for gap in gaps if gap.reason] == ["连续阴雨，户外巡查停了"]
    assert len(demo.tasks.all(open_only=True)) == 5
    entered = {(one.staff_name, one.kind): one.count for one in demo.entries.today()}
    assert entered["周建国", "检查"] == 2
    assert entered["罗晓梅", "血压测量"] == 5
    assert sum(entered.values()) < 12  # what was there before is of yesterday


@pytest.mark.slow
@pytest.mark.parametrize("day", [date(2026, 6, 21), date(2027, 1, 2), date(2026, 3, 1), date(2026, 10, 3)])
def test_it_can_be_made_on_any_day(tmp_path, day):
    """A Sunday, the second of January, the first of a month, a day off."""
    clock = FixedClock(datetime(day.year, day.month, day.day, 8, 5, tzinfo=CHINA))
    data = DataFolder(demo_folder(tmp_path / "data", clock))
    slot = data.current().ring().named(DIRECTOR)
    with opened(data, slot_id=slot.id, secret=PASSWORD, clock=clock) as found:
        bench = assemble(found, clock)
        assert any(line.due_on == day for line in bench.due.until(day))
        assert [line.code for line in bench.check() if not line.ok] == []
        assert {one.staff_name for one in bench.entries.today()} == {"周建国", "罗晓梅", "沈玉琴"}


def test_its_month_is_printed_with_the_figures_of_the_month(demo, tmp_path):
    file = print_month_report(demo, tmp_path)
    assert file.name == "2026年6月工作月报.pdf"
    assert complaints_of(file.read_bytes()) == []
    text = text_of(file.read_bytes())
    figures = demo.figures.of(parse_period("2026-06"))
    for key in ("base.residents", "inspections.done", "health.followups_due"):
        assert f"{figures[key].value:,}" in text
    assert "检查次数与发现问题" in text


def test_it_is_kept_for_the_day_and_made_anew_the_next(built, monkeypatch):
    made = []
    monkeypatch.setattr(
        "desktop.demo.sample_community", lambda folder, clock: made.append((folder.path, clock.today()))
    )
    beside = built[0].with_name("data")
    assert demo_folder(beside, FixedClock(NOW)) == built[0]
    assert made == []


def test_a_folder_of_somebody_s_own_is_never_replaced(tmp_path):
    own = tmp_path / "data-demo"
    own.mkdir()
    (own / "报告.docx").write_text("重要", encoding="utf-8")
    with pytest.raises(InputError, match="没有动它"):
        demo_folder(tmp_path / "data", FixedClock(NOW))
    assert (own / "报告.docx").read_text(encoding="utf-8") == "重要"


def test_yesterday_s_community_stays_while_its_window_is_open_and_goes_after(tmp_path, monkeypatch):
    monkeypatch.setattr(
        "desktop.demo.sample_community", lambda folder, clock: (folder.path / str(clock.today())).touch()
    )
    beside = tmp_path / "data"
    folder = demo_folder(beside, FixedClock(NOW))
    tomorrow = FixedClock(NOW + timedelta(days=1))
    with DataFolder(folder).shared(), pytest.raises(FileBusy):
        demo_folder(beside, tomorrow)
    assert (folder / "2026-06-17").exists()
    assert demo_folder(beside, tomorrow) == folder
    assert sorted(path.name for path in folder.glob("2026*")) == ["2026-06-18"]
