"""`--update` and `--force` over a repository that is there: what was edited is never lost, whoever wrote it first.

made-by-0.1.json holds the repository of 2.17 as version 0.1 wrote it: each file with its text.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mi_problems.errors import Conflict
from mi_problems.registry.registry import Registry
from mi_problems.scaffold import provenance
from mi_problems.scaffold.disk import digest
from mi_problems.scaffold.names import default_name
from mi_problems.scaffold.plan import PlannedFile, plan
from mi_problems.scaffold.provenance import Options
from mi_problems.scaffold.settle import CODE, Mode, settle
from mi_problems.scaffold.text import news as what_is_new
from mi_problems.scaffold.write import write
from tests.conftest import Mip
from tests.scaffold.test_write import snapshot

BY_0_1 = json.loads((Path(__file__).parent / "made-by-0.1.json").read_text(encoding="utf-8"))
SOME = st.sets(st.sampled_from(sorted(BY_0_1)))
MINE = "mine, a month of work\n"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def old(here: Path) -> Path:
    """The repository of 2.17 as 0.1 wrote it."""
    (here / "old").mkdir()
    for name, text in BY_0_1.items():
        (here / "old" / name).write_bytes(text.encode())
    return here / "old"


def made(registry: Registry, identifier: str = "2.17") -> dict[str, str]:
    """What is generated today."""
    problem = registry.problem(identifier)
    return {file.path: file.content for file in plan(problem, registry, Options(default_name(problem)))}


def brought(files: list[PlannedFile], target: Path, mode: Mode) -> dict[str, tuple[str, str]]:
    """Settled by what mip.json at the target says, and written: for each file what became of it, and what is beside."""
    found = (target / provenance.NAME).read_bytes()
    settled = settle(files, target, mode, provenance.read(found))
    write(files, settled)
    return {action.path: (action.action, action.beside) for action in settled.actions}


def older(registry: Registry, target: Path, change: str = "# older\n") -> list[PlannedFile]:
    """Today's files; at the target they all end in `change`, as if another version had written them."""
    problem = registry.problem("2.17")
    today = plan(problem, registry, Options(default_name(problem)))
    before = {file.path: file.content + change for file in today if file.path != provenance.NAME}
    target.mkdir()
    for name, text in before.items():
        (target / name).write_text(text, encoding="utf-8")
    record = provenance.document(problem, registry, Options(default_name(problem)), {}, before)
    (target / provenance.NAME).write_text(record, encoding="utf-8")
    return today


def test_what_0_1_wrote_and_nobody_edited_becomes_what_is_of_today(mip: Mip, registry: Registry, old: Path) -> None:
    assert mip("init", "2.17", "old", "--update").code == 0
    assert snapshot(old) == made(registry) | {"LOG.md": BY_0_1["LOG.md"]}


@pytest.mark.parametrize("flag", ["--update", "--force"])
@pytest.mark.parametrize("ends", [b"\n", b"\r\n"])
def test_no_byte_of_an_edited_repository_of_0_1_is_lost(
    mip: Mip, registry: Registry, old: Path, flag: str, ends: bytes
) -> None:
    for path in old.iterdir():
        edit = b"\n" if path.name == "mip.json" else MINE.encode()
        path.write_bytes((path.read_bytes() + edit).replace(b"\n", ends))
    before = {path.name: path.read_bytes() for path in old.iterdir()}
    assert mip("init", "2.17", "old", flag).code == 0
    after = {path.name: path.read_bytes() for path in old.iterdir()}
    for name, content in before.items():
        assert content in (after[name], after.get(f"{name}.mine"))
    for name, text in made(registry).items():
        assert name == "LOG.md" or text.encode() in (after[name], after.get(f"{name}.new"))


def test_ends_of_lines_are_no_edit(mip: Mip, registry: Registry, old: Path) -> None:
    for path in old.iterdir():
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert mip("init", "2.17", "old", "--update").code == 0
    assert not [path.name for path in old.iterdir() if path.name.endswith((".mine", ".new"))]


def test_an_update_says_what_the_card_has_that_0_1_did_not(mip: Mip, registry: Registry, old: Path) -> None:
    readme = (old / "README.md").read_text(encoding="utf-8")
    (old / "README.md").write_text(readme.replace(", active, ", ", open, ").replace("\n3. ", "\n3. Once "), "utf-8")
    bibliography = (old / "references.bib").read_text(encoding="utf-8")
    gone = bibliography.rindex("@misc")
    (old / "references.bib").write_text(bibliography[:gone], encoding="utf-8")
    told = mip("init", "2.17", "old", "--update").err.split("new on the card:\n")[1].splitlines()
    assert told[0] == "  status: open, now active"
    works = [work for work in registry.problem("2.17").card.newest_first if work.url not in bibliography[:gone]]
    assert [line.split(" (")[0] for line in told[1:] if "work: " in line] == [f"  work: {work.title}" for work in works]
    steps = [line.split(":")[0] for line in told if line.startswith("  first step")]
    # two are new, and what was the third this test has changed
    assert steps == ["  first step 1", "  first step 2", "  first step 4"]


def test_an_update_with_no_news_says_so_and_does_nothing_twice(mip: Mip, registry: Registry, here: Path) -> None:
    today = older(registry, here / "new")
    brought(today, here / "new", "update")
    before = snapshot(here / "new")
    done = mip("init", "2.17", "new", "--update")
    assert done.err.endswith("\n\nthe card has nothing new\n")
    assert {line.split()[0] for line in done.err.split("\n\n")[0].splitlines()} == {"keep"}
    assert snapshot(here / "new") == before


def test_news_are_told_in_json_too(mip: Mip, here: Path) -> None:
    assert mip("init", "2.17", "new").code == 0
    path = here / "new" / "mip.json"
    record = json.loads(path.read_text(encoding="utf-8"))
    record["card"]["status"] = "open"
    record["card"]["works"].pop()
    path.write_text(json.dumps(record), encoding="utf-8")
    told = json.loads(mip("init", "2.17", "new", "--update", "--json").out)
    assert told["news"][0] == "status: open, now active"
    assert told["news"][1].startswith("work: ")
    assert {file["path"]: file["beside"] for file in told["files"] if file["beside"]} == {"mip.json": "mip.json.mine"}


def test_an_update_replaces_what_is_as_it_was_written_and_puts_the_rest_beside(registry: Registry, here: Path) -> None:
    today = older(registry, here / "new")
    (here / "new" / "README.md").write_text(MINE)
    done = brought(today, here / "new", "update")
    assert done.pop("README.md") == ("keep", "README.md.new")
    assert done.pop("LOG.md") == ("keep", "")
    assert set(done.values()) == {("replace", "")}
    after = snapshot(here / "new")
    assert after["README.md"] == MINE
    assert after["README.md.new"] == dict(today)["README.md"]
    assert after["LOG.md"] == dict(today)["LOG.md"] + "# older\n"


def test_where_a_part_of_the_code_was_edited_all_of_it_stays_of_one_version(registry: Registry, here: Path) -> None:
    today = older(registry, here / "new")
    (here / "new" / "experiment.py").write_text(MINE)
    done = brought(today, here / "new", "update")
    assert {name: done[name] for name in CODE & done.keys()} == {
        name: ("keep", f"{name}.new") for name in CODE & done.keys()
    }
    assert done["README.md"] == ("replace", "")


def test_force_keeps_what_was_edited_and_never_over_an_older_one(registry: Registry, here: Path) -> None:
    today = older(registry, here / "new")
    for number in ("", "2", "3"):
        (here / "new" / "README.md").write_text(f"{MINE}{number}")
        assert brought(today, here / "new", "force")["README.md"] == ("replace", f"README.md.mine{number}")
    after = snapshot(here / "new")
    assert [after[f"README.md.mine{number}"] for number in ("", "2", "3")] == [MINE, f"{MINE}2", f"{MINE}3"]
    assert {name for name in after if ".mine" in name} == {f"README.md.mine{number}" for number in ("", "2", "3")}


def test_an_older_new_one_is_not_overwritten_either(registry: Registry, here: Path) -> None:
    today = older(registry, here / "new")
    (here / "new" / "README.md").write_text(MINE)
    (here / "new" / "README.md.new").write_text("merged half way")
    assert brought(today, here / "new", "update")["README.md"] == ("keep", "README.md.new2")
    assert snapshot(here / "new")["README.md.new"] == "merged half way"
    assert brought(today, here / "new", "update")["README.md"] == ("keep", "")


@pytest.mark.parametrize("flag", ["--add-missing", "--update", "--force"])
def test_a_log_is_never_replaced(mip: Mip, here: Path, flag: str) -> None:
    mip("init", "2.17", "new")
    (here / "new" / "LOG.md").write_text(MINE)
    assert mip("init", "2.17", "new", flag).code == 0
    assert snapshot(here / "new")["LOG.md"] == MINE
    assert not list((here / "new").glob("LOG.md.*"))


@pytest.mark.parametrize("flag", ["--update", "--force"])
def test_the_repository_of_another_problem_is_refused(mip: Mip, here: Path, flag: str) -> None:
    mip("init", "4.4", "new")
    before = snapshot(here)
    done = mip("init", "2.17", "new", flag)
    assert (done.code, done.out) == (1, "")
    assert done.err == "mip: error: new is a repository of 4.4, not of 2.17; give 4.4, or another DIR\n"
    assert snapshot(here) == before


@pytest.mark.parametrize("flag", ["--update", "--force"])
def test_an_id_that_has_gone_to_another_problem_is_refused_with_where_the_title_went(
    mip: Mip, registry: Registry, here: Path, flag: str
) -> None:
    mip("init", "2.17", "new", "--no-mark")
    path = here / "new" / "mip.json"
    other = registry.problem("2.18").title
    path.write_text(path.read_text().replace(registry.problem("2.17").title, other))
    before = snapshot(here)
    done = mip("init", "2.17", "new", flag)
    assert (done.code, done.out, done.err.count("\n")) == (1, "", 1)
    assert f"that is 2.18 now: write this id into {Path('new/mip.json')}" in done.err
    assert snapshot(here) == before


@pytest.mark.parametrize(
    "content", [None, "", "{}", "[]", "nonsense", "[" * 100_000, '{"id": 1, "options": {"name": "../x"}}']
)
def test_without_a_mip_json_that_can_be_read_an_update_is_refused_and_force_keeps_everything(
    mip: Mip, here: Path, content: str | None
) -> None:
    (here / "new").mkdir()
    (here / "new" / "README.md").write_text(MINE)
    if content is not None:
        (here / "new" / "mip.json").write_text(content)
    before = snapshot(here)
    done = mip("init", "2.17", "new", "--update", "--no-mark")
    assert (done.code, done.out, done.err.count("\n")) == (1, "", 1)
    assert "--force" in done.err
    assert snapshot(here) == before
    assert mip("init", "2.17", "new", "--force").code == 0
    assert snapshot(here / "new")["README.md.mine"] == MINE
    assert snapshot(here / "new").get("mip.json.mine") == content


@pytest.mark.parametrize("flag", ["--update", "--force"])
def test_name_author_and_license_stay_as_they_were_unless_typed_again(mip: Mip, here: Path, flag: str) -> None:
    mip("init", "2.17", "new", "--name", "heads", "--author", "Ada Lovelace", "--license", "mit")
    before = snapshot(here / "new")
    assert mip("init", "2.17", "new", flag).code == 0
    assert snapshot(here / "new") == before
    assert mip("init", "2.17", "new", flag, "--author", "Zoë").code == 0
    after = snapshot(here / "new")
    assert "Zoë" in after["LICENSE"]
    assert 'name = "heads"' in after["pyproject.toml"]
    assert after.keys() == before.keys()


def test_an_update_of_a_dry_run_tells_the_same_and_writes_nothing(mip: Mip, registry: Registry, here: Path) -> None:
    older(registry, here / "new")
    (here / "new" / "README.md").write_text(MINE)
    before = snapshot(here)
    dry = mip("init", "2.17", "new", "--update", "--dry-run").err
    assert snapshot(here) == before
    assert "keep    README.md (the new one: README.md.new)\n" in dry
    assert dry.replace("nothing written (--dry-run)\n", "") == mip("init", "2.17", "new", "--update").err


@pytest.mark.skipif(os.name == "nt", reason="POSIX")
def test_a_link_in_a_files_place_counts_as_edited(registry: Registry, here: Path) -> None:
    today = older(registry, here / "new")
    (here / "elsewhere").write_text(dict(today)["README.md"])
    (here / "new" / "README.md").unlink()
    (here / "new" / "README.md").symlink_to(here / "elsewhere")
    assert brought(today, here / "new", "update")["README.md"] == ("keep", "README.md.new")
    assert brought(today, here / "new", "force")["README.md"] == ("replace", "README.md.mine")
    assert (here / "new" / "README.md.mine").is_symlink()


def test_a_file_that_is_edited_between_looking_and_writing_is_not_lost(registry: Registry, here: Path) -> None:
    today = older(registry, here / "new")
    settled = settle(today, here / "new", "update", provenance.read((here / "new" / "mip.json").read_bytes()))
    (here / "new" / "README.md").write_text(MINE)
    before = snapshot(here)
    with pytest.raises(Conflict, match=r"README\.md was edited meanwhile; nothing was changed"):
        write(today, settled)
    assert snapshot(here) == before


@given(
    edited=st.sets(st.sampled_from(sorted(BY_0_1))),
    gone=st.sets(st.sampled_from(sorted(BY_0_1))),
    text=st.binary(min_size=1),
)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.parametrize("mode", ["update", "force"])
def test_whatever_was_edited_or_removed_nothing_is_lost_and_all_of_today_is_there(
    registry: Registry,
    tmp_path_factory: pytest.TempPathFactory,
    mode: Mode,
    edited: set[str],
    gone: set[str],
    text: bytes,
) -> None:
    target = tmp_path_factory.mktemp("any") / "new"
    today = older(registry, target)
    for name in edited:
        (target / name).write_bytes(text)
    for name in gone - {provenance.NAME}:
        (target / name).unlink()
    before = {path.name: path.read_bytes() for path in target.iterdir()}
    if mode == "update" and provenance.read(before[provenance.NAME]) is None:
        return
    brought(today, target, mode)
    after = {path.name: path.read_bytes() for path in target.iterdir()}
    for name in edited - gone:
        assert text in (after[name], after.get(f"{name}.mine"))
    for file in today:
        found = after[file.path], after.get(f"{file.path}.new")
        assert file.content.encode() in found or file.path == "LOG.md"


def test_the_hash_of_a_file_is_that_which_sha256sum_prints(registry: Registry) -> None:
    files = made(registry)
    hashes = json.loads(files["mip.json"])["files"]
    assert hashes.keys() == files.keys()
    assert hashes[".gitignore"] == digest(files[".gitignore"].encode())
    own = hashes["mip.json"]
    assert digest(files["mip.json"].replace(own, "").encode()) == own


def test_works_and_steps_that_are_gone_from_a_card_are_no_news(registry: Registry, here: Path) -> None:
    problem = registry.problem("2.17")
    before = provenance.read(made(registry)["mip.json"].encode())
    assert before is not None
    assert what_is_new.news(problem, before, here) == ()
    steps = problem.card.first_steps
    assert before.card is not None
    more = before.card._replace(works=(*before.card.works, "https://gone.example"), first_steps=(*steps, "Rest."))
    assert what_is_new.news(problem, before._replace(card=more), here) == ()
