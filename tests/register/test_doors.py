"""Every public method of every service for every role, written out by hand; a new method without a row fails."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest

from desktop.foundation.days import parse_period
from desktop.foundation.errors import NotAllowed
from desktop.foundation.pictures import Photo
from desktop.register.rights import Role
from desktop.shell.workbench import Workbench
from tests.health.making import bp
from tests.inspections.making import finding, places
from tests.pest_control.making import treated
from tests.register.making import resident
from tests.register.services import doors

YEAR = parse_period("2026")

# ✓ is let in, × is told that the role does not allow it. In the order of the roles: 主任 卫生专干 网格员 只读.
# What is let in may still be refused for other reasons; lists and figures leave out what the role may not see.
TABLE = """
journal.batches                 ✓  ✓  ✓  ✓
journal.disclosures             ✓  ✓  ✓  ✓
journal.last_undoable           ✓  ✓  ✓  ✓
journal.of_record               ✓  ✓  ✓  ✓
journal.reach                   ✓  ✓  ✓  ✓
journal.refer                   ✓  ✓  ✓  ✓
journal.steps                   ✓  ✓  ✓  ✓
journal.undo                    ✓  ✓  ✓  ✓
journal.undo_batch              ✓  ✓  ✓  ✓
blobs.get                       ✓  ✓  ✓  ✓
blobs.opens                     ✓  ✓  ✓  ✓
blobs.has                       ✓  ✓  ✓  ✓
blobs.put                       ✓  ✓  ✓  ✓
attachments.add                 ✓  ✓  ✓  ×
attachments.content             ✓  ✓  ✓  ✓
attachments.describe            ✓  ✓  ✓  ×
attachments.for_print           ✓  ✓  ✓  ✓
attachments.joining             ✓  ✓  ✓  ×
attachments.may_edit            ✓  ✓  ✓  ✓
attachments.of                  ✓  ✓  ✓  ✓
attachments.remove              ✓  ✓  ✓  ×
drafts.drop                     ✓  ✓  ✓  ✓
drafts.find                     ✓  ✓  ✓  ✓
drafts.keep                     ✓  ✓  ✓  ✓
people.change_profile           ✓  ×  ×  ×
people.profile                  ✓  ✓  ✓  ✓
people.staff                    ✓  ✓  ✓  ✓
behalf.choices                  ✓  ✓  ✓  ✓
behalf.chosen                   ✓  ✓  ✓  ✓
behalf.end                      ✓  ✓  ✓  ✓
behalf.look                     ✓  ✓  ✓  ✓
behalf.may                      ✓  ✓  ✓  ✓
behalf.start                    ✓  ✓  ✓  ×
colleagues.add                  ✓  ×  ×  ×
colleagues.change               ✓  ×  ×  ×
colleagues.change_own_password  ✓  ✓  ✓  ✓
colleagues.change_profile       ✓  ×  ×  ×
colleagues.check                ✓  ✓  ✓  ✓
colleagues.colleagues           ✓  ×  ×  ×
colleagues.issue_code           ✓  ×  ×  ×
colleagues.next_code_number     ✓  ×  ×  ×
colleagues.set_password         ✓  ×  ×  ×
places.all                      ✓  ✓  ✓  ✓
places.change                   ✓  ✓  ✓  ×
places.create                   ✓  ✓  ✓  ×
places.remove                   ✓  ✓  ✓  ×
places.residential              ✓  ✓  ✓  ✓
places.used_by                  ✓  ✓  ✓  ✓
residents.card                  ✓  ✓  ✓  ✓
residents.change                ✓  ✓  ✓  ×
residents.characters            ✓  ✓  ✓  ✓
residents.count                 ✓  ✓  ✓  ✓
residents.create                ✓  ✓  ✓  ×
residents.list_ids              ✓  ✓  ✓  ✓
residents.lookalikes            ✓  ✓  ✓  ✓
residents.remove                ✓  ✓  ✓  ×
residents.reveal                ✓  ✓  ✓  ×
residents.rows                  ✓  ✓  ✓  ✓
residents.rows_in               ✓  ✓  ✓  ✓
everywhere.find                 ✓  ✓  ✓  ✓
residents.search                ✓  ✓  ✓  ✓
health.change                   ✓  ✓  ×  ×
health.count_overdue            ✓  ✓  ×  ×
health.flag                     ✓  ✓  ×  ×
health.is_empty                 ✓  ✓  ×  ×
health.measured_this_year       ✓  ✓  ×  ×
health.record                   ✓  ✓  ×  ×
health.reference                ✓  ✓  ✓  ✓
health.remove                   ✓  ✓  ×  ×
health.standard                 ✓  ✓  ✓  ✓
health.statuses                 ✓  ✓  ×  ×
health.suggest_next             ✓  ✓  ×  ×
health.visit_ids                ✓  ✓  ×  ×
health.visit_rows               ✓  ✓  ×  ×
health.visits_of                ✓  ✓  ×  ×
activities.activity_ids         ✓  ✓  ✓  ✓
activities.between              ✓  ✓  ✓  ✓
activities.categories           ✓  ✓  ✓  ✓
activities.change               ✓  ✓  ✓  ×
activities.count_unsettled      ✓  ✓  ✓  ✓
activities.is_empty             ✓  ✓  ✓  ✓
activities.ledger_names         ✓  ✓  ✓  ✓
activities.record               ✓  ✓  ✓  ×
activities.remove               ✓  ✓  ✓  ×
activities.rows                 ✓  ✓  ✓  ✓
activities.words                ✓  ✓  ✓  ✓
activities.work_words           ✓  ✓  ✓  ✓
checklists.all                  ✓  ✓  ✓  ✓
checklists.change               ✓  ×  ×  ×
inspections.checked_in          ✓  ✓  ✓  ×
inspections.categories          ✓  ✓  ✓  ✓
inspections.change              ✓  ✓  ✓  ×
inspections.close               ✓  ✓  ✓  ×
inspections.counts              ✓  ✓  ✓  ✓
inspections.escalate            ✓  ✓  ✓  ×
inspections.ids                 ✓  ✓  ✓  ✓
inspections.notice              ✓  ✓  ✓  ×
inspections.place_choices       ✓  ✓  ✓  ✓
inspections.recheck             ✓  ✓  ✓  ×
inspections.record              ✓  ✓  ✓  ×
inspections.remove              ✓  ✓  ✓  ×
inspections.rewrite_in          ✓  ✓  ✓  ×
inspections.rows                ✓  ✓  ✓  ✓
inspections.suggest_due         ✓  ✓  ✓  ✓
pledges.categories              ✓  ✓  ✓  ✓
pledges.change                  ✓  ✓  ✓  ×
pledges.copies                  ✓  ✓  ✓  ✓
pledges.ids                     ✓  ✓  ✓  ✓
pledges.is_empty                ✓  ✓  ✓  ✓
pledges.record                  ✓  ✓  ✓  ×
pledges.remove                  ✓  ✓  ✓  ×
pledges.reveal                  ✓  ✓  ✓  ×
pledges.rows                    ✓  ✓  ✓  ✓
rectification.draft_pdf         ✓  ✓  ✓  ✓
rectification.issue             ✓  ✓  ✓  ×
rectification.issued_of         ✓  ✓  ✓  ✓
rectification.next_number       ✓  ✓  ✓  ✓
rectification.pdf               ✓  ✓  ✓  ✓
pest.stock.advice               ✓  ✓  ✓  ✓
pest.stock.balances             ✓  ✓  ✓  ✓
pest.stock.between              ✓  ✓  ✓  ✓
pest.stock.change               ✓  ✓  ✓  ×
pest.stock.count                ✓  ✓  ✓  ✓
pest.stock.has_batch            ✓  ✓  ✓  ✓
pest.stock.ids                  ✓  ✓  ✓  ✓
pest.stock.is_empty             ✓  ✓  ✓  ✓
pest.stock.latest               ✓  ✓  ✓  ✓
pest.stock.record               ✓  ✓  ✓  ×
pest.stock.record_all           ✓  ✓  ✓  ×
pest.stock.remove               ✓  ✓  ✓  ×
pest.stock.rows                 ✓  ✓  ✓  ✓
pest.stock.words                ✓  ✓  ✓  ✓
pest.treatments.banned          ✓  ✓  ✓  ✓
pest.treatments.between         ✓  ✓  ✓  ✓
pest.treatments.change          ✓  ✓  ✓  ×
pest.treatments.count           ✓  ✓  ✓  ✓
pest.treatments.ids             ✓  ✓  ✓  ✓
pest.treatments.is_empty        ✓  ✓  ✓  ✓
pest.treatments.record          ✓  ✓  ✓  ×
pest.treatments.record_all      ✓  ✓  ✓  ×
pest.treatments.remove          ✓  ✓  ✓  ×
pest.treatments.rows            ✓  ✓  ✓  ✓
pest.treatments.words           ✓  ✓  ✓  ✓
pest.aedes.bands                ✓  ✓  ✓  ✓
pest.aedes.between              ✓  ✓  ✓  ✓
pest.aedes.change               ✓  ✓  ✓  ×
pest.aedes.count                ✓  ✓  ✓  ✓
pest.aedes.half_months          ✓  ✓  ✓  ✓
pest.aedes.ids                  ✓  ✓  ✓  ✓
pest.aedes.is_empty             ✓  ✓  ✓  ✓
pest.aedes.record               ✓  ✓  ✓  ×
pest.aedes.record_all           ✓  ✓  ✓  ×
pest.aedes.remove               ✓  ✓  ✓  ×
pest.aedes.rows                 ✓  ✓  ✓  ✓
pest.aedes.words                ✓  ✓  ✓  ✓
pest.density.between            ✓  ✓  ✓  ✓
pest.density.change             ✓  ✓  ✓  ×
pest.density.count              ✓  ✓  ✓  ✓
pest.density.ids                ✓  ✓  ✓  ✓
pest.density.indicators         ✓  ✓  ✓  ✓
pest.density.is_empty           ✓  ✓  ✓  ✓
pest.density.latest             ✓  ✓  ✓  ✓
pest.density.record             ✓  ✓  ✓  ×
pest.density.record_all         ✓  ✓  ✓  ×
pest.density.remove             ✓  ✓  ✓  ×
pest.density.rows               ✓  ✓  ✓  ✓
pest.density.words              ✓  ✓  ✓  ✓
pest.campaign.balances          ✓  ✓  ✓  ✓
pest.campaign.estates           ✓  ✓  ✓  ✓
pest.campaign.record            ✓  ✓  ✓  ×
pest.campaign.sites             ✓  ✓  ✓  ✓
standards.add_edition           ✓  ×  ×  ×
standards.editions              ✓  ✓  ✓  ✓
standards.free_edition          ✓  ✓  ✓  ✓
standards.in_force              ✓  ✓  ✓  ✓
handover.hand_on                ✓  ×  ×  ×
handover.open_parts             ✓  ×  ×  ×
exports.note                    ✓  ✓  ✓  ✓
intake.confirm                  ✓  ✓  ×  ×
intake.create_places            ✓  ✓  ×  ×
intake.export                   ✓  ✓  ×  ×
intake.learn                    ✓  ✓  ×  ×
intake.port                     ✓  ✓  ✓  ✓
intake.preview                  ✓  ✓  ×  ×
intake.rehearse                 ✓  ✓  ×  ×
intake.save_refused             ✓  ✓  ✓  ✓
intake.template                 ✓  ✓  ✓  ✓
intake.undo                     ✓  ✓  ×  ×
intake.unknown_places           ✓  ✓  ✓  ✓
whole.check                     ✓  ✓  ×  ×
whole.note                      ✓  ✓  ×  ×
whole.opened                    ✓  ✓  ×  ×
figures.of                      ✓  ✓  ✓  ✓
figures.rows                    ✓  ✓  ✓  ✓
figures.shows                   ✓  ✓  ✓  ✓
figures.views                   ✓  ✓  ✓  ✓
ledgers.counts_in               ✓  ✓  ✓  ✓
ledgers.filled                  ✓  ✓  ✓  ✓
ledgers.lines                   ✓  ✓  ✓  ✓
ledgers.names                   ✓  ✓  ✓  ✓
ledgers.pdf                     ✓  ✓  ×  ×
ledgers.read                    ✓  ✓  ×  ×
ledgers.rows_in                 ✓  ✓  ✓  ✓
ledgers.write_pdf               ✓  ✓  ✓  ✓
ledgers.write_xlsx              ✓  ✓  ×  ×
box.offered                     ✓  ✓  ×  ×
box.papers                      ✓  ✓  ×  ×
reports.as_handed_in            ✓  ✓  ✓  ✓
reports.content                 ✓  ✓  ✓  ✓
reports.correction_pdf          ✓  ✓  ✓  ✓
reports.pdf                     ✓  ✓  ✓  ✓
reports.rule                    ✓  ✓  ✓  ✓
reports.write_xlsx              ✓  ✓  ×  ×
histories.of                    ✓  ✓  ✓  ✓
bin.listed                      ✓  ✓  ✓  ✓
bin.put_back                    ✓  ✓  ✓  ×
bin.rows                        ✓  ✓  ✓  ✓
due.may_settle                  ✓  ✓  ✓  ✓
due.target_of                   ✓  ✓  ✓  ✓
due.until                       ✓  ✓  ✓  ✓
gaps.of                         ✓  ✓  ✓  ✓
gaps.open                       ✓  ✓  ✓  ✓
gap_reasons.explain             ✓  ✓  ✓  ×
gap_reasons.withdraw            ✓  ✓  ✓  ×
tasks.all                       ✓  ✓  ✓  ✓
tasks.change                    ✓  ✓  ✓  ×
tasks.record                    ✓  ✓  ✓  ×
tasks.remove                    ✓  ✓  ✓  ×
tasks.senders                   ✓  ✓  ✓  ✓
tasks.tick                      ✓  ✓  ✓  ×
profile_numbers.change          ✓  ×  ×  ×
profile_numbers.current         ✓  ✓  ✓  ✓
duties.all                      ✓  ✓  ✓  ✓
duties.change                   ✓  ×  ×  ×
duties.since                    ✓  ✓  ✓  ✓
entries.since                   ✓  ✓  ✓  ✓
entries.today                   ✓  ✓  ✓  ✓
"""


def rows() -> dict[str, tuple[str, ...]]:
    """Return the table as method → four marks."""
    found = {}
    for line in TABLE.strip().splitlines():
        name, *marks = line.split()
        assert name not in found, f"{name} stands there twice"
        assert len(marks) == len(Role), name
        assert set(marks) <= {"✓", "×"}, name
        found[name] = tuple(marks)
    return found


@pytest.fixture
def at_work(bench, bench_as, tmp_path) -> Callable[[Workbench], dict[str, Callable[[], object]]]:
    """Return calls of doors that open only with something in one's hands."""
    places(bench)
    inspection = bench.inspections.record(finding())
    binned = bench.inspections.record(finding())
    bench.inspections.remove(binned.id)
    key = next(one for one in bench.bin.listed() if one.record_id == binned.id)
    photo = bench.attachments.add("inspection", inspection.id, "整改前", [Photo(b"jpeg", b"small", None, 4, 3)])[0]
    for_few = set(bench.ledgers.names()) - set(bench_as(Role.GRID).ledgers.names())
    ledger = min(for_few)

    def doings(of: Workbench) -> dict[str, Callable[[], object]]:
        return {
            "attachments.add": lambda: of.attachments.add("inspection", inspection.id, "整改后", []),
            "attachments.joining": lambda: of.attachments.joining("inspection", "整改前", []),
            "attachments.of": lambda: of.attachments.of("inspection", inspection.id),
            "attachments.content": lambda: of.attachments.content(photo.id),
            "attachments.describe": lambda: of.attachments.describe(photo.id, version=1, role="整改前", caption=""),
            "attachments.remove": lambda: of.attachments.remove(photo.id),
            "bin.put_back": lambda: of.bin.put_back(key),
            "ledgers.pdf": lambda: of.ledgers.pdf(ledger, YEAR),
            "ledgers.read": lambda: of.ledgers.read(ledger, YEAR),
            "standards.add_edition": lambda: of.standards.add_edition({}, of.officer),
            "pest.campaign.record": lambda: of.pest.campaign.record("渔村", [treated(date(2026, 6, 1))]),
            "journal.of_record": lambda: of.journal.of_record(UUID(int=0)),
        }

    return doings


def test_every_method_of_every_service_has_its_row_and_no_row_is_left_over(bench):
    there, written = set(doors(bench)), set(rows())
    assert there - written == set(), "methods nobody has decided about: write their rows"
    assert written - there == set(), "rows of methods that are gone"


@pytest.mark.parametrize("role", [Role.READER, Role.GRID, Role.HEALTH, Role.DIRECTOR])
def test_each_role_is_let_in_where_the_table_says_and_nowhere_else(bench_as, at_work, role):
    bench, place = bench_as(role), list(Role).index(role)
    calls = doors(bench) | at_work(bench)
    wrong = []
    for name, marks in rows().items():
        try:
            calls[name]()
        except NotAllowed:
            let_in = False
        except Exception:  # noqa: BLE001  let in, and then there was nothing to do
            let_in = True
        else:
            let_in = True
        if let_in != (marks[place] == "✓"):
            wrong.append(f"{name}: {'let in' if let_in else 'kept out'}")
    assert wrong == []


@pytest.mark.parametrize("role", [Role.GRID, Role.READER])
def test_the_history_shows_no_health_step_to_who_may_not_see_health(bench, bench_as, role, tmp_path):
    person = resident(bench, name="王阿婆")
    visit = bench.health.record(person, bp(date(2026, 5, 20)))
    other = bench_as(role)
    told = [step.label for step in other.journal.steps()]
    assert told == [step.label for step in bench.journal.steps() if step.label.startswith(("新建", "首次"))]
    assert other.journal.of_record(visit.id) == []
    assert bench.journal.of_record(visit.id) != []
    assert other.journal.of_record(person) != []
