"""The crawlers of other tools on the generated portal, each as its manual says.

They find addresses, fetch pages, read them, and keep what they keep.

Each is a program of its own with the arguments: address of the portal, folder to work in, number of releases.
It leaves `found.json` there: title, day and text by path. Pauses between questions are off where a
setting permits it.
"""

from html import escape
from pathlib import Path

NAMED = "http://portal.example"  # news-please takes no port: Scrapy leaves such hosts out as foreign ones
SITEMAP = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{}</urlset>'

WRITE = """
import json, pathlib, sys
from urllib.parse import urlsplit
base, folder, count = sys.argv[1], pathlib.Path(sys.argv[2]), int(sys.argv[3])
def leave(told):
    by_path = {urlsplit(url).path: found for url, *found in told}
    (folder / "found.json").write_text(json.dumps(by_path))
"""
# Two commands: addresses from the sitemap, then pages on four threads into files. In one command 2.0.0 asks
# for the first address again and again. A host without letters is none to it, so a name leads here.
NAME = """
import socket
known = socket.getaddrinfo
def here(host, *more, **options):
    return known("127.0.0.1" if host == "portal.example" else host, *more, **options)
socket.getaddrinfo = here
named = base.replace("127.0.0.1", "portal.example")
"""
TRAFILATURA = (
    NAME
    + """
from contextlib import redirect_stdout
from importlib import resources
from trafilatura import cli
settings = (resources.files("trafilatura") / "settings.cfg").read_text()
(folder / "settings.cfg").write_text(settings.replace("SLEEP_TIME = 5.0", "SLEEP_TIME = 0.001"))
def command(*arguments):
    sys.argv = ["trafilatura", *arguments, "--config-file", str(folder / "settings.cfg")]
    try:
        cli.main()
    except SystemExit as ended:
        assert not ended.code, ended.code
with open(folder / "urls.txt", "w") as file, redirect_stdout(file):
    command("--sitemap", named + "/here.xml", "--list")
command(
    "--input-file", str(folder / "urls.txt"), "--output-dir", str(folder / "out"), "--parallel", "4",
    "--json", "--with-metadata",
)
read = [json.loads(path.read_text()) for path in (folder / "out").rglob("*.json")]
leave([one["source"], one["title"], one["date"], one["text"]] for one in read)
"""
)
# From page to page. It tells addresses and keeps nothing; menus are cut off, or it would follow each of them.
FOCUSED = (
    NAME
    + """
from trafilatura.settings import use_config
from trafilatura.spider import focused_crawler
config = use_config()
config["DEFAULT"]["SLEEP_TIME"] = "0"
lists = -(-count // 20)
_, known = focused_crawler(
    named + "/", max_seen_urls=1 + lists + count, config=config, prune_xpath=["//nav", "//footer"]
)
leave([url, None, None, None] for url in known if "/release/" in url)
"""
)
# fundus reads no page without a parser for its publisher; this one knows the portal as our source file does.
FUNDUS_PARSER = """
from lxml.cssselect import CSSSelector
from fundus.parser import BaseParser, ParserProxy, attribute
from fundus.parser.utility import extract_article_body_with_selector, generic_date_parsing
class Parser(ParserProxy):
    class V1(BaseParser):
        @attribute
        def title(self):
            return CSSSelector("h1")(self.precomputed.doc)[0].text_content()
        @attribute
        def publishing_date(self):
            return generic_date_parsing(CSSSelector("time")(self.precomputed.doc)[0].get("datetime"))
        @attribute
        def body(self):
            paragraphs = CSSSelector("div.text > p")
            return extract_article_body_with_selector(self.precomputed.doc, paragraph_selector=paragraphs)
"""
FUNDUS = (
    FUNDUS_PARSER
    + """
import datetime
from fundus import Crawler, Sitemap
from fundus.publishers.base_objects import Publisher, PublisherGroup
class Portals(metaclass=PublisherGroup):
    Portal = Publisher("Portal", base, Parser, [Sitemap(base + "/numbers.xml", languages={"de"})])
leave(
    [a.html.requested_url, a.title, str(a.publishing_date)[:10], str(a.body)]
    for a in Crawler(Portals, delay=0.0).crawl()
)
"""
)
# Its crawler by sitemap, at its default of four questions at a time, through the portal as a proxy. It would
# leave out pages that do not declare to be articles; that is off. It keeps pages, and as JSON what it read.
NEWS_PLEASE = """
import os
from importlib import resources
os.environ["http_proxy"] = base
config = (resources.files("newsplease") / "config" / "config.cfg").read_text()
config = config.replace("working_path = ~/news-please-repo/", f"working_path = {folder}/kept/")
config = config.replace("LOG_LEVEL = INFO", "LOG_LEVEL = ERROR")
(folder / "config").mkdir()
(folder / "config" / "config.cfg").write_text(config)
site = {
    "url": "http://portal.example/",
    "overwrite_heuristics": {
        "crawler_contains_only_article_alikes": True, "og_type": False,
        "linked_headlines": False, "self_linked_headlines": False,
    },
    "pass_heuristics_condition": "crawler_contains_only_article_alikes",
}
(folder / "config" / "sitelist.hjson").write_text(json.dumps({"base_urls": [site]}))
from newsplease.__main__ import NewsPleaseLauncher
NewsPleaseLauncher(f"{folder}/config/", False, False, False, False, False, False, True)
read = [json.loads(path.read_text()) for path in (folder / "kept" / "data").rglob("*.json")]
leave([one["url"], one["title"], (one["date_publish"] or "")[:10], one["maintext"]] for one in read)
"""
CRAWLERS = {
    "trafilatura --sitemap, 4 threads": TRAFILATURA,
    "trafilatura.spider, addresses alone": FOCUSED,
    "fundus, with a parser for this portal": FUNDUS,
    "news-please, by sitemap": NEWS_PLEASE,
}


def add(folder: Path, paths: list[str], base: str) -> None:
    """Give the portal what these crawlers begin with: sitemaps, and a first page with links to its lists."""
    here = base.replace("127.0.0.1", "portal.example")
    for name, host in (("here.xml", here), ("numbers.xml", base), ("sitemap.xml", NAMED)):
        listed = "".join(f"<url><loc>{escape(host + path)}</loc></url>" for path in paths)
        (folder / name).write_text(SITEMAP.format(listed))
    (folder / "robots.txt").write_text(f"User-agent: *\nDisallow:\nSitemap: {NAMED}/sitemap.xml\n")
    lists = sorted((folder / "presse").iterdir(), key=lambda path: int(path.name.rpartition("-")[2]))
    links = "".join(f'<a href="/presse/{path.name}">{path.name}</a>' for path in lists)
    (folder / "index").write_text(f"<!doctype html><html><body>{links}</body></html>")
