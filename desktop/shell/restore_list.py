"""The list of backups found, for the page 恢复: when, what is in it, by which version, where it lies."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from desktop.register.ui.saying import moment_text
from desktop.safekeeping.found import Found
from desktop.widgets.chips import CellStyle
from desktop.widgets.roles import label
from desktop.widgets.table import DataTable, PagedModel, TableColumn

_NONE = "没有找到备份。插上U盘按“重新找”，或按“选别的文件夹”。"


class RestoreList(DataTable[Found]):
    """Newest first; what cannot be restored is there too, with the reason."""

    def __init__(self) -> None:
        self._found: dict[Path, Found] = {}
        self._paged: PagedModel[Found] = PagedModel(_columns())
        super().__init__(self._paged, "找到的备份")
        self.setObjectName("restore_list")
        self.set_empty_state(label(_NONE, "secondary"))

    def show_found(self, found: Sequence[Found], wanted: Path | None = None) -> None:
        """Show *found*; the one in the folder *wanted* is chosen, else the first that can be restored."""
        self._found = {one.id: one for one in found}
        self._paged.set_source(
            list(self._found), lambda ids: [self._found[one] for one in ids if isinstance(one, Path)]
        )
        usable = [one for one in found if not one.problem and not one.set_aside]
        named = [one for one in found if wanted is not None and one.path == wanted]
        first = next(iter([*named, *usable]), None)
        if first is not None:
            self.select_id(first.id)


def _columns() -> list[TableColumn[Found]]:
    return [
        TableColumn("at", "备份时间", lambda one: moment_text(one.made_at), width=190, style=_look, sortable=False),
        TableColumn("holds", "里面有", lambda one: one.holds, width=0, style=_look, sortable=False),
        TableColumn("program", "程序版本", lambda one: one.program, width=90, style=_look, sortable=False),
        TableColumn("where", "在哪里", lambda one: one.where, width=150, style=_look, sortable=False),
        TableColumn("state", "核对", lambda _one: "", width=130, style=_state, sortable=False),
    ]


def _look(one: Found) -> CellStyle:
    return CellStyle(tone="secondary" if one.problem else "")


def _state(one: Found) -> CellStyle:
    if one.problem:
        return CellStyle(tone="danger", status="不能用")
    if one.carried:
        return CellStyle(tone="accent", status=one.carried)
    return CellStyle(status="" if one.set_aside else "做时已核对")
