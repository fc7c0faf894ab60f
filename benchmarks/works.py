"""Make up works in the layout of OpenAlex, about 9 kB each, and the same facts as flat tables.

The tables are for engines that map flat rows. All is made from a seed: no real work, person or
organisation is in it. People write in groups of twenty, some write much more than others, half of
them have an ORCID, and papers cite earlier ones.
"""

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = "https://openalex.org/"
SYLLABLES = ["ba", "ce", "di", "fo", "gu", "ha", "ki", "lo", "mu", "ne", "pi", "ro", "sa", "te"]
KINDS = ["article"] * 7 + ["preprint", "book-chapter", "review"]
GROUP = 20
TABLES = (
    "works", "topics_of", "topics", "keywords", "cites", "authorships", "authors", "affiliations",
    "institutions", "sources",
)  # fmt: skip

Row = dict[str, Any]


class Made:
    """Makes up one set of works."""

    def __init__(self, works: int, seed: int = 7) -> None:
        self.works = works
        self._chance = random.Random(seed)  # noqa: S311 - made-up data
        self._vocabulary = [self._word() for _ in range(4_000)]
        self._people = [self._person(number) for number in range(max(200, works * 3 // 2))]
        self._places = [self._institution(n) for n in range(max(50, int(works**0.75)))]
        self._sources = [self._source(number) for number in range(max(30, int(works**0.65)))]
        self._topics = [self._topic(number) for number in range(min(4_000, max(50, works // 20)))]

    def __iter__(self) -> Iterator[Row]:
        return (self._work(number) for number in range(self.works))

    def _word(self) -> str:
        return "".join(self._chance.choices(SYLLABLES, k=self._chance.randint(1, 5)))

    def _words(self, number: int) -> list[str]:
        return self._chance.choices(self._vocabulary, k=number)

    def _person(self, number: int) -> Row:
        name = f"{self._word().title()} {self._word().title()}"
        orcid = f"https://orcid.org/{checked(number)}" if number % 2 else None
        return {"id": f"{ROOT}A5{number:09d}", "display_name": name, "orcid": orcid}

    def _institution(self, number: int) -> Row:
        name = f"{self._word().title()} University"
        return {"id": f"{ROOT}I1{number:08d}", "display_name": name, "country_code": "DE",
                "type": "education"}  # fmt: skip

    def _source(self, number: int) -> Row:
        name = f"Journal of {self._word().title()}"
        return {"id": f"{ROOT}S1{number:07d}", "display_name": name, "type": "journal",
                "host_organization": f"{ROOT}P1{number % 90:07d}",
                "host_organization_name": f"Press {number % 90}"}  # fmt: skip

    def _topic(self, number: int) -> Row:
        level = {"id": f"{ROOT}subfields/{1000 + number % 250}",
                 "display_name": f"Subfield {number % 250}"}  # fmt: skip
        name = " ".join(self._words(3)).title()
        return {"id": f"{ROOT}T{10000 + number}", "display_name": name, "subfield": level}

    def _work(self, number: int) -> Row:
        title, words = " ".join(self._words(10)).capitalize(), self._words(150)
        source = self._chance.choice(self._sources)
        doi = f"https://doi.org/10.{1000 + number % 8000}/{number:07d}"
        first = int(len(self._people) * self._chance.random() ** 1.5) // GROUP * GROUP
        topics = self._chance.sample(self._topics, 3)
        cited = self._chance.randint(0, 200)
        place = {"is_oa": True, "landing_page_url": doi, "pdf_url": None, "source": source,
                 "license": "cc-by", "version": "publishedVersion"}  # fmt: skip
        return {
            "id": f"{ROOT}W{1_000_000 + number}", "doi": doi, "title": title,
            "display_name": title, "publication_year": 2000 + number % 25,
            "publication_date": f"{2000 + number % 25}-{1 + number % 12:02d}-{1 + number % 28:02d}",
            "ids": {"openalex": f"{ROOT}W{1_000_000 + number}", "doi": doi}, "language": "en",
            "type": KINDS[number % len(KINDS)], "primary_location": place, "locations": [place],
            "best_oa_location": place, "open_access": {"is_oa": True, "oa_status": "gold"},
            "authorships": [self._authorship(first, each) for each in self._group()],
            "cited_by_count": cited, "is_retracted": number % 5000 == 4999,
            "biblio": {"volume": str(number % 90), "issue": str(number % 12),
                       "first_page": str(number % 900), "last_page": str(number % 900 + 12)},
            "topics": [{**each, "score": round(0.9 - place / 10, 4)}
                       for place, each in enumerate(topics)],
            "keywords": [{"id": f"{ROOT}keywords/{each}", "display_name": each, "score": 0.5}
                         for each in dict.fromkeys(self._words(5))],
            "referenced_works": [f"{ROOT}W{each}" for each in self._cited(number)],
            "related_works": [f"{ROOT}W{each}" for each in self._chance.sample(range(10**9), 10)],
            "abstract_inverted_index": inverted(words),
            "counts_by_year": [{"year": year, "cited_by_count": cited // 10}
                               for year in range(2015, 2025)],
        }  # fmt: skip

    def _group(self) -> list[int]:
        size = min(GROUP, 1 + int(self._chance.expovariate(0.22)))
        return self._chance.sample(range(GROUP), size)

    def _authorship(self, first: int, member: int) -> Row:
        number = (first + member) % len(self._people)
        person, home = self._people[number], self._places[number % len(self._places)]
        written = f"Department of {self._vocabulary[number % 4000].title()}, {home['display_name']}"
        given, _, family = person["display_name"].partition(" ")
        return {
            "author_position": "middle", "author": person, "institutions": [home],
            "is_corresponding": member == 0, "raw_author_name": f"{family}, {given[0]}.",
            "raw_affiliation_strings": [written],
            "affiliations": [{"raw_affiliation_string": written, "institution_ids": [home["id"]]}],
        }  # fmt: skip

    def _cited(self, number: int) -> list[int]:
        """Return thirty works, six in ten of them of this set."""
        own = [1_000_000 + self._chance.randrange(number) for _ in range(18) if number]
        return list(dict.fromkeys(own + self._chance.sample(range(10**8, 10**9), 12)))


def checked(number: int) -> str:
    """Return the ORCID with this number, its check digit by ISO 7064 mod 11-2."""
    digits, total = f"{20_000_000 + number:015d}", 0
    for digit in digits:
        total = (total + int(digit)) * 2
    check = (12 - total % 11) % 11
    whole = digits + ("X" if check == 10 else str(check))
    return "-".join(whole[start : start + 4] for start in range(0, 16, 4))


def inverted(words: list[str]) -> dict[str, list[int]]:
    """Return a text as OpenAlex has it: for each word its places."""
    places: dict[str, list[int]] = {}
    for place, word in enumerate(words):
        places.setdefault(word, []).append(place)
    return places


def write_works(works: int, folder: Path, parts: int) -> None:
    """Write works as JSON Lines in several files, as in the snapshot of OpenAlex."""
    folder.mkdir(parents=True)
    size = -(-works // parts)
    for number, work in enumerate(Made(works)):
        if number % size == 0:
            file = (folder / f"part_{number // size:03d}.jsonl").open("w", encoding="utf-8")
        json.dump(work, file, ensure_ascii=False, separators=(",", ":"))
        file.write("\n")
        if number % size == size - 1 or number == works - 1:
            file.close()


def write_tables(works: int, folder: Path) -> None:
    """Write the facts of the same works as flat tables, one JSON file each."""
    folder.mkdir(parents=True)
    tables: dict[str, dict[Any, Row]] = {name: {} for name in TABLES}
    for work in Made(works):
        _note(work, tables)
    for name, rows in tables.items():
        text = json.dumps(list(rows.values()), ensure_ascii=False)
        (folder / f"{name}.json").write_text(text, encoding="utf-8")


def _note(work: Row, tables: dict[str, dict[Any, Row]]) -> None:
    key, source = work["id"], work["primary_location"]["source"]
    tables["works"][key] = {
        "id": key, "title": work["title"], "date": work["publication_date"], "doi": work["doi"],
        "year": work["publication_year"], "cited": work["cited_by_count"], "lang": "en",
        "source": source["id"],
    }  # fmt: skip
    tables["sources"][source["id"]] = {"id": source["id"], "label": source["display_name"]}
    for topic in work["topics"]:
        tables["topics_of"][key, topic["id"]] = {"work": key, "topic": topic["id"]}
        tables["topics"][topic["id"]] = {"id": topic["id"], "label": topic["display_name"]}
    for word in work["keywords"]:
        tables["keywords"][key, word["id"]] = {"work": key, "word": word["display_name"]}
    for cited in work["referenced_works"]:
        tables["cites"][key, cited] = {"work": key, "cited": cited}
    for place, each in enumerate(work["authorships"], 1):
        _note_author(f"{key}#a{place}", key, place, each, tables)


def _note_author(
    node: str, work: str, place: int, each: Row, tables: dict[str, dict[Any, Row]]
) -> None:
    person = each["author"]
    tables["authorships"][node] = {
        "node": node, "work": work, "place": place, "person": person["id"],
        "raw": each["raw_author_name"],
    }  # fmt: skip
    tables["authors"][person["id"]] = {
        "id": person["id"], "name": person["display_name"],
    } | ({"orcid": person["orcid"]} if person["orcid"] else {})  # fmt: skip
    for home in each["institutions"]:
        tables["affiliations"][node, home["id"]] = {"node": node, "org": home["id"]}
        tables["institutions"][home["id"]] = {"id": home["id"], "label": home["display_name"],
                                              "country": home["country_code"]}  # fmt: skip
