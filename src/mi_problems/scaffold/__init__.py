"""The repository of a problem: planned without touching the disk, then written whole or not at all."""
