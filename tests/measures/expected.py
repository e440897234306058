#!/usr/bin/env python3
"""Writes workspace.csv and fiscal.csv: every number of the two fixtures as measures_ref.py computes it, exactly.

measures_ref.py was written from the definition of the measures alone, by somebody who had not seen the program, and needs PyYAML.
Where that definition leaves room and the program reads it in another way, `Decided` says so and computes that reading, still
without the program. Run it in this folder when a fixture changes:  python3 expected.py
"""
import csv
from measures_ref import *


class Decided(Workspace):
    # What does not apply is an answer and no gap: such a month is left out of the actual and of the target of its quarter.
    def parts_that_count(self, k, p):
        g = self.granularity(k)
        all_parts = parts(p, g, self.start)
        values = [k["actuals"].get(x) for x in all_parts]
        if any(v is None for v in values) or all(v == "n/a" for v in values):
            return all_parts
        return [x for x, v in zip(all_parts, values) if v != "n/a"]

    def actual(self, k, p):
        g = self.granularity(k)
        if g == p[0] or g == "mixed" or RANK[g] > RANK[p[0]]:
            return super().actual(k, p)
        values = [k["actuals"].get(x) for x in parts(p, g, self.start)]
        if all(v == "n/a" for v in values):
            return "n/a"
        known = [v for v in values if v is not None]
        if len(known) < len(values):
            return ("partial", len(known), len(values)) if known else None
        return self.aggregate(k, [v for v in values if v != "n/a"])

    def target(self, k, p):
        g = self.granularity(k)
        if g == p[0] or g == "mixed" or RANK[g] > RANK[p[0]]:
            return super().target(k, p)
        a = self.aggregate(k, [self.target(k, x) for x in self.parts_that_count(k, p)])
        return a if isinstance(a, F) else None

    # The change is that of the value itself, up or down; the word alone says which of the two is good.
    def change(self, k, p):
        a, b = self.actual(k, p), self.actual(k, (p[0], p[1] - 1))
        if not isinstance(a, F) or not isinstance(b, F):
            return None
        return f"{a - b} absolute" if b == 0 else str((a - b) / abs(b))

    # All targets of one quarter, as they enter health.
    def targets_in(self, partner, q):
        words, atts = [], []
        for k in self.kpis[partner].values():
            g = self.granularity(k)
            if g == "mixed":
                continue
            p = q
            if g == "y":
                ends = [("q", q[1] - back) for back in range(4)]
                p = next(("y", e[1] // 4) for e in ends if e[1] % 4 == 3)
            words.append(self.status(k, p))
            x = self.attainment(k, p)
            if isinstance(x, F) and self.closed(p):
                atts.append(x)
        c = Counter(words)
        mean = lambda v: sum(v) / len(v) if v else None
        return c["green"], c["green"] + c["yellow"] + c["red"], mean(atts), mean([min(a, F(1)) for a in atts])


WORDS = {"no-target": "no target", "no-formula": "no formula", "partial": "missing"}


def text(v):
    return "none" if v is None else f"partial {v[1]} of {v[2]}" if isinstance(v, tuple) else str(v)


def rows(w):
    latest = w.latest("q")
    quarters = [("q", latest[1] - i) for i in range(7, -1, -1)]
    for partner, kpis in w.kpis.items():
        for id, k in sorted(kpis.items()):
            g = w.granularity(k)
            yield partner, "mixed", id, "", str(g == "mixed").lower()
            ps = sorted(k["actuals"])
            if g == "mixed" or not ps:
                continue
            own = [(g, i) for i in range(ps[0][1], max(w.latest(g)[1], ps[-1][1]) + 1)]
            coarser = []
            for c in [c for c in "qy" if RANK[c] > RANK[g]]:
                first = next(i for i in range(0, 20000) if own[0] in parts((c, i), g, w.start))
                last = next(i for i in range(first, 20000) if own[-1] in parts((c, i), g, w.start))
                coarser += [(c, i) for i in range(first, last + 1)]
            for p in own + coarser:
                at = (id, show_period(p))
                a, status, closed = w.actual(k, p), w.status(k, p), w.closed(p)
                yield partner, "actual", *at, text(a)
                if not isinstance(k["direction"], dict) and (p[0] == g or a != "n/a"):
                    yield partner, "target", *at, text(w.target(k, p))
                yield partner, "status", *at, WORDS.get(status, status)
                x = w.attainment(k, p) if closed else None
                yield partner, "attainment", *at, text(x if isinstance(x, F) else None)
                if isinstance(x, F):
                    yield partner, "attainment shown", *at, w.show_percent(x * 100)
                t = w.trend(k, p) if closed else None
                yield partner, "trend", *at, "none" if t is None else t[0]
                yield partner, "change", *at, text(w.change(k, p) if closed else None)
            yield partner, "declining run", id, "", str(w.run(k))
        for q in quarters:
            n, cov, band, by = w.health(partner, q)
            at = ("", show_period(q))
            yield partner, "health", *at, text(n)
            yield partner, "band", *at, band
            yield partner, "coverage", *at, str(cov / 100)
            for c, v in sorted(by.items()):
                yield partner, f"health of {c}", *at, str(v)
            if n is not None:
                yield partner, "health shown", *at, rounded(n, [w.h_green, w.h_yellow], trim=False)
            if kpis:
                yield partner, "coverage shown", *at, rounded(cov, [w.h_cov]) + " %"
            met, of, mean, capped = w.targets_in(partner, q)
            yield partner, "targets met", *at, f"{met} of {of}"
            yield partner, "mean attainment", *at, text(mean)
            yield partner, "mean attainment capped", *at, text(capped)
        if s := w.score(partner):
            n, cov, veto, hi = s
            yield partner, "score", "", "", text(n)
            yield partner, "score share", "", "", text(None if n is None else n / hi)
            yield partner, "score coverage", "", "", str(cov / 100)
            yield partner, "score vetoes", "", "", " ".join(veto) or "none"
            yield partner, "score shown", "", "", "none" if n is None else f"{fixed(n, 1, True)} of {hi}"
        if r := w.roi(partner):
            value, cost, roi, multiple = r
            yield partner, "value", "", "", str(value)
            yield partner, "cost", "", "", str(cost)
            yield partner, "roi", "", "", text(None if roi is None else roi / 100)
            yield partner, "multiple", "", "", text(multiple)
        if r := w.renewal(partner):
            yield partner, "renewal", "", "", f"{r[0]} {r[1]} {r[2]}"
        yield partner, "stage age", "", "", text(w.stage_age(partner))
        r = w.next_review(partner)
        yield partner, "next review", "", "", "none" if r is None else f"{show_period(r[0])} {r[2]} {'overdue' if r[3] else 'not overdue'}"
    for id in ("revenue", "customers", "co-marketing"):
        years = [("y", w.latest("y")[1] - i) for i in (1, 0)]
        for p in quarters + years:
            total, n = w.kpi_sum(id, p)
            yield "", "sum", id, show_period(p), text(total if n else None)
            yield "", "partners in the sum", id, show_period(p), str(n)
    qs, total, shares, missing = w.concentration()
    yield "", "revenue of four quarters", "", f"{show_period(qs[0])} {show_period(qs[-1])}", "none" if missing else str(total)
    for p, v in sorted(shares.items()):
        yield p, "share of revenue", "", "", "none" if missing else str(v / total)
    yield "", "sum of squared shares", "", "", "none" if missing else str(sum((v / total) ** 2 for v in shares.values()))
    for p, q in missing:
        yield "", "missing rate", w.kpis[p]["revenue"]["unit"], show_period(q), "true"
    for name, claims in sorted(w.accounts().items()):
        yield "", "account", name, "", f"{len(claims)} claims, credit {sum(c for _, c, _ in claims) / 100}, value {claims[0][2]}"
    # Partners that have left are counted by themselves, in no band.
    stage = lambda f: f.get("stage") or f["lifecycle"][-1]["stage"]
    left = [p for p, f in w.partners.items() if stage(f) == "exited"]
    yield "", "left", "", "", str(len(left))
    for band in ("green", "yellow", "red", "unknown"):
        yield "", "in band", "", band, str(sum(w.health(p)[2] == band for p in w.partners if p not in left))
    for key in ("tier", "model", "owner"):
        for value, n in sorted(Counter(f[key] for f in w.partners.values() if key in f).items()):
            yield "", f"in {key}", "", value, str(n)
    for value, n in sorted(Counter(stage(f) for f in w.partners.values()).items()):
        yield "", "in stage", "", value, str(n)


if __name__ == "__main__":
    for name in ("workspace", "fiscal"):
        with open(f"{name}.csv", "w", encoding="utf-8", newline="") as out:
            write = csv.writer(out, lineterminator="\n")
            write.writerow(["partner", "measure", "kpi", "period", "expected"])
            write.writerows(rows(Decided(name)))
