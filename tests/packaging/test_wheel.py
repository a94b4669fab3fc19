"""What pip builds and installs is the whole program: one importable name, resources and migrations included."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile

import pytest

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory, request):
    """Return the wheel pip builds from the source tree, with nothing fetched."""
    folder = tmp_path_factory.mktemp("wheel")
    root = request.path.parents[2]
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    done = subprocess.run([*command, "--wheel-dir", folder, root], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def contents(wheel):
    with zipfile.ZipFile(wheel) as archive:
        return archive.namelist()


def test_desktop_is_the_only_name_the_wheel_brings(contents):
    tops = {name.split("/")[0] for name in contents}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"desktop"}


def test_every_resource_and_every_module_is_in_the_wheel(contents, root):
    if not (root / ".git").exists() or shutil.which("git") is None:
        pytest.skip("no git here to say which files belong to the project")
    command = ["git", "-c", f"safe.directory={root}", "ls-files", "-z", "desktop", "resources"]
    listed = subprocess.run(command, cwd=root, check=True, capture_output=True, encoding="utf-8")
    for name in listed.stdout.split("\0"):
        if name and not name.rsplit("/", 1)[-1].startswith("."):
            assert name.replace("resources/", "desktop/_resources/", 1) in contents


def test_the_installed_program_finds_its_resources_away_from_the_source_tree(wheel, tmp_path):
    target = tmp_path / "installed"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(target)
    program = "from desktop.foundation.paths import resource; print(resource('standards/health-2017.json'))"
    done = subprocess.run(
        [sys.executable, "-I", "-c", f"import sys; sys.path.insert(0, {str(target)!r}); {program}"],
        check=True,
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=tmp_path,
    )
    assert done.stdout.strip() == str(target / "desktop" / "_resources" / "standards" / "health-2017.json")
