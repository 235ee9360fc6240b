"""Picks as a conversation: the questions, what is said beside the picks, and what to do with them."""
