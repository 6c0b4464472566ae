"""Read a body whose shape depends on its content, and report all its faults at once."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from sessionary.errors import Fault

MAX_ITEMS = 1_000
MAX_CHARACTERS = 10_000
MAX_NUMBER = 1e300
# Invalid paths and operators are quoted up to this length.
_SHOWN_CHARACTERS = 200


@dataclass(frozen=True, slots=True)
class BodyPart:
    """One value of a body, where it stands, and the list that its faults go to.

    An invalid value is replaced by a placeholder until all faults are reported.
    """

    value: object
    path: str
    faults: list[Fault]

    def __getitem__(self, name: str) -> "BodyPart":
        """The member of an object; where there is none, its value is None."""
        members = self.value if isinstance(self.value, dict) else {}
        return BodyPart(members.get(name), f"{self.path}.{name}", self.faults)

    @property
    def is_absent(self) -> bool:
        """Whether it is null or not there."""
        return self.value is None

    def refuse(self, message: str) -> None:
        """Record a fault of this value."""
        self.faults.append(Fault(self.path, message))

    def is_object(self) -> bool:
        """Whether it is an object; records a fault if not."""
        if not isinstance(self.value, dict):
            self.refuse(f"needs an object, not {_shown(self.value)}")
        return isinstance(self.value, dict)

    def text(self) -> str:
        """A string of at most `MAX_CHARACTERS`."""
        if not isinstance(self.value, str):
            self.refuse(f"needs a string, not {_shown(self.value)}")
            return ""
        if len(self.value) > MAX_CHARACTERS:
            self.refuse(f"is longer than {MAX_CHARACTERS:,} characters")
            return ""
        if not _is_unicode(self.value):
            self.refuse("holds half of a surrogate pair, which is no text")
            return ""
        return self.value

    def number(self) -> Decimal:
        """A finite number, exactly as it was written."""
        value = self.value
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        # Neither NaN nor a whole number that no float reaches.
        if not is_number or not abs(value) <= MAX_NUMBER:  # type: ignore[arg-type]
            self.refuse(f"needs a number, not {_shown(value)}")
            return Decimal(0)
        # A float's shortest form is what the JSON said.
        return Decimal(str(value))

    def boolean(self) -> bool:
        """True or false."""
        if not isinstance(self.value, bool):
            self.refuse(f"needs true or false, not {_shown(self.value)}")
        return self.value is True

    def choice(self, names: Collection[str]) -> str:
        """One of the names, empty where it is none of them."""
        if isinstance(self.value, str) and self.value in names:
            return self.value
        self.refuse(f"{_shown(self.value)} is not one of {', '.join(names)}")
        return ""

    def items(self, *, most: int = MAX_ITEMS) -> list["BodyPart"]:
        """The items of a list."""
        if not isinstance(self.value, list):
            self.refuse(f"needs a list, not {_shown(self.value)}")
            return []
        if len(self.value) > most:
            self.refuse(f"has more than {most:,} items")
            return []
        return [
            BodyPart(item, f"{self.path}.{place}", self.faults)
            for place, item in enumerate(self.value)
        ]

    def texts(self) -> tuple[str, ...]:
        """A list of strings."""
        return tuple(item.text() for item in self.items())


def _is_unicode(text: str) -> bool:
    return not any("\ud800" <= character <= "\udfff" for character in text)


def _shown(value: object) -> str:
    text = "null" if value is None else ascii(value)
    return text if len(text) <= _SHOWN_CHARACTERS else f"{text[:_SHOWN_CHARACTERS]}…"
