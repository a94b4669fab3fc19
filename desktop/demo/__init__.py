"""A sample community to try the program on: invented, believable, made by the program's own services."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from desktop import __version__
from desktop.demo.community import DIRECTOR, PASSWORD, sample_community
from desktop.foundation.clock import Clock, SystemClock
from desktop.foundation.days import month_of
from desktop.foundation.errors import InputError, machine_faults
from desktop.foundation.paths import default_data_folder
from desktop.store.folder import DataFolder

if TYPE_CHECKING:
    from desktop.shell.workbench import Workbench

__all__ = ["demo_folder", "print_month_report", "sample_community", "show_demo"]

TABS = ("今日", "活动日历", "检查记录", "除害投药", "居民住户", "健康服务", "通知告示", "台账报表", "台账")
_MARK = "demo.txt"


def show_demo(pictures: Path | None = None) -> int:
    """Open the window on today's sample community, or draw every tab of it into *pictures*; return the exit status."""
    folder = demo_folder(default_data_folder(), SystemClock())
    _say(f"这是编出来的社区，随便试，不会动真资料。登录人 {DIRECTOR}，密码 {PASSWORD}")
    if pictures is not None:
        return _draw(folder, pictures)
    from desktop.window import open_window  # noqa: PLC0415  Qt only where a window is wanted

    return open_window(folder, staff=DIRECTOR, password=PASSWORD)


def demo_folder(beside: Path, clock: Clock) -> Path:
    """Return the folder of the sample community, next to *beside*, made anew if it is of another day or version.

    Raises InputError if a folder of that name is somebody's own, FileBusy while its window is open.
    """
    folder = beside.with_name(f"{beside.name}-demo")
    mark = folder / _MARK
    label = f"{clock.today().isoformat()} {__version__}\n"
    with machine_faults("准备试用的社区"):
        if folder.exists():
            if not mark.is_file() and any(folder.iterdir()):
                raise InputError(f"文件夹 {folder.name} 里有别的东西，没有动它。请先把它改名。")
            if mark.is_file() and mark.read_text(encoding="utf-8") == label:
                return folder
            with DataFolder(folder).exclusive():
                pass  # a window that is still open keeps its data
            shutil.rmtree(folder)
        folder.mkdir(parents=True)
        mark.write_text("", encoding="utf-8")
    sample_community(DataFolder(folder), clock)
    with machine_faults("准备试用的社区"):
        mark.write_text(label, encoding="utf-8")
    return folder


def _draw(folder: Path, pictures: Path) -> int:
    from desktop.app import assemble  # noqa: PLC0415
    from desktop.register.office import opened  # noqa: PLC0415
    from desktop.window import draw_tab  # noqa: PLC0415

    with machine_faults("新建图片文件夹"):
        pictures.mkdir(parents=True, exist_ok=True)
    clock = SystemClock()
    data = DataFolder(folder)
    slot = data.current().ring().named(DIRECTOR)
    with opened(data, slot_id=slot.id, secret=PASSWORD, clock=clock) as found:
        bench = assemble(found, clock)
        for tab in TABS:
            draw_tab(bench, tab, pictures / f"{tab}.png", size=(1366, 768), large=False, contrast=False)
        report = print_month_report(bench, pictures)
    _say(f"{'、'.join(TABS)}的图片在 {pictures}")
    _say(f"本月的月报印在 {report}")
    return 0


def print_month_report(bench: Workbench, folder: Path) -> Path:
    """Print the current month's report into *folder* and return the file."""
    content = bench.reports.content(month_of(bench.clock.today()))
    file = folder / f"{content.title}工作{content.kind}.pdf"
    with machine_faults("印月报"):
        file.write_bytes(bench.reports.pdf(content))
    return file


def _say(text: str) -> None:
    if sys.stdout is not None:
        sys.stdout.write(text + "\n")
        sys.stdout.flush()
