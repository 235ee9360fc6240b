# `just test`, `just lint`, `just bench`, `just docs`

test *args:
    .venv/bin/pytest {{args}}

lint:
    .venv/bin/ruff check .
    .venv/bin/ruff format --check .
    .venv/bin/mypy
    .venv/bin/mip check

bench:
    .venv/bin/python benchmarks/startup.py
    .venv/bin/python benchmarks/search.py

# every point of speed and manners, a line each; or those whose names hold a word
manners *words:
    .venv/bin/python benchmarks/manners.py {{words}}

# the picture of the pages in the README; needs Chromium and playwright
browse-picture:
    .venv/bin/python docs/make_browse.py

# the picture and the outputs shown in the README, and the pages made from the code
docs:
    .venv/bin/python docs/make_counts.py
    .venv/bin/python docs/fill_readme.py
    .venv/bin/python docs/make_cli.py
    .venv/bin/python docs/make_architecture.py
    .venv/bin/python docs/make_format.py
    .venv/bin/python docs/make_picture.py
    .venv/bin/python docs/make_picking.py

# other Pythons, and the lowest versions of the libraries
versions *args:
    .venv/bin/python benchmarks/versions.py {{args}}
