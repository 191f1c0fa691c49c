"""Weighs what each piece of a reference may be, from its own words: hand-set points, no weights learned from data.

The points are differences of taste: 0 is "may be", +3 is "surely", -3 is "hardly".  A label that is absent from a table cannot be.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from kg.annotators.citations.pieces import Form, Gap, Piece
from kg.annotators.venues import is_known

Label = Literal["title", "container", "editor", "volume", "pages", "date", "publisher", "place", "genre", "note", "address"]

_CONTAINER = re.compile(
    r"\b(?:proceedings|proc|procs|conference|conf|symposium|symp|workshop|wksp|journal|journ|zeitschrift|revue|revista|rivista|transactions|trans|letters|lett|annals|annales|bulletin|bull|magazine|mag|"
    r"review|rev|reviews|quarterly|newsletter|notices|gazette|congress|colloquium|colloque|tagung|encyclop[a-z]+|handbook|handbuch|dictionary|companion|cahiers|archives|archiv|archiv|jahrbuch|yearbook|studies|advances|"
    r"communications|commun|comm|acta|forum|lecture notes|times|post|herald|tribune|news|actes|atti|blätter|frontiers|monthly|weekly|chronicle|record|report on|meeting|sciences?|j|rep|phys|appl|sci|res|med|int|am|amer|natl|acad|biol|chem|lncs|naacl|acl|emnlp|symposia|ieee|acm|apj|mnras|jhep|a&a)\b",
    re.I,
)
_PUBLISHER = re.compile(
    r"\b(?:press|presses|publish(?:ers?|ing)|publications?|verlag|verlagsbuchhandlung|books|éditions?|editions?|editora?|editorial|editore|ediciones|editrice|edizioni|university|univ|université|universität|universidad|università|universitaires|institute|"
    r"springer|elsevier|wiley|sons|mcgraw|kluwer|prentice|addison|morgan|kaufmann?|academic press|birkhäuser|north-holland|pergamon|routledge|sage|blackwell|macmillan|palgrave|penguin|harper|norton|oxford|cambridge|gallimard|seuil|puf|pur|"
    r"department|dept|school of|faculty|laborator(?:y|ies)|labs?|cent(?:er|re|rum) for|research center|inc|ltd|corp|corporation|co|gmbh|company|ministry|office|association|society|foundation|council|agency|bureau|commission|committee|bank|l'harmattan|la découverte|erlbaum|freeman|houghton|mifflin|random house|knopf|suhrkamp|fischer|beltz|klett|klinkhardt|brill|de gruyter|vieweg|teubner|luchterhand|zed|verso|polity|sage|o'reilly|usenix|ieee computer society|academy|museum|archives nationales|bros|house|group|org|fils|cie|frères|libros|libri|buchhandlung|издательство|изд)\b\.?",
    re.I,
)
_GENRE = re.compile(
    r"^\W*(?:(?:unpublished|doctoral|ph\.?\s?d\.?|m\.?\s?sc?\.?|master['’]?s?|diploma|bachelor['’]?s?|habilitation|honou?rs)\b.{0,40}\b(?:thesis|dissertation|arbeit|memoire|mémoire)|(?:ph\.?\s?d\.?|doctoral|m\.?\s?sc?\.?|master['’]?s?)\s(?:thesis|dissertation|diss)|thesis|thèse|dissertation|tesis|mémoire|diplomarbeit|habilitationsschrift|"
    r"tech(?:nical|\.)?\s(?:rep(?:ort|\.)?|memo\w*|note)|tr[- ]?\d+|research (?:report|memo\w*|note)|working paper|discussion paper|(?:unpublished )?manuscript|personal communication|press release|internet[- ]draft|rfc|white paper|memo\b|report\b|rapport|internal report|user'?s? (?:manual|guide)|(?:web|print|online|film|dvd)\W*$|mit ai memo|[A-Z]{2,}[\w ]{0,20}(?:tech(?:nical|\.)?\srep(?:ort|\.)?)|[\w .&-]{0,50}\b(?:report|rep\.|rpt|memo|memorandum)\W*(?:[A-Z]|\d|$)|poster|lecture|course notes|unpublished|preprint|projektarbeit|ms\b|[\w .]{0,20}\bpatent\b)",
    re.I,
)
_NOTE = re.compile(
    r"^\W*(?:to appear|version\b|in press|in preparation|submitted|forthcoming|accepted|accessed|retrieved|available|avail\.|consulted|consulté|zugriff|abgerufen|abruf|last (?:accessed|visited)|visited|cited|reprinted|reprint|repr\.|also |see |original|originally|translated|trans\.|transl?\.|traduit|trad\.|übers|published as|special issue|invited|special section|n\.?\s?d\.|s\.\s?l\.|s\.\s?d\.|new ed|\d+(?:st|nd|rd|th)\s(?:rev\.?\s)?ed|(?:first|second|third|fourth|fifth|revised|rev\.|\d+\.)\s?(?:rev\.?\s)?(?:ed(?:ition|n|\.)?|aufl(?:age|\.)?|éd)|\d+\s?(?:e|ème|ª)?\s?(?:éd|ed)|url\b|online|doi\b|pmid|pmcid|isbn|issn|\d+\s?vols?\b|illus|ill\.)",
    re.I,
)
_PLACES = frozenset(
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
_PUBLISHERS = frozenset(
    """springer|springer-verlag|springer verlag|elsevier|wiley|john wiley & sons|john wiley and sons|mcgraw-hill|mcgraw hill|kluwer|kluwer academic publishers|prentice hall|prentice-hall|addison-wesley|addison wesley|morgan kaufmann|morgan kaufmann publishers|morgan-kaufmann|
    academic press|birkhäuser|birkhauser|north-holland|north holland|pergamon|routledge|sage|blackwell|basil blackwell|macmillan|palgrave|palgrave macmillan|penguin|penguin books|harper|harper & row|harpercollins|norton|gallimard|seuil|puf|pur|l'harmattan|l’harmattan|la découverte|
    erlbaum|lawrence erlbaum|freeman|w. h. freeman|houghton mifflin|random house|knopf|alfred a. knopf|suhrkamp|fischer|beltz|brill|de gruyter|vieweg|teubner|mit press|the mit press|acm|acm press|ieee|ieee press|siam|usenix|aaai press|aaai|crc press|crc|chapman & hall|chapman and hall|
    plenum|plenum press|dover|dekker|marcel dekker|longman|hutchinson|wadsworth|sinauer|benjamin|benjamin/cummings|benjamins|john benjamins|computer science press|association for computing machinery|ams|american mathematical society|oxford university press|cambridge university press|oxford|cambridge|oup|cup|artech house|world scientific|ios press|
    dunod|hachette|flammarion|fayard|armand colin|cnrs|cnrs éditions|vrin|minuit|les éditions de minuit|nathan|larousse|payot|grasset|plon|albin michel|odile jacob|éditions du seuil|einaudi|feltrinelli|laterza|mondadori|il mulino|adelphi|bompiani|utet|reclam|rowohlt|dtv|ullstein|hanser|piper|c. h. beck|beck|mohr siebeck|mohr|vandenhoeck & ruprecht|niemeyer|
    faber and faber|faber|vintage|doubleday|bantam|scribner|scribner's|viking|little, brown|simon & schuster|basic books|free press|the free press|beacon press|zondervan|eerdmans|brazos|ivp|fortress press|pantheon|methuen|allen & unwin|george allen & unwin|unwin hyman|thames & hudson|thames and hudson|heinemann|edward arnold|arnold|verso|polity|polity press|westview|westview press|praeger|greenwood|greenwood press|ashgate|edward elgar|elgar|sage publications|pearson|thomson|cengage|jossey-bass|apress|o'reilly|o'reilly media|packt|manning|no starch press|self-published|xlibris|trafford""".replace("\n", "").replace("    ", "").split("|")
)  # fmt: skip
_OPENS_CONTAINER = re.compile(r"(?:(?P<sure>In |[Ii]n:)|in (?:the )?(?=[A-Z“\"‘'])|Poster presented at |[Pp]resented at |Paper presented at |Appeared in |Published in |Also in )")
_ACRONYM = re.compile(r"[A-Za-z][A-Za-z*&/-]{1,12}(?:[\s’'-]{0,2}\d{2,4})?")
_PROCEEDINGS = re.compile(r"(?:(?:In|in) )?(?:the )?Proc(?:eedings|s?\.?\b)")
_CONTINUES = re.compile(r"(?:and|or|und|et|y|&)\s")
_AWAITED = re.compile(r"\W*(?:to appear|in press|forthcoming|accepted|submitted|im druck|à paraître)", re.I)
_YEARS = re.compile(r"[(\[]?\d{4}\s?[-–]\s?\d{2,4}")
_SERIES = re.compile(r"(?:of )?(?:Lecture Notes (?:in|on)|LNCS|LNAI|LNBI|CCIS|Communications in Computer and Information Science|ASP Conf|Ser\.|IFIP|Studies in|Advances in Intelligent)")
_ORDINALS = frozenset(("st", "nd", "rd", "th"))
_SMALL = frozenset("of on for in and the to a an de la des du der für und with et del di da le les des von zur zum e y do da dos & from by at as sur en dans aux au l d".split())
_WORDS = re.compile(r"[^\W\d_]+(?:[’'\-‐][^\W\d_]+)*")

FORMS: dict[Form, dict[Label, float]] = {
    "date": {"date": 2.0, "title": -0.9, "container": -0.9, "note": -1.0},
    "pages": {"pages": 2.2, "title": -2.0, "volume": -0.8, "note": -1.0},
    "volume": {"volume": 2.0, "title": -1.0, "container": -1.0, "pages": -0.2, "genre": -0.8, "note": -0.5},
    "url": {"address": 3.0},
    "identifier": {"address": 3.0},
    "editor": {"editor": 4.0},
    "translator": {"note": 3.0},
    "note": {"note": 3.0},
}


@dataclass(frozen=True, slots=True)
class Setting:
    """What the whole reference speaks of: numbers as journals have them, places as books have them, a title in quotation marks."""

    numbered: bool
    placed: bool
    quoted: bool
    dates: int
    volumed: bool


def setting(text: str, pieces: list[Piece], *, quoted: bool, dated: bool) -> Setting:
    numbered = any(piece.form in ("volume", "identifier") or (piece.form == "pages" and not text[piece.end - 3 : piece.end].strip(" .").endswith("p")) for piece in pieces)
    placed = any(piece.form == "words" and _is_place(text[piece.start : piece.end]) for piece in pieces)
    return Setting(numbered, placed, quoted, dated + sum(piece.form == "date" for piece in pieces), any(piece.form == "volume" for piece in pieces))


def weigh(text: str, pieces: list[Piece], index: int, around: Setting) -> dict[Label, float]:
    """Points for each label that a piece may have."""
    piece = pieces[index]
    if piece.form != "words":
        points = FORMS[piece.form]
        if piece.form == "date":
            bonus = _of_title(text, piece, around)
            return {label: value + {"date": -bonus, "title": bonus, "container": bonus - 1.0}.get(label, 0.0) for label, value in points.items()}
        return points
    last = index
    while last + 1 < len(pieces) and pieces[last + 1].gap == "short" and pieces[last + 1].form == "words":
        last += 1
    after = pieces[last + 1] if last + 1 < len(pieces) else None
    following = text[after.start : after.end] if after and after.form == "words" else ""
    points = _weigh_words(text[piece.start : piece.end], text[piece.start : pieces[last].end], piece.gap, after, following, around)
    if index and _SERIES.match(text, piece.start) and any(_PROCEEDINGS.match(text, other.start) for other in pieces[:index]):
        points["note"], points["container"] = 3.0, -2.0
    if index and pieces[index - 1].form == "editor" and text[pieces[index - 1].start] in "Ii":
        points["container"] += 2.5
    if index == 0 and around.numbered and not around.quoted and after is not None and after.form in ("volume", "date") and points["title"] < 1.3:
        points["container"] += 2.2
        points["title"] -= 0.6
    return points


def _of_title(text: str, piece: Piece, around: Setting) -> float:
    """How much a date belongs to the words before it: a range where the reference has another date, one that no punctuation sets off."""
    bonus = 0.3 if piece.gap == "space" else 0.0
    if around.dates > 1:
        bonus += 1.9 if _YEARS.match(text, piece.start, piece.end) else 0.9 if piece.gap == "space" else 0.0
    return bonus


def _weigh_words(stretch: str, chain: str, before: Gap, after: Piece | None, following: str, around: Setting) -> dict[Label, float]:
    words = [word for word in _WORDS.findall(stretch) if word not in _ORDINALS]
    if not words:
        return {"title": -0.5, "container": -0.8, "volume": 0.3, "note": 0.0, "pages": 0.2, "publisher": -1.0}
    small = sum(word.lower() in _SMALL for word in words)
    content = len(words) - small
    plain = sum(word[0].islower() and word not in _SMALL for word in words)
    bare = stretch.strip(" .,;:()[]'’\"").lower()
    opening = _OPENS_CONTAINER.match(chain) if before not in ("colon", "open", "dash") else None
    points: dict[Label, float] = {"title": 0.4 + min(1.6, 0.2 * content) + min(1.2, 0.4 * plain), "note": -1.6}
    points["container"] = _as_container(chain, before, opening, content, plain, bare, after, following, around)
    points["publisher"] = _as_publisher(stretch, bare, content, plain) + 0.3 * around.placed - 0.4 * around.numbered
    points["place"] = _as_place(bare, content, plain, after, following) - 1.3 * around.volumed
    if before == "short" or (points["container"] > 0.5 and not _is_place(bare)):
        points["place"] -= 1.5
    if opening or _CONTINUES.match(stretch) or (before == "open" and _ACRONYM.fullmatch(bare)):
        points["place"] -= 2.5
        points["publisher"] -= 2.5
    if _CONTINUES.match(stretch):
        points["container"] -= 2.5
    if before == "stop" and around.placed and not around.numbered and not around.quoted and after is not None and (after.gap == "colon" or _is_place(following)):
        points["title"] += 0.8
    if _NOTE.match(chain):
        points["note"] = 2.5
        points["title"] -= 1.5
    if _GENRE.match(chain):
        points["genre"] = 2.8
        points["container"] -= 1.5
        points["title"] -= 1.0 if content < 6 else 0.2
    elif following and _GENRE.match(following):
        points["publisher"] += 1.2
        points["container"] -= 0.8
    return points


def _as_container(stretch: str, before: Gap, opening: re.Match[str] | None, content: int, plain: int, bare: str, after: Piece | None, following: str, around: Setting) -> float:
    points = -1.1 - 0.5 * min(3, plain) - (0.15 * max(0, content - 9)) + 1.0 * around.numbered + 0.8 * around.quoted - 0.3 * around.placed
    if opening:
        points += 3.5 if opening.group("sure") else 2.4
    if before == "open" and _ACRONYM.fullmatch(stretch.strip()):
        return 1.6
    if _PROCEEDINGS.match(stretch):
        points += 1.5
    clues = len(_CONTAINER.findall(stretch))
    points += 1.6 * (clues > 0) + 0.5 * (clues > 1)
    if stretch.count(".") > 1 and len(stretch) < 60:
        points += 0.8
    name = (stretch[opening.end() :] if opening else stretch).strip(" .,")
    if name and is_known(name):
        points += 2.2
    if after is not None and after.form == "volume":
        points += 0.6
    if _AWAITED.match(following):
        points += 1.4
    if _is_place(bare):
        points -= 1.0
    return max(0.4, points) if before == "short" else points


def _as_publisher(stretch: str, bare: str, content: int, plain: int) -> float:
    if bare in _PUBLISHERS:
        return 3.2
    return -0.5 - 0.6 * min(3, plain) - 0.2 * max(0, content - 7) + (2.4 if _PUBLISHER.search(stretch) else 0.0)


def _is_place(stretch: str) -> bool:
    bare = stretch.strip(" .,;:()[]'’\"").lower()
    return bare in _PLACES or bare.replace(".", "").replace(" ", "") in _PLACES


def _as_place(bare: str, content: int, plain: int, after: Piece | None, following: str) -> float:
    if _is_place(bare):
        return 2.6
    if content > 4 or plain:
        return -2.5
    points = -0.8
    if after is not None and after.gap == "colon":
        points += 1.4
    elif following and _is_place(following) and after is not None and after.gap == "comma":
        points += 1.8 if len(following) < 7 else 1.2
    if re.search(r"\band\b|&|,|/|\bund\b", bare) and any(part.strip() in _PLACES for part in re.split(r"\band\b|\bund\b|&|,|/", bare)):
        points += 2.0
    return points
