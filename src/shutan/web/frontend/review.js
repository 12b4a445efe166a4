// The reviewers' desk: keys that follow links, templates that fill in words.
const TYPING = "input, textarea, select, [contenteditable]";

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.(TYPING)) return;
  document.querySelector(`a[data-key="${CSS.escape(event.key)}"]`)?.click();
});

// A template is added to what is written already; the list then stands open for another.
document.addEventListener("change", (event) => {
  const list = event.target.closest?.("select[data-fills]");
  const field = list && document.getElementById(list.dataset.fills);
  if (!field || !list.value) return;
  field.value = [field.value.trim(), list.value].filter(Boolean).join("\n").slice(0, field.maxLength > 0 ? field.maxLength : undefined);
  list.value = "";
  field.focus();
});

// A paper chosen while the frame was empty shows it.
document.addEventListener("click", (event) => {
  if (!event.target.closest?.("a[target=paper]")) return;
  const frame = document.querySelector("iframe[name=paper]");
  if (frame) frame.hidden = false;
});
