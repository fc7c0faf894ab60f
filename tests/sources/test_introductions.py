import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphbuild.sources.code_links import find_code_links
from graphbuild.sources.introductions import MAY_BE_COINED, find_introductions, looks_coined


def found(title, abstract=""):
    links = find_code_links(abstract)
    return {
        i.name: (i.kind, i.other_names, i.repository)
        for i in find_introductions(title, abstract, links)
    }


@pytest.mark.parametrize(
    ("title", "abstract", "name", "kind"),
    [
        ("WARP: Weaving Regions", "We present WARP, a method that aligns.", "WARP", "method"),
        ("WARP: Weaving Regions", "", "WARP", "method"),
        ("On Looms", "In this paper, we propose LoomNet, a novel architecture.", "LoomNet", "method"),
        ("On Looms", "We also develop LoomNet, a simple, lightweight framework for data.", "LoomNet", "method"),
        ("On Looms", "We introduce FiberSet, the first-ever, large-scale dataset for crafts.", "FiberSet", "dataset"),
        ("On Looms", "We introduce Pairwise Loom Comparison (PLC), a framework.", "PLC", "method"),
        ("On Looms", "This yields a new loss, termed WeaveLoss.", "WeaveLoss", "method"),
        ("On Looms", "We test it on Madder-Bench, a newly constructed dataset of schemes.", "Madder-Bench", "dataset"),
        ("On Looms", "We call it LoomV2 in what follows.", "LoomV2", "method"),
        ("LOOMV2: Faster", "We propose the second generation of Loom (LOOMV2).", "LOOMV2", "method"),
    ],
)  # fmt: skip
def test_introduction_is_found(title, abstract, name, kind):
    assert found(title, abstract)[name][0] == kind


@pytest.mark.parametrize(
    ("title", "abstract"),
    [
        ("COVID-19: A Survey", "We present a survey of COVID-19 studies."),
        ("Learning to Weave: Beyond Looms", "We propose to weave."),
        ("LLMs: What Next?", "We present what LLMs can do."),
        ("WARP: Again", "A study of the warp in cloth that others have woven."),
        ("On Looms", "We propose a method with convolutional neural networks (CNNs)."),
        ("On Looms", "We introduce a sampler that uses a Sequential Monte Carlo (SMC) scheme."),
        ("On Looms", "We propose two algorithms: the iterative hard thresholding (IHT) algorithm."),
        ("On Looms", "Unlike BERT, ours is small. GPT-4 is not used."),
        ("On Looms", "We present results on ImageNet and propose changes."),
        ("On Looms", "We propose it (see NOTE)."),
    ],
)
def test_what_is_only_mentioned_is_not_found(title, abstract):
    assert found(title, abstract) == {}


def test_expansion_and_other_spellings_are_kept():
    abstract = "We propose Sparse Layers In Motion (SLIM). We present SLIM, a framework."
    assert found("SLIM: Small", abstract)["SLIM"] == ("method", ("Sparse Layers In Motion",), None)


@pytest.mark.parametrize("repository", ["SLIM", "slim", "sparse-layers-in-motion"])
def test_repository_named_after_the_system_holds_it(repository):
    abstract = f"We propose Sparse Layers In Motion (SLIMv2). Code is available at https://github.com/bo/{repository}."
    assert found("SLIMV2: Small", abstract)["SLIMv2"][2] == f"github.com/bo/{repository}"


def test_words_are_the_evidence():
    [one] = find_introductions("On Looms", "Here we propose LoomNet, a novel architecture.")
    assert one.evidence == (("proposed", "propose LoomNet"),)


@pytest.mark.parametrize("name", ["SDNet", "OTOv2", "Cat-AIR", "DREAM", "Loom2", "ChemVA"])
def test_coined_names(name):
    assert looks_coined(name)


@pytest.mark.parametrize(
    "name",
    ["Attention", "DNNs", "PNC_DLN", "lawofparsimony", "AI", "COVID-19", "A", "x" * 31 + "AB"],
)
def test_ordinary_names(name):
    assert not looks_coined(name)


@given(st.text(st.sampled_from("aBc9.+-x"), max_size=8))
def test_every_coined_name_is_found_by_the_quick_test(name):
    assert not looks_coined(name) or MAY_BE_COINED.search(name)
