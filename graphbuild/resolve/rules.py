"""The rules of identity: weights and thresholds, read from a file that a user can change."""

import tomllib
from functools import cache
from importlib.resources import files
from pathlib import Path

import msgspec

from graphbuild.errors import InputError

SHIPPED = "rules.toml"


class Section(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """A table of the file."""


class Weights(Section, frozen=True):
    """What each kind of evidence on people adds, in natural log-odds; see ``rules.toml``."""

    start: float
    name: float
    coauthor: float
    acquainted: float
    titles: float
    venues: float
    themes: float
    writing: float
    affiliation: float
    other_affiliation: float
    self_citation: float
    same_profile: float
    larger: float
    smaller: float


class PeopleRules(Section, frozen=True):
    """How names become persons; see ``rules.toml``."""

    join: float
    ask: float
    sure_coauthors: float
    longest_paired: int
    largest_block: int
    same_profile: float
    weights: Weights


class PaperRules(Section, frozen=True):
    """How records become papers; see ``rules.toml``."""

    alike: float
    shortest_title: int


class OrganizationRules(Section, frozen=True):
    """How affiliations become organisations; see ``rules.toml``."""

    join: float


class Rules(Section, frozen=True):
    """All rules."""

    people: PeopleRules
    papers: PaperRules
    organizations: OrganizationRules


Table = dict[str, object]


@cache
def shipped_rules() -> Rules:
    """Return the rules that graphbuild ships."""
    return msgspec.convert(tomllib.loads(shipped_text()), Rules)


def shipped_text() -> str:
    """Return the text of the shipped file."""
    return (files("graphbuild.resolve") / SHIPPED).read_text(encoding="utf-8")


def read_rules(path: str | None) -> Rules:
    """Return the rules of a file; what it leaves out is as shipped. None gives the shipped ones.

    Raises:
        InputError: the file cannot be read, is no TOML, or names what is no rule.
    """
    if path is None:
        return shipped_rules()
    try:
        own = tomllib.loads(Path(path).read_text(encoding="utf-8"))
        return msgspec.convert(_over(tomllib.loads(shipped_text()), own), Rules)
    except OSError as error:
        raise InputError(error.strerror or str(error), location=path) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, msgspec.ValidationError) as error:
        reason = f"no rules of identity: {error}"
        raise InputError(reason, location=path) from error


def _over(shipped: Table, own: Table) -> Table:
    """Return a table with the entries of another over its own, tables inside likewise."""
    merged = dict(shipped)
    for name, value in own.items():
        inner = shipped.get(name)
        if isinstance(value, dict) and isinstance(inner, dict):
            merged[name] = _over(inner, value)
        else:
            merged[name] = value
    return merged
