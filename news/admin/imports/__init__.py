"""The admin of imports: the list of runs, a file that is planned, applied and undone, the report of each."""
