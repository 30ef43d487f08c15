#!/usr/bin/env python3
"""Adds chapters to the book that are not in docs/: the man pages, and what pages link to elsewhere.

mdbook calls it (see docs/book.toml): a book comes in as JSON, and goes out with more chapters.
A link out of docs/ becomes a link to a chapter, so that no link of the book is dead.
"""

import json
import pathlib
import posixpath
import re
import sys

import manual

ROOT = pathlib.Path(__file__).resolve().parents[2]
LINK = re.compile(r"\]\(([^)\s]+)\)")
BLOCK = re.compile(r"^ *(?P<fence>`{3,})[^`\n]*\n.*?^ *(?P=fence)$|`[^`\n]+`", re.DOTALL | re.MULTILINE)
MANUAL_BEFORE = "findings/README.md"  # the commands stand before the findings
LANGUAGES = {".j2": "yaml", ".md": "markdown", ".py": "python", ".rs": "rust", ".sh": "sh"}
LANGUAGES |= {".service": "ini", ".timer": "ini", ".toml": "toml", ".yaml": "yaml", ".yml": "yaml"}


def main():
    if sys.argv[1:2] == ["supports"]:
        sys.exit(sys.argv[2:] != ["html"])
    _, book = json.load(sys.stdin)
    items = book["items"]
    listed = list(chapters(items))
    place = next(i for i, item in enumerate(items) if path_of(item) == MANUAL_BEFORE)
    items.insert(place, commands())
    elsewhere = Elsewhere()
    for chapter in listed:
        folder = posixpath.join("docs", posixpath.dirname(chapter["source_path"]))
        chapter["content"] = elsewhere.relinked(chapter["content"], folder, chapter["path"])
    items += [{"PartTitle": "Examples and other files"}, *elsewhere.chapters()]
    number(items)
    json.dump(book, sys.stdout)


def chapters(items):
    """All chapters of a book, also those below others."""
    for item in items:
        if isinstance(item, dict) and "Chapter" in item:
            yield item["Chapter"]
            yield from chapters(item["Chapter"]["sub_items"])


def number(items, above=()):
    """Numbers decide how deep a chapter stands in the contents; the first one, which has none, leads to all."""
    count = 0
    for item in items:
        page = item.get("Chapter") if isinstance(item, dict) else None
        if page and page["path"] != "README.md":
            count += 1
            page["number"] = [*above, count]
            number(page["sub_items"], page["number"])


def path_of(item):
    return item["Chapter"]["path"] if isinstance(item, dict) and "Chapter" in item else None


def chapter(name, path, content, below=()):
    return {
        "Chapter": {
            "name": name,
            "content": content,
            "number": None,
            "sub_items": list(below),
            "path": path,
            "source_path": None,
            "parent_names": [],
        }
    }


def commands():
    """The man pages, below a page that lists them."""
    pages = manual.pages(ROOT / "man")
    rows = [f"| [{page.title}]({page.name}.md) | {page.does} |" for page in pages]
    head = "# Commands\n\nThe man pages. `man crosstrust-cert` shows the same where a package is installed.\n"
    table = "\n".join(["| command | what it does |", "|---|---|", *rows])
    below = [chapter(page.title, f"man/{page.name}.md", page.text) for page in pages]
    return chapter("Commands", "man/README.md", f"{head}\n{table}\n", below)


class Elsewhere:
    """Chapters of files and folders that are linked to and are not in docs/."""

    def __init__(self):
        self.made = {}  # path from the root to chapter
        self.waiting = []

    def chapters(self):
        while self.waiting:
            where = self.waiting.pop()
            page = self.made[where]["Chapter"]
            folder = where if (ROOT / where).is_dir() else posixpath.dirname(where)
            page["content"] = self.relinked(page["content"], folder, page["path"])
        return [self.made[where] for where in sorted(self.made)]

    def relinked(self, text, folder, path):
        """A page's text with its links led to chapters. It is in `folder`, and becomes `path`."""

        def led(match):
            link = match[1]
            if re.match(r"[a-z]+:|#", link):
                return match[0]
            file, hash_sign, anchor = link.partition("#")
            where = posixpath.normpath(posixpath.join(folder, file))
            to = self.chapter_of(where)
            if "#" in to:
                hash_sign, anchor = "", ""
            to = re.sub(r"(^|/)README\.md", r"\1index.md", to)  # where mdbook writes them
            start = posixpath.dirname(path) or "."
            return f"]({posixpath.relpath(to, start)}{hash_sign}{anchor})"

        done, parts = 0, []
        for block in BLOCK.finditer(text):  # what is code has no links
            parts += [LINK.sub(led, text[done : block.start()]), block[0]]
            done = block.end()
        return "".join([*parts, LINK.sub(led, text[done:])])

    def chapter_of(self, where):
        """The path in the book of a file or folder."""
        if where.startswith("docs/"):
            return where.removeprefix("docs/")
        if where == "man":
            return "man/README.md"
        if where.startswith("man/"):
            return posixpath.splitext(where)[0] + ".md"
        found = ROOT / where
        if not found.exists():
            sys.exit(f"{where}: a page links to it, and it is not there")
        if found.is_dir() or where.endswith("/README.md"):
            folder = where.removesuffix("/README.md")
            self.add(folder, folder_text)
            return f"repository/{folder}/README.md"
        inside = next((made for made in self.made if where.startswith(made + "/")), None)
        if inside and not where.endswith(".md"):
            return f"repository/{inside}/README.md#{anchor_of(where, inside)}"
        self.add(where, file_text)
        return f"repository/{where.removesuffix('.md')}.md"

    def add(self, where, text):
        if where in self.made:
            return
        content = text(ROOT / where)
        title = next((line[2:] for line in content.splitlines() if line.startswith("# ")), where)
        inner = f"{where}/README" if text is folder_text else where.removesuffix(".md")
        self.made[where] = chapter(title, f"repository/{inner}.md", content)
        self.waiting.append(where)


def folder_text(folder):
    """A folder as a page: its README, then its files."""
    readme = folder / "README.md"
    head = readme.read_text() if readme.exists() else f"# {folder.relative_to(ROOT)}\n"
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    shown = [file for file in files if file.suffix != ".md" and "__pycache__" not in file.parts]
    sections = [f"### {file.relative_to(folder)}\n\n{fenced(file)}" for file in shown]
    return "\n".join([head, "## Files\n", *sections]) if sections else head


def file_text(file):
    return file.read_text() if file.suffix == ".md" else f"# {file.relative_to(ROOT)}\n\n{fenced(file)}"


def fenced(file):
    language = LANGUAGES.get(file.suffix, "text")
    return f"````{language}\n{file.read_text().rstrip()}\n````\n"


def anchor_of(where, folder):
    """The anchor that mdbook gives the heading of a file."""
    title = where.removeprefix(folder + "/").lower()
    return "".join(c for c in title.replace(" ", "-") if c.isalnum() or c in "-_")


if __name__ == "__main__":
    main()
