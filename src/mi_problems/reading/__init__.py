"""YAML text to checked plain data, with every fault of every file by line and column."""
