"""The tool installs in every way a user may install it, and runs outside the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

from tests.conftest import PROBLEMS, ROOT, facts

CIRCUITS = sum(row["number"].startswith("2.") for row in facts("problems"))


def run(command: list[str], cwd: Path, **environment: str) -> str:
    """Standard output of a command that must succeed."""
    clean = {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "MIP_DATA"}}
    done = subprocess.run(
        command, cwd=cwd, env=clean | environment, capture_output=True, encoding="utf-8", timeout=600, check=False
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    return done.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The sdist, and the wheel made from it."""
    folder = tmp_path_factory.mktemp("dist")
    run([sys.executable, "-m", "build", "--outdir", str(folder), str(ROOT)], folder)
    return next(folder.glob("*.tar.gz")), next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs of an environment that holds nothing."""
    folder = tmp_path_factory.mktemp("fresh") / "env"
    venv.create(folder, with_pip=True)
    return folder / ("Scripts" if os.name == "nt" else "bin")


def test_the_wheel_holds_code_data_and_templates_and_no_bytecode(built: tuple[Path, Path]) -> None:
    names = zipfile.ZipFile(built[1]).namelist()
    for needed in (
        "py.typed",
        "data/collection.yaml",
        "data/data-format.md",
        "data/problems/09-features.yaml",
        "data/templates/base/README.md.tmpl",
        "data/site/index.html",
        "data/site/assets/style.css",
    ):
        assert f"mi_problems/{needed}" in names
    cards = list((ROOT / "data" / "problems").glob("*.yaml"))
    assert len([name for name in names if name.startswith("mi_problems/data/problems/")]) == len(cards)
    assert len([name for name in names if name.startswith("mi_problems/data/compiled/")]) == 2
    assert not [name for name in names if name.endswith(".pyc") or "__pycache__" in name]
    templates = [name for name in names if "/templates/" in name]
    assert all(name.endswith(".tmpl") for name in templates)


def test_the_sdist_holds_what_the_tests_need(built: tuple[Path, Path]) -> None:
    with tarfile.open(built[0]) as archive:
        names = [name.split("/", 1)[-1] for name in archive.getnames()]
    for needed in (
        "pyproject.toml",
        "LICENSE",
        "tests/facts/problems.tsv",
        "data/skills.yaml",
        "README.md",
        "hatch_build.py",
    ):
        assert needed in names


def test_the_wheel_runs_in_a_fresh_environment_outside_the_checkout(
    built: tuple[Path, Path], fresh: Path, tmp_path: Path
) -> None:
    run([str(fresh / "python"), "-m", "pip", "install", "--quiet", str(built[1])], tmp_path)
    mip = str(fresh / "mip")
    assert len(run([mip, "list"], tmp_path).splitlines()) == PROBLEMS
    assert len(run([mip, "list", "--category", "circuits"], tmp_path).splitlines()) == CIRCUITS
    assert len(run([mip, "pick", "--level", "beginner"], tmp_path).splitlines()) == 3
    assert run([str(fresh / "python"), "-m", "mi_problems", "show", "2.17"], tmp_path).startswith("2.17\tA\t")
    page = Path(run([mip, "check", "--template"], tmp_path).rpartition("# every field: ")[2].strip())
    assert page.read_text(encoding="utf-8").startswith("# The format of a registry")
    made = tmp_path / run([mip, "init", "2.17"], tmp_path).strip()
    assert (made / "experiment.py").is_file()
    index = Path(run([mip, "browse", "-l", "beginner", "--compute", "laptop", "--out", "class/"], tmp_path).strip())
    assert (index.parent / "p" / "2.17.html").is_file()


def _parses(program: Path, words: list[str], folder: Path) -> bool:
    """Whether this run of an installed tool parses YAML; there is no place for a cache."""
    probe = (
        "import sys, mi_problems.cli as c\n"
        "try: c.app(sys.argv[1:], prog_name='mip')\n"
        "finally: print('yaml' in sys.modules, file=sys.stderr)"
    )
    (folder / "file").touch()
    done = subprocess.run(
        [str(program), "-c", probe, *words],
        cwd=folder, env={**os.environ, "MIP_CACHE_DIR": str(folder / "file" / "none")}, capture_output=True,
        encoding="utf-8", check=True,
    )  # fmt: skip
    assert len(done.stdout.splitlines()) >= 1
    return done.stderr.splitlines()[-1] == "True"


@pytest.mark.parametrize("words", [["list"], ["search", "induction heads"], ["show", "2.17"], ["--version"]])
def test_an_installation_parses_no_yaml_of_ours_and_needs_no_cache(
    words: list[str], built: tuple[Path, Path], fresh: Path, tmp_path: Path
) -> None:
    run(
        [str(fresh / "python"), "-m", "pip", "install", "--quiet", "--force-reinstall", "--no-deps", str(built[1])],
        tmp_path,
    )
    assert not _parses(fresh / "python", words, tmp_path)


def test_an_installation_whose_data_were_edited_shows_the_edit(
    built: tuple[Path, Path], fresh: Path, tmp_path: Path
) -> None:
    with zipfile.ZipFile(built[1]) as wheel:
        wheel.extractall(tmp_path / "place")
    edited = tmp_path / "place" / "mi_problems" / "data" / "problems" / "02-circuits.yaml"
    text = edited.read_text(encoding="utf-8")
    edited.write_text(text.replace("Why so many induction heads?", "Why so many of them?", 1), encoding="utf-8")
    out = run([sys.executable, "-m", "mi_problems", "list"], tmp_path, PYTHONPATH=str(tmp_path / "place"))
    assert "Why so many of them?" in out


@pytest.mark.parametrize("seed", ["1", "2"])
def test_the_same_sources_compile_to_the_same_bytes(seed: str, built: tuple[Path, Path], tmp_path: Path) -> None:
    probe = (
        "from hatch_build import compile_into; from pathlib import Path; "
        f"compile_into(Path({str(tmp_path)!r}), Path({str(ROOT / 'src')!r}))"
    )
    run([sys.executable, "-c", probe], ROOT, PYTHONPATH=str(ROOT), PYTHONHASHSEED=seed)
    with zipfile.ZipFile(built[1]) as wheel:
        for entry in tmp_path.iterdir():
            assert wheel.read(f"mi_problems/data/compiled/{entry.name}") == entry.read_bytes()


def test_the_readmes_first_command_installs_and_picks(built: tuple[Path, Path], tmp_path: Path) -> None:
    with tarfile.open(built[0]) as archive:
        archive.extractall(tmp_path, filter="data")
    folder = next(tmp_path.iterdir())
    command = (folder / "README.md").read_text(encoding="utf-8").split("```sh\n")[1].split("\n```")[0]
    assert "pip install ." in command
    picks = run(["bash", "-e", "-c", command], folder).splitlines()[-3:]
    assert [len(line.split("\t")) for line in picks] == [5, 5, 5]


def test_an_editable_install_runs(fresh: Path, tmp_path: Path, built: tuple[Path, Path]) -> None:
    run([str(fresh / "python"), "-m", "pip", "install", "--quiet", "--editable", str(ROOT)], tmp_path)
    assert len(run([str(fresh / "mip"), "list"], tmp_path).splitlines()) == PROBLEMS


def test_the_source_folder_runs_without_an_install(tmp_path: Path) -> None:
    out = run([sys.executable, "-m", "mi_problems", "list"], tmp_path, PYTHONPATH=str(ROOT / "src"))
    assert len(out.splitlines()) == PROBLEMS


@pytest.mark.parametrize(
    ("words", "file"), [("init 4.4 --vcs none", "experiment.py"), ("browse -c rl --out site", "../assets/script.js")]
)
def test_a_zipped_package_runs(built: tuple[Path, Path], tmp_path: Path, words: str, file: str) -> None:
    probe = f"import mi_problems as m; print(m.__file__); from mi_problems.cli import app; app({words.split()})"
    out = run([sys.executable, "-c", probe], tmp_path, PYTHONPATH=str(built[1]))
    assert str(built[1]) in out.splitlines()[0]
    assert (tmp_path / out.splitlines()[1] / file).resolve().is_file()
