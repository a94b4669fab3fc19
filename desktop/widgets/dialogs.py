"""The few dialogs there are, none of which blocks: an error, a question, choosing a file."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, Qt, QTranslator
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QWidget

from desktop.foundation.errors import AppError
from desktop.foundation.logs import frames_without_values
from desktop.foundation.paths import resource
from desktop.widgets.icons import icon_pixmap
from desktop.widgets.theme import scaled

log = logging.getLogger(__name__)

UNEXPECTED = "程序遇到意外问题，数据没有改动。请再试一次；还是不行，请把“显示详细信息”里的内容抄给维护人员。"


def load_translations(app: QApplication) -> bool:
    """Make Qt's own buttons and dialogs speak Chinese; call before the first dialog."""
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    translator = QTranslator(app)
    try:
        loaded = translator.load(str(resource("i18n/qtbase_zh_CN.qm")))
    except FileNotFoundError:
        loaded = translator.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    if not loaded:
        log.warning("Qt's Chinese texts are missing")
        return False
    return app.installTranslator(translator)


def show_error(parent: QWidget | None, doing: str, error: BaseException) -> QMessageBox:
    """Say that *doing* failed and what to do; never blocks. The dialog is returned for tests."""
    log.error("%s failed: %s", doing, frames_without_values(error))
    expected = isinstance(error, AppError)
    box = _box(parent, doing, str(error) if expected else UNEXPECTED, "warning")
    if not expected:
        # Type and frames only: the message may hold a name or a number.
        box.setDetailedText(frames_without_values(error))
    box.addButton("知道了", QMessageBox.ButtonRole.AcceptRole)
    box.open()
    return box


def ask(  # noqa: PLR0917  the order in which one would say it
    parent: QWidget | None, title: str, text: str, yes: str, no: str, callback: Callable[[bool], None]
) -> QMessageBox:
    """Ask with two verbs as buttons; *callback* gets True for *yes*, False for *no* or Esc. Never blocks."""
    box = _box(parent, title, text, "info")
    agreed = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
    refused = box.addButton(no, QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(agreed)
    box.setEscapeButton(refused)
    box.finished.connect(lambda _code: callback(box.clickedButton() is agreed))
    box.open()
    return box


def choose_file(
    parent: QWidget | None,
    title: str,
    callback: Callable[[Path], None],
    *,
    patterns: Sequence[str] = (),
    folder: Path | None = None,
) -> QFileDialog:
    """Let the user choose an existing file; *callback* gets it. Patterns read like 表格 (*.xlsx *.xls *.csv)."""
    dialog = _chooser(parent, title, callback, patterns, folder)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setLabelText(QFileDialog.DialogLabel.Accept, "选这个文件")
    dialog.open()
    return dialog


def choose_files(
    parent: QWidget | None,
    title: str,
    callback: Callable[[list[Path]], None],
    *,
    patterns: Sequence[str] = (),
    folder: Path | None = None,
) -> QFileDialog:
    """Let the user choose one or more existing files; *callback* gets them in the order they are listed."""
    dialog = _chooser(parent, title, _nothing, patterns, folder)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.setLabelText(QFileDialog.DialogLabel.Accept, "选这些文件")
    dialog.filesSelected.connect(lambda chosen: callback([Path(one) for one in chosen]))
    dialog.open()
    return dialog


def choose_folder(
    parent: QWidget | None, title: str, callback: Callable[[Path], None], *, folder: Path | None = None
) -> QFileDialog:
    """Let the user choose a folder; *callback* gets it."""
    dialog = _chooser(parent, title, callback, (), folder)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.setLabelText(QFileDialog.DialogLabel.Accept, "选这个文件夹")
    dialog.open()
    return dialog


def choose_save(
    parent: QWidget | None,
    title: str,
    name: str,
    callback: Callable[[Path], None],
    *,
    patterns: Sequence[str] = (),
    folder: Path | None = None,
) -> QFileDialog:
    """Let the user choose where to save a new file called *name*; an existing one is asked about first."""
    dialog = _chooser(parent, title, callback, patterns, folder)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    dialog.setDefaultSuffix(Path(name).suffix.lstrip("."))
    dialog.selectFile(name)
    dialog.setLabelText(QFileDialog.DialogLabel.Accept, "存到这里")
    dialog.open()
    return dialog


def _box(parent: QWidget | None, title: str, text: str, icon_name: str) -> QMessageBox:
    box = QMessageBox(parent)
    box.setWindowTitle(title)
    ink = "warning" if icon_name == "warning" else "accent"
    box.setIconPixmap(icon_pixmap(icon_name, scaled(40), ink, box.devicePixelRatioF()))
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(title)
    box.setInformativeText(text)
    return box


def _chooser(
    parent: QWidget | None,
    title: str,
    callback: Callable[[Path], None],
    patterns: Sequence[str],
    folder: Path | None,
) -> QFileDialog:
    dialog = QFileDialog(parent, title, str(folder or Path.home()))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.resize(scaled(760), scaled(460))
    # The system's dialog speaks the system's language and cannot be tested; ours speaks Chinese everywhere.
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    if patterns:
        dialog.setNameFilters(list(patterns))
    dialog.fileSelected.connect(lambda chosen: callback(Path(chosen)))
    return dialog


def _nothing(_path: Path) -> None:
    """Leave the single file alone: all of them come together."""
