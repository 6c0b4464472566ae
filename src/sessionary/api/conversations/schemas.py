"""Schemas of conversations for the OpenAPI document and generated clients.

Responses are made by serialize.py; tests check that they fit these models.
"""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from sessionary.api.http.optional_field import optional_field


class TextPart(BaseModel):
    """Something said, or thought."""

    type: Literal["text", "reasoning"]
    text: str = Field(examples=["Where is my order?"])


class ToolCallPart(BaseModel):
    """A model asks for a tool."""

    type: Literal["tool_call"]
    id: str = optional_field("The call's id, which its result has too.", examples=["call_1"])
    name: str = optional_field("The tool.", examples=["find_order"])
    arguments: Any = optional_field("JSON of any shape.", examples=[{"order": 42}])


class ToolResultPart(BaseModel):
    """What a tool answered."""

    type: Literal["tool_result"]
    id: str = optional_field("The id of the call.", examples=["call_1"])
    name: str = optional_field("The tool.", examples=["find_order"])
    result: Any = optional_field("JSON of any shape.", examples=["on its way"])


class MediaPart(BaseModel):
    """An image, a sound or a file; in addition to these fields, all others it was sent with."""

    model_config = ConfigDict(extra="allow")

    type: Literal["image", "audio", "file"]
    url: Any = optional_field("Where it lies.")
    media_type: Any = optional_field("Its media type.", examples=["image/png"])
    data: Any = optional_field("Its bytes in base64.")


class JsonPart(BaseModel):
    """What has no shape that is known, as it came."""

    type: Literal["json"]
    value: Any = Field(description="JSON of any shape.")


Part = Annotated[
    TextPart | ToolCallPart | ToolResultPart | MediaPart | JsonPart, Field(discriminator="type")
]


class MessageBody(BaseModel):
    """Who said what."""

    role: str = Field(description="system, user, assistant, tool…", examples=["user"])
    content: list[Part]


class TurnBody(BaseModel):
    """One message of a conversation; what a model call used only where one answered."""

    id: str = Field(description="To go on from as `lastId`.")
    trace_id: str = Field(examples=["0af7651916cd43dd8448eb211c80319c"])
    span_id: str = Field(description="Where it was said.", examples=["b7ad6b7169203331"])
    role: str = Field(description="system, user, assistant, tool…", examples=["user"])
    content: list[Part]
    started_at: datetime
    ended_at: datetime
    duration: float = Field(description="Milliseconds between the two.", examples=[1240.5])
    is_error: bool = Field(description="Whether what said it failed.")
    error: str = optional_field("Why it failed.")
    prompt_tokens: int = optional_field("Tokens sent; cached ones included.", examples=[480])
    completion_tokens: int = optional_field(
        "Tokens received; reasoning ones included.", examples=[132]
    )
    total_cost: float = optional_field("US dollars.", examples=[0.0036])
    unpriced_calls_count: int = optional_field(
        "Model calls behind it without a price: they add 0 to the cost.", examples=[0]
    )
    model: str = optional_field("The model that answered.", examples=["gpt-4o"])


class TurnsBody(BaseModel):
    """A page of a session's turns, in order."""

    object: Literal["list"]
    data: list[TurnBody]
    has_more: bool = Field(description="Whether more follow.")


class TextContent(BaseModel):
    """Text of a message: output_text is a model's."""

    type: Literal["input_text", "output_text"]
    text: str


class ImageContent(BaseModel):
    """An image of a message."""

    type: Literal["input_image"]
    image_url: Any = Field(description="Its address, or its bytes in a data: one.")


class FileContent(BaseModel):
    """A sound or a file of a message, with all fields it was sent with."""

    model_config = ConfigDict(extra="allow")

    type: Any = Field(description="input_file or input_audio.", examples=["input_file"])


class MessageItem(BaseModel):
    """A message."""

    type: Literal["message"]
    role: Literal["user", "assistant", "system", "developer"]
    content: list[TextContent | ImageContent | FileContent]


class CallItem(BaseModel):
    """A model calls a function."""

    type: Literal["function_call"]
    call_id: str
    name: str
    arguments: str = Field(description="JSON as text.", examples=['{"order": 42}'])


class OutputItem(BaseModel):
    """What a function answered."""

    type: Literal["function_call_output"]
    call_id: str
    output: str


class SummaryText(BaseModel):
    """What a model thought."""

    type: Literal["summary_text"]
    text: str


class ReasoningItem(BaseModel):
    """What a model thought."""

    type: Literal["reasoning"]
    summary: list[SummaryText]


Item = Annotated[MessageItem | CallItem | OutputItem | ReasoningItem, Field(discriminator="type")]


class TraceConversationBody(BaseModel):
    """What a model call saw and answered, as items of OpenAI's Responses API."""

    trace_id: str = Field(examples=["0af7651916cd43dd8448eb211c80319c"])
    span_id: str = Field(
        description="The call; empty where the trace has none.", examples=["b7ad6b7169203331"]
    )
    items: list[Item]
