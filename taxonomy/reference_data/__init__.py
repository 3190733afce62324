"""The reference data: files in taxonomy/data/ read into rows, compared with the database, and written there.

`sources` and the readers (`countries`, `institutions`, `navigation`) only read files; `stored` only reads the database;
`planning` compares the two; `writing` writes.
"""
