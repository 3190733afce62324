"""System checks: a wrong setting is said at the start, with what to do."""
