"""Pieces that every room uses: each is here once, with its test, and knows no room."""
