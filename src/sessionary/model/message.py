"""A message of a conversation, independent of the format it was recorded in."""

import json
from dataclasses import dataclass

SYSTEM, USER, ASSISTANT, TOOL = "system", "user", "assistant", "tool"

TEXT = "text"
REASONING = "reasoning"
TOOL_CALL = "tool_call"
TOOL_RESULT = "tool_result"
IMAGE = "image"
AUDIO = "audio"
FILE = "file"
# What has no shape that is known: shown as it came.
JSON = "json"


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of a message; which fields it has depends on its `type`.

    `text` is that of a text or a reasoning; `call_id` and `name` are a tool call's and its
    result's; `value` is a call's arguments, a result, where media lie (`url`, or `media_type` and
    `data`), or whatever JSON it was.
    """

    type: str
    text: str = ""
    call_id: str = ""
    name: str = ""
    value: object = None

    @property
    def content(self) -> str:
        """What is said, as text that is equal where the same is said.

        Without the ids of calls: some libraries leave them out of the history.
        """
        if self.type in {TEXT, REASONING}:
            return self.text.strip()
        return f"{self.name if self.type == TOOL_CALL else ''} {plain_text(self.value)}".strip()


@dataclass(frozen=True, slots=True)
class Message:
    """Who said what; `at_ns` is 0 where only the span's times are known."""

    role: str
    parts: tuple[Part, ...]
    at_ns: int = 0


def plain_text(value: object) -> str:
    """Text as it is, all else as JSON with its keys in order."""
    if isinstance(value, str):
        return value.strip()
    return json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
