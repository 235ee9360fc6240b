"""Texts that are made and not filled in: references, lines to install by, what is new on a card, a notebook."""
