"""Names of generated repositories: made from a problem's title, or given and checked."""

from __future__ import annotations

import re
import sys
import unicodedata

from mi_problems.clean import clean
from mi_problems.errors import UsageFault
from mi_problems.records.problem import Problem

MAX_NAME = 50
_OWN = {"experiment", "lab", "figures", "tinylens", "test_experiment"}
# What `pip install -e '.[dev,lens]'` puts into the environment, by package and by import, and what installs it. A
# project of such a name takes the package's place.
_PACKAGES = frozenset(
    """
    torch functorch torchgen torchvision torchaudio triton cuda numpy sympy mpmath networkx jinja2 markupsafe filelock
    fsspec typing_extensions matplotlib mpl_toolkits pylab contourpy cycler fonttools kiwisolver packaging pillow
    pil pyparsing python_dateutil dateutil six pytest pluggy iniconfig pygments exceptiongroup tomli colorama py
    transformer_lens transformers tokenizers safetensors huggingface_hub hf_xet accelerate datasets pyarrow pandas pytz
    tzdata dill multiprocess xxhash einops fancy_einsum jaxtyping typeguard wadler_lindig beartype better_abc rich
    markdown_it_py markdown_it mdurl tqdm wandb sentry_sdk sentencepiece protobuf google psutil pyyaml yaml regex
    requests urllib3 idna certifi charset_normalizer aiohttp httpx httpcore anyio h11 attrs attr click gitpython git
    submitit cloudpickle platformdirs pydantic pydantic_core annotated_types sae_lens nnsight scipy sklearn scikit_learn
    pip setuptools wheel pkg_resources uv ipython ipykernel jupyter notebook mip mi_problems
    """.split()
)
_RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}


def default_name(problem: Problem) -> str:
    """`mip-2-17-does-the-ioi-circuit-recur`: letter first, no dots, at most 50 characters, cut between words."""
    plain = unicodedata.normalize("NFKD", problem.title).encode("ascii", "ignore").decode().lower()
    name = problem.name
    for word in re.findall(r"[a-z0-9]+", plain.replace("'", "")):
        if len(name) + 1 + len(word) > MAX_NAME:
            break
        name += f"-{word}"
    return name


def checked_name(name: str) -> str:
    """The project name if it can be one on every system; UsageFault with the rule it breaks otherwise."""
    if not name.strip():
        raise UsageFault("the name is empty", "give letters, digits, - or _, starting with a letter")
    if len(name) > MAX_NAME:
        raise UsageFault(f"the name is longer than {MAX_NAME} characters", "shorten it")
    if not re.fullmatch(r"[A-Za-z]([A-Za-z0-9_-]*[A-Za-z0-9])?", name):
        raise UsageFault(
            f"the name {name!r} must start with a letter, end with a letter or digit, and hold only those, - and _",
            "for another folder give it as DIR",
        )
    if name.casefold() in _RESERVED:
        raise UsageFault(f"the name {name!r} is reserved on Windows", "choose another")
    if shadowed := _shadowed(name):
        raise UsageFault(f"the name {name!r} is that of {shadowed}", "choose another")
    return name


def _shadowed(name: str) -> str:
    """What would be imported or installed in place of the project, or the other way round."""
    plain = re.sub(r"[-_.]+", "_", name.casefold())
    if plain in _OWN:
        return "a module of the project itself"
    if plain in _PACKAGES or plain.startswith("nvidia_"):
        return "a package in the project's environment"
    python = {module.casefold() for module in (*sys.stdlib_module_names, "test")}
    return "a module of Python itself" if plain in python else ""


def checked_folder(folder: str) -> str:
    """The target folder as given; UsageFault if it is empty or one of its parts cannot be a folder everywhere."""
    if not folder.strip():
        raise UsageFault("DIR is empty", "name a folder, or leave it out")
    hidden = any(unicodedata.category(char) in {"Cc", "Cf", "Cs", "Zl", "Zp"} for char in folder)
    if hidden and clean(folder) != folder:
        raise UsageFault(f"DIR {folder!r} holds a control or invisible character", "use printable characters")
    for part in re.split(r"[/\\]", folder):
        if part.startswith("-"):
            hint = "begin it with something else, or change into that folder first"
            raise UsageFault(
                f"DIR {folder!r} has a part that starts with a dash, which commands take for an option", hint
            )
        if part.split(".")[0].casefold() in _RESERVED:
            raise UsageFault(f"DIR {folder!r} has the part {part!r}, a name reserved on Windows", "choose another")
    return folder


def checked_author(author: str) -> str:
    """The author's name on one line; UsageFault if it holds control characters."""
    if clean(author) != author:
        raise UsageFault(f"--author {author!r} holds a control character", "use printable characters")
    return author.strip()
