"""Words of our own choosing that tell names of municipalities from other words; used by build_territory.

Chosen by reading through the names that a German word list also knows.
"""


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Known to a dictionary in lower case, and yet hardly ever meant otherwise when written with a capital.
TOWNS = words("""
    Aalen Ausleben Bautzen Bielefeld Bingen Döbeln Empfingen Emden Einhausen Erlangen Gießen Grimmen
    Gingst Haltern Hopsten Höchst Hainichen Kamen Kürten Lehrte Marl Mengen Morschen Pöhl Rathen Selb
    Siegen Suhl Lindern Frechen Wabern Sassen Leimen Keltern Weimar Hamburg Soltau Freiberg Biedenkopf
    Mirow Binz Lauterbach Brüggen Guttenberg Kalbe Steinbach Münster Hamm Herne Schleswig Wedel Kehl
    Eisenberg Hermsdorf Weida Tanna Tessin Homburg Ehingen Wangen Werne Haan Rösrath Wedemark Jemgum
    Rheinberg Ahlen Bergisch Peine Ulm Celle Trier Nidda Unna Erding Oldenburg Rosenheim Meppen Tegernsee
    Kleve Wittenberg Arnsberg Friedland Reinsdorf Dornburg Ostrau
""")

# Everyday words, verbs, rivers, landscapes: only "Stadt X", "X (Landkreis Y)" and the like count.
EVERYDAY = words("""
    Lemberg Brügge Brünn Sölden Linz Aland Karenz Genf Kolberg Posen Memel Drogen Kitzen Klötze Könnern
    Machern Macken Mengen Neulingen Stadlern Weibern Widdern Glashütten Schonungen Fellen Egeln Wahns
    Chiemsee Acht Alpen Appel Aura Bann Berge Bescheid Besitz Binnen Boden Bodensee Brechen Breit Brenz
    Bücken Dill Dingen Düne Eck Eichen Einig Elbe Engen Erden Ernst Fahren Feucht Fisch Fischen Filz Floß
    Forst Gering Glatten Gleichen Graben Grande Grund Haar Halbe Hammer Harz Hasel Haste Hausten Hecken
    Heiden Heideland Herold Hirten Holz Holzen Horn Hütten Igel Inning Isen Jucken Kahl Kalt Kauern Kenn
    Kommen Korb Kuchen Küsten Körner Lachen Lage Lahn Lahntal Landwehr Langen Langweiler Lanze Lauben
    Laufen Leck Lederhose Lehmen Lehre Lenne Lichte Linden List Lug Mandel Mantel March Mark Mauer Mauern
    Mehren Meine Milz Moos Motten Much Müssen Mücke Murg Mähren Nagel Nahe Nassau Nebel Norden Nützen
    Oberland Oberstadt Ohne Osten Otter Owen Perl Platten Pommern Pracht Puls Radbruch Rain Rauen Recke
    Reich Reit Riegel Ringe Roden Rohr Rom Rosa Rosengarten Rot Rust Saal Sachsen Salz Sand Sande
    Schlangen Schleife Schleich Schlier Schlitz Schmelz Schuld Schutz Schwall Schwarz Schwarzen Seeblick
    Seelen Seifen Senden Sinn Sommerloch Sonnen Spalt Speicher Spessart Springe Stapel Stein Steinreich
    Stelle Stemmen Strahlungen Strande Süßen Tanne Tauche Tauer Tengen Train Treuen Twist Übersee Urbar
    Valley Viereck Vogtei Vorwerk Wald Wallen Waren Warpe Wehr Weiden Weilen Weinbergen Weisen Welle
    Wellen Welt Wenden Werben Weste Wetter Wiesen Wiesengrund Winden Winkel Winzer Wirft Wisch Wissen
    Wolken Zwinge Ahorn Land Insel Aller Bruch Burg Damm Anger Au Bach Baumgarten Brunnen Brücken Buch
    Buchen Blender Bogen Brand Moorgrund Freigericht Linsengericht Landrecht Kaiserpfalz Grafschaft Hörsel
    Finne Elz Wied Göttin Sommer Baiern Salzburg Elbtal Lotte Polle Karl Rosenberg Schmitt Petting Singen
    Ulmen Wain Hahn Tann Stubben Neue Alte Höhe Süd Nord Ost West Oberbayern Frankenstein Amt Markt Stadt
    Dorf Hohe Sitters Rade Marienthal Nonnenkloster Strauch Weil Stegen Sulz Bell Esche Fell Gersten Grube
    Gräben Hage Heere Hütte Krempel Loop Lutter Moor Userin Waal Wang Weng Worth Bark Bengel Born Geyer
    Lilienthal Wacken Niederreißen Kalkofen Birnbaum Giebel Häusern Kirchen Gutenberg Schinkel Schlegel
    Vogt Viehle Dahmen Kotzen Krempe Fitzen Holle Holler Bade Bunde Kopp Rech Rehe Rott Alf Benz Brecht
    Feld Felde Kamp Heim Jade Lieg Lind Oder Spree Havel Main Rhein Neckar Mosel Saar Weser Ems Donau Isar
    Inn Lech Eider Peene Trave
""")

# Nouns, surnames, common name elements: "in X" counts, X alone does not.
NOUNS_AND_SURNAMES = words("""
    Habichtswald Burgwald Seeland Südharz Nordharz Südheide Schierling Ruhland Rosenkopf Sommerland
    Werther Vogelsberg Neumark Halbemond Datteln Löhne Geldern Schwarme Metten Schorfheide Fichtelberg
    Erpel Rabenstein Messingen Altenburger Asbach Auerbach Auen Auenwald Auwald Baar Bamberger Berg Bergen
    Berglern Blumberg Blumenthal Bockhorst Borne Bornheim Boxberg Breitenbach Brenner Bruck Brunn Buchberg
    Buchholz Burgberg Burgen Burgstall Böhme Büttel Bühl Carlsberg Eich Eichwald Eichwalde Eckfeld Einhaus
    Elben Ellern Engeln Engelsberg Erlenbach Eschenbach Essen Esch Eschbach Falkenstein Feldberg Forstwald
    Friedberg Friedland Friedrichsdorf Gerlach Glashütte Gottesgabe Grafenhausen Grove Hagen Hain Halle
    Hamm Hammerstein Hassel Hausen Heide Hellwig Heringen Hof Hofkirchen Hohn Hohne Holm Holt Homburg
    Horst Höfen Höfer Huber Kaden Karlsbad Kandel Kirn Kirchdorf Klausen Kleve Kordel Königsberg
    Königstein Kröning Landsberg Lauf Lauter Leer Leezen Lemberg Linda Linz Lohne Lunden Mühlenbach
    Münchhausen Münster Neuenburg Ohlenhard Orbis Ostheim Petersberg Pohl Reichenbach Regen Reiff Ried
    Rieden Rosenfeld Rosenheim Roth Reute Rodenbach Salm Sandberg Scheer Scheidt Schneeberg Schotten
    Schwarzbach Schönau Schönberg Schönborn Schöneberg Schönfeld Schönwald Seebach Selters Stade
    Starkenburg Staufen Steinau Steinen Steinhausen Steinmauern Stolpe Stoltenberg Sulzbach Tanna
    Tegernsee Velden Waldeck Waldheim Waldsee Wangen Wartenberg Wasserburg Weiler Weingarten Wendelstein
    Werder Wiesenbach Wiesenfeld Wiesenthal Winterfeld Zell Zeil Zimmern Zwiesel Ulm Wied Wolfsburger
    Peine Celle Ehingen Brühl Jessen Lindau Lenzen Meppen Erding Uhlig Ebert Hartmann Kummer Freund
    Hirschberg Hirschfeld Hermsdorf Rosenthal Neumann Altmann Lange Bauer Richter Krug Riede Wolf Franken
    Strasser Seidel Sommerfeld Burkhardt Berka Weida Kolberg Trier Wedel Wedemark Rösrath Werne Tessin
    Nidda Schleswig Achim Adendorf Stahlberg Ottenstein Oldenburg Rothenburg Wittenberg Steinberg
    Lichtenberg Lichtenstein Weißenborn Eisenberg Arnsberg Heidenheim Ostrau Reinhardt Reinsdorf Dornburg
    Ludwig Ernstroda Ehrenberg Ehrenfels Hohenstein Sonnenberg Sternberg Sonneborn Rheinberg Kronberg
    Löwenstein Ahrens Ahlen Herne Unna Haan Horb Hude Jemgum Apen
""")

GIVEN_NAMES = words("""
    Achim Adam Adolf Agnes Alex Alexander Alice Amelie Andre Andrej Anneliese Anton Antonia Ariane Arne
    Arnim August Ben Benedikt Berthold Bruno Camilla Carl Carmen Cathrin Charlotte Chris Christel
    Christopher Conny Cora Dennis Dominik Dorota Egon Elena Eleonore Elfriede Ella Ellen Elvira Emma
    Emmanuel Enrico Erich Esther Evelyn Felicitas Felix Ferdinand Fiona Frederik Gabi Gabriel Gesine Gero
    Gina Greta Gudrun Gustav Hannah Hanna Hanne Hanno Hauke Hedwig Heinz-Peter Helena Helene Henriette
    Hildegard Ilka Ilona Imke Inge Inka Ines Irina Isabell Isabelle Ivo Jasmin Jessica Joana Jonas
    Jonathan Joschua Julian Julius Justus Karl-Friedrich Karla Kathleen Kay Kevin Kim Knut Korbinian Laura
    Leif Leo Leon Leonie Liane Linda Linus Luca Luis Luisa Lukas Luise Maja Maik Malte Mandy Mara Marc
    Margarete Margot Margret Marie Maria Marika Marina Marita Marko Marlene Marlis Marvin Mascha
    Maximilian Meike Michaele Mike Miro Nadine Nadja Natalie Nico Niklas Nikolaus Noah Nora Onno Pamela
    Pascal Patricia Paula Paulina Pauline Peggy Pia Rebecca Rebekka Rico Rita Robin Romy Rosa Rüdiger
    Sabrina Samuel Sandro Saskia Selma Sigrun Silvana Silvia Silvio Simon Sina Sonja Sophia Sophie Stella
    Susann Sönke Tatjana Thea Theodor Tim Timo Tina Tino Toni Tom Ulf Valentin Valerie Vanessa Veit
    Veronika Victor Viktor Viktoria Vincent Vinzenz Walburga Waldemar Wenke Wilko Willie Wolf-Dieter Xaver
    Yannick Yves Mathis Merle Mirko Cordula Carmen Ramona Roland Rosi Sigfried Heinz-Josef Ann Ann-Kathrin
    Anna-Lena Gunda Jost Kirsten Mareike Katarzyna Solveig Detlef Uli Anne-Kathrin Eva Wulf Wulfhard
    Hubert Guido Rasmus Cathrin Ingmar Lorenz Gitta
""")

# A month, a currency, and words that stand first in entries of the list of ministers.
NO_GIVEN_NAMES = words("August Mark Grant Umwelt")
