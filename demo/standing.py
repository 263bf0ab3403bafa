"""The sources of the invented portals as their files state them, with the ports they stand on by default."""

from importlib.resources import files

from archive.source import Source, read_sources


def standing_sources() -> dict[str, Source]:
    """Every demo source by key; what its portal once said can be read again while it does not run."""
    return read_sources(files("demo") / "sources")
