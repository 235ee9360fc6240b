"""Reports: one line each, short, with hints only at first, and no more than can be read."""

from __future__ import annotations

import pytest

from mi_problems.faults import Enough, Fault, Report
from mi_problems.limits import MAX_FAULTS, MAX_HINTS
from mi_problems.tree import Node

HERE = Node("str", 3, 5, "opne")


def test_a_long_message_keeps_its_beginning_and_its_end() -> None:
    report = Report("f", where=["problem 2.1", "title"])
    report.add(HERE, f"begin {'x' * 900} end")
    (fault,) = report.faults
    assert str(fault).startswith("f:3:5: problem 2.1: title: begin x")
    assert fault.message.endswith("x end")
    assert 400 <= len(fault.message) <= 410
    report.add(HERE, "x" * (400 - len("problem 2.1: title: ")))
    assert "..." not in report.faults[1].message


def test_a_message_is_one_line_whatever_it_tells() -> None:
    report = Report("f")
    report.add(HERE, "one\ntwo\t three")
    assert report.faults == [Fault("f", 3, 5, "one two three")]


def test_only_the_first_faults_name_what_may_be_meant() -> None:
    report = Report("f")
    for _ in range(MAX_HINTS + 1):
        report.unknown(HERE, "unknown", "opne", ("open",))
    assert [fault.message for fault in report.faults] == ["unknown; did you mean open?"] * MAX_HINTS + ["unknown"]


def test_one_fault_too_many_says_so_and_is_the_last() -> None:
    report = Report("f")
    for _ in range(MAX_FAULTS):
        report.at(1, 1, "wrong")
    with pytest.raises(Enough):
        report.at(2, 2, "wrong again")
    assert report.faults[-1] == Fault("f", 2, 2, f"more than {MAX_FAULTS} faults; mend the others first")
    assert len(report.faults) == MAX_FAULTS + 1
