"""What differs between two editions, as plain data: words added and removed, block by block, and fields changed."""

from news.comparison.blocks import CHANGED, Block, ComparedBlock, Part, compare_blocks, parts_of, read_blocks
from news.comparison.editions import Comparison, FieldChange, compare
from news.comparison.words import ADDED, REMOVED, SAME, Run, Word, compare_words, read_words

__all__ = [
    "ADDED",
    "CHANGED",
    "REMOVED",
    "SAME",
    "Block",
    "ComparedBlock",
    "Comparison",
    "FieldChange",
    "Part",
    "Run",
    "Word",
    "compare",
    "compare_blocks",
    "compare_words",
    "parts_of",
    "read_blocks",
    "read_words",
]
