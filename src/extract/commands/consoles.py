"""The two streams that commands print to."""

from rich.console import Console

err = Console(stderr=True, highlight=False, soft_wrap=True)
out = Console(highlight=False, soft_wrap=True)


def plain(text: str) -> str:
    """Text of a document, or from a folder, that steers no terminal: other control characters are shown as escapes."""
    return "".join(character if character.isprintable() else character.encode("unicode_escape").decode() for character in text)
