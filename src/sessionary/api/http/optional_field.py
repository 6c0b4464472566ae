"""Fields that are left out of an answer where there is nothing to say."""

from typing import Any

from pydantic import Field


def optional_field(description: str, **more: Any) -> Any:
    """A field that an answer may lack, and that is never null unless its type says so.

    Without the default in the document: clients made from it would take the field for one that is
    always there.
    """
    return Field(default=None, description=description, json_schema_extra=_forget_default, **more)


def _forget_default(schema: dict[str, Any]) -> None:
    schema.pop("default", None)
