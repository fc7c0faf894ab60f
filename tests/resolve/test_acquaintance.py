import numpy as np

from graphbuild.resolve.acquaintance import Acquaintance
from graphbuild.resolve.mentions import Lists


def lists(*rows: list[int]) -> Lists:
    made = Lists()
    for row in rows:
        made.append(row)
    return made


def numbers(*given: int) -> np.ndarray:
    return np.array(given, np.int64)


def test_inverse_lists_say_where_each_number_is():
    inverse = lists([0, 2], [], [2, 1]).inverted(4)
    assert [list(inverse.of(each)) for each in range(4)] == [[0], [2], [0, 2], []]


# Name 0 is on paper 0 with 1, on paper 1 with 2 and on paper 2 with 3; 1 and 2 wrote paper 3.
AUTHORS = lists([0, 1], [0, 2], [0, 3], [1, 2])


def between(ties: list[float]) -> list[list[float]]:
    found = Acquaintance(AUTHORS, np.array(ties, np.float32)).among(
        numbers(0, 1, 2), numbers(1, 2, 3), numbers(0, 1, 2)
    )
    return found.between(numbers(0, 1, 2), 3).round(2).tolist()


def test_coauthors_who_wrote_together_elsewhere_tie_two_groups():
    assert between([1, 1, 1, 1]) == [[0, 1, 0], [1, 0, 0], [0, 0, 0]]


def test_tie_counts_by_the_names_of_both():
    assert between([1, 0.5, 0.5, 1])[0][1] == 0.25


def test_common_names_tie_nothing():
    assert between([1, 0.1, 1, 1]) == [[0] * 3] * 3


def test_paper_of_the_name_itself_is_none_elsewhere():
    authors = lists([0, 1, 2], [0, 1], [0, 2])
    found = Acquaintance(authors, np.ones(3, np.float32)).among(
        numbers(0, 0, 1, 2), numbers(1, 2, 1, 2), numbers(0, 1, 2)
    )
    assert not found.between(numbers(0, 1, 2), 3).any()
