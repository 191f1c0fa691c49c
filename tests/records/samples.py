"""One paper in every format, as the catalogues publish it; the paper and its people are made up."""

from __future__ import annotations

import json

TITLE = "Weighing Apples in the Dark: A Study of Cheap Sensors"
ORCID = "0000-0002-1825-0097"  # the example of https://orcid.org

ARXIV = json.dumps(
    {
        "id": "2001.01234", "submitter": "Ana Pino", "authors": "Ana Pino, Yuki M\\\"uller", "title": "Weighing Apples in the Dark:\n  A Study of Cheap Sensors", "comments": None,
        "journal-ref": "J. Moss 12 (2020) 3-9", "doi": "10.1234/Moss.5", "abstract": "  We weigh.\n", "versions": [{"version": "v1", "created": "Mon, 6 Jan 2020 10:00:00 GMT"}],
        "update_date": "2021-05-05", "authors_parsed": [["Pino", "Ana", ""], ["M\\\"uller", "Yuki", "Jr."]],
    }
) + "\n"  # fmt: skip
OPENALEX = json.dumps(
    {
        "id": "https://openalex.org/W123", "doi": "https://doi.org/10.1234/moss.5", "title": TITLE, "publication_year": 2020, "is_authors_truncated": False,
        "primary_location": {"source": {"display_name": "Journal of Moss", "type": "journal"}},
        "locations": [{"landing_page_url": "http://arxiv.org/abs/2001.01234"}, {"landing_page_url": None}],
        "authorships": [
            {"author": {"display_name": "Ana Pino", "orcid": f"https://orcid.org/{ORCID}"}, "institutions": [{"display_name": "Moss University"}]},
            {"author": {"display_name": "Yuki Müller", "orcid": None}, "institutions": []},
        ],
    }
) + "\n"  # fmt: skip
CROSSREF_ITEM = {
    "DOI": "10.1234/MOSS.5", "title": ["Weighing Apples in the <i>Dark</i>"], "subtitle": ["A Study of Cheap Sensors"], "container-title": ["Journal of Moss"], "member": "1",
    "author": [
        {"given": "Ana", "family": "Pino", "ORCID": f"http://orcid.org/{ORCID}", "affiliation": [{"name": "Moss University"}], "sequence": "first"},
        {"given": "Yuki", "family": "Müller", "affiliation": []},
    ],
    "issued": {"date-parts": [[2020, 3]]},
}  # fmt: skip
CROSSREF = json.dumps({"items": [CROSSREF_ITEM]}, indent=1)
SEMANTIC_SCHOLAR = json.dumps(
    {
        "paperId": "abc123", "title": TITLE, "year": 2020, "venue": "Journal of Moss", "externalIds": {"DOI": "10.1234/moss.5", "ArXiv": "2001.01234"},
        "authors": [{"name": "Ana Pino"}, {"name": "Yuki Müller"}],
    }
)  # fmt: skip
CSL = json.dumps(
    [
        {
            "id": "pino2020", "type": "article-journal", "title": TITLE, "container-title": "Journal of Moss", "DOI": "10.1234/moss.5", "issued": {"date-parts": [["2020"]]},
            "author": [{"family": "Pino", "given": "Ana"}, {"family": "Müller", "given": "Yuki"}],
        }
    ]
)  # fmt: skip
RIS = f"""TY  - JOUR
TI  - Weighing Apples in the Dark:
      A Study of Cheap Sensors
AU  - Pino, Ana
AU  - Müller, Yuki
JO  - Journal of Moss
PY  - 2020/03/01
DO  - 10.1234/moss.5
ER  - {""}
"""
BIBTEX = """% my library
@string{moss = "Journal of Moss"}
@comment{nothing}
@article{pino2020,
    title = "Weighing {A}pples in the Dark: {A} Study of Cheap Sensors",
    author = "Pino, Ana  and
      M{\\"u}ller, Yuki",
    journal = moss,
    year = "2020",
    doi = "10.1234/moss.5",
}
"""
DBLP = """<?xml version="1.0" encoding="ISO-8859-1"?>
<!DOCTYPE dblp SYSTEM "dblp.dtd">
<dblp>
<article key="journals/moss/Pino20" mdate="2020-03-01"><author orcid="0000-0002-1825-0097">Ana Pino 0002</author><author>Yuki M&uuml;ller</author>
<title>Weighing Apples in the <i>Dark</i>: A Study of Cheap Sensors.</title><year>2020</year><journal>Journal of Moss</journal><ee>https://doi.org/10.1234/moss.5</ee></article>
<www key="homepages/p/AnaPino"><author>Ana Pino</author><title>Home Page</title></www>
</dblp>
"""
ATOM = """<?xml version="1.0"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>arXiv Query</title><id>http://arxiv.org/api/x</id>
<entry><id>http://arxiv.org/abs/2001.01234v2</id><title>Weighing Apples in the Dark:
  A Study of Cheap Sensors</title><published>2020-01-06T10:00:00Z</published>
<author><name>Ana Pino</name><arxiv:affiliation xmlns:arxiv="http://arxiv.org/schemas/atom">Moss University</arxiv:affiliation></author><author><name>Yuki Müller</name></author>
<arxiv:doi xmlns:arxiv="http://arxiv.org/schemas/atom">10.1234/moss.5</arxiv:doi></entry></feed>
"""
ALL = {
    "arxiv": ARXIV, "openalex": OPENALEX, "crossref": CROSSREF, "semantic-scholar": SEMANTIC_SCHOLAR, "csl": CSL, "ris": RIS, "bibtex": BIBTEX, "dblp": DBLP, "arxiv-feed": ATOM,
}  # fmt: skip
