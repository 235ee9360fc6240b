"""From words to problems."""
