"""Reports: one line each, short, with hints only at first, and no more than can be read."""

from __future__ import annotations

from mi_problems.reading.faults import Report
from mi_problems.reading.limits import MAX_COMPARED, MAX_FAULTS
from mi_problems.reading.yaml_tree import Node

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


def test_what_may_be_meant_is_named_while_comparing_is_within_its_budget() -> None:
    many = [f"word{number}" for number in range(MAX_COMPARED // 10)]
    report = Report("f")
    for _ in range(11):
        report.unknown(HERE, "unknown", "wrod7", many)
    hints = [bool(fault.message.removeprefix("unknown")) for fault in report.faults]
    assert not hints[10]
    assert len(many) * sum(hints) <= MAX_COMPARED


def test_the_words_of_a_closed_list_are_always_named() -> None:
    report = Report("f")
    for _ in range(MAX_FAULTS):
        report.unknown(HERE, "unknown", "opne", ("open", "active"))
    assert {fault.message for fault in report.faults} == {"unknown; did you mean open?"}
