"""Text to terms: lower case, one spelling for British and American, endings cut, words without weight left out."""

import re
import unicodedata
from functools import lru_cache

_TOKEN = r"\b[a-z]_[a-z]+|[a-z0-9]+"  # W_in is one word
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
_BRITISH = [
    (r"isation", "ization"), (r"yz(e|es|ed|er|ers|ing)$", r"ys\1"), (r"ising$", "izing"),
    (r"is(e|ed|es|er|ers)$", r"iz\1"), (r"our(s|ed|ing|al|able|ful|hood)?$", r"or\1"), (r"tre(s)?$", r"ter\1"),
    (r"ell(ed|ing|er|ers)$", r"el\1"), (r"ogue(s)?$", r"og\1"), (r"grey", "gray"),
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
_KEPT = {"ies": "y", "itions": "it", "ition": "it", "ical": "ic"}
_SHORTEST = 3


def plain(text: str) -> str:
    """Lower case without accents, a number joined to the word before it."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    return re.sub(_JOINED, "", "".join(char for char in folded if not unicodedata.combining(char)).replace("'", ""))


def tokens(text: str) -> list[str]:
    """All words and numbers of a text, as they stand."""
    return re.findall(_TOKEN, plain(text))


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """What the forms of a word have in common: `memorising`, `memorization` and `memorised` give the same."""
    if len(word) <= _SHORTEST or any(char.isdigit() for char in word):
        return word
    for pattern, american in _BRITISH:
        changed = re.sub(pattern, american, word)
        if changed != word:
            word = changed
            break
    for shortest in (_SHORTEST, _SHORTEST + 1, _SHORTEST + 1):
        word = _cut(word, shortest)
    return word


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
    return [word for word in tokens(text) if word not in STOP]


def terms(text: str) -> list[str]:
    """The stems of the words that carry weight, in their order."""
    return [stem(word) for word in telling(text)]
