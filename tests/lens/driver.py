"""Runs one check in the environment that holds torch and transformer-lens: python driver.py NAME REPOSITORY FOLDER"""

import importlib
import sys
from pathlib import Path

if __name__ == "__main__":
    name, repository, folder = sys.argv[1:]
    sys.path[:0] = [repository, str(Path(__file__).parent)]
    experiment = importlib.import_module("experiment")
    experiment.RESULTS = Path(folder)
    importlib.import_module(name).check(experiment)
    print("checked")
