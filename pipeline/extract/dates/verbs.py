"""Verbs and adverbs that say whether a sentence looks back or ahead; of German, as releases use it."""

import re

PAST, OPEN, FUTURE = -1, 0, 1  # the side of publication on which a sentence puts a day
PLANNED = 2  # meant for a day that may be over by now: "war für Oktober geplant"

_LOOKS_BACK = frozenset(
    "hat haben hatte hatten wurde wurden worden war waren gewesen ging gingen fand fanden kam"
    " kamen gab nahm nahmen übergab übergaben stand standen sprach sprachen hielt hielten bekam"
    " bekamen erhielt erhielten trat traten begann begannen schloss schlossen traf trafen ließ"
    " ließen lief liefen lud luden lag lagen blieb blieben verlieh verliehen unterschrieb"
    " beschloss beschlossen unterzeichneten zog zogen starb starben fiel fielen unterstrich stieß"
    " verwies bewies beriet empfing verging entschied verschwand verstarb erwarb bezog flog"
    " erschien schien trug betrug schlug half warf sang gelang empfahl las saß bestand bestanden"
    " verstand übernahm übernahmen unternahm teilnahm vergab vergaben hob erhob bat galt riet bot"
    " hingen tagten schrieb wies hieß rief riefen warb sah sahen tat fuhr fuhren brachte brachten"
    " gewann gewannen verlor verloren stieg stiegen sank sanken wuchs wuchsen entstand entstanden"
    " bereits baten befanden bewarben bewiesen blieben bogen boten brach brachen empfingen ereignete"
    " erfanden fielen fingen flogen flossen fuhren genossen gossen griffen gruben halfen hielten"
    " kürzlich lasen liehen litten luden pfiffen rieten ritten sangen saßen schieden schienen"
    " schliefen schlugen schnitten schossen schrieben schufen schwiegen sprachen sprangen starben"
    " stiegen stritten tranken trieben trugen unterschieden ursprünglich verbanden verdarben verließen"
    " vertrieben verziehen warben wiesen wuschen zogen zwangen".split()
)
# Strong preterites whose prefixed kin look back as well: "fuhr" and "erfuhr", "tranken" and "ertranken".
_STRONG = (
    "gab gaben ging gingen fuhr fuhren kam kamen nahm nahmen sah sahen stand standen lag lagen hielt"
    " hielten ließ ließen lief liefen traf trafen trat traten zog zogen fiel fielen hob hoben riet rieten"
    " schlug schlugen trug trugen brach brachen sprach sprachen fand fanden sank sanken trank tranken"
    " schloss schlossen schoss schossen wies wiesen blieb blieben trieb trieben schrieb schrieben litt"
    " litten lud luden wuchs wuchsen stieß stießen warb warben griff griffen barg bargen losch loschen"
    " schrak flog flogen rief riefen sann wog wogen ritt schnitt pfiff stritt glitt biss riss floss goss"
    " kroch fror verlor schob schlief schuf wusch grub sprang sprangen schwand schwanden band banden drang"
    " drangen klang klangen stach aß maß geschah mied schied rieb schwieg stieg stiegen lieh wich wichen"
    " glich glichen strich strichen starb starben half galt schmolz hing hingen fing fingen las lasen"
    " bissen bliesen bogen"
    " boten brieten flohen floh flossen fraßen froren goss gossen griffen gruben halfen hoben krochen litten"
    " liehen logen maßen mieden pfiffen priesen rangen rissen rochen roch schlichen schliefen schmolzen"
    " schnitten"
    " schoben schossen schufen schwammen schwiegen schworen sannen stachen stahl stahlen standen stritten"
    " taten trog verdarb vergaß vergaßen warf warfen wandte wandten wuschen wusch zwang zwangen gewannen"
    " genoss"
    " genossen geschahen genas erloschen rannte rannten brannte brannten nannte nannten sandte sandten"
).split()
_PREFIXES = ("er", "be", "ver", "zer", "ent")
LOOKS_BACK = _LOOKS_BACK | {prefix + verb for prefix in ("", *_PREFIXES) for verb in _STRONG}
LOOKS_AHEAD = frozenset(
    "wird werden soll sollen will wollen möchte möchten plant planen lädt laden eingeladen"
    " geplant vorgesehen findet finden beginnt beginnen startet starten öffnet öffnen endet enden"
    " kommt kommen tritt treten folgt folgen übergibt übergeben besucht besuchen eröffnet stellt"
    " stellen nimmt nehmen reist reisen steht stehen spricht trifft läuft laufen berät beraten"
    " können kann tagt entscheidet verleiht empfängt informiert gastiert erscheint stattfindet"
    " geht gehen ansteht bevorsteht anstehende voraussichtlich spätestens ladet bittet müssen muss"
    " darf dürfen feiert feiern überreicht weiht zeichnet zeigt diskutiert diskutieren gelten gilt"
    " Termin Einladung Pressetermin Medieneinladung Fototermin Terminhinweis Presseeinladung termin einladung"
    " pressetermin medieneinladung fototermin terminhinweis presseeinladung"
    " rückt zieht treffen spielt spielen singt liest referiert wählt wählen gibt dauert bleibt"
    " legt holt baut hält vergibt berichten erläutern informieren präsentieren präsentiert schließt schließen"
    " macht bleiben wäre wären bekommt erhält entfällt beträgt"
    " könnte könnten dürfte dürften müsste müssten".split()
)
# The subjunctive of reported speech: "der Gipfel finde am Freitag statt, teilte sie mit".
SUBJUNCTIVES = frozenset(
    "wolle solle müsse könne dürfe werde finde treffe beginne starte komme gebe gelte bleibe folge tage"
    " öffne schließe nehme reise ende laufe rolle fließe falle stehe berate entscheide eröffne erhalte"
    " bekomme steige sinke gehe lege trete baue rechne erscheine stelle zahle fahre dauere zeige übernehme"
    " besuche ziehe verhandle lade bringe erwarte prüfe entfalle spreche halte wechsle ruhe".split()
)
STATES = frozenset(
    "ist sind gibt kann können lebt leben weiß wissen gilt gelten darf dürfen muss müssen will"
    " wollen haben hat steht stehen sieht sehen macht machen nutzt nutzen arbeiten arbeitet"
    " glauben glaubt heißt braucht brauchen tut wäre wären spielt spielen liegt liegen fehlt"
    " fehlen hält halten zählt zählen besteht bestehen wohnt wohnen bietet bieten gehört gehören"
    " verfügt verfügen beträgt fordert scheint denkt denken spricht".split()
)
HAPPENS = frozenset(
    "eröffnet beginnt startet findet stattfindet trifft treffen tagt besucht übergibt feiert wird"
    " werden lädt entscheidet kommt reist stellt vorgestellt übergeben eröffnen verleiht"
    " unterzeichnet vorstellt mitteilt teilte sagte mit gestern morgen".split()
) - {"mit"}
# Forms of strong verbs, which no participle shares: "bekommt im Februar Post".
STRONG_PRESENT = frozenset(
    "bekommt erhält vergibt ergibt betrifft beginnt besteht entsteht verlässt erscheint beschließt bezieht"
    " entscheidet verliert empfängt erfährt entfällt verschiebt beträgt".split()
)
# What was done about a day that is still to come: "hatte auf eine Entscheidung bis Juni gedrängt".
URGED = frozenset(
    "gedrängt gefordert verlangt zugesagt versprochen angekündigt gebeten verlängert befristet begrenzt"
    " eingeräumt gesetzt zugesichert".split()
)
# Verbs of what a headline does after something has happened: "Minister dankt Helfern nach Großbrand".
REACTS = frozenset(
    "dankt danken lobt loben begrüßt begrüßen kritisiert verurteilt gratuliert bedauert würdigt trauert"
    " trauern"
    " zeigt fordert fordern mahnt warnt erklärt sagt prüft prüfen ermittelt ermitteln verstärkt".split()
)
REPORTS = frozenset(
    "sagt erklärt betont berichtet meldet fordert kritisiert warnt lobt bestätigt teilt"
    " mitgeteilt begrüßt heißt bereit verlangt landesweit bundesweit weltweit europaweit derzeit"
    " zurzeit dauerhaft fristgerecht verstärkt erneut direkt konkret insgesamt gesamt leicht"
    " nächst sofort bisweilen anerkannt bekannt dankt".split()
)
NO_VERB = frozenset(
    "mit seit selbst erst fast sonst jetzt dort nicht unweit gegen neben wegen zwischen unten"
    " oben morgen statt samt laut zuletzt zunächst bereits den einen einigen allen vielen weiteren"
    " insgesamt jeweils gemeinsam keinen meisten wenigen beiden anderen übrigen ersten zweiten dritten"
    " letzten"
    " ganzen neuen ihren seinen unseren hingegen dagegen deswegen außen innen allein".split()
)
INTENTS = frozenset(("soll", "sollen", "will", "wollen"))
# What these do "bis Freitag" lies ahead though it has been done: the day is a limit they set.
EXTENDS = frozenset(
    "bat baten rief riefen gab gaben ließ ließen lud luden beschloss beschlossen schloss schlossen galt"
    " vergab übergab entschied sagte kündigte bot boten nahm nahmen unterschrieb".split()
)
AUXILIARIES = frozenset("hat haben hatte hatten wurde wurden war waren".split())
# Participles after "ist" that speak of what lies ahead.
AHEAD = frozenset("geplant vorgesehen eingeladen angesetzt anberaumt terminiert beabsichtigt gebeten".split())
# The same after "ist" only: "war gesperrt" tells of what is over.
AHEAD_NOW = AHEAD | set(
    "angemeldet angekündigt erwartet eingeplant vereinbart geschlossen geöffnet gesperrt ausgebucht"
    " abgesagt verschoben verlegt untersagt ausverkauft zugelassen besetzt aufgerufen gefordert gefragt"
    " unterbrochen eingestellt eingeschränkt festgelegt festgesetzt bestimmt gelegt reserviert".split()
)
NO_PRETERITE = frozenset(
    "heute bitte erste zweite dritte vierte fünfte sechste letzte nächste rechte echte weite"
    " beste alte gute breite ersten zweiten dritten vierten fünften sechsten letzten nächsten"
    " rechten echten weiten besten alten guten breiten sollte sollten könnte könnten möchte"
    " möchten müsste müssten dürfte dürften gesamte gesamten konkrete konkreten bekannte bekannten"
    " sogenannte sogenannten beauftragte beteiligten beteiligte betroffene hunderte leichte"
    " leichten bitten arbeiten bieten leisten starten kosten unterstützten halten erhalten"
    " enthalten gestalten verwalten treten leiten raten beraten gelten warten antreten eintreten"
    " stattfinden richten berichten einrichten errichten achten beachten verzichten vernichten"
    " beobachten verpflichten unterrichten vorbereiten begleiten verbreiten bereiten erarbeiten"
    " bearbeiten verarbeiten mitten selten zweitens städten sämtliche laute bunte bunten kalte"
    " kalten verboten geboten".split()
)
ARTICLES = frozenset("das der die den dem des ein eine einen einem einer eines".split())
_DETERMINERS = ARTICLES | set(
    "im am zum zur vom beim ihre ihrer ihren seine seiner seinen alle allen auf in mit an aus bei nach"
    " von vor zu für ohne gegen über unter wegen trotz".split()
)
PREFIXED_PARTICIPLE = re.compile(
    r"(?:ab|an|auf|aus|bei|ein|fest|her|hin|mit|nach|vor|weg|zu|zurück|über|um|unter)ge"
)


# "erwarten", "gestalten": stems on -t, whose preterite is "erwarteten".
_PRESENT_IN_TEN = (
    "warten", "halten", "schalten", "stalten", "walten", "arbeiten", "leiten", "bereiten", "richten",
    "pflichten", "sichten", "leisten", "bieten", "treten", "läuten", "deuten", "streiten", "schreiten",
    "haften", "lüften",
    "hüten", "mieten", "raten",
    "testen", "trachten", "fürchten", "züchten", "beten", "spalten", "gleiten", "kneten",
)  # fmt: skip
_SEPARABLE = re.compile(
    r"(?:ab|an|auf|aus|bei|da|dar|durch|ein|entgegen|fehl|fern|fest|fort|frei|her|heran|heraus|hervor|hin"
    r"|hinein|hinaus|hinzu|hoch|kennen|los|mit|nach|nieder|statt|still|teil|um|unter|vor|voran|voraus|vorbei|weg|weiter"
    r"|wieder|wahr|zu|zurück|zusammen|über|bereit|offen|gut|klar|nahe|sicher|ver|be|er|ent)"
)
_PARTICIPLE = re.compile(rf"{_SEPARABLE.pattern}?ge(?!ht\Z)")
_GE_VERBS = frozenset(
    "genießen gewinnen gehören gewähren gelingen genügen geschehen gefährden gestatten gewinnt gewährt"
    " gelingt genügt gestattet geschieht angehören begegnen begehren vergehen begehen weitergeben abgeben"
    " angeben aufgeben ausgeben eingeben vorgeben zugeben freigeben herausgeben abgehen angehen aufgehen"
    " ausgehen eingehen vorgehen zugehen hervorgehen nachgehen umgehen übergehen entgehen".split()
)
# "den gesamten September": adjectives that begin like a participle.
_NO_PARTICIPLE = ("gegen", "gesamt", "gemeinsam", "genau", "gering", "gesund", "gestalten")


def looks_finite(word: str) -> bool:
    """Whether a word in lower case may be the verb of a sentence rather than an adjective."""
    known = word in LOOKS_BACK or word in LOOKS_AHEAD or is_preterite(word)
    return known or (word.endswith("t") and word not in NO_VERB)


def is_present(word: str) -> bool:
    """Whether a word on -en may be a plural in the present: "brechen", not "gebrochen" or "brachen"."""
    return not (word in LOOKS_BACK or word in NO_VERB or is_participle(word) or is_preterite(word))


def is_participle(word: str) -> bool:
    return (
        len(word) > 6
        and word.endswith(("t", "en"))
        and word.islower()
        and _PARTICIPLE.match(word) is not None
        and not word.startswith(_NO_PARTICIPLE)
        and word not in _GE_VERBS
    )


def is_prefixed_strong(word: str) -> bool:
    """ "dessen Frist ablief": a verb that a subordinate clause ends with."""
    prefix = _SEPARABLE.match(word)
    return prefix is not None and word[prefix.end() :] in LOOKS_BACK


def is_prefixed_present(word: str) -> bool:
    """ "die Frist, die am Freitag abläuft" """
    prefix = _SEPARABLE.match(word)
    return prefix is not None and len(word) > prefix.end() and word[prefix.end() :] in LOOKS_AHEAD


def is_preterite(word: str) -> bool:
    if len(word) < 5 or not word.endswith(("te", "ten")) or not word[0].islower() or word in NO_PRETERITE:
        return False
    if PREFIXED_PARTICIPLE.match(word) or word.endswith(_PRESENT_IN_TEN):
        return False
    return not word.startswith("ge") or word.startswith(("gehör", "gewähr", "genehm"))


def is_adjective(words: list[str], at: int) -> bool:
    """ "in der reformierten Kirche" """
    before, after = words[max(0, at - 1) : at], words[at + 1 : at + 2]
    return bool(before and after and before[0] in _DETERMINERS and after[0][0].isupper())


def is_adverb(words: list[str], at: int) -> bool:
    """ "nur eingeschränkt zulässig" """
    return words[at + 1 : at + 2] != [] and words[at + 1].endswith(("ig", "lich", "bar", "isch"))
