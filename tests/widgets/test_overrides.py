"""An error inside a Qt override is told, and the process lives."""

from __future__ import annotations

import os
import subprocess
import sys

_PROGRAM = """
import sys
import desktop.widgets
from PySide6.QtWidgets import QApplication, QWidget
class Painted(QWidget):
    __module__ = "desktop.example"
    def paintEvent(self, event):
        [][0]
app = QApplication([])
told = []
sys.excepthook = lambda kind, error, trace: told.append(kind.__name__)
widget = Painted()
widget.show()
try:
    app.processEvents()
    widget.repaint()
except IndexError:
    pass
print(sorted(set(told)))
"""


def test_an_error_raised_by_c_code_while_painting_is_told_and_does_not_end_the_process():
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM], capture_output=True, text=True, timeout=60, check=False,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )  # fmt: skip
    assert (done.returncode, done.stdout.strip()) == (0, "['IndexError']"), done.stderr[-500:]
