"""A time from one instant to another, as it is asked for."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Window:
    """In nanoseconds since 1970; without a start of all time, without an end until now."""

    from_ns: int | None
    to_ns: int
    has_end: bool
    """Whether `to_ns` was asked for."""

    def of_all(self, bounds: tuple[int, int] | None) -> tuple[int, int]:
        """From and to where there is no start; `bounds` are the first and the last that there is.

        Without an end also what, by the clock of another machine, is yet to come.
        """
        if bounds is None:
            return self.to_ns, self.to_ns
        first_ns, last_ns = bounds
        to_ns = self.to_ns if self.has_end else max(self.to_ns, last_ns + 1)
        return min(first_ns, to_ns), to_ns
