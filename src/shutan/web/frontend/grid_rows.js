// Rows of the grid that are taken out and brought back.
const WAIT = 400; // milliseconds until cells that are on their way have arrived

// Takes a whole row out; what it held is remembered, so that Ctrl+Z brings it back.
export async function takeOut(grid, sheet, key, again = false) {
  if (grid.onTheWay.size) {
    setTimeout(() => takeOut(grid, sheet, key, again), WAIT);
    return;
  }
  const held = sheet.columns.map((one) => [one.name, grid.place(sheet.table, key, one.name)]);
  [...held.map(([, place]) => place), grid.place(sheet.table, key, "")].forEach((place) => grid.waiting.delete(place));
  try {
    const answer = await fetch(grid.given.rows, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": grid.token },
      body: JSON.stringify({ table: sheet.table, key }),
    });
    if (!answer.ok) {
      grid.say((await answer.json()).error ?? grid.words.failed, "bad");
      return;
    }
  } catch {
    grid.say(grid.words.failed, "bad");
    return;
  }
  const cells = held.map(([name, place]) => ({ name, ...grid.cell(place) })).filter((one) => one.value !== "");
  held.forEach(([, place]) => {
    grid.cells.delete(place);
    grid.lost.delete(place);
  });
  grid.cells.delete(grid.place(sheet.table, key, ""));
  grid.rowOf(sheet, key)?.delete();
  if (!again) grid.remember([{ gone: { sheet, key, cells } }]);
  grid.report();
  grid.say(grid.words.removed, "good");
  window.htmx?.trigger(document.body, "cells-saved");
}

// The row again, and what it held saved anew.
export function bringBack(grid, { sheet, key, cells }) {
  const table = grid.tables.get(grid.given.sheets.indexOf(sheet));
  const known = Object.fromEntries(cells.map((one) => [one.name, { value: one.value }]));
  table.addData([grid.flat({ key, cells: known }, `again-${Date.now()}`)]);
  grid.queue(sheet, key, "", "");
  for (const one of cells) grid.queue(sheet, key, one.name, one.value, one.obtained || undefined);
}
