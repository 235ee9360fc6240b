"""A registry of one's own, however small, serves every command in every form."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import GOOD_CARD, GOOD_FILE, Mip

VERBS = ("list", "show 2.1", "search alpha", "pick -l A --seed 1", "pick --like 2.1", "init 2.1 --dry-run", "check")


@pytest.fixture
def one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file with one problem, which is related to problems of the bundled list alone."""
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "one.yaml"
    card = GOOD_CARD.replace('["2.2"]', '["2.17", "6.23"]')
    file.write_text(GOOD_FILE.split("problems:\n")[0] + "problems:\n" + card, encoding="utf-8")
    return file


@pytest.mark.parametrize("form", ["", "--json"])
@pytest.mark.parametrize("command", [*VERBS, "categories", "categories circuits"])
def test_one_problem_is_enough_for_every_command(mip: Mip, one: Path, command: str, form: str) -> None:
    done = mip("--only", "--data", str(one), *command.split(), *form.split())
    assert done.code == 0, done.err


def test_what_is_related_may_stand_in_the_bundled_list_alone(mip: Mip, one: Path) -> None:
    done = mip("--only", "--data", str(one), "search", "alpha", "beta", "--json")
    assert [record["related"] for record in json.loads(done.out)] == [["2.17", "6.23"]]


@pytest.mark.parametrize("query", ["alpha", "alpha beta", "card for tests", "epsilom zeta"])
def test_words_of_the_only_card_find_it(mip: Mip, one: Path, query: str) -> None:
    assert mip("--only", "--data", str(one), "search", *query.split()).out.startswith("2.1\t")


def test_other_words_find_nothing_in_it(mip: Mip, one: Path) -> None:
    done = mip("--only", "--data", str(one), "search", "weather in paris")
    assert (done.code, done.out) == (0, "")


TITLES = {
    "Russian": ("Есть ли круг для дней недели", "круг", "дней недели"),
    "Greek": ("Υπάρχει κύκλος για τις μέρες", "κυκλος", "ΜΕΡΕΣ"),
    "Arabic": ("هل توجد دائرة لأيام الأسبوع", "دائرة", "الأسبوع"),
    "Persian": ("آیا روزها را می\u200cداند", "میداند", "روزها"),
    "Hindi": ("सप्ताह के दिनों का चक्र", "चक्र", "सप्ताह"),
    "Chinese": ("模型中是否有星期的圆", "圆", "星期"),
    "Japanese": ("曜日の円はモデルにあるか", "円", "モデル"),
    "Korean": ("요일의 원은 모델에 있는가", "모델", "요일"),
    "Thai": ("มีวงกลมของวันหรือไม่", "วงกลม", "วัน"),
    "Polish": ("Czy jest koło dla dni tygodnia", "kolo", "koło"),
}


@pytest.mark.parametrize("language", TITLES)
def test_a_title_in_any_script_is_found_by_the_whole_of_it_and_by_its_words(
    mip: Mip, tmp_path: Path, language: str
) -> None:
    file = tmp_path / "r.yaml"
    file.write_text(GOOD_FILE.replace("A card for tests", f'"{TITLES[language][0]}"', 1), encoding="utf-8")
    for query in TITLES[language]:
        assert mip("--only", "--data", str(file), "search", query).out.startswith("2.1\t"), query


def test_a_card_in_a_script_without_blanks_has_words_enough(mip: Mip, tmp_path: Path) -> None:
    summary = GOOD_FILE.partition("summary: >-\n")[2].partition("    first_steps")[0]
    text = GOOD_FILE.replace(summary, "      " + "模型中是否有星期的圆" * 8 + "\n", 1)
    (tmp_path / "r.yaml").write_text(text, encoding="utf-8")
    assert mip("--only", "check", str(tmp_path / "r.yaml")).out == ""
