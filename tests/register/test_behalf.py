"""替别人录入: who did a thing and who typed it, in the history, in the day's entries, and in who may undo."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from desktop.foundation.days import parse_period
from desktop.foundation.errors import InputError, NotAllowed
from desktop.foundation.pictures import photo_of
from desktop.register.behalf import Behalf, names_in
from desktop.register.records import Staff
from desktop.register.rights import Role
from desktop.register.ui.history_rows import step_deeds
from desktop.reports.rules import SubmissionDraft
from desktop.store.actor import Represented
from tests.activities.making import activity
from tests.conftest import OFFICERS
from tests.foundation.test_pictures import picture
from tests.health.making import bp
from tests.inspections.making import finding, inspections_sheet, places, sound
from tests.pest_control.making import stock, treated
from tests.register.making import resident, take_in

DIRECTOR, HEALTH, GRID, READER = (OFFICERS[role] for role in Role)


def standing_in(bench, name: str):
    """Let the officer of *bench* type for *name*."""
    (who,) = (one for one in bench.behalf.choices() if one.name == name)
    bench.behalf.start(who.id)
    return bench


def newest(bench) -> tuple[str, str]:
    step = bench.journal.steps()[0]
    return step.label, step.who


def test_nobody_types_for_himself_for_a_stranger_or_without_entering_anything(health_bench, reader_bench):
    with pytest.raises(InputError, match="您自己"):
        health_bench.behalf.start(health_bench.officer.staff_id)
    with pytest.raises(InputError, match="已经没有这位同事"):
        health_bench.behalf.start(uuid4())
    with pytest.raises(NotAllowed, match="替别人录入"):
        reader_bench.behalf.start(health_bench.officer.staff_id)
    assert reader_bench.behalf.choices() == []
    assert health_bench.behalf.chosen() == ""
    assert health_bench.officer.doer == HEALTH


def test_a_colleague_who_has_left_is_no_choice_and_ends_it(bench, health_bench):
    places(bench)
    standing_in(health_bench, GRID)
    with bench.store.writing("同事离开", bench.officer, undoable=False) as unit:
        (who,) = (one for one in bench.behalf.choices() if one.name == GRID)
        unit.move_to_bin(unit.get(Staff, who.id))
    assert health_bench.behalf.look() == GRID
    assert health_bench.behalf.chosen() == ""
    assert GRID not in {one.name for one in health_bench.behalf.choices()}
    health_bench.inspections.record(sound(inspector=GRID))
    assert newest(bench)[1] == HEALTH
    with pytest.raises(InputError):
        health_bench.behalf.start(who.id)


def test_a_colleague_renamed_meanwhile_is_called_by_the_new_name(bench, health_bench):
    standing_in(health_bench, GRID)
    (who,) = (one for one in bench.colleagues.colleagues() if one.name == GRID)
    bench.colleagues.change(who.id, "周建军", Role.GRID)
    assert health_bench.behalf.look() == ""
    assert (health_bench.behalf.chosen(), health_bench.officer.doer) == ("周建军", "周建军")


def test_typing_for_somebody_gives_nobody_s_rights_and_takes_none(bench, grid_bench):
    person = resident(bench)
    standing_in(grid_bench, HEALTH)
    with pytest.raises(NotAllowed):
        grid_bench.health.record(person, bp(date(2026, 6, 9)))
    with pytest.raises(NotAllowed):
        grid_bench.health.visits_of(person)
    with pytest.raises(NotAllowed):
        grid_bench.colleagues.colleagues()
    standing_in(bench, READER)
    resident(bench, name="王芳", room="502")
    assert newest(bench) == ("新建档案：王芳", f"{DIRECTOR}（代{READER}）")


def test_the_history_of_a_record_says_who_did_it_and_who_typed_it(bench, health_bench):
    places(bench)
    standing_in(health_bench, GRID)
    row = health_bench.inspections.record(finding(inspector=health_bench.officer.doer))
    assert row.draft.inspector == GRID
    (change,) = bench.histories.of("inspections", row.id)
    assert change.who == f"{HEALTH}（代{GRID}）"
    (entry,) = (one for one in bench.entries.today() if one.kind == "检查")
    assert (entry.staff_name, entry.for_name, entry.who) == (HEALTH, GRID, f"{HEALTH}（代{GRID}）")
    health_bench.behalf.end()
    health_bench.inspections.record(finding(inspector=HEALTH))
    counted = [(one.who, one.count) for one in bench.entries.today() if one.kind == "检查"]
    assert counted == [(HEALTH, 1), (f"{HEALTH}（代{GRID}）", 1)]


def test_what_a_record_says_of_itself_goes_before_the_choice(bench, health_bench):
    places(bench)
    standing_in(health_bench, GRID)
    for names, told in (
        (HEALTH, HEALTH),
        (f"{GRID}、{HEALTH}", HEALTH),
        (DIRECTOR, f"{HEALTH}（代{DIRECTOR}）"),
        (f"{DIRECTOR} {GRID}", f"{HEALTH}（代{DIRECTOR}、{GRID}）"),
        ("绿盾消杀公司", f"{HEALTH}（代{GRID}）"),
        ("", f"{HEALTH}（代{GRID}）"),
    ):
        health_bench.inspections.record(sound(inspector=names))
        assert (names, newest(bench)[1]) == (names, told)


def test_without_any_choice_a_colleague_s_name_in_the_record_is_enough(bench, health_bench):
    places(bench)
    health_bench.behalf.look()
    health_bench.inspections.record(sound(inspector=GRID))
    assert newest(bench)[1] == f"{HEALTH}（代{GRID}）"
    health_bench.inspections.record(sound(inspector="绿盾消杀公司"))
    assert newest(bench)[1] == HEALTH


def test_a_change_is_the_typist_s_unless_somebody_was_chosen(bench, health_bench):
    places(bench)
    health_bench.behalf.look()
    row = health_bench.inspections.record(sound(inspector=GRID))
    row = health_bench.inspections.change(row.id, sound(inspector=GRID, category="消防安全"), version=row.version)
    assert newest(bench)[1] == HEALTH
    standing_in(health_bench, GRID)
    health_bench.inspections.change(row.id, sound(inspector=GRID), version=row.version)
    assert newest(bench)[1] == f"{HEALTH}（代{GRID}）"


def test_every_slice_keeps_for_whom_its_records_were_typed(bench):
    bench.behalf.look()
    places(bench)
    person = resident(bench)
    told = []

    def note() -> None:
        told.append(bench.journal.steps()[0].for_name)

    bench.health.record(person, bp(date(2026, 6, 9), recorded_by=HEALTH))
    note()
    activity(bench, date(2026, 6, 10), in_charge=HEALTH, status="已办")
    note()
    bench.pest.stock.record(stock(1, "入库", "20", handler=HEALTH))
    note()
    bench.pest.treatments.record(treated(date(2026, 6, 2), operator=HEALTH))
    note()
    assert told == [HEALTH] * 4
    activity(bench, date(2026, 6, 30), in_charge=HEALTH)  # planned: nobody has done anything yet
    note()
    assert told[-1] == ""


def test_a_report_handed_in_for_somebody_says_so(bench):
    bench.behalf.look()
    content = bench.reports.content(parse_period("2026-05"))
    draft = SubmissionDraft(date(2026, 6, 3), "和平街道办事处", HEALTH, "", "")
    bench.reports.submissions.hand_in(content, draft)
    assert newest(bench)[1] == f"{DIRECTOR}（代{HEALTH}）"


def test_imports_undoing_and_what_only_is_told_stay_the_typist_s_own(bench, tmp_path):
    places(bench)
    person = resident(bench)
    standing_in(bench, GRID)
    take_in(bench, "inspections", inspections_sheet(tmp_path / "六月.xlsx", {"结果": "合格", "检查人": GRID}))
    assert newest(bench)[1] == DIRECTOR
    bench.residents.reveal(person, "id_number")
    bench.intake.export("residents", tmp_path / "居民.xlsx")
    assert [step.who for step in bench.journal.disclosures()] == [DIRECTOR, DIRECTOR]
    row = bench.inspections.record(finding())
    bench.journal.undo(bench.journal.last_undoable(bench.officer.staff_id).id, bench.officer)
    assert newest(bench)[1] == DIRECTOR
    assert [change.who for change in bench.histories.of("inspections", row.id)] == [DIRECTOR, f"{DIRECTOR}（代{GRID}）"]


def test_who_typed_undoes_it_and_the_represented_does_not(bench, health_bench, grid_bench):
    places(bench)
    standing_in(health_bench, GRID)
    row = health_bench.inspections.record(finding())
    step = bench.journal.steps()[0]
    (deed,) = (one for one in step_deeds(grid_bench.journal, grid_bench.officer, mine=True) if one.id == step.id)
    sentence = f"这一步是{HEALTH}代{GRID}录入的，只能由{HEALTH}或主任撤销。"
    assert (deed.who, deed.standing) == (f"{HEALTH}（代{GRID}）", sentence)
    assert grid_bench.journal.last_undoable(grid_bench.officer.staff_id) is None
    with pytest.raises(NotAllowed, match=sentence):
        grid_bench.journal.undo(step.id, grid_bench.officer)
    health_bench.behalf.end()
    health_bench.journal.undo(step.id, health_bench.officer)
    assert bench.inspections.rows([row.id]) == []


def test_the_represented_is_told_nothing_of_health_he_may_not_see(bench, health_bench, grid_bench):
    person = resident(bench)
    standing_in(health_bench, GRID)
    health_bench.health.record(person, bp(date(2026, 6, 9)))
    assert newest(bench)[1] == f"{HEALTH}（代{GRID}）"
    assert grid_bench.journal.steps(staff_id=grid_bench.officer.staff_id) == []
    assert grid_bench.entries.today() == [one for one in grid_bench.entries.today() if "血压" not in one.kind]


def test_a_reason_for_a_gap_is_the_represented_s_and_the_bin_says_both(bench, health_bench):
    places(bench)
    standing_in(health_bench, GRID)
    health_bench.gap_reasons.explain("d", "卫生检查", date(2026, 5, 1), date(2026, 5, 31), "雨季停工")
    with bench.store.reading() as session:
        from desktop.register.service.gap_reasons import reasons_in

        assert [reason.by for reason in reasons_in(session)] == [f"{HEALTH}（代{GRID}）"]
    row = health_bench.inspections.record(finding())
    health_bench.inspections.remove(row.id)
    (line,) = (one for one in bench.bin.rows(bench.bin.listed()) if one.key.record_id == row.id)
    assert line.staff_name == f"{HEALTH}（代{GRID}）"


def test_a_photo_says_who_added_it_for_whom(bench, health_bench):
    places(bench)
    row = health_bench.inspections.record(finding())
    standing_in(health_bench, GRID)
    health_bench.attachments.add("inspection", row.id, "整改前", [photo_of(picture())])
    (photo,) = bench.attachments.of("inspection", row.id)
    assert photo.added_by == f"{HEALTH}（代{GRID}）"


def test_open_findings_are_handed_over_by_who_did_them_not_who_typed_them(bench, health_bench):
    places(bench)
    standing_in(health_bench, GRID)
    health_bench.inspections.record(finding(inspector=health_bench.officer.doer))
    told = {item.who for part in bench.handover.open_parts(GRID) for item in part.items}
    assert told == {GRID}


def test_another_session_of_the_same_officer_starts_with_oneself(bench_as):
    standing_in(bench_as(Role.HEALTH), GRID)
    assert bench_as(Role.HEALTH).behalf.chosen() == ""


@pytest.mark.parametrize(
    ("text", "names"), [("", []), ("、", []), ("周建国、罗晓梅", ["周建国", "罗晓梅"]), (" 周建国 ", ["周建国"])]
)
def test_names_are_read_as_people_list_them(text, names):
    assert names_in(text) == names


def test_nobody_in_office_leaves_it_to_the_choice():
    who = Represented(uuid4(), "周建国")
    assert Behalf(who).represented("罗晓梅", ["街道张科"]) == who
    assert Behalf().represented("罗晓梅", ["街道张科"]) is None
