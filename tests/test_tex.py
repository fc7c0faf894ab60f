import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphbuild.tex import plain_text


@pytest.mark.parametrize(
    ("written", "readable"),
    [
        (r"a $2$ to $3\times $ faster run", "a 2 to 3× faster run"),
        (r"$\ell_1/\ell_2$-isometry in $O(N)$", "ℓ₁/ℓ₂-isometry in O(N)"),
        ("MCR$^2$", "MCR²"),
        (r"\textbf{C}ontent \textbf{A}nd \emph{more}", "Content And more"),
        (r"\textbf{bold and \emph{both}}", "bold and both"),
        (r"learning, {\it we show}. From 0.6\% to 18.6\%", "learning, we show. From 0.6% to 18.6%"),
        ("``black boxes''", "“black boxes”"),
        ("one--two --- three", "one–two — three"),
        (
            r"Erd\H{o}s and M\"uller, \'{e}t\'e, Fran\c{c}ois, \AA",
            "Erdős and Müller, été, François, Å",
        ),
        (r"$\mathbb{R}^{n\times d}$", "ℝ^{n×d}"),
        (r"$x_{ij} \leq \frac{1}{2}$", "xᵢⱼ ≤1/2"),
        (r"$O(\log N)$, \max x", "O(log N), max x"),
        (r"\(\alpha\)-divergence \[x^2\]", "α-divergence x²"),
        ("costs $5 and $10 a month", "costs $5 and $10 a month"),
        ("10~km", "10 km"),
        (r"\unknown{x} stays", r"\unknown{x} stays"),
        (r"R\&D at 100\$", "R&D at 100$"),
        ("16% better, snake_case and x^2 stay", "16% better, snake_case and x^2 stay"),
        ("a single $ sign", "a single $ sign"),
        ("C++ and --flag", "C++ and –flag"),
    ],
)
def test_tex_becomes_readable(written, readable):
    assert plain_text(written) == readable


@given(st.text(alphabet="ab .,%&_-'\"()", max_size=40))
def test_text_without_tex_stays_as_it_is(text):
    if "--" not in text and "''" not in text:
        assert plain_text(text) == text


@given(st.text(alphabet="ab$\\{}^_%it `'~-", max_size=60))
def test_any_tex_is_read_without_an_exception(text):
    assert isinstance(plain_text(text), str)
