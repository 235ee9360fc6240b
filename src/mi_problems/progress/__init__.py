"""What a person has saved, started and finished: a file of theirs that only grows."""
