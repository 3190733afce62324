"""Prints how many pages the PDF on its standard input has, or nothing. Run as a program of its own, never imported.

A hostile file may ask for endless time or memory: the process that counts has little of either.
"""

import io
import resource
import sys

SECONDS = 5
MEMORY = 512_000_000  # bytes of address space


def main() -> None:
    """Count, and say nothing of what cannot be counted: an encrypted file, a broken one, one that asks for too much."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    from pypdf import PdfReader  # noqa: PLC0415 - under the limits

    reader = PdfReader(io.BytesIO(sys.stdin.buffer.read()))
    if not reader.is_encrypted:
        sys.stdout.write(str(len(reader.pages)))


if __name__ == "__main__":
    main()
