"""The words in which people praise and criticise papers, and how a sentence is weighed by them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.extractors.voice import first_person, own_claim

# Praise and criticism that only somebody who judges would write.
_PRAISE = re.compile(
    r"\b(?:impressive|impressed|impressively|fantastic|outstanding|awesome|amazing|amazingly|great|excellent|excellently|brilliant|brilliantly|beautiful|beautifully|elegant|elegantly|wonderful|superb|neat|cool|coolest|nice|"
    r"nicely|interesting|intriguing|fascinating|exciting|inspiring|insightful|clever|cleverly|lov(?:e|ed|ely)|enjoy(?:ed|able)?|enjoyed|favou?rites?|well[- ]written|well[- ]executed|well[- ]thought|well[- ]deserved|must[- ]read|"
    r"highly recommend\w*|recommended|worth (?:reading|a read|a look|noting|checking|your)|worthwhile|congrat\w*|kudos|bravo|big fan|groundbreaking|ground-breaking|masterpiece|delightful|refreshing\w*|compelling|"
    r"pleasantly surprised|pleasant surprise|landmark|seminal|classics?|gem|influential|pioneer(?:ing|ed|s)?|revolutionary|legendary|definitive|lucid|readable|a must|still relevant|stood the test|timeless|important (?:paper|work|contribution|result|reference|read)|one of the (?:best|most (?:important|influential|interesting|cited|useful|famous|elegant|beautiful|impressive))|(?:the )?best (?:paper (?:i|we|on)|introduction|survey|overview|explanation|book|reference|treatment|resource)|(?:very |really )?(?:good|nice|great|excellent|useful|accessible|gentle|comprehensive|clear) (?:starting point|place to start|background|reference|introductory|treatment|exposition|resource|tutorial|review|account|description|presentation)|thought[- ]provoking|eye[- ]opening|good (?:job|read|paper|work|stuff|overview|introduction|survey|summary|idea|discussion|explanation)|great (?:job|read|paper|work)|"
    r"hats off|astonishing\w*|exemplary|entertaining|fun|wonderfully|uncanny|well done|a success|healthy read|recommend(?= (?:it|this|the|to|reading))|i use (?:it|this|them)|(?:everybody|everyone|you) should read|should be read|deserves? (?:more|most|credit|attention|to be|a)|nothing to complain|anything to complain|embarrassingly|stunningly|surprisingly well|changed (?:how|the way)|i keep coming back|worth it|worth your|delivers|ambitious|hottest|huge effort|cheers to|tour de force|stood out|stands out|a treat|game[- ]changer|stunning|remarkable|remarkably|ingenious|thorough|thoroughly|easy to (?:read|follow)|a joy|a pleasure|doing (?:it again|titanesque)|mind[- ]blowing|underrated|essential reading|"
    r"beeindruckend\w*|großartig\w*|hervorragend\w*|spannend\w*|gelungen\w*|lesenswert\w*|elegant\w*|überzeugend\w*|impressionnant\w*|excellent\w*|magnifique\w*|remarquable\w*|passionnant\w*|intéressant\w*|"
    r"impresionante\w*|excelente\w*|interesante\w*|magnífic\w*|fascinante\w*)\b|👍|❤|😍|🔥|\b10/10\b|★{4,5}|⭐{4,5}|\(y\)",
    re.I,
)
_BLAME = re.compile(
    r"\b(?:unfortunately|sadly|disappoint(?:ing|ed|s|ingly)|not (?:entirely |fully |very |at all |really )?convinced|unconvincing|weakness(?:es)?|(?:is|are|rather|quite|somewhat|bit) (?:weak|thin|short|vague|dated)|shortcomings?|drawbacks?|downsides?|i miss(?:ed)?|"
    r"would (?:have )?(?:like|liked|love|loved) to (?:see|have)|would have been (?:nice|good|better|interesting|helpful)|should have|could have been|wish (?:they|the|there|it)|did(?:n[’']?t| not) (?:report|compare|evaluate|tune|include|test|convince|provide|release)|"
    r"do(?:es)?(?:n[’']?t| not) (?:include|compare|report|convince|provide|evaluate|really|address|discuss|release|explain)|no (?:comparisons?|results|hard results|code|ablations?|evaluation|baselines?|experiments|error bars|mention)|"
    r"only (?:theoretical|tested|evaluated|compared)|tiny data|unclear|confusing|confused|hard to (?:follow|read|understand|believe|reproduce)|difficult to (?:follow|read|understand|reproduce)|poorly (?:\w+ )?(?:written|explained|described|motivated|evaluated|presented|documented|organi[sz]ed)|over[- ]?claim\w*|overstated|"
    r"overly|not (?:very |particularly |that (?=good|great|new|novel|clear|surprising|interesting|convincing|useful|impressive)|super |substantial|novel|new|great|good|surprising|clear|enough|well)|isn[’']?t (?:[\"“']?new|clear|novel|great|really|very)|are(?:n[’']?t| not) (?:substantial|convincing|clear)|can be questioned|questionable|"
    r"needs? (?:a lot of|more) work|leaves? out|left out|over my head|(?:bit |little )?too (?:complex|complicated|long|short|simple|small|vague|brief|much|limited|terse|specific)|area for improvement|room for improvement|"
    r"(?:further|more|detailed) (?:\w+ )?investigation is needed|boring|(?:is|are|rather|quite|seems?|looks?) (?:trivial|incremental|naive|obvious)|incremental (?:work|contribution|improvement)s?|flaw(?:ed|s)?|meh|underwhelm\w*|moderate performance|suspicious|skeptical|sceptical|problematic|limited (?:evaluation|novelty|scope|experiments)|(?:lot|lots) of (?:\w+ )?work (?:still )?to|needs? a lot of (?:extra )?work|need a lot of (?:extra )?work|"
    r"a pity|too bad|useless|overkill|shak(?:y|ier)|repetitive|tiring|tedious|slow to|i doubt|doubtful|have(?:n[’']?t| not) held up|would not (?:use|recommend|trust|build)|wouldn[’']t (?:use|recommend|trust)|did not manage|couldn[’']t|could not (?:reproduce|repeat|replicate|find|follow)|(?:never|does not|doesn[’']t|do not|don[’']t|did not|didn[’']t) (?:quite |really |actually )?(?:say|tell|explain|show|discuss|justify|hold up|scale|generalize|convince)|more than i would like|hard to (?:justify|say)|(?:still|too) expensive|sloppy|hand-?wav\w+|rushed|contrived|cherry-?pick\w*|annoying\w*|frustrat\w+|dubious|misleading|(?:is|are|simply|plain|something) wrong|outdated|i don[’']?t (?:see|think|understand|get|believe|like|buy)|not sure (?:why|how|that|if|whether|i)|high computation(?:al)? complexity|"
    r"leider|enttäuschend\w*|schwach\w*|unklar\w*|fehlt|überzeugt nicht|malheureusement|décevant\w*|faibles?\b|manque|dommage|desafortunadamente|lamentablemente|decepcionante\w*|débil\w*|falta)\b|👎|★☆|⭐☆",
    re.I,
)
# Words that praise only in the mouth of a judge: after "I", "very", or in notes without a verb.
_MILD = re.compile(
    r"\b(?:useful|helpful|relevant|promising|convenient|powerful|effective|efficient|accurate|good|solid|clear|clearly|practical|strong|clean|brave|healthy|extensible|implementable|attractive|sensible|valuable|important|informative|"
    r"(?<=I )(?:really |quite |also )?liked?|nützlich|gut|utile|útil|bueno|bon|bonne)\b",
    re.I,
)
_INTENSE = re.compile(r"\b(?:very|really|quite|super|so|truly|extremely|pretty|especially|sehr|wirklich|très|vraiment|muy|realmente)\s+(?:\w+\s+)?\Z", re.I)
_NEGATION = re.compile(r"\b(?:not|n't|n’t|never|no|hardly|barely|without|isn[’']?t|wasn[’']?t|doesn[’']?t|didn[’']?t|nicht|kein\w*|pas|sin)\s+(?:\w+\s+){0,2}\Z", re.I)
_ONLY = re.compile(r"\bnot only\b", re.I)
_CONCESSION = re.compile(r"\b(?:despite|although|even though|though|while|besides|apart from|trotz|obwohl|malgré|bien que|aunque|a pesar)\b[^,.]*\Z", re.I)
# Praise of something else: "one of the most interesting trends", "a great amount", "enjoys great popularity", "interesting to see whether".
_ELSEWHERE = re.compile(
    r"^\s*(?:\w+\s+)?(?:trends?|questions?|amount|number|deal|popularity|success|extent|variety|detail|challenges?|attention|importance|interest|progress|potential|to (?:see|know|investigate|explore|compare|test|try|consider|hear) (?:if|how|whether|what|more|common)|"
    r"(?:problem|topic|area|task|use case|example|application)s?\s+(?:is|are|in|for|of)|(?:hierarchy|sampling|mixture|neural|order|approach to|people|sounding|examples? of|theor\w+|methods?|architectures?|models?|music|pop)\b(?=.*\b(?:such as|like)\b))",
    re.I,
)
_TOWARDS_FUTURE = re.compile(r"\b(?:it (?:will|would|might) be|would be|will be|might be)\s+(?:\w+\s+)?\Z", re.I)
_ADDRESS = re.compile(r"https?://\S+")
_AWARD = re.compile(r"\b(?:outstanding|best|distinguished|test[- ]of[- ]time|honou?rable)\s+(?:\w+\s+){0,3}?(?:papers?|awards?|mention|runner[- ]up)\b(?:\s+award)?", re.I)
_LACK = re.compile(r"\b(?:papers?|works?|study|evaluation|authors?|they|it|article|analysis|discussion|approach|review)\b[^,.;]{0,40}\b(?:lacks|is lacking|misses|is missing)\b", re.I)
_FIRST = re.compile(r"\W*(?:(?:a|an|another|very|really|quite|still|but|and|overall|it[’']s|this is|not bad[,:])\s+){0,2}", re.I)
# Praise and criticism in one breath: "impressive, although …", "slow, but …".
_TURN = re.compile(r"[,;–—]\s*(?:but|although|though|however|yet|allerdings|aber|mais|pero)\b|[;.]\s*still\b", re.I)
_OF_THE_PAPER = re.compile(r"\b(?:paper|article|survey|work|book|chapter|this|these|read|authors?)\b[^.,;]{0,25}\b(?:is|are|gives?|provides?|offers?|makes?|do(?:es)?|did|has|have)\b[^.,;]{0,12}\Z", re.I)
_COPULA = re.compile(r"\b(?:is|are|was|were|be|has|have|had|uses?|proposes?|shows?|can|does|do|ist|sind|est|sont|es|son)\b", re.I)
_SEEMINGLY = re.compile(r"\b(?:supposedly|seemingly|allegedly|apparently)\b", re.I)


@dataclass(frozen=True, slots=True)
class Judgement:
    """How strongly a sentence praises and blames, each from 0."""

    praise: float
    blame: float


def judged(text: str) -> Judgement:
    """Weighs one sentence; the paper's own claims weigh nothing."""
    text = _AWARD.sub("", _ADDRESS.sub("", text))
    if own_claim(text):
        return Judgement(0, 0)
    turn = _TURN.search(text)
    if turn is None:
        return _clause(text)
    first, second = _clause(text[: turn.start()]), _clause(text[turn.end() :])
    praise, blame = first.praise + second.praise, first.blame + second.blame
    if first.praise and not second.praise and not first.blame:
        blame = max(blame, 0.7)
    if first.blame and not second.blame and not first.praise:
        praise = max(praise, 0.7)
    return Judgement(min(praise, 2.0), min(blame, 2.0))


def _clause(text: str) -> Judgement:
    praise = blame = 0.0
    for match in _PRAISE.finditer(text):
        denied = _NEGATION.search(text[: match.start()]) and not _ONLY.search(text[: match.start()])
        praise += 0.0 if denied else _weight(text, match)
        blame += 1.0 if denied else 0.0
    blame += sum(_blame(text, match) for pattern in (_BLAME, _LACK) for match in pattern.finditer(text))
    if not praise and not blame:
        praise = sum(_mild(text, match) for match in _MILD.finditer(text))
    return Judgement(min(praise, 2.0), min(blame, 2.0))


def _weight(text: str, match: re.Match[str]) -> float:
    before, after = text[: match.start()], text[match.end() :]
    if _ELSEWHERE.match(after) or _TOWARDS_FUTURE.search(before):
        return 0.0
    return 0.5 if _SEEMINGLY.search(before) else 1.0


def _blame(text: str, match: re.Match[str]) -> float:
    if _NEGATION.search(text[: match.start()]):
        return 0.0
    return 0.3 if _CONCESSION.search(text[: match.start()]) else 1.0


def _mild(text: str, match: re.Match[str]) -> float:
    before = text[: match.start()]
    if _NEGATION.search(before):
        return 0.0
    note = len(text.split()) < 9 and not _COPULA.search(text) and text[-1:] not in ".:"
    if note or _FIRST.fullmatch(before) or _OF_THE_PAPER.search(before) or re.search(r"\b(?:could|may|might|proves? to|seems?|looks?)\s+(?:to\s+)?(?:be\s+)?\Z", before) or _INTENSE.search(before) or (first_person(text) and re.search(r"\b(?:I|me)\b", text)):
        return 0.7
    return 0.0
