"""What is said beside picks: to somebody who typed flags with flags, in the dialogue in words alone."""

from __future__ import annotations

from collections import Counter

from mi_problems.picking.answers import Answers, Drawn


def missed(answers: Answers, drawn: Drawn, spoken: bool = False) -> str:
    """That nothing that fits is about the interest, what to relax, and where to look; empty where something is."""
    if drawn.missed is None:
        return ""
    what = " or ".join(f'"{words}"' for words in answers.interests)
    nothing = "nothing more" if answers.shown else "nothing"
    if not drawn.missed:
        return f"{nothing} here is about {what}; `mip sources` says where else to look; these meet your other wishes"
    slug, _ = Counter(problem.category for problem in drawn.missed).most_common(1)[0]
    ways = drawn.ways_out(spoken)
    where = f"`mip categories {slug}` says more"
    return "; ".join([f"{nothing} that fits is about {what}", *ways, where, "these meet your other wishes"])


def above(answers: Answers, drawn: Drawn, left_out: str, spoken: bool = False) -> list[str]:
    """What is said above the picks: the interest that is missed, what marks left out, that they are few."""
    if not drawn.picks:
        return []
    few = f"only {len(drawn.picks)} of {answers.number}: no more fit" if len(drawn.picks) < answers.number else ""
    flag = "" if spoken else "; --no-marks looks at none"
    lines = [missed(answers, drawn, spoken), f"{left_out}{flag}" if left_out else "", few]
    return [f"mip: {line}" for line in lines if line]


def below(answers: Answers, drawn: Drawn, by_marks: bool) -> list[str]:
    """What is said below the picks: what to type next, how to repeat them, and that more could be replicated."""
    if not drawn.picks:
        return []
    marks = "; your marks had a part: --no-marks looks at none" if by_marks else ""
    again = f"`mip show ID`: the card; `mip init ID`: start it; repeat with --seed {answers.seed}{marks}"
    more = f"{drawn.answered} more are answered already and could be replicated: --include-addressed"
    return [*([more] if drawn.answered else []), again]
