"""What this slice prints: every page is drawn and holds the words of the records."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pypdfium2

from desktop.foundation.pictures import photo_of
from desktop.inspections.documents import empty_sheet, inspection_ledger, inspection_sheet, pledge_ledger
from desktop.inspections.finding_sheet import finding_sheet
from desktop.printing.document import Heading, Photo
from desktop.printing.render import render_form, render_ledger, render_sheet
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


def drawn(bench, row):
    photos = bench.attachments.for_print("inspection", row.id)
    return render_form(
        finding_sheet(row, photos, committee="后环社区居民委员会", printed_by="沈玉琴", printed_on=TODAY)
    )


def pages(pdf: bytes) -> int:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()


def test_a_finding_nobody_has_treated_leaves_room_to_write_and_to_paste_photos(bench):
    places(bench)
    pdf = drawn(bench, bench.inspections.record(finding()))
    text = text_of(pdf)
    assert pages(pdf) == 1
    assert text.count("可贴照片") == 2
    for words in (
        "检查问题整改单",
        "编号",
        "楼道堆放纸箱",
        "程度 一般隐患 重大隐患",
        "复查意见",
        "责任人签字",
        "归档号",
    ):
        assert words in text
    assert "予以销号" not in text
    assert "天" not in text.partition("从发现到销号")[2].partition("归档号")[0]


def test_the_sheet_of_a_finding_tells_its_way_to_the_end(bench):
    places(bench)
    row = bench.inspections.record(
        finding(
            date(2026, 6, 1), inspector="贺建军", level="一般隐患", due_on=date(2026, 6, 8), treatment="整改通知",
            notice_on=date(2026, 6, 2), notice_number="第12号", reply="纸箱已清走", rechecked_on=date(2026, 6, 8),
            recheck_result="合格", closed_on=date(2026, 6, 9), escalated_on=date(2026, 6, 5), escalated_to="街道城管",
        )
    )  # fmt: skip
    text = text_of(drawn(bench, row))
    for words in (
        "编号第12号", "2026年6月1日周一", "贺建军", "整改期限2026年6月8日", "通知日期2026年6月2日", "上报街道城管",
        "整改情况纸箱已清走", "复查日期2026年6月8日", "复查合格，予以销号。", "从发现到销号8天", "操作人沈玉琴",
    ):  # fmt: skip
        assert words in text.replace("　", "").replace(" ", "")


def test_the_sheet_of_a_finding_names_the_checklist_and_its_outcome(bench):
    from tests.inspections.test_checklists import judged  # which reads pages as this module does

    places(bench)
    row = bench.inspections.record(finding(checks=judged(bench, failed=(2,))))
    checks = row.draft.checks
    text = "".join(text_of(drawn(bench, row)).split())
    assert f"检查表{checks.title}（{checks.edition}版）：{checks.words}，逐项结果另附" in text


def test_a_failed_recheck_names_the_new_deadline(bench):
    places(bench)
    row = bench.inspections.record(
        finding(due_on=date(2026, 6, 20), rechecked_on=date(2026, 6, 15), recheck_result="不合格")
    )
    assert "复查不合格，限2026年6月20日前改好，再查。" in text_of(drawn(bench, row))


def test_photos_before_and_after_stand_side_by_side_and_a_lost_one_says_so(bench):
    places(bench)
    row = bench.inspections.record(finding())
    bench.attachments.add("inspection", row.id, BEFORE, [photo_of(picture((400, 300)))] * 2, caption="二层转角")
    bench.attachments.add("inspection", row.id, AFTER, [photo_of(picture((300, 400)))])
    pdf = drawn(bench, row)
    text = text_of(pdf)
    assert pdf.count(b"/Subtype /Image") == 2  # the same picture twice lies there once
    assert pages(pdf) == 2
    assert text.count("整改前") == text.count("整改后") == 2
    assert text.count("二层转角") == 2
    assert text.count("可贴照片") == 1  # the second before has no after
    assert f"添加{TODAY.month}月{TODAY.day}日沈玉琴" in text.replace("　", "").replace(" ", "")
    lost = [replace(one, jpeg=None) for one in bench.attachments.for_print("inspection", row.id)]
    sheet = finding_sheet(row, lost, committee="", printed_by="", printed_on=TODAY)
    assert text_of(render_form(sheet)).count("这张照片打不开") == 3


def test_a_calm_inspection_has_a_plain_page_with_its_photos(bench):
    places(bench)
    row = bench.inspections.record(sound())
    bench.attachments.add("inspection", row.id, "现场", [photo_of(picture((400, 300)))], caption="楼道")
    shown = [Photo(one.jpeg, one.caption) for one in bench.attachments.for_print("inspection", row.id)]
    pdf = render_sheet(inspection_sheet(row, shown), heading=HEADING)
    for words in ("检查记录", "渔村", "楼道", "陪同人"):
        assert words in text_of(pdf)
    assert pdf.count(b"/Subtype /Image") == 1


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
