"""Puts the frozen program into a .deb for administrators and a self-extracting .run for one user."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tarfile
from datetime import UTC, datetime
from pathlib import Path

import freeze_parts
import frozen
import linux_parts
from environment import ROOT, say

LINUX = ROOT / "packaging" / "linux"
ICONS = ROOT / "resources" / "icons"
PROGRAM = "juwei"
SHARED = {
    "applications/juwei-workbench.desktop": LINUX / "juwei-workbench.desktop",
    "mime/packages/juwei-workbench.xml": LINUX / "juwei-workbench.mime.xml",
    "icons/hicolor/scalable/apps/juwei-workbench.svg": ICONS / "juwei.svg",
    "icons/hicolor/scalable/mimetypes/juwei-backup.svg": ICONS / "juwei-backup.svg",
    "icons/hicolor/48x48/apps/juwei-workbench.png": ICONS / "juwei-48.png",
    "icons/hicolor/128x128/apps/juwei-workbench.png": ICONS / "juwei-128.png",
}
"""What a desktop finds the program by, seen from /usr/share or ~/.local/share."""

_CONTROL = """\
Package: juwei-workbench
Version: {version}
Architecture: amd64
Maintainer: Juwei Workbench <workbench@juwei.invalid>
Installed-Size: {kilobytes}
Depends: {depends}
Section: misc
Priority: optional
Description: 居委工作台：居委会的台账、档案和报表
 居民、住户、点位登记一次，活动、检查、除害投药、随访记一次，名单、台账和数字
 都从这里出来。不联网，数据只在自己的电脑上，全部加密。
"""


def build_deb(program: Path, version: str, depends: list[str], out: Path) -> Path:
    """Return the .deb made of the frozen folder *program*."""
    staging = out / "deb"
    shutil.rmtree(staging, ignore_errors=True)
    shutil.copytree(program, staging / "opt" / frozen.NAME, symlinks=True)
    lay_out(staging / "usr" / "share", version)
    (staging / "usr" / "bin").mkdir()
    (staging / "usr" / "bin" / PROGRAM).symlink_to(f"/opt/{frozen.NAME}/{PROGRAM}")
    papers = staging / "usr" / "share" / "doc" / frozen.NAME
    papers.mkdir(parents=True)
    shutil.copy(ROOT / "LICENSE", papers / "copyright")
    scripts = staging / "DEBIAN"
    scripts.mkdir()
    kilobytes = round(frozen.megabytes_of(staging) * 1_000_000 / 1024)
    control = _CONTROL.format(version=version, kilobytes=kilobytes, depends=", ".join(depends))
    (scripts / "control").write_text(control, encoding="utf-8")
    for script in (LINUX / "deb").iterdir():
        shutil.copy(script, scripts / script.name)
    for path in (staging, *staging.rglob("*")):
        if not path.is_symlink():
            runs = path.is_dir() or (path.parent == scripts and path.name != "control") or os.access(path, os.X_OK)
            path.chmod(0o755 if runs else 0o644)
    made = out / f"{frozen.NAME}_{version}_amd64.deb"
    # xz, not zstd: the dpkg of older systems knows only that.
    command: list[str | Path] = ["dpkg-deb", "--root-owner-group", "-Zxz", "-z4", "--build", staging, made]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    shutil.rmtree(staging)
    return made


def lay_out(share: Path, version: str) -> None:
    """Put menu entry, icons, file type and the software centre's data below *share*."""
    for name, source in SHARED.items():
        target = share / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, target)
    about = share / "metainfo" / "org.juwei.workbench.metainfo.xml"
    about.parent.mkdir()
    text = (LINUX / about.name).read_text(encoding="utf-8")
    day = datetime.now(UTC).date().isoformat()
    about.write_text(text.replace("@VERSION@", version).replace("@DATE@", day), encoding="utf-8")


def build_run(program: Path, version: str, out: Path) -> Path:
    """Return the self-extracting installer for one user made of the frozen folder *program*."""
    payload = out / "payload.tar.xz"
    extra = out / "run-extra"
    shutil.rmtree(extra, ignore_errors=True)
    lay_out(extra / "share", version)
    script = (LINUX / "setup.sh").read_text(encoding="utf-8").replace("@VERSION@", version)
    (extra / "setup.sh").write_text(script, encoding="utf-8")
    with tarfile.open(payload, "w:xz", preset=4) as archive:
        archive.add(program, frozen.NAME, filter=_nobody)
        for path in sorted(extra.iterdir()):
            archive.add(path, f"{frozen.NAME}/{path.name}", filter=_nobody)
    content = payload.read_bytes()
    # Old and new lie side by side until the new one has passed its self-test; the installer itself is kept.
    needs = round((frozen.megabytes_of(program) + len(content) / 1_000_000) * 1.1 * 1000)
    values = {"@NEEDS_KB@": needs, "@PAYLOAD@": script.count("\n") + 1, "@SHA256@": hashlib.sha256(content).hexdigest()}
    for mark, value in values.items():
        script = script.replace(mark, str(value))
    made = out / f"{frozen.NAME}-{version}.run"
    made.write_bytes(script.encode() + content)
    made.chmod(0o755)
    payload.unlink()
    shutil.rmtree(extra)
    return made


def _nobody(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = "root"
    return entry


def package() -> Path:
    """Freeze, test, and make both packages; say how large they are and what they ask for. Return the .deb."""
    program = frozen.freeze()
    frozen.self_test(program / PROGRAM)
    floor, why = linux_parts.glibc_floor(program)
    depends = linux_parts.debian_packages(linux_parts.needed(program), floor)
    files = "、".join(sorted(path.name for path in why)[:5])
    say(f"最低要 glibc {floor[0]}.{floor[1]}（因为 {files}）", f"glibc floor {floor[0]}.{floor[1]}")
    version = freeze_parts.version_of(ROOT)
    deb = build_deb(program, version, depends, frozen.OUT)
    run = build_run(program, version, frozen.OUT)
    for made in (deb, run):
        frozen.check_installer(made)
    frozen.check_installed(program, run)
    return deb
