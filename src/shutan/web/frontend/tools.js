// What the modules share.

// Private windows may refuse storage: then nothing is remembered, and nothing breaks.
export const store = {
  get(key) {
    try { return window.localStorage.getItem(`shutan-${key}`); } catch { return null; }
  },
  set(key, value) {
    try { window.localStorage.setItem(`shutan-${key}`, value); } catch { /* see above */ }
  },
};

export function csrfToken() {
  return JSON.parse(document.body.getAttribute("hx-headers") ?? "{}")["X-CSRFToken"] ?? "";
}

// A form post from a script.
export function send(url, values) {
  return fetch(url, {
    method: "POST",
    body: new URLSearchParams(values),
    headers: { "X-CSRFToken": csrfToken() },
  });
}

export function saveAs(name, blob) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
