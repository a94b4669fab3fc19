"""The lock holds exactly the pinned packages, every file by its hash, and nothing about where they came from."""

from __future__ import annotations

import re
import tomllib

import pytest


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.fixture
def project(root):
    return tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))


def text_of(root, name):
    return (root / "packaging" / name).read_text(encoding="utf-8")


def versions(text):
    """Return the locked version of each package, by canonical name."""
    found = re.findall(r"^([A-Za-z0-9._-]+)==([^\s;]+)", text, flags=re.MULTILINE)
    assert len(found) == len(dict(found))
    return {canonical(name): version for name, version in found}


@pytest.fixture(params=["requirements.lock", "freeze.lock"])
def lock(root, request):
    return text_of(root, request.param)


def lacking(pins, locked):
    return [pin for pin in pins if locked.get(canonical(pin.partition("==")[0])) != pin.partition("==")[2]]


def test_every_pin_of_the_project_is_the_locks(project, root):
    extras = project["project"]["optional-dependencies"]
    program = project["project"]["dependencies"]
    development = [*project["build-system"]["requires"], *program, *extras["dev"]]
    assert lacking(development, versions(text_of(root, "requirements.lock"))) == []
    assert lacking([*program, *extras["freeze"]], versions(text_of(root, "freeze.lock"))) == []


def test_what_is_frozen_is_what_was_tested(root):
    development, frozen = (versions(text_of(root, name)) for name in ("requirements.lock", "freeze.lock"))
    assert [name for name in frozen if development.get(name, frozen[name]) != frozen[name]] == []


def test_ordinary_installs_do_not_bring_pyinstaller_nor_installers_the_tests(root):
    assert "pyinstaller" not in versions(text_of(root, "requirements.lock"))
    assert "pytest" not in versions(text_of(root, "freeze.lock"))


def test_every_locked_package_is_pinned_with_hashes(lock):
    requirements = re.split(r"\n(?=[^\s#])", lock.partition("\n")[2])
    for requirement in (text for text in requirements if not text.startswith("#")):
        first, *hashes = requirement.rstrip().split("\n")
        assert "==" in first
        assert hashes, first
        assert all(re.fullmatch(r"    --hash=sha256:[0-9a-f]{64}( \\)?", line) for line in hashes), first


def test_the_lock_serves_windows_too(lock):
    assert "colorama" in versions(lock)


def test_the_lock_names_no_address_and_no_folder(lock):
    assert "://" not in lock
    assert not re.search(r"^(-|.*(--index-url|--find-links|file:))", lock, flags=re.MULTILINE)
