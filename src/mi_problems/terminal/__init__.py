"""The person at the terminal: streams, options, questions, completion, and how answers look."""
