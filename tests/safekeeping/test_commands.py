"""backup, verify and restore as scheduled tasks and support use them."""

from __future__ import annotations

import json
import shutil
from hashlib import sha256
from pathlib import Path

import pytest

from desktop.cli import run
from desktop.store.folder import DataFolder
from tests.conftest import COMMITTEE, OFFICERS, PASSWORD, RECOVERY_CODE
from tests.register.making import sheet
from tests.safekeeping.lending import give, places
from tests.safekeeping.making import everything_in, settle, signed_in

DIRECTOR = OFFICERS["主任"]


@pytest.fixture
def secret(tmp_path, monkeypatch):
    """Write a secret into a file; the first one is the password of the call."""
    monkeypatch.delenv("JUWEI_STAFF", raising=False)
    monkeypatch.delenv("JUWEI_DATA", raising=False)

    def write(name, text):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    monkeypatch.setenv("JUWEI_PASSWORD_FILE", str(write("password.txt", PASSWORD + "\n")))
    return write


@pytest.fixture
def juwei(folder, secret, capsys):
    """Run a command and return (status, stdout, stderr)."""
    del secret

    def call(*arguments, staff=DIRECTOR, data=None):
        as_whom = ["--as", staff] if staff else []
        status = run(["--data", str(data or folder.path), *as_whom, *map(str, arguments)])
        return status, *capsys.readouterr()

    return call


@pytest.fixture
def laptop(tmp_path):
    """Another computer's data folder, with nothing in it."""
    return tmp_path / "laptop"


@pytest.fixture
def made(folder, juwei, stick):
    """The object `backup --json` printed."""
    with signed_in(folder) as bench:
        settle(bench)
    status, out, errors = juwei("backup", stick, "--json")
    assert (status, errors) == (0, "")
    return json.loads(out)


def answer(result, status=0):
    assert result[0] == status, result
    return result[1] if status == 0 else result[2]


def test_backup_prints_the_five_things_and_nothing_else(made, stick):
    assert set(made) == {"path", "bytes", "sha256", "counts", "verified"}
    path = Path(made["path"])
    assert path.parent == stick
    content = (path / "juwei.db").read_bytes()
    assert (made["bytes"], made["sha256"]) == (len(content), sha256(content).hexdigest())
    assert made["verified"] is True
    assert (made["counts"]["resident"], made["counts"]["visit"]) == (3, 4)


def test_backup_in_words(juwei, stick):
    assert "备份完成并已核对，可恢复：居民0人、随访0条。" in answer(juwei("backup", stick))


def test_check_and_backup_count_alike(made, juwei):
    assert json.loads(answer(juwei("check", "--json")))["counts"] == made["counts"]


def test_verify_with_and_without_a_password(made, juwei, monkeypatch):
    told = json.loads(answer(juwei("verify", made["path"], "--json")))
    assert told["inside"] is True
    assert {key: told[key] for key in made} == made
    assert told["committee"] == COMMITTEE
    said = answer(juwei("verify", made["path"]))
    assert ("没有密码" in said, "居民3人、随访4条" in said) == (False, True)
    grid = json.loads(answer(juwei("verify", made["path"], "--json", staff=OFFICERS["网格员"])))
    assert (grid["inside"], grid["counts"]["resident"], "visit" in grid["counts"]) == (True, 3, False)
    monkeypatch.delenv("JUWEI_PASSWORD_FILE")
    told = json.loads(answer(juwei("verify", f"{made['path']}/juwei.db", "--json", staff="")))
    assert (told["inside"], told["verified"], told["counts"]["resident"]) == (False, True, 3)
    assert "visit" not in told["counts"]
    said = answer(juwei("verify", made["path"], staff=""))
    assert ("没有密码，只核对了文件有没有变" in said, "随访" in said) == (True, False)


def test_verify_needs_no_data_folder(made, juwei, tmp_path):
    answer(juwei("verify", made["path"], data=tmp_path / "nobody"))
    assert not (tmp_path / "nobody").exists()


@pytest.mark.parametrize("command", ["verify", "restore"])
def test_a_damaged_backup_is_status_3_and_one_sentence(made, juwei, command):
    with Path(made["path"], "juwei.db").open("rb+") as stream:
        stream.truncate(4096)
    status, out, errors = juwei(command, made["path"])
    assert (status, out) == (3, "")
    assert "不完整" in errors
    assert errors.count("\n") == 1


def test_a_backup_without_its_pictures_is_status_3_for_verify_and_said_by_restore(made, juwei, folder, stick, tmp_path):
    with signed_in(folder) as bench:
        bench.blobs.put(b"a photo")
    assert "照片和存档文件1个也在U盘或文件夹里" in answer(juwei("backup", stick))
    path = max(path for path in stick.iterdir() if path.name.startswith("居委工作台备份"))
    answer(juwei("verify", path))
    shutil.rmtree(stick / "居委工作台附件")
    errors = answer(juwei("verify", path), 3)
    assert "共1个，其中1个缺了或损坏。记录都完好" in errors
    status, out, errors = juwei("restore", path, data=tmp_path / "fresh")
    assert (status, "已恢复" in out) == (0, True)
    assert "缺了或损坏了1个照片和存档文件，记录不受影响" in errors


def test_restore_into_a_fresh_folder_signs_in_with_the_backup_s_own_slots(made, juwei, tmp_path):
    before = json.loads(answer(juwei("figures", "2026-05", "--json")))
    fresh = tmp_path / "fresh"
    said = answer(juwei("restore", made["path"], data=tmp_path / "grid", staff=OFFICERS["网格员"]))
    assert ("居民3人" in said, "随访" in said) == (True, False)
    said = answer(juwei("restore", made["path"], data=fresh, staff=OFFICERS["卫生专干"]))
    assert "居民3人、随访4条" in said
    assert "个数字和备份那天一样" in said
    assert "原来的资料" not in said
    assert json.loads(answer(juwei("figures", "2026-05", "--json", data=fresh))) == before
    assert "完好" in answer(juwei("check", data=fresh))


def test_restore_keeps_what_was_in_use_and_says_where(made, juwei, folder):
    before = everything_in(folder.current().folder)
    said = answer(juwei("restore", made["path"]))
    (kept,) = (folder.path / "generations").glob("*_恢复前")
    assert str(kept) in said
    assert everything_in(kept) == before
    assert "居民3人" in answer(juwei("restore", kept))


def test_the_code_resets_the_director_s_password(made, juwei, secret, folder, tmp_path):
    shutil.rmtree(folder.path)
    code = secret("code.txt", " ".join(RECOVERY_CODE) + "\n")
    new = secret("new.txt", "xin mima 88\n")
    said = answer(juwei("restore", made["path"], "--recovery-code-file", code, "--new-password-file", new, staff=""))
    assert "主任的新密码已经设好" in said
    assert "个数字和备份那天一样" in said
    assert "密码不对" in answer(juwei("check"), 3)
    secret("password.txt", "xin mima 88")
    answer(juwei("check"))
    secret("password.txt", PASSWORD)
    answer(juwei("check", staff=OFFICERS["网格员"]))


def test_refusals_change_nothing(made, juwei, secret, folder, tmp_path):
    before = folder.path.joinpath("current").read_bytes()
    new = secret("new.txt", "xin mima 88")
    empty, short = secret("empty.txt", ""), secret("short.txt", "abc")
    code, wrong = secret("code.txt", " ".join(RECOVERY_CODE)), secret("wrong.txt", "12345 " * 8)
    path = made["path"]
    for status, said, arguments in (
        (1, "--recovery-code-file", ["--new-password-file", new]),
        (1, "新密码文件是空的", ["--recovery-code-file", code, "--new-password-file", empty]),
        (1, "8", ["--recovery-code-file", code, "--new-password-file", short]),
        (1, "恢复码", ["--recovery-code-file", empty]),
        (1, "组", ["--recovery-code-file", wrong]),
        (3, "读取恢复码文件", ["--recovery-code-file", tmp_path / "none"]),
        (3, "名单里没有", []),
    ):
        staff = "王某" if not arguments else DIRECTOR
        assert said in answer(juwei("restore", path, *arguments, staff=staff), status)
    assert "资料自己的文件夹" in answer(juwei("backup", folder.path / "backups"), 1)
    assert "找不到" in answer(juwei("verify", tmp_path / "gone"), 3)
    assert "没有居委工作台的备份" in answer(juwei("verify", tmp_path), 3)
    assert folder.path.joinpath("current").read_bytes() == before
    assert len(list((folder.path / "generations").iterdir())) == 1


def test_commands_wait_after_wrong_passwords_like_the_window(juwei, secret, stick):
    secret("password.txt", "not the password")
    for _ in range(2):
        assert "密码不对" in answer(juwei("backup", stick), 3)
    assert "已经连续输错3次，请等10秒再试。" in answer(juwei("backup", stick), 3)
    secret("password.txt", PASSWORD)
    assert answer(juwei("backup", stick), 3).strip().startswith("密码连续输错3次，请等")
    assert list(stick.iterdir()) == []


def test_while_the_data_are_out_commands_read_and_export_but_store_nothing(folder, juwei, stick, laptop, tmp_path):
    with signed_in(folder) as bench:
        settle(bench)
    figures = json.loads(answer(juwei("figures", "2026-05", "--json")))
    copy = give(folder, stick).path
    assert answer(juwei("template", "places", tmp_path / "点位.xlsx")) is not None
    sheet(tmp_path / "新点位.xlsx", ("名称", "类别"), {"名称": "新小区", "类别": "小区"})
    before = {file: size for file, size in everything_in(stick).items() if not file.startswith("居委工作台附件")}
    for arguments in (("import", "places", tmp_path / "新点位.xlsx"), ("undo-import", "0" * 32)):
        refused = answer(juwei(*arguments), 3)
        assert "数据由罗晓梅带出，6月17日 10:42。这台电脑只能看和打印，带回后才能改。" in refused
    assert json.loads(answer(juwei("figures", "2026-05", "--json"))) == figures
    answer(juwei("export", "residents", tmp_path / "居民.xlsx"))
    answer(juwei("ledger", "居民名单", "2026-05", "--pdf", tmp_path / "名单.pdf"))
    answer(juwei("report", "2026-05", "--pdf", tmp_path / "月报.pdf"))
    assert everything_in(stick) == before
    said = answer(juwei("restore", copy, data=laptop))
    assert "数据接过来了，从现在起在这台电脑上登记。" in said
    answer(juwei("import", "places", tmp_path / "新点位.xlsx", data=laptop))
    again = answer(juwei("restore", copy, data=tmp_path / "third"), 1)
    assert "不能再接一次" in again
    back = give(DataFolder(laptop), stick).path
    assert "数据带回来了" in answer(juwei("restore", back, staff=OFFICERS["卫生专干"]))
    assert "新小区" in places(folder)


def test_restoring_a_plain_backup_on_a_new_computer_says_that_there_must_not_be_two(juwei, made, laptop):
    said = answer(juwei("restore", made["path"], data=laptop))
    assert "这是一份普通备份。原来那台电脑要是还在用，请不要两台都登记" in said
