"""The parts of a message, in the shapes of all providers and libraries. Nothing here fails.

Shapes: OpenAI chat and Responses, Anthropic, Bedrock, Gemini, OpenTelemetry GenAI, Vercel AI.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sessionary.model.json_text import read_json
from sessionary.model.message import (
    AUDIO,
    FILE,
    IMAGE,
    JSON,
    REASONING,
    TEXT,
    TOOL_CALL,
    TOOL_RESULT,
    Part,
)

MAX_PARTS = 200
MAX_CHARACTERS = 200_000

Block = Mapping[str, Any]

_TYPES = {
    **dict.fromkeys(("text", "input_text", "output_text", "summary_text", "refusal"), TEXT),
    **dict.fromkeys(("reasoning", "thinking", "redacted_thinking"), REASONING),
    **dict.fromkeys(("tool_call", "tool-call", "tool_use", "function_call", "function"), TOOL_CALL),
    **dict.fromkeys(
        ("tool_call_response", "tool-result", "tool_result", "function_call_output"), TOOL_RESULT
    ),
    **dict.fromkeys(("image", "image_url", "input_image"), IMAGE),
    **dict.fromkeys(("audio", "input_audio"), AUDIO),
    **dict.fromkeys(("file", "input_file", "document", "blob", "uri"), FILE),
}
# Bedrock and Gemini name the type by the key that holds the part.
_HOLDERS = {
    "toolUse": TOOL_CALL,
    "toolResult": TOOL_RESULT,
    "functionCall": TOOL_CALL,
    "function_call": TOOL_CALL,
    "functionResponse": TOOL_RESULT,
    "function_response": TOOL_RESULT,
    "reasoningContent": REASONING,
    "inlineData": FILE,
    "inline_data": FILE,
    "fileData": FILE,
    "file_data": FILE,
    "image": IMAGE,
    "document": FILE,
}
_CALL_IDS = ("call_id", "toolCallId", "toolUseId", "tool_call_id", "tool_use_id", "id")
_CALL_NAMES = ("name", "toolName", "tool_name")
_ARGUMENTS = ("arguments", "args", "input", "parameters")
_RESULTS = ("response", "result", "output", "content")
_WORDS = ("text", "thinking", "content", "reasoning", "reasoningText", "refusal", "summary")


def parts_of(content: object) -> tuple[Part, ...]:
    """The parts of a message's content: text, a block, or a list of them."""
    content = _decoded(content)
    if content is None:
        return ()
    blocks = content[:MAX_PARTS] if isinstance(content, list) else [content]
    return tuple(part for block in blocks if (part := part_of(block)) is not None)


def part_of(block: object) -> Part | None:
    """One part; None where nothing is said."""
    if isinstance(block, str):
        return _text(block)
    if not isinstance(block, Mapping):
        return None if block is None else Part(JSON, value=block)
    kind, inner = _typed(block)
    match kind:
        case "text":
            return _text(_words(inner))
        case "reasoning":
            return _text(_words(inner), kind=REASONING)
        case "tool_call":
            return tool_call(inner)
        case "tool_result":
            return tool_result(inner)
        case "image" | "audio" | "file":
            return _media(kind, inner)
    return Part(JSON, value=dict(block)) if block else None


def is_part(block: object) -> bool:
    """Whether the block is of a known type."""
    return isinstance(block, Mapping) and bool(_typed(block)[0])


def tool_call(block: Block) -> Part:
    """A tool call of any shape."""
    inner = block.get("function")
    body = {**block, **inner} if isinstance(inner, Mapping) else block
    return Part(
        TOOL_CALL,
        call_id=_first_text(body, _CALL_IDS),
        name=_first_text(body, _CALL_NAMES),
        value=decoded_json(first(body, _ARGUMENTS)),
    )


def tool_result(block: Block) -> Part:
    """The result of a tool call, of any shape."""
    return Part(
        TOOL_RESULT,
        call_id=_first_text(block, _CALL_IDS),
        name=_first_text(block, _CALL_NAMES),
        value=plain_result(first(block, _RESULTS)),
    )


def plain_result(value: object) -> object:
    """A result without what only wraps it: text blocks, Vercel's `{type, value}`."""
    value = decoded_json(value)
    if isinstance(value, Mapping):
        if set(value) == {"type", "value"}:
            return value["value"]
        return value["text"] if set(value) == {"text"} else value
    if isinstance(value, list) and value and all(is_part(block) for block in value):
        parts = parts_of(value)
        if all(part.type == TEXT for part in parts):
            return "\n".join(part.text for part in parts)
    return value


def decoded_json(value: object) -> object:
    """JSON text decoded; what is not JSON, or only a number or a word, as it is."""
    if not isinstance(value, str) or value.lstrip()[:1] not in {"{", "[", '"'}:
        return value
    try:
        return read_json(value)
    except (ValueError, RecursionError):
        return value


def first(block: Block, names: Sequence[str]) -> Any:
    """The first of the values that there is."""
    return next((block[name] for name in names if block.get(name) is not None), None)


def _decoded(content: object) -> object:
    """Blocks that came as JSON text; a person's own JSON stays text."""
    decoded = decoded_json(content)
    if isinstance(decoded, list) and decoded and all(is_part(block) for block in decoded):
        return decoded
    return content


def _typed(block: Block) -> tuple[str, Block]:
    """A block's type, empty where unknown, and what describes it."""
    known = _TYPES.get(str(block.get("type")), "")
    if known:
        return known, block
    for name, kind in _HOLDERS.items():
        if isinstance(block.get(name), Mapping):
            return kind, block[name]
    is_text = isinstance(block.get("text"), str) and "message" not in block
    return (TEXT if is_text else ""), block


def _text(words: str, *, kind: str = TEXT) -> Part | None:
    return Part(kind, text=words[:MAX_CHARACTERS]) if words.strip() else None


def _words(block: Block) -> str:
    found = first(block, _WORDS)
    if isinstance(found, str):
        return found
    return "\n".join(part.text for part in parts_of(found) if part.text)


def _first_text(block: Block, names: Sequence[str]) -> str:
    return next((block[name] for name in names if isinstance(block.get(name), str)), "")


def _media(kind: str, block: Block) -> Part:
    """An image, a sound or a file: where it lies, or what it is."""
    inner = next(
        (block[n] for n in ("image", "source", "image_url", "file", "input_audio") if n in block),
        block,
    )
    if isinstance(inner, Mapping) and isinstance(inner.get("image"), Mapping):
        inner = inner["image"]
    if not isinstance(inner, Mapping):
        return Part(kind, value={"url": str(inner)[:MAX_CHARACTERS]})
    media_type = _first_text(
        {**block, **inner}, ("media_type", "mime_type", "mediaType", "mimeType")
    )
    found = {
        "media_type": media_type,
        "url": _first_text(inner, ("url", "uri", "fileUri", "file_uri", "image_url")),
        "data": _first_text(inner, ("data", "content", "file_data", "bytes"))[:MAX_CHARACTERS],
        "file_id": _first_text(inner, ("file_id", "filename")),
    }
    value = {name: text for name, text in found.items() if text} or dict(block)
    modality = media_type.partition("/")[0] or block.get("modality")
    return Part(str(modality) if modality in {IMAGE, AUDIO} else kind, value=value)
