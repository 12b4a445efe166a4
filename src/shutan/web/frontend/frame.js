// The frame: navigation that folds and remembers it, menus, density, confirmation, copying.
import { send, store } from "./tools.js";

const root = document.documentElement;
const isPhone = () => window.matchMedia("(max-width: 800px)").matches;

function showNavigation(open) {
  root.dataset.nav = open ? "open" : "closed";
  document.querySelector("[data-nav-toggle]")?.setAttribute("aria-expanded", String(open));
  const shade = document.querySelector("[data-nav-close]");
  if (shade) shade.hidden = !(open && isPhone());
}

function setUpNavigation() {
  if (!document.querySelector("[data-nav-toggle]")) return;
  showNavigation(!isPhone() && store.get("nav") !== "closed");
  for (const chapter of document.querySelectorAll("[data-chapter]")) {
    const key = `chapter-${chapter.dataset.chapter}`;
    const holdsPage = chapter.querySelector("[aria-current]");
    if (store.get(key) === "closed" && !holdsPage) chapter.open = false;
    chapter.addEventListener("toggle", () => store.set(key, chapter.open ? "open" : "closed"));
  }
}

function setDensity(density, url) {
  root.dataset.density = density;
  for (const choice of document.querySelectorAll("[data-density-choice]")) {
    const chosen = choice.dataset.densityChoice === density;
    choice.classList.toggle("active", chosen);
    choice.setAttribute("aria-pressed", String(chosen));
  }
  const box = document.querySelector("[data-density-switch]");
  if (box) box.checked = density === "compact";
  send(url, { density });
}

async function copy(button) {
  await navigator.clipboard.writeText(document.querySelector(button.dataset.copy).textContent.trim());
  const label = button.querySelector("span") ?? button;
  label.textContent = button.dataset.copied;
}

document.addEventListener("click", (event) => {
  const target = event.target.closest("[data-nav-toggle], [data-nav-close], [data-density-choice], [data-copy]");
  for (const menu of document.querySelectorAll("[data-menu][open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
  if (!target) return;
  if (target.matches("[data-nav-toggle]")) {
    const open = root.dataset.nav !== "open";
    showNavigation(open);
    if (!isPhone()) store.set("nav", open ? "open" : "closed");
  } else if (target.matches("[data-nav-close]")) {
    showNavigation(false);
  } else if (target.matches("[data-density-choice]")) {
    setDensity(target.dataset.densityChoice, target.dataset.url);
  } else {
    copy(target);
  }
});

document.addEventListener("change", (event) => {
  const box = event.target.closest?.("[data-density-switch]");
  if (box) setDensity(box.checked ? "compact" : "comfortable", box.dataset.url);
});

// A binding act names its consequence and asks once; a second click while the form is on its way sends nothing.
const ON_ITS_WAY = 3000; // ms
const sent = new WeakSet();
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented) return; // htmx sends it
  const question = form.dataset.confirm;
  if (sent.has(form) || (question && !window.confirm(question))) {
    event.preventDefault();
  } else if (form.getAttribute("method") === "post") {
    sent.add(form);
    setTimeout(() => sent.delete(form), ON_ITS_WAY);
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    const menu = document.querySelector("[data-menu][open]");
    if (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
      event.stopPropagation();
    } else if (isPhone() && root.dataset.nav === "open") {
      showNavigation(false);
    }
  }
  const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
  if (!typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    const hot = document.querySelector(`[data-hotkey="${CSS.escape(event.key)}"]`);
    if (hot) {
      event.preventDefault();
      hot.focus();
    }
  }
});

setUpNavigation();
