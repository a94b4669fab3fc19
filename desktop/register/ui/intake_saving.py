"""Sheets the import gives out: empty ones to fill in, and the refused rows with the reason behind each."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from desktop.register.intake.service import IntakeService
from desktop.register.ui.intake_reading import Judged
from desktop.register.ui.page_work import PageWork
from desktop.widgets.dialogs import choose_save

_PATTERNS = ("Excel 表格 (*.xlsx)",)


class SheetSaving:
    """Asks where to, saves there, and says so on the page."""

    def __init__(self, page: QWidget, intake: IntakeService, work: PageWork) -> None:
        self._page, self._intake, self._work = page, intake, work

    def save_template(self, kind: str) -> None:
        """Save an empty sheet of *kind* where the user wants it."""
        done = partial(self._saved, "空表", "填好以后，在这里选它导入。")

        def save(path: Path) -> None:
            self._work.run("正在存空表", lambda _context: self._intake.template(kind, path), done)

        name = f"{self._intake.port(kind).spec.title}.xlsx"
        choose_save(self._page, "空表存到哪里", name, save, patterns=_PATTERNS)

    def save_refused(self, judged: Judged) -> None:
        """Save the refused rows of *judged* where the user wants them."""
        done = partial(self._saved, "要改的行", "每行后面写着原因。改好后，再导入这张小表。")

        def save(path: Path) -> None:
            self._work.run("正在存表", lambda _context: self._intake.save_refused(judged.preview, path), done)

        name = f"{judged.preview.path.stem}_要改的行.xlsx"
        choose_save(self._page, "要改的行存到哪里", name, save, patterns=_PATTERNS)

    def _saved(self, what: str, detail: str, path: Path) -> None:
        self._work.say("good", f"{what}存好了：{path.name}，在“{path.parent.name}”文件夹里。", detail)
