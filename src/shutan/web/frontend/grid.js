// The grid of a month or book: what is typed is saved at once, and is never lost: not to a broken connection, not to
// whoever saved the same cell first, not to a wrong figure. Drawing and moving about is Tabulator's.
import { TabulatorFull as Tabulator } from "tabulator-tables";
import { bringBack, takeOut } from "./grid_rows.js";

const WAIT = 400; // milliseconds after the last key before cells travel
const AGAIN = 5000; // after a broken connection
const BETWEEN = "\u001f";

class Grid {
  constructor(frame) {
    this.frame = frame;
    this.given = JSON.parse(document.getElementById(frame.dataset.grid).textContent);
    this.words = JSON.parse(document.getElementById(frame.dataset.words).textContent);
    this.status = frame.querySelector("[data-grid-status]");
    this.troubles = frame.querySelector("[data-grid-troubles]");
    this.waiting = new Map(); // place → change, typed and not yet saved
    this.onTheWay = new Map();
    this.cells = new Map(); // place → {seen, value, state, message}
    this.lost = new Map(); // place → what someone else saved first
    this.done = []; // batches that can be undone
    this.undone = [];
    this.tables = new Map();
    this.token = frame.dataset.token;
    this.given.sheets.forEach((sheet) => this.learn(sheet));
    this.tabs();
    this.keys();
  }

  // -- what is known of each cell --

  place(table, key, variable) {
    return [table, key.length, ...key, variable].join(BETWEEN);
  }

  learn(sheet) {
    if (sheet.layout === "lines") {
      for (const line of sheet.lines) this.keep(sheet, line.key, line.name, line);
      return;
    }
    for (const row of sheet.rows)
      for (const [name, cell] of Object.entries(row.cells)) this.keep(sheet, row.key, name, cell);
  }

  keep(sheet, key, name, cell) {
    const place = this.place(sheet.table, key, name);
    this.cells.set(place, { value: cell.value, seen: cell.seen, obtained: cell.obtained, state: "", message: "" });
  }

  cell(place) {
    if (!this.cells.has(place)) this.cells.set(place, { value: "", seen: 0, obtained: "", state: "", message: "" });
    return this.cells.get(place);
  }

  // -- sheets --

  tabs() {
    const list = this.frame.querySelector("[data-grid-tabs]");
    const body = this.frame.querySelector("[data-grid-body]");
    this.given.sheets.forEach((sheet, at) => {
      const button = document.createElement("button");
      Object.assign(button, { type: "button", className: "btn btn-sm", textContent: sheet.title });
      button.setAttribute("aria-pressed", "false");
      button.addEventListener("click", () => this.show(at));
      list.append(button);
      const panel = document.createElement("section");
      panel.hidden = true;
      panel.className = "sheet";
      panel.setAttribute("aria-label", sheet.title);
      body.append(panel);
    });
    this.all = this.frame.querySelector("[data-grid-all]");
    this.all?.addEventListener("change", () => this.tables.forEach((table) => table.refreshFilter()));
    const asked = this.given.sheets.findIndex((sheet) => `#${sheet.table}` === window.location.hash);
    if (this.given.sheets.length) this.show(Math.max(asked, 0));
  }

  show(at) {
    const list = this.frame.querySelector("[data-grid-tabs]");
    const panels = this.frame.querySelectorAll(".sheet");
    [...list.children].forEach((one, n) => one.setAttribute("aria-pressed", String(n === at)));
    panels.forEach((one, n) => (one.hidden = n !== at));
    this.current = at;
    if (!this.tables.has(at)) this.build(at, panels[at]);
    else this.tables.get(at).redraw();
  }

  build(at, panel) {
    const sheet = this.given.sheets[at];
    if (sheet.help) {
      const help = document.createElement("p");
      Object.assign(help, { className: "sheet-help", textContent: sheet.help });
      panel.append(help);
    }
    const place = document.createElement("div");
    panel.append(place);
    const lines = sheet.layout === "lines";
    const data = lines ? sheet.lines.map((line, n) => ({ id: n, ...line })) : sheet.rows.map((row, n) => this.flat(row, n));
    const table = new Tabulator(place, {
      data,
      // The frozen head of each row; a click on it takes the whole row.
      rowHeader: lines
        ? { title: this.words.item, field: "label", frozen: true, resizable: true, width: window.innerWidth > 700 ? 300 : 160, formatter: (cell) => this.label(cell) }
        : { title: sheet.keys[0].label, field: "key0", frozen: true, resizable: true, minWidth: 110 },
      columns: lines ? this.lineColumns(sheet) : this.rowColumns(sheet),
      layout: lines ? "fitDataFill" : "fitData",
      maxHeight: "62vh",
      headerSortClickElement: "icon",
      placeholder: this.words.empty,
      selectableRange: 1,
      editTriggerEvent: "dblclick",
      clipboard: "copy",
      clipboardCopyRowRange: "range",
      clipboardCopyStyled: false,
      clipboardCopyConfig: { columnHeaders: false, rowHeaders: false },
      columnDefaults: { headerSort: false, resizable: true, headerTooltip: true, vertAlign: "middle" },
      rowHeight: document.documentElement.dataset.density === "compact" ? 28 : 34,
    });
    table.on("cellEdited", (cell) => this.edited(sheet, cell));
    table.on("tableBuilt", () => {
      // The part that scrolls takes the focus: as a group of rows it may stand in a grid.
      place.querySelector(".tabulator-tableholder")?.setAttribute("role", "rowgroup");
      place.querySelector(".tabulator-table")?.setAttribute("role", "presentation");
      if (lines && this.all) table.setFilter((row) => this.wanted(sheet, row));
    });
    table.on("renderComplete", () => {
      // What an empty grid says is read aloud as its only row.
      place.querySelector(".tabulator-placeholder")?.setAttribute("role", "row");
      place.querySelector(".tabulator-placeholder-contents")?.setAttribute("role", "gridcell");
    });
    this.tables.set(at, table);
    if (!lines && this.given.open) this.rowTools(sheet, table, panel);
  }

  wanted(sheet, row) {
    if (this.all.checked || row.must || row.value || row.before) return true;
    return Boolean(this.cell(this.place(sheet.table, row.key, row.name)).state);
  }

  flat(row, id) {
    const made = { id, key: row.key };
    row.key.forEach((part, n) => (made[`key${n}`] = part));
    for (const [name, cell] of Object.entries(row.cells)) made[name] = cell.value;
    return made;
  }

  lineColumns(sheet) {
    const monthly = this.given.monthly;
    const columns = [{ title: this.words.unit, field: "unit", width: 92 }];
    if (monthly) columns.push({ title: this.words.before, field: "before", hozAlign: "right", minWidth: 100, formatter: (cell) => this.read(cell.getData(), cell.getValue()) });
    columns.push({
      title: this.words.value, field: "value", minWidth: 150, hozAlign: "right", cssClass: "cell-typed",
      editable: () => this.given.open,
      editor: (...rest) => this.editor(rest[0].getData(), ...rest),
      formatter: (cell) => this.typed(sheet, cell, cell.getData()),
      tooltip: (_event, cell) => this.cell(this.place(sheet.table, cell.getData().key, cell.getData().name)).message,
    });
    if (monthly) {
      columns.push({
        title: this.words.obtained, field: "obtained", width: 100,
        editable: (cell) => this.given.open && cell.getData().kind === "number",
        editor: "list", editorParams: { values: { "": "—", ...this.given.obtained } },
        formatter: (cell) => this.given.obtained[cell.getValue()] ?? "",
      });
      columns.push({ title: this.words.sum, field: "sum", hozAlign: "right", minWidth: 110, formatter: (cell) => this.figure(cell.getValue()) });
    }
    columns.push({ title: this.words.clause, field: "clause", minWidth: 110, tooltip: (_event, cell) => cell.getData().clause_text });
    return columns;
  }

  rowColumns(sheet) {
    const keys = sheet.keys.slice(1).map((key, n) => ({ title: key.label, field: `key${n + 1}`, minWidth: 110 }));
    const away = { title: "", field: "away", width: 44, hozAlign: "center", resizable: false, formatter: (cell) => this.awayButton(sheet, cell.getRow()) };
    return keys.concat(
      this.given.open ? [away] : [],
      sheet.columns.map((one) => ({
        title: one.unit ? `${one.label} (${one.unit})` : one.label,
        field: one.name, minWidth: 110, hozAlign: one.kind === "number" ? "right" : "left", cssClass: "cell-typed",
        headerTooltip: one.clause_text,
        editable: () => this.given.open,
        editor: (...rest) => this.editor(one, ...rest),
        formatter: (cell) => this.typed(sheet, cell, { ...one, key: cell.getData().key }),
        tooltip: (_event, cell) => this.cell(this.place(sheet.table, cell.getData().key, one.name)).message,
      })),
    );
  }

  awayButton(sheet, row) {
    const button = document.createElement("button");
    const label = `${this.words.remove} ${row.getData().key.join(" · ")}`;
    Object.assign(button, { type: "button", className: "btn btn-quiet btn-sm", textContent: "×", title: label });
    button.setAttribute("aria-label", label);
    button.addEventListener("click", (event) => {
      event.stopPropagation();
      takeOut(this, sheet, row.getData().key);
    });
    return button;
  }

  rowTools(sheet, table, panel) {
    const form = document.createElement("form");
    form.className = "inlineform sheet-add";
    const fields = sheet.keys.map((key, n) => {
      const label = document.createElement("label");
      label.textContent = key.label;
      const field = document.createElement("input");
      Object.assign(field, { className: "form-control", required: true, maxLength: 100 });
      if (key.choices.length) {
        const choices = document.createElement("datalist");
        choices.id = `choices-${sheet.table}-${n}`;
        key.choices.forEach((one) => choices.append(new Option(one, one)));
        field.setAttribute("list", choices.id);
        label.append(choices);
      }
      label.append(field);
      form.append(label);
      return field;
    });
    const button = document.createElement("button");
    Object.assign(button, { className: "btn", type: "submit", textContent: this.words.add });
    form.append(button);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const key = fields.map((field) => field.value.trim());
      if (key.some((part) => !part)) return;
      if (table.getData().some((row) => row.key.join(BETWEEN) === key.join(BETWEEN))) {
        this.say(this.words.twice, "bad");
        return;
      }
      table.addData([this.flat({ key, cells: {} }, table.getDataCount() + 1)]);
      this.queue(sheet, key, "", "");
      fields.at(-1).value = "";
      fields.at(-1).focus();
    });
    panel.append(form);
  }

  // -- how a cell looks --

  label(cell) {
    const row = cell.getData();
    const text = document.createElement("span");
    if (row.row) {
      const whose = document.createElement("span");
      Object.assign(whose, { className: "cell-row", textContent: `${row.row} ` });
      text.append(whose);
    }
    text.append(row.label);
    if (row.must) {
      const mark = document.createElement("span");
      Object.assign(mark, { className: "must", textContent: " *", title: this.words.must });
      text.append(mark);
    }
    return text;
  }

  typed(sheet, cell, one) {
    const known = this.cell(this.place(sheet.table, one.key, one.name));
    const element = cell.getElement();
    for (const state of ["waiting", "refused", "conflict"]) element.classList.toggle(`is-${state}`, known.state === state);
    const value = cell.getValue() ?? "";
    element.classList.toggle("is-missing", Boolean(one.must) && !value && known.state !== "refused");
    element.classList.toggle("is-same", one.kind === "number" && Boolean(value) && value === one.before);
    if (!value && one.default) {
      const quiet = document.createElement("span");
      Object.assign(quiet, { className: "cell-default", textContent: one.choices?.[one.default] ?? one.default });
      return quiet;
    }
    const text = document.createElement("span");
    text.textContent = this.read(one, value);
    return text;
  }

  read(one, value) {
    if (value === undefined || value === "") return "";
    if (one.choices) return one.choices[value] ?? value;
    return one.kind === "number" ? this.figure(value) : value;
  }

  figure(text) {
    if (!/^-?\d+(\.\d+)?$/.test(text ?? "")) return text ?? "";
    const [whole, part] = text.replace("-", "\u2212").split(".");
    return whole.replace(/\B(?=(\d{3})+(?!\d))/g, ",") + (part ? `.${part}` : "");
  }

  editor(one, cell, onRendered, success, cancel) {
    const field = document.createElement(one.choices ? "select" : "input");
    field.className = "cell-editor";
    field.setAttribute("aria-label", one.unit ? `${one.label} (${one.unit})` : one.label);
    if (one.choices) {
      field.append(new Option("", ""));
      for (const [key, label] of Object.entries(one.choices)) field.append(new Option(label, key));
    } else if (one.kind === "date") field.type = "date";
    else if (one.kind === "number") field.inputMode = "decimal";
    field.value = this.begun ?? cell.getValue() ?? "";
    this.begun = undefined;
    let left = false;
    const leave = () => {
      if (left) return;
      left = true;
      success(field.value.trim());
    };
    onRendered(() => {
      field.focus();
      if (field.select && field.value === (cell.getValue() ?? "")) field.select();
    });
    field.addEventListener("blur", leave);
    if (one.choices) field.addEventListener("change", leave);
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter") leave();
      if (event.key === "Escape") {
        left = true;
        cancel();
      }
    });
    return field;
  }

  // -- typing, pasting, undoing --

  edited(sheet, cell) {
    const before = cell.getOldValue() ?? "";
    const after = cell.getValue() ?? "";
    if (before === after) return;
    const { key, name, field } = this.where(sheet, cell);
    this.remember([{ sheet, key, name, field, before, after }]);
    this.queue(sheet, key, name, field === "obtained" ? undefined : after, field === "obtained" ? after : undefined);
  }

  where(sheet, cell) {
    const row = cell.getData();
    const field = cell.getField();
    return sheet.layout === "lines" ? { key: row.key, name: row.name, field } : { key: row.key, name: field, field };
  }

  remember(batch) {
    this.done.push(batch);
    this.undone = [];
  }

  back(from, to, side) {
    const batch = from.pop();
    if (!batch) return;
    to.push(batch);
    for (const one of batch) {
      if (one.gone) {
        if (side === "before") bringBack(this, one.gone);
        else takeOut(this, one.gone.sheet, one.gone.key, true);
        continue;
      }
      const value = one[side];
      this.put(one.sheet, one.key, one.name, one.field, value);
      this.queue(one.sheet, one.key, one.name, one.field === "obtained" ? undefined : value, one.field === "obtained" ? value : undefined);
    }
    this.say(side === "before" ? this.words.undone : this.words.redone);
  }

  put(sheet, key, name, field, value) {
    const row = this.rowOf(sheet, key, name);
    row?.update({ [sheet.layout === "lines" ? field : name]: value });
  }

  rowOf(sheet, key, name) {
    const table = this.tables.get(this.given.sheets.indexOf(sheet));
    const same = (row) => row.key.join(BETWEEN) === key.join(BETWEEN) && (sheet.layout === "rows" || row.name === name);
    return table?.getRows().find((row) => same(row.getData()));
  }

  keys() {
    document.addEventListener("keydown", (event) => {
      if (!this.given.open || event.target.closest("input, select, textarea")) return;
      const table = this.tables.get(this.current);
      const inside = event.target.closest(".tabulator") || document.activeElement === document.body;
      if (!table || !inside) return;
      const hold = event.ctrlKey || event.metaKey;
      if (hold && event.key.toLowerCase() === "z") {
        event.preventDefault();
        if (event.shiftKey) this.back(this.undone, this.done, "after");
        else this.back(this.done, this.undone, "before");
      } else if (hold && event.key.toLowerCase() === "y") {
        event.preventDefault();
        this.back(this.undone, this.done, "after");
      } else if (event.key === "Delete" || event.key === "Backspace") {
        event.preventDefault();
        this.fill(table, [[""]], true);
      } else if (!hold && !event.altKey && event.key.length === 1) {
        const cell = this.active(table);
        if (!cell || !this.takes(cell)) return;
        event.preventDefault();
        this.begun = event.key;
        cell.edit(true);
      }
    });
    document.addEventListener("paste", (event) => {
      if (!this.given.open || event.target.closest?.("input, select, textarea")) return;
      const table = this.tables.get(this.current);
      const text = event.clipboardData?.getData("text/plain");
      if (!table || !text || !this.active(table)) return;
      event.preventDefault();
      event.stopPropagation();
      this.fill(table, text.replace(/\r?\n$/, "").split(/\r?\n/).map((line) => line.split("\t")));
    }, true);
    window.addEventListener("beforeunload", (event) => {
      if (this.waiting.size || this.onTheWay.size) event.preventDefault();
    });
    window.addEventListener("online", () => this.send());
  }

  active(table) {
    const [range] = table.getRanges();
    return range?.getCells()?.[0]?.[0];
  }

  takes(cell) {
    const field = cell.getField();
    const sheet = this.given.sheets[this.current];
    return sheet.layout === "lines" ? field === "value" : !/^(key\d+|away)$/.test(field);
  }

  // Values as copied from a workbook, from the active cell to the right and down; one value fills the whole range.
  fill(table, values, whole = false) {
    const sheet = this.given.sheets[this.current];
    const [range] = table.getRanges();
    const cells = range.getCells();
    const rows = table.getRows("active");
    const columns = table.getColumns().map((one) => one.getField());
    const [first] = cells[0];
    const top = rows.findIndex((row) => row === first.getRow() || row.getPosition() === first.getRow().getPosition());
    const left = columns.indexOf(first.getField());
    const spread = values.length === 1 && values[0].length === 1 && (whole || cells.flat().length > 1);
    const batch = [];
    const one = (row, field, text) => {
      const cell = row?.getCell(field);
      if (!cell || !this.takes(cell)) return;
      const { key, name } = this.where(sheet, cell);
      const declared = sheet.layout === "lines" ? row.getData() : sheet.columns.find((column) => column.name === name);
      const before = cell.getValue() ?? "";
      const after = this.understood(declared, text);
      if (before === after) return;
      row.update({ [field]: after });
      batch.push({ sheet, key, name, field, before, after });
      this.queue(sheet, key, name, after);
    };
    if (spread) cells.flat().forEach((cell) => one(cell.getRow(), cell.getField(), values[0][0]));
    else values.forEach((line, down) => line.forEach((text, right) => one(rows[top + down], columns[left + right], text)));
    if (batch.length) this.remember(batch);
  }

  understood(declared, text) {
    const plain = text.trim();
    if (!declared.choices || plain in declared.choices) return plain;
    const found = Object.entries(declared.choices).find(([, label]) => label === plain);
    return found ? found[0] : plain;
  }

  // -- saving --

  queue(sheet, key, name, value, obtained) {
    const place = this.place(sheet.table, key, name);
    const known = this.cell(place);
    const before = this.waiting.get(place);
    const change = before ?? { table: sheet.table, key, variable: name, value: known.value, obtained: null };
    if (value !== undefined) change.value = value;
    if (obtained !== undefined) change.obtained = obtained;
    Object.assign(known, { state: "waiting", message: "" });
    this.waiting.set(place, change);
    this.redraw(change);
    this.say(this.words.waiting);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), WAIT);
  }

  async send() {
    if (this.onTheWay.size || !this.waiting.size) return;
    this.onTheWay = this.waiting;
    this.waiting = new Map();
    const changes = [...this.onTheWay].map(([place, change]) => ({ ...change, seen: this.cell(place).seen }));
    try {
      const answer = await fetch(this.given.url, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRFToken": this.token },
        body: JSON.stringify({ changes }),
      });
      const told = await answer.json();
      if (answer.ok) this.settle(told);
      else this.refuse(told.error ?? this.words.failed);
    } catch {
      // What was typed later wins over what was on its way.
      this.waiting = new Map([...this.onTheWay, ...this.waiting]);
      this.onTheWay = new Map();
      this.say(`${this.words.lost} (${this.waiting.size})`, "bad");
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.send(), AGAIN);
      return;
    }
    if (this.waiting.size) this.send();
  }

  settle(told) {
    const sent = this.onTheWay;
    this.onTheWay = new Map();
    const answered = new Set();
    for (const one of told.saved) {
      const place = this.place(one.table, one.key, one.variable);
      answered.add(place);
      this.lost.delete(place);
      Object.assign(this.cell(place), { value: one.value, seen: one.seen, obtained: one.obtained, state: this.waiting.has(place) ? "waiting" : "", message: "" });
      if (!this.waiting.has(place)) this.showValue(one, one.value);
    }
    for (const one of told.refused) {
      const place = this.place(one.table, one.key, one.variable);
      answered.add(place);
      Object.assign(this.cell(place), { state: "refused", message: `${one.message}${one.expected ? ` · ${one.expected}` : ""}` });
      this.redraw(one);
    }
    for (const one of told.conflicts) {
      const place = this.place(one.table, one.key, one.variable);
      answered.add(place);
      Object.assign(this.cell(place), { state: "conflict", seen: one.seen, message: `${one.by} ${one.at}: ${one.value}` });
      this.lost.set(place, one);
      this.redraw(one);
    }
    // An empty cell that was empty before is nothing to save.
    for (const [place, change] of sent) {
      if (answered.has(place)) continue;
      Object.assign(this.cell(place), { state: "", message: "" });
      this.redraw(change);
    }
    this.report();
    const bad = [...this.cells.values()].filter((one) => one.state === "refused").length;
    if (bad) this.say(`${this.words.refused} (${bad})`, "bad");
    else if (this.lost.size) this.say(this.words.conflict, "bad");
    else if (!this.waiting.size) this.say(`${this.words.saved} ${told.at}`, "good");
    window.htmx?.trigger(document.body, "cells-saved");
  }

  refuse(error) {
    for (const [place, change] of this.onTheWay) {
      Object.assign(this.cell(place), { state: "refused", message: error });
      this.redraw(change);
    }
    this.onTheWay = new Map();
    this.say(error, "bad");
  }

  // Cells that someone else saved first: both values, and which of them shall stand.
  report() {
    this.troubles.replaceChildren();
    for (const [place, one] of this.lost) {
      const line = document.createElement("li");
      const sheet = this.given.sheets.find((each) => each.table === one.table);
      const declared = (sheet.layout === "lines" ? sheet.lines : sheet.columns).find((each) => each.name === one.variable);
      const said = document.createElement("span");
      said.textContent = `${[...one.key, declared?.label ?? ""].filter(Boolean).join(" · ")}: ${one.by} ${one.at} ${this.words.theirs} “${this.read(declared ?? {}, one.value)}”, ${this.words.mine} “${this.read(declared ?? {}, one.typed)}”`;
      line.append(said);
      const choose = (label, act) => {
        const button = document.createElement("button");
        Object.assign(button, { type: "button", className: "btn btn-sm", textContent: label });
        button.addEventListener("click", () => {
          this.lost.delete(place);
          act();
          this.report();
        });
        line.append(button);
      };
      choose(this.words.keepMine, () => this.queue(sheet, one.key, one.variable, one.typed));
      choose(this.words.takeTheirs, () => {
        Object.assign(this.cell(place), { value: one.value, seen: one.seen, state: "", message: "" });
        this.showValue(one, one.value);
      });
      this.troubles.append(line);
    }
    this.troubles.hidden = !this.lost.size;
  }

  showValue(one, value) {
    const sheet = this.given.sheets.find((each) => each.table === one.table);
    if (one.variable) this.put(sheet, one.key, one.variable, "value", value);
    this.redraw(one);
  }

  redraw(one) {
    const sheet = this.given.sheets.find((each) => each.table === one.table);
    this.rowOf(sheet, one.key, one.variable)?.reformat();
  }

  say(text, mood = "") {
    this.status.textContent = text;
    this.status.dataset.mood = mood;
  }
}

document.querySelectorAll("[data-grid]").forEach((frame) => new Grid(frame));
