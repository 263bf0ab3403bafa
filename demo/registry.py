"""The sources of the invented portals, with the addresses at which they answer now."""

from msgspec.structs import replace

from archive.source import Source
from demo.server import PORT_BASE, PORTALS, DemoServer
from demo.standing import standing_sources


def demo_sources(portals: DemoServer) -> dict[str, Source]:
    """Every demo source by key, its standing port replaced by that of the running server."""
    found = standing_sources()
    return {key: _moved(found[key], PORT_BASE + at, portals.base(key)) for at, key in enumerate(PORTALS)}


def _moved(source: Source, standing: int, base: str) -> Source:
    seeds = tuple(
        replace(seed, url=seed.url.replace(f"http://127.0.0.1:{standing}", base)) for seed in source.seeds
    )
    return replace(source, home=base, seeds=seeds)
