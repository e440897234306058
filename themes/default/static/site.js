/* partnerbook, the default theme. Everything here is a convenience: the pages read well without it. */
(function () {
  "use strict";
  var doc = document, root = doc.documentElement;
  function $(q, e) { return (e || doc).querySelector(q); }
  function all(q, e) { return Array.prototype.slice.call((e || doc).querySelectorAll(q)); }

  /* What listens to the window and the document does so once; what belongs to a page is set up again when a page is shown in place of
     another, as `partnerbook serve` does. `state` is what a person has done to the tables of the page before. */
  var hashChanged, keyPressed, roomChanged, tables = [];
  window.partnerbook = { init: init, state: state };

  function init(before) {
    hashChanged = []; keyPressed = []; roomChanged = [];

    /* theme: auto, light, dark */
    var KEY = "partnerbook-theme", tb = $(".theme");
    if (tb) {
      var modes = ["auto", "light", "dark"], word = $(".theme-word", tb);
      var mode = function () { return root.getAttribute("data-theme") || "auto"; };
      tb.hidden = false;
      word.textContent = mode();
      tb.addEventListener("click", function () {
        var m = modes[(modes.indexOf(mode()) + 1) % 3];
        if (m === "auto") root.removeAttribute("data-theme"); else root.setAttribute("data-theme", m);
        word.textContent = m;
        try { if (m === "auto") localStorage.removeItem(KEY); else localStorage.setItem(KEY, m); } catch (e) { /* private window */ }
      });
    }

    /* contents stand open where there is room */
    var toc = $(".toc");
    if (toc) {
      var fit = function () { toc.open = wide.matches; };
      fit();
      roomChanged.push(fit);
    }

    /* the newest numbers are at the end of a wide table */
    all(".to-end").forEach(function (w) { if (w.scrollWidth > w.clientWidth) w.scrollLeft = w.scrollWidth * (getComputedStyle(w).direction === "rtl" ? -1 : 1); });
    var here = $(".nav [aria-current]"), nav = $(".nav");
    if (here && nav && nav.scrollWidth > nav.clientWidth) nav.scrollLeft = here.offsetLeft - nav.clientWidth / 3;

    all(".prompt").forEach(function (d) {
      var pre = $("pre", d), b = doc.createElement("button"), text = pre.textContent;
      b.type = "button"; b.className = "copy"; b.textContent = "Copy";
      b.addEventListener("click", function () { copy(text, function () { b.textContent = "Copied"; setTimeout(function () { b.textContent = "Copy"; }, 1200); }); });
      d.insertBefore(b, pre);
    });
    /* what a link leads to may be folded */
    function unfold() {
      var at = location.hash.length > 1 && doc.getElementById(decodeURIComponent(location.hash.slice(1)));
      for (var e = at; e; e = e.parentElement) if (e.tagName === "DETAILS") e.open = true;
      if (at && $("details", doc)) at.scrollIntoView();
    }
    if (!before) try { unfold(); } catch (e) { /* not ours */ }
    hashChanged.push(function () { try { unfold(); } catch (e) { /* not ours */ } });

    all("[data-print]").forEach(function (b) { b.hidden = false; b.addEventListener("click", function () { window.print(); }); });

    tables = all("table.sortable").filter(function (t) { return t.tBodies[0] && t.tBodies[0].rows.length > 1; })
      .map(function (t) { var x = new Table(t); x.el = t; return x; });

    tables.forEach(function (t) {
      var form = t.el.id && $('form[data-filter="' + t.el.id + '"]');
      if (!form) { t.open = true; return; }
      var input = form.elements.q, sortSel = form.elements.sort, status = $(".shown [role]"), clear = $(".shown button"), none = $(".no-match"), more = $(".more");
      var noun = status.textContent.replace(/^\S+\s/, ""), total = t.rows.length, hay = null, cache = {}, timer = 0;
      var selects = all("select", form).filter(function (s) { return s !== sortSel; });
      var toggle = $(".f-toggle button", form);
      function unfold(on) { form.classList.toggle("open", on); toggle.setAttribute("aria-expanded", String(on)); }
      toggle.addEventListener("click", function () { unfold(!form.classList.contains("open")); });
      form.hidden = false;
      sortSel.appendChild(new Option("Usual order", ""));
      t.heads.forEach(function (h, i) {
        sortSel.appendChild(new Option(h.textContent, t.keyName(i)));
      });

      function column(key) { /* what every row says of a key: in an attribute of its own, else the text of the column */
        if (cache[key]) return cache[key];
        var at = -1;
        t.heads.forEach(function (h, i) { if (h.getAttribute("data-key") === key) at = i; });
        return (cache[key] = t.rows.map(function (r) {
          var own = r.getAttribute("data-" + key);
          return fold(own !== null ? own : at < 0 ? "" : cellText(r.cells[at]));
        }));
      }
      function apply() {
        var words = fold(input.value).split(/\s+/).filter(Boolean), tests = [], any = words.length > 0;
        selects.forEach(function (s) {
          var o = s.options[s.selectedIndex], on = !!(o && o.value);
          s.classList.toggle("on", on);
          if (!on) return;
          any = true;
          var label = fold(o.getAttribute("data-label")), value = fold(o.value), col = column(s.name);
          tests.push(s.name === "tag"
            ? function (i) { return col[i].indexOf("|" + label + "|") >= 0 || col[i].indexOf("|" + value + "|") >= 0; }
            : function (i) { return col[i] === label || col[i] === value; });
        });
        if (words.length) {
          hay = hay || t.rows.map(function (r) { return fold(r.textContent + " " + (r.getAttribute("data-tag") || "")); });
          tests.push(function (i) { for (var w = 0; w < words.length; w++) if (hay[i].indexOf(words[w]) < 0) return false; return true; });
        }
        t.match = any ? t.rows.map(function (_, i) { for (var k = 0; k < tests.length; k++) if (!tests[k](i)) return false; return true; }) : null;
        draw();
      }
      function draw() {
        var n = t.show(), num = function (x) { return x.toLocaleString("en"); };
        status.textContent = (n.total === total ? num(total) : num(n.total) + " of " + num(total)) + " " + noun + (n.shown < n.total ? ", the first " + num(n.shown) + " shown" : "");
        none.hidden = n.total > 0;
        clear.hidden = !t.match && t.col < 0;
        t.el.hidden = n.total === 0;
        more.hidden = n.shown === n.total;
        sortSel.value = t.col < 0 ? "" : t.keyName(t.col);
      }
      function save() {
        var p = [];
        if (input.value.trim()) p.push("q=" + encodeURIComponent(input.value.trim()));
        selects.forEach(function (s) { if (s.value) p.push(s.name + "=" + encodeURIComponent(s.value)); });
        if (t.col >= 0) p.push("sort=" + (t.desc ? "-" : "") + t.keyName(t.col));
        var hash = p.length ? "#" + p.join("&") : "";
        if (hash === location.hash) return;
        try { history.replaceState(null, "", hash || location.pathname + location.search); } catch (e) { location.hash = hash; }
      }
      function load() {
        var at = {}, col = -1, desc = false, raw = location.hash.slice(1) || location.search.slice(1);
        if (raw && raw.indexOf("=") < 0) { if (t.match === null) draw(); return; } /* a plain anchor */
        raw.split("&").forEach(function (kv) {
          var i = kv.indexOf("=");
          try { if (i > 0) at[kv.slice(0, i)] = decodeURIComponent(kv.slice(i + 1).replace(/\+/g, " ")); } catch (e) { /* not ours */ }
        });
        input.value = at.q || "";
        selects.forEach(function (s) { s.value = at[s.name] || ""; if (s.selectedIndex < 0) s.value = ""; });
        if (at.sort) {
          desc = at.sort.charAt(0) === "-";
          t.heads.forEach(function (_, i) { if (t.keyName(i) === at.sort.replace(/^-/, "")) col = i; });
        }
        if (col !== t.col || desc !== t.desc) t.sort(col, desc);
        apply();
      }
      t.redraw = draw;
      t.changed = function () { draw(); save(); };
      input.addEventListener("input", function () { clearTimeout(timer); timer = setTimeout(function () { apply(); save(); }, total > 2000 ? 120 : 30); });
      form.addEventListener("change", function (ev) {
        if (ev.target === input) return;
        if (ev.target === sortSel) {
          var c = -1;
          t.heads.forEach(function (_, i) { if (t.keyName(i) === sortSel.value) c = i; });
          t.sort(c, false); t.changed();
        } else { apply(); save(); }
      });
      form.addEventListener("submit", function (ev) { ev.preventDefault(); apply(); save(); });
      form.addEventListener("reset", function () { setTimeout(function () { t.sort(-1, false); apply(); save(); }, 0); });
      $("[data-more]").addEventListener("click", function () { t.open = true; draw(); });
      hashChanged.push(load);
      keyPressed.push(function (ev) {
        var e = ev.target;
        if (ev.key === "/" && !ev.ctrlKey && !ev.metaKey && !ev.altKey && !/^(INPUT|TEXTAREA|SELECT)$/.test(e.tagName) && !e.isContentEditable) {
          ev.preventDefault(); input.focus(); input.select();
        } else if (ev.key === "Escape" && e === input && input.value) { input.value = ""; apply(); save(); }
      });
      load();
      unfold(selects.some(function (s) { return s.value; }) || t.col >= 0);
      t.folded = function (on) { if (on === undefined) return !form.classList.contains("open"); unfold(!on); };
    });

    tables.forEach(function (t, i) {
      var was = before && before[i];
      if (!was || was.id !== t.el.id) return;
      t.open = t.open || was.open;
      if (was.col < t.heads.length && (was.col !== t.col || was.desc !== t.desc)) t.sort(was.col, was.desc);
      t.redraw();
      if (t.folded && was.folded !== undefined) t.folded(was.folded);
    });
  }

  function state() {
    return tables.map(function (t) { return { id: t.el.id, open: t.open, col: t.col, desc: t.desc, folded: t.folded && t.folded() }; });
  }

  /* copy: addresses of sections, prompts */
  function copy(text, done) {
    if (navigator.clipboard && window.isSecureContext) { navigator.clipboard.writeText(text).then(done, function () {}); return; }
    var t = doc.createElement("textarea");
    t.value = text; t.style.cssText = "position:fixed;opacity:0";
    doc.body.appendChild(t); t.select();
    try { if (doc.execCommand("copy")) done(); } catch (e) { /* not allowed */ }
    t.remove();
  }
  /* tables: sort by a click on a header; partners: filters too. Rows are read once and only as far as needed. */
  var coll = window.Intl && Intl.Collator ? new Intl.Collator(root.lang || undefined, { numeric: true, sensitivity: "base" }) : null;
  function fold(s) { s = s.toLowerCase(); return s.normalize ? s.normalize("NFD").replace(/[\u0300-\u036f]/g, "") : s; }
  function cellText(td) {
    var e = td.firstElementChild;
    return (e && (e.tagName === "A" || e.tagName === "SPAN") ? e : td).textContent.trim();
  }
  function keyOf(td) {
    var v = td.getAttribute("data-v"), t;
    if ($(".none", td)) return null;
    if (v !== null && v !== "") return isNaN(v) ? v : +v;
    t = $("time", td);
    if (t) return t.getAttribute("datetime");
    t = cellText(td);
    return t === "" ? null : /^-?[\d,. ]+%?$/.test(t) ? parseFloat(t.replace(/[, %]/g, "")) : t;
  }
  function cmp(a, b) { return typeof a === "number" && typeof b === "number" ? a - b : coll ? coll.compare(a, b) : a < b ? -1 : a > b ? 1 : 0; }

  var LIMIT = 500;
  function Table(table) {
    var body = table.tBodies[0], heads = all("thead th", table), keys = {}, me = this;
    this.rows = Array.prototype.slice.call(body.rows);
    this.order = this.rows.map(function (_, i) { return i; });
    this.match = null; this.col = -1; this.desc = false; this.open = this.rows.length <= 3 * LIMIT; this.heads = heads;
    this.keyName = function (i) { return heads[i].getAttribute("data-key") || String(i); };
    this.show = function () {
      var frag = doc.createDocumentFragment(), n = 0, total = 0, max = me.open ? Infinity : LIMIT;
      me.order.forEach(function (i) {
        if (me.match && !me.match[i]) return;
        total++;
        if (n < max) { frag.appendChild(me.rows[i]); n++; }
      });
      body.textContent = "";
      body.appendChild(frag);
      return { shown: n, total: total };
    };
    this.sort = function (col, desc) {
      me.col = col; me.desc = desc;
      me.order = me.rows.map(function (_, i) { return i; });
      if (col >= 0) {
        var k = keys[col] || (keys[col] = me.rows.map(function (r) { return keyOf(r.cells[col]); }));
        me.order.sort(function (a, b) {
          var x = k[a], y = k[b];
          if (x === null || y === null) return x === y ? a - b : x === null ? 1 : -1;
          return (desc ? cmp(y, x) : cmp(x, y)) || a - b;
        });
      }
      heads.forEach(function (h, i) {
        if (i === col) h.setAttribute("aria-sort", desc ? "descending" : "ascending"); else h.removeAttribute("aria-sort");
      });
    };
    this.redraw = this.changed = function () { me.show(); };
    heads.forEach(function (h, i) {
      var b = doc.createElement("button");
      b.type = "button"; b.textContent = h.textContent;
      h.textContent = ""; h.appendChild(b);
      b.addEventListener("click", function () {
        if (me.col !== i) me.sort(i, false); else if (!me.desc) me.sort(i, true); else me.sort(-1, false);
        me.changed();
      });
    });
  }

  function hear(all, ev) { all.forEach(function (heard) { heard(ev); }); }
  var wide = matchMedia("(min-width: 60.0625rem)");
  if (wide.addEventListener) wide.addEventListener("change", function () { hear(roomChanged); });
  window.addEventListener("hashchange", function () { hear(hashChanged); });
  doc.addEventListener("keydown", function (ev) { hear(keyPressed, ev); });
  init();
})();
