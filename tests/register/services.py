"""Every service of the workbench with its public methods, and a call of each with nothing in its hands."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import fields
from typing import Any

from desktop.pest_control.books import PestControl
from desktop.shell.workbench import Workbench

NOT_SERVICES = frozenset({"store", "officer", "clock", "data_key", "checks", "over"})
"""What stands beside the services: the file itself is asked by services only, never by windows or commands."""


def doors(bench: Workbench) -> dict[str, Callable[[], object]]:
    """Return name.method → a call of it with None for everything it needs."""
    found: dict[str, Callable[[], object]] = {}
    for field in fields(Workbench):
        service = getattr(bench, field.name)
        if field.name in NOT_SERVICES:
            continue
        if isinstance(service, PestControl):
            for part in fields(PestControl):
                found |= _doors(f"pest.{part.name}", getattr(service, part.name))
        else:
            found |= _doors(field.name, service)
    return found


def _doors(name: str, service: Any) -> dict[str, Callable[[], object]]:
    return {
        f"{name}.{method}": _call(getattr(service, method))
        for method, _ in inspect.getmembers(type(service), inspect.isfunction)
        if not method.startswith("_")
    }


def _call(method: Callable[..., object]) -> Callable[[], object]:
    parameters = inspect.signature(method).parameters.values()
    positional, named = [], {}
    for one in parameters:
        if one.default is not one.empty or one.kind in {one.VAR_POSITIONAL, one.VAR_KEYWORD}:
            continue
        if one.kind is one.KEYWORD_ONLY:
            named[one.name] = None
        else:
            positional.append(None)
    return lambda: method(*positional, **named)
