"""The program's own installers: which file is one, of which version, and whether all of it is there."""

from __future__ import annotations

import sys
from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass
from pathlib import Path

from desktop import __version__
from desktop.foundation.errors import AppError, InputError, machine_faults
from desktop.foundation.jobs import JobContext
from desktop.safekeeping import installer_kinds as kinds

FOLDER = "_installer"
"""Where the setups keep a copy of themselves, inside the folder of the installed program."""
PATTERN = "居委工作台的安装包 (*.exe *.run *.deb)"
_NONE = "这不是居委工作台的安装包。要找的文件叫 {names} 这样的名字，是装这个程序时用的那一个。"
_TORN = "这个安装包不完整或坏了，电脑坏了的时候会装不上。请向给您安装包的人再要一份。"
_OTHER = "这是 {found} 版的安装包，这台电脑上的程序是 {own} 版。请找 {own} 版的。"


@dataclass(frozen=True)
class Kind:
    """One sort of installer: what its file is called, where it goes, what to do with it, and how it is checked."""

    name: str
    systems: str
    start: str
    version: Callable[[Path], str]
    is_whole: Callable[[Path, JobContext], bool]


KINDS = (
    Kind(
        "JuweiWorkbench-{version}.exe",
        "Windows 10、11",
        "双击“{name}”，一路按“下一步”；出现蓝色窗口的，点“更多信息”再点“仍要运行”",
        kinds.setup_version,
        kinds.setup_is_whole,
    ),
    Kind(
        "juwei-workbench-{version}.run",
        "统信、麒麟、Debian、Ubuntu",
        "在文件夹的空白处按右键选“在终端中打开”，输入 sh {name} 再按回车",
        kinds.run_version,
        kinds.run_is_whole,
    ),
    Kind(
        "juwei-workbench_{version}_amd64.deb",
        "统信、麒麟、Debian、Ubuntu",
        "双击“{name}”，按提示安装（要管理员密码）",
        kinds.deb_version,
        kinds.deb_is_whole,
    ),
)


@dataclass(frozen=True)
class Installer:
    """One installer of this program; *bytes* is the size of its file."""

    path: Path
    kind: Kind
    version: str
    bytes: int

    @property
    def name(self) -> str:
        """Return what its file is called on a stick, whatever it is called here."""
        return self.kind.name.format(version=self.version)

    @property
    def start(self) -> str:
        """Return what to do with it, as a step on paper."""
        return self.kind.start.format(name=self.name)


class TornInstaller(InputError):
    """An installer of ours that is not whole any more."""

    def __init__(self, path: Path) -> None:
        super().__init__(_TORN)
        self.path = path


def names(version: str = __version__) -> list[str]:
    """Return what installers of *version* are called, to be looked for."""
    return [kind.name.format(version=version) for kind in KINDS]


def recognise(path: Path, *, version: str = __version__) -> Installer:
    """Return the installer *path* is, by its head alone, which is quick.

    Raises InputError if it is none of this program, or of another version than *version*; EnvironmentFailure.
    """
    with machine_faults("查看安装包"):
        found = next(((kind, said) for kind in KINDS if (said := kind.version(path))), None)
        if found is None:
            raise InputError(_NONE.format(names="、".join(names(version))))
        if found[1] != version:
            raise InputError(_OTHER.format(found=found[1], own=version))
        return Installer(path, *found, path.stat().st_size)


def check_whole(installer: Installer, context: JobContext) -> None:
    """Read all of *installer* and compare it with the checksum it carries.

    Raises TornInstaller if it is not whole, EnvironmentFailure if it cannot be read, JobCancelled.
    """
    with machine_faults("核对安装包"):
        if not installer.kind.is_whole(installer.path, context):
            raise TornInstaller(installer.path)


def program_folder() -> Path | None:
    """Return the folder of the installed program; None for one that was not installed."""
    return Path(sys.executable).resolve().parent if getattr(sys, "frozen", False) else None


def first_of(places: Iterable[Path], *, version: str = __version__, passing: Container[Path] = ()) -> Installer | None:
    """Return the first of *places* (a file, or a folder to look into) that is an installer of *version*.

    The files *passing* are passed over.
    """
    for place in places:
        try:
            files = sorted(place.iterdir()) if place.is_dir() else [place]
        except OSError:
            continue  # pulled out, or not ours to read
        for file in files:
            if file in passing:
                continue
            try:
                return recognise(file, version=version)
            except (AppError, OSError):
                continue
    return None
