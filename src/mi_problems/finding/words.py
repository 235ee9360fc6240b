"""Text to terms: lower case, one spelling for British and American, endings cut, words without weight left out.

Words of every script are words. Scripts that write words without blanks between them, or with endings that change at
every place, are cut into pairs of neighbouring characters instead.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby, pairwise

_TOKEN = r"\b[a-z]_[a-z]+|[a-z0-9]+"  # W_in is one word
_ANY_TOKEN = rf"{_TOKEN}|[^\x00-\x7f]+"
_PAIRED = (
    r"[\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3100-\u312f\u31f0-\u31ff"
    r"\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uaa60-\uaa7f\uac00-\ud7ff\uf900-\ufaff\U0001b000-\U0001b16f\U00020000-\U0003ffff]"
)  # Thai, Lao, Burmese, Khmer, Han, kana, Bopomofo, Hangul
_PIECE = rf"({_PAIRED}+|(?:[A-Za-z0-9]|[^\x00-\xbf\u2000-\u200b\u200e-\u2bff\u3000-\u303f\uff00-\uff0f])+)"
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h",
                          "ß": "ss", "\u0640": None, "\u00ad": None, "\u200b": None, "\u200c": None, "\u200d": None,
                          "\u2060": None, "\ufeff": None})  # fmt: skip
_JOINED = r"(?<=[a-z])[-_](?=\d)"  # gpt-2 is gpt2
STOP = frozenset(
    """
    a an and any are as at be been being but by can could did do does doing done for from get gets had has have
    having how i if in into is it its just like made make makes many me more most much my no not of on one ones
    or other our out over own really same should show shows so some such than that the their them then there
    these they thing things this those through to too up use used uses using very was we were what when where
    which while who why will with without would you your about across after all also am between both each even
    ever every inside instead need only rather still tell want work works find finding found look looking
    something someone given give gives isnt arent wasnt werent doesnt dont didnt cant couldnt wont wouldnt hasnt
    havent thats whats ive im its lets
    """.split()
)
_MAKE = {"make", "makes", "making", "made"}
_INVENTED = {"things", "stuff", "facts", "answers", "something", "it", "citations", "sources"}
_BRITISH = [
    (f"{british}{end}", f"{american}{end}")
    for british, american, *ends in [
        ("yz", "ys", "e", "es", "ed", "er", "ers", "ing"), ("is", "iz", "ing", "e", "ed", "es", "er", "ers"),
        ("our", "or", "", "s", "ed", "ing", "al", "able", "ful", "hood"), ("tre", "ter", "", "s"),
        ("ell", "el", "ed", "ing", "er", "ers"), ("ogue", "og", "", "s"),
    ] for end in ends
]  # fmt: skip
_ENDINGS = sorted(
    """
    izations ization izing izers izer ized izes ize icity ational ations ation ators ator atives ative ating
    ated ates ate itions ition ments ment nesses ness abilities ability ables able ible ally ily ly ingly ings
    ing edly ed ers er ions ion ies ives ive ances ance ences ence ents ent ants ant ens ical als al ity isms
    ism es s e ic y i
    """.split(),
    key=len,
    reverse=True,
)
_FORMS = """
    lie lying lied liar liars; think thought thoughts; know knew known; write wrote written; teach taught; learn learnt
    mean meant; choose chose chosen choice choices; grow grew grown; lose lost; begin began begun; break broke broken
    forget forgot forgotten; catch caught; build built; feel felt; keep kept; hear heard; understand understood
    speak spoke spoken; take took taken; freeze froze frozen; see saw seen; tell told; say said; come came; run ran
    hold held; fall fell fallen; draw drew drawn; drive drove driven; shrink shrank shrunk; send sent; lead led
    bring brought; throw threw thrown; person persons people; child children; mouse mice; matrix matrices; axis axes
    hypothesis hypotheses; analyse analysis analyses; basis bases; criterion criteria; phenomenon phenomena; man men
    woman women; index indices; big bigger biggest; mathematics math maths mathematical
    sycophancy flattery flattering flattered flatters
"""
_IRREGULAR = {
    form: base
    for row in _FORMS.strip().replace("\n", ";").split(";")
    for base, *forms in [row.split()]
    for form in forms
}
_KEPT = {"ies": "y", "itions": "it", "ition": "it", "ical": "ic"}
_SHORTEST = 3


def plain(text: str) -> str:
    """Lower case without accents, a number joined to the word before it."""
    folded = text.casefold()
    if not folded.isascii():
        apart = unicodedata.normalize("NFKD", folded).translate(_LETTERS)
        folded = unicodedata.normalize("NFC", "".join(_digit(char) for char in apart if not _is_accent(char)))
    text = folded.replace("'", "")
    return re.sub(_JOINED, "", text) if "-" in text or "_" in text else text


def _is_accent(char: str) -> bool:
    """Whether a mark may be left out in writing: accents, points of Hebrew and Arabic; no vowel of an Indic script."""
    mark = unicodedata.combining(char)
    return mark >= 200 or mark == 1 or 10 <= mark <= 36


def _is_paired(text: str) -> bool:
    """Whether a text begins in a script that is cut into pairs; what is ASCII need not wait for the pattern."""
    return not text.isascii() and bool(re.match(_PAIRED, text))


def _digit(char: str) -> str:
    return char if char.isascii() or not char.isdecimal() else str(unicodedata.decimal(char))


def tokens(text: str) -> list[str]:
    """All words and numbers of a text, as they stand."""
    text = plain(text)
    if text.isascii():
        return re.findall(_TOKEN, text)
    return [word for run in re.findall(_ANY_TOKEN, text) for word in ([run] if run.isascii() else _words(run))]


def _words(run: str) -> Iterator[str]:
    """The words of a stretch of text beyond ASCII; a lone letter of an alphabet is a sign of a formula."""
    for kind, chars in groupby(run, _kind):
        word = "".join(chars)
        if kind == "pairs":
            yield from map("".join, pairwise(word)) if len(word) > 1 else word
        elif kind == "word" and len(word) > 1:
            yield word


def _kind(char: str) -> str:
    """Whether a character belongs to a word, to a text without blanks, or to neither."""
    if not (char.isalnum() or unicodedata.category(char) in {"Mn", "Mc"}):
        return ""
    return "pairs" if _is_paired(char) else "word"


def halves(term: str) -> str:
    """The characters of a pair, each of which may be a word; none where the term is a word itself."""
    return term if len(term) == 2 and _is_paired(term) else ""


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """What the forms of a word have in common: `memorising`, `memorization` and `memorised` give the same."""
    word = _IRREGULAR.get(word, word)
    if len(word) <= _SHORTEST or any(char.isdigit() for char in word):
        return word
    word = _american(word)
    for shortest in (_SHORTEST, _SHORTEST + 1, _SHORTEST + 1):
        word = _cut(word, shortest)
    return word


def _american(word: str) -> str:
    """The American spelling. No patterns: to compile them takes longer than a query."""
    if "isation" in word:
        return word.replace("isation", "ization")
    for british, american in _BRITISH:
        if word.endswith(british):
            return word.removesuffix(british) + american
    return word.replace("grey", "gray")


def _cut(word: str, shortest: int) -> str:
    """The word without its longest ending that leaves enough, and without a doubled last letter."""
    if not word.endswith(("ss", "us", "as", "is")):
        for ending in _ENDINGS:
            rest = _KEPT.get(ending, "")
            if word.endswith(ending) and len(word) - len(ending) + len(rest) >= shortest:
                word = word[: len(word) - len(ending)] + rest
                break
    doubled = len(word) > _SHORTEST and word[-1] == word[-2] and word[-1] not in "sz"
    return word[:-1] if doubled else word


def telling(text: str) -> list[str]:
    """The words that carry weight, in their order."""
    words = tokens(text)
    return [word for word in (_one_word(words) if "up" in words else words) if word not in STOP]


def _one_word(words: list[str]) -> list[str]:
    """The words with `make things up`, which no single word of it says, as one."""
    found = list(words)
    for at in range(len(words) - 2):
        make, *rest = words[at : at + 3]
        if make in _MAKE and "up" in rest and not _INVENTED.isdisjoint(rest):
            found[at : at + 3] = ["hallucinate", "", ""]
    return [word for word in found if word]


def terms(text: str) -> list[str]:
    """The stems of the words that carry weight, in their order."""
    return [stem(word) for word in telling(text)]


def pieces(text: str) -> Iterator[tuple[str, set[str]]]:
    """The text cut up, each piece with the stems that it is or is a part of."""
    for piece in re.split(_PIECE, text):
        if _is_paired(piece):
            for at, char in enumerate(piece):
                yield char, {char, *map("".join, pairwise(piece[max(0, at - 1) : at + 2]))}
        else:
            yield piece, {stem(word) for word in tokens(piece)}
