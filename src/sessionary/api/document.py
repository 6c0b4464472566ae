"""The OpenAPI document."""

from typing import Any

from fastapi import FastAPI

from sessionary.api.error_schema import error_schemas


def install(app: FastAPI) -> None:
    """Serve the document with our shape of errors, not the framework's, which is never sent."""
    made = app.openapi

    def document() -> dict[str, Any]:
        openapi = made()
        for path in openapi["paths"].values():
            for operation in path.values():
                operation["responses"].pop("422", None)
        schemas = openapi["components"]["schemas"]
        for name in ("HTTPValidationError", "ValidationError"):
            schemas.pop(name, None)
        openapi["components"]["schemas"] = dict(sorted((schemas | error_schemas()).items()))
        return openapi

    app.openapi = document  # type: ignore[method-assign]
