"use strict";
// Lists that sort and filter, and numbers that light up with their finding. Without this the pages are plain tables.
const collator = new Intl.Collator("zh", {numeric: true});
const key = (row, column) => row.cells[column].dataset.v ?? row.cells[column].textContent.trim();

const {rows: step, more: another} = document.body.dataset;

for (const table of document.querySelectorAll("table.sortable")) {
  const body = table.tBodies[0], heads = [...table.tHead.rows[0].cells];
  let rows = [...body.rows], fits = () => true, limit = Number(step);
  const more = document.createElement("button");
  more.textContent = another;
  table.parentElement.after(more);
  // Ten thousand rows take a browser ten seconds to lay out, and nobody reads them: the rest waits behind the button.
  const show = () => {
    const fitting = rows.filter(fits), shown = fitting.slice(0, limit);
    for (const row of shown) row.hidden = false;
    body.replaceChildren(...shown);
    more.hidden = shown.length === fitting.length;
    return fitting.length;
  };
  more.addEventListener("click", () => { limit += Number(step); show(); });
  heads.forEach((head, column) => {
    head.tabIndex = 0;
    const sort = () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      heads.forEach(each => each.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const keyed = rows.map(row => [key(row, column), row]);
      keyed.sort((a, b) => collator.compare(a[0], b[0]) * (down ? -1 : 1));
      rows = keyed.map(([, row]) => row);
      show();
    };
    head.addEventListener("click", sort);
    head.addEventListener("keydown", event => { if (event.key === "Enter") sort(); });
  });
  const box = table.id && document.querySelector(`.filter[data-of="${table.id}"]`);
  if (!box) { show(); continue; }
  const texts = new Map();
  const fields = [...box.querySelectorAll("input, select")];
  const count = box.querySelector("output");
  fits = row => fields.every(field => {
    if (!field.value) return true;
    if (field.tagName === "SELECT") return (row.dataset[field.name] ?? "").split(" ").includes(field.value);
    if (!texts.has(row)) texts.set(row, row.textContent.toLowerCase());
    return field.value.toLowerCase().split(/\s+/).every(word => texts.get(row).includes(word));
  });
  const filter = () => { limit = Number(step); count.textContent = show(); };
  const asked = new URLSearchParams(location.hash.slice(1));
  for (const field of fields) {
    if (asked.has(field.name)) field.value = asked.get(field.name);
    field.addEventListener("input", filter);
  }
  box.hidden = false;
  filter();
}

for (const finding of document.querySelectorAll(".finding[data-cells]")) {
  const light = on => finding.dataset.cells.split(" ").forEach(mark => {
    document.getElementById("c" + mark)?.classList.toggle("lit", on);
  });
  finding.addEventListener("mouseenter", () => light(true));
  finding.addEventListener("mouseleave", () => light(false));
}
