"""Draws the manual's sample pages from the sample community: small grey pictures in resources/manual. Run by hand.

.venv/bin/python packaging/draw_manual_pages.py
"""

from __future__ import annotations

import io
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from PIL import Image, ImageOps

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from desktop.activities.almanac import days_off_in, weeks_of  # noqa: E402
from desktop.activities.forms import sign_in_sheet, wall_calendar  # noqa: E402
from desktop.app import assemble  # noqa: E402
from desktop.demo.community import DIRECTOR, PASSWORD, sample_community  # noqa: E402
from desktop.foundation.clock import FixedClock  # noqa: E402
from desktop.foundation.days import parse_period  # noqa: E402
from desktop.foundation.jobs import JobContext  # noqa: E402
from desktop.health.slips import pressure_slips  # noqa: E402
from desktop.inspections.finding_sheet import finding_sheet  # noqa: E402
from desktop.inspections.ui.photos import OWNER  # noqa: E402
from desktop.inspections.views import InspectionFilter  # noqa: E402
from desktop.notices.rules import Layout  # noqa: E402
from desktop.printing.preview import page_image  # noqa: E402
from desktop.printing.render import render_form  # noqa: E402
from desktop.register.office import opened  # noqa: E402
from desktop.reports.box import HANDED_IN, ISSUED, BoxDraft  # noqa: E402
from desktop.reports.ledgers import ledger_pdf  # noqa: E402
from desktop.shell.workbench import Workbench  # noqa: E402
from desktop.store.folder import DataFolder  # noqa: E402

TARGET = ROOT / "resources" / "manual" / "pages"
CLOCK = FixedClock(datetime(2026, 6, 17, 2, 40, tzinfo=UTC))
WIDE_PX = 380


def pages(bench: Workbench) -> Iterator[tuple[str, bytes, int]]:
    """Yield file name, PDF and number of the page to show."""
    may = parse_period("2026-05")
    report = bench.reports.pdf(bench.reports.content(may))
    for number, name in ((0, "report-cover"), (1, "report-figures")):
        yield name, report, number
    yield "ledger", ledger_pdf(bench.ledgers.read("检查和整改台账", may)), 0
    office = bench.notices.issued
    poster = next(row for row in office.rows(list(office.ids())) if row.title == "灭鼠投药告知书")
    yield "poster", office.pdf(poster.id), 0
    draft = bench.notices.composing.begin("bait")
    typed = {
        "开始日期": "2026-06-22", "结束日期": "2026-06-26", "投放范围": "幸福里一区、二区的楼道口、垃圾桶旁",
        "药物一": "0.005%溴敌隆饵粒", "联系电话": "0000-5550126",
    }  # fmt: skip
    written = replace(draft, values={**draft.values, **typed}, layout=Layout.RED_HEAD)
    yield "official", office.pdf(bench.notices.composing.issue(written).id), 0
    profile = bench.people.profile()
    weeks = weeks_of(2026, 6)
    month = bench.activities.between(weeks[0][0], weeks[-1][-1])
    yield "sign-in", render_form(sign_in_sheet(month[-1], profile.name)), 0
    off = days_off_in(edition.content for edition in bench.standards.editions("holidays"))
    calendar = wall_calendar(
        2026, 6, month, off, committee=profile.name, phone=profile.phone, printed_on=bench.clock.today()
    )
    yield "calendar", render_form(calendar), 0
    rows = bench.inspections.rows(list(bench.inspections.ids(InspectionFilter())))
    open_one = next(row for row in rows if row.draft.due_on and not row.draft.notice_number and not row.draft.closed_on)
    sent = bench.rectification.issue(
        open_one.id, version=open_one.version, noticed_on=open_one.draft.notice_on or bench.clock.today(),
        due_on=open_one.draft.due_on, responsible=open_one.draft.responsible,
    )  # fmt: skip
    yield "rectification", bench.rectification.pdf(sent.issued), 0
    pictured = next(row for row in rows if len(bench.attachments.for_print(OWNER, row.id)) > 1)
    sheet = finding_sheet(
        pictured, bench.attachments.for_print(OWNER, pictured.id), committee=profile.name,
        printed_by=bench.officer.name, printed_on=bench.clock.today(),
    )  # fmt: skip
    yield "finding", render_form(sheet), 0
    boxed = BoxDraft(
        2026, "爱国卫生检查整改", (ISSUED, HANDED_IN, "检查和整改台账", "整改未销号台账", "责任书签订台账"), "文书",
        "10年", "2-3", 40,
    )  # fmt: skip
    box = render_form(bench.box.papers(boxed, JobContext()))
    for number, name in ((0, "box-spine"), (1, "box-catalogue")):
        yield name, box, number
    visits = bench.health.visit_rows(list(bench.health.visit_ids())[:400])
    measured = [visit for visit in visits if visit.draft.systolic_mmhg][:4]
    people = {row.id: row for row in bench.residents.rows([visit.resident_id for visit in measured])}
    entries = [(visit, people[visit.resident_id]) for visit in measured]
    yield "slips", render_form(pressure_slips(entries, profile.name, profile.phone)), 0


def main() -> None:
    """Write every picture anew."""
    TARGET.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        data = DataFolder(Path(folder) / "data")
        sample_community(data, CLOCK)
        slot = data.current().ring().named(DIRECTOR)
        with opened(data, slot_id=slot.id, secret=PASSWORD, clock=CLOCK) as found:
            for name, pdf, number in pages(assemble(found, CLOCK)):
                wide, high, pixels = page_image(pdf, number, 100)
                picture = Image.frombuffer("RGBX", (wide, high), pixels, "raw", "BGRX", 0, 1).convert("RGB")
                size = (WIDE_PX, round(high * WIDE_PX / wide))
                small = ImageOps.expand(picture.resize(size, Image.Resampling.LANCZOS), 1, "#9aa5a1").quantize(16)
                target = io.BytesIO()
                small.save(target, "PNG", optimize=True)
                (TARGET / f"{name}.png").write_bytes(target.getvalue())
                print(name, len(target.getvalue()))


if __name__ == "__main__":
    main()
