"""Text to terms."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mi_problems.finding.words import STOP, halves, pieces, stem, telling, terms, tokens

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


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Круговая структура", ["круговая", "структура"]),
        ("ёлка ЙОД", ["елка", "иод"]),
        ("ΚΎΚΛΟΣ κύκλος", ["κυκλοσ", "κυκλοσ"]),
        ("دائِرة", ["دايرة"]),
        ("می\u200cخواهم ۱۲", ["میخواهم", "12"]),
        ("עִבְרִית", ["עברית"]),
        ("बड़े मॉडल में चक्र", ["बड़े", "मॉडल", "में", "चक्र"]),
        ("తెలుగు", ["తెలుగు"]),
        ("圆", ["圆"]),
        ("模型中有圆", ["模型", "型中", "中有", "有圆"]),
        ("がぎ", ["がぎ"]),
        ("GPT-2の円", ["gpt2", "の円"]),
        ("모델은", ["모델", "델은"]),
        ("วงกลม", ["วง", "งก", "กล", "ลม"]),
        ("Søren Łódź Straße", ["soren", "lodz", "strasse"]),
        ("β-VAE, ΔW and x → y", ["vae", "w", "and", "x", "y"]),
    ],
)
def test_words_of_every_script_are_words(text: str, found: list[str]) -> None:
    assert tokens(text) == [unicodedata.normalize("NFC", unicodedata.normalize("NFKD", word)) for word in found]


def test_voiced_kana_and_the_vowels_of_indic_scripts_tell_words_apart() -> None:
    assert tokens("かき") != tokens("がぎ")
    assert tokens("की") != tokens("के") != tokens("क")


@given(st.text(max_size=40))
def test_a_word_is_a_word_however_it_is_composed(text: str) -> None:
    forms = {form: tokens(unicodedata.normalize(form, text)) for form in ("NFC", "NFD", "NFKC", "NFKD")}
    assert forms["NFC"] == forms["NFD"]
    assert forms["NFKC"] == forms["NFKD"]


@given(st.text(max_size=40))
def test_no_word_holds_what_the_index_writes_between_words(text: str) -> None:
    assert not any(sign in word for word in tokens(text) for sign in "|=\t\n ")
    assert all(word.split() == [word] for word in tokens(text))


@given(st.text(max_size=40))
def test_the_pieces_of_a_text_are_the_text(text: str) -> None:
    assert "".join(piece for piece, _ in pieces(text)) == text


def test_who_flatters_is_a_sycophant_and_a_flatter_minimum_is_flat() -> None:
    assert terms("flattery") == terms("flatters") == terms("sycophancy")
    assert terms("flatter minima")[0] == terms("flat")[0]


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("gpt2", "gpt2"), ("layers3", "layers3"), ("sae", "sae"), ("saes", "sae"), ("class", "class"),
        ("bias", "bias"), ("loss", "loss"), ("as", "as"), ("running", "run"),
        ("fuzzy", "fuzz"), ("lying", "lie"),
    ],
)  # fmt: skip
def test_an_ending_is_cut_where_enough_is_left(word: str, found: str) -> None:
    assert stem(word) == found


@pytest.mark.parametrize(
    ("british", "american"),
    [
        ("optimisation", "optimization"), ("colours", "colors"), ("analyse", "analyze"), ("travelled", "traveled"),
        ("dialogue", "dialog"), ("greyscale", "grayscale"), ("neighbourhood", "neighborhood"), ("fibre", "fibre"),
        ("centred", "centred"),
    ],
)  # fmt: skip
def test_a_british_word_is_the_american_one(british: str, american: str) -> None:
    assert stem(british) == stem(american)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("do models make things up", ["models", "hallucinate"]),
        ("it made up facts", ["hallucinate"]),
        ("making up sources again", ["hallucinate", "again"]),
        ("models make up", ["models"]),
        ("make it bigger", ["bigger"]),
        ("scale up facts", ["scale", "facts"]),
        ("make stuff now up", ["stuff", "now"]),
    ],
)
def test_to_make_things_up_is_one_word(text: str, found: list[str]) -> None:
    assert telling(text) == found


@pytest.mark.parametrize(("term", "found"), [("模型", "模型"), ("圆", ""), ("ab", ""), ("круг", ""), ("ке", "")])
def test_only_a_pair_of_characters_has_halves(term: str, found: str) -> None:
    assert halves(term) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Attention heads", [("Attention", {"attent"}), (" ", set()), ("heads", {"head"})]),
        ("模型圆", [("模", {"模", "模型"}), ("型", {"型", "模型", "型圆"}), ("圆", {"圆", "型圆"})]),
        ("圆", [("圆", {"圆"})]),
    ],
)
def test_a_piece_comes_with_the_stems_that_it_is_a_part_of(text: str, found: list[tuple[str, set[str]]]) -> None:
    assert [piece for piece in pieces(text) if piece[0]] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("W_in and W_out", ["w_in", "and", "w_out"]), ("gpt-2 layer_3 top-k", ["gpt2", "layer3", "top", "k"]),
        ("don't", ["dont"]), ("x1-3", ["x1", "3"]), ("２０２６", ["2026"]),
    ],
)  # fmt: skip
def test_names_of_weights_and_models_are_one_word(text: str, found: list[str]) -> None:
    assert tokens(text) == found


@pytest.mark.parametrize("pair", ["mice mouse", "lied lies", "matrices matrix", "written writes", "axes axis"])
def test_an_irregular_form_is_its_word(pair: str) -> None:
    assert len({stem(word) for word in pair.split()}) == 1
