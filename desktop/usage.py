"""Wrong command lines in Chinese: what click says in English, said again plainly."""

from __future__ import annotations

import click


def usage_sentence(error: BaseException) -> str | None:
    """Return a Chinese sentence for a usage error of the command line; None for any other exception."""
    if not isinstance(error, click.exceptions.UsageError):
        return None
    return f"{_what(error)} 看用法：juwei --help"


def _what(error: click.exceptions.UsageError) -> str:
    if isinstance(error, click.exceptions.NoSuchOption):
        return f"没有“{error.option_name}”这个选项。"
    if isinstance(error, click.exceptions.MissingParameter):
        name = error.param.human_readable_name if error.param is not None else "参数"
        return f"还缺“{name}”。"
    if isinstance(error, click.exceptions.BadParameter):
        hint = error.param_hint or (error.param.human_readable_name if error.param is not None else "参数")
        text = error.message if any(ord(character) > 0x2E80 for character in error.message) else "写法不对"
        return f"“{hint}”{text}。"
    if error.message.startswith("No such command"):
        return "没有这个命令。"
    return "命令写法不对。"
