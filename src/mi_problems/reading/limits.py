"""How much is read of what others wrote: all bounds on a registry. Their reasons are in docs/security.md."""

MAX_BYTES = 64_000_000  # all files of a registry together
MAX_VALUES = 250_000  # texts, lists and mappings in one file
MAX_ALL_VALUES = 1_500_000  # in all files of a registry together
MAX_DEPTH = 20  # lists and mappings in one another
MAX_TEXT = 20_000  # characters of one value
MAX_FAULTS = 1_000  # told at once
MAX_COMPARED = 1_000_000  # words looked at for the nearest to what is unknown, by all faults together
MAX_FILES = 5_000  # of a folder
