"""The JSON interface: what programs may build on, described by OpenAPI."""
