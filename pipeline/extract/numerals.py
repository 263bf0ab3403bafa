"""German number words and their values: "fünfhunderttausend" is 500000, "zweieinhalb" is 2.5."""

from functools import lru_cache

_UNITS = ("null", "eins", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun")
_TEENS = (
    "zehn",
    "elf",
    "zwölf",
    "dreizehn",
    "vierzehn",
    "fünfzehn",
    "sechzehn",
    "siebzehn",
    "achtzehn",
    "neunzehn",
)
_TENS = ("zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig")
_ARTICLES = frozenset({"ein", "eine", "einen", "einem", "einer", "eines"})
_LONGEST = 72  # "siebenhundertsiebenundsiebzigtausendsiebenhundertsiebenundsiebzig" has 65 letters
_REWRITES = (("zwoelf", "zwölf"), ("fuenf", "fünf"), ("dreissig", "dreißig"))


def _below_hundred() -> dict[str, int]:
    values = {word: value for value, word in enumerate(_UNITS + _TEENS)}
    values |= {"zwo": 2} | dict.fromkeys(_ARTICLES, 1)
    for ten, word in enumerate(_TENS, start=2):
        values[word] = 10 * ten
        for unit, name in enumerate(_UNITS[1:], start=1):
            values[f"{'ein' if unit == 1 else name}und{word}"] = 10 * ten + unit
    return values


_BELOW_HUNDRED = _below_hundred()
_FACTORS = {
    word: value for word, value in _BELOW_HUNDRED.items() if value and word not in _ARTICLES | {"eins"}
}
_FACTORS |= {"": 1, "ein": 1}


def is_article(word: str) -> bool:
    """Whether the word may be an article as well as the number one."""
    return word.lower() in _ARTICLES


@lru_cache(maxsize=4096)
def cardinal(word: str) -> int | None:
    """The value of one number word below a million, in any letter case.

    >>> cardinal("Siebenhundertfünfzigtausend"), cardinal("zwölf"), cardinal("einer"), cardinal("Haus")
    (750000, 12, 1, None)
    """
    if len(word) > _LONGEST:
        return None
    plain = _plain(word)
    if plain in _BELOW_HUNDRED:
        return _BELOW_HUNDRED[plain]
    left, thousand, right = plain.partition("tausend")
    if not thousand:
        return _below_ten_thousand(plain)
    thousands = 1 if left in ("", "ein") else _below_ten_thousand(left)
    rest = 0 if right == "" else _below_ten_thousand(right.removeprefix("und"))
    if thousands is None or rest is None or thousands > 999 or rest > 999:
        return None
    return 1000 * thousands + rest


@lru_cache(maxsize=1024)
def quantity(word: str) -> float | None:
    """Like `cardinal`, with halves and quarters: "anderthalb", "zweieinhalb", "dreieinhalbtausend".

    >>> quantity("anderthalb"), quantity("Zweieinhalb"), quantity("dreieinhalbtausend"), quantity("drei")
    (1.5, 2.5, 3500.0, 3.0)
    >>> quantity("viereinviertel"), quantity("zweidreiviertel"), quantity("viertel")
    (4.25, 2.75, None)
    """
    whole = cardinal(word)
    if whole is not None:
        return float(whole)
    if len(word) > _LONGEST:
        return None
    parts, thousand, rest = _plain(word).removesuffix("e").partition("tausend")
    if rest or not parts.endswith(("halb", "viertel")):
        return None
    value = 1.5 if parts in ("anderthalb", "einundeinhalb") else _with_part(parts)
    return value * 1000 if thousand and value is not None else value


def _with_part(word: str) -> float | None:
    """ "zweieinhalb", "viereinviertel", "zweidreiviertel" """
    for part, value in (("einhalb", 0.5), ("einviertel", 0.25), ("dreiviertel", 0.75)):
        whole = _BELOW_HUNDRED.get(word.removesuffix(part).removesuffix("und"))
        if whole and word.endswith(part):
            return whole + value
    return None


def _plain(word: str) -> str:
    plain = word.lower()
    for written, letter in _REWRITES:
        plain = plain.replace(written, letter)
    return plain


def _below_ten_thousand(word: str) -> int | None:
    """Words up to "neunundneunzighundert"; a thousand is not part of them."""
    if word in _BELOW_HUNDRED:
        return _BELOW_HUNDRED[word]
    left, hundred, right = word.partition("hundert")
    factor = _FACTORS.get(left)
    rest = 0 if right == "" else _BELOW_HUNDRED.get(right.removeprefix("und"))
    if not hundred or factor is None or rest is None:
        return None
    return 100 * factor + rest
