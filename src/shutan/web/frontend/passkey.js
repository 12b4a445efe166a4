// Passkeys: allauth's scripts speak to the browser; when that ends without one, the page says so where it stands.
document.addEventListener("allauth.error", (event) => {
  const told = document.querySelector("[data-passkey-failed]");
  if (!told) return;
  event.preventDefault();
  told.hidden = false;
});

document.addEventListener("click", (event) => {
  if (event.target.closest?.("[data-passkey]")) document.querySelector("[data-passkey-failed]").hidden = true;
});
