"""Attributes whose names are paths into lists (`llm.input_messages.0.message.role`), as values."""

from collections.abc import Mapping
from typing import Any

_MAX_DEPTH = 12


def unflattened(attributes: Mapping[str, str], prefix: str) -> list[Any]:
    """The list whose items lie under `prefix.0`, `prefix.1` and so on."""
    tree: dict[str, Any] = {}
    for name, value in attributes.items():
        if name.startswith(f"{prefix}."):
            _put(tree, name[len(prefix) + 1 :].split(".", _MAX_DEPTH), value)
    found = _lists(tree)
    return found if isinstance(found, list) else []


def _put(tree: dict[str, Any], path: list[str], value: str) -> None:
    *folders, leaf = path
    for folder in folders:
        tree = tree.setdefault(folder, {})
        if not isinstance(tree, dict):
            return
    tree.setdefault(leaf, value)


def _lists(tree: Any) -> Any:
    if not isinstance(tree, dict):
        return tree
    if tree and all(name.isascii() and name.isdigit() for name in tree):
        return [_lists(tree[name]) for name in sorted(tree, key=lambda name: (len(name), name))]
    return {name: _lists(value) for name, value in tree.items()}
