"""The words by which a sentence says that money is given, and those by which it says something else."""

from functools import lru_cache
from typing import NamedTuple

from archive.memory import Memory


class Cue(NamedTuple):
    """A verb form of giving."""

    role: str  # hand, give, support, get, flow: see `frames`
    status: str  # given or promised
    participle: bool
    particles: frozenset[str]  # one of them must follow: "stellt … bereit"


def _verbs(
    role: str, status: str, forms: str, particles: str = "", participle: bool = False
) -> dict[str, Cue]:
    return dict.fromkeys(forms.split(), Cue(role, status, participle, frozenset(particles.split())))


VERBS: dict[str, Cue] = (
    _verbs(
        "hand", "given", "übergab übergaben überreichte überreichten überbrachte überbrachten übermittelte"
    )
    | _verbs("hand", "given", "übergibt überreicht überbringt übergeben überreichen überbringen")
    | _verbs(
        "hand",
        "given",
        "ausgehändigt überbracht mitgebracht verschickt ausgehändigt übermittelt",
        participle=True,
    )
    | _verbs("hand", "given", "brachte brachten bringt", "mit")
    | _verbs("hand", "given", "händigte händigt", "aus")
    | _verbs(
        "give",
        "given",
        "bewilligte bewilligten gewährte gewährten gab gaben zahlte spendete vergab genehmigte",
    )
    | _verbs(
        "give", "given", "bewilligt gewährt gezahlt gespendet vergeben genehmigt ausgezahlt", participle=True
    )
    | _verbs("give", "given", "ausgereicht zugewiesen beigesteuert überwiesen", participle=True)
    | _verbs("give", "promised", "zugesagt zugesichert bereitgestellt", participle=True)
    | _verbs(
        "give", "promised", "gewähren bewilligen spendet gibt geben zahlt zahlen vergibt übernimmt übernehmen"
    )
    | _verbs("give", "promised", "bereitstellen beisteuern zusagen zuschießen beisteuert bereitstellt zusagt")
    | _verbs("give", "given", "übernahm übernommen")
    | _verbs("give", "promised", "stellt stellen stellte gestellt", "bereit verfügung aussicht")
    | _verbs("give", "promised", "stehen steht standen", "bereit verfügung")
    | _verbs("flow", "promised", "kommen kommt kamen stammen stammt stammten")
    | _verbs("give", "given", "freigegeben", participle=True)
    | _verbs("give", "promised", "zuschießt zuschoss trägt tragen")
    | _verbs("give", "given", "trug")
    | _verbs("give", "promised", "beschlossen", participle=True)
    | _verbs("give", "promised", "beschloss beschließt")
    | _verbs("hand", "given", "unterzeichnete unterschrieb unterzeichnet unterschrieben")
    | _verbs("support", "given", "bedacht", participle=True)
    | _verbs("give", "promised", "sagte sagt sagten sicherte sichert", "zu")
    | _verbs("give", "promised", "steuert steuern steuerte", "bei")
    | _verbs("give", "given", "reichte reicht", "aus weiter")
    | _verbs("give", "promised", "schießt schoss", "zu")
    | _verbs(
        "support",
        "promised",
        "fördert fördern unterstützt unterstützen bezuschusst bezuschussen hilft beteiligt",
    )
    | _verbs("support", "given", "förderte förderten unterstützte unterstützten bezuschusste half beteiligte")
    | _verbs(
        "support", "given", "gefördert mitfinanziert kofinanziert gefördertes geförderte", participle=True
    )
    | _verbs("get", "promised", "erhält bekommt erhalten bekommen empfängt")
    | _verbs("get", "given", "erhielt erhielten bekam bekamen empfing")
    | _verbs("get", "promised", "freut freuen", "über")
    | _verbs("get", "given", "nahm nahmen nimmt nehmen", "entgegen")
    | _verbs("flow", "promised", "fließen fließt gehen geht")
    | _verbs("flow", "given", "flossen floss gingen ging geflossen")
)
PARTICLES = frozenset().union(*(cue.particles for cue in VERBS.values()))
# These count only where the giver is named: "Vom Land kommen 5.000 Euro", "zahlt", "übernimmt".
NEED_A_GIVER = frozenset(
    """
    gibt geben gab zahlt zahlen zahlte gezahlt übernimmt übernehmen übernahm übernommen kommen kommt
    kamen steht stehen standen trägt tragen trug stammen stammt stammten
    """.split()
)
# Present tense and participle look the same: "bewilligt das Land", "wurde bewilligt".
AMBIGUOUS = frozenset(
    """
    bewilligt gewährt genehmigt unterstützt bezuschusst überreicht übergeben erhalten bekommen
    beteiligt
    """.split()
)
AUXILIARIES = frozenset("hat haben hatte hatten wurde wurden wird werden worden ist sind".split())
PASSIVE = frozenset("wird werden wurde wurden worden".split())
PERFECT = frozenset("hat haben hatte hatten wurde wurden worden".split())
INTENTIONS = frozenset(
    "soll sollen will wollen plant planen geplant vorgesehen möchte sollte sollten".split()
)
# The sentence speaks of rules, wishes or refusals.
POSSIBILITIES = frozenset("kann können könnte könnten darf dürfen".split())
THANKS_WORDS = frozenset({"dank", "freuen"})  # "kann sich über 5.000 Euro freuen"
DENIALS = frozenset(
    """
    gefordert gefragt nicht kein keine keinen keiner fordert fordern forderte verlangt beantragt
    beantragte beantragen bittet jede jeder jedes jedem jeden abgelehnt gestrichen zurückgezahlt ob
    falls wenn würde würden müsste müssten gekürzt kürzt streicht rückgefordert zurückfordern
    pauschal monatlich
    """.split()
)

PAPER_STEMS = tuple(
    """
    bescheid scheck förderzusage finanzierungszusage förderurkunde zuschuss zuschüsse zuwendung
    fördermittel förderung anschubfinanzierung zuweisung finanzhilfe beihilfe landesmittel
    bundesmittel fördersumme förderbetrag unterstützung spende lottomittel eu-mittel städtebaumittel
    förderdarlehen fördergeld zuschuß finanzspritze landeshilfe geldspende hilfe starthilfe
    landesanteil bundesanteil bewilligung
    """.split()
)
_ENDINGS = ("", "e", "es", "en", "s", "n", "er", "ern")
PAPERS = tuple(paper + ending for paper in PAPER_STEMS for ending in _ENDINGS)
HANDED = ("bescheid", "scheck", "zusage", "urkunde")
_OTHER_PAPERS = (
    "buß",
    "sozialhilfe",
    "jugendhilfe",
    "steuer",
    "gebühr",
    "renten",
    "ablehnung",
    "kosten",
    "straf",
    "wirtschaftsförderung",
)

# What an amount is when it is no gift: the noun before it, or the word after it.
OTHER_MONEY = tuple(
    """
    kosten investition investitionen investitionsvolumen investitionssumme schaden schadens schäden
    bußgeld bußgelder strafe geldbuße geldstrafe umsatz umsätze steuer steuern einnahmen lohn löhne
    gehalt preis preise miete eintritt defizit schulden haushalt etat budget volumen wert werte
    eigenanteil eigenmittel eigenmitteln honorar gebühr gebühren beitrag beiträge gewinn verlust
    verluste kredit kredite ausgaben mehreinnahmen mindereinnahmen rücklage rücklagen aufwand bedarf
    freibetrag programm landesprogramm sondervermögen fonds paket erlös verdienst einkommen rente
    grenze schwelle loch lücke ersparnis einsparung einsparungen kaufpreis auftrag auftragsvolumen
    jahresumsatz regelsatz kindergeld bürgergeld preisgeld prämie bonus entschädigung elterngeld
    schwarzgeld pauschale
    """.split()
)
AFTER_OTHER = frozenset(
    """
    teuer teure teuren teurer teures teurem kosten kostet kostete gekostet schaden umsatz umsatzes
    steuern gesamtkosten baukosten eigenanteil eigenmittel schulden bußgeld strafe mehr weniger
    gesamtinvestition pro je monatlich eintritt investieren investiert investierte gespart verdienen
    verdient eingespart preisgeld schwer dotiert dotierte dotierten
    """.split()
)
SUMS = frozenset("beträgt betragen betrug beläuft belaufen belief liegt umfasst".split())
OTHER_VERBS = frozenset(
    """
    kostet kosten gekostet kostete investiert investierte investieren verdienen verdient spart
    sparen einsparen schätzt rechnet umsetzt erwirtschaftete erwirtschaftet verursacht verursachte
    entstand verurteilt sank sinkt stieg steigt kassiert kassierte einnimmt einnehmen
    """.split()
)


@lru_cache(maxsize=8192)
def is_paper(word: str) -> bool:
    """Whether the word in lower case names a gift or its document: "fördermittelbescheid", "zuschuss"."""
    return word in ("mittel", "mitteln") or (word.endswith(PAPERS) and not word.startswith(_OTHER_PAPERS))


SHARES = frozenset({"anteil"})  # "der Anteil des Landes"
STATES = frozenset("bundes landes freistaats freistaates ministeriums union eu".split())  # in the genitive
LEAVING = frozenset("ab aus zurück verloren drauf ein hervor".split())  # "gehen 5 Euro für Zinsen ab"


def is_handed(word: str) -> bool:
    """Whether the word in lower case names a document that is handed over."""
    return is_paper(word) and any(stem in word for stem in HANDED)


def is_damage(word: str) -> bool:
    """Whether the word in lower case names a cost or a loss: "Die Kosten beziffert er mit 5 Euro"."""
    return word.endswith(("kosten", "schaden", "schäden", "umsatz", "defizit"))


@lru_cache(maxsize=8192)
def is_other_money(word: str) -> bool:
    """Whether the word in lower case names money that nobody is given."""
    return word.endswith(OTHER_MONEY)


# What a word says, as bits: a clause says what its words say, and most questions about it are one `&`.
GIVES, PAPER, SHARE, DENIES, MAY, THANKS, OTHER_VERB, SUM, INTENDS, PASSIVE_FORM, PERFECT_FORM = (
    1 << place for place in range(11)
)
SPEAKS_OF_GIVING = GIVES | PAPER | SHARE
_SAYING = (
    (VERBS, GIVES),
    (SHARES, SHARE),
    (DENIALS, DENIES),
    (POSSIBILITIES, MAY),
    (THANKS_WORDS, THANKS),
    (OTHER_VERBS, OTHER_VERB),
    (SUMS, SUM),
    (INTENTIONS, INTENDS),
    (PASSIVE, PASSIVE_FORM),
    (PERFECT, PERFECT_FORM),
)


def _said_by(word: str) -> int:
    return sum(bit for words, bit in _SAYING if word in words) | (PAPER if is_paper(word) else 0)


said_by = Memory(_said_by).__getitem__
