"""Words that decide whether a capitalised word is a person: what it could mean instead, and its company."""

# Surnames of ministers that are towns, too (more than 40 municipalities and places).
TOWNS = frozenset(
    "albig aue berg biedenkopf binz blumenthal born breitenbach bruch brunn brueggen buchholz freiberg "
    "guttenberg hahn hamburg hecken heere heiligenstadt hoehn kopp krautscheid kroening kummer lauterbach "
    "limbach marquardt mehring meissner mirow moersdorf nagel nussbaum oldenburg rech reich roth rott "
    "schartau soltau steinbach stolpe stoltenberg tiefensee vogt weil weimar wernstedt wiesen hesse "
    "frankenberg nassau nassauer schoeneburg schomburg muench rhein metz leinen jordan".split()
)
# Surnames that are ordinary German words with a capital, anywhere or at the head of a sentence.
WORDS = frozenset(
    "adams aller alt bas bauer baer beck beer berg blank blume bode born braun bruch buss dorn ernst "
    "ziel finke fischer fluss frei glueck gross gall hagel hahn haas hans hay heil hering herzog hesse "
    "hoch jaeger jung kaiser keller klein klug knorre koch kohl kraft kreuzer krebs kummer kunst kupfer "
    "lang lange lederer leinen lies linde linke luther maurer meister milde miller mueller nagel palm "
    "panter pape paus pein pfarr pop rabe rasch rau reich reiche renner richter riedel roth rumpf runde "
    "sander sauter schall scharf schenk scherf scheuer schick schill schneider schreiber schreiner "
    "schuetz schuster schwarz seel seite simon sommer speer spiegel stamm stamp stange steffen stolz "
    "storm struck tack teufel thomas timm toepfer tonne vesper vetter vogel wagner walter weber weil "
    "weise weiss wende wiesen winkler wolf zeh zeil ziegler zimmermann wuest boese peter paul martin "
    "conrad clemens adolf albrecht leonhard ludwig guenther friedrich hermann oswald otto rainer "
    "gabriel busse".split()
)
# Surnames so frequent that a name alone says little; a given name does not change that for the very frequent.
COMMON = frozenset(
    "mueller schmidt schneider fischer meyer weber wagner becker schulz hoffmann schaefer koch bauer "
    "richter klein wolf schroeder neumann schwarz zimmermann braun krueger hofmann hartmann lange schmitt "
    "werner krause meier lehmann schmid schulze maier koehler herrmann koenig walter mayer huber kaiser "
    "fuchs peters lang scholz moeller weiss jung hahn schubert vogel friedrich keller guenther frank "
    "berger winkler roth beck lorenz baumann franke albrecht schuster simon ludwig boehm winter kraus "
    "martin schumacher kraemer vogt stein jaeger otto sommer gross seidel heinrich brandt haas schreiber "
    "graf schulte dietrich ziegler kuhn kuehn pohl engel horn busch bergmann thomas voigt sauer arnold "
    "wolff pfeiffer ernst kurth peter paul hubert hermann klose lindner behrens conrad".split()
)
# Before a surname: the name of a place, a firm, a family or a thing follows, no minister.
NOT_A_PERSON_AFTER = frozenset(
    "in im am bad sankt stadt gemeinde landkreis kreis ortsteil markt raum region ot gemeinden städte "
    "landkreise orte ort ortschaft firma familie autohaus weingut hotel bäckerei kabinett kabinetts "
    "regierung regierungen ära spedition möbel brauerei verlag kloster schloss burg st samtgemeinde "
    "verbandsgemeinde stadtteil bezirk bahnhof flughafen gasthof hofgut raststätte kanton insel fluss "
    "zur zum klinik grundschule universität uni nahe gegend fall causa".split()
)
# After a surname: it was part of the name of a place or a thing.
NOT_A_PERSON_BEFORE = frozenset(
    "gmbh ag kg ohg se e.v. ev mbh stiftung straße strasse platz preis schule universität institut haus "
    "halle kaserne verlag gruppe holding söhne klinik klinikum medaille".split()
)
DETERMINERS = frozenset(
    "der die das den dem des ein eine einen einem einer eines kein keine keinen mein seine ihre dieser "
    "diese dieses jeder jede voller viel mehr ganz im ins am ans vom beim zum zur pro je alle".split()
)
# Lower-case company in which a surname that is also a word is a person after all.
PERSON_BEFORE = frozenset(
    "von und sowie neben gegenüber an für durch wie sind dazu hierzu daher auch zudem weihte gemeinsam "
    "nachdem während bevor wenn da mit bei zwischen nach ohne gegen über um sich oder als werden haben "
    "waren".split()
)
# A capital at the head of a sentence is no given name.
SENTENCE_HEADS = frozenset(
    "hause in aus im bislang derzeit ebenso ferner gerade ganz insgesamt jedoch längst leider natürlich "
    "sicher trotzdem ursprünglich vielmehr wiederum zugleich zunächst zusätzlich überdies danach "
    "daraufhin hiermit dennoch demnach allerdings allein nur besonders zufolge ihm ihr er sie es wo "
    "warum wer ob als bis um je denn sondern oder zitiert vor hinter statt trotz gegen wegen dank "
    "abends vormittags nachmittags mittags persönlich freilich schließlich erneut einst nochmals so "
    "laut auch für nach von mit und dazu neben aber doch damit dabei daher dann hier heute gestern "
    "morgen wie was wenn dass weil da zudem außerdem weiter weiterhin gemeinsam dafür darum deshalb "
    "ohne durch über gegenüber bei zu an am beim seit während nachdem bevor frau herr herrn kollege "
    "kollegin montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag sagte betonte "
    "erklärte januar februar märz april mai juni juli august september oktober november dezember worten "
    "angaben ansicht uhr wochenende euro vormittag nachmittag abend zitat hierzu hierbei abschließend "
    "anschließend zuvor bereits schon nun jetzt künftig mittag programm rahmen anlass auftakt beisein "
    "vertretung begleitung anwesenheit bereich mal jahr gast grusswort grussworte rede festrede laudatio "
    "statement begrüssung eröffnungsrede pressekonferenz interview festvortrag moderation".split()
)
# Sentence openers that follow "Weil" where it is the conjunction.
AFTER_CONJUNCTION = frozenset(
    "die der das den dem ein eine einen einer es er sie wir ich man sich in im am an auf auch viele alle "
    "immer nicht dies diese dieser hier dort jeder jede kein keine unser unsere ihre seine bei mit für "
    "nach von zu zum zur aber nur so uns ihm ihr ihnen manche einige mehr wenige durch aus beide oft "
    "dabei damit".split()
)
# Capitalised words that follow a title without being a name.
NO_NAMES = frozenset(
    "der die das und für des im in am an auf bei mit von vor aus zur zum frau herr herrn land bund stadt "
    "staatsministerium ministerium landes thüringen sachsen bayern hessen deutschland berlin europa uhr "
    "tel telefon fax e-mail email pressestelle presse kontakt landkreis kreis gemeinde freistaat "
    "freistaates haus amt landtag bundestag bundesrat kabinett landesregierung bundesregierung dr prof "
    "begrüßt besucht übergibt eröffnet dienstag montag mittwoch donnerstag freitag samstag sonntag heute "
    "januar februar märz april mai juni juli august september oktober november dezember landesamt "
    "landratsamt zweckverband verband verein gmbh ag".split()
)
# Beside a surname that is also a word, these make it a person.
VERBS = frozenset(
    "entgegen betonte sagte erklärte lobte unterstrich ergänzte kündigte verwies hob dankte nannte wies "
    "fügte zeigte rief appellierte forderte begrüßte teilte überreichte übergab besuchte eröffnete hat "
    "wird hatte will kann sei habe sieht äußerte bekräftigte bilanzierte freute gratulierte informierte "
    "machte ging sprach stellte warnte warb würdigte mahnte berichtete gab bat plädierte sicherte sagt "
    "erklärt betont meint resümierte übernahm traf führte unterzeichnete unterstützt ist war wäre würde "
    "möchte soll sollte könnte muss musste wolle werde dass so laut lud kam fuhr reist dankt lobt "
    "zufolge hält hebt gibt lädt nimmt spricht weist wirbt wollte sich wurde".split()
)
# After the surname that opens a headline: Stolpe im Oderbruch, Freiberg für mehr Lehrer.
HEADLINE_PREPOSITIONS = frozenset("im in bei beim auf für gegen zu zum zur mit vor".split())
# What a minister does by office; the same surname's private bearer in the text does not.
OFFICE_VERBS = frozenset(
    "besucht besuchte besichtigt besichtigte übergibt übergab überreicht überreichte verleiht verlieh "
    "eröffnet eröffnete empfängt empfing würdigt würdigte begrüßt begrüßte fördert unterzeichnet "
    "unterzeichnete weiht weihte kündigt kündigte startet startete zeichnet zeichnete vereidigt ernennt "
    "ernannte beruft berief bewilligt fordert".split()
)
# Words that follow prepositions as easily as a person does: for Kunst, with Kraft.
ABSTRACT = frozenset(
    "kunst kraft ernst heil glueck sommer spiegel reich hoch ziel wende zeil weise wiesen tonne seite "
    "runde krebs stolz rhein hamburg weimar oldenburg freiberg metz jordan berg hesse".split()
)
# Before the surname of somebody named like a town they make it the town.
PLACE_PREPOSITIONS = frozenset("nach aus bei um zwischen richtung".split())
