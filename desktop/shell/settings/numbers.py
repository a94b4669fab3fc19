"""辖区基本数字: area, buildings, shops, cleaners, one a line, as of a day; they stand in reports and applications."""

from __future__ import annotations

from datetime import date
from functools import partial

from desktop.foundation.errors import InputError
from desktop.foundation.jobs import JobContext
from desktop.shell.settings.section import Section
from desktop.shell.workbench import Workbench
from desktop.widgets.buttons import PrimaryButton
from desktop.widgets.fields.day import DayField
from desktop.widgets.fields.text import MultilineField
from desktop.widgets.grid import FieldGrid
from desktop.widgets.roles import label, row

_LINES = 8
_HOW = (
    "一行一项：名称 数量 单位，中间空一格。是另一项的一部分，后面写“占 住户”；有目标的写“目标 90”；"
    "数量写—，就从报表里同名的那一行取。"
)
_EXAMPLE = (
    "如：\n面积 0.28 平方公里\n住户 2297 户\n沿街商铺 130 家\n卫生厕所 2200 户 占 住户 目标 90\n"
    "居民健康知识知晓率 — % 目标 75"
)
_ABOUT = "印在月报、年报的“辖区基本情况”里，申报时写进申请书。改了从“截至”那天起用，以前的报表还用以前的数。"


class NumbersCard:
    """One card of *section*, the director's; what is typed stays until it is stored."""

    def __init__(self, section: Section) -> None:
        self.bench, self.host, self.work = section.bench, section.host, section.work
        self._shown = ""
        self._day = DayField("as_of", "截至", required=True, today=self.bench.clock.today)
        self._text = MultilineField("numbers", "基本数字", lines=_LINES, hint=_HOW, placeholder=_EXAMPLE, limit=8000)
        card = section.add_card("辖区基本数字")
        grid = FieldGrid(2)
        grid.add(self._text, 2)
        grid.add(self._day, 1)
        card.body.addWidget(grid)
        button = PrimaryButton("保存", "save", name="save_numbers")
        button.clicked.connect(self._save)
        card.body.addLayout(row(button, 0))
        card.body.addWidget(label(_ABOUT, "secondary", wrap=True))

    def reload(self) -> None:
        """Show what is stored, unless somebody is in the middle of changing it."""
        if self._text.value() != self._shown:
            return
        stored = self.bench.profile_numbers.current()
        self._shown = stored.text if stored else ""
        self._text.set_value(self._shown)
        if self._day.value() is None:
            self._day.set_value(self.bench.clock.today())

    def _save(self) -> None:
        for field in (self._text, self._day):
            field.set_problem(field.own_problem())
        if self._text.problem() or self._day.problem():
            return
        day = self._day.value()
        work = partial(_store, self.bench, day if isinstance(day, date) else None, str(self._text.value()))
        self.work.hush()
        self.work.run("正在保存", work, self._saved, self._refused)

    def _saved(self, _none: object) -> None:
        self._shown = str(self._text.value())
        self.reload()
        self.host.note_saved()
        self.work.say("good", "辖区基本数字已保存。", "下一次出报表就用这些数。")

    def _refused(self, error: BaseException) -> None:
        if not (isinstance(error, InputError) and error.problems):
            self.work.say_failed(error)
            return
        for field in (self._text, self._day):
            field.set_problem("\n".join(one.message for one in error.problems if one.field == field.name))
        (self._text if self._text.problem() else self._day).focus_editor()


def _store(bench: Workbench, as_of: date | None, text: str, _context: JobContext) -> None:
    bench.profile_numbers.change(as_of, text)
