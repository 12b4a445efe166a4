// Upload fields: the name of the chosen file, a bar while it travels, words when the connection breaks.
function parts(form) {
  return {
    zone: form.querySelector(".upload-zone"),
    label: form.querySelector(".upload-hint"),
    frame: form.querySelector(".upload-progress"),
    bar: form.querySelector("progress"),
    state: form.querySelector(".upload-state"),
    button: form.querySelector("button[type=submit]"),
  };
}

const formOf = (event) => event.target.closest?.("[data-upload]");

document.addEventListener("change", (event) => {
  const form = formOf(event);
  const files = [...(event.target.files ?? [])];
  if (!form || !files.length) return;
  const size = files.reduce((sum, file) => sum + file.size, 0) / 2 ** 20;
  parts(form).label.textContent = `${files.map((file) => file.name).join(", ")} · ${size.toFixed(1)} MB`;
});

for (const kind of ["dragover", "dragleave", "drop"]) {
  document.addEventListener(kind, (event) => {
    const form = formOf(event);
    const zone = event.target.closest?.(".upload-zone");
    if (!form || !zone) return;
    event.preventDefault();
    zone.classList.toggle("is-over", kind === "dragover");
    if (kind === "drop" && event.dataTransfer.files.length) {
      const field = form.querySelector("input[type=file]");
      field.files = event.dataTransfer.files;
      field.dispatchEvent(new Event("change", { bubbles: true }));
    }
  });
}

document.addEventListener("htmx:beforeRequest", (event) => {
  const form = formOf(event);
  if (!form) return;
  const { frame, bar, state, button } = parts(form);
  frame.hidden = false;
  bar.value = 0;
  state.textContent = state.dataset.sending;
  button.disabled = true;
});

document.addEventListener("htmx:xhr:progress", (event) => {
  const form = formOf(event);
  if (!form || !event.detail.lengthComputable) return;
  const { bar, state } = parts(form);
  bar.value = Math.round((100 * event.detail.loaded) / event.detail.total);
  state.textContent = bar.value < 100 ? `${state.dataset.sending} ${bar.value} %` : state.dataset.reading;
});

document.addEventListener("htmx:afterRequest", (event) => {
  const form = formOf(event);
  if (!form) return;
  const { frame, state, button } = parts(form);
  button.disabled = false;
  if (event.detail.successful || event.detail.xhr?.status === 422) frame.hidden = true;
  else state.textContent = state.dataset.failed;
});
