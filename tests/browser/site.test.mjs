// What a person sees of a built site, opened as files in Chromium.
// usage: SITE=folder node --test site.test.mjs        (CHROMIUM names the browser, /usr/bin/chromium when it is not set)
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { address, contrasts, crawl, htmlFiles, launch, markWhole, pathOf, sheetsOf, site, size, sticksOut, until } from "./helpers.mjs";

let browser;
let pages; // path -> what the crawl saw there
let chosen; // one page of each kind

before(async () => {
  browser = await launch();
  pages = await crawl(browser);
  chosen = onePageOfEachKind();
});
after(() => browser?.close());

const KINDS = [
  /^index\.html$/,
  /^partners\/index\.html$/,
  /^partners\/[^/]+\.html$/,
  /^partners\/[^/]+\/scorecard\.html$/,
  /^partners\/[^/]+\/qbr\/[^/]+\.html$/,
  /^partners\/[^/]+\/issues\/[^/]+\.html$/,
  /^issues\/index\.html$/,
  /^reviews\/index\.html$/,
  /^findings\/index\.html$/,
  /^findings\/.+\.html$/,
  /^stages\/index\.html$/,
  /^stages\/.+\.html$/,
  /^tags\/.+\.html$/,
  /^playbooks\/index\.html$/,
  /^playbooks\/.+\.html$/,
  /^people\/.+\.html$/,
  /^library\/.+\.html$/,
];

/** The page with the most on it, of each kind that the site has. */
function onePageOfEachKind() {
  const largest = (kind) => [...pages.keys()].filter((path) => kind.test(path)).sort((a, b) => size(b) - size(a))[0];
  return [...new Set(KINDS.map(largest).filter(Boolean))];
}

/** Opens a page in a context of its own, closed when the test is done. */
async function open(t, path, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  t.after(() => context.close());
  context.setDefaultTimeout(10_000);
  const tab = await context.newPage();
  await tab.goto(address(path));
  return tab;
}

/** Fails with all complaints about all pages, not the first only. */
function nothing(complaints) {
  const shown = complaints.slice(0, 40).join("\n  ");
  assert.equal(complaints.length, 0, `${complaints.length} complaints:\n  ${shown}`);
}

const overPages = (complain) => nothing([...pages].flatMap(([path, seen]) => complain(seen, path).map((text) => `${path}: ${text}`)));

describe("every page", () => {
  test("is reached from the home page", () => {
    assert.ok(pages.size > 5, `only ${pages.size} pages were found`);
    nothing(htmlFiles().filter((path) => path !== "404.html" && !pages.has(path)).map((path) => `no link leads to ${path}`));
  });
  test("has links that lead to files of the site", () => overPages((seen) => seen.badLinks));
  test("has links whose anchors are there", () =>
    overPages((seen) =>
      seen.targets
        .filter(({ path, anchor }) => pages.has(path) && anchor !== "" && anchor !== "top" && !anchor.includes("="))
        .filter(({ path, anchor }) => !pages.get(path).ids.includes(anchor))
        .map(({ link }) => `no such anchor: ${link}`),
    ));
  test("raises no error and asks no other host", () => overPages((seen) => seen.problems));
  test("is no wider than a phone or a laptop", () => overPages((seen) => seen.tooWide));
  test("has one h1, one main, a title, a language, and images with alt", () =>
    overPages((seen) => [
      ...(seen.h1 === 1 ? [] : [`${seen.h1} h1`]),
      ...(seen.main === 1 ? [] : [`${seen.main} main`]),
      ...(seen.title ? [] : ["no title"]),
      ...(seen.lang ? [] : ["no lang"]),
      ...seen.imagesWithoutAlt.map((image) => `no alt: ${image}`),
      ...seen.repeatedIds.map((id) => `id used twice: ${id}`),
    ]));
});

describe("colours", () => {
  const selectors = ["p", "li", "td", "th", "dt", "dd", "a", ".badge", "small", "time", "label", "button", "code", "h1", "h2", "h3"];
  const papers = {};
  for (const colorScheme of ["light", "dark"]) {
    test(`are readable in the ${colorScheme} scheme`, async (t) => {
      const tab = await open(t, "index.html", { colorScheme });
      const complaints = [];
      let count = 0;
      for (const path of chosen) {
        await tab.goto(address(path));
        const { measured, paper } = await tab.evaluate(contrasts, { selectors, each: 40 });
        count += measured.length;
        complaints.push(...measured.filter(({ ratio }) => ratio < 4.5).map(({ what }) => `${path}: ${what}`));
        if (path === "index.html") papers[colorScheme] = paper;
      }
      assert.ok(count > 20, `only ${count} elements were measured`);
      nothing(complaints);
    });
  }
  test("differ between the two schemes", () => assert.ok(papers.light > 0.5 && papers.dark < 0.2, JSON.stringify(papers)));
  test("can be chosen by hand, and the choice is kept", async (t) => {
    const tab = await open(t, "index.html", { colorScheme: "light" });
    const isDark = async () => (await tab.evaluate(contrasts, { selectors: [], each: 0 })).paper < 0.2;
    const button = tab.getByRole("button", { name: /theme/i });
    for (let click = 0; click < 3 && !(await isDark()); click++) await button.click();
    assert.ok(await isDark(), "no click made the page dark");
    await tab.goto(address("partners/index.html"));
    assert.ok(await isDark(), "the next page is light again");
  });
});

describe("without JavaScript", () => {
  test("the table of partners is there, and its links work", async (t) => {
    const tab = await open(t, "partners/index.html", { javaScriptEnabled: false });
    const rows = tab.locator("main table tbody tr");
    assert.ok((await rows.count()) > 0, "no rows");
    assert.ok(await rows.last().isVisible(), "the last row is hidden");
    await rows.last().getByRole("link").first().click();
    assert.match(pathOf(tab.url()), /^partners\/.+\.html$/);
    assert.ok(await tab.getByRole("heading", { level: 1 }).isVisible());
  });
  test("no control is shown that would do nothing", async (t) => {
    const tab = await open(t, "partners/index.html", { javaScriptEnabled: false });
    for (const control of await tab.locator("button, input, select").all()) {
      assert.ok(!(await control.isVisible()), `shown: ${await control.evaluate((element) => element.outerHTML.slice(0, 100))}`);
    }
  });
});

describe("the table of partners", () => {
  const order = new Intl.Collator("en", { sensitivity: "base", numeric: true });
  const byName = (a, b) => order.compare(a, b);

  async function openTable(t) {
    const tab = await open(t, "partners/index.html");
    const table = tab.locator("main table").first();
    const all = tab.getByRole("button", { name: /show all/i });
    if (await all.isVisible()) await all.click();
    const names = () => table.locator("tbody tr:visible").evaluateAll((rows) => rows.map((row) => row.querySelector("a").textContent.trim()));
    const header = (name) => table.getByRole("columnheader", { name }).first();
    const sortBy = async (name) => {
      const button = header(name).getByRole("button");
      await ((await button.count()) ? button.first() : header(name)).click();
    };
    return { tab, table, names, header, sortBy, find: tab.locator("main input[type=search]").first() };
  }

  test("sorts by the header that is clicked, and back", async (t) => {
    const { names, header, sortBy } = await openTable(t);
    const before = await names();
    assert.ok(before.length > 1, "too few partners to sort");
    const up = [...before].sort(byName);
    const down = [...up].reverse();
    const directions = [];
    for (let click = 0; click < 2; click++) {
      await sortBy(/partner/i);
      const now = await names();
      const direction = await header(/partner/i).getAttribute("aria-sort");
      assert.deepEqual(now.map(String), direction === "descending" ? down : up, `wrong order, said to be ${direction}`);
      directions.push(direction);
    }
    assert.deepEqual(directions.sort(), ["ascending", "descending"]);
  });

  test("sorts dates as dates", async (t) => {
    const { table, sortBy } = await openTable(t);
    await sortBy(/review/i);
    const dates = await table.locator("tbody tr:visible").evaluateAll((rows) => {
      const columns = [...rows[0].closest("table").querySelectorAll("thead th")];
      const at = columns.findIndex((column) => /review/i.test(column.textContent));
      return rows.map((row) => row.cells[at].querySelector("time")?.dateTime).filter(Boolean);
    });
    const sorted = [...dates].sort();
    assert.ok(String(dates) === String(sorted) || String(dates) === String(sorted.reverse()), `not in order: ${dates}`);
  });

  test("is filtered by typing, and keeps its state over a reload", async (t) => {
    const { tab, names, find, sortBy } = await openTable(t);
    const all = await names();
    const wanted = [...all].sort((a, b) => b.length - a.length)[0];
    await sortBy(/partner/i);
    await find.fill(wanted);
    await until(async () => (await names()).length < all.length, "fewer rows are shown");
    const shown = await names();
    assert.ok(shown.includes(wanted), `${wanted} is not among ${shown}`);
    const url = tab.url();
    assert.notEqual(url, address("partners/index.html"), "the address does not tell the state");
    await tab.reload();
    await until(async () => String(await names()) === String(shown), "the same rows are shown again");
    assert.equal(await find.inputValue(), wanted);
    assert.equal(tab.url(), url);
    await find.fill("");
    await until(async () => (await names()).length === all.length, "all rows are shown again");
  });

  test("says so when nothing matches", async (t) => {
    const { tab, names, find } = await openTable(t);
    await find.fill("zzqqxxjj");
    await until(async () => (await names()).length === 0, "no row is shown");
    assert.ok(await tab.getByText(/no partner/i).first().isVisible(), "nothing says that no partner matches");
  });

  test("is filtered by choosing", async (t) => {
    const { tab, names } = await openTable(t);
    const choice = tab.getByRole("combobox", { name: /stage/i }).first();
    const [value, label] = await choice.locator("option").evaluateAll((options) => options.filter((option) => option.value).map((option) => [option.value, option.textContent])[0]);
    const expected = Number(label.match(/(\d+)\)?\s*$/)[1]);
    await choice.selectOption(value);
    await until(async () => (await names()).length === expected, `${expected} rows are shown`);
  });
});

describe("the keyboard", () => {
  test("reaches the skip link first, which leads to the content", async (t) => {
    const tab = await open(t, chosen.find((path) => path.startsWith("partners/") && path !== "partners/index.html") ?? "index.html");
    await tab.keyboard.press("Tab");
    const focus = () => tab.evaluate(() => ({ text: document.activeElement.textContent, href: document.activeElement.getAttribute("href"), ...document.activeElement.getBoundingClientRect().toJSON() }));
    const skip = await focus();
    assert.match(skip.text, /skip/i);
    assert.ok(skip.left >= 0 && skip.top >= 0 && skip.width > 1 && skip.height > 1, "the skip link is not seen when it has the focus");
    await tab.keyboard.press("Enter");
    assert.ok(await tab.evaluate((id) => document.getElementById(id).matches("main, main *"), skip.href.slice(1)), "it does not lead into main");
    await tab.keyboard.press("Tab");
    assert.ok(await tab.evaluate(() => document.activeElement.closest("main, footer") !== null), "the next stop is not behind the navigation");
  });

  test("finds the filter with one key", async (t) => {
    const tab = await open(t, "partners/index.html");
    await tab.keyboard.press("/");
    assert.ok(await tab.locator("main input[type=search]").first().evaluate((input) => input === document.activeElement && input.value === ""));
  });

  test("sorts the table of partners", async (t) => {
    const tab = await open(t, "partners/index.html");
    const header = tab.locator("main table thead th").nth(1);
    const before = await header.getAttribute("aria-sort");
    await header.getByRole("button").focus();
    await tab.keyboard.press("Enter");
    assert.notEqual(await header.getAttribute("aria-sort"), before);
  });

  test("shows where the focus is", async (t) => {
    const tab = await open(t, "index.html");
    for (let stop = 0; stop < 8; stop++) {
      await tab.keyboard.press("Tab");
      const style = await tab.evaluate(() => {
        const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(document.activeElement);
        return { outlined: outlineStyle !== "none" && outlineWidth !== "0px", boxShadow, what: document.activeElement.outerHTML.slice(0, 100) };
      });
      assert.ok(style.outlined || style.boxShadow !== "none", `no sign of the focus on ${style.what}`);
    }
  });
});

describe("on paper", () => {
  test("the navigation and the controls are left out, and the content fits", async (t) => {
    const tab = await open(t, "index.html", { viewport: { width: 718, height: 1000 } }); // A4 less its margins
    await tab.emulateMedia({ media: "print" });
    const complaints = [];
    for (const path of chosen) {
      await tab.goto(address(path));
      for (const element of await tab.locator("body > header nav, nav[aria-label=Main], button:not(th button), input:not([disabled]), select").all()) {
        if (await element.isVisible()) complaints.push(`${path}: printed: ${await element.evaluate((one) => one.outerHTML.slice(0, 100))}`);
      }
      const sticking = await tab.evaluate(sticksOut);
      if (sticking) complaints.push(`${path}: ${sticking}`);
      if (!(await tab.locator("main h1").isVisible())) complaints.push(`${path}: no heading`);
    }
    nothing(complaints);
  });

  const reviews = () => {
    const all = [...pages.keys()].filter((path) => /^partners\/[^/]+\/qbr\/[^/]+\.html$/.test(path));
    assert.ok(all.length > 10, `only ${all.length} reviews`);
    return all;
  };

  for (const format of ["A4", "Letter"]) {
    test(`a review is a document of one to three sheets, and no row is cut, ${format}`, async (t) => {
      const tab = await open(t, "index.html");
      const complaints = [];
      let long = 0;
      for (const path of reviews()) {
        await tab.goto(address(path));
        const { count } = sheetsOf(await tab.pdf({ format }));
        if (count < 1 || count > 3) complaints.push(`${path}: ${count} sheets`);
        if (count === 1) continue;
        long += 1;
        await tab.emulateMedia({ media: "print" });
        const whole = await tab.evaluate(markWhole);
        await tab.emulateMedia({ media: null });
        const { sheet } = sheetsOf(await tab.pdf({ format }));
        for (const { what, marks } of whole) {
          const on = new Set(marks.map((id) => sheet.get(id)).filter((at) => at !== undefined)); // a mark behind a drawing has no place
          if (on.size === 0) complaints.push(`${path}: ${what} is not printed`);
          else if (on.size > 1) complaints.push(`${path}: ${what} is on sheets ${[...on].map((at) => at + 1).join(" and ")}`);
        }
      }
      assert.ok(long > 5, `only ${long} reviews have more than one sheet`);
      nothing(complaints);
    });
  }

  test("every sheet of a review but the first says whose it is, and of which day", async (t) => {
    const tab = await open(t, "index.html");
    const complaints = [];
    for (const path of reviews()) {
      await tab.goto(address(path));
      const { styles, heading, kind } = await tab.evaluate(() => ({
        styles: [...document.querySelectorAll("style")].map((style) => style.textContent).join(""),
        heading: document.querySelector("main h1").textContent.replace(/\s+/g, " "),
        kind: document.querySelector("main").textContent,
      }));
      const unescape = (text) => text.replace(/\\([0-9a-f]{1,6}) ?/gi, (_, code) => String.fromCodePoint(parseInt(code, 16)));
      const box = (name) => unescape(styles.match(new RegExp(`@page\\s*{.*@top-${name}\\s*{\\s*content:\\s*"([^"]*)"`))?.[1] ?? "");
      const partner = box("left").split(": ")[0];
      const day = box("right").match(/\d{1,2} [A-Z][a-z]{2} \d{4}$/)?.[0];
      if (!partner || !heading.includes(partner)) complaints.push(`${path}: the head of the sheet says ${box("left")}, the page ${heading}`);
      if (!day || !kind.includes(`as of ${day}`)) complaints.push(`${path}: the head of the sheet has no day of the page: ${box("right")}`);
    }
    nothing(complaints);
    const sheet = readFileSync(join(site, "static/style.css"), "utf8");
    assert.match(sheet, /@page :first\s*{\s*@top-left\s*{\s*content:\s*none;?\s*}\s*@top-right\s*{\s*content:\s*none/, "the first sheet has the heading twice");
    assert.match(sheet, /@bottom-right\s*{\s*content:\s*counter\(page\) " \/ " counter\(pages\)/, "the sheets are not numbered");
  });
});

describe("folded values", () => {
  const isSeen = (target) => target.evaluate((one) => one.checkVisibility() && one.getBoundingClientRect().top < innerHeight && one.getBoundingClientRect().bottom > 0);

  test("are opened by a link to one of them", async (t) => {
    const path = [...pages.keys()].find((one) => /\/qbr\//.test(one) && pages.get(one).targets.some(({ anchor }) => anchor.startsWith("k-")));
    const { link, anchor } = pages.get(path).targets.find((target) => target.anchor.startsWith("k-"));
    const tab = await open(t, path);
    await tab.locator(`a[href="${link}"]`).first().click();
    await until(() => isSeen(tab.locator(`[id="${anchor}"]`)), `${anchor} is seen after a click in ${path}`);
    const others = await tab.locator("main details.values").evaluateAll((all) => all.map((one) => one.open));
    assert.deepEqual(others.filter(Boolean), [true], "only the values that the link leads to are unfolded");
  });

  test("are folded without one, and opened when the address changes", async (t) => {
    const path = [...pages.keys()].find((one) => one.endsWith("/scorecard.html") && pages.get(one).ids.some((id) => /^k-.+\.\d{4}-Q\d$/.test(id)));
    const anchor = pages.get(path).ids.find((id) => /^k-.+\.\d{4}-Q\d$/.test(id));
    const tab = await open(t, path);
    const target = tab.locator(`[id="${anchor}"]`);
    assert.equal(await target.isVisible(), false, "the values are not folded");
    await tab.evaluate((id) => (location.hash = id), anchor);
    await until(() => isSeen(target), `${anchor} is seen after the address has changed`);
  });
});

describe("accessibility", () => {
  const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
  for (const [colorScheme, width] of [["light", 1280], ["dark", 1280], ["light", 390]]) {
    test(`holds to WCAG 2.2 AA, ${colorScheme}, ${width} px wide`, async (t) => {
      const tab = await open(t, "index.html", { colorScheme, viewport: { width, height: 900 }, bypassCSP: true });
      const complaints = [];
      for (const path of chosen) {
        await tab.goto(address(path));
        await tab.evaluate(axe);
        const { violations } = await tab.evaluate((values) => window.axe.run(document, { runOnly: { type: "tag", values } }), tags);
        for (const { id, help, nodes } of violations) {
          complaints.push(`${path}: ${id}: ${help}: ${nodes.slice(0, 3).map((node) => node.html.slice(0, 120)).join(" | ")} (${nodes.length})`);
        }
      }
      nothing(complaints);
    });
  }
});
