"""Which language a request speaks: the one its address names, else the one its cookie remembers, else German.

`?lang=en` in an address stands for the English page at that address; the rest of the site never sees it.
"""

from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode

from serve.headers import App, Message, Receive, Scope, Send
from serve.language import GERMAN, LANGUAGES, language, speaking

NAME = "lang"  # of the parameter and of the cookie
YEAR = 365 * 24 * 60 * 60
SPOKEN = (b"text/html", b"application/atom+xml")  # kinds of answers that have a language


class Choice(NamedTuple):
    """The language of a request."""

    code: str
    remember: bool  # whether the cookie has to change


def with_language(app: App) -> App:
    """An ASGI application that speaks the language that was asked for."""

    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        chosen = choice(scope.get("query_string", b""), _cookies(scope))

        async def send_with_language(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": _headers(message, chosen, scope.get("scheme") == "https")}
            await send(message)

        rest = {**scope, "query_string": without(scope.get("query_string", b""))}
        with speaking(chosen.code):
            await app(rest, receive, send_with_language)

    return wrapped


def choice(query: bytes, cookies: str) -> Choice:
    """The language for a query string and the cookies.

    >>> choice(b"q=wald", ""), choice(b"q=wald&lang=en", ""), choice(b"", "lang=en")
    (Choice(code='de', remember=False), Choice(code='en', remember=True), Choice(code='en', remember=False))
    """
    remembered = _remembered(cookies) or GERMAN
    asked = _asked(query) or remembered
    return Choice(asked, remember=asked != remembered)


def address(path: str, query: str, code: str) -> str:
    """The address of a page in a language.

    >>> address("/suche", "q=wald", "en"), address("/", "", "de")
    ('/suche?q=wald&lang=en', '/?lang=de')
    """
    return f"{path}?{query}{'&' if query else ''}{urlencode({NAME: code})}"


def in_this_language(there: str) -> str:
    """An address of ours for who comes without our cookie, as reading programs do: in the language of here.

    >>> in_this_language("/suche.atom?q=wald")
    '/suche.atom?q=wald'
    """
    path, _, query = there.partition("?")
    return there if language() == GERMAN else address(path, query, language())


def addresses(path: str, query: str) -> list[tuple[str, str, str]]:
    """Each language with its code, its name, and where the page at an address speaks it."""
    return [(code, said.name, address(path, query, code)) for code, said in LANGUAGES.items()]


def without(query: bytes) -> bytes:
    """A query string without the language; the rest stays byte for byte.

    >>> without(b"q=a%20b&lang=en&x"), without(b"lang=de")
    (b'q=a%20b&x', b'')
    """
    start = f"{NAME}=".encode()
    return b"&".join(part for part in query.split(b"&") if not part.startswith(start))


def _headers(message: Message, chosen: Choice, secure: bool) -> list[tuple[bytes, bytes]]:
    sent: list[tuple[bytes, bytes]] = list(message.get("headers", ()))
    kind = next((value for name, value in sent if name.lower() == b"content-type"), b"")
    spoken = kind.startswith(SPOKEN)
    if spoken and not any(name.lower() == b"content-language" for name, _ in sent):
        sent.append((b"content-language", chosen.code.encode()))
    varies = b",".join(value for name, value in sent if name.lower() == b"vary")
    # A 304 names no kind, and must vary as the answer that it stands for.
    if (spoken or message["status"] == 304) and b"cookie" not in varies.lower():
        sent.append((b"vary", b"Cookie"))
    if chosen.remember and kind.startswith(b"text/html"):
        sent.append((b"set-cookie", _cookie(chosen.code, secure).encode()))
    return sent


def _cookie(code: str, secure: bool) -> str:
    """The cookie that remembers a language; German, which needs none, takes it away."""
    age = 0 if code == GERMAN else YEAR
    held = f"{NAME}={code}; Max-Age={age}; Path=/; SameSite=Lax; HttpOnly"
    return f"{held}; Secure" if secure else held


def _cookies(scope: Scope) -> str:
    return "; ".join(value.decode("latin-1") for name, value in scope["headers"] if name == b"cookie")


def _remembered(cookies: str) -> str | None:
    """The language in the cookies, which may hold anything else, well formed or not."""
    pairs = (part.strip().partition("=") for part in cookies.split(";"))
    return next((value for name, _, value in pairs if name == NAME and value in LANGUAGES), None)


def _asked(query: bytes) -> str | None:
    pairs = parse_qsl(query.decode("latin-1"))
    return next((value for name, value in pairs if name == NAME and value in LANGUAGES), None)
