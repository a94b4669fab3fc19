"""The computer's clock against the newest record: said at sign-in, going on is allowed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from desktop.foundation.clock import CHINA
from desktop.widgets.dialogs import ask

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop.shell.workbench import Workbench


def compare_clock(bench: Workbench, parent: QWidget, quit_program: Callable[[], object]) -> None:
    """Say it if the clock stands before the newest record, and *quit_program* if somebody wants to mend it first."""
    newest, now = bench.store.newest_step_at(), bench.clock.now()
    if newest is None or newest <= now:
        return
    shown, then = (f"{at.astimezone(CHINA):%Y-%m-%d %H:%M}" for at in (now, newest))
    text = (
        f"电脑现在的时间是 {shown}，比最近一次保存（{then}）还早。"
        "请看看电脑右下角的日期对不对。可以接着用，新内容会按电脑现在的时间记。"
    )

    def decide(going_on: bool) -> None:
        if not going_on:
            quit_program()

    ask(parent, "电脑的时间好像不对", text, "知道了，接着用", "退出程序", decide)
