"""Make up records of any number, always the same ones, as the own-records format writes them.

    python -m benchmarks.made_records 1000 > records.jsonl

Papers have one to six authors with ORCIDs, some without; a venue, topics, funding, references and
code; one paper in fifty has a fault that the shapes find: a DOI that is none, or no author at all.
"""

import json
import random
import sys
from collections.abc import Iterator

Record = dict[str, object]

WORDS = ("sparse", "graph", "layer", "weave", "loom", "thread", "signal", "model", "field", "proof")
NAMES = ("Ada", "Bo", "Cy", "Dora", "Eli", "Fay", "Gus", "Hana", "Ira", "Jun", "Kim", "Lea", "Mira")
FAMILIES = ("Example", "Sample", "Thorne", "Ruskin", "Hadley", "Aalto", "Okafor", "Raman", "Quist")


def records(papers: int) -> Iterator[Record]:
    """Yield venues, and then papers."""
    chance = random.Random(papers)  # noqa: S311 - made-up data, not secrets
    for number in range(max(1, papers // 50)):
        yield {"type": "venue", "ids": [_issn(number)], "name": f"Journal {number}"}
    for number in range(papers):
        yield _paper(number, papers, chance)


def _paper(number: int, papers: int, chance: random.Random) -> Record:
    faulty = number % 50 == 7
    written = {
        "title": f"{' '.join(chance.choices(WORDS, k=5)).capitalize()} {number}",
        "issued": f"20{chance.randrange(26):02}-{1 + chance.randrange(12):02}-11",
        "ids": [f"doi:10.1000/made.{number}" if not faulty else f"doi:made-{number}"],
        "authors": [_author(chance, papers) for _ in range(1 + chance.randrange(6))],
        "venue": {"name": f"Journal {number % 9}", "ids": [_issn(number % max(1, papers // 50))]},
        "abstract": f"We {' '.join(chance.choices(WORDS, k=40))}.",
        "volume": str(1 + number % 40),
        "first_page": str(number),
        "keywords": chance.sample(WORDS, 3),
        "topics": ["cs.LG", "cs.DL"],
        "references": [f"doi:10.1000/made.{chance.randrange(papers)}" for _ in range(4)],
    }
    if faulty and number % 100 == 7:
        written["authors"] = []
    return written


def _author(chance: random.Random, papers: int) -> Record:
    number = chance.randrange(papers + 1)
    name = f"{NAMES[number % 13]} {FAMILIES[number // 13 % 9]}"
    if number % 5 == 0:
        return {"name": name}
    return {"name": name, "ids": [_orcid(number)], "affiliations": ["Loom University"]}


def _orcid(number: int) -> str:
    digits = f"00000002{number:07}"
    total = 0
    for digit in digits:
        total = (total + int(digit)) * 2
    check = (12 - total % 11) % 11
    whole = f"{digits}{'X' if check == 10 else check}"
    return f"orcid:{'-'.join(whole[start : start + 4] for start in range(0, 16, 4))}"


def _issn(number: int) -> str:
    digits = f"{1000000 + number:07}"
    total = sum(int(digit) * (8 - place) for place, digit in enumerate(digits))
    check = -total % 11
    return f"issn:{digits[:4]}-{digits[4:]}{'X' if check == 10 else check}"


def main() -> None:
    """Write the records to standard output."""
    for record in records(int(sys.argv[1])):
        sys.stdout.write(json.dumps(record) + "\n")


if __name__ == "__main__":
    main()
