"""A spider per source file, so that `scrapy list` and `scrapy crawl KEY` know every source."""

from pathlib import Path
from typing import Any, Self, TypeAlias

from scrapy import Request, Spider
from scrapy.settings import BaseSettings

from archive.source import Source, families, read_sources, registry
from crawler.loopback import is_loopback
from crawler.spiders.source import SourceSpider

LOOPBACK_PARALLEL = 8  # requests at a time to a portal on this machine


Keys: TypeAlias = list[str]  # inside SourceLoader, `list` is the method that Scrapy asks for


def spider_class(source: Source) -> type[SourceSpider]:
    """The spider of a source, with the settings that its portal needs."""
    names: dict[str, Any] = {
        "name": source.key,
        "source": source,
        "family": families()[source.family],
        "custom_settings": _settings(source),
    }
    return type(source.key, (SourceSpider,), names)


def _settings(source: Source) -> dict[str, Any]:
    # By default Scrapy looks among the queues of all hosts for the one least busy.
    queue = {} if source.hosts else {"SCHEDULER_PRIORITY_QUEUE": "scrapy.pqueues.ScrapyPriorityQueue"}
    return queue | _pace(source)


def _pace(source: Source) -> dict[str, Any]:
    if all(is_loopback(seed.url) for seed in source.seeds):
        delay = source.access.delay or 0.0
        return {"DOWNLOAD_DELAY": delay, "CONCURRENT_REQUESTS_PER_DOMAIN": 1 if delay else LOOPBACK_PARALLEL}
    return {"DOWNLOAD_DELAY": source.access.delay} if source.access.delay else {}


def all_sources(folders: str) -> dict[str, Source]:
    """The sources of the package and those of further folders, joined by a colon."""
    found = dict(registry())
    for folder in filter(None, folders.split(":")):
        found |= read_sources(Path(folder))
    return found


class SourceLoader:
    """Scrapy's SPIDER_LOADER_CLASS."""

    def __init__(self, settings: BaseSettings) -> None:
        self._sources = all_sources(settings.get("PRESSEARCHIV_SOURCES") or "")

    @classmethod
    def from_settings(cls, settings: BaseSettings) -> Self:
        return cls(settings)

    def load(self, spider_name: str) -> type[Spider]:
        """Raises KeyError where no source has this key."""
        if spider_name not in self._sources:
            raise KeyError(f"no source has the key {spider_name!r}; `scrapy list` shows all keys")
        return spider_class(self._sources[spider_name])

    def list(self) -> list[str]:
        return sorted(self._sources)

    def find_by_request(self, request: Request) -> Keys:
        return [key for key, source in self._sources.items() if source.speaks_at(request.url)]
