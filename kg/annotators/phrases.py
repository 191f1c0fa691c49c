"""Cuts a paper's title into the noun phrases that name its subject: "A for B using C" says that B is a task and C a method."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.annotators import vocabulary

_MEANS = frozenset("using via with by through leveraging exploiting applying utilizing employing".split())
_GOALS = frozenset("for towards toward of".split())
_CUTS = _MEANS | _GOALS | frozenset(
    "in on from to under and or as between at into over across without within beyond against during is are be was were can does do how what why when where who which that than its their our "
    "based vs versus meets if not but you we it i your my all others a an the".split()
)  # fmt: skip
_OPENERS = frozenset(
    "well-known existing ongoing inherent unique massive wide minimal popular additional shared prior proposed extensive powerful current previous recent early late so-called famous common typical "
    "this some various new novel improved improving improve towards on exploring exploration investigating understanding rethinking revisiting reconsidering learning-to efficient fast simple "
    "practical scalable robust better more effective enhanced enhancing advancing accelerating studying analysing analyzing evaluating comparing assessing introducing building designing "
    "developing making modeling modelling general unified universal generic large-scale high-quality high-performance accurate effectively efficiently jointly automatically combining integrating enabling "
    "predicting detecting addressing solving overcoming enriching becoming describing considering amplify learning tackling mitigating capturing discovering incorporating finding extracting "
    "predicting detecting measuring estimating using leveraging augmenting training explaining bridging unifying optimizing optimising boosting supporting exploiting generating reducing".split()
)
# Words that make no subject by themselves, however many stand together.
_VAGUE = frozenset(
    "characteristics characteristic gap area areas range amount number codes code classes class samples sample signals signal capabilities capability knowledge subset process processes layers layer sources "
    "source words word descriptions description content contents side quantity set sets type types kind kinds group groups level levels output outputs input inputs representations others lot idea ideas note members "
    "approach approaches method methods methodology technique techniques framework frameworks study studies case analysis analyses evaluation evaluations survey review overview introduction "
    "perspective perspectives challenges challenge use cases system systems model models algorithm algorithms application applications problem problems results experiments experiment comparison "
    "comparative systematic empirical theoretical experimental preliminary recent advances progress future directions trends part one two three toolkit tool tools library software resource "
    "dataset datasets corpus data benchmark benchmarks task tasks paper report note notes guide tutorial primer principles foundations theory practice work architecture architectures novel new "
    "state art role impact effect effects effectiveness influence importance design implementation strategies strategy various different multiple several large small deep neural learning network "
    "networks performance quality information features feature properties property aspects insights lessons recommendations step steps things world real time first second best better good view look "
    "research science scientific conditions contexts settings environment environments scale way ways question questions answers solution solutions".split()
)
_CLOSERS = frozenset(
    "system systems library toolkit framework frameworks approach approaches method methods methodology algorithm algorithms technique techniques perspective efficiently effectively study survey review dataset datasets data help need needs task tasks problem problems tool tools module modules setting settings scenario scenarios".split()
)
# Nouns that look like verb forms.
_NOUNS = frozenset(
    "learning training tuning processing modeling modelling clustering encoding decoding embedding hashing ranking indexing scheduling caching sampling tracking parsing tagging rendering mapping matching "
    "planning pricing routing programming testing fuzzing debugging profiling mining forecasting captioning reasoning understanding transcribing mixing mastering prompting pruning trimming boosting bagging "
    "pooling masking spotting editing stitching matting inpainting denoising filtering smoothing grounding linking labeling labelling grading scoring searching shading lighting shading speed feed seed "
    "bed need thing string spring king ring wing spelling morphing printing computing networking logging sharding partitioning beamforming vocoding sensing imaging sequencing folding docking screening "
    "engineering crowdsourcing streaming pre-training fine-tuning conditioning reconfiguring finetuning pretraining binding branching threading checkpointing nesting typing writing reading singing hearing listening".split()
)
# A word that says how a thing is done, not which thing: "radiologist-level", "noise-aware", "high-fidelity".
_MANNER = re.compile(
    r"[a-z]+-(?:level|like|aware|fidelity|quality|style|rich|wise|scale|objective|validated|grade|agnostic|efficient|friendly|optimal)\Z", re.I
)
# Verbs, adverbs and pronouns of titles that are sentences: "X elicits reasoning", "really making much progress".
_SENTENCE_WORDS = frozenset(
    "me us them my his her really much more most again later ago ever never always yet already still great ready made makes making goes comes come go gets get gives takes needs need "
    "works fails counts matters elicits considering obtained demonstrate demonstrates spanning evaluates evaluate perform performs integrating integrate thrive thrives will would drawn about "
    "earlier other latter former years".split()
)
_TOKEN = re.compile(r"[^\W_]+(?:[-‐‑'’./+][^\W_]+)*\+*|[^\w\s]")
_LONGEST = 4
_DETERMINERS = frozenset(
    "a an the its their our this these those such some both two three four several new novel simple so-called different existing additional own various".split()
)
# Words that end a noun phrase in running text besides those that cut a title.
_FILLERS = frozenset(
    "have has had been being will would could should may might must can't don't also then only just even still there here them they he she his her him me us who whom whose one ones because since while "
    "although though however therefore thus hence so very too much many most more less few lot lots called named known instead rather given per via e.g i.e etc al et allows allow enables enable consists "
    "consist provides provide shows show makes make made helps help leads lead achieves achieve trained proposed used click link read paper papers pdf code work post blog article website page repo repository "
    "demo video slides poster talk github project online first last next previous similar same other another each every any all no none great good nice cool interesting well".split()
)
_PART = re.compile(
    r"\b(?:encoders?|decoders?|networks?|loss(?:es)?|embeddings?|kernels?|regulari[sz]ation|pooling|fusion|modules?|blocks?|"
    r"classifiers?|estimators?|augmentation|aggregation|distillation|tokeni[sz]ers?|vocoders?|synthesi[sz]ers?|trees?|index(?:es)?|caches?|protocols?|priors?|heuristics?|filters?|grammars?|hypothesis|algebra)\b",
    re.I,
)
_VERBS = frozenset(
    "treat train propose leverage employ take exhibit speed decrease increase enhance penalize utilize compare produce present use introduce apply adopt build design develop reduce generate create provide evaluate up down "
    "out lower upper hidden special optimal clever resultant unlike unseen extreme bigger larger smaller complex pure high low broad prevalent rapid split personalized last big tiny huge single-pass top vanilla "
    "character typical usual output input own tasks real right left whose where extra little actual potential possible next "
    "learn extract perform performs improve improves enable enables support supports require requires predict predicts consider considers like including such whereas downstream baseline significant simultaneous "
    "final initial overall correct wrong successful whole entire single further standard traditional conventional perfect certain any both manual automatic better best end-to-end subsequent main original".split()
)
_BEFORE = re.compile(r"(?:[A-Za-z][\w-]*\s){1,2}\Z")
_ACTION = re.compile(
    r"\b(?:classification|recognition|detection|identification|segmentation|estimation|generation|synthesis|retrieval|transcription|separation|translation|summari[sz]ation|captioning|"
    r"forecasting|prediction|matching|tagging|annotation|localization|localisation|tracking|parsing|completion|enhancement|recommendation|compression|alignment|extraction|understanding|answering|verification|analysis|modell?ing|similarity|discovery|exploration|visuali[sz]ation|optimi[sz]ation|processing|management|simulation|reasoning|pruning|interaction|navigation|scheduling|replication|partitioning|indexing|recovery|control)\b",
    re.I,
)
_VERB = re.compile(
    r"\b(?:propos(?:e|es|ed|ing)|introduc(?:e|es|ed|ing)|us(?:e|es|ed|ing)|utili[sz](?:e|es|ed|ing)|leverag(?:e|es|ed|ing)|employ(?:s|ed|ing)?|adopt(?:s|ed|ing)?|appl(?:y|ies|ied|ying)|exploit(?:s|ed|ing)?|"
    r"explor(?:e|es|ed|ing)|based on|by means of|tackl(?:e|es|ed|ing)|address(?:es|ed|ing)?|(?:problem|task|tasks|field|area|technique|concept|idea|notion) of)\s+",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase at `start` to `end` of a title, and the kind that its place gives it."""

    start: int
    end: int
    kind: str


def phrases(title: str) -> Iterator[Phrase]:
    """The subjects of a title, from left to right."""
    chunk: list[re.Match[str]] = []
    before = ""
    for token in [*_TOKEN.finditer(title), None]:
        word = token.group().lower() if token else ""
        if token is not None and word not in _CUTS and word not in _SENTENCE_WORDS and (word[0].isalnum() or word == "&"):
            chunk.append(token)
            continue
        yield from _phrase(chunk, before, word)
        chunk, before = [], word


def _phrase(chunk: list[re.Match[str]], before: str, after: str) -> Iterator[Phrase]:
    while chunk and _opens(chunk[0].group().lower()):
        chunk = chunk[1:]
    while chunk and _closes(chunk[-1].group().lower()):
        chunk = chunk[:-1]
    words = [token.group() for token in chunk]
    if not 2 <= len(words) <= _LONGEST or all(map(_vague, words)) or any(_unfit(word) for word in words) or words[0][0].isdigit():
        return
    if len(words) == _LONGEST and _ends_in_known(" ".join(words)):
        return
    yield Phrase(chunk[0].start(), chunk[-1].end(), _kind(before, after))


def _ends_in_known(phrase: str) -> bool:
    """Whether the vocabulary names what a long phrase is a sort of: its own words add a circumstance to that."""
    return any(hit.end == len(phrase) and " " in phrase[hit.start :] for hit in vocabulary.hits(phrase))


def _opens(word: str) -> bool:
    """Whether a word at the start of a phrase is no part of its name: a judgement, a number, or a verb in -ing."""
    return (
        word in _OPENERS
        or word.isdigit()
        or bool(_MANNER.match(word))
        or (word.endswith("ing") and word not in vocabulary.first_words() and "-" not in word)
    )


def _closes(word: str) -> bool:
    return word in _CLOSERS or (word.endswith(("ed", "ing", "ly")) and word not in _NOUNS and "-" not in word)


def _unfit(word: str) -> bool:
    return "'" in word or "’" in word or word.lower().endswith("-based")


def _kind(before: str, after: str) -> str:
    if before in _MEANS or (after == "for" and before not in _GOALS):
        return "Method"
    return "Task"


def _vague(word: str) -> bool:
    return word.lower() in _VAGUE or vocabulary.folded(word) in _VAGUE or word.isdigit()


def term(text: str) -> bool:
    """Whether an emphasised or linked run reads like a technical term: one to four words, none of them a function word."""
    chunk = [token.group() for token in _TOKEN.finditer(text)]
    if not chunk or len(chunk) > _LONGEST or not all(word[0].isalnum() or word == "&" for word in chunk):
        return False
    if any(word.lower() in _CUTS or word.lower() in _FILLERS for word in chunk) or all(_vague(word) for word in chunk):
        return False
    if chunk[0][0].isdigit() or all(word.istitle() and word.isalpha() for word in chunk):
        return False  # a date, a person, a heading
    return len(chunk) > 1 or any(c.isupper() or c.isdigit() for c in chunk[0][1:])


def objects(text: str) -> Iterator[Phrase]:
    """What somebody proposes, uses or introduces: the noun phrase behind such a verb."""
    for verb in _VERB.finditer(text):
        chunk: list[re.Match[str]] = []
        for token in _TOKEN.finditer(text, verb.end()):
            word = token.group().lower()
            if not chunk and (word in _DETERMINERS or word in "\"'“‘*_("):
                continue
            if (
                word in _CUTS
                or word in _FILLERS
                or word in _SENTENCE_WORDS
                or word in _DETERMINERS
                or not word[0].isalnum()
                or word.endswith("ly")
                or len(chunk) > _LONGEST
            ):
                break
            chunk.append(token)
        yield from _phrase(chunk, "using", "")


def tasks(text: str) -> Iterator[Phrase]:
    """What is recognised, detected, generated …: one or two content words before such a noun."""
    return _compounds(text, _ACTION, "Task")


def parts(text: str) -> Iterator[Phrase]:
    """What a method is made of: one or two content words before such a noun as "encoder", "loss" or "index"."""
    return _compounds(text, _PART, "Method")


def _compounds(text: str, heads: re.Pattern[str], kind: str) -> Iterator[Phrase]:
    for head in heads.finditer(text):
        before = _BEFORE.search(text, max(0, head.start() - 60), head.start())
        if before is None or not _ends_there(text, head.end()):
            continue
        chunk = list(_TOKEN.finditer(text, before.start(), head.start()))
        broken = [index for index, token in enumerate(chunk) if _breaks(token.group().lower())]
        chunk = chunk[broken[-1] + 1 :] if broken else chunk
        if chunk:
            yield Phrase(chunk[0].start(), head.end(), kind)


def _ends_there(text: str, end: int) -> bool:
    """Whether no further noun follows, as "time" does in "the inference time"."""
    following = _TOKEN.match(text, end + len(text[end:]) - len(text[end:].lstrip()))
    word = following.group().lower() if following else ""
    return not word or not word[0].isalnum() or word in _CUTS or word in _FILLERS or word in _DETERMINERS


def _breaks(word: str) -> bool:
    unlike = word in _CUTS or word in _FILLERS or word in _DETERMINERS or word in _OPENERS or word in _VERBS or _vague(word)
    return (
        unlike
        or not word[0].isalpha()
        or (word.endswith("s") and not word.endswith(("ss", "ics", "us")))
        or (word.endswith(("ly", "ed", "ing")) and word not in _NOUNS and "-" not in word)
    )
