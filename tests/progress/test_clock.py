"""How long ago a mark was made, in words, by a clock that tests set."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from mi_problems.progress import clock

NOON = datetime(2026, 11, 30, 12, tzinfo=UTC).timestamp()


@pytest.fixture(autouse=True)
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOON)


def test_a_stamp_is_iso_8601_in_utc() -> None:
    assert clock.stamp() == "2026-11-30T12:00:00Z"


@pytest.mark.parametrize(
    ("at", "words"),
    [
        ("2026-11-30T11:59:00Z", "today"), ("2026-11-29T12:00:00Z", "yesterday"),
        ("2026-11-24T12:00:00Z", "6 days ago"), ("2026-11-23T12:00:00Z", "a week ago"),
        ("2026-11-10T12:00:00Z", "2 weeks ago"), ("2026-10-31T12:00:00Z", "a month ago"),
        ("2026-08-30", "3 months ago"), ("2025-11-20T00:00:00+02:00", "a year ago"), ("2020-01-01", "6 years ago"),
        ("2030-01-01T00:00:00Z", "today"),
    ],
)  # fmt: skip
def test_it_is_told_in_words_how_long_ago_that_was(at: str, words: str) -> None:
    assert clock.ago(at) == words


@pytest.mark.parametrize("at", ["", "last tuesday", "2026-13-01", "0001-01-01T00:00:00+23:59"])
def test_what_is_no_time_stays_as_it_is(at: str) -> None:
    assert clock.ago(at) in {at, "2025 years ago"}
