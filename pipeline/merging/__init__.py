"""Archives of several machines brought together: evidence, history and decisions, each thing once."""
