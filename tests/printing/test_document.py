"""Declaring a document must cost nothing: slices do it while the login window waits."""

import subprocess
import sys
from datetime import date

import pytest

from desktop.printing.document import Fields, Paragraph, RecoverySheet, Sheet, Table


def test_declaring_documents_does_not_load_reportlab():
    code = (
        "import sys, desktop.printing, desktop.printing.document\n"
        "print([name for name in sys.modules if name.split('.')[0] in {'reportlab', 'pypdfium2', 'PIL'}])"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"


@pytest.mark.parametrize("count", [0, 7, 9])
def test_a_recovery_page_with_too_few_or_too_many_groups_is_refused(count):
    with pytest.raises(ValueError, match="eight"):
        RecoverySheet("幸福里社区居民委员会", ("12345",) * count, date(2026, 6, 30), "R-1")


def test_nothing_personal_shows_in_the_repr_of_a_document():
    sheet = Sheet("档案", (Fields((("姓名", "孔志远"),)), Table(("姓名",), (("孔志远",),)), Paragraph("孔志远")))
    recovery = RecoverySheet("幸福里社区居民委员会", ("40717",) * 8, date(2026, 6, 30), "R-1")
    assert "孔志远" not in repr(sheet)
    assert "40717" not in repr(recovery)
