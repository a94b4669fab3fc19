"""The report of the last month as files: written into a chosen folder at the first start of a new month, or at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.foundation.days import Period
from desktop.foundation.errors import InputError, machine_faults
from desktop.foundation.jobs import JobContext
from desktop.foundation.settings import Settings
from desktop.register.rights import Right
from desktop.register.ui.saying import sentence_of
from desktop.shell.workbench import Workbench
from desktop.store.files import write_atomically

if TYPE_CHECKING:
    from desktop.shell.main_window import MainWindow

_NOT_IN_NAMES = str.maketrans(dict.fromkeys('\\/:*?"<>|\r\n\t', "_"))
"""What Windows allows in no file name; a committee may be called like that all the same."""


def export_last_month(window: MainWindow) -> None:
    """Write last month's report if a folder is chosen and it has not been written; let *window* say how it went."""
    settings = window.settings()
    if not is_due(window.bench, settings):
        return

    def done(exported: Exported) -> None:
        window.change_settings(month_exported=exported.period)
        window.say(exported.sentence)

    def failed(error: BaseException) -> None:
        sentence = sentence_of("存上个月的报表", error)
        window.say(f"{sentence}下次打开程序再试，也可以到“设置”里换文件夹。")

    window.runner.start(export_job(window.bench, Path(settings.month_folder)), done=done, failed=failed)


@dataclass(frozen=True)
class Exported:
    """What was written for which month; *period* is its text, as settings keep it."""

    period: str
    title: str
    files: tuple[Path, ...]

    @property
    def sentence(self) -> str:
        """Return what the window says about it."""
        return f"{self.title}的报表已存到“{self.files[0].parent.name}”：{'、'.join(file.name for file in self.files)}。"


def last_month(bench: Workbench) -> Period:
    """Return the last of the committee's reporting months that is over."""
    return bench.reports.rule().finished_before(bench.clock.today())


def is_due(bench: Workbench, settings: Settings) -> bool:
    """Return whether last month has still to be written: a folder is chosen, the role may export, none was made."""
    if not settings.month_folder or not bench.officer.may(Right.EXPORT):
        return False
    return settings.month_exported != last_month(bench).text


def export_job(bench: Workbench, folder: Path) -> Callable[[JobContext], Exported]:
    """Return the job that writes last month's report into *folder* as PDF and workbook.

    It raises InputError if the folder lies in the data's own, EnvironmentFailure if it is not there or cannot be
    written; files of the same name are replaced.
    """

    def export(context: JobContext) -> Exported:
        own = bench.store.data_folder.resolve()
        if own in (folder.resolve(), *folder.resolve().parents):
            raise InputError("报表不能放在资料自己的文件夹里，请选别的文件夹。")
        period = last_month(bench)
        content = bench.reports.content(period)
        context.check()
        committee = bench.people.profile().name.translate(_NOT_IN_NAMES)
        stem = f"{committee} {content.title}工作{content.kind}"
        paper, sheet = folder / f"{stem}.pdf", folder / f"{stem}.xlsx"
        pdf = bench.reports.pdf(content)
        context.check()
        with machine_faults("存报表"):
            write_atomically(paper, pdf)
        bench.reports.write_xlsx(content, sheet)
        return Exported(period.text, f"{content.title}{content.kind}", (paper, sheet))

    return export
