"""One invented portal per family of content-management systems: each a function from request to response."""
