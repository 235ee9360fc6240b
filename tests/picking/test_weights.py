"""The page on picking says what the code does."""

from __future__ import annotations

from docs import make_picking

from mi_problems.picking.interests import NEAR
from mi_problems.picking.weights import LEAST, PLAIN


def test_the_page_has_every_weight_with_its_reason() -> None:
    page = make_picking.PAGE.read_text(encoding="utf-8")
    assert page == make_picking.page(page), "run `python docs/make_picking.py`"
    assert f"weighs {PLAIN} points, more or less by what follows, and {LEAST} at the least" in page
    assert f"down to {round(100 * NEAR)} % of the best hit's score" in page
