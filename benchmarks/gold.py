"""Load the gold standards of identity, with what gives the answer away taken off.

The loaders are a few lines each and read only what the comparison needs; graphbuild's own readers
are tested elsewhere.
"""

import hashlib
import json
import re
import xml.etree.ElementTree as ET  # the Anthology's own files, not input of strangers
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple, TypeGuard

import msgspec

from graphbuild.collect import recognised
from graphbuild.names import person_key
from graphbuild.parts import Affiliation, Authorship, Origin, PartialDate, VenueName
from graphbuild.records import Institution, Paper, Record
from graphbuild.resolve.keys import mention_keys
from graphbuild.sources import read_records
from graphbuild.sources.files import find_inputs

ENTRY = re.compile(r"@(?P<kind>\w+)\{(?P<key>[^,]*),")
FIELD = re.compile(r"\s+(?P<name>\w+) = \{(?P<value>.*?)\},?")
HOMONYM = re.compile(r" \d{4}$")


class Gold(NamedTuple):
    """Papers, and the right person of some mentions.

    Attributes:
        papers: one record per paper, under its key.
        persons: the right person of each mention that has one, under the mention's key.
    """

    papers: dict[str, Paper]
    persons: dict[str, str]

    def part(self, names: Mapping[str, bool], *, tuned: bool) -> "Gold":
        """Return the mentions of the names that rules were tuned on, or of the others."""
        kept = {k: p for k, p in self.persons.items() if names[k.split("#")[1]] == tuned}
        return Gold(self.papers, kept)


def entries(path: Path) -> Iterator[dict[str, str]]:
    """Yield the entries of a BibTeX file as dblp writes it: a field a line."""
    entry: dict[str, str] = {}
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("@") and (head := ENTRY.match(line)):
                entry = {"kind": head["kind"], "key": head["key"].strip("{} ")}
            elif line.startswith("}"):
                yield entry
            elif field := FIELD.fullmatch(line.rstrip("\n")):
                entry[field["name"]] = field["value"]


def dblp(path: Path) -> Gold:
    """Return dblp papers whose authors' homonym numbers are taken off, and the numbered persons.

    Only names with two or more numbered persons count: dblp leaves a name without a number where
    it does not know.
    """
    files = sorted(path.rglob("*.bib")) if path.is_dir() else [path]
    written = {
        entry["key"]: (entry, _authors(entry))
        for file in files
        for entry in entries(file)
        if entry.get("author") and entry["kind"] != "proceedings"
    }
    return _dblp_gold(written, _homonyms(files))


Written = Mapping[str, tuple[Mapping[str, str], list[str]]]


def _dblp_gold(written: Written, homonyms: Iterable[str]) -> Gold:
    papers = {key: _dblp_paper(entry, names) for key, (entry, names) in written.items()}
    ambiguous = {person_key(name) for name in homonyms}
    persons = {
        mention: name
        for key, (_, names) in written.items()
        if any(map(HOMONYM.search, names))
        for mention, name in zip(mention_keys(key, papers[key]), names, strict=True)
        if HOMONYM.search(name) and person_key(HOMONYM.sub("", name)) in ambiguous
    }
    return Gold(papers, persons)


def dblp_homonyms(path: Path, names: int) -> Gold:
    """Return the papers around some homonyms of all of dblp, and the numbered persons.

    The names are drawn by a hash out of those with two or more numbered persons, so that each run
    draws the same. Each paper that one of them is on is there, with all its authors, and each on
    which two co-authors of one of them meet.

    Args:
        path: dblp as BibTeX: a file, or a folder of files.
        names: how many names are drawn.
    """
    files = sorted(path.rglob("*.bib")) if path.is_dir() else [path]
    drawn = set(sorted(_homonyms(files), key=drawing)[:names])
    around: defaultdict[str, set[str]] = defaultdict(set)
    for authors in (_authors(entry) for file in files for entry in entries(file)):
        for name in drawn.intersection(_unnumbered(authors)):
            for other in _unnumbered(authors):
                around[other].add(name)
    written = {
        entry["key"]: (entry, authors)
        for file in files
        for entry in entries(file)
        if _around(authors := _authors(entry), drawn, around)
    }
    return _dblp_gold(written, drawn)


def _authors(entry: Mapping[str, str]) -> list[str]:
    return [name for name in entry.get("author", "").split(" and ") if name]


def _unnumbered(names: Iterable[str]) -> Iterator[str]:
    return (HOMONYM.sub("", name) for name in names)


def _around(authors: list[str], drawn: set[str], around: Mapping[str, set[str]]) -> bool:
    """Say whether a drawn name is among some authors, or two co-authors of one.

    Numbers are taken off first: who of several people is a co-author is what a graph cannot know.
    """
    names = set(_unnumbered(authors))
    met = Counter(name for author in names for name in around.get(author, ()))
    return not drawn.isdisjoint(names) or any(n > 1 for n in met.values())


def _homonyms(files: Iterable[Path]) -> set[str]:
    """Return the names that two or more numbered persons have."""
    numbered: defaultdict[str, set[str]] = defaultdict(set)
    for file in files:
        with file.open(encoding="utf-8") as lines:
            for line in lines:
                if line.startswith("  author = ") and (field := FIELD.fullmatch(line.rstrip("\n"))):
                    for name in filter(HOMONYM.search, field["value"].split(" and ")):
                        numbered[HOMONYM.sub("", name)].add(name)
    return {name for name, persons in numbered.items() if len(persons) > 1}


def drawing(name: str) -> str:
    """Return by what names are put into an order that has nothing to do with them."""
    return hashlib.sha1(f"drawn {name}".encode(), usedforsecurity=False).hexdigest()


def _dblp_paper(entry: Mapping[str, str], names: list[str]) -> Paper:
    venue, year = entry.get("journal") or entry.get("booktitle"), entry.get("year", "")
    return Paper(
        entry.get("title", ""),
        "complete",
        (Origin(entry["key"], 1),),
        tuple(Authorship(HOMONYM.sub("", name), place) for place, name in enumerate(names, 1)),
        issued=PartialDate(year, year) if year else None,
        venue=VenueName(venue) if venue else None,
    )


def acl(folder: Path) -> Gold:
    """Return papers of the ACL Anthology without authors' identifiers, and who has which."""
    papers: dict[str, Paper] = {}
    persons: dict[str, str] = {}
    for file in sorted(folder.rglob("*.xml")):
        root = ET.parse(file).getroot()  # noqa: S314 - the Anthology's own files
        for volume in root.iter("volume"):
            for element in volume.iter("paper"):
                key = f"{root.get('id')}-{volume.get('id')}.{element.get('id')}"
                authors = element.findall("author")
                papers[key] = _acl_paper(key, element, authors, volume.find("meta"))
                for mention, author in zip(mention_keys(key, papers[key]), authors, strict=True):
                    known = author.get("orcid") or author.get("id")
                    if known:
                        persons[mention] = known
    return Gold(papers, persons)


def _acl_paper(
    key: str, element: ET.Element, authors: list[ET.Element], meta: ET.Element | None
) -> Paper:
    year = meta.findtext("year", "") if meta is not None else ""
    venue = meta.findtext("venue", "") if meta is not None else ""
    title = element.find("title")
    return Paper(
        "" if title is None else "".join(title.itertext()),
        "complete",
        (Origin(key, 1),),
        tuple(_acl_author(author, place) for place, author in enumerate(authors, 1)),
        issued=PartialDate(year, year) if year else None,
        venue=VenueName(venue) if venue else None,
    )


def _acl_author(author: ET.Element, place: int) -> Authorship:
    name = f"{author.findtext('first') or ''} {author.findtext('last') or ''}".strip()
    told = author.findtext("affiliation")
    return Authorship(name, place, affiliations=(Affiliation(told),) if told else ())


def qian(folder: Path) -> Gold:
    """Return S2AND's set "qian": names and affiliations of one author a paper, nothing else."""
    signatures = json.loads((folder / "signatures.json").read_bytes())
    clusters = json.loads((folder / "clusters.json").read_bytes())
    papers: dict[str, Paper] = {}
    persons: dict[str, str] = {}
    person_of = {each: key for key, c in clusters.items() for each in c["signature_ids"]}
    for number, signature in signatures.items():
        told = signature["author_info"]
        parts = (told["first"], told["middle"], told["last"])
        places = tuple(Affiliation(place) for place in told["affiliations"])
        author = Authorship(" ".join(filter(None, parts)), affiliations=places)
        papers[number] = Paper("", "unknown", (Origin(number, 1),), (author,))
        persons[mention_keys(number, papers[number])[0]] = person_of[number]
    return Gold(papers, persons)


class Strings(NamedTuple):
    """Affiliations with their right organisations, and a register.

    Attributes:
        register: the organisations.
        right: the right identifiers of each affiliation; none where it is in no register.
    """

    register: list[Institution]
    right: list[tuple[str, frozenset[str]]]


def ror(register: Iterable[Path], strings: Path) -> Strings:
    """Return organisations of ROR, schema 1 or 2, and affiliations of Crossref with gold."""
    lines = (line for path in register for line in path.read_bytes().splitlines())
    rows = json.loads(strings.read_bytes())
    right = [(row["affiliation"], frozenset(map(_ror_id, row["ror_ids"]))) for row in rows]
    return Strings([_institution(json.loads(line)) for line in lines], right)


def _ror_id(iri: str) -> str:
    return f"ror:{iri.rpartition('/')[2]}"


def _institution(record: dict[str, Any]) -> Institution:
    if "name" in record:
        names = [record["name"], *record["aliases"], *record["acronyms"]]
        names += [label["label"] for label in record["labels"]]
        country = (record.get("country") or {}).get("country_code") or ""
        places = [a.get("city") or "" for a in record.get("addresses") or [{}]]
    else:
        shown = sorted(record["names"], key=lambda each: "ror_display" not in each["types"])
        names = [each["value"] for each in shown]
        details = [each["geonames_details"] for each in record["locations"]]
        country = details[0]["country_code"] or "" if details else ""
        places = [each["name"] or "" for each in details]
    origin = Origin(record["id"], 1)
    return Institution(
        (_ror_id(record["id"]),),
        names[0],
        origin,
        other_names=tuple(names[1:]),
        country=country,
        place=places[0] if places else "",
        status=record["status"],
    )


def same_papers(folder: Path, spool: Path) -> tuple[list[Paper], dict[str, str]]:
    """Return papers of many sources without identifiers, and the DOI that each record had.

    Only records with exactly one DOI and an author count, so that what is right is known.
    """
    inputs = (str(folder / name) for name in PAPER_SOURCES if (folder / name).exists())
    known = recognised(find_inputs(tuple(inputs), spool), None)[0]
    papers: list[Paper] = []
    right: dict[str, str] = {}
    for each in known:
        for record in read_records(each.file, each.format, None):
            dois = [i for i in record.ids if i.startswith("doi:")] if _is_whole(record) else []
            if isinstance(record, Paper) and len(dois) == 1:
                papers.append(msgspec.structs.replace(record, ids=(), relations=()))
                right[record.origins[0].record] = dois[0]
    return papers, right


def _is_whole(record: Record) -> TypeGuard[Paper]:
    return isinstance(record, Paper) and bool(record.title and record.authors)


PAPER_SOURCES = (
    "acl-anthology/2024-06/xml", "acl-anthology/2025-11/xml", "arxiv/kaggle", "arxiv/tsv",
    "crossref", "csl-json", "dblp/bib", "dblp/csl-yaml", "openalex", "jats", "bibtex/jabref",
    "bibtex/better-bibtex",
)  # fmt: skip
"""Folders whose records are compared with one another."""
