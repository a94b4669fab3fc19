"""One command for a fresh clone: ``python3 packaging/dev.py run | test | check | package | clean``.

Needs nothing but Python. It makes .venv, installs exactly the packages of requirements.lock
and what Qt wants from the system, then starts the program, its tests or its checks.
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import environment
import linux_packages
import system_parts
from environment import ROOT, VENV, Stop, executable, say

OFFSCREEN = {"QT_QPA_PLATFORM": "offscreen"}
PICTURES = Path("build") / "pictures"
SCRIPTS = (
    "packaging/dev.py",
    "packaging/lock.py",
    "packaging/draw_pictures.py",
    "packaging/freeze/entry.py",
    "packaging/windows/verify_under_wine.py",
)
CACHES = (".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis", ".import_linter_cache")
USAGE = """\
用法 (usage): python3 packaging/dev.py 命令

  run [参数…]   启动程序；没有屏幕时把示范社区的各页画成图片
                (start the program; without a screen, draw the sample community's pages)
  test [参数…]  运行测试，参数交给 pytest (run the tests, arguments go to pytest)
  check         检查代码：ruff、mypy、import-linter (lint, types, layers)
  package linux | windows [--verify]
                做安装包，放在 build/package；--verify 再把它从安装到卸载走一遍；docs/releasing.md 写着怎么发布
                (make the installers, try them from setup to removal; docs/releasing.md says how to release)
  clean         删掉 .venv、build 和各种缓存，不碰数据 (remove what this script made)
"""


def call(command: Sequence[str | Path], settings: Mapping[str, str] | None = None) -> int:
    """Run *command* in the clone; the user's environment wins over our *settings*. Return its exit status."""
    return subprocess.run(command, check=False, cwd=ROOT, env={**(settings or {}), **os.environ}).returncode


def has_screen(environ: Mapping[str, str], platform: str) -> bool:
    """Return whether a window could be shown."""
    return platform != "linux" or bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))


def program_arguments(arguments: Sequence[str], *, screen: bool) -> list[str]:
    """Return what to pass to the program: without a screen, what would open a window draws pictures instead."""
    if not screen and list(arguments) in ([], ["demo"]):
        return ["demo", "--pictures", str(PICTURES)]
    return list(arguments)


def test_arguments(arguments: Sequence[str], processors: int) -> list[str]:
    """Return pytest's arguments; several processes unless one file is named or the caller decides about them."""
    decided = any(argument.startswith(("-n", "--numprocesses", "--pdb", "-p")) for argument in arguments)
    single = any(".py" in argument for argument in arguments)
    if decided or single or processors < 2:
        return list(arguments)
    return ["-n", str(min(processors, 4)), "--dist", "loadfile", *arguments]


def run(arguments: Sequence[str]) -> int:
    """Start the program, or draw its pages where there is no screen."""
    screen = has_screen(os.environ, sys.platform)
    system_parts.provide(window=screen, paper=False)
    python = environment.provide()
    wanted = program_arguments(arguments, screen=screen)
    drawing = wanted != list(arguments)
    if drawing:
        say("这里没有屏幕，正在把示范社区的各页画成图片", "no screen here, drawing pictures")
    status = call([python, "-m", "desktop", *wanted], {} if screen else OFFSCREEN)
    if drawing and status == 0:
        say(f"图片在 {ROOT / PICTURES}", "the pictures are there")
    return status


def test(arguments: Sequence[str]) -> int:
    """Run the tests; the last line is pytest's own."""
    system_parts.provide(window=False, paper=True)
    python = environment.provide()
    wanted = test_arguments(arguments, os.cpu_count() or 1)
    return call([python, "-m", "pytest", *wanted], OFFSCREEN)


def check(arguments: Sequence[str]) -> int:
    """Run every check, also after one failed, and name those that did."""
    if arguments:
        raise Stop("check 后面不带参数 (check takes no arguments)")
    python = environment.provide()
    checks: dict[str, list[str | Path]] = {
        "ruff check": [python, "-m", "ruff", "check"],
        "ruff format": [python, "-m", "ruff", "format", "--check"],
        "mypy": [python, "-m", "mypy", "--strict"],
        "mypy packaging": [python, "-m", "mypy", "--strict", *SCRIPTS],
        "import-linter": [executable(VENV, "lint-imports")],
    }
    failed = []
    for name, command in checks.items():
        print(f"== {name}", flush=True)
        if call(command) != 0:
            failed.append(name)
    if failed:
        say(f"没有通过：{'、'.join(failed)}", "failed")
        return 1
    say("检查全部通过", "all checks passed")
    return 0


def package(arguments: Sequence[str]) -> int:
    """Make the installers of one system into build/package; with --verify take them through their life."""
    makers = {"linux": package_linux, "windows": package_windows}
    if not arguments or arguments[0] not in makers or list(arguments[1:]) not in ([], ["--verify"]):
        raise Stop("package 后面要写 linux 或 windows，可以加 --verify (package linux | windows [--verify])")
    return makers[arguments[0]](verify=len(arguments) > 1)


def package_linux(*, verify: bool) -> int:
    """Freeze, self-test, .deb, .run, in this order."""
    if sys.platform != "linux":
        raise Stop("Linux 的安装包要在 Linux 上做 (Linux packages are made on Linux)")
        # The libraries around xcb go along, so they must be here.
    system_parts.provide(window=True, paper=False)
    system_parts.provide_tools(system_parts.PACKAGE_TOOLS)
    made = linux_packages.package()
    if not verify:
        return 0
    return call(["bash", ROOT / "packaging" / "linux" / "verify_deb.sh", made])


def package_windows(*, verify: bool) -> int:
    """Make the setup with Windows' own tools there, elsewhere under Wine in a root of its own."""
    folder = ROOT / "packaging" / "windows"
    if os.name == "nt":
        return call(["powershell", "-ExecutionPolicy", "Bypass", "-File", folder / "build.ps1"])
    return call(["bash", folder / "build_under_wine.sh", *(["--verify"] if verify else [])])


def leftovers(root: Path) -> list[Path]:
    """Return the folders under *root* that this script or the tools it calls made and can make again."""
    found = [root / name for name in (".venv", "build", "dist", *CACHES)]
    for part in ("desktop", "packaging", "tests"):
        found.extend((root / part).rglob("__pycache__"))
    return [path for path in found if path.is_dir()]


def clean(arguments: Sequence[str]) -> int:
    """Remove what can be made again, never data."""
    if arguments:
        raise Stop("clean 后面不带参数 (clean takes no arguments)")
    if Path(sys.prefix).resolve() == VENV.resolve():
        raise Stop("clean 要删掉 .venv，请用系统的 Python 运行 (run clean with the system's Python)")
    for path in leftovers(ROOT):
        shutil.rmtree(path)
    say("已清理", "cleaned")
    return 0


def main(arguments: Sequence[str]) -> int:
    """Do one command and return its exit status."""
    commands = {"run": run, "test": test, "check": check, "package": package, "clean": clean}
    if not arguments or arguments[0] not in commands:
        print(USAGE)
        return 0 if list(arguments) in (["-h"], ["--help"]) else 2
    try:
        if reason := environment.unsupported_python(sys.version_info[:2]):
            raise Stop(reason)
        return commands[arguments[0]](arguments[1:])
    except (Stop, system_parts.PartsMissing) as reason_to_stop:
        print(reason_to_stop, file=sys.stderr, flush=True)
        return 3
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    # A narrow console (a Windows code page, the C locale) must not turn a message into a traceback.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    sys.exit(main(sys.argv[1:]))
