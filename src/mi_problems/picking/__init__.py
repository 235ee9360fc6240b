"""From a person's wishes to picks with reasons."""
