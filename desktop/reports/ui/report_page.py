"""The view 月报: a period's figures, the records behind each, handing in and correcting, paper and workbook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from desktop.foundation.clock import Clock
from desktop.foundation.days import Period
from desktop.foundation.jobs import JobContext
from desktop.register.ports import FigureRow
from desktop.register.rights import Officer, Right
from desktop.register.ui.host import PageHost
from desktop.reports.content import ReportContent
from desktop.reports.figures import FigureService
from desktop.reports.frozen import Change, Submission
from desktop.reports.service import ReportService
from desktop.reports.submissions import original_of
from desktop.reports.ui.figure_model import FigureModel, ShownLine
from desktop.reports.ui.figure_view import FigureView
from desktop.reports.ui.forms import HandInForm, SetupForm, TextsForm
from desktop.reports.ui.period_bar import PeriodBar
from desktop.reports.ui.rows_panel import Place, RowsPanel, place_of
from desktop.reports.ui.strip import SubmissionStrip
from desktop.store.drafts import Drafts
from desktop.widgets.buttons import PrimaryButton, SecondaryButton, press_on
from desktop.widgets.dialogs import choose_save, show_error
from desktop.widgets.roles import label, row
from desktop.widgets.theme import scaled

_ALL_BUTTONS, _WITH_EXPORT = 1220, 1060
_HINT = "带点线的数字可以点开，看由哪些记录组成：方向键走，回车打开。"


@dataclass(frozen=True)
class Read:
    """What one reading brings: today's content, what was handed in (newest first), what has changed since."""

    content: ReportContent
    known: Sequence[Submission]
    changes: Sequence[Change]
    shown: ReportContent

    @property
    def newest(self) -> Submission | None:
        """Return the state that was handed in last."""
        return self.known[0] if self.known else None


class ReportPage(QWidget):
    """Shows one period; what was handed in stays as it was."""

    print_report = Signal(object, object)  # ReportContent, Submission or None
    print_kept = Signal(object)  # Submission
    print_correction = Signal(object, object, object)  # first, correction, changes
    print_rows = Signal(str, object, object)  # title, rows, period
    look_wanted = Signal(object, object)  # Place, record id

    def __init__(
        self,
        *,
        reports: ReportService,
        figures: FigureService,
        drafts: Drafts,
        officer: Officer,
        clock: Clock,
        host: PageHost,
        left: QWidget,
    ) -> None:
        super().__init__()
        self._reports, self._figures, self._drafts = reports, figures, drafts
        self._officer, self._clock, self._host = officer, clock, host
        self._read: Read | None = None
        self._to_open = ""
        self.period_bar = PeriodBar(clock, reports.rule())
        self.model = FigureModel(self)
        self.table = FigureView(self.model)
        self.strip = SubmissionStrip()
        self.strip.hide()
        self.panel = RowsPanel(may_print=officer.may(Right.EXPORT))
        self.panel.hide()
        self._foot = label(_HINT, "secondary", name="report_foot")
        self._build(left)

    def reload(self) -> None:
        """Read the period shown again, beside the window."""
        period = self.period_bar.period()
        if self._read is None or self._read.content.period != period:
            self._foot.setText("正在算数字……")
        self._host.runner.start(
            partial(self._reading, period),
            done=self._show,
            failed=lambda error: show_error(self, "算报表", error),
        )

    def focus_list(self) -> None:
        """Give the table the keyboard."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_period(self, period: Period) -> None:
        """Show *period*."""
        self.period_bar.show_period(period)
        self._change_period()

    def open_figure(self, key: str, period: Period) -> None:
        """Show *period*, and the records behind figure *key* if it has any."""
        self._to_open = key
        self.show_period(period)

    def open_line(self, shown: ShownLine) -> None:
        """Show the records of a line in the panel."""
        if shown.line is None or self._read is None:
            return
        line, period = shown.line, self._read.content.period

        def read(_context: JobContext) -> list[FigureRow]:
            return line.made_of(self._figures.rows(line.key, period) or [])

        def show(rows: list[FigureRow]) -> None:
            said = f"上报后有变动：{shown.change.text}" if shown.change is not None else ""
            self.panel.show_rows(line, rows, period, said=said)
            self.panel.show()

        self._host.runner.start(read, done=show, failed=lambda error: show_error(self, "看记录", error))

    def hand_in(self) -> HandInForm | None:
        """Open the form of 标为已上报."""
        return self._open_form(corrects=False)

    def correct(self) -> HandInForm | None:
        """Open the form of 出更正表; its page is printed once it is stored."""
        return self._open_form(corrects=True)

    def menu(self) -> QMenu:
        """Return what is offered behind 更多, for this officer and period."""
        menu = QMenu(self)
        may = self._officer.may
        if may(Right.REPORT) and self._read is not None and not self._read.known:
            menu.addAction("标为已上报", self.hand_in)
        newest = self._read.newest if self._read is not None else None
        if newest is not None and newest.pages and all(map(may, newest.rights)):
            menu.addAction("再印上报的那份（原样）", lambda: self.print_kept.emit(newest))
        if may(Right.EXPORT):
            menu.addAction("导出Excel", self.export)
        if may(Right.REPORT):
            menu.addAction("改写主要工作和下步打算", self._write_texts)
        if may(Right.MANAGE):
            menu.addAction("报表设置（每月从几日起算）", self._set_up)
        menu.addAction("再算一遍（F5）", self.reload)
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def export(self) -> None:
        """Ask where to save the workbook, and write it."""
        if self._read is None:
            return
        content = self._read.shown
        name = f"{content.title}工作{content.kind}"

        def write(path: Path) -> None:
            self._host.runner.start(
                lambda _context: self._reports.write_xlsx(content, path),
                done=lambda written: self._foot.setText(f"已导出到 {written.name}。"),
                failed=lambda error: show_error(self, "导出报表", error),
            )

        choose_save(self, f"导出{name}", f"{name}.xlsx", write, patterns=["表格 (*.xlsx)"])

    def print_shown(self) -> None:
        """Ask for the report on paper, as it is shown."""
        if self._read is not None and self._officer.may(Right.EXPORT):
            self.print_report.emit(self._read.shown, self._read.newest)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the period its room in narrow windows: what 更多 offers too gives way."""
        super().resizeEvent(event)
        self._fit_bar()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close the panel on Esc."""
        if event.key() == Qt.Key.Key_Escape and self.panel.isVisible():
            self._close_panel()
            return
        super().keyPressEvent(event)

    def _build(self, left: QWidget) -> None:
        self._more = SecondaryButton("更多", "list", name="report_more")
        self._more.clicked.connect(lambda: self.menu().popup(self._more.mapToGlobal(self._more.rect().bottomLeft())))
        self._export = SecondaryButton("导出Excel", "table", name="export_report")
        self._export.clicked.connect(self.export)
        self._hand_in = SecondaryButton("标为已上报", "check", name="hand_in")
        self._hand_in.clicked.connect(self.hand_in)
        self._print = PrimaryButton("预览打印", "print", name="print_report")
        press_on(self._print, "Ctrl+P")
        self._print.clicked.connect(self.print_shown)
        self._print.setVisible(self._officer.may(Right.EXPORT))
        middle = row(spacing=12)
        middle.addWidget(self.table, 1)
        middle.addWidget(self.panel)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 12, 16, 8)
        whole.setSpacing(10)
        whole.addLayout(row(left, self.period_bar, 0, self._more, self._hand_in, self._export, self._print))
        whole.addWidget(self.period_bar.days)
        whole.addWidget(self.strip)
        whole.addLayout(middle, 1)
        whole.addWidget(self._foot)
        self.period_bar.changed.connect(self._change_period)
        self.table.opened.connect(self.open_line)
        self.strip.changes_wanted.connect(self._look_at_changes)
        self.strip.correction_wanted.connect(self.correct)
        self.panel.closed.connect(self._close_panel)
        self.panel.print_wanted.connect(self._print_rows)
        self.panel.look_wanted.connect(self._look)

    def _fit_bar(self) -> None:
        room = self.width() * 100 // scaled(100)
        handed = self._read is not None and bool(self._read.known)
        self._hand_in.setVisible(room >= _ALL_BUTTONS and self._officer.may(Right.REPORT) and not handed)
        self._export.setVisible(room >= _WITH_EXPORT and self._officer.may(Right.EXPORT))

    def _change_period(self) -> None:
        self.panel.hide()
        self.reload()

    def _reading(self, period: Period, _context: JobContext) -> Read:
        content = self._reports.content(period)
        known = self._reports.submissions.of(period)
        if not known:
            return Read(content, known, (), content)
        changes = self._reports.submissions.changes(content)
        return Read(content, known, changes, self._reports.as_handed_in(content, known[0]))

    def _show(self, read: Read) -> None:
        self.period_bar.set_rule(self._reports.rule())
        if read.content.period != self.period_bar.period():
            return  # another period was chosen meanwhile; its own reading follows
        same = self._read is not None and self._read.content.period == read.content.period
        place = self.table.currentIndex().row() if same else -1
        self._read = read
        keys = {line.key for section in read.shown.table.sections for line in section.lines}
        openable = frozenset(key for key in keys if key and self._figures.shows(key))
        self.model.show_table(read.shown.table, openable, read.changes)
        if place >= 0:
            self.table.setCurrentIndex(self.model.index(place, 2))
        self._foot.setText(f"统计期 {read.content.span}。{_HINT}")
        self.strip.setVisible(bool(read.known))
        if read.newest is not None:
            first = original_of(read.known)
            self.strip.show_submission(read.newest, first, read.changes, may=self._officer.may(Right.REPORT))
        self._fit_bar()
        self._open_asked()

    def _open_asked(self) -> None:
        """Open the figure that was asked for before its period was read."""
        key, self._to_open = self._to_open, ""
        shown = self.model.shown(self.model.row_of_key(key)) if key else None
        if shown is not None:
            self.table.show_line(key)
            if shown.opens:
                self.open_line(shown)

    def _open_form(self, *, corrects: bool) -> HandInForm | None:
        read = self._read
        if read is None or not self._officer.may(Right.REPORT):
            return None
        form = HandInForm(
            self._reports, self._drafts, self._host, self._clock, officer=self._officer, content=read.content,
            corrects=read.newest if corrects else None,
        )  # fmt: skip
        if corrects:
            form.saved.connect(partial(self._corrected, original_of(read.known)))
        self._host.open_page(form)
        form.field("submitted_on").focus_editor()
        return form

    def _corrected(self, first: Submission, stored: tuple[Submission, list[Change]]) -> None:
        correction, changes = stored
        self.print_correction.emit(first, correction, changes)

    def _look_at_changes(self) -> None:
        """Go to the next line that has changed, round and round."""
        changed = [
            number
            for number in range(self.model.rowCount())
            if (shown := self.model.shown(number)) is not None and shown.change is not None
        ]
        if changed:
            here = self.table.currentIndex().row()
            place = next((number for number in changed if number > here), changed[0])
            self.table.setCurrentIndex(self.model.index(place, 2))
            self.focus_list()

    def _write_texts(self) -> None:
        if self._read is not None:
            self._host.open_page(TextsForm(self._reports, self._drafts, self._host, self._read.content))

    def _set_up(self) -> None:
        form = SetupForm(self._reports, self._drafts, self._host)
        self._host.open_page(form)
        form.field("first_day").focus_editor()

    def _print_rows(self) -> None:
        if self.panel.line is not None and self._read is not None:
            title = f"{self._read.content.title}{self.panel.line.label}"
            self.print_rows.emit(title, self.panel.rows, self._read.content.period)

    def _look(self, chosen: FigureRow) -> None:
        place: Place | None = place_of(self.panel.line.key) if self.panel.line is not None else None
        if place is not None:
            self.look_wanted.emit(place, chosen.id)

    def _close_panel(self) -> None:
        self.panel.hide()
        self.focus_list()
