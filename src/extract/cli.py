"""The command line: paths in, exit codes out."""

from __future__ import annotations

import typer

app = typer.Typer(no_args_is_help=True)


@app.callback()
def main_callback() -> None:
    """Facts out of documents."""


def main() -> None:
    """The entry point of the `extract` command."""
    app()
