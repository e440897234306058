// What the tests share: the folder of the site, the browser, the crawl, and what can be read off a page.
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

export const site = resolve(process.env.SITE ?? "");
if (!process.env.SITE || !existsSync(join(site, "index.html"))) {
  throw new Error("the environment variable SITE must name the folder of a built site");
}

export const launch = () =>
  chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });

/** The file:// address of a path in the site. */
export const address = (path) => pathToFileURL(join(site, path)).href;

/** The path in the site that an address leads to, or null when it leads out of the site. */
export function pathOf(url) {
  const path = relative(site, fileURLToPath(new URL(url.split(/[?#]/)[0]))).split(sep).join("/");
  return path.startsWith("../") ? null : path;
}

export const isFile = (path) => statSync(join(site, path), { throwIfNoEntry: false })?.isFile() ?? false;

export const size = (path) => statSync(join(site, path)).size;

/** Every page of the site, as paths, without those that only send the reader on. */
export const htmlFiles = () =>
  readdirSync(site, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".html"))
    .map((entry) => relative(site, join(entry.parentPath ?? entry.path, entry.name)).split(sep).join("/"))
    .filter((path) => !/<meta http-equiv="?refresh/i.test(readFileSync(join(site, path), "utf8")))
    .sort();

/** Collects what goes wrong while a tab shows pages: errors in the console, and requests that leave the site. */
export function watch(tab) {
  const problems = [];
  tab.on("console", (message) => message.type() === "error" && problems.push(`console: ${message.text()}`));
  tab.on("pageerror", (error) => problems.push(`script error: ${error.message}`));
  tab.on("requestfailed", (request) => {
    const { errorText } = request.failure();
    if (errorText !== "net::ERR_ABORTED") problems.push(`${errorText}: ${request.url()}`); // aborted: the tab went on to the next page
  });
  tab.on("request", (request) => {
    const url = request.url();
    const inside = /^(data|blob|about):/.test(url) || (url.startsWith("file:") && pathOf(url) !== null);
    if (!inside) problems.push(`request out of the site: ${url}`);
  });
  return problems;
}

/** Waits until a question is answered with yes. */
export async function until(question, what) {
  for (let tries = 0; tries < 60; tries++) {
    if (await question()) return;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error(`waited in vain until ${what}`);
}

// ---- the crawl ------------------------------------------------------------------------------------------------------

const WIDTHS = [1280, 390];

/** Visits every page that links lead to, from the home page on. Gives a map from path to what was seen there. */
export async function crawl(browser) {
  const tab = await browser.newPage();
  const problems = watch(tab);
  const pages = new Map();
  const waiting = ["index.html"].filter(isFile);
  const met = new Set(waiting);
  while (waiting.length > 0) {
    const path = waiting.shift();
    problems.length = 0;
    await tab.goto(address(path), { waitUntil: "load" });
    const seen = await tab.evaluate(readPage);
    seen.tooWide = [];
    for (const width of WIDTHS) {
      await tab.setViewportSize({ width, height: 900 });
      const sticking = await tab.evaluate(sticksOut);
      if (sticking) seen.tooWide.push(`${width} px: ${sticking}`);
    }
    seen.problems = [...problems];
    seen.targets = [];
    seen.badLinks = [];
    for (const link of seen.links) follow(path, link, seen);
    for (const { path: target } of seen.targets) {
      if (target.endsWith(".html") && !met.has(target)) {
        met.add(target);
        waiting.push(target);
      }
    }
    pages.set(path, seen);
  }
  await tab.close();
  return pages;
}

/** Sorts one link of a page: to another host, to a file of the site, or bad. */
function follow(path, link, seen) {
  if (/^(https?|mailto|tel|data):/i.test(link)) return;
  if (/^[a-z][a-z0-9+.-]*:/i.test(link) || link.startsWith("/")) {
    seen.badLinks.push(`not relative: ${link}`);
    return;
  }
  try {
    const url = new URL(link, address(path));
    const target = pathOf(url.href);
    if (target === null) seen.badLinks.push(`leads out of the site: ${link}`);
    else if (!isFile(target)) seen.badLinks.push(`leads to no file: ${link}`);
    else seen.targets.push({ path: target, anchor: decodeURIComponent(url.hash.slice(1)), link });
  } catch (error) {
    seen.badLinks.push(`cannot be read: ${link} (${error.message})`);
  }
}

/** Runs in the page: what it holds. */
function readPage() {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const ids = all("[id]").map((element) => element.id);
  return {
    title: document.title.trim(),
    lang: document.documentElement.lang,
    h1: all("h1").length,
    main: all("main").length,
    imagesWithoutAlt: all("img:not([alt])").map((image) => image.outerHTML.slice(0, 120)),
    ids,
    repeatedIds: ids.filter((id, index) => ids.indexOf(id) !== index),
    links: [
      ...all("a[href], area[href], link[href]:not([rel=canonical])").map((element) => element.getAttribute("href")),
      ...all("script[src], img[src], source[src], iframe[src]").map((element) => element.getAttribute("src")),
      ...all("form[action]").map((element) => element.getAttribute("action")),
    ],
  };
}

/** Runs in the page: the widest thing when the page is wider than the window, else null. */
export function sticksOut() {
  const room = document.documentElement.clientWidth;
  const width = document.documentElement.scrollWidth;
  if (width <= room) return null;
  const right = (element) => element.getBoundingClientRect().right;
  const widest = [...document.body.querySelectorAll("*")].reduce((a, b) => (right(b) > right(a) ? b : a));
  return `the page is ${width} px wide, up to ${widest.outerHTML.slice(0, 120)}`;
}

// ---- paper ----------------------------------------------------------------------------------------------------------

/** How many sheets a printed page has, and which of them, from 0, the target of each of its links inside is on. */
export function sheetsOf(pdf) {
  const text = pdf.toString("latin1");
  const sheets = text.match(/\/Type\s*\/Pages\b[^>]*?\/Kids\s*\[([^\]]*)\]/)[1].match(/\d+ 0 R/g);
  const targets = [...text.matchAll(/\/([\w-]+) \[(\d+ 0 R) \/XYZ /g)].map(([, id, sheet]) => [id, sheets.indexOf(sheet)]);
  return { count: sheets.length, sheet: new Map(targets) };
}

/**
 * Runs in the page: puts marks around what must not be cut, and links to the marks on a sheet behind everything, since only what
 * is linked to can be found in the print. Gives what must be on one sheet: its marks, and what it is.
 */
export function markWhole() {
  const main = document.querySelector("main");
  const links = document.createElement("p");
  links.style.breakBefore = "page";
  const mark = (element, how) => {
    const here = Object.assign(document.createElement("i"), { id: `mark-${links.childElementCount}` });
    element[how](here);
    links.append(Object.assign(document.createElement("a"), { href: `#${here.id}`, textContent: "to " }));
    return here.id;
  };
  const around = (element) => [mark(element, "prepend"), mark(element, "append")];
  const words = (element) => element.textContent.trim().replace(/\s+/g, " ").slice(0, 60);
  const whole = [...main.querySelectorAll("tbody tr")].map((row) => ({ what: `the row ${words(row)}`, marks: [...row.cells].filter((cell) => cell.checkVisibility()).flatMap(around) }));
  for (const heading of main.querySelectorAll("h2, h3")) {
    const next = heading.nextElementSibling;
    const first = next?.querySelector("tbody tr > *, li, p, dt") ?? next;
    if (first?.checkVisibility()) whole.push({ what: `the heading ${words(heading)} and what follows`, marks: [mark(heading, "append"), mark(first, "prepend")] });
  }
  main.append(links);
  return whole;
}

// ---- contrast -------------------------------------------------------------------------------------------------------

/** Runs in the page: the contrast of visible text with what is behind it, for some elements of each selector. */
export function contrasts({ selectors, each }) {
  const pen = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d", { willReadFrequently: true });
  const parse = (colour) => {
    pen.clearRect(0, 0, 1, 1);
    pen.fillStyle = colour;
    pen.fillRect(0, 0, 1, 1);
    const [r, g, b, alpha] = pen.getImageData(0, 0, 1, 1).data;
    return [r, g, b, alpha / 255];
  };
  const over = ([r, g, b, alpha], under) => [r, g, b].map((value, i) => value * alpha + under[i] * (1 - alpha));
  const luminance = (colour) => {
    const [r, g, b] = colour.map((value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const paper = document.body.appendChild(document.createElement("div"));
  paper.style.background = "Canvas";
  const base = parse(getComputedStyle(paper).backgroundColor).slice(0, 3);
  paper.remove();

  const upwards = (element) => (element ? [element, ...upwards(element.parentElement)] : []);
  const hasText = (element) => [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
  const isSeen = (element) => {
    const { width, height } = element.getBoundingClientRect();
    return width > 1 && height > 1 && element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  };
  // Null where an image lies behind the text: no single colour to compare with.
  const behind = (element) => {
    let layers = upwards(element).map((one) => getComputedStyle(one));
    if (layers.some((style) => style.backgroundImage !== "none")) return null;
    layers = layers.map((style) => parse(style.backgroundColor));
    return layers.reduceRight((under, layer) => over(layer, under), base);
  };
  const measure = (element) => {
    const ground = behind(element);
    if (!ground) return [];
    const colour = parse(getComputedStyle(element).color);
    colour[3] *= upwards(element).reduce((opacity, one) => opacity * Number(getComputedStyle(one).opacity), 1);
    const [dark, light] = [luminance(over(colour, ground)), luminance(ground)].sort((a, b) => a - b);
    const ratio = (light + 0.05) / (dark + 0.05);
    return [{ ratio, what: `${element.outerHTML.slice(0, 100)} (${ratio.toFixed(2)})` }];
  };
  const found = selectors.flatMap((selector) => [...document.querySelectorAll(selector)].filter((element) => hasText(element) && isSeen(element)).slice(0, each));
  const body = behind(document.body);
  return { measured: [...new Set(found)].flatMap(measure), paper: body ? luminance(body) : null };
}
