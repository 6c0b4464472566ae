"""The OpenAPI document."""

from typing import Any

from fastapi import FastAPI


def install(app: FastAPI) -> None:
    """Serve the document without the framework's own shape of errors, which is never sent."""
    made = app.openapi

    def document() -> dict[str, Any]:
        openapi = made()
        for path in openapi["paths"].values():
            for operation in path.values():
                operation["responses"].pop("422", None)
        for name in ("HTTPValidationError", "ValidationError"):
            openapi.get("components", {}).get("schemas", {}).pop(name, None)
        return openapi

    app.openapi = document  # type: ignore[method-assign]
