"""After an import, a backup, a restore and a crash nothing of a person can be read anywhere on the disk."""

from __future__ import annotations

import logging
import tempfile

import pytest

from desktop.foundation.logs import frames_without_values, start_logging
from desktop.safekeeping.holders import ByPassword
from desktop.safekeeping.restore import restore
from desktop.store.rekey import rekey_current
from tests.conftest import NOW, OFFICERS, PASSWORD
from tests.factories import id_number
from tests.health.making import bp, visits_sheet
from tests.register.making import residents_sheet, take_in
from tests.safekeeping.making import back_up, signed_in

PEOPLE = [
    {"姓名": "欧阳雪梅", "身份证号": id_number(order=482), "联系电话": "13927251604", "备注": "柠溪路二十七号楼上"},
    {"姓名": "尉迟铁柱", "身份证号": id_number(order=87), "联系电话": "13700006328", "户主": "司马建国"},
    {"姓名": "阚嬿", "身份证号": id_number(order=23), "联系电话": "13900005217"},
]
LONG = [value for one in PEOPLE for name, value in one.items() if name != "姓名" or len(value) > 2] + [PASSWORD]
SHORT = [one["姓名"] for one in PEOPLE if len(one["姓名"]) == 2]
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "gb18030")


def readable_in(*folders):
    """Return (file, secret, encoding) of everything that can be read below *folders*."""
    found = []
    for folder in folders:
        for file in folder.rglob("*"):
            if not file.is_file():
                continue
            content = file.read_bytes()
            found += [
                (file.name, secret, encoding)
                for secret in LONG
                for encoding in ENCODINGS
                if secret.encode(encoding) in content
            ]
            # Two characters in the other encodings are four bytes, which noise has by chance.
            found += [(file.name, secret, "utf-8") for secret in SHORT if secret.encode() in content]
    return found


@pytest.fixture
def temp(tmp_path, monkeypatch):
    """Where anybody's passing files would go."""
    path = tmp_path / "temp"
    path.mkdir()
    for name in ("TMPDIR", "TEMP", "TMP", "SQLITE_TMPDIR"):
        monkeypatch.setenv(name, str(path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return path


def test_the_scan_finds_what_lies_open(tmp_path):
    (tmp_path / "a").write_bytes("xx欧阳雪梅xx".encode("gb18030"))
    (tmp_path / "b").write_text("阚嬿", encoding="utf-8")
    assert {(file, secret) for file, secret, _ in readable_in(tmp_path)} == {("a", "欧阳雪梅"), ("b", "阚嬿")}


def test_nothing_can_be_read_after_import_backup_restore_new_key_and_a_crash(folder, tmp_path, temp):
    sheets, stick = tmp_path / "sheets", tmp_path / "stick"
    sheets.mkdir()
    stick.mkdir()
    logger = logging.getLogger()
    before = list(logger.handlers)
    start_logging(folder.path / "logs")
    try:
        with signed_in(folder) as bench:
            take_in(bench, "residents", residents_sheet(sheets / "居民.xlsx", *PEOPLE))
            take_in(bench, "visits", visits_sheet(sheets / "随访.xlsx", {
                "日期": "2026-05-20", "姓名": "欧阳雪梅", "身份证号": PEOPLE[0]["身份证号"], "收缩压": "150",
                "舒张压": "90", "备注": "柠溪路二十七号楼上",
            }))  # fmt: skip
            (found,) = bench.residents.search("欧阳雪梅")
            bench.drafts.keep("resident/new", {"name": "尉迟铁柱", "phone": "13700006328"})
            assert readable_in(folder.path) == [], "while the file is open, its log beside it"
            report = back_up(bench, stick)
            try:
                bench.health.record(found.id, bp(NOW.date(), systolic=None, way=object()))  # type: ignore[arg-type]
            except Exception as error:  # noqa: BLE001  what a crash would log
                logging.getLogger("desktop").error("crash: %s", frames_without_values(error))
        restored = restore(report.path, folder, ByPassword(OFFICERS["主任"], PASSWORD), clock=bench.clock)
        assert restored.counts["resident"] == 3
        with folder.exclusive():
            rekey_current(folder, bench.data_key, NOW, change=lambda _path, _key: None, ring_after=lambda ring: ring)
    finally:
        for handler in [one for one in logger.handlers if one not in before]:
            logger.removeHandler(handler)
            handler.close()
    assert any((folder.path / "logs").iterdir())
    assert readable_in(folder.path, stick, temp) == []
