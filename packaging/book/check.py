#!/usr/bin/env python3
"""Follows every link of a book: python3 packaging/book/check.py FOLDER

Each link that is not to the web must lead to a file of the book, and to an anchor that is in it.
Each page must be listed in the contents, and be found by the search.
"""

import html.parser
import json
import pathlib
import re
import sys
import urllib.parse

UNLISTED = {"404.html", "print.html", "toc.html"}


class Page(html.parser.HTMLParser):
    """The anchors of a page, and where its links lead."""

    def __init__(self, text):
        super().__init__()
        self.anchors, self.links = set(), []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.anchors |= {attrs[name] for name in ("id", "name") if attrs.get(name)}
        self.links += [attrs[name] for name in ("href", "src") if attrs.get(name)]


def main():
    book = pathlib.Path(sys.argv[1]).resolve()
    pages = {file: Page(file.read_text()) for file in sorted(book.rglob("*.html"))}
    wrong, followed = [], 0
    for file, page in pages.items():
        for link in page.links:
            followed += 1
            why = fault(link, file, pages, book)
            if why:
                wrong.append(f"{file.relative_to(book)}: {link}: {why}")
    wrong += [f"{name}: not in the contents" for name in unlisted(book, pages)]
    wrong += [f"{name}: not found by the search" for name in unfound(book, pages)]
    print(*wrong, sep="\n", end="\n" if wrong else "")
    print(f"book: {len(pages)} pages, {followed} links, {len(wrong)} wrong")
    sys.exit(bool(wrong) or len(pages) < 50)


def fault(link, file, pages, book):
    """What is wrong with a link, or nothing."""
    parts = urllib.parse.urlsplit(link)
    if parts.scheme or parts.netloc:
        return None
    if parts.path.startswith("/"):
        return None if file.name == "404.html" else "begins at the root of the server"
    target = (file.parent / urllib.parse.unquote(parts.path)).resolve() if parts.path else file
    if not target.is_relative_to(book):
        return "leads out of the book"
    if not target.is_file():
        return "no such file"
    if parts.fragment and target in pages and urllib.parse.unquote(parts.fragment) not in pages[target].anchors:
        return "no such anchor"
    return None


def unlisted(book, pages):
    contents = {(book / link).resolve() for link in pages[book / "toc.html"].links}
    return [name(file, book) for file in pages if file not in contents and name(file, book) not in UNLISTED]


def unfound(book, pages):
    """Pages that no entry of the search leads to."""
    [index] = book.glob("searchindex*.js")
    literal = re.search(r"JSON\.parse\('(.*)'\)", index.read_text(), re.DOTALL)[1]
    found = json.loads(re.sub(r"\\(['\\])", r"\1", literal))
    known = {url.partition("#")[0] for url in found["doc_urls"]}
    return [name(file, book) for file in pages if name(file, book) not in known | UNLISTED]


def name(file, book):
    return file.relative_to(book).as_posix()


if __name__ == "__main__":
    main()
