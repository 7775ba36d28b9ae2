// Enhancement only: every page works without this file.
"use strict";
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  const words = { nl: { copied: "Gekopieerd", failed: "Kopiëren lukte niet; selecteer de tekst", saved: "Bewaard", save: "Bewaar", on: "Op de leeslijst gezet", off: "Van de leeslijst gehaald", list: "Leeslijst", which: "Welke lijst?", newList: "Nieuwe lijst", named: "Hoe heet de nieuwe lijst?", toFile: "Bewaar als bestand", fromFile: "Open een bestand", dropList: "Verwijder deze lijst", compact: "Compact", roomy: "Ruim", drag: "Sleep naar een andere plaats", noRoom: "Uw browser heeft geen ruimte meer; bewaar de lijst als bestand", notKept: "Bewaren lukte niet; probeer het opnieuw", notList: "Dit bestand is geen leeslijst van deze site", chosen: "Citaat aangepast", kinds: { theme: "thema", document: "document", author: "auteur", municipality: "gemeente", phrase: "" } },
    en: { copied: "Copied", failed: "Copying failed; select the text", saved: "Saved", save: "Save", on: "Put on the reading list", off: "Removed from the reading list", list: "Reading list", which: "Which list?", newList: "New list", named: "What is the new list called?", toFile: "Save as file", fromFile: "Open a file", dropList: "Delete this list", compact: "Compact", roomy: "Spacious", drag: "Drag to another place", noRoom: "Your browser has no room left; save the list as a file", notKept: "Keeping failed; try again", notList: "This file is no reading list of this site", chosen: "Quotation changed", kinds: { theme: "theme", document: "document", author: "author", municipality: "municipality", phrase: "" } } };
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
    // What the owner says of all texts, such as that they are invented, goes along.
    const notice = box.querySelector("[data-notice]");
    const plain = [quote, reference, notice].filter(Boolean).map((e) => e.textContent.trim()).join("\n\n");
    // A quotation of forty words or more is a block of its own, indented half an inch (APA 7 §8.27).
    const asHtml = (e) => (e.classList.contains("block") ? `<blockquote style="margin:0 0 0 1.27cm">${e.innerHTML.trim()}</blockquote>` : `<p>${e.innerHTML.trim()}</p>`);
    const html = [quote, reference, notice].filter(Boolean).map(asHtml).join("");
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
        document.querySelector("#citeer .secondary")?.remove();
        const secondary = page.querySelector("#citeer .secondary");
        if (secondary) document.querySelector("#citeer .quote").after(secondary);
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
      shelf.change((_, list) => { list.keys = answer.keys; });
      if (answer.full) { location.href = answer.address; return; }
      const now = answer.saved;
      document.querySelectorAll("form.save").forEach((f) => {
        if (f.elements.i.value !== form.elements.i.value) return;
        const b = f.querySelector("[data-save]");
        b.value = now ? "verwijder" : "voegtoe";
        b.textContent = now ? say.saved : say.save;
        const called = b.getAttribute("aria-label").split(": ").slice(1).join(": ");
        b.setAttribute("aria-label", `${now ? answer.remove_label : answer.add_label}: ${called}`);
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

  // The reading list: kept in this browser by corpus, with notes and more lists than one.
  const shelf = (() => {
    const name = `kb-lijsten-${document.body.dataset.corpus}`;
    const empty = () => ({ current: say.list, compact: false, lists: { [say.list]: { keys: [], notes: {} } } });
    const read = () => {
      try {
        const kept = JSON.parse(localStorage.getItem(name));
        return kept && kept.lists && kept.lists[kept.current] ? kept : empty();
      } catch { return empty(); }
    };
    const write = (state) => {
      try { localStorage.setItem(name, JSON.stringify(state)); return true; } catch { tell(say.noRoom); return false; }
    };
    const change = (how) => { const state = read(); how(state, state.lists[state.current]); return write(state); };
    return { read, change };
  })();
  const post = (fields) => {
    const body = new URLSearchParams(fields);
    return fetch(`${document.body.dataset.base}/leeslijst/`, { method: "POST", body, headers: { Accept: "application/json" } }).then((r) => { if (!r.ok) throw new Error(String(r.status)); return r.json(); });
  };
  const takeUp = (keys) => post([["doe", "overneem"], ["lijst", keys.map((k) => `i=${encodeURIComponent(k)}`).join("&")]]);
  const listForm = document.querySelector("form[data-reading-list]");
  const ownListPage = document.querySelector("[data-corpus-list]") && !document.querySelector("[data-take-over]");
  if (ownListPage) {
    const items = () => [...document.querySelectorAll("li[data-key]")];
    const notes = () => [...document.querySelectorAll("textarea[name^='n:']")];
    const before = shelf.read();
    const kept = before.lists[before.current];
    // The cookie was cleared, or is of another time: what is in the storage is the list.
    const once = sessionStorage.getItem("kb-hersteld") !== "1";
    if (!items().length && kept.keys.length && once) {
      sessionStorage.setItem("kb-hersteld", "1");
      takeUp(kept.keys).then(() => location.reload()).catch(() => {});
    }
    const keepNotes = () => shelf.change((_, list) => {
      notes().forEach((box) => { const key = box.name.slice(2); if (box.value) list.notes[key] = box.value; else delete list.notes[key]; });
    });
    const fit = (box) => { box.style.height = "auto"; box.style.height = `${box.scrollHeight + 2}px`; };
    notes().forEach((box) => {
      if (!box.value) box.value = kept.notes[box.name.slice(2)] || "";
      fit(box);
      box.addEventListener("input", () => { fit(box); keepNotes(); });
    });
    if (items().length) {
      shelf.change((_, list) => { list.keys = items().map((li) => li.dataset.key); });
      keepNotes();
      sessionStorage.removeItem("kb-hersteld");
    }
    // Order by keys or by dragging, without leaving the place.
    const order = () => {
      const keys = items().map((li) => li.dataset.key);
      shelf.change((_, list) => { list.keys = keys; });
      post([["doe", "orden"], ...keys.map((k) => ["i", k])]).catch(() => tell(say.notKept));
    };
    // What is removed does not come back from the storage, the last item neither.
    listForm?.addEventListener("submit", (event) => {
      const [doing, key] = (event.submitter?.value || "").split(" ");
      if (doing !== "verwijder") return;
      shelf.change((_, list) => { list.keys = list.keys.filter((k) => k !== key); delete list.notes[key]; });
    });
    const grouped = Boolean(document.querySelector("input[name='groep']"));
    if (listForm && !grouped) {
      listForm.addEventListener("submit", (event) => {
        const [doing, key] = (event.submitter?.value || "").split(" ");
        if (doing !== "omhoog" && doing !== "omlaag") return;
        event.preventDefault();
        const li = items().find((item) => item.dataset.key === key);
        const other = doing === "omhoog" ? li.previousElementSibling : li.nextElementSibling;
        if (!other) return;
        if (doing === "omhoog") other.before(li); else other.after(li);
        event.submitter.focus();
        li.scrollIntoView({ block: "nearest" });
        order();
      });
      let dragged = null;
      items().forEach((li) => {
        const handle = document.createElement("span");
        handle.className = "handle";
        handle.textContent = "⠿";
        handle.title = say.drag;
        handle.setAttribute("aria-hidden", "true");
        handle.draggable = true;
        li.querySelector(".move")?.prepend(handle);
        handle.addEventListener("dragstart", (event) => { dragged = li; event.dataTransfer.setDragImage(li, 20, 20); event.dataTransfer.setData("text/plain", li.dataset.key); });
        li.addEventListener("dragover", (event) => {
          if (!dragged || dragged === li) return;
          event.preventDefault();
          const box = li.getBoundingClientRect();
          if (event.clientY < box.top + box.height / 2) li.before(dragged); else li.after(dragged);
        });
        handle.addEventListener("dragend", () => { if (dragged) order(); dragged = null; });
      });
    }
    // Lists by name, compact view, a file to save and to open.
    const bar = document.createElement("div");
    bar.className = "lists needs-js";
    const button = (text, does) => {
      const made = Object.assign(document.createElement("button"), { type: "button", className: "link", textContent: text });
      made.addEventListener("click", does);
      return made;
    };
    const go = (state) => { if (shelf.change((s) => Object.assign(s, state))) takeUp(state.lists[state.current].keys).then(() => location.assign(location.pathname)).catch(() => tell(say.notKept)); };
    const choose = document.createElement("select");
    choose.setAttribute("aria-label", say.which);
    Object.keys(before.lists).forEach((n) => choose.add(new Option(n, n, false, n === before.current)));
    choose.addEventListener("change", () => go({ ...shelf.read(), current: choose.value }));
    const fresh = (wanted, lists) => { let name = wanted, n = 2; while (lists[name]) { name = `${wanted} ${n}`; n += 1; } return name; };
    const open = Object.assign(document.createElement("input"), { type: "file", accept: "application/json", hidden: true });
    open.addEventListener("change", async () => {
      try {
        const read = JSON.parse(await open.files[0].text());
        const list = { keys: read.keys.filter((k) => /^[pw]:./.test(k)).slice(0, 100), notes: {} };
        list.keys.forEach((k) => { if (typeof read.notes?.[k] === "string") list.notes[k] = read.notes[k].slice(0, 2000); });
        const state = shelf.read();
        const name = fresh(String(read.name || say.list), state.lists);
        state.lists[name] = list;
        go({ ...state, current: name });
      } catch { tell(say.notList); }
    });
    const view = button(before.compact ? say.roomy : say.compact, () => {
      shelf.change((s) => { s.compact = !s.compact; });
      const now = shelf.read().compact;
      document.querySelector(".the-list")?.classList.toggle("compact", now);
      view.textContent = now ? say.roomy : say.compact;
    });
    document.querySelector(".the-list")?.classList.toggle("compact", before.compact);
    bar.append(choose, button(say.newList, () => {
      const wanted = (prompt(say.named) || "").trim().slice(0, 60);
      if (!wanted) return;
      const state = shelf.read();
      const name = fresh(wanted, state.lists);
      state.lists[name] = { keys: [], notes: {} };
      go({ ...state, current: name });
    }));
    const toFile = button(say.toFile, () => {
      const state = shelf.read();
      const file = new Blob([JSON.stringify({ name: state.current, ...state.lists[state.current] }, null, 1)], { type: "application/json" });
      const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(file), download: `${state.current}.json` });
      link.click();
      URL.revokeObjectURL(link.href);
    });
    if (items().length) bar.append(toFile);
    bar.append(button(say.fromFile, () => open.click()), open);
    if (Object.keys(before.lists).length > 1) {
      bar.append(button(say.dropList, () => {
        const state = shelf.read();
        if (!confirm(`${say.dropList}: ${state.current}?`)) return;
        delete state.lists[state.current];
        go({ ...state, current: Object.keys(state.lists)[0] });
      }));
    }
    if (items().length) bar.append(view);
    document.querySelector("[data-corpus-list] h1").after(bar);
  }

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
      // A late answer with the same suggestions takes no choice away.
      const shown = [...list.children].map((item) => item.dataset.url).join("\n");
      if (!list.hidden && shown === found.map((s) => s.url).join("\n")) return;
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
