"""What a span does, whatever convention said it."""

LLM = "llm"
EMBEDDING = "embedding"
RERANK = "rerank"
IMAGE = "image"
AUDIO = "audio"
AGENT = "agent"
CHAIN = "chain"
TOOL = "tool"
RETRIEVER = "retriever"
GUARDRAIL = "guardrail"
EVALUATOR = "evaluator"
PROMPT = "prompt"
SPAN = "span"
# A span internal to a library; its figures repeat those of other spans.
INTERNAL = "internal"

# The kinds whose tokens and costs count. Source: docs/accounting.md, "model calls".
MODEL_CALLS = (LLM, EMBEDDING, RERANK, IMAGE, AUDIO)
KINDS = (
    *MODEL_CALLS,
    AGENT,
    CHAIN,
    TOOL,
    RETRIEVER,
    GUARDRAIL,
    EVALUATOR,
    PROMPT,
    SPAN,
    INTERNAL,
)
