"""Scrapy's settings for every crawl, each with its reason; what one source needs, its spider sets."""

import os

BOT_NAME = "pressearchiv"
SPIDER_LOADER_CLASS = "crawler.loader.SourceLoader"  # a spider per source file

# Ours, with a prefix: where the archive lies when Scrapy's own command line starts the crawl.
PRESSEARCHIV_ARCHIVE = os.environ.get("PRESSEARCHIV_ARCHIVE", "archive.db")
PRESSEARCHIV_WARC = os.environ.get("PRESSEARCHIV_WARC", "warc")
PRESSEARCHIV_SOURCES = os.environ.get("PRESSEARCHIV_SOURCES", "")  # further source folders, joined by ":"
PRESSEARCHIV_CONTACT = os.environ.get("PRESSEARCHIV_CONTACT", "")  # for the user agent; a live crawl needs it
PRESSEARCHIV_START = ""  # the moment at which the crawl's clock starts; empty for the present one
PRESSEARCHIV_PAGE_BYTES = 16 << 20  # a press release is a thousandth of it; more is cut off and kept as cut
PRESSEARCHIV_ATTACHMENT_BYTES = 64 << 20  # a brochure in print quality has up to 50 MB
PRESSEARCHIV_PAGE_SECONDS = 45.0  # a page that still drips after this is cut off and kept as cut
PRESSEARCHIV_RECHECKS = 50  # old pages looked at again in one day; a source may set its own

# Politeness. Portals are small machines paid by the public; a night is long enough.
DOWNLOAD_DELAY = 1.0  # seconds; robots.txt and the source file can raise it, loopback needs none
DOWNLOAD_DELAY_JITTER = 0.2  # so that nightly runs do not beat in step
CONCURRENT_REQUESTS_PER_DOMAIN = 1
AUTOTHROTTLE_ENABLED = False  # it would go below our delay where a server answers fast
ROBOTSTXT_OBEY = False  # crawler.robots obeys it: it also archives it, keeps it for a day, reads Crawl-delay
COOKIES_ENABLED = False  # a session would make pages differ from visitor to visitor

# Bounds.
DOWNLOAD_TIMEOUT = 60  # seconds for the whole answer
DOWNLOAD_MAXSIZE = 0  # Scrapy throws away what is too large; ours keeps its start
DOWNLOAD_WARNSIZE = 0  # what is too large becomes an issue row instead of a line in a log
DOWNLOAD_FAIL_ON_DATALOSS = False  # a broken-off answer is evidence too, kept as cut
DOWNLOAD_VERIFY_CERTIFICATES = True  # evidence from somebody who only claims to be the ministry is none
DNS_TIMEOUT = 20  # the default of 60 seconds holds up a run for each dead host

# Speed. Measured per page against the default: together about two and a half times.
CONCURRENT_ITEMS = 1  # we yield no items; the default starts 101 tasks for each response
WARN_ON_GENERATOR_RETURN_VALUE = False  # it parses the source of each callback again for each response
SCHEDULER_MEMORY_QUEUE = "scrapy.squeues.FifoMemoryQueue"  # newest releases first, as listings name them
DUPEFILTER_CLASS = "scrapy.dupefilters.BaseDupeFilter"  # the spider knows what it asked for, by address
STATS_CLASS = "scrapy.statscollectors.DummyStatsCollector"  # a run counts in its own row
DOWNLOADER_STATS = False
DOWNLOADER_MIDDLEWARES_BASE: dict[str, int] = {}
SPIDER_MIDDLEWARES_BASE: dict[str, int] = {}
EXTENSIONS_BASE: dict[str, int] = {}
DOWNLOAD_HANDLERS = dict.fromkeys(("http", "https"), "crawler.fetching.Fetching")
DOWNLOADER_MIDDLEWARES = {
    "crawler.robots.Robots": 100,
    "crawler.reservations.Reservations": 150,  # after robots.txt allowed it
    "crawler.patience.Patience": 200,
    "crawler.redirects.Redirects": 300,
    "crawler.archiving.Archiving": 900,  # sees every byte before anybody changes it
    "crawler.redacted.Redacted": 950,  # but for what must not be written at all
}

TELNETCONSOLE_ENABLED = False  # an open port for nothing
REMOTE_CONTROL_ENABLED = False
LOG_LEVEL = "WARNING"
LOG_FORMATTER = "crawler.silent.Silent"  # a page is a row of the archive, not a line in a log
LOG_VERSIONS: list[str] = []
