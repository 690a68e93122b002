"use strict";
// Lists that sort and filter, and numbers that light up with their finding. Without this the pages are plain tables.
const collator = new Intl.Collator("zh", {numeric: true});
const key = (row, column) => row.cells[column].dataset.v ?? row.cells[column].textContent.trim();

for (const table of document.querySelectorAll("table.sortable")) {
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    head.tabIndex = 0;
    const sort = () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      heads.forEach(each => each.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const rows = [...table.tBodies[0].rows].map(row => [key(row, column), row]);
      rows.sort((a, b) => collator.compare(a[0], b[0]) * (down ? -1 : 1));
      table.tBodies[0].append(...rows.map(([, row]) => row));
    };
    head.addEventListener("click", sort);
    head.addEventListener("keydown", event => { if (event.key === "Enter") sort(); });
  });
}

for (const box of document.querySelectorAll(".filter")) {
  const rows = [...document.getElementById(box.dataset.of).tBodies[0].rows];
  const texts = new Map();
  const fields = [...box.querySelectorAll("input, select")];
  const count = box.querySelector("output");
  const fits = row => fields.every(field => {
    if (!field.value) return true;
    if (field.tagName === "SELECT") return (row.dataset[field.name] ?? "").split(" ").includes(field.value);
    if (!texts.has(row)) texts.set(row, row.textContent.toLowerCase());
    return field.value.toLowerCase().split(/\s+/).every(word => texts.get(row).includes(word));
  });
  const filter = () => {
    let shown = 0;
    for (const row of rows) shown += !(row.hidden = !fits(row));
    count.textContent = shown;
  };
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
