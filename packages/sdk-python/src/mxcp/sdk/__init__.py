"""Import paths of request-level data."""
