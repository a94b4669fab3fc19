"""Where the fonts come from: five Debian packages and two npm packages, each held to a recorded SHA-256."""

from __future__ import annotations

import hashlib
import subprocess
from dataclasses import dataclass
from pathlib import Path


class SourceError(Exception):
    """A package could not be fetched, or is not the one that was recorded."""


@dataclass(frozen=True)
class Source:
    """One package: its *name* at its registry, the file it arrives as, and that file's SHA-256."""

    name: str
    file_name: str
    sha256: str
    # (glob below the unpacked package, name of the licence file to write); several globs are joined in this order.
    licence: tuple[tuple[str, ...], str] | None

    @property
    def is_npm(self) -> bool:
        """Return whether npm fetches it (else apt-get does)."""
        return self.file_name.endswith(".tgz")


SERIF = Source(
    "@expo-google-fonts/noto-serif-sc@0.4.3",
    "expo-google-fonts-noto-serif-sc-0.4.3.tgz",
    "ff6bcf5ba68d92dfecc05544bb150f9e724741a932354a0dd97e7289c40a3f5e",
    (("package/LICENSE_FONT",), "noto-serif-sc-OFL.txt"),
)
SANS = Source(
    "@expo-google-fonts/noto-sans-sc@0.4.3",
    "expo-google-fonts-noto-sans-sc-0.4.3.tgz",
    "0d69d0f4971d2ff574e3d93cbc218dc950bf3f3f8f8e2c008d97687ed53aee59",
    (("package/LICENSE_FONT",), "noto-sans-sc-OFL.txt"),
)
WENKAI = Source(
    "fonts-lxgw-wenkai",
    "fonts-lxgw-wenkai_1.250+repack-1_all.deb",
    "6d1e4c4aac78ad32062aefa2c836ee4d6e58f9dcf8b3f4407c9eefe304615318",
    (("usr/share/doc/*/copyright",), "lxgw-wenkai-OFL.txt"),
)
HANAZONO = Source(
    "fonts-hanazono",
    "fonts-hanazono_20170904-2.1_all.deb",
    "a6943366b4f5a6cec34221f8b4eb22555a628f0ee6ef4e3d3401cabe9363aeae",
    (("usr/share/doc/*/copyright",), "hanazono.txt"),
)
BABELSTONE = Source(
    "fonts-babelstone-han",
    "fonts-babelstone-han_15.0.5-2_all.deb",
    "c7b7f9b5b78ad14c94d7e6d2b103307a7a643844c7db856fb97611d9d8a80589",
    (("usr/share/doc/*/copyright",), "babelstone-han-ARPHICPL.txt"),
)
FANDOL = Source(
    "texlive-lang-chinese",
    "texlive-lang-chinese_2022.20230122-1_all.deb",
    "9cfa07bd44e7b9098e26f0ecac1b5ad210d2249d474c8074d53de92d650b0ec0",
    (("**/doc/**/fandol/README", "**/doc/**/fandol/COPYING.gz"), "fandol-GPL-with-font-exception.txt"),
)
# Not shipped: its list of the 8,105 standard characters chooses what the smaller fonts hold.
UNIHAN = Source(
    "unicode-data",
    "unicode-data_15.0.0-1_all.deb",
    "5efef23bbb1c6a133ecbdd63a2cfa07159ccacf5466a49e2426101c5ecd691fc",
    None,
)
ALL = (SERIF, SANS, WENKAI, HANAZONO, BABELSTONE, FANDOL, UNIHAN)


def unpacked(source: Source, work: Path) -> Path:
    """Return the folder *source* lies unpacked in below *work*, fetching and checking the package when absent."""
    folder = work / source.file_name.rpartition(".")[0]
    if folder.is_dir():
        return folder
    package = work / source.file_name
    if not package.exists():
        _fetch(source, work)
    _check(source, package)
    part = folder.with_name(folder.name + ".part")
    part.mkdir(exist_ok=True)
    if source.is_npm:
        subprocess.run(["tar", "-xzf", package, "-C", part], check=True)
    else:
        subprocess.run(["dpkg-deb", "-x", package, part], check=True)
    return part.rename(folder)


def _fetch(source: Source, work: Path) -> None:
    """Let the registry's ordinary client put the package into *work*."""
    command = ["npm", "pack", source.name] if source.is_npm else ["apt-get", "download", source.name]
    print("fetching", source.name, flush=True)
    subprocess.run(command, cwd=work, check=True, stdout=subprocess.DEVNULL)


def _check(source: Source, package: Path) -> None:
    """Raise SourceError unless *package* is the file whose hash is recorded."""
    if not package.exists():
        raise SourceError(f"{source.name}: the registry now offers another version than {source.file_name}")
    with package.open("rb") as stream:
        found = hashlib.file_digest(stream, "sha256").hexdigest()
    if found != source.sha256:
        raise SourceError(f"{package.name}: SHA-256 is {found}, recorded is {source.sha256}")
