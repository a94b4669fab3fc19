"""ledger and report as scheduled tasks use them: files, sentences, statuses."""

from __future__ import annotations

import json

import openpyxl
import pytest

from desktop.cli import run
from tests.conftest import PASSWORD
from tests.reports.papers import complaints_of, text_of


@pytest.fixture
def juwei(houhuan_folder, tmp_path, monkeypatch, capsys):
    """Run a command over the samples and return (status, stdout, stderr)."""
    path = tmp_path / "password.txt"
    path.write_text(PASSWORD, encoding="utf-8")
    monkeypatch.setenv("JUWEI_PASSWORD_FILE", str(path))

    def call(*arguments, staff="沈玉琴"):
        status = run(["--data", str(houhuan_folder.path), "--as", staff, *map(str, arguments)])
        return status, *capsys.readouterr()

    return call


@pytest.fixture
def in_tmp(tmp_path, monkeypatch):
    """A working folder of one's own, so that nothing is left behind anywhere else."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_without_a_name_every_ledger_is_listed_with_its_count(juwei):
    status, out, errors = juwei("ledger")
    assert (status, errors) == (0, "")
    assert "检查和整改台账 188条" in out.splitlines()
    listed = json.loads(juwei("ledger", "--json")[1])["ledgers"]
    assert {"name": "居民名单", "count": 2500} in listed
    assert len(listed) == len(out.splitlines())


def test_a_ledger_is_written_as_pdf_and_workbook(juwei, tmp_path):
    pdf, xlsx = tmp_path / "l.pdf", tmp_path / "l.xlsx"
    status, out, errors = juwei("ledger", "检查和整改台账", "2011-05", "--pdf", pdf, "--xlsx", xlsx)
    assert (status, errors) == (0, "")
    assert out == "检查和整改台账共18条，已写到 l.pdf、l.xlsx。\n"
    assert complaints_of(pdf.read_bytes()) == []
    assert "2011年5月" in text_of(pdf.read_bytes())
    assert openpyxl.load_workbook(xlsx).active["A1"].value == "检查和整改台账"


def test_an_unknown_ledger_is_refused_with_near_names(juwei, tmp_path):
    status, out, errors = juwei("ledger", "投药台帐", "2011-05", "--pdf", tmp_path / "l.pdf")
    assert (status, out) == (1, "")
    assert "除害投药登记台账" in errors
    assert not (tmp_path / "l.pdf").exists()


def test_a_grid_officer_gets_no_health_ledger(juwei, tmp_path):
    status, out, errors = juwei(
        "ledger", "健康服务登记台账", "2011-05", "--pdf", tmp_path / "l.pdf", staff="周建国"
    )  # fmt: skip
    assert (status, out) == (1, "")
    assert "不能查看健康情况" in errors
    assert not (tmp_path / "l.pdf").exists()


@pytest.mark.parametrize(
    ("arguments", "status", "word"),
    [
        (("检查和整改台账",), 2, "期间"),
        (("检查和整改台账", "2011-05"), 2, "--pdf"),
        (("检查和整改台账", "2011-13", "--pdf", "x.pdf"), 1, "期间"),
        (("检查和整改台账", "2011-05", "--pdf", "no/such/folder/x.pdf"), 3, "没有成功"),
        (("检查和整改台账", "2011-05", "--xlsx", "x.xls"), 1, ".xlsx"),
    ],
)
def test_what_is_missing_or_wrong_is_said(juwei, in_tmp, arguments, status, word):
    answer = juwei("ledger", *arguments)
    assert answer[0] == status, answer
    assert word in answer[2]
    assert [file.name for file in in_tmp.iterdir()] == ["password.txt"]


def test_the_report_of_a_month_is_written_as_pdf_and_workbook(juwei, tmp_path):
    pdf, xlsx = tmp_path / "r.pdf", tmp_path / "r.xlsx"
    status, out, errors = juwei("report", "2011-05", "--pdf", pdf, "--xlsx", xlsx)
    assert (status, errors) == (0, "")
    assert out == "2011年5月工作月报已写到 r.pdf、r.xlsx。\n"
    figures = json.loads(juwei("figures", "2011-05", "--json")[1])["figures"]
    text = text_of(pdf.read_bytes())
    assert complaints_of(pdf.read_bytes()) == []
    told = {
        row[0].strip("　"): row[2]
        for row in openpyxl.load_workbook(xlsx)["月报"].iter_rows(min_row=4, values_only=True)
    }
    for key in ("base.residents", "inspections.passed", "health.followups_due", "activities.attendance"):
        assert told[figures[key]["label"]] == figures[key]["value"]
        assert f"{figures[key]['value']:,}" in text


def test_a_report_wants_a_file_and_a_period(juwei):
    status, out, errors = juwei("report", "2011-05")
    assert (status, out) == (2, "")
    assert "--pdf" in errors
    assert juwei("report", "2011-14", "--pdf", "x.pdf")[0] == 1


@pytest.mark.parametrize("command", [("report", "2011-05"), ("ledger", "检查和整改台账", "2011-05")])
def test_nothing_is_written_where_one_of_two_files_is_not_allowed(juwei, in_tmp, command):
    status, out, errors = juwei(*command, "--pdf", "r.pdf", "--xlsx", "r.xlsx", staff="周建国")
    assert (status, out) == (1, "")
    assert "不能导出表格" in errors
    assert [file.name for file in in_tmp.iterdir()] == ["password.txt"]
