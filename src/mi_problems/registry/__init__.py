"""From YAML files to a checked registry, and choosing among its problems."""
