"""What a command says: results on stdout, reasons on stderr, JSON alone on stdout."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from typing import Annotated

import typer

Json = Annotated[bool, typer.Option("--json", help="只输出一个 JSON 对象")]


def say(text: str) -> None:
    """Write one line of the result."""
    sys.stdout.write(text + "\n")


def complain(text: str) -> None:
    """Write one reason."""
    sys.stderr.write(text + "\n")


def print_json(content: Mapping[str, object]) -> None:
    """Write the one object of --json."""
    sys.stdout.write(json.dumps(content, ensure_ascii=False) + "\n")
