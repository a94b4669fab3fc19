"""For whom the officer types: switched by menu and header, shown in the header, said in passing."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

from desktop.foundation.errors import AppError
from desktop.widgets.dialogs import show_error

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop.register.service.behalf import BehalfService
    from desktop.shell.header import Header


class BehalfSwitch:
    """Keeps the header's word in step with the service."""

    def __init__(self, behalf: BehalfService, header: Header, say: Callable[[str], None], parent: QWidget) -> None:
        self._behalf, self._header, self._say, self._parent = behalf, header, say, parent
        header.behalf_ended.connect(self.end)

    def start(self, staff_id: UUID, _checked: bool = True) -> None:
        """Type for a colleague from now on; what is being typed already stays as it is."""
        try:
            name = self._behalf.start(staff_id)
        except AppError as error:
            show_error(self._parent, "替别人录入", error)
            return
        self._header.show_behalf(name)
        self._say(f"从现在起替{name}录入：新开的表先写{name}，记录里写明是您代录的。")

    def end(self) -> str:
        """Type for oneself again; return for whom it was until now."""
        name = self._behalf.end()
        self._header.show_behalf("")
        if name:
            self._say(f"不再替{name}录入了，从现在起录您自己的。")
        return name

    def look(self, *, again: bool) -> None:
        """Show for whom it is; *again* asks first whether that colleague is still in office."""
        gone = self._behalf.look() if again else ""
        self._header.show_behalf(self._behalf.chosen())
        if gone:
            self._say(f"{gone}已经不在名单里，从现在起录您自己的。")
