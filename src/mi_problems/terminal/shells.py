"""Completion in the user's shells: the script of each, and the one place where it is put and taken out again.

For bash and zsh that is a block in the start-up file; fish reads a file of our own.
"""

import os
from pathlib import Path

from typer._completion_shared import get_completion_script

from mi_problems.clean import clean
from mi_problems.errors import MipError, UsageFault, did_you_mean, why_failed
from mi_problems.terminal.users_file import Found, look, put, take_away, with_block, without_block

INSTALLABLE = ("bash", "zsh", "fish")
SHELLS = (*INSTALLABLE, "powershell", "pwsh")
_BY_HAND = {
    "bash": 'eval "$(mip --show-completion bash)"',
    "zsh": 'autoload -Uz compinit; compinit; eval "$(mip --show-completion zsh)"',
    "fish": "mip --show-completion fish | source",
    "powershell": "mip --show-completion powershell | Out-String | Invoke-Expression",
    "pwsh": "mip --show-completion pwsh | Out-String | Invoke-Expression",
}
# Loaded from $fpath, zsh's script does nothing at the first Tab of a session, which loads it: so it answers then, too.
_FIRST_TAB = '\nif [[ $zsh_eval_context[-1] == loadautofunc ]]; then _mip_completion "$@"; fi'
_COMPINIT = "(( $+functions[compdef] )) || { autoload -Uz compinit; compinit; }\n"
# Typer's lets bash fall back to file names everywhere, tells nothing of lists, and has `*` in an answer expanded.
# Bash before 4 has no `compopt`: there the names of files stay what an empty answer means.
_BASH = """\
_mip_completion() {
    local IFS=$'\\n' found word
    COMPREPLY=()
    if found=$(env COMP_WORDS="${COMP_WORDS[*]}" COMP_CWORD=$COMP_CWORD COMP_TYPE=$COMP_TYPE COLUMNS=$COLUMNS \\
        _MIP_COMPLETE=complete_bash "$1"); then
        while read -r word; do
            [ -z "$word" ] || COMPREPLY+=("$word")
        done <<< "$found"
    else
        compopt -o default 2> /dev/null
    fi
}

if type compopt > /dev/null 2>&1; then
    complete -F _mip_completion mip
else
    complete -o default -F _mip_completion mip
fi"""
_MARK = b"_MIP_COMPLETE"  # in every script of ours


def script(shell: str) -> str:
    """What makes this shell ask `mip` at Tab."""
    if shell == "bash":
        return f"{_BASH}\n"
    text = get_completion_script(prog_name="mip", complete_var="_MIP_COMPLETE", shell=shell)
    return f"{text}{_FIRST_TAB if shell == 'zsh' else ''}\n"


def chosen(word: str) -> str:
    """The shell that is named, or with no name the one that `mip` was typed in; UsageFault where it is none of ours."""
    if word in SHELLS:
        return word
    if word:
        raise UsageFault(f"unknown shell {word!r}", did_you_mean(word, INSTALLABLE))
    found = _current()
    if found not in SHELLS:
        raise UsageFault("cannot tell which shell this is", "name it, such as `mip --install-completion bash`")
    return found


def answer(action: str, word: str) -> str:
    """What `--install-completion`, `--show-completion` and `--remove-completion` print."""
    if action == "show":
        return script(chosen(word))
    return f"{clean(install(word) if action == 'install' else remove(word))}\n"


def install(word: str) -> str:
    """Puts completion where the shell finds it, once; what was done, in a sentence.

    MipError where that cannot be, with what to do by hand: then nothing was changed.
    """
    shell = chosen(word)
    try:
        path = _place(shell)
        if shell == "fish":
            os.makedirs(path.parent, exist_ok=True)
            found, content = _ours(path), script(shell).encode()
        else:
            found = look(path)
            content = with_block(path, found.content, f"{_COMPINIT if shell == 'zsh' else ''}{script(shell)}".encode())
        if content == found.content:
            return f"{shell} completion stands in {path} already"
        put(found, content)
    except OSError as error:
        raise MipError(f"cannot write {error.filename}: {why_failed(error)}", _by_hand(shell)) from None
    except MipError as error:
        raise MipError(error.message, error.hint or _by_hand(shell)) from None
    return f"{shell} completion is in {path}, for every new {shell}; `mip --remove-completion {shell}` takes it out"


def remove(word: str) -> str:
    """Takes completion out again, also as version 0.1 put it; what was done, in a sentence. MipError where it fails."""
    shell = chosen(word)
    path, removed = _place(shell), []
    own = path
    if shell != "fish":
        own = _home() / (".bash_completions/mip.sh" if shell == "bash" else ".zfunc/_mip")  # of version 0.1
        found = look(path)
        rest = without_block(path, found.content, os.fsencode(f"source '{own}'"))
        if rest != found.content:
            put(found, rest)
            removed.append(path)
    if _MARK in look(own).content:
        take_away(own)
        removed.append(own)
    return f"{shell} completion is out of {' and '.join(map(str, removed))}" if removed else f"none stands in {path}"


def _by_hand(shell: str) -> str:
    return f"by hand: put into a file that {shell} reads when it starts: {_BY_HAND[shell]}"


def _current() -> str:
    """The shell that runs this program, or else the one that SHELL names."""
    import shellingham

    try:
        return str(shellingham.detect_shell()[0])
    except (shellingham.ShellDetectionFailure, OSError):
        return os.path.basename(os.environ.get("SHELL", ""))


def _home() -> Path:
    """The user's folder; MipError where the system knows of none."""
    home = os.path.expanduser("~") if os.environ.get("HOME", "/") else ""
    if not os.path.isabs(home):
        raise MipError("cannot tell your home folder, since HOME is not set to one")
    return Path(home)


def _place(shell: str) -> Path:
    """The file that the shell reads."""
    if shell not in INSTALLABLE:
        raise MipError(f"the profile of {shell} is left alone")
    if shell == "bash":
        return _home() / ".bashrc"
    if shell == "zsh":
        name, file = "ZDOTDIR", ".zshrc"
        folder = os.environ[name] if name in os.environ else _home()  # an empty one is one for zsh
    else:
        name, file = "XDG_CONFIG_HOME", "fish/completions/mip.fish"
        folder = os.environ.get(name) or _home() / ".config"
    if not os.path.isabs(folder):
        raise MipError(f"cannot write below {name}={folder}, which is not a whole path")
    return Path(folder, file)


def _ours(path: Path) -> Found:
    """A file that holds a script of ours and nothing else, or none yet; MipError for one that somebody else wrote."""
    found = look(path)
    if found.status and found.content.strip() and _MARK not in found.content:
        raise MipError(f"{path} is not by mip", "move it away")
    return found
