"""Texts of generated repositories that are made and not filled in: references, install lines, the notebook."""
