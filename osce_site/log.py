"""How the log is kept short enough to be read."""

import logging


class OneLine(logging.Filter):
    """Leave out the traceback of what needs none: the line says it all."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Take the traceback off; the line stays."""
        record.exc_info = None
        return True
