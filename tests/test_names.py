import pytest

from graphbuild.names import NameParts, looks_like_login, person_key, split_name


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Zhe-Xuan Gong", "Zhexuan Gong"),
        ("RENÉ VIDAL", "Rene Vidal"),
        ("Michael B Wakin", "Michael B. Wakin"),
        ("Conan O’Brien", "Conan O'Brien"),
        ("Ren\u00e9 Vidal", "Rene\u0301 Vidal"),
    ],
)
def test_spellings_of_one_name_share_a_key(left, right):
    assert person_key(left) == person_key(right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Xiang Li", "Xiao Li"),
        ("Mingyang Li", "Mingyang Rao"),
        ("Michael Wakin", "Michael B. Wakin"),
        ("Wei Li", "Li Wei"),
        ("कमल शर्मा", "कमला शर्मा"),
        ("김민수", "김민서"),
    ],
)
def test_different_names_have_different_keys(left, right):
    assert person_key(left) != person_key(right)


@pytest.mark.parametrize(
    ("name", "given", "family"),
    [
        ("Ada Example", "Ada", "Example"),
        ("Example, Ada", "Ada", "Example"),
        ("Ludwig van der Berg", "Ludwig", "van der Berg"),
        ("Example,", None, "Example"),
        ("Plato", None, None),
        ("", None, None),
    ],
)
def test_name_is_split(name, given, family):
    assert split_name(name) == NameParts(given, family)


@pytest.mark.parametrize(
    ("login", "name"),
    [("tding1", "Tianyu Ding"), ("ada-example", "Ada Example"), ("exampleada", "Ada Example")],
)
def test_login_made_of_a_name_is_seen(login, name):
    assert looks_like_login(login, name)


@pytest.mark.parametrize(
    ("login", "name"),
    [("ninglab", "Xinyi Ling"), ("ada", "Ada Example"), ("cheli", "Che Li"), ("xli", "Plato")],
)
def test_other_login_is_not(login, name):
    assert looks_like_login(login, name) is (login == "cheli")
