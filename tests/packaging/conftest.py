"""Makes the scripts in packaging/ importable; they are no package, or they would hide PyPI's packaging."""

from __future__ import annotations

import importlib
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def root() -> Path:
    return ROOT


@pytest.fixture
def script(monkeypatch):
    """Import one of the scripts as it imports its neighbours: from its own folder."""
    monkeypatch.syspath_prepend(ROOT / "packaging")

    def load(name: str) -> ModuleType:
        return importlib.import_module(name)

    return load
