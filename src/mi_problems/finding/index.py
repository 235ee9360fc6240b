"""The search index of a registry: for each term the problems that hold it, by fields weighed and saturated (BM25)."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import pairwise
from math import log

from mi_problems import cache
from mi_problems.finding.pages import pages_of
from mi_problems.finding.words import halves, stem, telling, terms, tokens
from mi_problems.records.problem import Problem
from mi_problems.registry.registry import Part, Registry

K1 = 5.8
FIELDS: Mapping[str, float] = {
    "title": 4.7, "listed": 3.95, "gist": 1.4, "keywords": 1.95, "questions": 0.93, "section": 5.3, "summary": 0.83,
    "steps": 0.18, "done": 0.08, "skills": 0.8, "models": 3.15, "category": 3.0, "works": 0.3, "notes": 0.11,
}  # fmt: skip
LEAST = 300  # problems that a term's rarity is reckoned among: in a registry of ten, too, a word of one card tells much
RARE = 12  # problems at most that hold a word which names an author
SCALE = 10_000  # weights are kept as whole numbers
WINDOW = 1 << 14  # bytes that are searched from end to end
UNITS = ("title", "listed", "gist", "keywords", "questions", "section", "category")
"""Short texts that may answer a query by themselves, or name the topic that it is."""
_CODE = ("cache.py", "finding/index.py", "finding/pages.py", "finding/words.py")
Phrase = tuple[str, ...]
Phrases = Sequence[Sequence[Sequence[Sequence[str]]]]
"""The entries of the glossary, as one entry more the phrases that mean something else, and the pages beside the
problems with their names (see `pages`); each phrase in stems."""


class Shelf:
    """What search knows of a part of a registry, which depends on no other part.

    Postings, words and short texts are kept as bytes and read when they are asked for: most queries need a few of them.
    """

    def __init__(self, phrases: Phrases, lines: Sequence[bytes | memoryview]) -> None:
        """From what the cache keeps: `|term<tab>place weight ...`, `word=stem ...`, then a line a problem.

        That line holds the ids of the related problems and, of each short text, its kind (see UNITS) and its stems.
        """
        self.glossary, (self.elsewhere,), self.pages = phrases
        self._terms, self._words, *self.units = map(bytes, lines)

    def words(self) -> list[list[str]]:
        """Each word that is long enough to be misspelt, and its stem."""
        return [pair.split("=") for pair in self._words.decode().split()]

    def posts(self, term: str) -> list[tuple[int, float]]:
        """The places in the part of the problems that hold a term, each with the term's weight there."""
        name = f"|{term}\t".encode()
        start = self._terms.find(name, *self._window(name))
        found = self._terms[start + len(name) : self._terms.find(b"|", start + 1)] if start >= 0 else b""
        numbers = [int(number) for number in found.split()]
        return [(place, weight / SCALE) for place, weight in zip(numbers[::2], numbers[1::2], strict=True)]

    def _window(self, name: bytes) -> tuple[int, int]:
        """Where in the sorted terms this one stands if it does: a stretch short enough to be searched through."""
        low, high = 0, len(self._terms)
        while high - low > WINDOW:
            middle = self._terms.rfind(b"|", low, (low + high) // 2)
            if middle <= low:
                break
            low, high = (middle, high) if self._terms[middle : middle + len(name)] <= name else (low, middle)
        return low, high + len(name)


class Index:
    """What search knows of a registry: the shelves of its parts, beside one another."""

    def __init__(self, registry: Registry, shelves: Sequence[Shelf]) -> None:
        self._places = {problem.id: place for place, problem in enumerate(registry.problems)}
        at = [[self._places[head[0]] for head in part.heads] for part in registry.parts]
        self._shelves = list(zip(shelves, at, strict=True))
        self._units = dict(pair for shelf, places in self._shelves for pair in zip(places, shelf.units, strict=True))
        self._posts: dict[str, list[tuple[int, float]]] = {}

    @property
    def pages(self) -> list[Sequence[Sequence[str]]]:
        """The pages beside the problems with their names."""
        return [page for shelf, _ in self._shelves for page in shelf.pages]

    @cached_property
    def phrases(self) -> dict[str, list[tuple[Phrase, list[Phrase]]]]:
        """The phrases of the glossary by their first stem, each with its whole entry."""
        found: defaultdict[str, list[tuple[Phrase, list[Phrase]]]] = defaultdict(list)
        for entry in (entry for shelf, _ in self._shelves for entry in shelf.glossary):
            phrases = [tuple(phrase) for phrase in entry if phrase]
            for phrase in phrases:
                found[phrase[0]].append((phrase, phrases))
        return found

    def elsewhere(self, stems: Sequence[str]) -> list[Phrase]:
        """The phrases among these words of people who look for what no problem is about, and a list or an author."""
        text = f" {' '.join(stems)} "
        phrases = [phrase for shelf, _ in self._shelves for phrase in shelf.elsewhere]
        found = [tuple(phrase) for phrase in phrases if phrase[0] in stems and f" {' '.join(phrase)} " in text]
        lists = (names for (command, _), *names in self.pages if command.startswith("`mip sources"))
        return [*found, *([tuple(stems)] if any(list(stems) in names for names in lists) else [])]

    @cached_property
    def words(self) -> dict[str, str]:
        """The stem of every word that is long enough to be misspelt."""
        return dict(pair for shelf, _ in self._shelves for pair in shelf.words())

    def posts(self, term: str) -> list[tuple[int, float]]:
        """The positions of the problems that hold a term, each with the term's weight there."""
        if term not in self._posts:
            self._posts[term] = [
                (places[place], weight) for shelf, places in self._shelves for place, weight in shelf.posts(term)
            ]
        return self._posts[term]

    def units(self, place: int) -> list[tuple[str, list[str]]]:
        """The kind and the stems of each short text of the problem at this position, its title first."""
        kept = self._units[place].decode().split("\t")[1:]
        return [(UNITS[int(unit[0])], unit[1:].split()) for unit in kept]

    def related(self, place: int) -> list[int]:
        """The positions of the problems that the card at this position calls related, of those in this registry."""
        names = self._units[place].partition(b"\t")[0].decode().split()
        return [self._places[name] for name in names if name in self._places]

    def rarity(self, term: str) -> float:
        """How much a term tells: its inverse document frequency, highest for a term of no problem."""
        found = len(self.posts(term))
        return log(1 + (max(len(self._units), LEAST) - found + 0.5) / (found + 0.5))


def fields_of(problem: Problem, category: str) -> dict[str, list[str]]:
    """The texts of each field."""
    card = problem.card
    return {
        "title": [problem.title],
        "listed": [card.listed],
        "gist": [card.gist or card.summary.partition(". ")[0]],  # of one just noted down
        "keywords": list(card.keywords),
        "questions": list(card.questions),
        "section": [problem.section],
        "summary": [card.summary],
        "steps": list(card.first_steps),
        "done": [card.done_when],
        "skills": [skill.replace("-", " ") for skill in problem.skills],
        "models": list(card.models),
        "category": [problem.category, category],
        "works": [work.title for work in card.follow_ups],
        "notes": [work.note for work in card.follow_ups],
    }


def build(registry: Registry, part: Part, before: Sequence[Shelf]) -> tuple[Phrases, list[bytes]]:
    """The phrases in stems and the lines of the shelf of a part; `before` are the shelves of the parts before it."""
    from array import array

    titles = {category.slug: category.title for category in registry.categories}
    words: dict[str, str] = {}
    alone = registry if len(registry.parts) == 1 else Registry([part])
    units: list[str] = []
    posts: defaultdict[str, array[int]] = defaultdict(lambda: array("I"))  # place, weight, place, weight, ...
    for place, problem in enumerate(alone.problems):
        row = _stems(fields_of(problem, titles[problem.category]), words)
        texts = [f"{kind}{' '.join(text)}" for kind, name in enumerate(UNITS) for text in row[name]]
        units.append("\t".join([" ".join(problem.card.related), *texts]))
        for term, weight in _weights({name: _count(name, texts) for name, texts in row.items()}).items():
            posts[term].extend((place, round(weight * SCALE)))
    lines = [
        "".join(f"|{term}\t{' '.join(map(str, posts[term]))}" for term in sorted(posts)) + "|",
        " ".join(f"{word}={found}" for word, found in words.items()),
        *units,
    ]
    entries = [_phrases(entry) for entry in (*alone.glossary, alone.elsewhere)]

    def is_rare(term: str) -> bool:
        return len(posts.get(term, ())) // 2 + sum(len(shelf.posts(term)) for shelf in before) <= RARE

    pages = pages_of(alone, is_rare)
    return [entries[:-1], entries[-1:], pages], [line.encode() for line in lines]


def _phrases(entry: Sequence[str]) -> list[list[str]]:
    """Phrases in stems, without those of several words of which one alone carries weight: it would stand for them."""
    return [stems for phrase in entry if (stems := terms(phrase)) and len(stems) >= min(2, len(tokens(phrase)))]


def _stems(fields: Mapping[str, Sequence[str]], words: dict[str, str]) -> dict[str, list[list[str]]]:
    """The stems of each text of each field; adds the words that are long enough to be misspelt to `words`."""
    found: dict[str, list[list[str]]] = {}
    for name, texts in fields.items():
        found[name] = []
        for text in texts:
            raw = telling(text)
            stems = [stem(word) for word in raw]
            words.update(pair for pair in zip(raw, stems, strict=True) if len(pair[0]) > 3)
            found[name].append(stems)
    return found


def _count(name: str, texts: Sequence[Sequence[str]]) -> Counter[str]:
    """How often each stem stands in a field, and in short texts each pair of neighbours."""
    counts = Counter(stem for text in texts for stem in text)
    if name in UNITS:
        counts.update(" ".join(pair) for text in texts for pair in pairwise(text))
    return counts


def _weights(counts: Mapping[str, Counter[str]]) -> dict[str, float]:
    """Counts weighed by field, then saturated together, whatever the length of a field (BM25 with fields and b = 0).

    A character of a pair weighs as the pair does: it may be a word that somebody looks for.
    """
    weights: defaultdict[str, float] = defaultdict(float)
    for name, found in counts.items():
        for term, count in found.items():
            weights[term] += FIELDS[name] * count
    for term in [term for term in weights if len(term) == 2]:
        for char in halves(term):
            weights[char] = max(weights[char], weights[term])
    return {term: weight / (K1 + weight) for term, weight in weights.items()}


@lru_cache(maxsize=1)
def index_of(registry: Registry) -> Index:
    """The index of a registry: the shelf of each part from the cache, or built now."""
    shelves: list[Shelf] = []
    for part in registry.parts:
        shelves.append(_shelf(registry, part, shelves))
    return Index(registry, shelves)


def _shelf(registry: Registry, part: Part, before: Sequence[Shelf]) -> Shelf:
    key = cache.key_of([("part", part.key.encode())], _CODE)
    phrases, kept = cache.fetch(key) or (None, [])
    if isinstance(phrases, list) and len(kept) == len(part.heads) + 2:
        return Shelf(phrases, kept)
    phrases, lines = build(registry, part, before)
    cache.keep(key, phrases, lines)
    return Shelf(phrases, lines)
