"""A generated archive of a million releases and more, and what it costs to build and to use."""
