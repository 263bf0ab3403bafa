"""Where programs find what is made for them."""

from serve.api import rows

ROUTES = [
    (r"^/api/v1/tables$", rows.tables),
    (r"^/api/v1/(?P<table>[^/]+)$", rows.rows),
]
