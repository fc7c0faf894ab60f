"""Keep from the user what the libraries say of ill-typed values: the report says it better."""

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from io import StringIO

LOGGERS = ("pyshacl", "pyshacl-validate", "rdflib.term")


@contextmanager
def quiet() -> Iterator[None]:
    """Silence the logs, warnings and prints of rdflib and pySHACL for a block of code."""
    loggers = [logging.getLogger(name) for name in LOGGERS]
    before = [logger.disabled for logger in loggers]
    for logger in loggers:
        logger.disabled = True
    try:
        with warnings.catch_warnings(), redirect_stdout(StringIO()):
            warnings.simplefilter("ignore")
            yield
    finally:
        for logger, disabled in zip(loggers, before, strict=True):
            logger.disabled = disabled
