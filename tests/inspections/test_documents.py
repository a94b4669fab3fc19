"""What this slice prints: every page is drawn and holds the words of the records."""

from __future__ import annotations

from datetime import date

import pypdfium2

from desktop.foundation.pictures import photo_of
from desktop.inspections.documents import empty_sheet, inspection_ledger, inspection_sheet, pledge_ledger
from desktop.printing.document import Heading, Photo
from desktop.printing.render import render_ledger, render_sheet
from desktop.register.attachments import AFTER, BEFORE
from tests.foundation.test_pictures import picture
from tests.inspections.making import finding, places, pledge, sound

TODAY = date(2026, 6, 17)
HEADING = Heading("后环社区居民委员会", "2026年6月", "沈玉琴", TODAY)


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "".join(page.get_textpage().get_text_bounded() for page in document).replace("\r\n", "")
    finally:
        document.close()


def test_the_ledger_holds_what_the_list_shows(bench):
    places(bench)
    late = finding(treatment="整改通知", due_on=date(2026, 6, 14), responsible="安居物业")
    rows = [bench.inspections.record(draft) for draft in (late, sound())]
    text = text_of(render_ledger(inspection_ledger(TODAY), rows, heading=HEADING))
    for words in ("检查和整改台账", "渔村", "楼道堆放纸箱", "安居物业", "6月14日", "复查逾期3天", "填报单位"):
        assert words in text


def test_the_page_of_a_finding_tells_its_way(bench):
    places(bench)
    row = bench.inspections.record(finding(treatment="上报", escalated_on=date(2026, 6, 10), escalated_to="街道"))
    text = text_of(render_sheet(inspection_sheet(row, TODAY), heading=HEADING))
    for words in ("检查记录", "发现的问题", "楼道堆放纸箱", "整改经过", "6月10日 街道", "责任单位签收"):
        assert words in text


def test_photos_of_a_finding_stand_on_its_page(bench):
    places(bench)
    row = bench.inspections.record(finding())
    bench.attachments.add("inspection", row.id, BEFORE, [photo_of(picture((400, 300)))], caption="二层转角")
    bench.attachments.add("inspection", row.id, AFTER, [photo_of(picture((300, 400)))])
    shown = [Photo(one.jpeg, one.caption) for one in bench.attachments.for_print("inspection", row.id)]
    pdf = render_sheet(inspection_sheet(row, TODAY, shown), heading=HEADING)
    text = text_of(pdf)
    assert text.index("整改前") < text.index("二层转角") < text.index("整改后")
    assert pdf.count(b"/Subtype /Image") == 2


def test_letters_are_printed_with_starred_numbers(bench):
    row = bench.pledges.record(pledge(phone="13800004106"))
    text = text_of(render_ledger(pledge_ledger(), [row], heading=HEADING))
    assert "便民超市" in text
    assert "138****4106" in text
    assert "13800004106" not in text


def test_the_empty_table_fits_one_page():
    pdf = render_sheet(empty_sheet(), heading=HEADING)
    document = pypdfium2.PdfDocument(pdf)
    assert len(document) == 1
    document.close()
    assert "现场检查记录表" in text_of(pdf)
