"""The sample archive: stories of our own in the form of the site's pages, composed anew from a seed."""
