"""Which of the files PyInstaller gathers belong into the frozen program, and what Windows shows of the program."""

from __future__ import annotations

import re
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

# Qt brings what a drawn, offline program of widgets never loads; of its translations only Chinese is ours.
_UNWANTED = re.compile(
    r"(lib)?Qt6(Qml|Quick|VirtualKeyboard|Egl|EGL|WlShell|Wayland|OpenGL|Network|Pdf|Test|Sql|Designer|Help|LabsQml)"
    r"|/plugins/(wayland|egldevice|generic|networkinformation|tls|qmltooling|sqldrivers|designer|styles/qmodern)"
    r"|/plugins/platforminputcontexts/.*virtualkeyboard"
    r"|/plugins/platforms/(lib)?q(eglfs|linuxfb|minimal|minimalegl|vnc|vkkhrdisplay|wayland|direct2d)"
    r"|/plugins/imageformats/(lib)?q(pdf|tiff|tga|wbmp|icns|gif|webp)"
    r"|/plugins/platformthemes/libqgtk3|xcbglintegrations|opengl32sw|D3Dcompiler|d3dcompiler"
    r"|PIL/_avif|libavif-"
    r"|__pycache__"
)
_TRANSLATION = re.compile(r"PySide6/.*translations/")

# Of the libraries PyInstaller finds on the Linux computer it runs on, those the program brings along: Python's own, and
# the small ones around xcb that many a desktop lacks. Fonts, keyboard, printing, drivers and glibc stay the system's;
# copies made for another version of them would not go with its settings.
_BROUGHT = re.compile(
    r"^lib(python3|crypto|ffi|bz2|lzma|sqlite3|Qt6|icu|pyside6|shiboken6"
    r"|xcb-(cursor|icccm|image|keysyms|render-util|util))[-.\w]*\.so"
)
# What a package brings for itself carries a mark of its content in its name; all others came from the computer.
_FROM_THE_SYSTEM = re.compile(r"^lib(?![^/]*-[0-9a-f]{8}\.so)[^/]*\.so[.\d]*$")


_BUILD_ONLY = {"altgraph", "macholib", "packaging", "pefile", "pip", "pyinstaller", "pyinstaller-hooks-contrib",
               "pywin32-ctypes", "setuptools"}  # fmt: skip
_LICENCE = re.compile(r"(LICEN[CS]E|COPYING|NOTICE|AUTHORS)", re.IGNORECASE)


def is_wanted(name: str) -> bool:
    """Return whether the file *name*, seen from the frozen folder, belongs into the program."""
    path = name.replace("\\", "/")
    if _TRANSLATION.search(path):
        return False  # resources/i18n has the one we show
    if _FROM_THE_SYSTEM.match(path) and not _BROUGHT.match(path):
        return False
    return not _UNWANTED.search(path)


def licence_files() -> list[tuple[str, str]]:
    """Return the licences of every package that goes into the program, each with the folder it is put in."""
    found = []
    for package in distributions():
        name = package.metadata["Name"].lower()
        if name in _BUILD_ONLY:
            continue
        for file in package.files or ():
            named = any(_LICENCE.match(part) for part in file.parts[1:])
            if named and file.suffix.lower() in ("", ".txt", ".md", ".rst"):
                found.append((str(file.locate()), f"licences/{name}"))
    return found


def version_of(root: Path) -> str:
    """Return the one version number, as desktop/__init__.py under *root* says it."""
    found = re.search(r'^__version__ = "([^"]+)"$', (root / "desktop" / "__init__.py").read_text("utf-8"), re.MULTILINE)
    if found is None:
        raise ValueError("desktop/__init__.py names no version")
    return found.group(1)


def four_numbers(version: str) -> tuple[int, int, int, int]:
    """Return *version* as Windows counts: 0.1.0 is (0, 1, 0, 0); what is not a number counts as nothing."""
    first, second, third, *_ = (*map(int, re.findall(r"\d+", version)), 0, 0, 0)
    return first, second, third, 0


def version_resource(root: Path) -> Any:
    """Return what the Windows program says of itself in its properties."""
    from PyInstaller.utils.win32 import versioninfo  # noqa: PLC0415  only where a Windows program is made

    version = version_of(root)
    numbers = four_numbers(version)
    words = {
        "CompanyName": "居委工作台",
        "FileDescription": "居委工作台",
        "FileVersion": version,
        "InternalName": "juwei",
        "LegalCopyright": "MIT",
        "OriginalFilename": "juwei.exe",
        "ProductName": "居委工作台",
        "ProductVersion": version,
    }
    table = versioninfo.StringTable("080404B0", [versioninfo.StringStruct(*pair) for pair in words.items()])
    return versioninfo.VSVersionInfo(
        ffi=versioninfo.FixedFileInfo(filevers=numbers, prodvers=numbers),
        kids=[
            versioninfo.StringFileInfo([table]),
            versioninfo.VarFileInfo([versioninfo.VarStruct("Translation", [0x0804, 1200])]),
        ],
    )
