"""The table of conventions, in the order in which they are asked for a value."""

from sessionary.otlp.convention import Convention
from sessionary.otlp.conventions.braintrust import BRAINTRUST
from sessionary.otlp.conventions.claude_code import CLAUDE_CODE
from sessionary.otlp.conventions.codex import CODEX
from sessionary.otlp.conventions.gemini_cli import GEMINI_CLI
from sessionary.otlp.conventions.google_adk import GOOGLE_ADK
from sessionary.otlp.conventions.helicone import HELICONE
from sessionary.otlp.conventions.laminar import LAMINAR
from sessionary.otlp.conventions.langfuse import LANGFUSE
from sessionary.otlp.conventions.langsmith import LANGSMITH
from sessionary.otlp.conventions.litellm import LITELLM
from sessionary.otlp.conventions.microsoft import MICROSOFT
from sessionary.otlp.conventions.mlflow import MLFLOW
from sessionary.otlp.conventions.openinference import OPENINFERENCE
from sessionary.otlp.conventions.opik import OPIK
from sessionary.otlp.conventions.orq import ORQ
from sessionary.otlp.conventions.otel import OTEL
from sessionary.otlp.conventions.otel_genai import OTEL_GENAI
from sessionary.otlp.conventions.pydantic_ai import PYDANTIC_AI
from sessionary.otlp.conventions.sessionary import SESSIONARY
from sessionary.otlp.conventions.strands import STRANDS
from sessionary.otlp.conventions.traceloop import TRACELOOP
from sessionary.otlp.conventions.vercel import VERCEL

CONVENTIONS: tuple[Convention, ...] = (
    SESSIONARY,
    # Attributes of one program, recognized by its scope, before names that all share.
    CLAUDE_CODE,
    CODEX,
    GEMINI_CLI,
    LANGFUSE,
    MLFLOW,
    OTEL,
    OTEL_GENAI,
    ORQ,
    OPENINFERENCE,
    TRACELOOP,
    VERCEL,
    LANGSMITH,
    LAMINAR,
    GOOGLE_ADK,
    MICROSOFT,
    OPIK,
    STRANDS,
    PYDANTIC_AI,
    LITELLM,
    BRAINTRUST,
    HELICONE,
)
