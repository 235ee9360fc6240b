"""python shown.py experiment.py OPTIONS: runs the experiment, and beside its figure writes what that shows: shown.json."""

import json
import runpy
import sys

import figures
from matplotlib.collections import PathCollection
from matplotlib.ticker import FixedLocator


def said(number):
    """As figure.txt rounds it."""
    return f"{round(float(number), 3) + 0.0:.6g}"


def numbers(axis):
    """What maps, labelled curves, bars and dots show."""
    lines = [line for line in axis.lines if not line.get_label().startswith("_")]
    parts = [image.get_array().ravel() for image in axis.images]
    parts += [line.get_ydata() if line.get_transform() == axis.transData else line.get_ydata()[:1] for line in lines]
    parts += [dots.get_offsets().ravel() for dots in axis.collections if isinstance(dots, PathCollection)]
    sizes = [bar.get_width() if group.orientation == "horizontal" else bar.get_height() for group in axis.containers for bar in group]
    return [said(number) for part in [*parts, sizes] for number in part]


def bars(axis):
    """Name and size of each bar, where bars have names."""
    found = []
    for group in axis.containers:
        flat = group.orientation == "horizontal"
        side = axis.yaxis if flat else axis.xaxis
        sizes = [said(bar.get_width() if flat else bar.get_height()) for bar in group]
        if isinstance(side.get_major_locator(), FixedLocator) or side.have_units():
            names = [" ".join(label.get_text().split()) for label in side.get_ticklabels()]
            found += [f"{name} {size}" for name, size in zip(names, sizes, strict=True)]
    return found


def save(figure, folder, how_to_read, saved=figures.save):
    panels = [axis for axis in figure.axes if axis.get_label() != "<colorbar>" and getattr(axis, "words", None) != ""]
    tables = [axis for axis in panels if not hasattr(axis, "words")]
    shown = {"panels": [axis.get_label() for axis in panels]}
    shown["numbers"] = [number for axis in tables for number in numbers(axis)]
    shown["bars"] = [bar for axis in tables for bar in bars(axis)]
    (folder / "shown.json").write_text(json.dumps(shown), encoding="utf-8")
    saved(figure, folder, how_to_read)


figures.save = save
sys.argv = sys.argv[1:]
runpy.run_path(sys.argv[0], run_name="__main__")
