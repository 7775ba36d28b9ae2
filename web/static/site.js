// Enhancement only: every page works without this file.
"use strict";
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  const words = { nl: { copied: "Gekopieerd", failed: "Kopiëren lukte niet; selecteer de tekst", saved: "Bewaard", save: "Bewaar", on: "Op de leeslijst gezet", off: "Van de leeslijst gehaald", noted: "Aantekening bewaard", chosen: "Citaat aangepast", kinds: { theme: "thema", document: "document", author: "auteur", municipality: "gemeente", phrase: "" } },
    en: { copied: "Copied", failed: "Copying failed; select the text", saved: "Saved", save: "Save", on: "Put on the reading list", off: "Taken off the reading list", noted: "Note kept", chosen: "Quotation changed", kinds: { theme: "theme", document: "document", author: "author", municipality: "municipality", phrase: "" } } };
  const say = words[root.lang] || words.nl;
  let clearing = 0;
  const tell = (text, link) => {
    const live = document.getElementById("melding");
    if (!live) return;
    clearTimeout(clearing);
    live.textContent = "";
    setTimeout(() => { live.append(text, ...(link ? [" ", link] : [])); }, 30);
    clearing = setTimeout(() => { live.textContent = ""; }, 8000);
  };
  const toList = (count) => {
    const link = document.querySelector("[data-saved-count]").closest("a").cloneNode(true);
    link.removeAttribute("aria-current");
    link.querySelector("[data-saved-count]").textContent = count;
    return link;
  };
  const wide = window.matchMedia("(min-width: 56.01rem)");

  // Side panels: open on wide screens, folded on a phone.
  const fold = () => document.querySelectorAll("details[data-open-wide]").forEach((d) => { d.open = wide.matches; });
  fold();
  wide.addEventListener("change", fold);

  // Copy a quotation or reference, as rich and as plain text.
  const copy = async (button) => {
    const box = button.closest(".quote-in, .ready");
    const quote = box.querySelector("[data-quote]");
    const reference = box.querySelector("[data-reference]");
    const plain = [quote, reference].filter(Boolean).map((e) => e.textContent.trim()).join("\n\n");
    // A quotation of forty words or more is a block of its own, indented half an inch (APA 7 §8.27).
    const asHtml = (e) => (e.classList.contains("block") ? `<blockquote style="margin:0 0 0 1.27cm">${e.innerHTML.trim()}</blockquote>` : `<p>${e.innerHTML.trim()}</p>`);
    const html = [quote, reference].filter(Boolean).map(asHtml).join("");
    const before = button.textContent;
    try {
      if (window.ClipboardItem) {
        await navigator.clipboard.write([new ClipboardItem({ "text/plain": new Blob([plain], { type: "text/plain" }), "text/html": new Blob([html], { type: "text/html" }) })]);
      } else { await navigator.clipboard.writeText(plain); }
      button.textContent = say.copied;
      tell(say.copied);
    } catch {
      const range = document.createRange();
      range.selectNodeContents(quote || reference);
      const selection = window.getSelection();
      selection.removeAllRanges();
      selection.addRange(range);
      tell(say.failed);
    }
    setTimeout(() => { button.textContent = before; }, 2500);
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-copy]");
    if (button) copy(button);
  });

  // Chosen sentences are quoted at once; the address keeps the choice.
  const chooser = document.querySelector("form[data-sentences]");
  if (chooser) {
    chooser.addEventListener("change", async () => {
      const query = new URLSearchParams(new FormData(chooser)).toString();
      const address = `${location.pathname}${query ? `?${query}` : ""}`;
      try {
        const response = await fetch(address);
        if (!response.ok) return;
        const page = new DOMParser().parseFromString(await response.text(), "text/html");
        document.querySelector("#citeer .quote").replaceWith(page.querySelector("#citeer .quote"));
        history.replaceState(null, "", `${address}#citeer`);
        tell(say.chosen);
      } catch { chooser.submit(); }
    });
  }

  // Save without leaving the page.
  document.addEventListener("submit", async (event) => {
    const form = event.target.closest("form.save");
    if (!form || !event.submitter) return;
    event.preventDefault();
    const button = event.submitter;
    const body = new URLSearchParams(new FormData(form, button));
    try {
      const response = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
      if (!response.ok) throw new Error(String(response.status));
      const answer = await response.json();
      if (answer.full) { location.href = answer.address; return; }
      const now = answer.saved;
      document.querySelectorAll("form.save").forEach((f) => {
        if (f.elements.i.value !== form.elements.i.value) return;
        const b = f.querySelector("[data-save]");
        b.value = now ? "verwijder" : "voegtoe";
        b.textContent = now ? say.saved : say.save;
        b.setAttribute("aria-label", now ? answer.remove_label : answer.add_label);
      });
      document.querySelectorAll("[data-saved-count]").forEach((e) => { e.textContent = answer.count; });
      tell(now ? say.on : say.off, toList(answer.count));
    } catch {
      const doing = document.createElement("input");
      Object.assign(doing, { type: "hidden", name: button.name, value: button.value });
      form.append(doing);
      form.submit();
    }
  });

  // A note is kept when it was typed; a download waits for it.
  let keeping = null;
  document.addEventListener("change", (event) => {
    const form = event.target.name === "n" && event.target.closest("form.manage");
    if (!form) return;
    const body = new URLSearchParams(new FormData(form));
    body.set("doe", "noteer");
    keeping = fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } }).then((r) => { if (r.ok) tell(say.noted); }).catch(() => {}).finally(() => { keeping = null; });
  });
  document.addEventListener("click", (event) => {
    const link = keeping && event.target.closest(".exports a");
    if (!link) return;
    event.preventDefault();
    keeping.then(() => { location.href = link.href; });
  });

  // Keyboard: / to search, arrows along the hits.
  const typing = (e) => e.target.closest("input, textarea, select, [contenteditable]");
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event)) return;
    if (event.key === "/") {
      const box = document.getElementById("q");
      if (box) { event.preventDefault(); box.focus(); box.select(); }
      return;
    }
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const links = [...document.querySelectorAll(".hits .hit-title a")];
    if (!links.length) return;
    const at = links.findIndex((a) => a.closest("li").contains(document.activeElement));
    const onPage = document.activeElement === document.body || at >= 0 || document.activeElement.id === "inhoud";
    if (!onPage) return;
    const next = event.key === "ArrowDown" ? at + 1 : at - 1;
    if (next < 0 || next >= links.length) return;
    event.preventDefault();
    links[next].focus();
    links[next].closest("li").scrollIntoView({ block: "nearest" });
  });

  // Suggestions under the search box: an ARIA combobox.
  const box = document.getElementById("q");
  if (box) {
    const form = box.form;
    const wrap = document.createElement("div");
    wrap.className = "find-wrap";
    form.replaceWith(wrap);
    wrap.append(form);
    if (!form.classList.contains("large")) wrap.classList.add("in-top");
    const list = document.createElement("ul");
    list.className = "suggest";
    list.id = "aanvullingen";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", box.placeholder);
    list.hidden = true;
    wrap.append(list);
    for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id })) box.setAttribute(name, value);
    let at = -1, timer = 0, latest = 0;
    const close = () => { list.hidden = true; at = -1; box.setAttribute("aria-expanded", "false"); box.removeAttribute("aria-activedescendant"); };
    const show = (found) => {
      list.replaceChildren(...found.map((s, n) => {
        const item = document.createElement("li");
        item.id = `aanvulling-${n}`;
        item.setAttribute("role", "option");
        item.setAttribute("aria-selected", "false");
        item.dataset.url = s.url;
        const name = document.createElement("span");
        name.textContent = s.text;
        const kind = document.createElement("span");
        kind.className = "quiet";
        kind.textContent = say.kinds[s.kind] ?? s.kind;
        item.append(name, kind);
        return item;
      }));
      at = -1;
      list.hidden = !found.length;
      box.setAttribute("aria-expanded", String(!list.hidden));
    };
    const ask = async () => {
      const mine = ++latest;
      if (box.value.trim().length < 2) { close(); return; }
      try {
        const answer = await fetch(`${document.body.dataset.base}/aanvullen?q=${encodeURIComponent(box.value.slice(0, 100))}`);
        if (answer.ok && mine === latest && document.activeElement === box) show(await answer.json());
      } catch { close(); }
    };
    const move = (step) => {
      const items = [...list.children];
      if (list.hidden || !items.length) return false;
      at = (at + step + items.length + (at < 0 && step < 0 ? 1 : 0)) % items.length;
      items.forEach((item, n) => item.setAttribute("aria-selected", String(n === at)));
      box.setAttribute("aria-activedescendant", items[at].id);
      return true;
    };
    box.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, 120); });
    box.addEventListener("blur", () => setTimeout(close, 150));
    box.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown" && move(1)) event.preventDefault();
      else if (event.key === "ArrowUp" && move(-1)) event.preventDefault();
      else if (event.key === "Escape" && !list.hidden) { event.preventDefault(); close(); }
      else if (event.key === "Enter" && at >= 0) { event.preventDefault(); location.href = list.children[at].dataset.url; }
    });
    list.addEventListener("mousedown", (event) => {
      const item = event.target.closest("li");
      if (item) { event.preventDefault(); location.href = item.dataset.url; }
    });
  }
})();
