"""Which files make a registry, by what names, and how much of them is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from mi_problems.errors import BadRegistry
from mi_problems.reading import limits
from mi_problems.registry import files as sources


def named(folder: Path, *names: str) -> Path:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name)
    return folder


def test_a_flat_folder_is_its_yaml_files_without_those_that_describe_the_whole(tmp_path: Path) -> None:
    source = sources.own(named(tmp_path / "r", "b.yml", "a.yaml", "models.yaml", "notes.md", "yaml", "c.yaml.bak"))
    names = {name: str(tmp_path / "r" / name) for name in ("a.yaml", "b.yml", "models.yaml")}
    assert source.name == "r"
    assert source.problems == ((names["a.yaml"], b"a.yaml"), (names["b.yml"], b"b.yml"))
    assert source.shared == {"models.yaml": (names["models.yaml"], b"models.yaml")}
    assert source.files == [(names["models.yaml"], b"models.yaml"), *source.problems]


def test_room_is_for_all_files_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    named(tmp_path, "a.yaml", "b.yaml", "models.yaml")
    monkeypatch.setattr(limits, "MAX_BYTES", len("a.yamlb.yamlmodels.yaml"))
    assert len(sources.own(tmp_path).files) == 3
    monkeypatch.setattr(limits, "MAX_BYTES", len("a.yamlb.yamlmodels.yaml") - 1)
    with pytest.raises(BadRegistry, match=r"b\.yaml makes the registry larger than"):
        sources.own(tmp_path)


def test_a_damaged_installation_is_one_line_with_its_remedy(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sources, "data_dir", lambda: named(tmp_path, "problems/a.yaml", "skills.yaml"))
    with pytest.raises(BadRegistry, match=r"cannot read .*collection\.yaml: No such file") as raised:
        sources.bundled()
    assert raised.value.hint == "reinstall mi-problems"
