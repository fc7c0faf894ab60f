"""What readers of registers of works have in common about authors."""

from collections.abc import Iterable

from graphbuild.parts import Authorship, ListStatus


def list_status(stated: int, people: Iterable[Authorship]) -> ListStatus:
    """Return how much of its list of authors a record shows.

    Args:
        stated: how many authors the record has, with those without a name.
        people: the authors that have a name, and perhaps editors.

    >>> list_status(0, ()), list_status(2, [Authorship("Ada Example", 1)])
    ('unknown', 'truncated')
    """
    if not stated:
        return "unknown"
    shown = sum(each.role == "author" for each in people)
    return "truncated" if shown < stated else "complete"
