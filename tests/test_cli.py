"""The command line as scheduled tasks and other programs use it: statuses, JSON alone on stdout, Chinese on stderr."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from desktop.cli import run
from desktop.commands.program import program
from tests.conftest import OFFICERS, PASSWORD, RECOVERY_CODE
from tests.factories import id_number
from tests.health.making import visits_sheet
from tests.register.making import residents_sheet

SAMPLES = Path(__file__).parent / "samples"
COMMANDS = (
    "init", "import", "undo-import", "template", "export", "figures", "report", "ledger", "gaps", "notice",
    "backup", "verify", "restore", "search", "check", "self-test", "screenshot", "demo",
)  # fmt: skip


@pytest.fixture
def password_file(tmp_path, monkeypatch):
    path = tmp_path / "password.txt"
    path.write_text(PASSWORD + "\n", encoding="utf-8")
    monkeypatch.setenv("JUWEI_PASSWORD_FILE", str(path))
    monkeypatch.delenv("JUWEI_STAFF", raising=False)
    monkeypatch.delenv("JUWEI_DATA", raising=False)
    return path


@pytest.fixture
def juwei(folder, password_file, capsys):
    """Run a command on the test's data folder and return (status, stdout, stderr)."""
    del password_file

    def call(*arguments, staff="沈玉琴", data=None):
        status = run(["--data", str(data or folder.path), *(["--as", staff] if staff else []), *map(str, arguments)])
        return status, *capsys.readouterr()

    return call


def chinese(text):
    return bool(re.search(r"[\u4e00-\u9fff]", text))


def refused(answer, status):
    """Return the sentence of a failed call after checking that stdout stayed empty."""
    assert answer[0] == status, answer
    assert answer[1] == ""
    assert chinese(answer[2])
    assert answer[2].endswith("\n")
    return answer[2]


@pytest.mark.parametrize("command", [None, *COMMANDS])
def test_help_is_chinese_throughout(command, capsys):
    assert run([command, "--help"] if command else ["--help"]) == 0
    text, errors = capsys.readouterr()
    assert errors == ""
    assert text.startswith("用法：juwei")
    without_options = re.sub(r"--[a-z-]+|JUWEI_[A-Z]+", "", text).replace(f"juwei {command}", "")
    for line in without_options.splitlines():
        assert not re.search(r"[A-Za-z]{2,}[ \t]+[A-Za-z]{2,}", line), line
    for english in (
        "Usage",
        "Options",
        "Commands",
        "Arguments",
        "Show",
        "exit",
        "required",
        "default",
        "TEXT",
        "PATH",
        "env",
    ):
        assert english not in text, english


def test_help_lists_exactly_the_commands_there_are(capsys):
    run(["--help"])
    text = capsys.readouterr().out
    assert tuple(re.findall(r"^  ([a-z-]+) +\S", text.split("命令：")[1], flags=re.MULTILINE)) == COMMANDS
    assert {command.name for command in program.registered_commands} == set(COMMANDS)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nonsense"], "没有这个命令"),
        (["import"], "还缺“表名”"),
        (["import", "residents"], "还缺“文件”"),
        (["figures"], "还缺“期间”"),
        (["figures", "2026", "--nonsense"], "没有“--nonsense”这个选项"),
        (["--nonsense"], "没有“--nonsense”这个选项"),
        (["figures", "2026", "2027"], "多写了参数"),
        (["init", "--committee", "某居委会"], "还缺“--recovery-file”"),
        (["export", "visits", "out.xlsx", "--from"], "“--from”"),
        (["export", "visits", "out.xlsx", "--from", "昨天"], "“--from”看不懂"),
        (["screenshot", "居民住户", "out.png", "--size", "big"], "“--size”"),
        (["screenshot", "居民住户", "out.png", "--size", "0x0"], "“--size”"),
    ],
)
def test_a_wrong_command_line_is_status_2_with_one_chinese_sentence(arguments, said, juwei):
    sentence = refused(juwei(*arguments), 2)
    assert said in sentence
    assert sentence.endswith("看用法：juwei --help\n")
    assert sentence.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["import", "pets", SAMPLES / "README.md"], "没有“pets”这种表"),
        (["export", "pets", "out.xlsx"], "没有“pets”这种表"),
        (["template", "pets", "out.xlsx"], "没有“pets”这种表"),
        (["figures", "2026-13"], "期间不存在"),
        (["figures", "上个月"], "期间看不懂"),
        (["figures", "2026-06-02..2026-06-01"], "止的日期早于起的日期"),
        (["undo-import", "不是编号"], "导入编号不对"),
        (["undo-import", "00" * 16], "没有这一次导入"),
        (["export", "residents", "out.xlsx", "--from", "2026-01-01"], "不分日期"),
    ],
)
def test_refused_input_is_status_1_with_the_reason(arguments, said, juwei):
    assert said in refused(juwei(*arguments), 1)


def test_a_file_to_import_that_is_not_there_is_input_to_be_mended(juwei, tmp_path):
    assert "找不到文件“没有.xlsx”" in refused(juwei("import", "residents", tmp_path / "没有.xlsx"), 1)
    assert "是文件夹" in refused(juwei("import", "residents", tmp_path), 1)


def test_the_machine_s_fault_is_status_3(juwei, password_file, folder, tmp_path, monkeypatch):
    assert "密码不对" in refused(wrong_password(juwei, password_file), 3)
    assert "名单里没有" in refused(juwei("check", staff="王某"), 3)
    monkeypatch.setenv("JUWEI_PASSWORD_FILE", str(tmp_path / "没有.txt"))
    assert "读取密码文件" in refused(juwei("check"), 3)


def wrong_password(juwei, password_file):
    password_file.write_text("not it at all", encoding="utf-8")
    answer = juwei("check")
    password_file.write_text(PASSWORD, encoding="utf-8")
    return answer


def test_a_damaged_a_newer_and_a_lost_file_are_status_3(juwei, folder):
    generation = folder.current()
    whole = generation.keys.read_text(encoding="utf-8")
    generation.keys.write_text(whole.replace('"version": 1', '"version": 2'), encoding="utf-8")
    assert "新版程序" in refused(juwei("check"), 3)
    generation.keys.write_text(whole[:-20], encoding="utf-8")
    assert "损坏" in refused(juwei("check"), 3)
    generation.keys.write_text(whole, encoding="utf-8")
    raw = bytearray(generation.database.read_bytes())
    raw[100] ^= 1
    generation.database.write_bytes(raw)
    refused(juwei("check"), 3)
    generation.database.unlink()
    assert "资料文件不见了" in refused(juwei("check"), 3)


def test_a_folder_nobody_set_up_is_refused_and_stays_empty(juwei, tmp_path):
    empty = tmp_path / "empty"
    assert "还没有资料" in refused(juwei("check", data=empty), 1)
    assert not empty.exists()


@pytest.mark.parametrize("ending", ["", "\n", "\r\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_password_file_loses_one_ending_and_its_mark(juwei, password_file, ending, mark):
    password_file.write_bytes(mark + PASSWORD.encode() + ending.encode())
    assert juwei("check")[0] == 0


@pytest.mark.parametrize("content", [PASSWORD + "\n\n", " " + PASSWORD, PASSWORD + " \n", ""])
def test_a_password_file_loses_nothing_else(juwei, password_file, content):
    password_file.write_text(content, encoding="utf-8")
    assert juwei("check")[0] == 3


def test_a_password_file_in_another_coding_is_told(juwei, password_file):
    password_file.write_bytes("密码一二三四五六".encode("gb18030"))
    assert "UTF-8" in refused(juwei("check"), 1)


def test_without_a_name_the_officers_are_listed_and_the_environment_signs_in(juwei, monkeypatch):
    sentence = refused(juwei("check", staff=""), 1)
    assert all(name in sentence for name in OFFICERS.values())
    monkeypatch.setenv("JUWEI_STAFF", "罗晓梅")
    assert juwei("check", staff="")[0] == 0


def test_without_a_password_and_without_a_terminal_the_way_is_told(juwei, monkeypatch):
    monkeypatch.delenv("JUWEI_PASSWORD_FILE")
    monkeypatch.setattr("sys.stdin", open(os.devnull, encoding="utf-8"))  # noqa: SIM115, PTH123  closed with the test
    assert "JUWEI_PASSWORD_FILE" in refused(juwei("check"), 1)
    sys.stdin.close()


def test_import_stores_the_good_rows_says_why_of_the_others_and_undoes(juwei, tmp_path):
    number = id_number()
    path = residents_sheet(tmp_path / "居民.xlsx", {"姓名": "王芳", "身份证号": number}, {"姓名": "李强", "性别": "甲"})
    status, out, errors = juwei("import", "residents", path, "--dry-run", "--json")
    dry = json.loads(out)
    assert (status, errors, dry["batch"], dry["accepted"]) == (1, "", None, 1)
    status, out, errors = juwei("import", "residents", path, "--json")
    verdict = json.loads(out)
    assert out.count("\n") == 1
    assert (status, errors) == (1, "")
    assert set(verdict) == {"kind", "rows", "accepted", "rejected", "warnings", "batch"}
    assert (verdict["kind"], verdict["rows"], verdict["accepted"]) == ("residents", 2, 1)
    assert [set(issue) for issue in verdict["rejected"]] == [{"row", "field", "code", "message"}]
    assert verdict["rejected"][0]["code"] == "choice_unknown"
    assert {**verdict, "batch": None} == dry
    status, out, errors = juwei("import", "residents", path)
    assert (status, out) == (1, "共2行，已导入0行，不能导入2行。\n")
    assert errors.startswith("第2行 身份证号：已有此人")
    assert juwei("import", "residents", path, "--update")[0] == 1
    assert juwei("undo-import", verdict["batch"]) == (0, "已撤销导入：居民.xlsx。\n", "")
    refused(juwei("undo-import", verdict["batch"]), 1)


def test_a_clean_import_is_status_0_and_names_its_number(juwei, tmp_path):
    path = residents_sheet(tmp_path / "r.xlsx", {"姓名": "王芳", "身份证号": id_number()})
    status, out, errors = juwei("import", "residents", path)
    assert (status, errors) == (0, "")
    assert re.fullmatch(r"共1行，已导入1行，不能导入0行，导入编号 [0-9a-f]{32}。\n", out)


def test_the_messy_sample_through_the_command_gives_the_expected_verdict(juwei):
    expected = json.loads((SAMPLES / "residents_messy.json").read_text(encoding="utf-8"))
    status, out, _ = juwei("import", "residents", SAMPLES / "residents_messy.xlsx", "--dry-run", "--json")
    verdict = json.loads(out)
    assert (status, verdict["accepted"]) == (1, expected["accepted"])
    told = [{key: issue[key] for key in ("row", "field", "code")} for issue in verdict["rejected"]]
    assert [issue for issue in expected["rejected"] if issue not in told] == []


def test_figures_search_check_and_export_answer_in_words_and_json(juwei, tmp_path):
    number = id_number()
    juwei(
        "import",
        "residents",
        residents_sheet(tmp_path / "r.xlsx", {"姓名": "王芳", "身份证号": number, "联系电话": "13800004106"}),
    )
    juwei(
        "import",
        "visits",
        visits_sheet(tmp_path / "v.xlsx", {"日期": "2026-06-01", "姓名": "王芳", "收缩压": 120, "舒张压": 80}),
    )
    status, out, errors = juwei("figures", "2026Q2", "--json")
    answer = json.loads(out)
    assert (status, errors) == (0, "")
    assert (answer["period"], answer["from"], answer["to"]) == ("2026Q2", "2026-04-01", "2026-06-30")
    assert set(answer["figures"]["base.residents"]) == {"value", "unit", "label", "formula"}
    assert answer["figures"]["health.visits.血压测量"]["value"] == 1
    assert "在册居民：1人\n" in juwei("figures", "2026")[1]
    answer = json.loads(juwei("search", "wf", "--json")[1])
    assert (answer["count"], answer["results"][0]["phone"]) == (1, "138****4106")
    assert number not in json.dumps(answer)
    assert juwei("search", "王芳")[1].startswith("王芳 ")
    place = answer["results"][0]["address"].split()[0]
    (record,) = json.loads(juwei("search", place, "--json")[1])["records"]
    assert (record["kind"], record["title"], record["day"]) == ("辖区底册", place, None)
    assert juwei("search", "没有")[1] == "没有找到。可换姓名首字母、楼栋或电话试试。\n"
    answer = json.loads(juwei("check", "--json")[1])
    assert answer["ok"] is True
    assert (answer["counts"]["resident"], answer["counts"]["visit"]) == (1, 1)
    assert "资料完好。" in juwei("check")[1]
    target = tmp_path / "out.xlsx"
    assert juwei("export", "visits", target, "--from", "2026-06-01", "--to", "2026-06-30", "--unmasked")[0] == 0
    assert target.exists()
    named = tmp_path / "named.xlsx"
    assert "最多写60个字" in refused(juwei("export", "visits", named, "--unmasked", "--purpose", "长" * 61), 1)
    assert not named.exists()
    assert juwei("export", "visits", named, "--unmasked", "--purpose", "报区疾控")[0] == 0
    first = [openpyxl.load_workbook(path).active["A1"].value for path in (target, named)]
    assert (first[0], first[1][-7:]) == ("日期", "用途：报区疾控")
    assert juwei("template", "places", tmp_path / "t.xlsx")[0] == 0


def test_a_grid_officer_is_refused_what_is_not_his(juwei, tmp_path):
    for arguments in (["export", "residents", tmp_path / "o.xlsx"], ["import", "places", tmp_path / "o.xlsx"]):
        assert "网格员" in refused(juwei(*arguments, staff="周建国"), 1)
    assert not any(
        key.startswith("health.")
        for key in json.loads(juwei("figures", "2026", "--json", staff="周建国")[1])["figures"]
    )


def test_init_makes_a_file_its_recovery_code_opens_and_never_a_second(juwei, tmp_path):
    data, code = tmp_path / "new", tmp_path / "code.txt"
    arguments = ("init", "--committee", "渔村居委会", "--region", "110105001001", "--recovery-file", code)
    assert "地区代码" in refused(juwei(*arguments[:3], "--region", "12", *arguments[5:], data=data), 1)
    assert not code.exists()
    status, out, errors = juwei(*arguments, data=data)
    assert (status, errors) == (0, "")
    assert "渔村居委会" in out
    groups = code.read_text(encoding="utf-8").split()
    assert [len(group) for group in groups] == [len(group) for group in RECOVERY_CODE]
    assert not any(group in out for group in groups)
    assert juwei("check", data=data)[0] == 0
    assert "已经有资料" in refused(juwei(*arguments, data=data), 1)
    assert "没有覆盖" in refused(juwei(*arguments, data=tmp_path / "other"), 1)


def test_init_leaves_nothing_behind_where_it_cannot_write(juwei, tmp_path):
    code = tmp_path / "code.txt"
    blocked = [tmp_path / "password.txt" / "data", *([Path("/proc/juwei")] if sys.platform == "linux" else [])]
    for data in blocked:
        refused(juwei("init", "--committee", "渔村居委会", "--recovery-file", code, data=data), 3)
        assert not code.exists()


def test_an_unexpected_failure_says_where_and_never_what(juwei, monkeypatch):
    def broken(*_, **__):
        raise RuntimeError("王芳 13800004106")

    monkeypatch.setattr("desktop.store.check.counts", broken)
    sentence = refused(juwei("check"), 3)
    assert "RuntimeError" in sentence
    assert "王芳" not in sentence
    assert "13800004106" not in sentence


def test_as_a_process_output_is_utf_8_whatever_the_computer_s_language(folder, password_file):
    environment = {**os.environ, "LC_ALL": "C", "PYTHONIOENCODING": "ascii", "JUWEI_DATA": str(folder.path)}
    command = [sys.executable, "-m", "desktop", "--as", "沈玉琴", "figures", "2026"]
    root = Path(__file__).parents[1]
    done = subprocess.run(command, capture_output=True, env=environment, cwd=root, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "在册居民：0人" in done.stdout.decode("utf-8")
    wrong = subprocess.run([*command[:3], "figures"], capture_output=True, env=environment, cwd=root, check=False)
    assert (wrong.returncode, wrong.stdout) == (2, b"")
    assert "还缺“期间”" in wrong.stderr.decode("utf-8")
    del password_file


def test_a_file_on_a_network_drive_is_refused(juwei, folder, tmp_path, monkeypatch):
    monkeypatch.setattr("desktop.store.folder.mount_risk", lambda *_: "网络盘")
    assert "网络盘" in refused(juwei("check"), 3)
    assert "网络盘" in refused(
        juwei("init", "--committee", "渔村居委会", "--recovery-file", tmp_path / "c", data=tmp_path / "n"), 3
    )
    shutil.rmtree(folder.path)
