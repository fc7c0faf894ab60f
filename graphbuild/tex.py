r"""Turn the TeX of titles and abstracts into text that people can read.

    $O(N)$ with $\ell_1/\ell_2$, \textbf{C}ontent, ``black boxes'', 0.6\%, 3$\times$ faster

becomes

    O(N) with ℓ₁/ℓ₂, Content, “black boxes”, 0.6%, 3× faster

What is not understood stays as it is written: text is never lost.
"""

import re
import unicodedata

TABLE = """
    alpha α beta β gamma γ delta δ epsilon ε varepsilon ε zeta ζ eta η theta θ iota ι kappa κ
    lambda λ mu μ nu ν xi ξ omicron ο pi π rho ρ sigma σ tau τ upsilon υ phi φ varphi φ chi χ
    psi ψ omega ω Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω
    ell ℓ hbar ℏ aleph ℵ Re ℜ Im ℑ infty ∞ nabla ∇ partial ∂ emptyset ∅ prime ′ degree °
    times × cdot · pm ± mp ∓ div ÷ circ ∘ bullet • star ⋆ oplus ⊕ otimes ⊗ odot ⊙ dagger †
    le ≤ leq ≤ ge ≥ geq ≥ ne ≠ neq ≠ approx ≈ sim ∼ simeq ≃ equiv ≡ propto ∝ ll ≪ gg ≫
    to → rightarrow → leftarrow ← Rightarrow ⇒ mapsto ↦ in ∈ notin ∉ subset ⊂ subseteq ⊆ cup ∪
    cap ∩ forall ∀ exists ∃ sum ∑ prod ∏ int ∫ sqrt √ langle ⟨ rangle ⟩ mid ∣ vert | Vert ‖
    top ⊤ perp ⊥ ldots … dots … cdots ⋯ textendash – textemdash — S § P ¶ copyright ©
    ss ß ae æ AE Æ oe œ OE Œ o ø O Ø aa å AA Å l ł L Ł i ı j ȷ
"""
SYMBOLS = dict(zip(TABLE.split()[0::2], TABLE.split()[1::2], strict=True))
ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", '"': "\u0308", "~": "\u0303", "=": "\u0304",
    ".": "\u0307", "u": "\u0306", "v": "\u030c", "H": "\u030b", "c": "\u0327", "d": "\u0323",
    "b": "\u0331", "r": "\u030a", "k": "\u0328",
}  # fmt: skip
BLACKBOARD = dict(zip("CHNPQRZE", "ℂℍℕℙℚℝℤ𝔼", strict=True))
SUPERSCRIPT = str.maketrans("0123456789+-=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ")
SUBSCRIPT = str.maketrans("0123456789+-=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ")
FONTS = (
    "textbf|textit|textrm|textsf|texttt|textsc|textnormal|text|emph|underline|uline|mbox|hbox|"
    "mathrm|mathbf|mathit|mathsf|mathtt|mathcal|mathfrak|mathscr|boldsymbol|bm|operatorname"
)
SWITCHES = (
    "bfseries|bf|itshape|it|em|rmfamily|rm|sf|tt|sc|sl|small|large|Large|displaystyle|textstyle"
)

FONT = re.compile(rf"\\(?:{FONTS})\s*\{{([^{{}}]*)\}}")
SWITCH = re.compile(rf"\{{\\(?:{SWITCHES})(?![A-Za-z])\s*([^{{}}]*)\}}")
LOOSE_SWITCH = re.compile(rf"\\(?:{SWITCHES})(?![A-Za-z])\s*")
ACCENT = re.compile(
    r"(?P<brace>\{)?\\(?P<mark>[`'^\"~=.]|[uvHcdbrk](?![A-Za-z]))\s*"
    r"(?:\{\\?(?P<inner>[A-Za-z])\}|\\?(?P<bare>[A-Za-z]))(?(brace)\})"
)
MATHBB = re.compile(r"\\mathbb\s*\{?([A-Z])\}?")
FRACTION = re.compile(r"\\[dt]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}")
MATH = re.compile(r"(?<!\\)\$\$?((?:[^$\\]|\\.)+?)(?<!\\)\$\$?|\\\((.+?)\\\)|\\\[(.+?)\\\]")
COMMAND = re.compile(r"\\([A-Za-z]+)(?![A-Za-z])[ \t]*(?:\{\})?")
RAISED = re.compile(r"([_^])(?:\{([^{}]*)\}|([^\s{}\\]))")
ESCAPED = re.compile(r"\\([%&#_${}])")
FUNCTION = re.compile(
    r"\\(log|ln|exp|max|min|arg|sin|cos|tan|det|dim|ker|lim|sup|inf|Pr|deg|gcd|mod)(?![A-Za-z])"
)
GROUP = re.compile(
    r"(\\[A-Za-z]+\*?\s*(?:\[[^\[\]]*\])?(?:\{[^{}]*\})+|[_^]\{[^{}]*\})|\{([^{}]*)\}"
)
SIGNS = re.compile("``|''|--|~")
"""What stands for other signs outside of commands and formulas."""

EN_DASH = re.compile(r"(?<!-)--(?!-)")
TIE = re.compile(r"(?<=\w)~(?=\w)")


def plain_text(text: str) -> str:
    """Return text with its TeX resolved into Unicode; text without TeX comes back unchanged."""
    if "\\" in text or "$" in text:
        text = _commands(MATH.sub(_math, text))
    elif SIGNS.search(text) is None:
        return text
    text = text.replace("``", "“").replace("''", "”").replace("---", "—")
    if "--" in text:
        text = EN_DASH.sub("–", text)
    if "~" in text:
        text = TIE.sub(" ", text)
    return " ".join(ESCAPED.sub(r"\1", text).split())


def without_braces(text: str) -> str:
    r"""Return text without the braces that only group, as BibTeX protects capitals with them.

    Braces of commands, exponents and the like stay, as do escaped ones.

    >>> without_braces(r"{The {GNU} way} of \foo{x}"), without_braces("x^{abc} in {L}ooms")
    ('The GNU way of \\foo{x}', 'x^{abc} in Looms')
    """
    if "{" not in text and "}" not in text:
        return text
    if "\\" not in text and "^{" not in text and "_{" not in text:
        return text.replace("{", "").replace("}", "")
    before = None
    while before != text:
        before, text = text, GROUP.sub(_group, text)
    return text


def _group(match: re.Match[str]) -> str:
    return match[2] if match[1] is None else match[1]


def _math(match: re.Match[str]) -> str:
    body = next(group for group in match.groups() if group is not None)
    if match[0].startswith("$") and _is_money(match, body):
        return match[0]
    return _raised(
        _commands(body.replace(r"\,", " ").replace(r"\;", " ").replace(r"\!", ""))
    ).strip()


def _is_money(match: re.Match[str], body: str) -> bool:
    """Tell "$5 and $10" from a formula: it starts with a number and ends before one."""
    after = match.string[match.end() : match.end() + 1]
    return after.isdigit() and body[0].isdigit() and body[-1].isspace()


def _commands(text: str) -> str:
    if "\\" not in text:
        return text
    for pattern, replacement in ((FONT, r"\1"), (SWITCH, r"\1"), (FRACTION, r"\1/\2")):
        before = None
        while before != text:
            before, text = text, pattern.sub(replacement, text)
    text = ACCENT.sub(_accent, LOOSE_SWITCH.sub("", text))
    text = MATHBB.sub(lambda match: BLACKBOARD.get(match[1], match[1]), text)
    return COMMAND.sub(_symbol, FUNCTION.sub(r"\1", text))


def _symbol(match: re.Match[str]) -> str:
    return SYMBOLS.get(match[1], match[0])


def _accent(match: re.Match[str]) -> str:
    return unicodedata.normalize("NFC", (match["inner"] or match["bare"]) + ACCENTS[match["mark"]])


def _raised(text: str) -> str:
    return RAISED.sub(_one_raised, text)


def _one_raised(match: re.Match[str]) -> str:
    table = SUPERSCRIPT if match[1] == "^" else SUBSCRIPT
    body = match[2] if match[2] is not None else match[3]
    if all(ord(letter) in table for letter in body):
        return body.translate(table)
    return match[1] + (body if len(body) == 1 else f"{{{body}}}")
