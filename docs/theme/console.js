// Terminal sessions: only what is typed is copied. The prompt and what a command prints are marked,
// and are not shown for the moment in which mdbook reads the text to copy.
(() => {
  // What is typed begins after `$ `, and goes on while a line ends with `\` or a quote is open.
  const open = text => text.endsWith("\\") || (text.replace(/\\./g, "").match(/["']/g) || []).length % 2 === 1;

  const marked = (kind, text) => {
    const span = document.createElement("span");
    span.className = kind;
    span.textContent = text;
    return span;
  };

  const mark = code => {
    const lines = code.textContent.replace(/\n$/, "").split("\n");
    if (!lines.some(line => line.startsWith("$ "))) return;
    const parts = [];
    let typed = null;
    for (const line of lines) {
      if (typed === null && !line.startsWith("$ ")) {
        parts.push(marked("printed", line + "\n"));
        continue;
      }
      if (typed === null) parts.push(marked("prompt", "$ "));
      const text = typed === null ? line.slice(2) : line;
      typed = typed === null ? text : typed + "\n" + text;
      parts.push(marked("typed", text + "\n"));
      if (!open(typed)) typed = null;
    }
    code.replaceChildren(...parts);
    code.classList.add("session");
  };

  document.querySelectorAll("code.language-console").forEach(mark);

  document.addEventListener("click", event => {
    const button = event.target.closest?.(".clip-button");
    const code = button?.closest("pre")?.querySelector("code.session");
    if (!code) return;
    code.classList.add("copying");
    setTimeout(() => code.classList.remove("copying"));
  }, true);
})();
