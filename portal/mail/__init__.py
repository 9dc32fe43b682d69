"""Mail: rows first, sent after the transaction, never twice."""
