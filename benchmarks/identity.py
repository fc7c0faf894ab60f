"""Measure who-is-who and what-is-one against gold standards: ``python benchmarks/identity.py``.

Prints precision, recall and F1, pairwise and B³, of graphbuild's rules and of what peers do, and
names the wrong merges. Names are split by a hash: rules were fitted on one half, and the figures
are of the other.
"""

import argparse
import hashlib
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from benchmarks import gold
from benchmarks.measures import Groups, Measure, b_cubed, pairwise, wrong_merges
from graphbuild.resolve.affiliations import Affiliations
from graphbuild.resolve.papers import group_papers
from graphbuild.resolve.people import resolve_people
from graphbuild.resolve.rules import PeopleRules, shipped_rules
from graphbuild.text import name_key

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
ALIKE = 0.9
"""Jaro–Winkler likeness from which on two names are one, in the baseline."""

SHOWN = 10
SILENT: dict[str, dict[str, float]] = {
    "without the rarity of names": {"name": 0.0},
    "without titles": {"titles": 0.0},
    "without venues": {"venues": 0.0},
    "without themes": {"themes": 0.0},
    "without acquaintance": {"acquainted": 0.0},
    "without affiliations": {"affiliation": 0.0, "other_affiliation": 0.0},
    "without co-authors": {"coauthor": 0.0},
}
"""Weights that are left out to see what each kind of evidence buys."""


def main() -> None:
    """Run what is asked for and print it."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, default=SHARED, help="folder of the gold standards")
    parser.add_argument("--dblp", type=Path, help="all of dblp as BibTeX, one field a line")
    parser.add_argument("--names", type=int, default=500, help="homonyms drawn of all of dblp")
    parser.add_argument("--ror", type=Path, help="all of ROR as JSON Lines, schema 1 or 2")
    parser.add_argument("--ablation", action="store_true", help="leave rules out one by one")
    parser.add_argument("--only", choices=sorted(SETS), action="append")
    given = parser.parse_args()
    for name, run in SETS.items():
        if not given.only or name in given.only:
            print(f"\n## {name}")
            run(given)


def people(load: Callable[[argparse.Namespace], gold.Gold]) -> Callable[..., None]:
    """Return what measures persons on a set."""

    def run(given: argparse.Namespace) -> None:
        whole = load(given)
        half = {name: tuned(name) for name in {key.split("#")[1] for key in whole.persons}}
        held = whole.part(half, tuned=False)
        print(f"{len(whole.papers):,} papers; {len(held.persons):,} mentions held out of "
              f"{len(whole.persons):,}, {len(set(held.persons.values())):,} persons")  # fmt: skip
        print(f"{'':34} B³ P      R      F1     pair P R      F1     wrong  seconds")
        found = _print("graphbuild", held, lambda: _resolved(held, shipped_rules().people))
        _print("same name = same person", held, lambda: _same_name(held))
        _print("Jaro–Winkler > 0.9", held, lambda: _alike_name(held))
        if given.ablation:
            for name, rules in _ablated():
                _print(name, held, lambda rules=rules: _resolved(held, rules))
        _together(held, found)
        for persons in wrong_merges(found, held.persons)[:SHOWN]:
            print("  merged wrongly:", " = ".join(map(str, persons)))

    return run


def drawn_people(given: argparse.Namespace) -> None:
    """Measure persons in the papers around homonyms that are drawn of all of dblp."""
    if given.dblp is None:
        print("left out: say --dblp FILE")
        return
    people(lambda given: gold.dblp_homonyms(given.dblp, given.names))(given)


def tuned(name: str) -> bool:
    """Say whether the rules were fitted on a name."""
    return hashlib.sha1(name.encode(), usedforsecurity=False).digest()[0] % 2 == 0


def _print(name: str, right: gold.Gold, find: Callable[[], Groups]) -> Groups:
    start = time.perf_counter()
    found = find()
    seconds = time.perf_counter() - start
    wrong = len(wrong_merges(found, right.persons))
    scores = f"{b_cubed(found, right.persons)} {pairwise(found, right.persons)}"
    print(f"{name:34} {scores} {wrong:6,} {seconds:8.1f}", flush=True)
    return found


def _together(held: gold.Gold, found: Groups) -> None:
    """Print the same of the mentions on papers with co-authors or affiliations."""
    shown = {
        key: person
        for key, person in held.persons.items()
        if len(authors := held.papers[key.split("#")[0]].authors) > 1
        or any(author.affiliations for author in authors)
    }
    if len(shown) < len(held.persons):
        scores = f"{b_cubed(found, shown)} {pairwise(found, shown)}"
        print(f"{'graphbuild, where more than a name':34} {scores}  ({len(shown):,} mentions)")


def _resolved(right: gold.Gold, rules: PeopleRules) -> Groups:
    return resolve_people(right.papers, (), rules=rules).person_of


def _same_name(right: gold.Gold) -> Groups:
    return {key: key.split("#")[1] for key in right.persons}


def _alike_name(right: gold.Gold) -> Groups:
    """Group names by single linkage of those that are alike, as string matching does."""
    from rapidfuzz.distance import JaroWinkler

    names = sorted({key.split("#")[1] for key in right.persons})
    blocks: defaultdict[str, list[str]] = defaultdict(list)
    leader: dict[str, str] = {}
    for name in names:
        near = (n for n in blocks[name[:1]] if JaroWinkler.similarity(n, name) > ALIKE)
        first = next(near, name)
        leader[name] = leader.get(first, first)
        blocks[name[:1]].append(name)
    return {key: leader[key.split("#")[1]] for key in right.persons}


def organizations(given: argparse.Namespace) -> None:
    """Measure affiliations against ROR; those of no register at hand must find nothing."""
    folder = given.data / "ror"
    parts = [given.ror] if given.ror else sorted(folder.glob("ror-v*-sample.jsonl"))
    gold_file = next((folder / "matching-gold").glob("*.json"))
    register, right = gold.ror(parts, gold_file)
    least = shipped_rules().organizations.join
    finder = Affiliations(register)
    here = {each.ids[0] for each in register}
    names = {each.ids[0]: each.name for each in register}
    held = [pair for pair in right if not tuned(pair[0])]
    answers = [(written, ids, finder.find(written)) for written, ids in held]
    given_ids = [(w, ids, f.id) for w, ids, f in answers if f and f.score >= least]
    correct = sum(found in ids for _, ids, found in given_ids)
    wanted = sum(bool(ids & here) for _, ids in held)
    scores = Measure(correct / max(len(given_ids), 1), correct / max(wanted, 1))
    exact = {name_key(each.name): each.ids[0] for each in register}
    plain = [(ids, exact[name_key(w)]) for w, ids in held if name_key(w) in exact]
    hits = sum(found in ids for ids, found in plain)
    whole = Measure(hits / max(len(plain), 1), hits / max(wanted, 1))
    print(
        f"{len(register):,} organisations; {len(held):,} affiliations held out, {wanted:,} answers"
    )
    print(f"{'':34} P      R      F1     answers\n{'graphbuild':34} {scores} {len(given_ids):6,}")
    print(f"{'the whole text is a name':34} {whole} {len(plain):6,}")
    wrong = [(written, found) for written, ids, found in given_ids if found not in ids]
    for written, found in wrong[:SHOWN]:
        print(f"  wrong by the gold: {' '.join(written.split())[:90]} -> {names[found]}")


def papers(given: argparse.Namespace) -> None:
    """Measure whether records of one paper meet without identifiers, and no others do."""
    with tempfile.TemporaryDirectory() as spool:
        records, right = gold.same_papers(given.data, Path(spool))
    found = {
        record.origins[0].record: key
        for key, group in group_papers(records).groups.items()
        for record in group
    }
    several = len(right) - len(set(right.values()))
    print(
        f"{len(records):,} records of {len(set(right.values())):,} DOIs, {several:,} to be joined"
    )
    print(f"{'':34} B³ P      R      F1     pair P R      F1")
    print(f"{'graphbuild':34} {b_cubed(found, right)} {pairwise(found, right)}")
    titles = {record.origins[0].record: name_key(record.title) for record in records}
    print(f"{'same title = same paper':34} {b_cubed(titles, right)} {pairwise(titles, right)}")
    for merged in wrong_merges(found, right)[:SHOWN]:
        print("  merged wrongly:", " = ".join(map(str, merged)))


def _ablated() -> Iterator[tuple[str, PeopleRules]]:
    rules = shipped_rules().people
    for name, changed in SILENT.items():
        weights = msgspec.structs.replace(rules.weights, **changed)
        yield name, msgspec.structs.replace(rules, weights=weights)


SETS: dict[str, Callable[[argparse.Namespace], None]] = {
    "dblp homonyms": people(lambda given: gold.dblp(given.data / "dblp" / "bib")),
    "dblp homonyms, drawn of all of dblp": drawn_people,
    "ACL Anthology 2024: author ids": people(
        lambda given: gold.acl(given.data / "acl-anthology" / "2024-06")
    ),
    "ACL Anthology 2025: ORCIDs": people(
        lambda given: gold.acl(given.data / "acl-anthology" / "2025-11")
    ),
    "S2AND qian": people(
        lambda given: gold.qian(given.data / "author-disambiguation" / "s2and-qian")
    ),
    "ROR affiliations": organizations,
    "papers across sources": papers,
}

if __name__ == "__main__":
    main()
