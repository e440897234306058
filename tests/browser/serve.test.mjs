// What a person sees in the browser while they write, with `partnerbook serve` running over a copy of the sample workspace.
// usage: SITE=folder PARTNERBOOK=program node --test serve.test.mjs
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { after, before, describe, test } from "node:test";
import { launch, until } from "./helpers.mjs";

const top = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const program = process.env.PARTNERBOOK ?? join(top, "target/release/partnerbook");

let browser;
before(async () => { browser = await launch(); });
after(() => browser?.close());

/** Starts a server over a workspace; gives its address and how to end it. */
async function start(folder, port = "0") {
  const child = spawn(program, ["-C", folder, "serve", "--port", port, "--as-of", "2026-11-20"], { stdio: ["ignore", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout });
  const address = await new Promise((done, fail) => {
    lines.on("line", (line) => { const found = line.match(/http:\/\/[^ ]+/); if (found) done(found[0]); });
    child.on("exit", (status) => fail(new Error(`the server ended with ${status}`)));
  });
  const stop = () => new Promise((done) => {
    if (child.exitCode !== null) return done(child.exitCode);
    child.on("exit", done);
    child.kill("SIGINT");
  });
  return { address, stop };
}

/** A copy of the sample, a server over it, and a tab. */
async function open(t, path, options = {}) {
  const folder = mkdtempSync(join(tmpdir(), "partnerbook-serve-"));
  cpSync(join(top, "content"), join(folder, "content"), { recursive: true });
  cpSync(join(top, "partnerbook.yaml"), join(folder, "partnerbook.yaml"));
  let server = await start(folder);
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  t.after(async () => {
    await context.close();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  context.setDefaultTimeout(10_000);
  const tab = await context.newPage();
  const file = (name) => join(folder, "content", name);
  const space = {
    tab,
    context,
    address: (at) => server.address + at,
    read: (name) => readFileSync(file(name), "utf8"),
    write: (name, text) => writeFileSync(file(name), text),
    change: (name, act) => writeFileSync(file(name), act(readFileSync(file(name), "utf8"))),
    move: (from, to) => renameSync(file(from), file(to)),
    folder,
    stop: () => server.stop(),
    restart: async () => { server = await start(folder, new URL(server.address).port); },
  };
  await show(space, tab, path);
  return space;
}

/** Opens a page and waits until it listens. */
async function show(space, tab, path) {
  const first = tab.waitForResponse(/status\.json/);
  await tab.goto(space.address(path));
  await first;
  await tab.evaluate(() => { window.isTheSame = true; });
}

const isTheSame = (tab) => tab.evaluate(() => window.isTheSame === true);
const shows = (tab, words) => until(async () => (await tab.locator("body").innerText().catch(() => "")).includes(words), `the page shows ${words}`);

const HOME = "index.md";

describe("while a file is written", () => {
  test("the page changes in place, and stays where it was scrolled to", async (t) => {
    const space = await open(t, "partners/index.html");
    const { tab } = space;
    const link = await tab.locator("main table tbody th a, main table tbody td a").first().getAttribute("href");
    await show(space, tab, "partners/" + link);
    const source = await sourceOf(tab);
    await tab.evaluate(() => window.scrollTo(0, 700));
    const seen = await tab.evaluate(() => { const all = [...document.querySelectorAll("main [id]")].filter((e) => e.getBoundingClientRect().top > 0); return [all[0].id, Math.round(all[0].getBoundingClientRect().top)]; });
    space.change(source, (text) => `${text}\nA sentence of today.\n`);
    await shows(tab, "A sentence of today.");
    assert.ok(await isTheSame(tab), "the page was loaded anew");
    const top = await tab.evaluate((id) => Math.round(document.getElementById(id).getBoundingClientRect().top), seen[0]);
    assert.ok(Math.abs(top - seen[1]) <= 2, `${seen[0]} was at ${seen[1]} and is at ${top}`);
  });

  test("what was filtered, sorted, typed and unfolded stays so", async (t) => {
    const space = await open(t, "partners/index.html");
    const { tab } = space;
    const rows = () => tab.locator("main table tbody tr:visible").evaluateAll((all) => all.map((row) => row.querySelector("a").textContent.trim()));
    const every = await rows();
    const word = every[1].split(" ")[0];
    const header = tab.locator("main table thead th button").first();
    await header.click();
    await header.click();
    const sorted = await rows();
    assert.notDeepEqual(sorted, every, "sorting changes nothing here, so nothing is tested");
    await tab.locator("form[data-filter] input[name=q]").fill(word);
    await until(async () => (await rows()).length < every.length, "the table is filtered");
    const before = await rows();
    space.change("../partnerbook.yaml", (text) => text.replace(/^title:.*$/m, "title: A title of today"));
    await until(async () => (await tab.title()).includes("A title of today"), "the title is new");
    assert.ok(await isTheSame(tab), "the page was loaded anew");
    assert.deepEqual(await rows(), before);
    const input = tab.locator("form[data-filter] input[name=q]");
    assert.equal(await input.inputValue(), word);
    assert.ok(await input.evaluate((element) => element === document.activeElement), "the field has lost the focus");
    await input.fill("");
    await until(async () => (await rows()).length === every.length, "the filter still works");
    assert.deepEqual(await rows(), sorted, "the order is forgotten");
    await tab.keyboard.press("Escape");
  });

  test("folds stay open", async (t) => {
    const space = await open(t, "index.html");
    const { tab } = space;
    space.write("library/folded.md", "# Folded\n\n## One\n\nText.\n\n## Two\n\nText.\n\n## Three\n\nText.\n\n## Four\n\nText.\n");
    await until(async () => (await tab.request.get(space.address("library/folded.html"))).ok(), "the page is there");
    await show(space, tab, "library/folded.html");
    const fold = tab.locator("details").first();
    const was = await fold.evaluate((element) => (element.open = !element.open));
    space.change("library/folded.md", (text) => text.replace("Text.", "Words of today."));
    await shows(tab, "Words of today.");
    assert.ok(await isTheSame(tab));
    assert.equal(await fold.evaluate((element) => element.open), was);
  });

  test("every tab follows, also one that was not looked at", async (t) => {
    const space = await open(t, "index.html");
    const other = await space.context.newPage();
    await show(space, other, "index.html");
    await other.evaluate(() => {
      Object.defineProperty(document, "hidden", { value: true, configurable: true });
      document.dispatchEvent(new Event("visibilitychange"));
    });
    space.change(HOME, (text) => `${text}\nFor all tabs.\n`);
    await shows(space.tab, "For all tabs.");
    assert.ok(!(await other.locator("body").innerText()).includes("For all tabs."), "a hidden tab listens, which takes a connection from the others");
    await other.evaluate(() => {
      delete document.hidden;
      document.dispatchEvent(new Event("visibilitychange"));
    });
    await shows(other, "For all tabs.");
  });
});

/** The file that a page says it was written in, in content/. */
const sourceOf = async (tab) => (await tab.locator(".foot .src code").innerText()).replace(/^content\//, "");

describe("the style sheet", () => {
  test("changes without the page being loaded anew, and the page is never without one", async (t) => {
    const space = await open(t, "index.html");
    const { tab } = space;
    await tab.evaluate(() => {
      window.bare = 0;
      new MutationObserver(() => { if (!document.querySelector("link[rel=stylesheet]")) window.bare += 1; }).observe(document.head, { childList: true });
    });
    cpSync(join(top, "themes/default/static/style.css"), join(space.folder, "themes/default/static/style.css"), { recursive: true });
    const colour = () => tab.evaluate(() => getComputedStyle(document.querySelector("h1")).color);
    space.change("../themes/default/static/style.css", (text) => `${text}\nh1 { color: rgb(1, 2, 3) !important; }\n`);
    await until(async () => (await colour()) === "rgb(1, 2, 3)", "the heading has its colour");
    await until(async () => (await tab.locator("link[rel=stylesheet]").count()) === 1, "the old one is gone");
    assert.ok(await isTheSame(tab), "the page was loaded anew");
    assert.equal(await tab.evaluate(() => window.bare), 0);
  });
});

describe("what is wrong", () => {
  const sheet = (tab) => tab.getByRole("alertdialog");

  test("is shown over the page in the words of the terminal, and goes when it is put right", async (t) => {
    const space = await open(t, "index.html");
    const { tab } = space;
    const good = space.read(HOME);
    space.write(HOME, `${good}\nSee [the plan <b>](no-such-plan.md).\n`);
    await sheet(tab).waitFor();
    const text = await sheet(tab).innerText();
    assert.match(text, /1 error keeps the site from being published/);
    assert.match(text, /input\/broken-link/);
    assert.match(text, /content\/index\.md:\d+:\d+/);
    assert.match(text, /See \[the plan <b>\]\(no-such-plan\.md\)/, "the line as it is written");
    assert.match(await sheet(tab).locator("mark").first().innerText(), /no-such-plan/);
    space.write(HOME, good);
    await sheet(tab).waitFor({ state: "hidden" });
    assert.ok(await isTheSame(tab));
  });

  test("can be put away by keyboard, stays away, and comes back when something else is wrong", async (t) => {
    const space = await open(t, "index.html");
    const { tab } = space;
    const good = space.read(HOME);
    space.write(HOME, `${good}\n[a](gone-a.md)\n`);
    await sheet(tab).getByRole("button", { name: "Close" }).focus();
    await tab.keyboard.press("Escape");
    await sheet(tab).waitFor({ state: "hidden" });
    await tab.reload();
    await tab.getByRole("button", { name: "1 error" }).waitFor();
    assert.ok(!(await sheet(tab).isVisible()));
    await tab.getByRole("button", { name: "1 error" }).click();
    await sheet(tab).waitFor();
    await sheet(tab).getByRole("button", { name: "Close" }).click();
    space.write(HOME, `${good}\n[a](gone-a.md)\n[b](gone-b.md)\n`);
    await sheet(tab).waitFor();
    assert.match(await sheet(tab).innerText(), /2 errors keep/);
  });

  test("is not printed, and does not cover the end of the page", async (t) => {
    const space = await open(t, "index.html");
    const { tab } = space;
    space.change(HOME, (text) => `${text}\n[a](gone-a.md)\n`);
    await sheet(tab).waitFor();
    await tab.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
    const [foot, top] = [await tab.locator(".foot p").last().boundingBox(), await sheet(tab).boundingBox()];
    assert.ok(foot.y + foot.height <= top.y, "the foot lies under the sheet");
    await tab.emulateMedia({ media: "print" });
    assert.ok(!(await sheet(tab).isVisible()));
  });

  test("with the partner of the page is listed in a corner, when it is new", async (t) => {
    const space = await open(t, "index.html");
    const { tab } = space;
    space.write("partners/quiet.md", "---\nname: Quiet\n---\n");
    await until(async () => (await tab.request.get(space.address("partners/quiet.html"))).ok(), "the page is there");
    await show(space, tab, "partners/quiet.html");
    const card = tab.getByRole("region", { name: "New findings" });
    assert.ok(!(await card.isVisible()), "what was there before is not news");
    space.write("partners/quiet.md", "---\nname: Quiet\ntier: nowhere\ncolour: blue\n---\n");
    await card.waitFor();
    assert.match(await card.innerText(), /colour/);
    space.write("partners/quiet.md", "---\nname: Quiet\n---\n");
    await card.waitFor({ state: "hidden" });
  });
});

describe("what is shown over a page", () => {
  const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  for (const [colorScheme, width] of [["light", 1280], ["dark", 1280], ["dark", 390]]) {
    test(`can be read by everybody: ${colorScheme}, ${width} px`, async (t) => {
      const space = await open(t, "index.html", { colorScheme, viewport: { width, height: 800 } });
      const { tab } = space;
      space.write(HOME, space.read(HOME).replace("---\n", "---\ncolour: blue\n") + "\n[a](gone-a.md)\n\n[b](gone-b.md)\n");
      await tab.getByRole("alertdialog").waitFor();
      await tab.evaluate(axe);
      const found = await tab.evaluate(() => axe.run("partnerbook-live", { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] }));
      assert.ok(found.passes.length > 3, "nothing was looked at");
      assert.deepEqual(found.violations.map((rule) => `${rule.id}: ${rule.nodes.map((node) => node.html).join(" ")}`), []);
      const wide = await tab.evaluate(() => document.documentElement.scrollWidth > innerWidth);
      assert.ok(!wide, "the page is wider than the window");
    });
  }
});

describe("files that pages show", () => {
  test("a picture that was drawn anew is shown anew", async (t) => {
    const space = await open(t, "index.html");
    const { tab } = space;
    const drawn = (size) => `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}"></svg>`;
    space.write("library/drawing.svg", drawn(20));
    space.write("library/drawing.md", "# Drawing\n\n![A drawing](drawing.svg)\n");
    await until(async () => (await tab.request.get(space.address("library/drawing.html"))).ok(), "the page is there");
    await show(space, tab, "library/drawing.html");
    const size = () => tab.getByAltText("A drawing").evaluate((image) => image.naturalWidth);
    await until(async () => (await size()) === 20, "the picture is there");
    space.write("library/drawing.svg", drawn(33));
    await until(async () => (await size()) === 33, "the picture is the new one");
    assert.ok(await isTheSame(tab));
  });

  test("a theme whose script knows nothing of this is loaded anew", async (t) => {
    const space = await open(t, "index.html");
    const { tab } = space;
    cpSync(join(top, "themes/default/static/style.css"), join(space.folder, "themes/default/static/style.css"), { recursive: true });
    space.write("../themes/default/static/site.js", "document.documentElement.dataset.own = 'yes';\n");
    await until(() => tab.evaluate(() => document.documentElement.dataset.own === "yes").catch(() => false), "the script has run");
    space.change(HOME, (text) => `${text}\nWith a script of our own.\n`);
    await shows(tab, "With a script of our own.");
  });
});

describe("pages and servers that go away", () => {
  test("a page whose file was deleted says so, and comes back with it", async (t) => {
    const space = await open(t, "index.html");
    const { tab } = space;
    space.write("library/short-lived.md", "# Short-lived\n");
    await until(async () => (await tab.request.get(space.address("library/short-lived.html"))).ok(), "the page is there");
    await show(space, tab, "library/short-lived.html");
    space.move("library/short-lived.md", "library/renamed.md");
    await tab.getByText("This page is no longer there.").first().waitFor();
    assert.ok(await tab.getByRole("heading", { name: "Short-lived" }).isVisible(), "what was read stays readable");
    assert.equal(await tab.getByRole("link", { name: "Go to the home page" }).getAttribute("href"), "/");
    space.move("library/renamed.md", "library/short-lived.md");
    await tab.getByRole("link", { name: "Go to the home page" }).waitFor({ state: "hidden" });
  });

  test("a server that is started again is found again", async (t) => {
    const space = await open(t, "index.html");
    const { tab } = space;
    assert.equal(await space.stop(), 0);
    await tab.getByText("Disconnected").waitFor();
    space.change(HOME, (text) => `${text}\nWritten meanwhile.\n`);
    await space.restart();
    await shows(tab, "Written meanwhile.");
    await tab.getByText("Disconnected").waitFor({ state: "hidden" });
    assert.ok(await isTheSame(tab));
  });
});
