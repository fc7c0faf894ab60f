from itertools import product
from string import ascii_lowercase

import numpy as np
import pytest

from graphbuild.parts import Authorship, Origin, VenueName
from graphbuild.records import Paper
from graphbuild.resolve import latent
from graphbuild.resolve.evidence import Context, context
from graphbuild.resolve.latent import Themes, table
from graphbuild.resolve.mentions import read_mentions
from graphbuild.resolve.people import resolve_people
from graphbuild.resolve.rules import shipped_rules

FIELDS = ("loom", "comet")
WORDS = 16  # each is in few enough titles to say something


def paper(key: str, title: str, name: str, venue: str = "") -> tuple[str, Paper]:
    place = VenueName(venue) if venue else None
    authors = (Authorship(name, 1),)
    return key, Paper(title, "complete", (Origin(key, 1),), authors, venue=place)


def made_up(people: int) -> dict[str, Paper]:
    """Two papers each of people who write about looms, or about comets."""
    names = ("".join(letters) for letters in product(ascii_lowercase, repeat=3))
    papers = {}
    for number, name in zip(range(people), names, strict=False):
        field = FIELDS[number % 2]
        for step in range(2):
            words = [f"{field}{(number // 2 + more) % WORDS}" for more in (step, 7 * step + 3)]
            key = f"{name}{step}"
            papers |= [paper(key, " ".join(words), f"Q{name} X{name}", f"venue {field}")]
    return papers


def learned(papers: dict[str, Paper]) -> Context:
    rules = shipped_rules().people
    return context(read_mentions(papers, {}, {}, rules.longest_paired)[1], rules)


def place(known: Context, word: str) -> np.ndarray:
    number = known.columns.terms.known(word)
    assert known.themes is not None
    assert number is not None
    found = known.themes.places[number]
    return found / np.linalg.norm(found)


@pytest.fixture(scope="module")
def looms_and_comets() -> Context:
    return learned(made_up(latent.LEAST_PEOPLE))


def test_words_that_the_same_people_use_lie_close(looms_and_comets: Context):
    loom = place(looms_and_comets, "loom0")
    assert loom @ place(looms_and_comets, "loom7") > 0.2
    assert abs(loom @ place(looms_and_comets, "comet0")) < 0.1


def test_venues_lie_with_the_words_of_their_papers(looms_and_comets: Context):
    known = looms_and_comets
    assert known.themes is not None
    words = len(known.columns.terms.texts)
    venue = known.themes.places[words + (known.columns.venues.known("venue comet") or 0)]
    near, far = (abs(venue @ place(known, word)) for word in ("comet1", "loom1"))
    assert near > 0.2 * np.linalg.norm(venue) > 4 * far


def test_more_people_are_believed_more(looms_and_comets: Context):
    more = learned(made_up(2 * latent.LEAST_PEOPLE)).themes
    assert isinstance(more, Themes)
    assert looms_and_comets.themes is not None
    assert 0 < looms_and_comets.themes.trust < more.trust < 1


def test_small_graph_teaches_nothing():
    assert learned(made_up(latent.LEAST_PEOPLE - 1)).themes is None
    assert learned({}).themes is None


def test_common_names_teach_nothing():
    papers = dict(
        paper(f"p{number}", "Loom weft", "Wei Wang") for number in range(2 * latent.LEAST_PEOPLE)
    )
    assert learned(papers).themes is None


def test_related_themes_are_named_but_join_nothing_by_themselves():
    papers = made_up(latent.LEAST_PEOPLE)
    papers |= dict([
        paper("z1", "Loom1", "Ada Examplova"), paper("z2", "Loom2", "Ada Examplova"),
    ])  # fmt: skip
    people = resolve_people(papers, [])
    assert people.person_of["z1#ada-examplova"] != people.person_of["z2#ada-examplova"]


def test_sparse_product_is_that_of_the_full_matrix():
    rows, columns = np.array([2, 0, 2]), np.array([1, 0, 2])
    values = np.array([2, 3, 4], np.float32)
    full = np.zeros((4, 3), np.float32)
    full[rows, columns] = values
    dense = np.arange(6, dtype=np.float32).reshape(3, 2)
    assert (table(rows, columns, values, 4).times(dense) == full @ dense).all()
