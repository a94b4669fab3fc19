"""self-test: does this installation work on this computer? Everything in a passing folder, nothing over a network."""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import typer

from desktop import __version__
from desktop.commands.speaking import Json, complain, print_json, say
from desktop.commands.trials import TRIALS, Trial, Trials
from desktop.foundation.errors import AppError, machine_faults

_AFTER_A_FAILURE = "前面一步没有通过，这一步没有试。"


@dataclass(frozen=True)
class Result:
    """How one step went: its name, whether it passed, how long it took, and why it failed."""

    name: str
    title: str
    ok: bool
    seconds: float
    message: str = ""


def self_test(as_json: Json = False) -> None:
    """检查程序在这台电脑上能不能用，不碰资料。"""
    with machine_faults("新建自检用的临时文件夹"):
        folder = TemporaryDirectory(prefix="juwei-self-test-", ignore_cleanup_errors=True)
    with folder:
        results = tuple(try_all(Path(folder.name)))
    passed = all(result.ok for result in results)
    if as_json:
        print_json(report(results))
    else:
        for result in results:
            tell = say if result.ok else complain
            tell(f"{result.title}：{f'正常，{result.seconds:.1f}秒' if result.ok else result.message}")
        say("自检通过，程序在这台电脑上能用。" if passed else "自检没有通过，请把上面的内容告诉维护人员。")
    if not passed:
        raise typer.Exit(3)


def report(results: Sequence[Result]) -> dict[str, object]:
    """Return what --json prints: the verdict, every step, and what was tested on what."""
    return {
        "ok": all(result.ok for result in results),
        "version": __version__,
        "frozen": bool(getattr(sys, "frozen", False)),
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "seconds": round(sum(result.seconds for result in results), 3),
        "steps": [{**asdict(result), "seconds": round(result.seconds, 3)} for result in results],
    }


def try_all(folder: Path, trials: Sequence[Trial] = TRIALS) -> Iterator[Result]:
    """Yield the result of each step, worked in *folder*; after one that failed the rest is named and not tried."""
    failed = False
    with Trials(folder) as at:
        for trial in trials:
            if failed:
                yield Result(trial.name, trial.title, ok=False, seconds=0.0, message=_AFTER_A_FAILURE)
                continue
            began = perf_counter()
            message = _why_not(trial, at)
            failed = bool(message)
            yield Result(trial.name, trial.title, ok=not failed, seconds=perf_counter() - began, message=message)


def _why_not(trial: Trial, at: Trials) -> str:
    """Do the step; return an empty text, or why it failed. No text of an unexpected error is repeated."""
    try:
        trial.work(at)
    except AppError as error:
        return str(error)
    except Exception as error:  # noqa: BLE001  a broken installation may fail in any way; the verdict must still come
        return f"程序没有装好（{type(error).__name__}）。"
    return ""
