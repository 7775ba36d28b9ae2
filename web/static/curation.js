// For curators: one key presses the button or opens the field that names it. Everything
// works without; nothing happens while somebody types.
(() => {
  "use strict";
  const typing = (event) => event.target.closest("input, textarea, select, [contenteditable]");
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event)) return;
    const key = CSS.escape(event.key);
    const pressed = document.querySelector(`[data-key="${key}"]`);
    const field = document.querySelector(`[data-focus="${key}"]`);
    const folded = document.querySelector(`[data-open="${key}"]`);
    if (!pressed && !field && !folded) return;
    event.preventDefault();
    if (pressed) {
      pressed.click();
    } else if (field) {
      field.focus();
    } else {
      folded.parentElement.open = true;
      folded.parentElement.querySelector("textarea, input:not([type=hidden])")?.focus();
    }
  });
  // A form is sent once: a second press of the key meets a page that is under way.
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form.decide")) return;
    if (event.target.dataset.sent) event.preventDefault();
    event.target.dataset.sent = "yes";
  });
  // What is under way is looked at again after a while.
  const waiting = document.querySelector("[data-refresh]");
  if (waiting) setTimeout(() => location.reload(), 1000 * Number(waiting.dataset.refresh));
  window.addEventListener("pageshow", () => {
    document.querySelectorAll("form.decide[data-sent]").forEach((form) => delete form.dataset.sent);
  });
})();
