/* partnerbook serve: shows in an open page what changes on disk, and what is wrong with it. Pages work without it. */
(function () {
  "use strict";
  if (window.partnerbookLive) return;
  window.partnerbookLive = true;
  const doc = document, root = doc.documentElement, BASE = "/.partnerbook/";
  const entry = performance.getEntriesByType("navigation")[0] || {};
  const own = (entry.serverTiming || []).find((timing) => timing.name === "page");
  const broken = root.getAttribute("data-partnerbook") === "broken";
  const startedMissing = entry.responseStatus === 404 || doc.body.classList.contains("kind-not-found");
  let tag = own && own.description ? `"${own.description}"` : null; // of the page as it is shown
  let generation = null, assets = null, script, gone = false;

  function memory(key, value) {
    try {
      if (value === undefined) return sessionStorage.getItem(key);
      if (value === null) sessionStorage.removeItem(key); else sessionStorage.setItem(key, value);
    } catch { /* private window */ }
    return null;
  }

  /* ---- the connection: one while the tab is seen; browsers allow few to a server ---- */
  let source = null, failures = 0, timer = 0;
  function connect() {
    clearTimeout(timer);
    if (source || doc.hidden) return;
    source = new EventSource(BASE + "events");
    source.onmessage = (event) => {
      failures = 0;
      view.disconnected(false);
      hear(JSON.parse(event.data));
    };
    source.onerror = () => {
      disconnect();
      failures += 1;
      if (failures > 1) view.disconnected(true);
      timer = setTimeout(connect, Math.min(10000, 250 * 2 ** Math.min(failures, 6)));
    };
  }
  function disconnect() {
    clearTimeout(timer);
    if (source) source.close();
    source = null;
  }
  function wake() { failures = 0; disconnect(); connect(); }
  doc.addEventListener("visibilitychange", () => (doc.hidden ? disconnect() : wake()));
  addEventListener("pageshow", (event) => { if (event.persisted) wake(); });
  addEventListener("online", wake);
  addEventListener("pagehide", disconnect);

  /* The first news of a connection is looked after too: the page may be older than it. */
  function hear(news) {
    const pictures = assets !== null && assets !== news.assets;
    const same = generation === news.generation;
    generation = news.generation;
    assets = news.assets;
    if (!same) refresh();
    if (pictures) renewPictures();
  }

  let busy = false, again = false;
  async function refresh() {
    if (busy) { again = true; return; }
    busy = true;
    try {
      do { again = false; await look(); } while (again);
    } catch { generation = null; /* the server has gone; the connection notices, and asks again */ }
    busy = false;
  }

  async function look() {
    const headers = tag && !gone ? { "If-None-Match": tag } : {};
    const answer = await fetch(location.pathname + location.search, { headers, cache: "no-store" });
    const status = await (await fetch(`${BASE}status.json?page=${location.pathname.replace(/&/g, "%26")}`, { cache: "no-store" })).json();
    const changedScript = script !== undefined && script !== status.script;
    script = status.script;
    if (answer.ok) {
      const text = await answer.text(), next = answer.headers.get("ETag");
      if (broken || startedMissing || gone) return reload();
      if (tag && next !== tag) {
        tag = next;
        if (changedScript || !(await swap(text))) return reload();
      } else tag = next;
    } else if (answer.status === 404 && !startedMissing) gone = true;
    view.missing(gone);
    view.findings(status);
  }

  function reload() {
    view.keep();
    location.reload();
  }

  /* ---- the page in place ---- */
  async function swap(text) {
    const next = new DOMParser().parseFromString(text, "text/html");
    const theme = window.partnerbook;
    const foreign = [...next.body.querySelectorAll("script")].some((element) => element.getAttribute("src") !== BASE + "live.js");
    if (!theme || !theme.init || foreign || scripts(next) !== scripts(doc)) return false;
    await swapStyles(next);
    const before = remember(theme);
    doc.title = next.title;
    root.lang = next.documentElement.lang;
    replaceAll(doc.head, "style", next);
    doc.body.className = next.body.className;
    const fresh = [...next.body.childNodes].filter((node) => node.nodeName !== "SCRIPT").map((node) => doc.importNode(node, true));
    doc.body.replaceChildren(...fresh);
    theme.init(before.theme);
    restore(before);
    return true;
  }

  /* The names of the scripts in the head; the stamp of the theme's own changes with its style sheet too. */
  function scripts(from) {
    return [...from.head.querySelectorAll("script[src]")].map((element) => {
      const src = element.getAttribute("src");
      return script === null ? src : src.split("?")[0];
    }).join(" ");
  }

  function replaceAll(head, selector, next) {
    head.querySelectorAll(selector).forEach((element) => element.remove());
    next.head.querySelectorAll(selector).forEach((element) => head.append(doc.importNode(element, true)));
  }

  /* New style sheets are loaded beside the old ones, which go only then: the page is never without. */
  async function swapStyles(next) {
    const links = (from) => [...from.head.querySelectorAll("link[rel=stylesheet]")];
    const old = links(doc), wanted = links(next);
    const known = new Set(old.map((link) => link.getAttribute("href"))), stay = new Set(wanted.map((link) => link.getAttribute("href")));
    const last = old[old.length - 1];
    await Promise.all(wanted.filter((link) => !known.has(link.getAttribute("href"))).map((link) => new Promise((done) => {
      const copy = doc.importNode(link, true);
      copy.onload = copy.onerror = done;
      setTimeout(done, 3000);
      if (last) last.after(copy); else doc.head.append(copy);
    })));
    old.filter((link) => !stay.has(link.getAttribute("href"))).forEach((link) => link.remove());
  }

  async function renewPictures() {
    const all = [...doc.images].filter((image) => new URL(image.src, location.href).origin === location.origin);
    await Promise.all([...new Set(all.map((image) => image.src.split("#")[0]))].map((src) => fetch(src, { cache: "reload" }).catch(() => {})));
    all.forEach((image) => {
      const src = image.getAttribute("src");
      image.setAttribute("src", `${src.split("#")[0]}#${Date.now()}`); // a fragment makes the browser look again, and asks for nothing else
    });
  }

  /* Elements are found again by their id, else by what they are called and how many of that name came before. */
  function keys(selector, name) {
    const seen = new Map(), found = new Map();
    doc.body.querySelectorAll(selector).forEach((element) => {
      const word = element.id || name(element), count = seen.get(word) || 0;
      seen.set(word, count + 1);
      found.set(`${word} ${count}`, element);
    });
    return found;
  }
  const folds = () => keys("details", (element) => { const head = element.querySelector("summary"); return head ? head.textContent.trim() : ""; });
  const scrollers = () => keys("div, nav, pre, section, figure, ul, ol", (element) => `${element.tagName}.${element.className}`);
  const focusable = () => keys("a, button, input, select, textarea, summary, [tabindex]", (element) => `${element.tagName} ${element.name || element.textContent.trim()}`);
  const find = (map, wanted) => { for (const [key, element] of map) if (element === wanted) return key; return null; };

  function remember(theme) {
    const state = { theme: theme.state ? theme.state() : undefined, x: scrollX, y: scrollY, folds: new Map(), scrolled: new Map() };
    folds().forEach((element, key) => state.folds.set(key, element.open));
    scrollers().forEach((element, key) => { if (element.scrollLeft || element.scrollTop) state.scrolled.set(key, [element.scrollLeft, element.scrollTop]); });
    const active = doc.activeElement;
    if (active && active !== doc.body && active !== view.host) {
      state.focus = find(focusable(), active);
      state.value = active.value;
      try { state.selection = [active.selectionStart, active.selectionEnd]; } catch { /* has none */ }
    }
    /* what stands at the top of the window stays there, however much was written above it */
    if (scrollY > 0) {
      for (const element of doc.body.querySelectorAll("main [id]")) {
        const top = element.getBoundingClientRect().top;
        if (top > innerHeight && state.anchor) break;
        state.anchor = element.id; state.top = top;
        if (top >= 0) break;
      }
    }
    return state;
  }

  function restore(state) {
    folds().forEach((element, key) => { if (state.folds.has(key)) element.open = state.folds.get(key); });
    const found = scrollers();
    state.scrolled.forEach(([left, top], key) => { const element = found.get(key); if (element) { element.scrollLeft = left; element.scrollTop = top; } });
    const field = state.focus && focusable().get(state.focus);
    if (field) {
      if (typeof state.value === "string" && /^(INPUT|TEXTAREA)$/.test(field.tagName)) field.value = state.value;
      field.focus({ preventScroll: true });
      try { if (state.selection && state.selection[0] !== null) field.setSelectionRange(...state.selection); } catch { /* has none */ }
    }
    const anchor = state.anchor && doc.getElementById(state.anchor);
    scrollTo({ left: state.x, top: state.y, behavior: "instant" });
    if (anchor) scrollBy({ left: 0, top: anchor.getBoundingClientRect().top - state.top, behavior: "instant" });
  }

  /* ---- what is shown over the page ---- */
  const view = (function () {
    const host = doc.createElement("partnerbook-live"), shadow = host.attachShadow({ mode: "open" });
    shadow.innerHTML = `<style>@@CSS@@</style>
      <div class="vh" role="status"></div>
      <div class="corner">
        <div class="mark gone" hidden></div>
        <section class="card" aria-label="New findings" hidden></section>
        <button class="mark again" type="button" hidden></button>
        <div class="mark off" hidden>Disconnected: the server does not answer</div>
      </div>
      <section class="sheet" role="alertdialog" aria-modal="false" aria-labelledby="title" hidden>
        <header><h2 id="title"></h2><button class="close" type="button" aria-label="Close">×</button></header>
        <ol tabindex="0" aria-label="Findings"></ol>
      </section>`;
    root.append(host);
    const $ = (selector) => shadow.querySelector(selector);
    const sheet = $(".sheet"), card = $(".card"), again = $(".again"), spoken = $("[role=status]");
    const CLOSED = "partnerbook-closed", OPENED = `partnerbook-opened ${location.pathname}`;
    let shown = "", count = 0, opened = null, hidden = new Set();
    try { opened = new Set(JSON.parse(memory(OPENED))); if (!memory(OPENED)) opened = null; } catch { opened = null; }
    memory(OPENED, null);

    const dark = matchMedia("(prefers-color-scheme: dark)");
    function scheme() { host.toggleAttribute("data-dark", (root.getAttribute("data-theme") || (dark.matches ? "dark" : "light")) === "dark"); }
    dark.addEventListener("change", scheme);
    new MutationObserver(scheme).observe(root, { attributes: true, attributeFilter: ["data-theme"] });
    scheme();

    function element(name, className, text) {
      const made = doc.createElement(name);
      if (className) made.className = className;
      if (text !== undefined && text !== null) made.textContent = text;
      return made;
    }
    /* What stands between backticks is code, as everywhere on the site. */
    function words(into, text) {
      text.split(/`([^`]*)`/).forEach((part, at) => into.append(at % 2 ? element("code", "", part) : part));
      return into;
    }
    const place = (finding) => [finding.file, finding.line, finding.column].filter((part) => part !== null).join(":");
    const identity = (finding) => JSON.stringify([finding.rule, finding.file, finding.message]);
    const plural = (n, one, many) => `${n} ${n === 1 ? one : many}`;

    function item(finding) {
      const made = element("li");
      const head = element("p", "message");
      head.append(element("span", finding.severity, finding.severity), " ");
      words(head, finding.message);
      const where = element("p", "where");
      where.append(element("code", "place", place(finding)), " ", element("code", "rule", finding.rule));
      made.append(head, where);
      if (finding.excerpt.length > 0) {
        const code = element("pre");
        finding.excerpt.forEach((line) => {
          const row = element("span", "line");
          row.append(element("span", "number", line.line), line.before, element("mark", "", line.marked || " "), line.after, "\n");
          code.append(row);
        });
        made.append(code);
      }
      if (finding.help) made.append(words(element("p", "help"), finding.help));
      return made;
    }

    function open(on) {
      sheet.hidden = !on || count === 0;
      again.hidden = on || count === 0;
      room();
    }
    /* The end of the page can be scrolled out from under the sheet. */
    function room() {
      doc.body.style.paddingBottom = sheet.hidden ? "" : `${sheet.offsetHeight}px`;
      host.toggleAttribute("data-sheet", !sheet.hidden);
      host.style.setProperty("--sheet", sheet.hidden ? "0px" : `${sheet.offsetHeight}px`);
    }
    addEventListener("resize", room);
    function close() { memory(CLOSED, shown); open(false); again.focus(); }
    $(".close").addEventListener("click", close);
    again.addEventListener("click", () => { memory(CLOSED, null); open(true); $(".close").focus(); });
    shadow.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      if (sheet.contains(event.target)) close(); else if (card.contains(event.target)) dismiss();
    });

    let listed = [];
    function dismiss() { listed.forEach((finding) => hidden.add(identity(finding))); card.hidden = true; }
    function list(findings) {
      if (!opened) opened = new Set(findings.map(identity));
      listed = findings.filter((finding) => !opened.has(identity(finding)) && !hidden.has(identity(finding)));
      card.hidden = listed.length === 0;
      const head = element("header"), button = element("button", "close", "×"), all = element("ul");
      button.type = "button";
      button.setAttribute("aria-label", "Close");
      button.addEventListener("click", dismiss);
      head.append(element("h2", "", plural(listed.length, "new finding here", "new findings here")), button);
      listed.slice(0, 5).forEach((finding) => {
        const made = element("li");
        made.append(element("span", finding.severity, finding.severity), " ");
        all.append(words(made, finding.message));
        made.append(element("code", "place", place(finding)));
      });
      card.replaceChildren(head, all);
      if (listed.length > 5) card.append(element("p", "more", `and ${listed.length - 5} more`));
    }

    return {
      host,
      findings(status) {
        const key = JSON.stringify(status.blocking), before = count;
        count = status.counts.blocking;
        if (key !== shown) {
          const first = shown === "";
          shown = key;
          const words = `${plural(count, "error keeps", "errors keep")} the site from being published`;
          $("#title").textContent = words;
          again.textContent = plural(count, "error", "errors");
          $("ol").replaceChildren(...status.blocking.map(item));
          if (status.blocking.length < count) $("ol").append(element("li", "more", `and ${count - status.blocking.length} more; partnerbook check shows all`));
          if (count > 0) spoken.textContent = words; else if (!first && before > 0) spoken.textContent = "Nothing keeps the site from being published any more";
          open(memory(CLOSED) !== key);
        }
        list(status.page);
      },
      missing(is) {
        const mark = $(".gone");
        if (is === !mark.hidden) return;
        mark.hidden = !is;
        const home = element("a", "", "Go to the home page");
        home.href = "/";
        mark.replaceChildren(element("span", "", "This page is no longer there."), " ", home);
        if (is) spoken.textContent = "This page is no longer there.";
      },
      disconnected(is) { $(".off").hidden = !is; },
      keep() { if (opened) memory(OPENED, JSON.stringify([...opened])); },
    };
  })();

  connect();
})();
