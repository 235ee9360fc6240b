"""mip: pick, search and start one of the open problems in mechanistic interpretability.

For a notebook or script: `load`, `search`, `recommend`, the records that they give, and the errors that they raise.
docs/python.md explains them; what is not named in `__all__` is private. Each is imported when it is first used.
"""

TYPE_CHECKING = False  # typing's own costs an import
if TYPE_CHECKING:
    from mi_problems.errors import BadRegistry as BadRegistry
    from mi_problems.errors import MipError as MipError
    from mi_problems.errors import UnknownProblem as UnknownProblem
    from mi_problems.errors import UsageFault as UsageFault
    from mi_problems.finding.ranking import Findings as Findings
    from mi_problems.finding.ranking import Hit as Hit
    from mi_problems.finding.ranking import find as find
    from mi_problems.finding.ranking import search as search
    from mi_problems.picking.answers import Answers as Answers
    from mi_problems.picking.answers import recommend as recommend
    from mi_problems.picking.recommend import Pick as Pick
    from mi_problems.records.beside import Category as Category
    from mi_problems.records.beside import Collection as Collection
    from mi_problems.records.beside import Model as Model
    from mi_problems.records.beside import Skill as Skill
    from mi_problems.records.beside import SourceList as SourceList
    from mi_problems.records.problem import Card as Card
    from mi_problems.records.problem import FollowUp as FollowUp
    from mi_problems.records.problem import Problem as Problem
    from mi_problems.records.problem import Stated as Stated
    from mi_problems.records.terms import Basis as Basis
    from mi_problems.records.terms import Compute as Compute
    from mi_problems.records.terms import Difficulty as Difficulty
    from mi_problems.records.terms import Level as Level
    from mi_problems.records.terms import Reach as Reach
    from mi_problems.records.terms import Status as Status
    from mi_problems.registry.load import load as load
    from mi_problems.registry.registry import Registry as Registry

__version__ = "0.2.0"

_HOMES = {
    "errors": ("BadRegistry", "MipError", "UnknownProblem", "UsageFault"),
    "finding.ranking": ("Findings", "Hit", "find", "search"),
    "picking.answers": ("Answers", "recommend"),
    "picking.recommend": ("Pick",),
    "records.beside": ("Category", "Collection", "Model", "Skill", "SourceList"),
    "records.problem": ("Card", "FollowUp", "Problem", "Stated"),
    "records.terms": ("Basis", "Compute", "Difficulty", "Level", "Reach", "Status"),
    "registry.load": ("load",),
    "registry.registry": ("Registry",),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}
__all__ = list(_HOME)


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module 'mi_problems' has no attribute {name!r}")
    from importlib import import_module

    found = getattr(import_module(f"mi_problems.{_HOME[name]}"), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
