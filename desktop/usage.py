"""Help and wrong command lines in Chinese: the parser's own words are English, so it only parses and we speak."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from typer._click import exceptions
from typer.core import TyperCommand, TyperGroup

_SEE_HELP = "看用法：juwei --help"
_OTHERS = {
    "No such command": "没有这个命令。",
    "unexpected extra argument": "多写了参数；内容里有空格的，请用引号括起来。",
}


class ChineseCommand(TyperCommand):
    """A command whose --help is Chinese throughout; arguments and options name themselves by their metavar."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write usage, what the command does, its arguments and its options."""
        arguments, options = _arguments(self.params), _options(self.get_params(ctx))
        usage = " ".join([f"juwei {self.name}", "[选项]", *(name for name, _ in arguments)])
        _write(formatter, usage, self.help or "", {"参数": arguments, "选项": options})


class ChineseGroup(TyperGroup):
    """The program itself, with the list of its commands."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write usage, what the program is, the global options and every command with its one sentence."""
        commands = [(name, _first_line(self.commands[name].help)) for name in self.list_commands(ctx)]
        listed = {"选项（写在命令前面）": _options(self.get_params(ctx)), "命令": commands}
        _write(formatter, "juwei [选项] 命令 …", self.help or "", listed)


def usage_sentence(error: BaseException) -> str | None:
    """Return a Chinese sentence for a usage error of the command line; None for any other exception."""
    if not isinstance(error, exceptions.UsageError):
        return None
    return f"{_what(error)}{_SEE_HELP}"


def _what(error: exceptions.UsageError) -> str:
    if isinstance(error, exceptions.NoSuchOption):
        return f"没有“{error.option_name}”这个选项。"
    if isinstance(error, exceptions.MissingParameter):
        return f"还缺“{_name_of(error.param)}”。"
    if isinstance(error, exceptions.BadParameter):
        text = error.message.rstrip("。") if _is_chinese(error.message) else "写法不对"
        return f"“{error.param_hint or _name_of(error.param)}”{text}。"
    if isinstance(error, exceptions.BadOptionUsage):
        return f"“{error.option_name}”的写法不对，后面可能缺了内容。"
    return next((said for words, said in _OTHERS.items() if words in error.message), "命令写法不对。")


def _name_of(parameter: Any) -> str:
    if parameter is None:
        return "参数"
    option = next((text for text in parameter.opts if text.startswith("--")), "")
    return option or str(parameter.metavar or parameter.name)


def _arguments(parameters: Iterable[Any]) -> list[tuple[str, str]]:
    return [(one.metavar or one.name, one.help or "") for one in parameters if one.param_type_name == "argument"]


def _options(parameters: Iterable[Any]) -> list[tuple[str, str]]:
    return [_option(one) for one in parameters if one.param_type_name == "option"]


def _option(option: Any) -> tuple[str, str]:
    if option.name == "help":
        return "--help", "看这个说明"
    text = option.help or ""
    if option.required:
        text += "（必填）"
    elif isinstance(option.default, str) and option.default:
        text += f"（不写就是 {option.default}）"
    name = option.opts[0]
    return (name if option.is_flag else f"{name} {option.metavar or '内容'}"), text


def _write(formatter: Any, usage: str, about: str, lists: dict[str, list[tuple[str, str]]]) -> None:
    formatter.write(f"用法：{usage}\n\n{about}\n")
    for title, rows in lists.items():
        if not rows:
            continue
        formatter.write(f"\n{title}：\n")
        wide = max(_cells(name) for name, _ in rows)
        for name, text in rows:
            formatter.write(f"  {name}{' ' * (wide - _cells(name))}  {text}\n")


def _first_line(text: str | None) -> str:
    return (text or "").strip().split("\n", 1)[0]


def _cells(text: str) -> int:
    """Return how many character cells *text* takes in a terminal; Chinese takes two."""
    return sum(2 if ord(character) > 0x2E80 else 1 for character in text)


def _is_chinese(text: str) -> bool:
    return any(ord(character) > 0x2E80 for character in text)
