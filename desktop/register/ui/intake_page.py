"""The import assistant: choose files, join headings, look at every row, and only then write."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget

from desktop.foundation.errors import InputError
from desktop.foundation.jobs import JobContext
from desktop.register.intake.service import IntakeService
from desktop.register.ui.host import PageHost
from desktop.register.ui.hosted_page import HostedPage
from desktop.register.ui.intake_columns import ColumnStep
from desktop.register.ui.intake_files import FileStep, sheets_among
from desktop.register.ui.intake_places import UnknownPlaces
from desktop.register.ui.intake_queue import QueueStep
from desktop.register.ui.intake_reading import Judged, Source, judge, recognise, unrecognised
from desktop.register.ui.intake_result import TO_LIST, ResultStep
from desktop.register.ui.intake_rows import RowStep
from desktop.register.ui.intake_saving import SheetSaving
from desktop.register.ui.intake_several import SeveralFiles
from desktop.register.ui.intake_sheets import SheetChoice
from desktop.register.ui.page_work import PageWork
from desktop.register.ui.saying import sentence_of
from desktop.spreadsheets.judging import Verdict
from desktop.spreadsheets.mapping import ColumnMap
from desktop.widgets.roles import label, row
from desktop.widgets.tiles import StepTrail

FILES, COLUMNS, ROWS, RESULT, QUEUE = range(5)
_TRAIL = {QUEUE: ROWS}


class IntakePage(HostedPage):
    """Leads one file after the other through the four steps; nothing is written before 导入."""

    def __init__(self, intake: IntakeService, host: PageHost, *, kind: str = "", path: Path | None = None) -> None:
        super().__init__("intake", host)
        self.setAcceptDrops(True)
        self._intake = intake
        self._queue: list[Source] = []
        self._place = 0
        self._judged: Judged | None = None
        self._found: ColumnMap | None = None
        self._learned: dict[str, str] = {}
        self._verdict: Verdict | None = None
        self._refresh = False
        self._left_out = ""
        self._title = label("", "title", name="intake_title")
        self._trail = StepTrail(["选文件", "对上列名", "看每一行", "导入"])
        self._work = PageWork(self, host.runner)
        self._work.banner.pressed.connect(self._go_on)
        self._files = FileStep({name: intake.port(name).spec for name in intake.kinds}, kind)
        self._columns, self._rows, self._result, queue = ColumnStep(), RowStep(), ResultStep(), QueueStep()
        self._several = SeveralFiles(self, intake, host, self._work, queue)
        self._saving = SheetSaving(self, intake, self._work)
        self._places = UnknownPlaces(self, intake, host, self._work)
        self._sheets = SheetChoice()
        self._steps = QStackedWidget()
        for step in (self._files, self._columns, self._rows, self._result, queue):
            self._steps.addWidget(step)
        self._vertical.addLayout(row(self._back, self._title, self._sheets, 0, self._trail, spacing=10))
        self._vertical.addWidget(self._work.banner)
        self._vertical.addWidget(self._steps, 1)
        queue.back.connect(self._start_over)
        queue.finished.connect(self._close)
        queue.open_wanted.connect(self._open_line)
        self._join_signals()
        self._show_step(FILES)
        if path is not None:
            self.take([path], kind)

    def take(self, paths: Sequence[Path], kind: str = "") -> None:
        """Read *paths* one after the other; without a *kind* each is told by its headings."""
        sheets, others = sheets_among(paths)
        if not sheets:
            names = "、".join(f"“{path.name}”" for path in others[:3])
            self._work.say("danger", f"{names}不是表格，没有读。请选 .xlsx、.xls 或 .csv 文件。")
            return
        self._left_out = "、".join(f"“{path.name}”" for path in others)
        self._work.hush()
        kind = kind or self._files.kind
        if kind and len(sheets) == 1:
            self._line_up([Source(sheets[0], kind)])
            return
        self._work.run("正在看列名", partial(recognise, self._intake, sheets, kind), self._line_up, can_stop=True)

    def showEvent(self, event: QShowEvent) -> None:
        """Begin at the step's own first control, not at the way out."""
        super().showEvent(event)
        QTimer.singleShot(0, self._steps.currentWidget(), self._steps.currentWidget().setFocus)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files, wherever on the page they come in, unless rows are being looked at."""
        if event.mimeData().hasUrls() and self._steps.currentIndex() in (FILES, RESULT, QUEUE) and not self._work.busy:
            event.acceptProposedAction()
            self._files.show_hovering(hovering=True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Show the invitation again."""
        self._files.show_hovering(hovering=False)
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Read what was dropped."""
        self._files.show_hovering(hovering=False)
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        self.take(paths)

    def _join_signals(self) -> None:
        self._files.picked.connect(self.take)
        self._files.template_wanted.connect(self._saving.save_template)
        self._columns.accepted.connect(self._take_columns)
        self._columns.back.connect(self._step_back)
        self._sheets.chosen.connect(self._take_sheet)
        self._rows.places_wanted.connect(self._offer_places)
        self._places.created.connect(self._places_created)
        self._several.shown.connect(self._show_list)
        self._several.failed.connect(self._no_list)
        self._rows.back.connect(self._look_at_columns)
        self._rows.update_changed.connect(self._judge_again)
        self._rows.refused_wanted.connect(self._save_refused)
        self._rows.import_wanted.connect(self._import)
        self._result.asked.connect(self._after_result)

    def _line_up(self, sources: list[Source]) -> None:
        self._queue, self._place = sources, 0
        self._several.begin(sources)
        if self._several.active:
            self._several.survey()
        else:
            self._read()

    def _show_list(self) -> None:
        self._show_step(QUEUE)
        self._say_left_out()

    def _no_list(self, error: BaseException) -> None:
        self._show_step(FILES)
        self._work.say_failed(error)

    def _say_left_out(self) -> None:
        if self._left_out:
            self._work.say("info", f"{self._left_out}不是表格，没有读。")
            self._left_out = ""

    def _open_line(self, number: int) -> None:
        self._place = number
        self._read()

    def _take_sheet(self, name: str) -> None:
        """Read another sheet of the workbook."""
        self._queue[self._place] = replace(self._queue[self._place], sheet_name=name)
        self._read()

    def _offer_places(self) -> None:
        if self._judged is not None:
            self._places.offer(self._judged.unknown_places)

    def _places_created(self) -> None:
        if self._judged is not None:
            self._judge_again(self._judged.preview.update)

    def _read(self) -> None:
        """Read the file that is next, or say why it cannot be read."""
        self._judged, self._verdict, self._learned, self._found = None, None, {}, None
        source = self._queue[self._place]
        if not source.kind:
            self._cannot_read(unrecognised(source))
            return
        self._work.run(
            "正在读表、核对每一行",
            partial(judge, self._intake, source),
            self._show_read,
            self._cannot_read,
            can_stop=True,
        )

    def _show_read(self, judged: Judged) -> None:
        self._judged, self._found = judged, judged.preview.sheet.columns
        if judged.needs_joining:
            self._look_at_columns()
        else:
            self._show_rows(judged)
        self._say_left_out()

    def _cannot_read(self, error: BaseException) -> None:
        source = self._queue[self._place]
        self._show_step(QUEUE if self._several.active else FILES)
        self._work.say("danger", f"“{source.path.name}”没有读成。", sentence_of("读表", error))

    def _go_on(self) -> None:
        """Leave this file: back to the list of several."""
        self._work.hush()
        self._several.survey()

    def _step_back(self) -> None:
        if self._several.active:
            self._several.show()
        else:
            self._start_over()

    def _look_at_columns(self) -> None:
        if self._judged is not None and self._found is not None:
            self._work.hush()
            self._columns.show_columns(self._judged.preview.sheet.columns, self._judged.examples, self._found)
            self._show_step(COLUMNS)

    def _take_columns(self, columns: ColumnMap, learned: dict[str, str]) -> None:
        if self._judged is None:
            return
        if columns == self._judged.preview.sheet.columns and not self._judged.preview.sheet.issues:
            self._show_rows(self._judged)
            return
        self._learned = learned
        self._judge(self._judged.preview.update, columns, learned)

    def _judge_again(self, update: bool) -> None:
        if self._judged is not None:
            self._judge(update, self._judged.preview.sheet.columns, {})

    def _judge(self, update: bool, columns: ColumnMap, learned: dict[str, str]) -> None:
        job = partial(judge, self._intake, self._queue[self._place], update=update, columns=columns, learned=learned)
        self._work.run("正在核对每一行", job, self._show_rows, can_stop=True)

    def _show_rows(self, judged: Judged) -> None:
        self._judged = judged
        if not self._refresh:
            self._work.hush()
        self._refresh = False
        self._rows.show_judged(judged, self._learned)
        self._show_step(ROWS)

    def _import(self) -> None:
        if self._judged is not None:
            self._work.hush()
            job = partial(_confirm, self._intake, self._judged)
            self._work.run("正在导入", job, self._show_result, self._not_imported, can_stop=True)

    def _show_result(self, verdict: Verdict) -> None:
        if self._judged is None:
            return
        self._verdict = verdict
        self._several.mark(self._place, verdict)
        self._result.show_verdict(self._judged, verdict, self._following())
        self._show_step(RESULT)
        if verdict.batch is not None:
            self._host.note_saved()

    def _not_imported(self, error: BaseException) -> None:
        self._work.say("danger", "没有导入，资料没有动。", sentence_of("导入", error))
        if isinstance(error, InputError) and self._judged is not None:
            # A colleague stored something meanwhile: show the verdict as it is now, under the sentence.
            self._refresh = True
            self._judge_again(self._judged.preview.update)

    def _undo(self) -> None:
        if self._verdict is not None and self._verdict.batch is not None:
            self._work.run("正在撤销", partial(_undo, self._intake, self._verdict.batch), self._show_undone)

    def _show_undone(self, _label: str) -> None:
        if self._judged is None or self._verdict is None:
            return
        stored = self._verdict.accepted - self._judged.stored_already
        self._several.mark(self._place)
        self._work.hush()
        self._result.show_undone(self._judged.preview.sheet.spec.title, stored, self._following())
        self._host.note_saved()

    def _after_result(self, asked: str) -> None:
        steps = {"refused": self._save_refused, "undo": self._undo, "next": self._go_on, "again": self._start_over}
        steps[asked]()

    def _save_refused(self) -> None:
        if self._judged is not None:
            self._saving.save_refused(self._judged)

    def _show_step(self, step: int) -> None:
        self._trail.set_current(_TRAIL.get(step, step))
        names = self._judged.preview.sheet.sheet_names if self._judged is not None else ()
        shown = self._judged.preview.sheet.sheet_name if self._judged is not None else ""
        self._sheets.show_sheets(names if step in (COLUMNS, ROWS) else (), shown)
        self._steps.setCurrentIndex(step)
        self._title.setText(self._heading() if step else "导入表格")
        self._steps.currentWidget().setFocus()

    def _heading(self) -> str:
        if self._steps.currentIndex() == QUEUE:
            return f"导入{len(self._queue)}张表"
        source = self._queue[self._place]
        title = self._intake.kinds.get(source.kind, "")
        count = f"（第{self._place + 1}张，共{len(self._queue)}张）" if len(self._queue) > 1 else ""
        return f"导入{title}  {source.path.name}{count}"

    def _following(self) -> str:
        """Return where the way leads after this file: '' where it is the only one."""
        return TO_LIST if self._several.active else ""

    def _start_over(self) -> None:
        self._queue, self._judged, self._verdict = [], None, None
        self._several.begin(())
        self._work.hush()
        self._show_step(FILES)


def _confirm(intake: IntakeService, judged: Judged, context: JobContext) -> Verdict:
    return intake.confirm(judged.preview, context)


def _undo(intake: IntakeService, batch: str, _context: JobContext) -> str:
    return intake.undo(batch)
