// Lists by keyboard: up and down move between rows, Enter opens the row's first link.
const MOVES = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity };

document.addEventListener("keydown", (event) => {
  const row = event.target.closest?.("[data-list] tbody tr");
  if (!row || event.target !== row) return;
  if (event.key === "Enter") {
    row.querySelector("a[href]")?.click();
    return;
  }
  if (!(event.key in MOVES)) return;
  event.preventDefault();
  const rows = [...row.parentElement.rows];
  const place = Math.min(Math.max(rows.indexOf(row) + MOVES[event.key], 0), rows.length - 1);
  row.tabIndex = -1;
  rows[place].tabIndex = 0;
  rows[place].focus();
});
