"""A damaged installation is a line that says how to mend it."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest

from mi_problems.errors import BadRegistry
from mi_problems.registry import bundle
from mi_problems.scaffold import templates
from tests.conftest import ROOT, Mip


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the data folder that may be damaged, in place of the installation's."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    monkeypatch.setattr(bundle, "_HERE", tmp_path)
    monkeypatch.setenv("MIP_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    return tmp_path / "data"


def one_line(mip: Mip, *command: str) -> str:
    done = mip(*command)
    assert (done.code, done.out, done.err.count("\n")) == (1, "", 1)
    assert done.err.endswith("; reinstall mi-problems\n")
    return done.err


@pytest.mark.parametrize(
    "lost",
    ["base/README.md.tmpl", "base/gitignore.tmpl", "base/lab.py.tmpl", "starters/ioi/starter.json.tmpl",
     "starters/ioi/experiment.py.tmpl", "base/license-mit.tmpl", "starters/ioi"],
)  # fmt: skip
@pytest.mark.parametrize("flags", [[], ["--dry-run"]])
def test_a_template_that_is_missing_is_one_line(mip: Mip, data: Path, lost: str, flags: list[str]) -> None:
    place = data / "templates" / lost
    shutil.rmtree(place) if place.is_dir() else place.unlink()
    assert "templates/" in one_line(mip, "init", "2.17", "new", "--license", "mit", *flags)
    assert not Path("new").exists()


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"title": "x", "change": []}', "\udcff"])
def test_a_description_of_a_starter_that_is_broken_is_one_line(mip: Mip, data: Path, text: str) -> None:
    (data / "templates/starters/ioi/starter.json.tmpl").write_bytes(text.encode("utf-8", "surrogateescape"))
    assert "starters/ioi/starter.json.tmpl" in one_line(mip, "init", "2.17", "new")


@pytest.mark.parametrize("command", ["list", "init 2.17 new", "show 2.17", "check", "categories"])
@pytest.mark.parametrize("how", ["gone", "empty", "a file"])
def test_an_installation_without_problems_is_one_line(mip: Mip, data: Path, command: str, how: str) -> None:
    shutil.rmtree(data / "problems")
    if how == "empty":
        (data / "problems").mkdir()
    elif how == "a file":
        (data / "problems").touch()
    assert "problems/" in one_line(mip, *command.split())


@pytest.mark.parametrize("lost", ["collection.yaml", "skills.yaml", "models.yaml"])
def test_an_installation_without_one_of_its_files_is_one_line(mip: Mip, data: Path, lost: str) -> None:
    (data / lost).unlink()
    assert lost in one_line(mip, "list")


def test_a_template_that_a_zip_lacks_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with zipfile.ZipFile(tmp_path / "data.zip", "w") as archive:
        archive.writestr("data/templates/base/README.md.tmpl", "text")
    monkeypatch.setattr(bundle, "data_dir", lambda: zipfile.Path(tmp_path / "data.zip", "data/"))
    assert templates.read("base/README.md") == "text"
    with pytest.raises(BadRegistry, match=r"no readable templates/base/LOG\.md\.tmpl") as raised:
        templates.read("base/LOG.md")
    assert raised.value.hint == "reinstall mi-problems"
