"""OpenTelemetry's own attributes that are not about models.

Source: open-telemetry/semantic-conventions v1.44.0 (session, user, enduser, deployment, service).
"""

from sessionary.otlp.convention import Convention

OTEL = Convention(
    name="otel",
    keys={
        "session_id": ("session.id",),
        "contact_id": ("user.id", "enduser.id"),
        "environment": ("deployment.environment.name", "deployment.environment"),
        "repo": ("vcs.repository.url.full", "vcs.repository.name"),
    },
    late_keys={"contact_id": ("user.email", "enduser.pseudo.id")},
    resource_keys={
        "environment": ("deployment.environment.name", "deployment.environment"),
        "release": ("service.version",),
        "repo": ("vcs.repository.url.full", "vcs.repository.name"),
    },
    errors={"error.type": None, "success": frozenset({"false"})},
    error_events=("exception",),
)
