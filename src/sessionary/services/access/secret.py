"""The secrets that keys, cookies and links are: made, hashed, and keys shown in part.

A secret is 32 random bytes, so it cannot be guessed from its hash however fast that is computed: a
slow, salted one, which passwords need, would only cost time at every request.
"""

import hashlib
import secrets

_START = "sk-sessionary-"
_SHOWN_CHARACTERS = 6
_SHOWN_OF_OTHERS = 4


def new_secret() -> str:
    """A new API key."""
    return f"{_START}{secrets.token_hex(32)}"


def new_token() -> str:
    """A new token, for a cookie or a share link."""
    return secrets.token_urlsafe(32)


def hash_of(secret: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def shown_part(secret: str) -> str:
    """The start of a secret, by which its owner knows it; of a chosen one as good as nothing."""
    if secret.startswith(_START):
        return secret[: len(_START) + _SHOWN_CHARACTERS]
    return secret[:_SHOWN_OF_OTHERS]
