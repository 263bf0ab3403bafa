"""Whether an everyday title ("Agrarministerin") fits the official one ("Ministerin für Ländliche Räume")."""

from functools import lru_cache

# What the official title says, by the first letters of the everyday one.
PORTFOLIOS = {
    "innen": ("inner",),
    "finanz": ("finanz",),
    "haushalt": ("finanz",),
    "justiz": ("justiz", "recht"),
    "kultus": ("kultus", "bildung", "schul", "unterricht"),
    "bildung": ("bildung", "kultus", "schul", "unterricht"),
    "schul": ("schul", "bildung", "kultus"),
    "wissenschaft": ("wissenschaft", "forschung", "hochschul"),
    "forschung": ("forschung", "wissenschaft"),
    "hochschul": ("wissenschaft", "hochschul", "forschung"),
    "wirtschaft": ("wirtschaft",),
    "verkehr": ("verkehr", "infrastruktur", "mobilität"),
    "mobilität": ("verkehr", "mobilität"),
    "infrastruktur": ("infrastruktur", "verkehr", "bau"),
    "bau": ("bau", "wohn", "infrastruktur", "stadtentwicklung", "landesentwicklung"),
    "wohn": ("wohn", "bau", "infrastruktur"),
    "stadtentwicklung": ("stadtentwicklung", "bau"),
    "landwirtschaft": ("landwirt", "ernährung", "agrar", "forst", "ländlich", "verbraucher"),
    "agrar": ("landwirt", "ernährung", "agrar", "forst", "ländlich", "verbraucher"),
    "ernährung": ("ernährung", "landwirt", "verbraucher"),
    "forst": ("forst", "landwirt", "umwelt"),
    "umwelt": ("umwelt", "natur", "klima"),
    "klima": ("klima", "umwelt"),
    "naturschutz": ("natur", "umwelt"),
    "energie": ("energie", "wirtschaft", "umwelt"),
    "sozial": ("sozial", "arbeit", "gesundheit", "familie"),
    "gesundheit": ("gesundheit", "sozial"),
    "pflege": ("pflege", "gesundheit", "sozial"),
    "arbeit": ("arbeit", "sozial"),
    "famili": ("famili", "sozial", "jugend", "frauen"),
    "frauen": ("frauen", "gleichstell", "sozial", "famili"),
    "jugend": ("jugend", "famili", "sozial", "bildung", "kinder"),
    "senioren": ("senioren", "sozial"),
    "gleichstellung": ("gleichstell", "frauen"),
    "europa": ("europa", "bundesangelegenheiten", "staatskanzlei"),
    "kultur": ("kultur", "kunst", "wissenschaft", "kultus", "staatskanzlei"),
    "kunst": ("kunst", "kultur", "wissenschaft"),
    "digital": ("digital",),
    "verteidigung": ("verteidigung",),
    "außen": ("auswärtig",),
    "entwicklung": ("zusammenarbeit", "entwicklung"),
    "heimat": ("heimat",),
    "kommunal": ("kommun", "inner"),
    "migration": ("migration", "integration"),
    "integration": ("integration", "migration", "sozial"),
    "verbraucher": ("verbraucher",),
    "sport": ("sport",),
    "medien": ("medien", "staatskanzlei"),
    "tourismus": ("tourismus", "wirtschaft"),
    "staats": (),
    "staatskanzlei": ("staatskanzlei",),
    "kanzleramt": ("kanzleramt",),
}


@lru_cache(maxsize=4096)
def fits(stem: str, office: str) -> bool | None:
    """True or False where the title says a portfolio; None where it says none ("Staatsministerin").

    >>> fits("agrar", "Ministerin für Landwirtschaft und Forsten"), fits("staats", "Staatsminister")
    (True, None)
    """
    word = stem.removeprefix("bundes").removeprefix("landes").removeprefix("staats").strip("-")
    for first, official in PORTFOLIOS.items():
        if word.startswith(first) and official:
            return any(part in office.casefold() for part in official)
    return None
