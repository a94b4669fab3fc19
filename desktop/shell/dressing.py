"""The application object and what it wears: fonts, theme, its icon, Qt's own texts in Chinese."""

from __future__ import annotations

import sys

from PySide6.QtCore import QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from desktop.foundation.paths import resource
from desktop.widgets.theme import Appearance, appearance, apply_theme, load_fonts


def dress(app: QApplication, chosen: Appearance) -> None:
    """Give *app* the program's fonts, theme, icon and Qt's Chinese texts; what it wears already costs nothing."""
    if not app.property("dressed"):
        app.setProperty("dressed", True)  # noqa: FBT003  Qt takes the value by place
        load_fonts()
        # Qt's own texts are first needed by a dialog; loading them or a picture would keep the first paint waiting.
        # The second turn of the event loop: a timer of the first runs out before the window is painted.
        QTimer.singleShot(0, app, lambda: QTimer.singleShot(0, app, lambda: _finish(app)))
    elif appearance() == chosen:
        return
    apply_theme(app, chosen)


def _finish(app: QApplication) -> None:
    from desktop.widgets.dialogs import load_translations  # noqa: PLC0415  with the classes of every dialog

    app.setWindowIcon(QIcon(str(resource("icons/juwei.ico"))))
    load_translations(app)


def application() -> QApplication:
    """Return the one application object, made if there is none yet."""
    found = QApplication.instance()
    if isinstance(found, QApplication):
        app = found
    else:
        app = QApplication([*sys.argv[:1], "-style", "fusion"])
        app.setProperty("fusion", True)  # noqa: FBT003  see apply_theme
    app.setApplicationName("居委工作台")
    app.setDesktopFileName("juwei-workbench")
    return app
