"""Where programs find what is made for them."""

from serve import llms, sitemap
from serve.api import document, proof, rows
from serve.oai import endpoint

HARVESTED = endpoint.PATH
ROUTES = [
    (r"^/llms\.txt$", llms.llms),
    *sitemap.ROUTES,
    (r"^/api$", document.page),
    (r"^/api/openapi\.json$", document.openapi),
    (r"^/api/v1/tables$", rows.tables),
    (r"^/api/v1/(?P<table>[^/]+)$", rows.rows),
    (rf"^{endpoint.PATH}$", endpoint.harvest),
    (r"^/m/(?P<release_id>[^/]+)/beleg\.json$", proof.proof),
]
