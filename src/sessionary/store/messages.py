"""Search in what was said: the condition for spans that hold some words."""

import re

# The words of the text index on spans (migrations/0001_spans.sql): only in this very form is the
# index asked.
_TEXTS = (
    "arrayMap(text -> lower(text), arrayConcat(mapValues(attributes), "
    "arrayFlatten(arrayMap(names -> mapValues(names), events.attributes))))"
)
# As the engine's tokenizer splitByNonAlpha: ASCII letters and digits, and all that is not ASCII.
_BETWEEN = re.compile(r"[\x00-\x2f\x3a-\x40\x5b-\x60\x7b-\x7f]+")
_ASCII_LOWER = {ord(letter): letter.lower() for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
MOST_WORDS = 20


def message_condition(words: str, *, name: str = "word") -> tuple[str, dict[str, object]]:
    """A condition on rows of spans that hold all of the words, and its parameters.

    Words are whole, in any order and place of the span's attributes and events, without regard to
    case; text without a word is no condition. For `trace_id IN (SELECT trace_id FROM spans WHERE
    workspace_id = … AND …)`. `name` begins the parameters' names.
    """
    tokens = list(dict.fromkeys(filter(None, _BETWEEN.split(words))))[:MOST_WORDS]
    parameters = {f"{name}_{place}": _spellings(token) for place, token in enumerate(tokens)}
    conditions = [f"hasAnyTokens({_TEXTS}, {{{given}:Array(String)}})" for given in parameters]
    return " AND ".join(conditions) or "true", dict(parameters)


def _spellings(word: str) -> list[str]:
    """The word as the index may have it: the engine lowers only ASCII letters."""
    cases = (word, word.lower(), word.upper(), word.capitalize())
    return sorted({case.translate(_ASCII_LOWER) for case in cases})
