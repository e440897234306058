#!/usr/bin/env python3
"""Reference computation of MEASURES.md for the fixtures (exact, fractions only). Needs PyYAML to read the front matter.

usage: measures_ref.py WORKSPACE [AS_OF]      prints every number as a table; imported by expected.py
"""
import csv, os, re, sys
from collections import Counter, OrderedDict
from datetime import date, timedelta
from fractions import Fraction as F
import yaml

BUILTIN = {}
for category, ids in {"business": "revenue customers leads lead-conversion awareness",
                      "operational": "integration-adoption co-marketing referrals-given referrals-received support-tickets",
                      "relationship": "satisfaction meeting-attendance issue-resolution-days joint-activity-completion",
                      "financial": "roi cost-per-customer partner-profitability",
                      "strategic": "priority-alignment vision-alignment mutual-value"}.items():
    for i in ids.split():
        BUILTIN[i] = {"category": category,
                      "direction": "lower" if i in ("support-tickets", "issue-resolution-days", "cost-per-customer") else "higher"}
DEFAULT_SCORING = {"scale": ["1", "5"], "pass": "60", "criteria": {
    "strategic-fit": {"weight": "25"}, "distribution": {"weight": "20"}, "feasibility": {"weight": "15"},
    "mutual-value": {"weight": "20"}, "decision-velocity": {"weight": "10"}, "risk": {"weight": "10", "inverse": "true"}}}


# ---- periods ------------------------------------------------------------------------------------------------------
# (granularity, index): months count from year 0, quarters and years are fiscal and count on too.
def parse_period(text):
    if m := re.fullmatch(r"(\d{4})", text):
        return ("y", int(m[1]))
    if m := re.fullmatch(r"(\d{4})-[Qq]([1-4])", text):
        return ("q", int(m[1]) * 4 + int(m[2]) - 1)
    if m := re.fullmatch(r"(\d{4})-(\d\d)", text):
        return ("m", int(m[1]) * 12 + int(m[2]) - 1)
    raise ValueError(text)


def show_period(p):
    g, i = p
    return {"y": lambda: f"{i}", "q": lambda: f"{i // 4}-Q{i % 4 + 1}", "m": lambda: f"{i // 12}-{i % 12 + 1:02}"}[g]()


def months_of(p, start):
    g, i = p
    if g == "m":
        return [i]
    shift = 0 if start == 1 else start - 13      # first month of fiscal year Y, counted from January of Y
    first = {"y": i * 12, "q": (i // 4) * 12 + (i % 4) * 3}[g] + shift
    return list(range(first, first + (12 if g == "y" else 3)))


def last_day(p, start):
    m = months_of(p, start)[-1] + 1
    return date(m // 12, m % 12 + 1, 1) - timedelta(days=1)


def parts(p, finer, start):
    """The periods of the finer granularity in p."""
    g, i = p
    if finer == "m":
        return [("m", m) for m in months_of(p, start)]
    return [("q", i * 4 + k) for k in range(4)]


RANK = {"m": 0, "q": 1, "y": 2}


# ---- showing ------------------------------------------------------------------------------------------------------
def half_up(x, digits):
    s = x * 10**digits
    sign = -1 if s < 0 else 1
    return sign * F((abs(s) * 2 + 1) // 2, 10**digits)   # away from zero; halves of negative numbers are an ambiguity


def fixed(x, digits, trim):
    n = half_up(x, digits)
    whole, frac = divmod(abs(n) * 10**digits, 10**digits)
    text = f"{int(whole):,}".replace(",", " ") + (f".{int(frac):0{digits}}" if digits else "")
    if trim and "." in text:
        text = text.rstrip("0").rstrip(".")
    return ("-" if n < 0 else "") + text


def rounded(x, edges, digits=1, trim=True):
    """Half up, but a number under an edge is not shown as one on it."""
    n = half_up(x, digits)
    if any(x < e <= n for e in edges):
        n = F(x * 10**digits // 1, 10**digits)
    return fixed(n, digits, trim)


# ---- the workspace ------------------------------------------------------------------------------------------------
class Workspace:
    def __init__(self, root, as_of="2026-11-20"):
        self.as_of = date.fromisoformat(as_of)
        s = yaml.load(open(f"{root}/partnerbook.yaml"), Loader=yaml.BaseLoader) or {}
        self.start = int(s.get("fiscal_year_start", 1))
        self.currency = s.get("currency", "USD")
        self.fx = {parse_period(p): {c: F(r) for c, r in rates.items()} for p, rates in s.get("fx", {}).items()}
        st = s.get("kpi_status", {})
        self.green, self.yellow = F(st.get("green", 100)), F(st.get("yellow", 80))
        h = s.get("health", {})
        self.weights = {c: F(w) for c, w in h.get("weights", {"business": 30, "operational": 30, "relationship": 25, "strategic": 15}).items()}
        self.h_green, self.h_yellow, self.h_cov = F(h.get("green", 90)), F(h.get("yellow", 70)), F(h.get("coverage", 60))
        self.scoring = s.get("scoring", DEFAULT_SCORING)
        self.kpi_defs = s.get("kpis", {})
        self.partners, self.reviews = OrderedDict(), {}
        base = f"{root}/content/partners"
        csvs = []
        for folder, _, files in sorted(os.walk(f"{root}/content")):
            for f in sorted(files):
                full = f"{folder}/{f}"
                rel = os.path.relpath(full, base)
                if f == "metrics.csv":
                    csvs.append((None if folder == f"{root}/content" else rel.split("/")[0], full))
                elif rel.endswith(".md") and not rel.startswith(".."):
                    bits = rel[:-3].split("/")
                    if len(bits) == 1 or bits[1:] == ["index"]:
                        text = open(full).read().split("---\n", 2)[1]
                        self.partners[bits[0]] = yaml.load(text, Loader=yaml.BaseLoader)
                    elif len(bits) == 3 and bits[1] == "qbr":
                        self.reviews.setdefault(bits[0], []).append(parse_period(bits[2]))
        self.partners = OrderedDict(sorted(self.partners.items()))
        self.kpis = {p: {k: self.kpi(k, d or {}) for k, d in (f.get("kpis") or {}).items()} for p, f in self.partners.items()}
        for owner, full in csvs:
            for row in csv.DictReader(open(full)):
                p = owner or row["partner"]
                k = self.kpis[p].setdefault(row["kpi"], self.kpi(row["kpi"], {}))
                period = parse_period(row["period"])
                assert period not in k["actuals"], row
                k["actuals"][period] = value(row["actual"])
                if row.get("target"):
                    k["own_targets"][period] = F(row["target"])

    def kpi(self, id, d):
        merged = {"direction": "higher", **BUILTIN.get(id, {}), **self.kpi_defs.get(id, {}), **d}
        t = merged.get("target")
        return {"id": id, "category": merged.get("category"), "direction": merged["direction"],
                "aggregate": merged.get("aggregate"), "unit": merged.get("unit"), "weight": F(merged.get("weight", 1)),
                "baseline": F(merged["baseline"]) if "baseline" in merged else None,
                "target": {parse_period(p): F(v) for p, v in t.items()} if isinstance(t, dict) else F(t) if t is not None else None,
                "own_targets": {}, "frequency": merged.get("frequency"),
                "actuals": {parse_period(p): value(v) for p, v in (d.get("actuals") or {}).items()}}

    # -- one KPI
    def closed(self, p):
        return last_day(p, self.start) < self.as_of

    def granularity(self, k):
        kinds = {p[0] for p in k["actuals"]}
        if len(kinds) > 1:
            return "mixed"
        return kinds.pop() if kinds else {"month": "m", "year": "y"}.get(k["frequency"], "q")

    def actual(self, k, p):
        """F, None (missing), 'n/a' or ('partial', n, of)."""
        g = self.granularity(k)
        if g == p[0]:
            return k["actuals"].get(p)
        if g == "mixed" or RANK[g] > RANK[p[0]]:
            return None
        return self.aggregate(k, [k["actuals"].get(x) for x in parts(p, g, self.start)])

    def target(self, k, p):
        g = self.granularity(k)
        if g == p[0]:
            if p in k["own_targets"]:
                return k["own_targets"][p]
            t = k["target"]
            if not isinstance(t, dict):
                return t
            known = [x for x in t if x[0] == p[0] and x <= p]
            return t[max(known)] if known else None
        if g == "mixed" or RANK[g] > RANK[p[0]]:
            return None
        a = self.aggregate(k, [self.target(k, x) for x in parts(p, g, self.start)])
        return a if isinstance(a, F) else None

    @staticmethod
    def aggregate(k, values):
        there = [v for v in values if isinstance(v, F)]
        if len(there) < len(values):
            return ("partial", len(there), len(values)) if there else None
        return {"sum": sum, "last": lambda v: v[-1], "average": lambda v: sum(v) / len(v), "min": min, "max": max}[k["aggregate"]](there)

    def attainment(self, k, p):
        """F, or a reason: 'no-target', 'no-formula', or the state of the actual."""
        a, d = self.actual(k, p), k["direction"]
        if not isinstance(a, F):
            return "n/a" if a == "n/a" else "partial" if isinstance(a, tuple) else "missing"
        if isinstance(d, dict):
            lo, hi = (F(x) for x in d["range"])
            if lo <= a <= hi:
                return F(1)
            if a < lo:
                return "no-formula" if lo <= 0 else max(F(0), a / lo)
            return "no-formula" if hi <= 0 else max(F(0), 1 - (a - hi) / hi)
        t, b = self.target(k, p), k["baseline"]
        if t is None:
            return "no-target"
        if b is not None:
            return "no-formula" if b == t else max(F(0), (a - b) / (t - b))
        if t == 0:
            return F(int(a >= 0 if d == "higher" else a <= 0))
        if t < 0:
            return "no-formula"
        return max(F(0), a / t if d == "higher" else 2 - a / t)

    def status(self, k, p):
        if not self.closed(p):
            return "open"
        x = self.attainment(k, p)
        if isinstance(x, str):
            return x
        return "green" if x * 100 >= self.green else "yellow" if x * 100 >= self.yellow else "red"

    def trend(self, k, p):
        """(word, percent F | None, absolute F | None); the number is direction times the change, as the formula says."""
        a, b = self.actual(k, p), self.actual(k, (p[0], p[1] - 1))
        if not isinstance(a, F):
            return None
        if not isinstance(b, F):
            g = self.granularity(k)
            earlier = [x for x, v in k["actuals"].items() if isinstance(v, F) and last_day(x, self.start) < last_day(parts(p, g, self.start)[0] if g != p[0] else p, self.start)]
            return ("none" if earlier else "new", None, None)
        sign = 1 if k["direction"] == "higher" else -1
        if isinstance(k["direction"], dict):
            lo, hi = (F(x) for x in k["direction"]["range"])
            a, b = (max(lo - v, v - hi, F(0)) for v in (a, b))
        if b == 0:
            c = sign * (a - b)
            return ("improving" if c > 0 else "declining" if c < 0 else "stable", None, a - b)
        c = sign * (a - b) / abs(b)
        return ("stable" if abs(c) <= F(2, 100) else "improving" if c > 0 else "declining", c * 100, None)

    def run(self, k):
        g = self.granularity(k)
        have = [p for p, v in k["actuals"].items() if isinstance(v, F) and self.closed(p)]
        if g == "mixed" or not have:
            return 0
        p, n = max(have), 0
        while (t := self.trend(k, p)) and t[0] == "declining":
            n, p = n + 1, (g, p[1] - 1)
        return n

    def latest(self, g):
        """The latest closed period of a granularity."""
        p = (g, {"m": self.as_of.year * 12 + 12, "q": self.as_of.year * 4 + 8, "y": self.as_of.year + 2}[g])
        while not self.closed(p):
            p = (g, p[1] - 1)
        return p

    # -- one partner
    def targets_met(self, partner):
        words, atts = [], []
        for k in self.kpis[partner].values():
            g = self.granularity(k)
            if g == "mixed":
                continue
            p = self.latest(g)
            words.append(self.status(k, p))
            x = self.attainment(k, p)
            if isinstance(x, F):
                atts.append(x * 100)
        c = Counter(words)
        n, m = c["green"], c["green"] + c["yellow"] + c["red"]
        mean = lambda v: sum(v) / len(v) if v else None
        return n, m, mean(atts), mean([min(a, F(100)) for a in atts])

    def in_quarter(self, k, q):
        """The attainment with which a KPI enters a quarter."""
        g = self.granularity(k)
        if g == "mixed":
            return None
        if g != "y":
            x = self.attainment(k, q)
            return x if isinstance(x, F) else None
        for back in range(4):
            quarter = ("q", q[1] - back)
            if quarter[1] % 4 == 3:
                year = ("y", quarter[1] // 4)
                x = self.attainment(k, year)
                return x if self.closed(year) and isinstance(x, F) else None

    def health(self, partner, q=None):
        q = q or self.latest("q")
        declared, measured, total = {}, {}, {}
        for k in self.kpis[partner].values():
            c = "business" if k["category"] == "financial" else k["category"]
            declared[c] = declared.get(c, F(0)) + k["weight"]
            x = self.in_quarter(k, q)
            if x is not None:
                measured[c] = measured.get(c, F(0)) + k["weight"]
                total[c] = total.get(c, F(0)) + k["weight"] * min(x, F(1)) * 100
        h = {c: total[c] / measured[c] for c in measured if c in self.weights}
        cov = sum((self.weights[c] * measured[c] / declared[c] for c in h), F(0)) / sum(self.weights.values()) * 100
        if cov < self.h_cov:
            return None, cov, "unknown", h
        n = sum(self.weights[c] * h[c] for c in h) / sum(self.weights[c] for c in h)
        return n, cov, "green" if n >= self.h_green else "yellow" if n >= self.h_yellow else "red", h

    def score(self, partner):
        given = self.partners[partner].get("scores")
        if not given:
            return None
        lo, hi = (F(x) for x in self.scoring["scale"])
        all_w = top = w = F(0)
        veto = []
        for id, c in self.scoring["criteria"].items():
            weight = F(c["weight"])
            all_w += weight
            if id in given:
                v = F(given[id]["score"] if isinstance(given[id], dict) else given[id])
                if "minimum" in c and v < F(c["minimum"]):
                    veto.append(id)
                if c.get("inverse") == "true":
                    v = hi + lo - v
                top, w = top + weight * v, w + weight
        cov = w / all_w * 100
        return (None if cov < 60 else top / w), cov, veto, hi

    def roi(self, partner):
        cost = (self.partners[partner].get("investment") or {}).get("ours")
        if cost is None:
            return None
        value = F(0)
        for id in ("revenue", "returns"):
            k = self.kpis[partner].get(id)
            if k:
                assert k["unit"] == self.currency
                value += sum(v for p, v in k["actuals"].items() if isinstance(v, F) and self.closed(p))
        cost = F(cost)
        return value, cost, None if cost == 0 else (value - cost) / cost * 100, None if cost == 0 else value / cost

    def renewal(self, partner):
        t = self.partners[partner].get("term")
        if not t or "end" not in t:
            return None
        d = date.fromisoformat(t["end"])
        if t.get("auto_renew") == "true":
            d -= timedelta(days=int(t.get("notice_days", 0)))
        n = (d - self.as_of).days
        return d, n, "no window" if n > 90 else "approaching" if n >= 61 else "due" if n >= 0 else "overdue"

    def stage_age(self, partner):
        f = self.partners[partner]
        if not f.get("lifecycle"):
            return None
        if f.get("status") == "on-hold" or f.get("on_hold"):
            return "on hold"
        return (self.as_of - date.fromisoformat(f["lifecycle"][-1]["entered"])).days

    def next_review(self, partner):
        r = [p for p in self.reviews.get(partner, []) if p[0] == "q"]
        if not r:
            return None
        p = ("q", max(r)[1] + 1)
        limit = last_day(p, self.start) + timedelta(days=30)
        return p, last_day(p, self.start), limit, self.as_of > limit

    # -- the portfolio
    def money(self, k, p, v):
        if not re.fullmatch(r"[A-Z]{3}", k["unit"] or "") or k["unit"] == self.currency:
            return v
        rate = self.fx.get(p, {}).get(k["unit"])
        return None if rate is None else v * rate

    def kpi_sum(self, id, p):
        """(sum | None where a rate is missing, number of partners)."""
        n, total = 0, F(0)
        for partner, kpis in self.kpis.items():
            if id in kpis and isinstance(v := self.actual(kpis[id], p), F):
                n += 1
                m = self.money(kpis[id], p, v)
                total = None if m is None or total is None else total + m
        return total, n

    def concentration(self):
        last = self.latest("q")
        quarters = [("q", last[1] - i) for i in range(3, -1, -1)]
        shares, missing = {}, []
        for partner, kpis in self.kpis.items():
            if "revenue" in kpis:
                vs = [(q, self.actual(kpis["revenue"], q)) for q in quarters]
                ms = [(q, self.money(kpis["revenue"], q, v)) for q, v in vs if isinstance(v, F)]
                missing += [(partner, q) for q, m in ms if m is None]
                if ms:
                    shares[partner] = sum((m for _, m in ms if m is not None), F(0))
        total = sum(shares.values())
        return quarters, total, shares, missing

    def accounts(self):
        out = {}
        for partner, f in self.partners.items():
            for a in f.get("accounts") or []:
                out.setdefault(a["name"].lower(), []).append((partner, F(a["credit"]), F(a["value"])))
        return out

    # -- as text
    def show_percent(self, x):
        return rounded(x, [self.green, self.yellow]) + " %"

    def show_trend(self, t):
        if t is None:
            return "-"
        word, pct, ab = t
        if pct is not None:
            return f"{word} {'+' if pct > 0 else ''}{fixed(pct, 1, True)} %"
        if ab is not None:
            return f"{word} {'+' if ab > 0 else ''}{fixed(ab, 2, True)}"
        return word

    def fact(self, partner, kpi, period):
        k, p = self.kpis[partner][kpi], parse_period(period)
        x = self.attainment(k, p)
        if not self.closed(p):
            return "open"
        return f"{self.show_percent(x * 100)} {self.status(k, p)}" if isinstance(x, F) else self.status(k, p)


def value(text):
    return None if text in ("", "null", "~") else "n/a" if text.lower() in ("n/a", "na") else F(text)


def number(v):
    if isinstance(v, tuple):
        return f"partial ({v[1]} of {v[2]})"
    if isinstance(v, F):
        n = 0
        while n < 12 and v * 10**n % 1: n += 1
        return fixed(v, n, False) if v * 10**n % 1 == 0 else str(v)
    return "" if v is None else v


if __name__ == "__main__":
    w = Workspace(*sys.argv[1:])
    for partner, kpis in w.kpis.items():
        for id, k in kpis.items():
            g = w.granularity(k)
            if g == "mixed":
                print(partner, id, "mixed"); continue
            ps = sorted(k["actuals"])
            for i in range(ps[0][1], max(w.latest(g)[1], ps[-1][1]) + 1) if ps else []:
                p = (g, i)
                print(partner, id, show_period(p), number(w.actual(k, p)), number(w.target(k, p)), w.attainment(k, p), w.status(k, p), w.show_trend(w.trend(k, p)), sep=",")
