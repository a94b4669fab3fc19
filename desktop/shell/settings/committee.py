"""居委会资料: name, region code, address and telephone as every page prints them; the area's numbers."""

from __future__ import annotations

from functools import partial

from desktop.foundation.errors import InputError
from desktop.foundation.jobs import JobContext
from desktop.foundation.text import fold_width, squeeze
from desktop.register.rules import check_region, region_hint
from desktop.register.ui.page_work import PageWork
from desktop.shell.settings.numbers import NumbersCard
from desktop.shell.settings.section import Section
from desktop.shell.settings.window import SettingsHost
from desktop.shell.workbench import Workbench
from desktop.widgets.buttons import PrimaryButton
from desktop.widgets.fields.text import TextField
from desktop.widgets.grid import FieldGrid
from desktop.widgets.roles import label, row

_REGION_HINT = "12位数字，居民健康档案编号要用。不知道可以先空着。"


class CommitteeSection(Section):
    """The director's; the new name shows in the header after the next sign-in."""

    def __init__(self, bench: Workbench, host: SettingsHost, work: PageWork) -> None:
        super().__init__(bench, host, work)
        self._version = 0
        self._fields = {
            "name": TextField("name", "居委会名称", required=True, limit=100),
            "region": TextField("region", "地区代码", hint=_REGION_HINT, limit=30),
            "address": TextField("address", "地址", limit=200),
            "phone": TextField("phone", "联系电话", limit=40),
        }
        self._fields["region"].left.connect(self._judge_region)
        card = self.add_card("居委会资料")
        grid = FieldGrid(2)
        order = list(self._fields.values())
        for field, following in zip(order, [*order[1:], None], strict=True):
            grid.add(field, 1)
            field.entered.connect(following.focus_editor if following else self._save)
        card.body.addWidget(grid)
        button = PrimaryButton("保存", "save", name="save_committee")
        button.clicked.connect(self._save)
        card.body.addLayout(row(button, 0))
        card.body.addWidget(label("名称会印在每一张表上，请写全称。", "secondary", wrap=True))
        self.numbers = NumbersCard(self)

    def reload(self) -> None:
        """Show what is stored, unless somebody is in the middle of changing it."""
        self.numbers.reload()
        profile = self.bench.people.profile()
        if profile.version == self._version:
            return
        self._version = profile.version
        for name, field in self._fields.items():
            field.set_value(getattr(profile, name))

    def _judge_region(self) -> None:
        region = self._region()
        problems = check_region(region)
        self._fields["region"].set_problem(problems[0].message if problems else "")
        self._fields["region"].set_hint((region_hint(region) if not problems else "") or _REGION_HINT)

    def _region(self) -> str:
        return squeeze(fold_width(self._fields["region"].value()))

    def _save(self) -> None:
        too_long = [field for field in self._fields.values() if field.own_problem()]
        for field in too_long:
            field.set_problem(field.own_problem())
        if too_long:
            too_long[0].focus_editor()
            return
        values = {name: field.value() for name, field in self._fields.items()} | {"region": self._region()}
        self.work.hush()
        self.work.run("正在保存", partial(_save, self.bench, values, self._version), self._saved, self._refused)

    def _saved(self, _none: object) -> None:
        self.reload()
        self.host.note_saved()
        self.work.say("good", "居委会资料已保存。", "窗口上面的名称，下次登录时换。")

    def _refused(self, error: BaseException) -> None:
        if not (isinstance(error, InputError) and error.problems):
            self.work.say_failed(error)
            self.reload()
            return
        texts = {problem.field: problem.message for problem in error.problems}
        for name, field in self._fields.items():
            field.set_problem(texts.get(name, ""))
        next(field for name, field in self._fields.items() if name in texts).focus_editor()


def _save(bench: Workbench, values: dict[str, str], version: int, _context: JobContext) -> None:
    bench.colleagues.change_profile(**values, version=version)
