"""THE LIBRARY: pictures and files, described and credited, as public as what holds them."""
