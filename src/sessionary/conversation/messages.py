"""One message, in the shapes of all providers and libraries. Nothing here fails."""

from collections.abc import Iterable, Mapping
from typing import Any

from sessionary.conversation.parts import decoded_json, part_of, parts_of, plain_result, tool_call
from sessionary.model.message import (
    ASSISTANT,
    SYSTEM,
    TEXT,
    TOOL,
    TOOL_CALL,
    TOOL_RESULT,
    USER,
    Message,
    Part,
)

Item = Mapping[str, Any]

_ROLES = {
    "human": USER,
    "humanmessage": USER,
    "ai": ASSISTANT,
    "aimessage": ASSISTANT,
    "aimessagechunk": ASSISTANT,
    "model": ASSISTANT,
    "systemmessage": SYSTEM,
    "developer": SYSTEM,
    "toolmessage": TOOL,
    "function": TOOL,
    "functionmessage": TOOL,
}
# LangChain says the role by the type; OpenAI's Responses API has items that are no messages.
_TYPES = {
    **{name: _ROLES[name] for name in ("human", "ai", "aimessagechunk")},
    "system": SYSTEM,
    "tool": TOOL,
    "function_call": ASSISTANT,
    "reasoning": ASSISTANT,
    "function_call_output": TOOL,
}
_ITEMS = ("function_call", "reasoning", "function_call_output")


def is_message(item: object) -> bool:
    """Whether this is a message rather than a part of one or a body around it."""
    if not isinstance(item, Mapping):
        return False
    if "role" in item or item.get("type") in ("constructor", *_ITEMS):
        return True
    return str(item.get("type")).lower() in _TYPES and ("content" in item or "data" in item)


def messages_of(item: Item, role: str) -> list[Message]:
    """The message, `role` standing in for one that it does not say.

    Two where tool results came inside what a user says.
    """
    item = _unwrapped(item)
    kind = str(item.get("type")).lower()
    role = role_of(item.get("role")) or _TYPES.get(kind) or role
    own = part_of(item) if kind in _ITEMS else None
    parts = [own] if own else [*parts_of(first_content(item)), *_calls(item)]
    return split(role, _each_once(parts), call_id=_call_id(item), name=str(item.get("name") or ""))


def role_of(value: object) -> str:
    """The role by its usual name; empty where there is none."""
    name = value.strip().lower() if isinstance(value, str) else ""
    return _ROLES.get(name, name)


def split(role: str, parts: Iterable[Part], *, call_id: str = "", name: str = "") -> list[Message]:
    """A message per role: a tool result has the role `tool`, whichever role sent it."""
    parts = list(parts)
    results = [part for part in parts if part.type == TOOL_RESULT]
    others = [part for part in parts if part.type != TOOL_RESULT]
    if role == TOOL and others and not results:
        only_text = all(part.type == TEXT for part in others)
        value: object = (
            "\n".join(p.text for p in others) if only_text else [p.text or p.value for p in others]
        )
        results, others = (
            [Part(TOOL_RESULT, call_id=call_id, name=name, value=plain_result(value))],
            [],
        )
    found = [(TOOL, results), (ASSISTANT if role == TOOL else role, others)]
    if role == ASSISTANT:
        # An agent's own account holds the call before its result.
        found.reverse()
    return [Message(who, tuple(said)) for who, said in found if said]


def first_content(item: Item) -> object:
    """What the message says, under any of the names for it."""
    names = ("parts", "content", "contents", "text")
    return next((item[name] for name in names if item.get(name) not in (None, "", [])), None)


def _unwrapped(item: Item) -> Item:
    """LangChain's serialised messages: `{lc, id: [… "AIMessage"], kwargs}` and `{type, data}`."""
    if item.get("type") == "constructor" and isinstance(item.get("kwargs"), Mapping):
        path = item.get("id")
        name = path[-1] if isinstance(path, list) and path else ""
        return {"role": role_of(name), **item["kwargs"]}
    if "role" not in item and isinstance(item.get("data"), Mapping):
        return {**item["data"], "type": item.get("type")}
    return item


def _calls(item: Item) -> list[Part]:
    extra = item.get("additional_kwargs")
    for source in (item, extra if isinstance(extra, Mapping) else {}):
        calls = decoded_json(source.get("tool_calls"))
        if isinstance(calls, list) and calls:
            return [tool_call(call) for call in calls if isinstance(call, Mapping)]
        if isinstance(source.get("function_call"), Mapping):
            return [tool_call(source["function_call"])]
    return []


def _call_id(item: Item) -> str:
    found = (item.get(name) for name in ("tool_call_id", "call_id", "id"))
    return next((value for value in found if isinstance(value, str)), "")


def _each_once(parts: list[Part]) -> list[Part]:
    """Some libraries report a tool call both in the content and next to it."""
    calls = set()
    kept = []
    for part in parts:
        key = (part.call_id, part.content)
        if part.type != TOOL_CALL or key not in calls:
            kept.append(part)
        if part.type == TOOL_CALL:
            calls.add(key)
    return kept
