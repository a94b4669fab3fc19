"""What goes into the frozen program, what stays out, and the one version number."""

from __future__ import annotations

import re

import pytest

import desktop


@pytest.fixture
def parts(script):
    return script("freeze_parts")


@pytest.mark.parametrize(
    "name",
    [
        "PySide6/Qt/lib/libQt6Widgets.so.6",
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6/Qt/plugins/platforms/libqoffscreen.so",
        "PySide6/Qt/plugins/platforminputcontexts/libibusplatforminputcontextplugin.so",
        "PySide6/Qt/plugins/printsupport/libcupsprintersupport.so",
        "PySide6\\plugins\\platforms\\qwindows.dll",
        "PySide6\\plugins\\imageformats\\qico.dll",
        "Qt6Svg.dll",
        "libpython3.11.so.1.0",
        "libcrypto.so.3",
        "libxcb-cursor.so.0",
        "libicudata.so.73",
        "libtiff-20b7e810.so.6.3.0",
        "pillow.libs/libtiff-20b7e810.so.6.3.0",
        "desktop/_resources/fonts/rare-b.ttf.xz",
        "desktop/_resources/i18n/qtbase_zh_CN.qm",
        "desktop/store/migrations/versions/0001_first_schema.py",
    ],
)
def test_what_the_program_uses_stays(parts, name):
    assert parts.is_wanted(name)


@pytest.mark.parametrize(
    "name",
    [
        "PySide6/Qt/lib/libQt6Network.so.6",
        "PySide6/Qt/lib/libQt6Quick.so.6",
        "PySide6/Qt/plugins/tls/libqopensslbackend.so",
        "PySide6/Qt/plugins/platforms/libqvnc.so",
        "PySide6/Qt/plugins/platformthemes/libqgtk3.so",
        "PySide6\\plugins\\networkinformation\\qnetworklistmanager.dll",
        "PySide6\\opengl32sw.dll",
        "Qt6Network.dll",
        "PySide6/Qt/translations/qtbase_de.qm",
        "PIL/_avif.cpython-311-x86_64-linux-gnu.so",
        "libfontconfig.so.1",
        "libX11.so.6",
        "libglib-2.0.so.0",
        "libstdc++.so.6",
        "libgtk-3.so.0",
        "desktop/store/migrations/__pycache__/env.cpython-311.pyc",
    ],
)
def test_what_it_never_loads_and_what_the_system_has_in_its_own_version_does_not(parts, name):
    assert not parts.is_wanted(name)


def test_the_version_is_the_programs_in_four_numbers_for_windows(parts, root):
    assert parts.version_of(root) == desktop.__version__
    assert parts.four_numbers("0.1.0") == (0, 1, 0, 0)
    assert parts.four_numbers("12.3") == (12, 3, 0, 0)
    assert parts.four_numbers("1.2.3.4") == (1, 2, 3, 0)


def test_a_program_without_a_version_is_told(parts, tmp_path):
    (tmp_path / "desktop").mkdir()
    (tmp_path / "desktop" / "__init__.py").write_text("", encoding="utf-8")
    with pytest.raises(ValueError, match="version"):
        parts.version_of(tmp_path)


def test_licences_of_what_goes_along_are_found_and_the_builders_are_not(parts):
    found = parts.licence_files()
    assert {folder for _, folder in found} >= {"licences/sqlalchemy", "licences/pypdfium2", "licences/cryptography"}
    assert not {"licences/pip", "licences/setuptools", "licences/pyinstaller"} & {folder for _, folder in found}


def test_every_path_the_specification_names_exists(root):
    text = (root / "packaging" / "freeze" / "juwei.spec").read_text(encoding="utf-8")
    paths = [
        "/".join(re.findall(r'"([^"]+)"', named)) for named in re.findall(r"str\(ROOT((?: / \"[^\"]+\")+)\)", text)
    ]
    assert len(paths) >= 5
    assert [path for path in paths if not (root / path).exists()] == []


def test_a_program_with_its_kept_installer_beyond_the_limit_is_refused(script, tmp_path, monkeypatch):
    frozen = script("frozen")
    monkeypatch.setattr(frozen, "LIMIT_FOLDER_MB", 1)
    folder, installer = tmp_path / "program", tmp_path / "installer.run"
    folder.mkdir()
    (folder / "part").write_bytes(bytes(700_000))
    installer.write_bytes(bytes(200_000))
    frozen.check_installed(folder, installer)
    installer.write_bytes(bytes(400_000))
    with pytest.raises(script("environment").Stop, match="超过了 1 MB"):
        frozen.check_installed(folder, installer)


def test_symbols_go_from_modules_but_not_from_qt_and_libraries_changed_after_linking(script, tmp_path, monkeypatch):
    frozen, stripped = script("frozen"), []
    names = ("libpython3.11.so.1.0", "sqlcipher3/_sqlite3.so", "python3.11/lib-dynload/_ssl.so",
             "PySide6/QtCore.abi3.so", "pillow.libs/libfreetype.so", "libcrypto.so.3")  # fmt: skip
    for name in names:
        path = tmp_path / "_internal" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    monkeypatch.setattr(frozen.subprocess, "run", lambda command, **_: stripped.append(command[-1].name))
    frozen.strip(tmp_path)
    assert sorted(stripped) == ["_sqlite3.so", "_ssl.so", "libpython3.11.so.1.0"]
