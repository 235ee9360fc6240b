"""The parts of an experiment are those that Python's parser finds, as `lab.py` does when an experiment has run."""

import ast

from mi_problems.cache import sha256
from mi_problems.records.problem import Problem
from mi_problems.registry.registry import Registry
from mi_problems.scaffold.parts import parts
from mi_problems.scaffold.plan import plan
from mi_problems.scaffold.provenance import Options


def parsed(text: str) -> dict[str, str]:
    found, lines = {}, text.splitlines(keepends=True)
    for node in ast.parse(text).body:
        *before, last = lines[node.lineno - 1 : node.end_lineno]
        source = "".join(before) + last.encode()[: node.end_col_offset].decode()
        name, _, value = (part.strip() for part in source.partition("="))
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            found[f"{node.name}()"] = sha256(source.encode()).hexdigest()[:8]
        elif isinstance(node, ast.Assign) and name.isupper():
            found[name] = value
    return found


def kinds(problems: tuple[Problem, ...]) -> list[Problem]:
    """A problem for each experiment there is: of every starter as it is, and of every card that sets one."""
    plain = {problem.starter: problem for problem in problems if problem.starter and not problem.card.settings}
    return [*plain.values(), *(problem for problem in problems if problem.card.settings)]


def test_the_parts_of_every_experiment_are_those_that_the_parser_finds(registry: Registry) -> None:
    for problem in kinds(registry.problems):
        text = dict(plan(problem, registry, Options("made")))["experiment.py"]
        assert list(parts(text).items()) == list(parsed(text).items()), problem.id


def test_a_part_ends_before_its_comment_and_holds_every_line_that_belongs_to_it() -> None:
    text = '"""Says\nN = 1\n"""\n\nN = 2  # two\nT = """\na\n"""\n\n\ndef f():\n    a = [\n\n    ]\n\n\nx = 1\n'
    assert parts(text) == parsed(text)
    assert parts(text)["N"] == "2"
    assert parts(text)["T"] == '"""\na\n"""'
