"""The problems most like one: named as related, of one section, with the same skills and starter."""

from mi_problems.records.problem import Problem
from mi_problems.registry.registry import Registry


def place(problem: Problem) -> tuple[str, str]:
    """Where a problem stands: its category and section."""
    return problem.category, problem.section


def neighbours(registry: Registry, problem: Problem, count: int) -> list[Problem]:
    """The problems most like one, best first; those that share nothing with it are left out."""
    named = problem.card.related
    skills, home = set(problem.skills), place(problem)

    def likeness(other: Problem) -> int:
        shared = 12 * len(skills.intersection(other.skills)) // max(1, len(skills.union(other.skills)))
        same = place(other) == home
        return shared + 12 * (other.id in named) + 6 * same + 2 * (other.starter == problem.starter is not None)

    others = [(likeness(other), other) for other in registry.problems if other.id != problem.id]
    like = sorted((pair for pair in others if pair[0]), key=lambda pair: -pair[0])  # of equals that of the lower id
    return [other for _, other in like[:count]]


def more_like(registry: Registry, problem: Problem) -> list[Problem]:
    """A few of the problems most like one that its card does not name itself."""
    return [other for other in neighbours(registry, problem, 8) if other.id not in problem.card.related][:3]
