"""The menu behind the gear: undo, history and bin, typing for others, sheets in and out, lists, carrying, settings."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMessageBox, QWidget

from desktop import __version__
from desktop.register.rights import Right
from desktop.register.ui.bin_page import BinPage
from desktop.register.ui.duties_page import DutiesPage
from desktop.register.ui.export_page import ExportPage
from desktop.register.ui.history_page import HistoryPage
from desktop.register.ui.intake_page import IntakePage
from desktop.register.ui.places_page import PlacesPage
from desktop.register.ui.record_history_page import RecordHistoryPage
from desktop.register.ui.tasks_page import TasksPage
from desktop.shell.workbench import Workbench
from desktop.store.check import CheckLine
from desktop.widgets.dialogs import choose_save, show_error
from desktop.widgets.icons import icon

if TYPE_CHECKING:
    from desktop.shell.main_window import MainWindow


class WindowMenu:
    """Builds the menu afresh each time: undo names its step, rights decide what is there."""

    def __init__(self, bench: Workbench, window: MainWindow) -> None:
        self._bench, self._window = bench, window

    def open_below(self, button: QWidget) -> None:
        """Show the menu under *button*."""
        menu = self.build()
        menu.popup(button.mapToGlobal(QPoint(button.width() - menu.sizeHint().width(), button.height() + 4)))

    def build(self) -> QMenu:
        """Return the menu for this officer and moment."""
        bench, window = self._bench, self._window
        may = bench.officer.may
        menu = QMenu(window)
        menu.setObjectName("window_menu")
        step = bench.journal.last_undoable(bench.officer.staff_id)
        undo = self._add(menu, f"撤销：{step.label}" if step else "撤销", "undo", window.undo_last)
        undo.setEnabled(step is not None)
        undo.setShortcut(QKeySequence("Ctrl+Z"))
        self._add(menu, "操作记录", "history", self.open_history)
        self._add(menu, "回收站", "trash", self.open_bin)
        if bench.behalf.may():
            self._offer_colleagues(menu)
        menu.addSeparator()
        if may(Right.IMPORT):
            self._add(menu, "导入表格", "download", lambda: self.open_import(""))
        if may(Right.EXPORT):
            export = menu.addMenu(icon("upload"), "导出表格")
            for kind, title in bench.intake.kinds.items():
                export.addAction(title, lambda kind=kind, title=title: self._export(kind, title))
        self._add(menu, "辖区底册", "building", self.open_places)
        self._add(menu, "该做的事", "calendar", self.open_duties)
        if may(Right.SEE_INSPECTIONS):
            self._add(menu, "检查表", "clipboard", self.open_checklists)
        self._add(menu, "来文任务", "document", self.open_tasks)
        self._add(menu, "检查资料", "check", self._check)
        if may(Right.CARRY):
            self._add(menu, window.safekeeping.lending_title(), "usb", window.safekeeping.open_lending)
        menu.addSeparator()
        self._add(menu, "设置", "gear", self.open_settings)
        contrast = self._add(menu, "高对比显示", "eye", lambda: None)
        contrast.setCheckable(True)
        contrast.setChecked(window.settings().high_contrast)
        contrast.toggled.connect(lambda on: window.set_appearance(contrast=on))
        self._add(menu, "锁定", "lock", window.lock_wanted.emit)
        self._add(menu, "换人登录", "person", window.signed_out.emit)
        self._add(menu, "使用说明　F1", "info", window.open_help)
        self._add(menu, "关于居委工作台", "info", self._about)
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def _offer_colleagues(self, menu: QMenu) -> None:
        """Add 替别人录入 with everybody else in office, and the way back to oneself."""
        behalf = self._bench.behalf
        people = menu.addMenu(icon("people"), "替别人录入")
        people.setObjectName("behalf_menu")
        chosen = behalf.chosen()
        if chosen:
            self._add(people, "不替了，录自己的", "person", self._window.behalf.end)
            people.addSeparator()
        colleagues = behalf.choices()
        for one in colleagues:
            action = people.addAction(f"{one.name}（{one.role}）")
            action.setCheckable(True)
            action.setChecked(one.name == chosen)
            action.triggered.connect(partial(self._window.behalf.start, one.id))
        if not colleagues:
            people.addAction("还没有别的同事，主任可在设置里加").setEnabled(False)

    def open_import(self, kind: str, path: Path | None = None) -> None:
        """Open the import assistant for *kind*, or for what the user chooses."""
        page = IntakePage(self._bench.intake, self._window, kind=kind, path=path)
        self._window.open_page(page)

    def show_place(self, place_id: UUID) -> None:
        """Open 辖区底册 on one place."""
        self.open_places().open_place(place_id)

    def open_places(self) -> PlacesPage:
        """Open 辖区底册 and return its page."""
        may_edit = self._bench.officer.may(Right.EDIT_REGISTER)
        page = PlacesPage(self._bench.places, self._window, drafts=self._bench.drafts, may_edit=may_edit)
        page.import_wanted.connect(self.open_import)
        self._window.open_page(page)
        return page

    def open_duties(self) -> None:
        """Open 该做的事."""
        bench = self._bench
        page = DutiesPage(
            bench.duties, bench.drafts, self._window, bench.clock, may_edit=bench.officer.may(Right.MANAGE),
            kept=bench.due.slices,
        )  # fmt: skip
        self._window.open_page(page)
        page.setFocus()

    def open_checklists(self) -> None:
        """Open 检查表."""
        from desktop.inspections.documents import checklist_sheet  # noqa: PLC0415  seldom needed
        from desktop.inspections.ui.checklists_page import ChecklistsPage  # noqa: PLC0415

        bench = self._bench
        page = ChecklistsPage(bench.checklists, bench.drafts, self._window, bench.clock, bench.officer)
        page.print_wanted.connect(lambda one: self._window.print_sheet(one.title, checklist_sheet(one)))
        self._window.open_page(page)
        page.setFocus()

    def show_task(self, task_id: UUID) -> None:
        """Open 来文任务 on one task."""
        self.open_tasks().table.select_id(task_id)

    def open_tasks(self) -> TasksPage:
        """Open 来文任务 and return its page."""
        bench = self._bench
        may_edit = bench.officer.may(Right.EDIT_DUTIES)
        page = TasksPage(bench.tasks, bench.drafts, self._window, bench.clock, may_edit=may_edit)
        self._window.open_page(page)
        page.setFocus()
        return page

    def open_settings(self) -> None:
        """Open 设置, or bring it to the front if it is open."""
        from desktop.shell.settings.page import SettingsPage  # noqa: PLC0415  seldom needed

        self._window.open_page(SettingsPage(self._bench, self._window))

    def open_history(self) -> None:
        """Open 操作记录."""
        self._window.open_page(HistoryPage(self._bench.journal, self._bench.officer, self._window))

    def open_record_history(self, kind: str, record_id: UUID, title: str) -> None:
        """Open 修改记录 of one record."""
        self._window.open_page(RecordHistoryPage(self._bench.histories, self._window, kind, record_id, title))

    def open_bin(self) -> None:
        """Open 回收站."""
        self._window.open_page(BinPage(self._bench.bin, self._window))

    def _export(self, kind: str, title: str) -> None:
        bench = self._bench
        holds_numbers = bench.intake.port(kind).spec.holds_numbers
        if holds_numbers and bench.officer.may(Right.EXPORT_UNMASKED):
            self._window.open_page(ExportPage(bench.intake, self._window, kind))
            return

        def write(path: Path) -> None:
            self._window.runner.start(
                lambda context: self._bench.intake.export(kind, path, context=context),
                done=lambda _path: self._tell(
                    "导出表格", f"{title}已导出{'，号码打了星号' if holds_numbers else ''}。"
                ),
                failed=lambda error: show_error(self._window, "导出表格", error),
            )

        choose_save(self._window, f"导出{title}", f"{title}.xlsx", write, patterns=["表格 (*.xlsx)"])

    def _check(self) -> None:
        self._window.runner.start(
            lambda _context: self._bench.check(),
            done=self._checked,
            failed=lambda error: show_error(self._window, "检查资料", error),
        )

    def _checked(self, lines: list[CheckLine]) -> None:
        sound = all(line.ok for line in lines)
        verdict = "资料完好。" if sound else "资料有不对的地方，请先做一次备份，再找维护人员。"
        self._tell("检查资料", "\n".join([*(line.message for line in lines), verdict]))

    def _about(self) -> None:
        self._tell("关于居委工作台", f"居委工作台 {__version__}\n资料加密存在这台电脑上，不联网。")

    def _tell(self, title: str, text: str) -> None:
        box = QMessageBox(QMessageBox.Icon.Information, title, text, parent=self._window)
        box.addButton("知道了", QMessageBox.ButtonRole.AcceptRole)
        box.open()

    @staticmethod
    def _add(menu: QMenu, text: str, mark: str, call: object) -> QAction:
        action = QAction(icon(mark), text, menu)
        action.triggered.connect(call)
        menu.addAction(action)
        return action
