"""What a problem, a category, a model is, and the words for it."""
