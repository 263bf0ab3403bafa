"""The closed word lists of place recognition: heads, offices, cues, and words that rule a place out."""

import re


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# The word before a district's name: "im Landkreis Gotha". Upper case in datelines ("LKR.").
DISTRICT_HEADS = words("""
    Landkreis Landkreises Landkreise Landkreisen Kreis Kreises Kreise Kreisen LK LKs Lkr Lkrs Lkrn Lks
    Landratsamt Landratsamtes Landratsamts Landratsämter Landratsämtern Kreisverwaltung Kreisverwaltungen
    Kreistag Kreistags Kreistages Kreistage Kreishaus Kreishandwerkerschaft Kreisfeuerwehrverband
    Kreispolizeibehörde Kreispolizeibehörden Kreisjugendamt Kreisjugendamtes Kreisjugendämter
    Kreisjugendämtern Kreisverband Kreisverbandes Kreisverbands Kreisverbände Kreisverbänden
    Kreisfeuerwehr Kreisbauernverband Kreisgesundheitsamt Nationalparklandkreis Nationalparklandkreises
    Nachbarkreis Nachbarkreises Nachbarkreise Nachbarkreisen
    Nachbarlandkreis Nachbarlandkreises Nachbarlandkreise Nachbarlandkreisen
""")
FORMER_HEADS = words("""
    Altlandkreis Altlandkreise Altlandkreisen Altlandkreises Altkreis Altkreise Altkreises Altkreisen
""")
FORMERLY = words(
    "ehemaliger ehemaligen ehemalige früheren früherer frühere einstigen einstiger alten damaligen"
)
SEATED_HEADS = words("""
    Landratsamt Landratsamtes Landratsamts Kreisverwaltung Kreistag Kreistags Kreistages Kreishaus
    Kreishandwerkerschaft Kreisfeuerwehrverband Kreispolizeibehörde Kreispolizeibehörden Kreisjugendamt
    Kreisjugendamtes Kreisverband Kreisverbandes Kreisverbands Kreisfeuerwehr Kreisbauernverband
    Kreisgesundheitsamt
""")
PLURAL_HEADS = words("""
    Nachbarkreise Nachbarkreisen Nachbarlandkreise Nachbarlandkreisen
    Landkreise Landkreisen Kreise Kreisen LKs Lkrn Lks Landratsämter Landratsämtern Kreisverwaltungen
    Kreistage Altlandkreise Altlandkreisen Altkreise Altkreisen LK Lkr
    Kreispolizeibehörden Kreisjugendämter Kreisjugendämtern Kreisverbände Kreisverbänden
""")
HEADS = DISTRICT_HEADS | FORMER_HEADS
# With "von" after them: "der Landrat von Nordwestmecklenburg".
COUNCILLORS = words("Landrat Landrats Landrates Landrätin Landräte Landräten Landrätinnen")
UPPER_HEADS = {head.upper(): head for head in HEADS}

# The word before a municipality's name that proves it.
MUNICIPALITY_HEADS = words("""
    Stadt Städte Städten Gemeinde Gemeinden Landgemeinde Marktgemeinde Einheitsgemeinde Samtgemeinde
    Verbandsgemeinde Ortsgemeinde Kreisstadt Landeshauptstadt Hauptstadt Hansestadt Universitätsstadt
    Residenzstadt Kurstadt Stadtverwaltung Gemeindeverwaltung Stadtkreis Kleinstadt
    Hochschulstadt Lutherstadt Bergstadt Rathaus Stadtrat Gemeinderat Kommune Kommunen Bundesstadt
    Domstadt Barlachstadt Reuterstadt Fontanestadt Heilbad Ostseebad Nordseebad Seebad Kurort Großstadt
    Millionenstadt Gemeinderats Stadtwerke Flecken Marktflecken
""")
MARKET = "Markt"
SITES = words("Standort Standorts Standortes")  # in the publisher's Land the name after it is a town's
RURAL_HEADS = words("Gemeinde Ortsgemeinde Landgemeinde Marktgemeinde Samtgemeinde Verbandsgemeinde Markt")

# Prepositions and the like that stand before places; "in" is the safest of them.
PREPOSITIONS = words(
    "in nach aus bei von bis um über zwischen durch Raum Richtung nahe ab In Nach Aus Bei Von Raum"
)
PLACED = words("in nach aus nahe Raum Richtung In Nach Aus")  # no person stands after these
PART_HEADS = words(
    "Ortsteil Ortsteils Ortsteile Ortsteilen Stadtteil Stadtteils Stadtteile Stadtteilen OT Wohngebiet"
)
STOPS = words("Bahnhof Bahnhofs Haltepunkt Haltepunkts Haltestelle Anschlussstelle Anschlussstellen")
QUARTERS = words("Bezirk Bezirks Stadtteil Stadtbezirk Ortsteil Flughafen Campus Standort") | STOPS
ROUTE = re.compile(r"(?:[Ss]trecke|[Ll]inie|[Bb]ahn|[Vv]erbindung|[Aa]chse|[Tt]rasse|[Kk]orridor)n?$")
STRONG_PREPOSITIONS = words("in In")

# After a name in -er, in -s, or with a hyphen.
DISTRICT_OFFICES = words("""
    Landrat Landrats Landrates Landrätin Landrätinnen Landratsamt Landratsamtes Landratsamts Kreistag
    Kreistags Kreistages Kreisverwaltung Vizelandrat Vizelandrätin Altlandrat Landkreis Landkreises
""")
TOWN_OFFICES = words("""
    Oberbürgermeister Oberbürgermeisters Oberbürgermeisterin Bürgermeister Bürgermeisters Bürgermeisterin
    OB Rathaus Rathauses Stadtrat Stadtrats Stadtrates Stadtverwaltung Rathauschef Rathauschefin
    Gemeinderat Stadtverordnetenversammlung Stadtoberhaupt Stadtkämmerer Stadtkämmerin
""")

# Before a person's name. "Frau Roth", "Minister Weil", "Landrat Weckler".
PERSON_TITLES = re.compile(
    r"(?:Herrn?|Frau|Dr\.|Prof\.|Professor(?:in)?|Familie|Graf|Gräfin|Freiherr|Baron|Fürst|Herzog|Pfarrer(?:in)?"
    r"|Pastor(?:in)?|Bischof|Bischöfin|Kollege|Kollegin|Genosse|med\.|h\.c\.|rer\.|phil\.|Abgeordneten?|MdB|MdL"
    r"|Präsident(?:en|in)?|Geschäftsführer(?:in)?|Direktor(?:in)?|Sprecher(?:in)?|Beigeordneten?|Kanzler(?:in)?"
    r"|Vorsitzenden?|Dezernent(?:in)?|Staatsrat|Staatsrätin|Senator(?:in)?|Autor(?:in)?|Kommissar(?:in)?"
    r"|[\w-]*(?:[Mm]inister|[Ss]ekretär|[Pp]räsident|[Kk]anzler|[Mm]eister|[Ll]eiter)(?:s|in|innen|n|en)?"
    r"|[\w-]*(?:[Ll]andrat|[Ll]andrätin|[Ss]enator|[Ss]enatorin|[Ss]precher|[Ss]precherin|[Bb]eauftragte[rn]?))"
)
# Before or after a name that is part of something else than a place.
HISTORIC = words("Herzogtum Herzogtums Fürstentum Fürstentums Königreich Kurfürstentum Grafschaft Haus")
NO_PLACE_AFTER = re.compile(
    r"[ -](?:Straße|Str\.|Strasse|Weg|Platz|Allee|Kennzeichen|Tor|Damm|Chaussee|Ring)\b"
    r"| (?:&|und) (?:Co|Söhne|Sohn|Partner|Töchter)\b|@|\.(?:de|com|org|info|eu)\b"
)

# The other Länder: beside them in a list, Berlin, Hamburg and Bremen are Länder too.
STATES = words("""
    Baden-Württemberg Bayern Brandenburg Hessen Mecklenburg-Vorpommern Niedersachsen Nordrhein-Westfalen
    Rheinland-Pfalz Saarland Sachsen Sachsen-Anhalt Schleswig-Holstein Thüringen
""")
CITY_STATES = words("Berlin Hamburg Bremen")

# Landscapes larger, smaller or other than the district that bears their name.
LANDSCAPES = words("""
    Harz Lippe Börde Friesland Bergstraße Schaumburg Steinburg Vulkaneifel Harburg Osterholz Müritz Rügen
    Segeberg Ahrweiler Waldshut
""")
# Before a landscape's name these are authorities of its district: "Polizeiinspektion Friesland".
AUTHORITIES = words("""
    Polizeiinspektion Polizeidirektion Polizeirevier Polizeikommissariat Jobcenter Jobcenters Jugendamt
    Gesundheitsamt Gesundheitsamtes Gesundheitsamts Veterinäramt Veterinäramtes Veterinäramts Sozialamt
    Kreisvolkshochschule Kreismusikschule Kreissparkasse Rettungsleitstelle Kreisstraßenmeisterei
""")
INSTITUTION = re.compile(
    r"[\w-]*(?:[Kk]linikum|[Kk]rankenhaus|[Uu]niversität|[Hh]ochschule|[Tt]heater|[Ss]chule|[Mm]useum|[Ff]lughafen"
    r"|[Bb]ahnhof|[Mm]esse|[Zz]entrum|[Aa]kademie|[Gg]ymnasium|[Ff]euerwehr|[Pp]olizeiinspektion|[Ii]nstitut"
    r"|[Gg]esellschaft|[Ll]andgericht|[Aa]mtsgericht|[Ff]inanzamt|[Ss]tandort|[Gg]emeinschaft|[Ss]tiftung|[Vv]erein"
    r"|[Oo]rtsumfahrung|[Oo]rtsumgehung|[Oo]rtsdurchfahrt|[Pp]olizeirevier|[Pp]olizeistation|[Ss]tadthalle"
    r"|[Zz]weckverband|[Mm]ehrgenerationenhaus|[Kk]ita|[Ss]taatstheater)"
)
ARTICLES = words("""
    der die das dem den des ein eine einer einem einen eines beim zum zur am im vom ins ans kein keine
    jeder jede ihr ihre sein seine unser unsere dieser diese dieses mit ohne viel mehr zu
""")
STATE_HEADS = words(
    "Land Länder Ländern Landes Lande Bundesland Bundesländer Bundesländern Stadtstaat Stadtstaaten"
)
NEVER_BARE = words("Brandenburg")
ISLANDS = words("Usedom Sylt Fehmarn Rügen Poel Hiddensee")
FOREIGN = re.compile(
    r" ?[(/,] ?(?:Norwegen|Österreich|Schweiz|Polen|Tschechien|Frankreich|Italien|Südtirol|Tirol|USA"
    r"|Niederlande|Dänemark|Schweden|Belgien|Luxemburg|Namibia|Ungarn|Rumänien|Spanien|Ukraine"
    r"|Großbritannien|Liechtenstein)\b"
)

DIRECTIONS = words("Norden Osten Süden Westen")
# Everyday words that follow "in" in their everyday sense: "in Besitz", "in Lehre und Forschung".
NOT_AFTER_IN = words("""
    Acht Bann Besitz Breit Haar Lage Land Mark Nord Ost Süd West Rot Schwarz Salz Schutz Stein Holz Wellen
    Reich Wald Moor Lehre Übersee Berge Boden Bogen Brand Bruch Buch Sachsen Pommern Mähren Baiern Nassau
    Salzburg Sand Norden Osten Sommer Heim Seelen Schuld Lemberg Rom Welt Wissen Forst Eichen Waren Werben
    Wetter Müssen Kommen Fahren Laufen Singen Senden Graben Grund Form
""")

# "bei Regen", "Nach Regen": the weather, not the town.
WEATHER = words("Regen")
WEATHERLY = words("bei Bei Nach durch Durch")

# Nouns that need an article, so that without one they are the city: "Halle war Austragungsort".
COUNT_NOUNS = words("Halle Hof Burg Aue")

# The Land that an adjective names: "mit dem thüringischen Weimar".
LAND_ADJECTIVES = {
    "thüringisch": "TH", "sächsisch": "SN", "bayerisch": "BY", "bayrisch": "BY", "hessisch": "HE",
    "niedersächsisch": "NI", "brandenburgisch": "BB", "badisch": "BW", "württembergisch": "BW",
    "baden-württembergisch": "BW", "saarländisch": "SL", "pfälzisch": "RP", "rheinland-pfälzisch": "RP",
    "nordrhein-westfälisch": "NW", "westfälisch": "NW", "holsteinisch": "SH", "schleswig-holsteinisch": "SH",
    "mecklenburgisch": "MV", "vorpommersch": "MV", "sachsen-anhaltisch": "ST", "anhaltisch": "ST",
    "fränkisch": "BY", "oberfränkisch": "BY", "unterfränkisch": "BY", "mittelfränkisch": "BY",
    "schwäbisch": "BY", "niederbayerisch": "BY", "oberbayerisch": "BY", "oberpfälzisch": "BY",
    "nordhessisch": "HE", "südhessisch": "HE", "mittelhessisch": "HE", "ostfriesisch": "NI",
}  # fmt: skip

# What is named after a saint, not after the town of Sankt Augustin.
NAMED_AFTER_SAINTS = re.compile(
    r"[\w-]*(?:[Gg]ymnasium|[Ss]chule|[Kk]irche|[Kk]apelle|[Kk]rankenhaus|[Kk]linik|[Kk]linikum|[Kk]loster|[Ss]tift"
    r"|[Kk]ita|[Kk]indergarten|[Pp]farrei|[Gg]emeinde|[Dd]om|[Mm]ünster|[Ss]tiftung|[Hh]eim|[Hh]ospiz)(?:e?s)?"
)

# A city state's texts speak of the Länder around it as of home.
AROUND = {"BE": ("BB",), "HH": ("SH", "NI"), "HB": ("NI",)}
