"""The only clock of the product: when a mark is made, and how long ago that was. Tests put in another `now`."""

from __future__ import annotations

import time

from mi_problems.records.terms import plural

_UNITS = ((365, "year"), (30, "month"), (7, "week"))  # in days


def now() -> float:
    """Seconds since 1970."""
    return time.time()


def stamp() -> str:
    """The present time as a mark keeps it: ISO 8601, in UTC, to the second."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(now()))


def wait(seconds: float) -> None:
    time.sleep(seconds)


def ago(at: str) -> str:
    """`today`, `yesterday`, `3 days ago`, `a week ago`, by local dates; what is no time stays as it is."""
    from datetime import UTC, datetime

    try:
        then = datetime.fromisoformat(at)
        then = then if then.tzinfo else then.replace(tzinfo=UTC)
        days = (datetime.fromtimestamp(now(), UTC).astimezone().date() - then.astimezone().date()).days
    except (ValueError, OverflowError, OSError):
        return at
    if days < 7:
        return "today" if days < 1 else "yesterday" if days == 1 else f"{days} days ago"
    length, name = next(unit for unit in _UNITS if days >= unit[0])
    count = days // length
    return f"a {name} ago" if count == 1 else f"{plural(count, name)} ago"
