#!/usr/bin/env python3
"""Writes cncf-partners.csv: health, targets met and the age of the stage of every CNCF project, exactly, as of 2026-11-20.

usage: partners.py WORKSPACE        with the folder of cncf-projects; run in this folder

The numbers are those of ../measures/measures_ref.py, which was written from the definition of the measures alone, with the readings
that ../measures/expected.py explains. Every KPI here is kept by the year, so that the latest closed quarter has the year before.
"""
import csv, sys
sys.path.append("../measures")
from expected import Decided, text
from measures_ref import show_period

CATEGORIES = ["business", "operational", "relationship", "strategic"]

w = Decided(sys.argv[1])
quarter = w.latest("q")
with open("cncf-partners.csv", "w", encoding="utf-8", newline="") as out:
    write = csv.writer(out, lineterminator="\n")
    write.writerow(["partner", "quarter", "health", "band", "coverage", *CATEGORIES, "met", "mean", "mean_capped", "days_in_stage"])
    for partner in w.partners:
        number, coverage, band, by = w.health(partner, quarter)
        met, of, mean, capped = w.targets_in(partner, quarter)
        write.writerow([partner, show_period(quarter), text(number), band, coverage / 100, *(text(by.get(c)) for c in CATEGORIES),
                        f"{met} of {of}", text(mean), text(capped), text(w.stage_age(partner))])
