"""Values of options that several commands take: durations, and values of parameters."""

import re

import click

DURATION = re.compile(r"(?P<number>\d+(?:\.\d+)?)\s*(?P<unit>ms|s|m|h|)")
SECONDS = {"ms": 0.001, "s": 1, "": 1, "m": 60, "h": 3600}


class Duration(click.ParamType[float]):
    """A time such as ``30``, ``30s``, ``500ms``, ``1.5m`` or ``1h``, in seconds."""

    name = "duration"

    def convert(
        self, value: str | float, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """Return the seconds."""
        if not isinstance(value, str):
            return value
        match = DURATION.fullmatch(value.strip())
        if match is None or float(match["number"]) == 0:
            self.fail(f"{value!r} is no duration; write 30s, 500ms or 2m", param, ctx)
        return float(match["number"]) * SECONDS[match["unit"]]


class Binding(click.ParamType[tuple[str, str]]):
    """``NAME=VALUE``."""

    name = "binding"

    def convert(
        self,
        value: str | tuple[str, str],
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> tuple[str, str]:
        """Return the name and the value."""
        if not isinstance(value, str):
            return value
        name, equals, text = value.partition("=")
        if not equals or not name:
            self.fail(f"{value!r} is not NAME=VALUE", param, ctx)
        return name, text
