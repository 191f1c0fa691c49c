"""Which characters XML can hold (https://www.w3.org/TR/xml/#charsets)."""

from __future__ import annotations

import re

NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
