"""Build, check and ask one RDF graph of scholarly metadata."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from graphbuild.api import Graph as Graph
    from graphbuild.api import open as open

__version__ = "0.1.0"
__all__ = ["Graph", "__version__", "load_ipython_extension", "open"]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - any attribute
    """Import what is asked for when it is asked for: the command line starts without it."""
    if name in {"Graph", "open"}:
        from graphbuild import api

        return getattr(api, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def load_ipython_extension(shell: Any) -> None:  # noqa: ANN401 - IPython's
    """Give a notebook ``%%sparql`` and ``%graphbuild``: ``%load_ext graphbuild``."""
    from graphbuild.notebook import load_ipython_extension as load

    load(shell)
