"""Where entries are kept: in the database's own full-text index, or in a search engine beside it."""
