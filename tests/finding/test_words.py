"""Text to terms."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mi_problems.finding.words import STOP, stem, terms, tokens

FAMILIES = [
    "memorise memorize memorised memorization memorisation memorising",
    "ablate ablated ablating ablation ablations",
    "behaviour behavior behaviours",
    "model models modelling modeling modelled",
    "patch patching patched patches",
    "interpret interpretable interpretability",
    "polysemantic polysemanticity",
    "emergent emergence",
    "discover discovery discovering discovered",
    "recall recalled recalling",
    "analyse analyze analysed analyzing",
    "translate translation translating",
    "probe probes probing",
    "plot plots plotting plotted",
    "label labelled labeled labelling",
    "catalogue catalogues catalog",
    "programme program programmes programmer programmed programming",
    "grey gray",
    "centre centres center",
    "periodic periodicity",
    "toxic toxicity",
    "frequency frequencies",
    "theoretical theoretic",
]


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.split()[0])
def test_the_forms_of_a_word_have_one_stem(family: str) -> None:
    assert len({stem(word) for word in family.split()}) == 1


def test_different_words_stay_apart() -> None:
    words = "neuron network head layer feature circuit token position attention induction vision image probe".split()
    words += "prompt loss lose".split()
    assert len({stem(word) for word in words}) == len(words)


def test_a_number_joins_the_word_before_it() -> None:
    assert tokens("GPT-2 small, MLP 0, layer-3") == ["gpt2", "small", "mlp", "0", "layer3"]


def test_accents_and_apostrophes_fold() -> None:
    assert tokens("R\u00e4uker's model\u2019s") == ["raukers", "model", "s"]


def test_words_without_weight_are_left_out() -> None:
    assert terms("why does the model do this") == [stem("model")]
    assert not {stem(word) for word in ("why", "does")} & set(terms("why does it"))
    assert all(word == word.lower() for word in STOP)


@given(st.text(max_size=50))
def test_stems_are_never_longer_than_three_more_and_stable(text: str) -> None:
    for word in tokens(text):
        assert stem(word) == stem(word)
        assert stem(word)
