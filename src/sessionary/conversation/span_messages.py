"""What one span says, and what a format is that reads it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from sessionary.model.message import Message
from sessionary.model.span_text import SpanText


@dataclass(frozen=True, slots=True)
class SpanMessages:
    """What a span was given and what it answered; of a call, all that the model saw."""

    inputs: tuple[Message, ...] = ()
    outputs: tuple[Message, ...] = field(default=())

    def __bool__(self) -> bool:
        return bool(self.inputs or self.outputs)


Format = Callable[[SpanText], SpanMessages]


def first_messages(formats: Iterable[Format], span: SpanText) -> SpanMessages:
    """The inputs of the first format that finds any, and likewise the outputs."""
    inputs: tuple[Message, ...] = ()
    outputs: tuple[Message, ...] = ()
    for read in formats:
        said = read(span)
        inputs, outputs = inputs or said.inputs, outputs or said.outputs
        if inputs and outputs:
            break
    return SpanMessages(inputs, outputs)
