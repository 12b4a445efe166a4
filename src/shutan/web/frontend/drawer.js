// The explanation drawer: <a data-explain href="…"> opens it beside the page. The open one stands in the
// address (#explain=…), so that it can be shared; without this script the link is a page of its own.
import htmx from "htmx.org";

const drawer = document.getElementById("drawer");
const body = document.getElementById("drawer-body");
let opener = null;
let usualTitle = "";

async function open(url) {
  usualTitle ||= document.getElementById("drawer-title").textContent;
  body.replaceChildren();
  body.setAttribute("aria-busy", "true");
  if (!drawer.open) drawer.show();
  history.replaceState(history.state, "", `#explain=${encodeURIComponent(url)}`);
  await htmx.ajax("GET", url, { target: body, swap: "innerHTML" }).catch(() => {});
  body.removeAttribute("aria-busy");
  const titled = body.querySelector("[data-drawer-title]");
  document.getElementById("drawer-title").textContent = titled?.dataset.drawerTitle || usualTitle;
  if (!body.hasChildNodes()) body.textContent = drawer.dataset.failed;
  body.scrollTop = 0;
  drawer.querySelector("[data-drawer-close]").focus();
}

function close() {
  drawer.close();
  history.replaceState(history.state, "", location.pathname + location.search);
  opener?.focus();
  opener = null;
}

function openFromAddress() {
  const asked = /^#explain=(.+)$/.exec(location.hash)?.[1];
  if (!asked) return;
  const url = decodeURIComponent(asked);
  // Only our own pages: an address someone sends must not fetch anything else.
  if (url.startsWith("/") && !url.startsWith("//")) open(url);
}

async function copyText(button) {
  const title = document.getElementById("drawer-title").textContent;
  await navigator.clipboard.writeText(`${title}\n${body.innerText}\n${new URL(location.href)}`);
  const label = button.querySelector("span");
  const before = label.textContent;
  label.textContent = button.dataset.copied;
  setTimeout(() => { label.textContent = before; }, 2000);
}

function printOnly() {
  document.body.classList.add("print-drawer");
  window.addEventListener("afterprint", () => document.body.classList.remove("print-drawer"), { once: true });
  window.print();
}

if (drawer) {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-explain]");
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      if (!drawer.contains(link)) opener = link;
      open(link.getAttribute("href"));
    } else if (event.target.closest("[data-drawer-close]")) {
      close();
    } else if (event.target.closest("[data-drawer-copy]")) {
      copyText(event.target.closest("[data-drawer-copy]"));
    } else if (event.target.closest("[data-drawer-print]")) {
      printOnly();
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && drawer.open) close();
  });
  window.addEventListener("hashchange", openFromAddress);
  openFromAddress();
}
