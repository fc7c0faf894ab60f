"""What linking found: for each pair that may be one, a judgement; and who has no partner."""

from collections import Counter
from collections.abc import Iterable

from graphbuild.resolve.judgements import Evidence
from graphbuild.resolve.links import Match

SHARED = "shared-identifier"
SEVERAL = "several"


def by_identifier(shared: Iterable[str]) -> Evidence:
    """Return the evidence of identifiers that both have."""
    return ((SHARED, f"both have {', '.join(sorted(shared))}"),)


def one_to_one(found: Iterable[Match]) -> list[Match]:
    """Return matches of which no sure one has a rival: of rivals a person must choose.

    An identifier that only one of several rivals shares decides for it.
    """
    matches = list(dict.fromkeys(found))
    sure = [each for each in matches if each.decision == "same"]
    ours = Counter((each.kind, each.key) for each in sure)
    theirs = Counter(each.theirs for each in sure)
    named = [each for each in sure if each.evidence[0][0] == SHARED]
    ours_named = Counter((each.kind, each.key) for each in named)
    theirs_named = Counter(each.theirs for each in named)

    def decided(each: Match) -> Match:
        mine = (each.kind, each.key)
        if each.decision != "same" or (ours[mine] == 1 and theirs[each.theirs] == 1):
            return each
        if each in named and ours_named[mine] == 1 and theirs_named[each.theirs] == 1:
            return each
        words = (
            f"theirs has {ours[mine]} that fit this one"
            if ours[mine] > 1
            else f"ours has {theirs[each.theirs]} that fit theirs"
        )
        told = ((SEVERAL, words), *each.evidence)
        return each._replace(decision="undecided", evidence=told)

    return [decided(each) for each in matches]
