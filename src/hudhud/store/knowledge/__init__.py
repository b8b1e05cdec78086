"""What a merchant wrote for people to read, as rows: documents, passages, answered questions."""
