"""Values bound to a statement: the only way in which a caller's value comes near SQL."""


class Parameters:
    """Values, each under a name of its own."""

    def __init__(self, **named: object) -> None:
        self.values: dict[str, object] = dict(named)

    def bind(self, value: object, sql_type: str) -> str:
        """The placeholder of the value in SQL."""
        name = f"value_{len(self.values)}"
        self.values[name] = value
        return f"{{{name}:{sql_type}}}"
