"""The engines that answer queries about a graph folder."""

from typing import Literal

Engine = Literal["auto", "store", "columns"]
ENGINES: tuple[Engine, ...] = ("auto", "store", "columns")
