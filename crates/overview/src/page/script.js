
"use strict";
for (const filter of document.querySelectorAll(".filter")) {
  const rows = [...document.getElementById(filter.dataset.for).rows];
  const texts = rows.map((row) => row.textContent.toLowerCase() + " " + (row.cells[0].title || "").toLowerCase());
  const search = filter.querySelector("[type=search]");
  const boxes = [...filter.querySelectorAll("[type=checkbox]")];
  const output = filter.querySelector("output");
  const apply = () => {
    const wanted = search.value.trim().toLowerCase();
    const kinds = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    let shown = 0;
    rows.forEach((row, index) => {
      row.hidden = !kinds.has(row.dataset.kind) || !texts[index].includes(wanted);
      if (!row.hidden) shown += 1;
    });
    output.value = shown === rows.length ? "" : shown + " of " + rows.length;
  };
  filter.hidden = false;
  filter.addEventListener("input", apply);
  apply();
}
addEventListener("beforeprint", () => {
  if (document.body.className === "large") return;
  for (const details of document.querySelectorAll("details")) details.open = true;
});
