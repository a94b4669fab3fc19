"""One call of the program: its global options, the password, and signing in."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from desktop.foundation.clock import Clock, SystemClock
from desktop.foundation.errors import InputError, machine_faults

if TYPE_CHECKING:
    from desktop.shell.workbench import Workbench
    from desktop.store.folder import DataFolder


@dataclass(frozen=True)
class Call:
    """The global options of one call; commands find it as the context's object."""

    folder: Path
    staff: str
    clock: Clock = field(default_factory=SystemClock)

    def data_folder(self) -> DataFolder:
        """Return the data folder; it need not exist yet."""
        from desktop.store.folder import DataFolder  # noqa: PLC0415  --help must not wait for the store

        return DataFolder(self.folder)

    @contextmanager
    def signed_in(self) -> Iterator[Workbench]:
        """Sign in as the officer of the call and yield the workbench; raise InputError or EnvironmentFailure."""
        from desktop.app import assemble  # noqa: PLC0415
        from desktop.register.office import opened  # noqa: PLC0415

        folder = self.data_folder()
        ring = folder.current().ring()
        if not self.staff and len(ring.people) != 1:
            raise InputError(f"请用 --as 写明登录人：{'、'.join(slot.name for slot in ring.people)}。")
        slot = ring.named(self.staff) if self.staff else ring.people[0]
        with opened(folder, slot_id=slot.id, secret=password(), clock=self.clock) as found:
            yield assemble(found, self.clock)


def call_of(context: typer.Context) -> Call:
    """Return the call *context* belongs to."""
    call = context.obj
    if not isinstance(call, Call):
        raise TypeError("the program's options were not read")
    return call


def password() -> str:
    """Return the password from the file JUWEI_PASSWORD_FILE names, without one trailing newline, or ask for it."""
    if path := os.environ.get("JUWEI_PASSWORD_FILE"):
        return secret_from(Path(path), "密码文件")
    if not sys.stdin or not sys.stdin.isatty():
        raise InputError("没有密码。请用 JUWEI_PASSWORD_FILE 指一个密码文件，或在命令行窗口里输入。")
    return str(typer.prompt("密码", hide_input=True))


def secret_from(path: Path, what: str) -> str:
    """Return the text of the file *path* (called *what* to the user) without one trailing newline."""
    with machine_faults(f"读取{what}"):
        raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(f"{what}不是 UTF-8 文本，请用记事本另存为 UTF-8。") from None
    return text.removesuffix("\n").removesuffix("\r")
