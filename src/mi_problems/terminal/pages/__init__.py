"""Pages on a terminal, by rich: cards, what stands beside them, and cards side by side."""
