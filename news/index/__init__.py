"""What every process keeps of the lists: which edition stands in which one, as sets of numbers that follow the log."""
