"""检查资料: is the file whole, do its records fit together, and are the derived rows those the records ask for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass

from sqlmodel import Session

from desktop.store.engine import connect
from desktop.store.faults import file_faults
from desktop.store.models import count_living, record_models
from desktop.store.unit import Store


@dataclass(frozen=True)
class CheckLine:
    """One thing looked at: a stable *code*, a sentence, whether it is in order, and how many rows are concerned."""

    code: str
    message: str
    ok: bool
    count: int = 0


Check = Callable[[Session], CheckLine]
"""A slice's own look at its records."""


def check_file(store: Store, data_key: bytes, checks: Sequence[Check] = ()) -> list[CheckLine]:
    """Return one line per thing looked at; nothing is changed."""
    lines: list[CheckLine] = []
    with file_faults("检查资料"), closing(connect(store.path, data_key)) as raw:
        pages = raw.execute("PRAGMA cipher_integrity_check").fetchall()
        lines.append(_line("pages", "文件每一页的加密校验", len(pages)))
        if pages:
            return lines  # whatever is read from torn pages says nothing more
        verdicts = [row[0] for row in raw.execute("PRAGMA integrity_check").fetchall()]
        lines.append(_line("structure", "文件结构", 0 if verdicts == ["ok"] else len(verdicts)))
        loose = raw.execute("PRAGMA foreign_key_check").fetchall()
        lines.append(_line("references", "记录之间的联系", len(loose)))
    with store.reading() as session:
        lines.extend(check(session) for check in checks)
    return lines


def counts(store: Store) -> dict[str, int]:
    """Return how many living records each table holds."""
    with store.reading() as session:
        return {str(model.__tablename__): count_living(session, model) for model in record_models()}


def _line(code: str, what: str, bad: int) -> CheckLine:
    return CheckLine(code, f"{what}：{'完好' if not bad else f'有{bad}处不对'}", not bad, bad)
