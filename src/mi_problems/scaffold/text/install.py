"""The lines that make a repository's environment and run its experiment, for the machine on which they are typed.

They call what is in `.venv` by its path: that works in every shell, whatever environment is active in it. The index of
PyTorch's CPU builds, and that the default index has those for CUDA on Linux and those for the CPU elsewhere, are from
https://docs.astral.sh/uv/guides/integration/pytorch/.
"""

import shutil
import sys
from typing import NamedTuple

CPU_INDEX = "https://download.pytorch.org/whl/cpu"
CPU_SIZE = "0.25 GB"  # 235 MB to download with torch 2.13 on Linux: it, matplotlib, pytest and what they need
GPU_SIZE = "3 GB"  # 2.9 with torch 2.14
NEEDS_THE_NETWORK = "The install needs the network once"


class Machine(NamedTuple):
    """What the lines depend on: the system (`linux`, `darwin`, `win32`), an NVIDIA GPU, and whether there is uv."""

    system: str = "linux"
    gpu: bool = False
    uv: bool = False


def this_machine() -> Machine:
    """This one, as far as PATH tells: a GPU where there is `nvidia-smi`."""
    return Machine(sys.platform, bool(shutil.which("nvidia-smi")), bool(shutil.which("uv")))


def install_lines(machine: Machine, runs: bool) -> list[str]:
    """What to type in the repository's folder; without an experiment only the environment is made."""
    windows = machine.system == "win32"
    inside = ".venv\\Scripts\\" if windows else ".venv/bin/"
    project = "." if not runs else '".[dev]"' if windows else "'.[dev]'"
    on_linux = machine.system == "linux" and runs
    if machine.uv:
        backend = f" --torch-backend {'auto' if machine.gpu else 'cpu'}" if on_linux or (machine.gpu and runs) else ""
        lines = ["uv venv .venv", f"uv pip install --python .venv{backend} -e {project}"]
    else:
        torch = [f"{inside}pip install torch --index-url {CPU_INDEX}"] if on_linux and not machine.gpu else []
        python = "py" if windows else "python3"
        lines = [f"{python} -m venv .venv", *torch, f"{inside}pip install -e {project}"]
    return [*lines, f"{inside}python experiment.py"] if runs else lines


def install_note(machine: Machine) -> str:
    """How much that fetches, and for what."""
    if machine.gpu and (machine.uv or machine.system == "linux"):
        return f"{NEEDS_THE_NETWORK}, for about {GPU_SIZE}: torch for the GPU that is here."
    build = "torch's CPU build"
    if machine.gpu:
        build += "; for that of the GPU see https://pytorch.org/get-started/locally/"
    return f"{NEEDS_THE_NETWORK}, for about {CPU_SIZE}: {build}."
