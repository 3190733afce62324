"""Words of texts as search keeps them: without Django and the database, so that a bare process can work them out."""
