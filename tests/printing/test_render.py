"""Rendered documents, read back the way other programs read them."""

import re
import shutil
import subprocess
from dataclasses import dataclass, replace
from datetime import date

import pytest

from desktop.foundation.jobs import JobCancelled, JobContext
from desktop.printing.document import (
    STANDARD_SIGNATURES,
    Fields,
    Heading,
    Ledger,
    LedgerColumn,
    Paragraph,
    RecoverySheet,
    Sheet,
    Signatures,
    Subheading,
    Table,
)
from desktop.printing.fonts import Role
from desktop.printing.paper import Colour, Paper
from desktop.printing.preview import page_count, page_image
from desktop.printing.render import render_ledger, render_recovery_sheet, render_sheet

RARE = "㛃㼆䶮𬀩𬸚𫖯𠅤𪚥"
GROUPS = ("40717", "92361", "18507", "77297", "63057", "25940", "81430", "50690")


@dataclass(frozen=True)
class Visit:
    name: str
    seen_on: str
    pressure: str
    remark: str = ""


LEDGER = Ledger[Visit](
    "随访登记台账",
    (
        LedgerColumn("姓名", lambda row: row.name),
        LedgerColumn("随访日期", lambda row: row.seen_on, align="center"),
        LedgerColumn("血压\n（mmHg）", lambda row: row.pressure, width_mm=24, align="right"),
        LedgerColumn("备注", lambda row: row.remark, strong=lambda row: "转诊" in row.remark),
    ),
)
VISITS = [Visit(f"王{character}", "6月3日", "150/92", "") for character in RARE]


@pytest.fixture
def recovery() -> bytes:
    return render_recovery_sheet(RecoverySheet("幸福里社区居民委员会", GROUPS, date(2026, 6, 30), "R-2026-02"))


@pytest.fixture
def file_page(heading: Heading) -> bytes:
    sheet = Sheet(
        "居民健康档案",
        (
            Subheading("基本情况"),
            Fields((("姓名", f"王{RARE}"), ("性别", "女"), ("住址", "幸福里一区3栋2单元501室")), 3),
            Table(("日期", "血压", "备注"), [(f"6月{day}日", "150/92", "一切如常") for day in range(1, 90)]),
            Subheading("说明"),
            Paragraph("家属陪同，按时服药。\n下次随访另行通知。"),
            Signatures(("签字人", "日期")),
        ),
    )
    return render_sheet(sheet, heading=heading)


def test_a_ledger_extracts_to_its_texts_with_every_rare_character(heading, text_of):
    text = text_of(render_ledger(LEDGER, VISITS, heading=heading))
    for expected in ("随访登记台账", "幸福里社区居民委员会", "2026年6月", "第1页共1页", "操作人刘桂芳", "血压（mmHg）"):
        assert expected in text
    for visit in VISITS:
        assert visit.name in text
    assert text.count("150/92") == len(VISITS)


@pytest.mark.parametrize("role", [Role.SONG, Role.KAI])
def test_rare_characters_extract_in_song_and_kai(role, text_of):
    paper = Paper(210, 297, title="试", author="试")
    paper.text(20, 20, f"姓名：{RARE}。", role, 12)
    paper.end_page()
    assert text_of(paper.pdf()) == f"姓名：{RARE}。"


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils is not installed")
def test_poppler_reads_the_same_text(heading, tmp_path):
    target = tmp_path / "ledger.pdf"
    target.write_bytes(render_ledger(LEDGER, VISITS, heading=heading))
    shown = subprocess.run(["pdftotext", "-layout", target, "-"], capture_output=True, check=True).stdout.decode()
    for visit in VISITS:
        assert visit.name in shown


@pytest.mark.skipif(shutil.which("qpdf") is None, reason="qpdf is not installed")
def test_files_are_sound(heading, recovery, file_page, tmp_path):
    ledger = render_ledger(LEDGER, VISITS, heading=heading)
    for number, pdf in enumerate((ledger, recovery, file_page)):
        target = tmp_path / f"{number}.pdf"
        target.write_bytes(pdf)
        assert subprocess.run(["qpdf", "--check", target], capture_output=True, check=False).returncode == 0


def test_every_font_is_embedded(heading, recovery, file_page):
    for pdf in (render_ledger(LEDGER, VISITS, heading=heading), recovery, file_page):
        used = re.findall(rb"/BaseFont /(\S+)", pdf)
        assert used
        assert all(b"+Juwei" in name for name in used)
        assert len(re.findall(rb"/FontFile2 \d+", pdf)) == len(used)


def test_the_same_input_gives_the_same_bytes(heading, recovery):
    assert render_ledger(LEDGER, VISITS, heading=heading) == render_ledger(LEDGER, iter(VISITS), heading=heading)
    again = render_recovery_sheet(RecoverySheet("幸福里社区居民委员会", GROUPS, date(2026, 6, 30), "R-2026-02"))
    assert recovery == again


def test_an_empty_ledger_is_one_page_that_says_so_and_can_be_signed(heading, text_of):
    pdf = render_ledger(LEDGER, [], heading=heading)
    assert page_count(pdf) == 1
    text = text_of(pdf)
    assert "本期没有记录" in text
    for label in STANDARD_SIGNATURES:
        assert label in text


def test_a_remark_of_3000_characters_runs_over_pages_complete(heading, text_of):
    remark = "".join(f"第{number:04d}句记录完毕。" for number in range(1, 276))
    *others, last = LEDGER.columns
    narrow = Ledger("台账", (*others, replace(last, width_mm=60)), orientation="portrait")
    pdf = render_ledger(narrow, [Visit("孔志远", "6月1日", "—", remark), VISITS[0]], heading=heading)
    assert len(remark) > 3000
    assert page_count(pdf) >= 2
    text = text_of(pdf)
    for number in range(1, 276):
        assert f"{number:04d}" in text
    assert text.count("。") == 275


def test_pages_number_themselves_and_signatures_stand_on_the_last_only(heading, text_of):
    pdf = render_ledger(LEDGER, VISITS * 20, heading=heading)
    pages = page_count(pdf)
    text = text_of(pdf)
    assert pages > 3
    for page in range(1, pages + 1):
        assert text.count(f"第{page}页共{pages}页") == 1
    assert text.count("填表人") == 1
    assert text.count("随访日期") == pages


@pytest.mark.parametrize("count", range(1, 90))
def test_no_count_of_rows_loses_a_row_or_the_signatures(count, heading, text_of):
    visits = [Visit(f"居民{number:03d}", "6月1日", "120/80") for number in range(count)]
    text = text_of(render_ledger(LEDGER, visits, heading=heading))
    assert re.findall(r"居民(\d{3})", text) == [f"{number:03d}" for number in range(count)]
    assert text.count("联系电话") == 1


def test_markup_emoji_and_direction_marks_are_shown_not_obeyed(heading, text_of):
    visit = Visit("<b>王&五", "%d\\(6)", "{0}", "😀\u202e转诊\x07")
    text = text_of(render_ledger(LEDGER, [visit], heading=heading))
    for expected in ("<b>王&五", "%d\\(6)", "{0}", "〔U+1F600〕〔U+202E〕转诊〔U+0007〕"):
        assert expected in text


def test_a_lone_surrogate_in_a_title_does_not_stop_printing(heading, text_of):
    ledger = Ledger[Visit]("台账\ud800😀", LEDGER.columns)
    assert "台账〔U+D800〕〔U+1F600〕" in text_of(render_ledger(ledger, [], heading=heading))


def test_bad_results_are_set_in_hei(heading, text_of):
    *others, remark = LEDGER.columns
    plain_ledger = replace(LEDGER, columns=(*others, replace(remark, strong=None)))
    visits = [Visit("孔志远", "6月1日", "190/80", "转诊")]
    strong, plain = (render_ledger(ledger, visits, heading=heading) for ledger in (LEDGER, plain_ledger))
    assert strong != plain
    assert text_of(strong) == text_of(plain)
    harmless = [Visit("孔志远", "6月1日", "120/80", "如常")]
    assert render_ledger(LEDGER, harmless, heading=heading) == render_ledger(plain_ledger, harmless, heading=heading)


@pytest.mark.parametrize(
    ("orientation", "wide", "lies"),
    [("auto", False, False), ("auto", True, True), ("landscape", False, True), ("portrait", True, False)],
)
def test_paper_lies_when_the_columns_need_it(orientation, wide, lies, heading):
    columns = tuple(LedgerColumn[Visit](f"列{number}", lambda row: row.name) for number in range(20 if wide else 3))
    pdf = render_ledger(Ledger("台账", columns, orientation=orientation), VISITS, heading=heading)
    found = re.search(rb"/MediaBox \[ 0 0 ([\d.]+) ([\d.]+) \]", pdf)
    assert found is not None
    assert (float(found.group(1)) > float(found.group(2))) == lies


def test_a_file_page_holds_all_blocks_and_repeats_the_head_of_its_table(file_page, text_of):
    text = text_of(file_page)
    pages = page_count(file_page)
    assert pages >= 2
    assert text.count("日期血压备注") == pages
    for expected in ("基本情况", f"王{RARE}", "幸福里一区3栋2单元501室", "6月89日", "家属陪同，按时服药。", "签字人"):
        assert expected in text


def test_a_heading_is_never_last_on_its_page(heading, text_of):
    for rows in range(20, 45):
        blocks = (Table(("甲",), [("乙",)] * rows), Subheading("标题在此"), Paragraph("正文。"))
        pdf = render_sheet(Sheet("页", blocks), heading=heading)
        pages = text_of(pdf).split("填报单位")
        assert any("标题在此" in page and "正文。" in page for page in pages)


def test_the_recovery_page_shows_all_groups_once_on_one_page(recovery, text_of):
    text = text_of(recovery)
    assert page_count(recovery) == 1
    for group in GROUPS:
        assert text.count(group) == 1
    assert "R-2026-02" in text
    assert "2026年6月30日生成" in text
    assert not any(group.encode() in recovery for group in GROUPS)


def test_black_and_white_printing_leaves_no_colour():
    pictures = []
    for mono in (False, True):
        paper = Paper(100, 100, title="试", author="试", mono=mono)
        paper.frame(10, 10, 50, 50, 2, colour=Colour.RED)
        paper.text(50, 80, "警告", Role.HEIB, 20, colour=Colour.RED)
        paper.end_page()
        pictures.append(paper.pdf())

    def coloured(pdf: bytes) -> bool:
        _, _, pixels = page_image(pdf, 0, 50)
        return pixels[0::4] != pixels[2::4]

    assert [coloured(pdf) for pdf in pictures] == [True, False]


def test_a_long_ledger_tells_how_far_it_is_and_can_be_stopped(heading):
    rows = [VISITS[0]] * 2_000
    steps = []
    render_ledger(LEDGER, rows, heading=heading, context=JobContext(lambda done, total: steps.append((done, total))))
    assert steps == [(0, 2_000), (500, 2_000), (1_000, 2_000), (1_500, 2_000)]
    context = JobContext(lambda done, _total: context.cancel() if done == 500 else None)
    with pytest.raises(JobCancelled):
        render_ledger(LEDGER, rows, heading=heading, context=context)
