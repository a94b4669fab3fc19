"""The developer's command works in a fresh clone, says what it does, and removes only what it made."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest


def dev(root, *arguments):
    command = [sys.executable, root / "packaging" / "dev.py", *arguments]
    return subprocess.run(command, check=False, capture_output=True, text=True, encoding="utf-8")


def test_without_a_command_it_explains_itself_and_reports_wrong_usage(root):
    done = dev(root)
    assert done.returncode == 2
    assert all(name in done.stdout for name in ("run", "test", "check", "package", "clean"))


def test_asking_for_help_is_no_error(root):
    assert dev(root, "--help").returncode == 0


def test_check_and_clean_refuse_arguments_with_a_sentence_and_do_nothing(root):
    for name in ("check", "clean"):
        done = dev(root, name, "everything")
        assert done.returncode == 3
        assert "不带参数" in done.stderr


@pytest.mark.parametrize("arguments", [[], ["macos"], ["linux", "--fast"], ["linux", "--verify", "windows"]])
def test_packages_of_an_unknown_system_are_refused_with_a_sentence(root, arguments):
    done = dev(root, "package", *arguments)
    assert done.returncode == 3
    assert "linux 或 windows" in done.stderr


def test_a_console_that_cannot_show_chinese_gets_no_traceback(root):
    command = [sys.executable, root / "packaging" / "dev.py"]
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    done = subprocess.run(command, check=False, capture_output=True, text=True, env=environment)
    assert (done.returncode, done.stderr) == (2, "")


def test_scripts_for_a_fresh_clone_need_nothing_but_python(root):
    scripts = {path.stem: path for path in (root / "packaging").glob("*.py")}
    for name in ("dev", "environment", "system_parts", "lock", "frozen", "linux_packages", "linux_parts"):
        tree = ast.parse(scripts[name].read_text(encoding="utf-8"))
        imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
        imported |= {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        foreign = {module.split(".")[0] for module in imported} - sys.stdlib_module_names - set(scripts)
        assert foreign == set(), name


@pytest.mark.parametrize(("version", "fits"), [((3, 10), False), ((3, 11), True), ((3, 13), True), ((3, 14), False)])
def test_a_python_without_our_packages_is_named_in_a_sentence(script, version, fits):
    sentence = script("environment").unsupported_python(version)
    assert (sentence == "") is fits
    assert fits or f"{version[0]}.{version[1]}" in sentence


@pytest.mark.parametrize("name", ["packaging/requirements.lock", "pyproject.toml"])
def test_packages_are_installed_again_when_the_lock_or_the_project_file_changed(script, root, tmp_path, name):
    (tmp_path / "packaging").mkdir()
    for copied in ("packaging/requirements.lock", "pyproject.toml"):
        shutil.copy(root / copied, tmp_path / copied)
    before = script("environment").digest_of(tmp_path)
    assert script("environment").digest_of(tmp_path) == before
    with (tmp_path / name).open("a", encoding="utf-8") as stream:
        stream.write("# changed\n")
    assert script("environment").digest_of(tmp_path) != before


def test_a_half_made_virtual_environment_counts_as_missing(script, tmp_path):
    environment = script("environment")
    assert not environment.works(environment.executable(tmp_path, "python"))
    assert environment.works(Path(sys.executable))


@pytest.mark.parametrize(
    ("environ", "platform", "screen"),
    [
        ({}, "linux", False),
        ({"DISPLAY": ""}, "linux", False),
        ({"DISPLAY": ":0"}, "linux", True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", True),
        ({}, "win32", True),
        ({}, "darwin", True),
    ],
)
def test_a_screen_is_looked_for_only_where_it_can_be_absent(script, environ, platform, screen):
    assert script("dev").has_screen(environ, platform) is screen


@pytest.mark.parametrize("arguments", [[], ["demo"]])
def test_without_a_screen_what_would_open_a_window_draws_pictures(script, arguments):
    wanted = script("dev").program_arguments(arguments, screen=False)
    assert wanted[:2] == ["demo", "--pictures"]
    assert script("dev").program_arguments(arguments, screen=True) == arguments


def test_a_command_that_needs_no_window_runs_as_it_is_without_a_screen(script):
    arguments = ["figures", "2011-06", "--json"]
    assert script("dev").program_arguments(arguments, screen=False) == arguments


def test_the_whole_suite_runs_in_several_processes(script):
    assert script("dev").test_arguments([], 2) == ["-n", "2", "--dist", "loadfile"]
    assert script("dev").test_arguments(["tests/store"], 8) == ["-n", "4", "--dist", "loadfile", "tests/store"]


@pytest.mark.parametrize("arguments", [["tests/packaging/test_dev.py::test_x"], ["-n0"], ["--pdb"], ["-p", "no:xdist"]])
def test_one_file_or_the_callers_own_choice_starts_no_further_processes(script, arguments):
    assert script("dev").test_arguments(arguments, 2) == arguments


def test_one_processor_starts_no_further_processes(script):
    assert script("dev").test_arguments([], 1) == []


def test_cleaning_finds_only_what_can_be_made_again(script, tmp_path):
    for folder in (".venv/lib", "build/pictures", ".mypy_cache", "desktop/store/__pycache__", "data", "resources"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "dist").write_text("a file of the user's that happens to be called dist", encoding="utf-8")
    found = {path.relative_to(tmp_path).as_posix() for path in script("dev").leftovers(tmp_path)}
    assert found == {".venv", "build", ".mypy_cache", "desktop/store/__pycache__"}
