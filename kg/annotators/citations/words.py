"""The words by which parts of a reference are known: of journals and meetings, publishers, places, kinds of work, remarks.

The tables are hand-made from what bibliographies print in English, French, German, Spanish, Italian and a few more languages.
"""

from __future__ import annotations

import re

SERIES = re.compile(
    r"(?:of )?(?:Lecture Notes (?:in|on)|LNCS|LNAI|LNBI|CCIS|Communications in Computer and Information Science|ASP Conf|Ser\.|IFIP|Studies in|Advances in Intelligent)"
)
CONTAINER = re.compile(
    r"\b(?:proceedings|proc|procs|conference|conf|symposium|symp|workshop|wksp|journal|journ|zeitschrift|revue|revista|rivista|transactions|trans|letters|lett|annals|annales|bulletin|bull|magazine|mag|"
    r"review|rev|reviews|quarterly|newsletter|notices|gazette|congress|colloquium|colloque|tagung|encyclop[a-z]+|handbook|handbuch|dictionary|companion|cahiers|archives|archiv|archiv|jahrbuch|yearbook|studies|advances|"
    r"communications|commun|comm|acta|forum|lecture notes|times|post|herald|tribune|news|actes|atti|blätter|frontiers|monthly|weekly|chronicle|record|report on|meeting|sciences?|j|rep|phys|appl|sci|res|med|int|am|amer|natl|acad|biol|chem|lncs|naacl|acl|emnlp|symposia|ieee|acm|apj|mnras|jhep|a&a)\b",
    re.I,
)
PUBLISHER = re.compile(
    r"\b(?:press|presses|publish(?:ers?|ing)|publications?|verlag|verlagsbuchhandlung|books|éditions?|editions?|editora?|editorial|editore|ediciones|editrice|edizioni|university|univ|université|universität|universidad|università|universitaires|institute|"
    r"springer|elsevier|wiley|sons|mcgraw|kluwer|prentice|addison|morgan|kaufmann?|academic press|birkhäuser|north-holland|pergamon|routledge|sage|blackwell|macmillan|palgrave|penguin|harper|norton|oxford|cambridge|gallimard|seuil|puf|pur|"
    r"department|dept|school of|faculty|laborator(?:y|ies)|labs?|cent(?:er|re|rum) for|research center|inc|ltd|corp|corporation|co|gmbh|company|ministry|office|association|society|foundation|council|agency|bureau|commission|committee|bank|l'harmattan|la découverte|erlbaum|freeman|houghton|mifflin|random house|knopf|suhrkamp|fischer|beltz|klett|klinkhardt|brill|de gruyter|vieweg|teubner|luchterhand|zed|verso|polity|sage|o'reilly|usenix|ieee computer society|academy|museum|archives nationales|bros|house|group|org|fils|cie|frères|libros|libri|buchhandlung|издательство|изд)\b\.?",
    re.I,
)
GENRE = re.compile(
    r"^\W*(?:(?:unpublished|doctoral|ph\.?\s?d\.?|m\.?\s?sc?\.?|master['’]?s?|diploma|bachelor['’]?s?|habilitation|honou?rs)\b.{0,40}\b(?:thesis|dissertation|arbeit|memoire|mémoire)|(?:ph\.?\s?d\.?|doctoral|m\.?\s?sc?\.?|master['’]?s?)\s(?:thesis|dissertation|diss)|thesis|thèse|dissertation|tesis|mémoire|diplomarbeit|habilitationsschrift|"
    r"tech(?:nical|\.)?\s(?:rep(?:ort|\.)?|memo\w*|note)|tr[- ]?\d+|research (?:report|memo\w*|note)|working paper|discussion paper|(?:unpublished )?manuscript|personal communication|press release|internet[- ]draft|rfc|white paper|memo\b|report\b|rapport|internal report|user'?s? (?:manual|guide)|(?:web|print|online|film|dvd)\W*$|mit ai memo|[A-Z]{2,}[\w ]{0,20}(?:tech(?:nical|\.)?\srep(?:ort|\.)?)|[\w .&-]{0,50}\b(?:report|rep\.|rpt|memo|memorandum)\W*(?:[A-Z]|\d|$)|poster|lecture|course notes|unpublished|preprint|projektarbeit|ms\b|[\w .]{0,20}\bpatent\b)",
    re.I,
)
NOTE = re.compile(
    r"^\W*(?:to appear|in press|in preparation|submitted|forthcoming|accepted|accessed|retrieved|available|avail\.|consulted|consulté|zugriff|abgerufen|abruf|last (?:accessed|visited)|visited|cited|reprinted|reprint|repr\.|also |see |original|originally|translated|trans\.|transl?\.|traduit|trad\.|übers|published as|special issue|invited|special section|n\.?\s?d\.|s\.\s?l\.|s\.\s?d\.|new ed|\d+(?:st|nd|rd|th)\s(?:rev\.?\s)?ed|(?:first|second|third|fourth|fifth|revised|rev\.|\d+\.)\s?(?:rev\.?\s)?(?:ed(?:ition|n|\.)?|aufl(?:age|\.)?|éd)|\d+\s?(?:e|ème|ª)?\s?(?:éd|ed)|url\b|online|doi\b|pmid|pmcid|isbn|issn|\d+\s?vols?\b|illus|ill\.)",
    re.I,
)
PLACES = frozenset(
    """new york|london|paris|berlin|cambridge|oxford|boston|chicago|amsterdam|new haven|princeton|philadelphia|washington|washington d|washington dc|los angeles|san francisco|berkeley|stanford|palo alto|menlo park|san mateo|san diego|san jose|
    santa monica|pittsburgh|baltimore|atlanta|seattle|toronto|montreal|montréal|vancouver|ottawa|münchen|munich|frankfurt|frankfurt am main|frankfurt/main|frankfurt a|leipzig|hamburg|köln|cologne|stuttgart|heidelberg|göttingen|tübingen|freiburg|dresden|bonn|weinheim|
    wien|vienna|zürich|zurich|basel|bern|genève|geneva|lausanne|milano|milan|roma|rome|torino|turin|firenze|florence|bologna|venezia|venice|napoli|naples|padova|palermo|madrid|barcelona|sevilla|lisboa|lisbon|porto|bruxelles|brussels|leuven|louvain|
    the hague|den haag|leiden|rotterdam|utrecht|dordrecht|stockholm|oslo|copenhagen|københavn|helsinki|uppsala|lund|aarhus|praha|prague|brno|budapest|warszawa|warsaw|kraków|moscow|moskva|москва|санкт-петербург|st petersburg|sofia|софия|пловдив|bucharest|bucurești|beograd|zagreb|ljubljana|athens|
    istanbul|ankara|jerusalem|tel aviv|haifa|cairo|tokyo|kyoto|osaka|beijing|shanghai|taipei|hong kong|singapore|seoul|sydney|melbourne|canberra|brisbane|auckland|wellington|dunedin|delhi|new delhi|mumbai|bombay|calcutta|
    edinburgh|glasgow|manchester|leeds|bristol|chichester|harmondsworth|brighton|dublin|belfast|cardiff|york|hillsdale|englewood cliffs|upper saddle river|reading|thousand oaks|beverly hills|newbury park|bloomington|ann arbor|madison|minneapolis|austin|
    houston|dallas|denver|boulder|portland|providence|ithaca|durham|chapel hill|nashville|new orleans|detroit|cleveland|columbus|st louis|salt lake city|phoenix|tucson|santa fe|albuquerque|honolulu|miami|orlando|west lafayette|urbana|champaign|evanston|notre dame|south bend|
    grand rapids|peabody|mahwah|hoboken|norwell|redwood city|mountain view|sunnyvale|monterey|monterrey|buenos aires|são paulo|sao paulo|rio de janeiro|santiago|bogotá|lima|méxico|mexico|mexico city|caracas|hanoi|bangkok|lagos|nairobi|cape town|johannesburg|
    usa|u.s.a|uk|england|scotland|united kingdom|united states|germany|france|italy|spain|canada|australia|japan|china|india|netherlands|the netherlands|switzerland|austria|belgium|sweden|norway|denmark|finland|poland|israel|brazil|greece|ireland|portugal|russia|hungary|turkey|korea|south korea|taiwan|
    ma|ca|ny|nj|pa|il|dc|d.c|d. c|nc|tx|wa|md|ct|va|fl|ga|oh|mi|mn|wi|co|az|ut|mo|tn|ri|nh|nm|ar|ky|sc|cal|calif|california|mass|massachusetts|conn|connecticut|new jersey|texas|florida|illinois|pennsylvania|ohio|oregon|colorado|arizona|maryland|virginia|north carolina|michigan|wisconsin|minnesota|washington state|indiana|mich|minn|wash|ill|penn|
    rennes|lyon|marseille|toulouse|grenoble|strasbourg|lille|nancy|bordeaux|nantes|montpellier|aix-en-provence|poitiers|dijon|caen|besançon|saint-denis|québec|neuwied|opladen|wiesbaden|bielefeld|bad heilbrunn|münster|mainz|darmstadt|karlsruhe|erlangen|würzburg|regensburg|marburg|giessen|jena|potsdam|bremen|hannover|kassel|dortmund|düsseldorf|essen|linz|graz|innsbruck|luzern|s.l|s. l|n.p|aldershot|farnham|burlington|ashgate|cheltenham|northampton|basingstoke|houndmills|jefferson|westport|lanham|albany|eugene|nijmegen|groningen|eindhoven|delft|bergen|trondheim|malmö|göteborg|gothenburg|espoo|tampere|turku|ghent|gent|antwerp|antwerpen|liège|siena|pisa|trento|bari|salerno|reggio calabria|catania|genova|salamanca|granada|valencia|zaragoza|bilbao|coimbra|seville|indianapolis|cincinnati|milwaukee|st paul|iowa city|lincoln|norman|lawrence|knoxville|athens|gainesville|gainsville|tallahassee|charlottesville|lexington|new brunswick|syracuse|rochester|buffalo|college park|oakland|santa barbara|santa cruz|irvine|pasadena|la jolla|san antonio|kansas city|las vegas|anaheim|long beach|monte carlo|nice|cannes|brighton|sheffield|southampton|nottingham|birmingham|liverpool|warwick|leicester|exeter|lancaster|st andrews|aberdeen|hamilton|waterloo|calgary|edmonton|winnipeg|halifax|victoria|perth|adelaide|hobart|christchurch""".replace("\n", "").replace("    ", "").split("|")
)  # fmt: skip
PUBLISHERS = frozenset(
    """springer|springer-verlag|springer verlag|elsevier|wiley|john wiley & sons|john wiley and sons|mcgraw-hill|mcgraw hill|kluwer|kluwer academic publishers|prentice hall|prentice-hall|addison-wesley|addison wesley|morgan kaufmann|morgan kaufmann publishers|morgan-kaufmann|
    academic press|birkhäuser|birkhauser|north-holland|north holland|pergamon|routledge|sage|blackwell|basil blackwell|macmillan|palgrave|palgrave macmillan|penguin|penguin books|harper|harper & row|harpercollins|norton|gallimard|seuil|puf|pur|l'harmattan|l’harmattan|la découverte|
    erlbaum|lawrence erlbaum|freeman|w. h. freeman|houghton mifflin|random house|knopf|alfred a. knopf|suhrkamp|fischer|beltz|brill|de gruyter|vieweg|teubner|mit press|the mit press|acm|acm press|ieee|ieee press|siam|usenix|aaai press|aaai|crc press|crc|chapman & hall|chapman and hall|
    plenum|plenum press|dover|dekker|marcel dekker|longman|hutchinson|wadsworth|sinauer|benjamin|benjamin/cummings|benjamins|john benjamins|computer science press|association for computing machinery|ams|american mathematical society|oxford university press|cambridge university press|oxford|cambridge|oup|cup|artech house|world scientific|ios press|
    dunod|hachette|flammarion|fayard|armand colin|cnrs|cnrs éditions|vrin|minuit|les éditions de minuit|nathan|larousse|payot|grasset|plon|albin michel|odile jacob|éditions du seuil|einaudi|feltrinelli|laterza|mondadori|il mulino|adelphi|bompiani|utet|reclam|rowohlt|dtv|ullstein|hanser|piper|c. h. beck|beck|mohr siebeck|mohr|vandenhoeck & ruprecht|niemeyer|
    faber and faber|faber|vintage|doubleday|bantam|scribner|scribner's|viking|little, brown|simon & schuster|basic books|free press|the free press|beacon press|zondervan|eerdmans|brazos|ivp|fortress press|pantheon|methuen|allen & unwin|george allen & unwin|unwin hyman|thames & hudson|thames and hudson|heinemann|edward arnold|arnold|verso|polity|polity press|westview|westview press|praeger|greenwood|greenwood press|ashgate|edward elgar|elgar|sage publications|pearson|thomson|cengage|jossey-bass|apress|o'reilly|o'reilly media|packt|manning|no starch press|self-published|xlibris|trafford""".replace("\n", "").replace("    ", "").split("|")
)  # fmt: skip


def is_place(stretch: str) -> bool:
    """Whether the stretch is a town, a state or a country of the table."""
    bare = stretch.strip(" .,;:()[]'’\"").lower()
    return bare in PLACES or bare.replace(".", "").replace(" ", "") in PLACES
