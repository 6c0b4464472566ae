"""The web UI: its pages and assets, as web/ builds them into the package.

The pages' addresses are the browser's business: whatever is not the API's is answered with the one
HTML file, whose script finds the page. What the pages show they ask of the API, as anybody does.
"""

from mimetypes import guess_type
from pathlib import Path

from fastapi.responses import FileResponse, HTMLResponse, Response
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

import sessionary

_FOLDER = Path(sessionary.__file__).parent / "web"
_API = ("v1", "v2", "v3", "api", "otel", "openapi.json", "healthz", "readyz")
_ENCODINGS = (("br", ".br"), ("gzip", ".gz"))
_ASSETS = "/assets/"

# Nothing but what this server serves, so that it works without any other network, and what was
# sent to it stays text. Styles are set from scripts, by Mantine and ECharts.
_POLICY = "; ".join(
    [
        "default-src 'self'",
        "script-src 'self'",
        "connect-src 'self'",
        "img-src 'self' data:",
        "style-src 'self' 'unsafe-inline'",
        "object-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)
_SECURITY = {
    "Content-Security-Policy": _POLICY,
    "Referrer-Policy": "same-origin",
}
_FOREVER = "public, max-age=31536000, immutable"
_NOT_BUILT = """<!doctype html><html lang="en"><title>Sessionary</title>
<h1>The pages of the web UI are not built</h1>
<p>In a checkout, <code>make web</code> builds them; then start the server again.</p>
<p>The API works without them: <a href="/openapi.json">/openapi.json</a> describes it.</p></html>
"""


class PagesMiddleware:
    """Serves the web UI, and passes on requests of the API."""

    def __init__(self, app: ASGIApp, folder: Path = _FOLDER) -> None:
        self._app = app
        self._files = {
            f"/{path.relative_to(folder).as_posix()}": path
            for path in folder.rglob("*")
            if path.is_file()
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer the request, or pass it on."""
        is_asked = scope["type"] == "http" and scope["method"] in {"GET", "HEAD"}
        if is_asked and _is_page(scope["path"]):
            await self._answer(scope["path"], Headers(scope=scope))(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _answer(self, path: str, headers: Headers) -> Response:
        name = self._file_for(path)
        if name not in self._files:
            missing = name.startswith(_ASSETS)
            status, text = (404, "There is no such file.") if missing else (503, _NOT_BUILT)
            return HTMLResponse(text, status_code=status, headers=_SECURITY)
        # Only the names of assets change with their content.
        caching = _FOREVER if name.startswith(_ASSETS) else "no-cache"
        answer = {**_SECURITY, "Cache-Control": caching, "Vary": "Accept-Encoding"}
        media_type = guess_type(name)[0]
        for encoding, ending in _ENCODINGS:
            if name + ending in self._files and encoding in headers.get("accept-encoding", ""):
                answer["Content-Encoding"] = encoding
                name += ending
                break
        return FileResponse(self._files[name], headers=answer, media_type=media_type)

    def _file_for(self, path: str) -> str:
        if path in self._files or path.startswith(_ASSETS):
            return path
        return "/docs.html" if path == "/docs" else "/index.html"


def _is_page(path: str) -> bool:
    """Whether the web UI has the path; `*`, and what names another host, it has not."""
    return path.startswith("/") and path.split("/", 2)[1] not in _API
