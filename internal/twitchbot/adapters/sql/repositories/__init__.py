"""One file per repository port."""
