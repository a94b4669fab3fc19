"""The command notice: lists, drafts, what is missing, and issuing."""

from __future__ import annotations

import io
from datetime import date

import docx
import pytest

from desktop.cli import run
from tests.conftest import PASSWORD
from tests.notices.making import BAIT, treated
from tests.register.making import resident

GIVEN = [part for name, value in BAIT.items() for part in ("--set", f"{name}={value}")]


@pytest.fixture
def juwei(folder, tmp_path, monkeypatch, capsys):
    """Run a command on the test's data folder and return (status, stdout, stderr)."""
    path = tmp_path / "password.txt"
    path.write_text(PASSWORD, encoding="utf-8")
    monkeypatch.setenv("JUWEI_PASSWORD_FILE", str(path))
    monkeypatch.chdir(tmp_path)

    def call(*arguments, staff="沈玉琴"):
        status = run(["--data", str(folder.path), "--as", staff, *map(str, arguments)])
        return status, *capsys.readouterr()

    return call


def test_without_a_name_every_template_is_listed_with_what_it_asks(juwei):
    status, out, errors = juwei("notice")
    assert (status, errors) == (0, "")
    lines = out.splitlines()
    assert len(lines) >= 15
    assert lines[0].startswith("灭鼠投药告知书（海报）：开始日期、结束日期、投放范围、药物一、药物二（可不填）")


def test_every_missing_thing_is_named_and_nothing_is_written(juwei, tmp_path):
    status, out, errors = juwei("notice", "灭鼠投药告知书", "--set", "开始日期=6月31", "--pdf", tmp_path / "n.pdf")
    assert (status, out) == (1, "")
    for name in ("开始日期", "结束日期", "投放范围", "药物一", "联系电话"):
        assert f"“{name}”" in errors
    assert list(tmp_path.glob("*.pdf")) == []


def test_a_draft_takes_no_number_and_a_word_copy_goes_along(juwei, tmp_path, text_of):
    pdf, word = tmp_path / "n.pdf", tmp_path / "n.docx"
    status, out, errors = juwei("notice", "灭鼠投药告知书", *GIVEN, "--pdf", pdf, "--docx", word)
    assert (status, out, errors) == (0, "草稿已存好，还没有编号。\n", "")
    assert "草稿" in text_of(pdf.read_bytes())
    text = "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(word.read_bytes())).paragraphs)
    assert "桂花苑1—3号楼楼道" in text
    assert juwei("notice", "灭鼠", *GIVEN, "--pdf", pdf, "--issue")[1].startswith("已发文：后社告〔2026〕1号")


def test_issuing_writes_the_archived_pages(juwei, tmp_path, text_of):
    for number in (1, 2):
        status, out, _ = juwei("notice", "灭鼠", *GIVEN, "--pdf", tmp_path / "n.pdf", "--issue", "--layout", "公文")
        assert (status, out) == (0, f"已发文：后社告〔2026〕{number}号 灭鼠投药告知书\n")
        assert f"后社告〔2026〕{number}号" in text_of((tmp_path / "n.pdf").read_bytes())


def test_a_days_treatments_fill_the_notice(juwei, bench, tmp_path, text_of):
    treated(bench, date(2026, 6, 9))
    rest = ("--set", "联系电话=0000-5550126", "--pdf", tmp_path / "n.pdf")
    assert juwei("notice", "灭鼠投药告知书", "--from", "2026-06-09", *rest)[0] == 0
    assert "0.005%溴敌隆饵粒" in text_of((tmp_path / "n.pdf").read_bytes())
    status, _, errors = juwei("notice", "灭鼠投药告知书", "--from", "2026-06-08", *rest)
    assert (status, errors) == (1, "2026-06-08 没有可以带出内容的记录。\n")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("灭鼠",), "请用 --pdf 写明存到哪个文件。"),
        (("寻人",), "请用 --pdf 写明存到哪个文件。"),
        (("寻人", "--pdf", "n.pdf"), "没有模板叫“寻人”。"),
        (
            ("灭鼠", "--pdf", "n.pdf", "--layout", "对联"),
            "没有版式“对联”。有的是：公文、红头公文、海报、海报A3、入户单。",
        ),
        (("灭鼠", "--pdf", "n.pdf", "--set", "开始日期"), "--set 请写成 内容=值，不是“开始日期”。"),
        (("灭鼠", "--pdf", "n.pdf", *GIVEN, "--set", "颜色=红"), "“灭鼠投药告知书”里没有“颜色”这一项。"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(juwei, tmp_path, arguments, sentence):
    status, out, errors = juwei("notice", *arguments)
    assert (status, out) == (1, "")
    assert sentence in errors
    assert list(tmp_path.glob("*.pdf")) == []


def test_a_folder_that_is_not_there_takes_no_number(juwei, bench, tmp_path):
    status, out, errors = juwei("notice", "灭鼠", *GIVEN, "--pdf", tmp_path / "没有" / "n.pdf", "--issue")
    assert (status, out) == (3, "")
    assert "找不到这个文件或文件夹" in errors
    assert bench.notices.composing.next_number() == "后社告〔2026〕1号"


VACCINE = ("--set", "疫苗名称=流感疫苗", "--set", "接种日期=2026-06-20", "--set", "时间=上午8:00",
           "--set", "接种地点=服务站", "--set", "联系电话=0000-5550126")  # fmt: skip


def test_one_command_writes_to_everybody_of_a_place(juwei, bench, tmp_path, text_of):
    resident(bench, name="陈𬸚")
    resident(bench, name="林桂英", place="桂花苑")
    pdf = tmp_path / "n.pdf"
    status, out, errors = juwei("notice", "疫苗", *VACCINE, "--to", "小区=翠湖苑/对象=居民", "--pdf", pdf, "--issue")
    assert (status, errors) == (0, "")
    assert out == "已发文：后社告〔2026〕1号 预防接种通知，翠湖苑的居民，共1份\n"
    assert "陈𬸚的家长：" in text_of(pdf.read_bytes())
    assert "林桂英" not in text_of(pdf.read_bytes())
    status, out, _ = juwei("notice", "疫苗", *VACCINE, "--to", "对象=居民", "--pdf", pdf)
    assert (status, out) == (0, "草稿已存好，还没有编号：全部小区的居民，共2份。\n")


@pytest.mark.parametrize(
    ("to", "sentence"),
    [
        ("标签=志愿者", "没有全部小区（志愿者）的居民，请换一个条件。"),
        ("小区=月亮湾/对象=居民", "没有小区“月亮湾”。"),
        ("街道=和平", "看不懂“街道=和平”。"),
    ],
)
def test_nobody_to_write_to_is_refused(juwei, bench, tmp_path, to, sentence):
    resident(bench)
    status, out, errors = juwei("notice", "疫苗", *VACCINE, "--to", to, "--pdf", tmp_path / "n.pdf", "--issue")
    assert (status, out) == (1, "")
    assert sentence in errors
    assert list(tmp_path.glob("*.pdf")) == []


def test_the_grid_officer_writes_to_nobody_by_health(juwei, bench, tmp_path):
    resident(bench, tags=("高血压",))
    rest = ("--pdf", tmp_path / "n.pdf", "--issue")
    status, _, errors = juwei("notice", "疫苗", *VACCINE, "--to", "标签=高血压", *rest, staff="周建国")
    assert status != 0
    assert "不能查看健康情况" in errors
    assert list(tmp_path.glob("*.pdf")) == []
