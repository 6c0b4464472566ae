"""Text that compresses about as well as a support agent's: sentences of common words."""

from collections.abc import Sequence
from random import Random

_VOCABULARY = (
    "account invoice refund order shipping customer agent policy ticket upgrade plan billing token "
    "latency server region cluster deploy release version error timeout retry payload schema index "
    "query result document paragraph summary answer question context source reference section "
    "the a an of to in for with on by from as at is are was were be been can could should would "
    "please kindly thanks today tomorrow yesterday week month quarter price cost discount contract "
    "legal privacy security access password reset login email phone address country currency"
)
_WORDS = _VOCABULARY.split()


def sentences(rng: Random, count: int = 3000) -> list[str]:
    """Sentences of 150 to 420 characters."""
    return [" ".join(rng.choices(_WORDS, k=rng.randint(25, 70))) for _ in range(count)]


def text(rng: Random, pool: Sequence[str], shortest: int, longest: int) -> str:
    """Sentences from `pool`, cut to a length between the two."""
    length = rng.randint(shortest, longest)
    out = rng.choice(pool)
    while len(out) < length:
        out += ". " + rng.choice(pool)
    return out[:length]
