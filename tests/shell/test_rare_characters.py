"""A resident's rare name is shown, not boxed."""

from __future__ import annotations

from PySide6.QtGui import QRawFont
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.register.rules import ResidentDraft
from desktop.shell.rare_characters import RareCharacters
from desktop.shell.workbench import Workbench
from desktop.widgets import theme
from desktop.widgets.jobs import JobRunner


def test_rare_fonts_are_loaded_only_once_a_name_needs_them_and_then_show_it(
    qtbot: QtBot, bench: Workbench, monkeypatch
):
    monkeypatch.setattr(theme, "_extra_families", [])
    theme.load_fonts()
    owner = QWidget()
    qtbot.addWidget(owner)
    runner = JobRunner(owner)
    rare = RareCharacters(bench.residents, runner, owner)
    bench.residents.create(ResidentDraft(name="吴淑珍", place="幸福里", no_id_reason="暂缺证件"))
    rare.look()
    qtbot.waitUntil(lambda: not runner.busy, timeout=10_000)
    assert theme._extra_families == []
    bench.residents.create(ResidentDraft(name="王𪚥𠅤", place="幸福里", no_id_reason="暂缺证件"))
    rare.look()
    qtbot.waitUntil(lambda: bool(theme._extra_families), timeout=60_000)
    shown = {c for family in theme._extra_families for c in "𪚥𠅤" if _has(family, c)}
    assert shown == {"𪚥", "𠅤"}
    runner.shutdown()


def _has(family: str, character: str) -> bool:
    font = theme.base_font()
    font.setFamilies([family])
    return QRawFont.fromFont(font).supportsCharacter(ord(character))
