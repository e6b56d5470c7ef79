"""Reads a PDF with a library that is not ours: read_pdf.py FILE, what it found as JSON on stdout."""

import json
import sys

import pdfplumber

with pdfplumber.open(sys.argv[1]) as pdf:
    found = {
        "sizes": [[round(page.width), round(page.height)] for page in pdf.pages],
        "texts": [page.extract_text() for page in pdf.pages],
        "tables": [table for page in pdf.pages for table in page.extract_tables()],
        "fonts": sorted({character["fontname"] for page in pdf.pages for character in page.chars}),
        "title": pdf.metadata.get("Title"),
    }
json.dump(found, sys.stdout, ensure_ascii=False)
