"""Evolution API as the product calls it."""
