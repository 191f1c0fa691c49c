"""Small DOCX and PDF files with the notes of the other samples, written by hand from the formats' descriptions."""

from __future__ import annotations

import io
import zipfile

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_BODY = """
<w:p><w:pPr><w:pStyle w:val="Titel"/></w:pPr><w:r><w:t>Notes from the map room</w:t></w:r></w:p>
<w:p><w:r><w:t xml:space="preserve">Two papers </w:t></w:r><w:del><w:r><w:delText>gone</w:delText></w:r></w:del><w:ins><w:r><w:t>that I keep coming back to.</w:t></w:r></w:ins></w:p>
<w:p><w:pPr><w:pStyle w:val="berschrift1"/></w:pPr><w:r><w:t>Folding Maps with </w:t></w:r><w:r><w:t>Patient Robots</w:t></w:r></w:p>
<w:p><w:r><w:rPr><w:i/></w:rPr><w:t>Tomasz Wren and Mara Oduya</w:t></w:r><w:r><w:t xml:space="preserve">, ICRA 2021. </w:t></w:r>
<w:hyperlink r:id="rId7"><w:r><w:t>paper</w:t></w:r></w:hyperlink></w:p>
<w:p><w:r><w:t>Lovely figures &amp; a café on every map.</w:t></w:r></w:p>
<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t>Counting Rain: A Dataset of Puddles</w:t></w:r><w:r><w:t>, Mara Oduya</w:t></w:r></w:p>
<w:p><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>12,000 puddles, all wet</w:t></w:r></w:p>
<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Title</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Year</w:t></w:r></w:p></w:tc></w:tr>
<w:tr><w:tc><w:p><w:r><w:t>Slow Clocks for Fast Rooms</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>2020</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"""
_STYLES = '<w:style w:styleId="Titel"><w:name w:val="Title"/></w:style><w:style w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>'
_LINK = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId7" TargetMode="External" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink" Target="https://doi.org/10.5555/fold.2021"/></Relationships>'
)


def docx(body: str = _BODY) -> bytes:
    """A Word document; its styles have German identifiers, as a German Word writes them."""
    return zipped(
        {
            "word/document.xml": f"<w:document {_W}><w:body>{body}</w:body></w:document>",
            "word/styles.xml": f"<w:styles {_W}>{_STYLES}</w:styles>",
            "word/_rels/document.xml.rels": _LINK,
        }
    )


def zipped(members: dict[str, str]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return packed.getvalue()


_PAGES = (
    ((24, "Notes from the map room"), (11, "Two papers that I keep coming back to, and which I would take to an island, if I had one."), (16, "Folding Maps with Patient Robots"),
     (11, "Tomasz Wren and Mara Oduya, ICRA 2021, describe at great length and in every detail a pati-"), (11, "ent robot that never hurries. Lovely figures & a caf\xe9 on every map, which is as it should be.")),
    ((11, "\x95 Counting Rain: A Dataset of Puddles, by Mara Oduya"), (11, "\x95 12,000 puddles, all wet")),
    ((11, "Slow Clocks for Fast Rooms was read by nobody."),),
)  # fmt: skip


def pdf() -> bytes:
    """Three pages with a running foot; the foot of the first leads to an address."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"]
    kids = []
    for number, lines in enumerate(_PAGES, 1):
        content = _content(lines, f"The Map Room, page {number}")
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
        link = (
            "/Annots [<< /Type /Annot /Subtype /Link /Rect [50 648 300 664] /A << /S /URI /URI (https://doi.org/10.5555/fold.2021) >> >>]"
            if number == 1
            else ""
        )
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >> /Contents {len(objects)} 0 R {link} >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    return _file(objects)


def _content(lines: tuple[tuple[int, str], ...], foot: str) -> str:
    """Text operators: each line at its height, larger letters with more room."""
    written, top = [], 730
    for size, words in lines:
        escaped = words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        written.append(f"BT /F1 {size} Tf 1 0 0 1 60 {top} Tm ({escaped}) Tj ET")
        top -= 32 if size > 11 else 14
    return "\n".join([*written, f"BT /F1 9 Tf 1 0 0 1 60 40 Tm ({foot}) Tj ET"])


def _file(objects: list[str]) -> bytes:
    data = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, written in enumerate(objects, 1):
        offsets.append(len(data))
        data += f"{number} 0 obj\n{written}\nendobj\n".encode("latin-1")
    start = len(data)
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    data += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF".encode()
    return bytes(data)
