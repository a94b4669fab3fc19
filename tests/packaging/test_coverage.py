"""The coverage table lists every thing once and claims nothing that no test shows."""

from __future__ import annotations

import ast
import re

import pytest

THINGS = {"A": 49, "B": 10, "C": 28, "D": 29, "E": 36, "F": 33, "G": 10, "H": 21, "I": 20}
ROW = re.compile(r"^\| ([A-I]\d\d) \| (.+) \| (.+) \| (.+) \|$", flags=re.MULTILINE)


@pytest.fixture
def rows(root):
    return ROW.findall((root / "docs" / "coverage.md").read_text(encoding="utf-8"))


def test_every_thing_committees_record_stands_in_the_table_once(rows):
    expected = [f"{letter}{number:02d}" for letter, count in THINGS.items() for number in range(1, count + 1)]
    assert [row[0] for row in rows] == expected


def test_a_thing_is_held_and_tested_or_neither(rows):
    for thing, _, held, tested in rows:
        assert (held == "—") == (tested == "—"), thing


def test_every_test_the_table_names_exists(rows, root):
    for thing, _, _, tested in rows:
        for file, name in re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", tested):
            path = root / file
            assert path.exists(), (thing, file)
            tree = ast.parse(path.read_text(encoding="utf-8"))
            assert name in {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}, (thing, name)
        assert tested == "—" or re.search(r"`tests/[\w/]+\.py::\w+`", tested), thing
