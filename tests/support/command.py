"""The command line as a test calls it."""

from reconcile import program
from reconcile.cli import app


def command(*tokens):
    """Exit code of ``reconcile`` with these tokens."""
    return program.exit_code(lambda: program.call(app, [str(token) for token in tokens]))
