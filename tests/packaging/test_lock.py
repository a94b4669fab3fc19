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


@pytest.fixture
def lock(root):
    return (root / "packaging" / "requirements.lock").read_text(encoding="utf-8")


@pytest.fixture
def locked(lock):
    """Return the locked version of each package, by canonical name."""
    found = re.findall(r"^([A-Za-z0-9._-]+)==([^\s;]+)", lock, flags=re.MULTILINE)
    assert len(found) == len(dict(found))
    return {canonical(name): version for name, version in found}


def test_every_pin_of_the_project_is_the_locks(project, locked):
    pins = [
        *project["build-system"]["requires"],
        *project["project"]["dependencies"],
        *project["project"]["optional-dependencies"]["dev"],
    ]
    for pin in pins:
        name, _, version = pin.partition("==")
        assert locked.get(canonical(name)) == version, pin


def test_every_locked_package_is_pinned_with_hashes(lock):
    requirements = re.split(r"\n(?=[^\s#])", lock.partition("\n")[2])
    for requirement in (text for text in requirements if not text.startswith("#")):
        first, *hashes = requirement.rstrip().split("\n")
        assert "==" in first
        assert hashes, first
        assert all(re.fullmatch(r"    --hash=sha256:[0-9a-f]{64}( \\)?", line) for line in hashes), first


def test_the_lock_serves_windows_too(locked):
    assert "colorama" in locked


def test_the_lock_names_no_address_and_no_folder(lock):
    assert "://" not in lock
    assert not re.search(r"^(-|.*(--index-url|--find-links|file:))", lock, flags=re.MULTILINE)
