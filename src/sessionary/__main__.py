"""`python -m sessionary` is `sessionary`."""

from sessionary.cli.main import run

if __name__ == "__main__":
    run()
