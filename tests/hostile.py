"""Registries that hold whatever text a test puts into every field that takes text, and text made to hurt."""

from __future__ import annotations

from pathlib import Path

from hypothesis import strategies as st

ESCAPES = [
    "\x1b[31m", "\x1b[2J", "\x1b]8;;https://evil.example\x07", "\x1b]52;c;AAAA\x07", "\x1b]0;owned\x1b\\", "\x9b31m",
    "\x9d52;c;AAAA\x9c", "\x1bP1$r\x1b\\", "\x07", "\x08", "\x7f", "\x00", "\x0e", "\r", "\n", "\t", "\x0b", "\x0c",
    "\x1c", "\x85", "\u2028", "\u2029", "\u202e", "\u2066", "\u2069", "\u200b", "\u200d", "\u200e", "\u2060", "\ufeff",
    "\u00ad", "\ufff9", "\U000e0041", "\ue000", "\U0010fffe",
]  # fmt: skip
BREAKOUTS = [
    '"""', "'''", '"', "'", "\\", "\\\\", '\\"""',
    "\"\"\"\nimport os\nos.system('touch obeyed')\n\"\"\"", "{", "}", "{{",
    "{{ url }}", "{{ include imports }}", "# {{ include setup }}", "${HOME}", "$(touch obeyed)", "`touch obeyed`", "%s",
    "{% raw %}", "#}", '"]\n[project]\nname = "x"', "\\u0022", "},\n@misc{x, ", "@comment{", "```", "~~~", "<!--",
    "<script>", "](https://evil.example) [", "../../x", "/etc/passwd", "; touch obeyed", "# coding: utf-7", "--model",
]  # fmt: skip
MARKDOWN = [
    "<img src=x onerror=alert(1)>", "![x](https://e.example/t.png)", "[x]: https://e.example 'w'", "[x](y)", "[x][y]",
    "[^1]: note", "[^1]", "[ ] ", "<https://e.example>", "<a@e.example>", "a@e.example", "https://e.example/x",
    "www.e.example", "mailto:a@e.example", "# ", "## ", " ##", "> ", "- ", "* ", "+ ", "1. ", "2) ", "---", "===",
    "***", "*a*", "**a**", "_a_", "__a__", "snake_case", "~~a~~", "~", "*", "_", "`", "``", "`a`", "``a`b``", "```",
    "&amp;", "&#35;", "&", "|", "|---|", "$x$", "<!-- ", "<?x ", "</p>", "<div ", "]", "[", "(", ")", "!", ":", "\\",
    "\\[", " ", " a ", "\u00e9", "\u4e2d", "\U0001f600",
]  # fmt: skip
MODELINES = [
    "vim: set ts=77:", "vi:ts=77", "Vim: ts=77", "ex: ts=77", "vim>600: ts=77", "vim700: ts=77", "-*- mode: lisp -*-",
    "Local Variables:", "local variables: x", "kate: tab-width 77;",
]  # fmt: skip


def nasty(pieces: list[str], longest: int) -> st.SearchStrategy[str]:
    """Text of at most so many characters: these pieces among any others."""
    part = st.one_of(st.sampled_from(pieces), st.text(st.characters(codec="utf-8"), max_size=8))
    return st.lists(part, min_size=1, max_size=6).map(lambda parts: "".join(parts)[:longest])


def quoted(text: str) -> str:
    """The text as a YAML scalar in double quotes, all of it escaped."""
    return '"' + "".join(f"\\U{ord(char):08x}" for char in text) + '"'


def write_registry(folder: Path, text: str) -> None:
    """A sound registry of two problems with this text, of 50 characters at most, wherever text may stand."""

    def field(words: int) -> str:
        return quoted(f"{text} {'word ' * words}".strip())

    short, some, long = quoted(f"t{text}"), field(15), field(90)
    card = f"""
  - id: "2.NUMBER"
    title: {short}
    section: {short}
    difficulty: B-C
    difficulty_basis: estimated
    starred: true
    status: active
    listed: {quoted(f"{text[:12]} word")}
    gist: {some}
    summary: {field(40)}
    first_steps: [{some}, {field(16)}, {field(17)}]
    done_when: {some}
    skills: [probing]
    models: [gpt2, other]
    compute: laptop
    weeks: [1, 2]
    keywords: [{", ".join(quoted(f"k{number}{text}") for number in range(6))}]
    questions: [{quoted(f"{text[:24]} word word word")}]
    related: ["2.OTHER"]
    starter: ioi
    reach: pretrained
    follow_ups:
      - {{title: {short}, url: "https://a.example/b(c)", year: 2024, relation: extends, confidence: seen, note: {some}}}
      - {{title: {some}, url: "https://a.example/c", relation: background, confidence: title, note: {some}}}
"""
    resource = f"{{kind: {short}, title: {short}, url: 'https://a.example', why: {some}}}"
    category = f"""
category:
  number: 2
  slug: circuits
  title: {short}
  post: {short}
  url: https://a.example/post
  motivation: {long}
  progress: {long}
  begin: {long}
  skills: [probing]
  resources: [{resource}]
  superseded: [{{framing: {short}, now: {short}}}]
problems:"""
    cards = card.replace("NUMBER", "1").replace("OTHER", "2") + card.replace("NUMBER", "2").replace("OTHER", "1")
    (folder / "problems.yaml").write_text(category + cards, encoding="utf-8")
    whole = dict.fromkeys(("name", "author", "published", "caveat", "version", "as_of"), short)
    lines = [f"{name}: {value}" for name, value in whole.items()] + ["url: https://a.example"]
    (folder / "collection.yaml").write_text("\n".join(lines), encoding="utf-8")
    skill = f"skills: [{{id: probing, title: {short}, meaning: {short}, learn: {short}, url: 'https://a.example'}}]"
    (folder / "skills.yaml").write_text(skill, encoding="utf-8")
    (folder / "glossary.yaml").write_text(f"glossary: [[{short}, {some}]]", encoding="utf-8")
    models = "models: [{name: gpt2, parameters: 124}, {name: other, url: 'https://a.example/m'}]"
    (folder / "models.yaml").write_text(models, encoding="utf-8")


NAUGHTY = [
    "", "undefined", "NULL", "None", "nan", "-0.0", "1e1000", "0x0", "1:60", "012", "1_000", "True", "no", "~", "=",
    "<<", "2024-02-30", "''", '"', "`", "\\", "\\\\n", "%s%n", "../../etc/passwd", "C:\\new", "$(touch obeyed)",
    "; ls", "{{7*7}}", "<script>alert(1)</script>", "' OR 1=1 --", "\u202etxt.exe", "\ufeff", "\u2028", "\x85",
    "\u200b", "\xad", "\u0301" * 30, "Z\u0351\u036b\u0343", "\ufdfd", "\U0001f468\u200d\U0001f469\u200d\U0001f466",
    "\U0001f1e9\U0001f1ea", "\u0e01\u0e33", "\u5e74\u6708", "\uac00\u1100", "\u0645\u200c\u064a", "\u05d0\u05b4",
    "\u0915\u094d\u0937", "\U0010ffff", "\ud7ff\ue000", "\ufffd", "\u01c5\ufb03\u00df\u0130", "\u2126\u212b",
    "\U0001d4d0", "\u0660\u0661.\u0662", "\u2460", "- x", "? x", ": x", "x: y", "x #y", "#x", "&x", "*x", "!x", "|",
    ">", "@x", "%x", "[x", "{x", "]", "}", ",", "---", "...",
]  # fmt: skip
"""Strings that broke something somewhere: words of languages, numbers, quotes, marks upon marks, signs of YAML."""

_NAMES = st.sampled_from(["problems", "category", "id", "title", "weeks", "x", "status", "models", "2.1", '"a b"', "'"])
_GAPS = st.sampled_from(
    ["\n", "\r\n", "\n\n", "\n  ", "\n    ", "\n   ", "\n\t", " ", " # c\n", "\n# c\n", "\r", "\n- ", "\n  - "]
)
_PARTS = st.one_of(
    st.sampled_from(NAUGHTY),
    st.text(st.characters(codec="utf-8"), max_size=6),
    _NAMES.map(lambda name: f"{name}:"),
    _NAMES.map(lambda name: f"{name}: "),
    st.sampled_from(['"', "'", ">-", "|", "- ", "-", "[", "]", "{", "}", ", ", "&a ", "*a"]),
    st.sampled_from(["!t ", "? ", "\t", "x: y", "\\q"]),
)


def yamlish() -> st.SearchStrategy[str]:
    """Text by somebody who has seen YAML once: fields, items, quotes and indentation, mostly in their places."""
    line = st.lists(_PARTS, min_size=1, max_size=5).map("".join)
    return st.lists(st.tuples(line, _GAPS).map("".join), max_size=12).map("".join)
