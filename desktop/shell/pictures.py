"""Pages drawn into pictures without a screen, for manuals, checks and support."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QEvent, QIODevice, QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QWidget

from desktop.foundation.errors import InputError, machine_faults
from desktop.foundation.settings import Settings
from desktop.shell.dressing import application, dress
from desktop.shell.entry import EntryWindow
from desktop.widgets.theme import Appearance

if TYPE_CHECKING:
    from desktop.shell.workbench import Workbench

LOGIN = "登录"
_NO_SCREEN = "This plugin does not support propagateSizeHints()"
"""What Qt says of every window it shows without a screen; nobody who asked for a picture wants to read it."""


def draw_tab(
    bench: Workbench,
    tab: str,
    file: Path,
    *,
    size: tuple[int, int] = (1366, 768),
    large: bool = False,
    contrast: bool = False,
) -> None:
    """Draw the tab or view called *tab* into the picture *file*, without a screen.

    Raises InputError naming the tabs there are, EnvironmentFailure if the picture cannot be written.
    """
    with _quiet():
        _draw_tab(bench, tab, file, size, large=large, contrast=contrast)
        # Here and now: a search for circles on another thread would end widgets there, and Qt would wait for ever.
        gc.collect()


@contextmanager
def _quiet() -> Iterator[None]:
    """Leave out what Qt says for want of a screen, and nothing else."""

    def pass_on(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
        if text == _NO_SCREEN:
            return
        if callable(before):
            before(kind, context, text)
        elif sys.stderr is not None:
            sys.stderr.write(f"{text}\n")

    before = qInstallMessageHandler(pass_on)
    try:
        yield
    finally:
        qInstallMessageHandler(before)


def _draw_tab(
    bench: Workbench, tab: str, file: Path, size: tuple[int, int], *, large: bool, contrast: bool
) -> None:  # fmt: skip
    from desktop.shell.main_window import MainWindow  # noqa: PLC0415

    if QApplication.instance() is None:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    dress(application(), Appearance(large=large, contrast=contrast))
    settings = Settings(large_type=large, high_contrast=contrast)
    main = MainWindow(bench, settings, _forget)
    try:
        names = [*main.tab_names(), LOGIN]
        if tab not in names:
            raise InputError(f"没有“{tab}”这一页。有这些：{'、'.join(names)}。")
        if tab != LOGIN:
            main.setFixedSize(*size)
            main.show()
            main.show_tab(tab)
            main.settle()
            _write_picture(main, file)
    finally:
        main.close()
        let_go(main)
    if tab == LOGIN:
        _draw_login(bench, file, size, settings)


def _draw_login(bench: Workbench, file: Path, size: tuple[int, int], settings: Settings) -> None:
    from desktop.shell.lunar import lunar_text  # noqa: PLC0415

    folder = bench.store.data_folder
    entry = EntryWindow(folder, bench.clock, _no_entry, settings, _forget)
    try:
        entry.look()
        entry.login.set_lunar(lunar_text(bench.clock.today()))
        entry.setFixedSize(*size)
        entry.show()
        QApplication.processEvents()
        _write_picture(entry, file)
    finally:
        entry.close()
        let_go(entry)


def let_go(window: QWidget) -> None:
    """Delete a closed *window* now: without an event loop nobody else would, and the next picture would wait for it."""
    window.deleteLater()
    QApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete.value)


def _write_picture(window: QWidget, file: Path) -> None:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    window.grab().save(buffer, "PNG")
    with machine_faults("保存图片"):
        file.write_bytes(buffer.data().data())


def _forget(_settings: Settings) -> None:
    """Keep nothing: a picture leaves no settings behind."""


def _no_entry(_slot_id: str, _secret: str) -> object:
    raise InputError("图片里不能登录。")
