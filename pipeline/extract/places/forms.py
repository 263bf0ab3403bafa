"""The forms a name takes, by rule: spellings, tails, inflected names of districts."""

import re
from collections.abc import Container, Iterable, Iterator

from archive import territory
from pipeline.extract.places.words import LANDSCAPES

_CAPITALISED = re.compile(r"[A-ZÄÖÜ]\w*")
TAIL = re.compile(
    r" ?[(/].*| (?:an der|an den|am|im|in der|in|bei|ob|unter|unterm|auf|vor|vorm|der|[aivbdu]\.) ?.*"
)


def split(name: str) -> tuple[str, str]:
    """
    >>> split("Rotenburg (Wümme)"), split("Weilheim i.OB"), split("Bad Tabarz"), split("Am Ettersberg")
    (('Rotenburg', 'wümme'), ('Weilheim', 'ob'), ('Bad Tabarz', ''), ('Am Ettersberg', ''))
    """
    if " " not in name and "/" not in name and "(" not in name:
        return name, ""  # nine names of ten; the tables load a tenth faster for it
    found = None if name.startswith(("An ", "Auf ", "Hinter ")) else TAIL.search(name)
    return (name[: found.start()], tail_word(found.group())) if found else (name, "")


def tail_word(tail: str) -> str:
    found = _CAPITALISED.search(tail)
    return found.group().lower() if found else tail.strip(" .").lower()


def same_tail(one: str, other: str) -> bool:
    """Whether the shorter one may abbreviate the other.

    >>> same_tail("ob", "oberbayern"), same_tail("odenwald", "odw"), same_tail("saale", "westf")
    (True, True, False)
    """
    short, long = sorted((one, other), key=len)
    if long.startswith(short):
        return True
    letters = iter(long)
    return len(short) <= 5 and short[:1] == long[:1] and all(letter in letters for letter in short)


TITLES = ("St.", "Sankt ", "Heilbad ", "Insel ", "Hann. ")


def spellings(base: str) -> Iterable[str]:
    """The ways to write a name: ß or ss, St. or Sankt, without the title of a spa."""
    return several_spellings(base) if "ß" in base or base.startswith(TITLES) else (base,)


def several_spellings(base: str) -> Iterator[str]:
    yield base
    if "ß" in base:
        yield base.replace("ß", "ss")
    if base.startswith(("St. ", "St.")):
        yield "Sankt " + base[3:].strip()
        yield "St. " + base[3:].strip()
    elif base.startswith("Sankt "):
        yield "St. " + base[6:]
    elif base.startswith(("Heilbad ", "Insel ", "Hann. ")):
        yield base.replace("Hann.", "Hannoversch") if base.startswith("Hann.") else base.split(" ", 1)[1]


# Districts


def kreis_stem(short: str) -> str | None:
    """ "Ilm" of "Ilm-Kreis", "Wartburg" of "Wartburgkreis"; None where the name does not end in Kreis."""
    found = re.fullmatch(r"([^ ]+?)(?:-Kreis|kreis)", short)
    return found[1] if found else None


def headed_forms(short: str) -> Iterator[tuple[str, str]]:
    """Forms after "Landkreis", each with the tail that must not contradict."""
    for form in alone_forms(short):
        yield form, ""
    base, tail = split(short)
    if tail:
        yield from ((form, tail) for form in spellings(base))
    for title in ("Herzogtum ", "Grafschaft ", "Rhein-Kreis ", "Eifelkreis ", "Altmarkkreis "):
        if short.startswith(title):
            yield short.removeprefix(title), ""
    if stem := kreis_stem(short):
        yield stem, ""
    yield from ((former, "") for former in (*FORMER_NAMES.get(short, ()), *CLIPPED_NAMES.get(short, ())))


# Under which a district with the same key went before: Ludwigshafen until 2003.
FORMER_NAMES = {
    "Rhein-Pfalz-Kreis": ("Ludwigshafen",),
    "Südwestpfalz": ("Pirmasens",),
    "Vulkaneifel": ("Daun",),
    "Heidekreis": ("Soltau-Fallingbostel",),
    "Rhein-Erft-Kreis": ("Erftkreis", "Erftkreises"),
    "Saale-Holzland-Kreis": ("Holzlandkreis", "Holzlandkreises"),
    "Saalfeld-Rudolstadt": ("Schwarza-Kreis", "Schwarza-Kreises"),
    "Weimarer Land": ("Weimar-Land",),
}
# What is left of a long name after "Landkreis".
CLIPPED_NAMES = {"Mecklenburgische Seenplatte": ("Seenplatte",)}
EVERYDAY_NAMES = {
    "Mecklenburgische Seenplatte": ("Meckl. Seenplatte", "Mecklenb. Seenplatte"),
}
# Landscapes that are one district: "im Barnimkreis".
ONE_DISTRICT = (
    "Ammerland Barnim Börde Eichsfeld Emsland Harz Havelland Prignitz Uckermark Vulkaneifel".split()
)
EVERYDAY_NAMES |= {name: (f"{name}kreis", f"{name}kreises") for name in ONE_DISTRICT}


def alone_forms(short: str) -> Iterator[str]:
    yield from EVERYDAY_NAMES.get(short, ())
    if "-" in short and " " not in short and "kreis" not in short.lower():  # "Spree-Neiße-Kreis"
        yield from (f"{short}-Kreis", f"{short}-Kreises")
    yield from (form for form in FORMER_NAMES.get(short, ()) if "kreis" in form or "-" in form)
    for spelling in spellings(short):
        yield spelling
        if stem := kreis_stem(spelling):
            for kreis in (stem + "kreis", stem + "-Kreis"):
                forms = (kreis + ending for ending in ("", "es", "e", "s", "en"))
                yield from (form for form in forms if form != spelling)
        elif spelling.endswith((" Land", "land")):
            yield from (spelling + "es", spelling + "s")
        elif spelling.endswith("er Kreis"):
            stem = spelling.removesuffix("er Kreis")
            yield from (stem + end for end in ("en Kreis", "en Kreises", "en Kreise", "e Kreis"))
        elif declined := re.match(r"(\w+(?:ische|liche)) (.+)", spelling):
            yield f"{declined[1]}n {declined[2]}"
            yield f"{declined[1].removesuffix('ische')}. {declined[2]}"
        elif declined := re.fullmatch(r"(\w+)er (\w+kreis)", spelling):
            yield from (f"{declined[1]}en {declined[2]}{end}" for end in ("", "es"))
            yield f"{declined[1]}e {declined[2]}"
        elif "kreis " in spelling or "-Kreis " in spelling:
            yield re.sub(r"([Kk]reis) ", r"\1es ", spelling)
        elif spelling.startswith("Städteregion"):
            yield "StädteRegion Aachen"
        elif spelling.startswith("Regionalverband"):  # until 2007 the Stadtverband
            yield from (f"Stadtverband{end} Saarbrücken" for end in ("", "s", "es"))
            yield "Regionalverbandes Saarbrücken"
            yield "Regionalverbands Saarbrücken"


def stands_alone(form: str, district: territory.District, lasting: Container[str]) -> bool:
    """Whether the name without a head is the district, and neither a town in it nor a landscape around it.

    `lasting` are the names that districts in force bear: an earlier key of such a district counts, too.
    """
    if form in LANDSCAPES or split(form)[1]:
        return False
    return (
        not district.valid_to
        or district.short in lasting
        or "-" in form
        or "kreis" in form
        or " Land" in form
    )
