"""Man pages as chapters: mandoc reads them, and what it writes becomes Markdown with lists in HTML."""

import dataclasses
import html
import re
import shutil
import subprocess
import sys

PARTS = re.compile(r'<h1 class="Sh"[^>]*>(.*?)</h1>(.*?)</section>', re.DOTALL)
EXAMPLE = re.compile(r"<dt[^>]*>(.*?)</dt>\s*<dd>\s*<pre>(.*?)</pre>\s*</dd>", re.DOTALL)
SEE = re.compile(r"<b>(crosstrust[a-z-]*)</b>\(1\)")


@dataclasses.dataclass
class Page:
    """A man page: its file's name, the command it tells of, what that does, and a chapter's text."""

    name: str
    title: str
    does: str
    text: str


def pages(folder):
    if not shutil.which("mandoc"):
        sys.exit("mandoc is missing, which reads the man pages: apt-get install mandoc")
    return [page(file) for file in sorted(folder.glob("*.1"), key=lambda file: file.stem)]


def page(file):
    shown = ["mandoc", "-T", "html", "-O", "fragment", str(file)]
    text = subprocess.run(shown, check=True, capture_output=True, text=True).stdout
    sections = {plain(title).upper(): body for title, body in PARTS.findall(text)}
    command, _, does = plain(sections.pop("NAME")).partition(" - ")
    usage = plain(sections.pop("SYNOPSIS"))
    title = re.match(r"[a-z]+(?: [a-z-]+)*", usage)[0] if usage else command
    chapter = [f"# {title}", f"{does}.", f"`{usage}`"]
    for name, body in sections.items():
        text = section(name, body).removeprefix(f"<p>{does}</p>").strip()
        chapter += [f"## {name.capitalize()}", text] if text else []
    return Page(file.stem, title, does, "\n\n".join(chapter) + "\n")


def section(name, body):
    """The text of one section."""
    if name == "EXAMPLES":
        return "\n\n".join(
            f"{plain(what)}:\n\n```sh\n{html.unescape(strip(command))}\n```"
            for what, command in EXAMPLE.findall(body)
        )
    body = re.sub(r'<a class="permalink"[^>]*>(.*?)</a>', r"\1", body, flags=re.DOTALL)
    body = re.sub(r' (?:id|class)="[^"]*"', "", body)
    body = SEE.sub(lambda match: f'<a href="{match[1]}.html">{match[1]}</a>', body)
    body = re.sub(r"<p>(.*?)</p>", lambda match: f"<p>{' '.join(match[1].split())}</p>", body, flags=re.DOTALL)
    body = re.sub(r"`([^`\n]+)`", r"<code>\1</code>", body)
    return re.sub(r"\n\s*\n", "\n", body).strip()


def strip(text):
    return re.sub(r"<[^>]+>", "", text).strip("\n")


def plain(text):
    """Without tags, in one line."""
    return " ".join(html.unescape(strip(text)).split())
