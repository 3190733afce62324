"""Reads tables, such as Excel makes: one item in each row, the names of the fields in the first one."""
