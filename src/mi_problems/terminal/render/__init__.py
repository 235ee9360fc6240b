"""Turns records into what a person or a script reads: tables and cards, tab-separated lines, JSON."""
