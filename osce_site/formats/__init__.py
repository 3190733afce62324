"""How Django writes dates where it writes them itself, in the admin: in British English, not American."""
