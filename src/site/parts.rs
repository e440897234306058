//! Parts of pages that are written in Rust because they are most of every page: with an expression for each cell, templates
//! would take longer than everything else together. A template that writes them out itself gets the same values.

use handlebars::{Context, Handlebars, Helper, HelperResult, Output, RenderContext};
use serde_json::Value;

use super::helpers::{argument, field, items, open_link, write_escaped, write_time, write_value};
use crate::content::scalar;

type Part = fn(&Value, &str, &mut dyn Output) -> HelperResult;

/// Registers the parts.
pub fn register(registry: &mut Handlebars<'_>) {
    let parts: [(&'static str, Part); 11] = [
        ("stepper", stepper),
        ("timeline", timeline),
        ("score_table", score_table),
        ("action_table", action_table),
        ("list_rows", list_rows),
        ("partner_rows", partner_rows),
        ("head", head),
        ("above", above),
        ("bar", bar),
        ("foot", foot),
        ("contents", contents),
    ];
    for (name, part) in parts {
        let helper = move |h: &Helper<'_>, _: &Handlebars<'_>, context: &Context, _: &mut RenderContext<'_, '_>, out: &mut dyn Output| {
            // Without an argument a part is made from everything that the template receives.
            match h.param(0) {
                None => part(context.data(), field(context.data(), "root"), out),
                Some(_) => argument(h, context, name).map_err(Into::into).and_then(|(value, root)| part(value, root, out)),
            }
        };
        registry.register_helper(name, Box::new(helper));
    }
}

fn element(open: &str, text: &str, close: &str, out: &mut dyn Output) -> std::io::Result<()> {
    out.write(open)?;
    write_escaped(text, out)?;
    out.write(close)
}

fn day(iso: &str, out: &mut dyn Output) -> std::io::Result<bool> {
    match scalar::date(iso) {
        Ok(date) => write_time(iso, &scalar::human_date(date), out).map(|()| true),
        Err(_) => Ok(false),
    }
}

/// A day in a cell, or a word where there is none.
fn day_cell(iso: &str, word: &str, out: &mut dyn Output) -> std::io::Result<()> {
    out.write("<td>")?;
    if !day(iso, out)? {
        element("<span class=\"none\">", word, "</span>", out)?;
    }
    out.write("</td>")
}

fn cell(value: &Value, root: &str, word: &str, out: &mut dyn Output) -> HelperResult {
    out.write("<td>")?;
    write_value(value, root, word, out)?;
    out.write("</td>")?;
    Ok(())
}

/// `{{head}}`: the title and what else tells other programs about the page.
fn head(all: &Value, root: &str, out: &mut dyn Output) -> HelperResult {
    let (site, page) = (&all["site"], &all["page"]);
    let (title, description) = (field(page, "title"), field(page, "description"));
    out.write("<title>")?;
    write_escaped(title, out)?;
    if title != field(site, "title") {
        element(" · ", field(site, "title"), "", out)?;
    }
    out.write("</title>\n")?;
    if !description.is_empty() {
        element("<meta name=\"description\" content=\"", description, "\">\n", out)?;
    }
    element("<meta name=\"generator\" content=\"partnerbook ", field(site, "version"), "\">\n", out)?;
    let address = field(page, "og_url");
    if !address.is_empty() {
        element("<link rel=\"canonical\" href=\"", address, "\">\n<meta property=\"og:type\" content=\"article\">\n", out)?;
        element("<meta property=\"og:url\" content=\"", address, "\">\n", out)?;
        element("<meta property=\"og:title\" content=\"", title, "\">\n", out)?;
        if !description.is_empty() {
            element("<meta property=\"og:description\" content=\"", description, "\">\n", out)?;
        }
    }
    if site["feed"] == Value::Bool(true) {
        element("<link rel=\"alternate\" type=\"application/atom+xml\" title=\"", field(site, "title"), "\" href=\"", out)?;
        element("", root, "feed.xml\">\n", out)?;
    }
    Ok(())
}

/// `{{bar}}`: the name of the site, the menu and the choice of colours.
fn bar(all: &Value, root: &str, out: &mut dyn Output) -> HelperResult {
    let site = &all["site"];
    out.write("<header class=\"bar\">\n<div class=\"bar-in\">\n<a class=\"brand\" href=\"")?;
    write_escaped(root, out)?;
    out.write("index.html\">")?;
    out.write(BRAND)?;
    element("<span>", field(site, "title"), "", out)?;
    if !field(site, "company").is_empty() {
        element(" <small>", field(site, "company"), "</small>", out)?;
    }
    out.write("</span></a>\n<nav class=\"nav\" aria-label=\"Main\"><ul>\n")?;
    super::helpers::write_links(&site["nav"], root, out)?;
    out.write("</ul></nav>\n<button class=\"theme\" type=\"button\" title=\"Colours: auto, light or dark\" hidden>")?;
    super::helpers::write_icon("theme", out)?;
    out.write("<span class=\"vh\">Theme: </span><span class=\"theme-word\">auto</span></button>\n</div>\n</header>")?;
    Ok(())
}

/// The mark of the built-in theme: an open book.
const BRAND: &str = "<svg viewBox=\"0 0 32 32\" width=\"26\" height=\"26\" aria-hidden=\"true\" focusable=\"false\">\
    <path class=\"m1\" d=\"M4 7.5 15 5v22L4 24.5z\"/><path class=\"m2\" d=\"M28 7.5 17 5v22l11-2.5z\"/></svg>";

/// `{{foot}}`: what the site is, where the page is written, and what made it.
fn foot(all: &Value, root: &str, out: &mut dyn Output) -> HelperResult {
    let (site, source) = (&all["site"], field(&all["page"], "source"));
    element("<footer class=\"foot\">\n<div class=\"foot-in\">\n<p>", field(site, "title"), ", as of ", out)?;
    day(field(site, "as_of"), out)?;
    out.write("</p>\n")?;
    if !source.is_empty() {
        element("<p class=\"src\">Written in <code>", source, "</code></p>\n", out)?;
    }
    out.write("<p>")?;
    if site["feed"] == Value::Bool(true) {
        element("<a href=\"", root, "feed.xml\">Feed</a> · ", out)?;
    }
    element("partnerbook ", field(site, "version"), "</p>\n</div>\n</footer>", out)?;
    Ok(())
}

/// `{{contents}}`: links to the parts of a partner page that are there.
fn contents(all: &Value, _: &str, out: &mut dyn Output) -> HelperResult {
    let there = |key: &str| match &all[key] {
        Value::Null => false,
        Value::String(text) => !text.is_empty(),
        Value::Array(list) => !list.is_empty(),
        _ => true,
    };
    let mut link = |id: &str, title: &str| -> std::io::Result<()> {
        element("<li><a href=\"#", id, "\">", out)?;
        element("", title, "</a></li>\n", out)
    };
    let first = [
        ("objective", "s-objective", "Objective"),
        ("value", "s-value", "Value"),
        ("exchange", "s-exchange", "Exchange"),
        ("body", "s-about", "About"),
    ];
    for (key, id, title) in first {
        if there(key) {
            link(id, title)?;
        }
    }
    link("s-kpis", "KPIs")?;
    for (key, id, title) in [("scores", "s-scores", "Scores"), ("timeline", "s-lifecycle", "Lifecycle")] {
        if there(key) {
            link(id, title)?;
        }
    }
    for section in items(&all["sections"]) {
        link(field(section, "id"), field(section, "title"))?;
    }
    let last = [
        ("reviews", "s-reviews", "Reviews"),
        ("issues", "s-issues", "Issues"),
        ("pages", "s-pages", "Pages"),
        ("related", "s-related", "Related partners"),
        ("backlinks", "s-backlinks", "Mentioned in"),
    ];
    for (key, id, title) in last {
        if there(key) {
            link(id, title)?;
        }
    }
    Ok(())
}

/// `{{above}}`: the way here, and the link to edit the page.
fn above(all: &Value, root: &str, out: &mut dyn Output) -> HelperResult {
    let page = &all["page"];
    let (crumbs, edit) = (items(&page["crumbs"]), field(page, "edit_url"));
    if crumbs.is_empty() && edit.is_empty() {
        return Ok(());
    }
    out.write("<div class=\"above\">\n")?;
    if !crumbs.is_empty() {
        out.write("<nav class=\"crumbs\" aria-label=\"Breadcrumb\"><ol>\n")?;
        for crumb in crumbs {
            out.write("<li>")?;
            open_link(field(crumb, "href"), root, out)?;
            element("\">", field(crumb, "title"), "</a></li>\n", out)?;
        }
        out.write("</ol></nav>\n")?;
    }
    if !edit.is_empty() {
        element("<a class=\"edit\" href=\"", edit, "\">", out)?;
        super::helpers::write_icon("edit", out)?;
        out.write("Edit this page</a>\n")?;
    }
    out.write("</div>\n")?;
    Ok(())
}

/// `{{stepper stages}}`: the stages of a partner.
fn stepper(stages: &Value, root: &str, out: &mut dyn Output) -> HelperResult {
    out.write("<ol class=\"stepper\" aria-label=\"Stages\">\n")?;
    for stage in items(stages) {
        let state = field(stage, "state");
        element("<li class=\"is-", state, if state == "current" { "\" aria-current=\"step\">" } else { "\">" }, out)?;
        open_link(field(stage, "href"), root, out)?;
        element("\">", field(stage, "title"), "</a>", out)?;
        element("<span class=\"vh\"> (", state, ")</span>", out)?;
        if !field(stage, "note").is_empty() {
            element("<small>", field(stage, "note"), "</small>", out)?;
        }
        out.write("</li>\n")?;
    }
    out.write("</ol>")?;
    Ok(())
}

/// `{{timeline timeline}}`: the moves of a partner.
fn timeline(moves: &Value, root: &str, out: &mut dyn Output) -> HelperResult {
    out.write("<ol class=\"timeline\">\n")?;
    for entry in items(moves) {
        out.write("<li><p class=\"tl-h\">")?;
        open_link(field(entry, "href"), root, out)?;
        element("\">", field(entry, "title"), "</a> ", out)?;
        day(field(entry, "entered"), out)?;
        if let Some(days) = entry["days"].as_i64() {
            let word = if days == 1 { " day</span>" } else { " days</span>" };
            element(" <span class=\"days\">", &scalar::grouped(&rust_decimal::Decimal::from(days)), word, out)?;
        }
        out.write("</p>\n")?;
        if !field(entry, "decision").is_empty() {
            element("<p><strong>", field(entry, "decision"), "</strong>", out)?;
            if !field(entry, "by").is_empty() {
                element(" by ", field(entry, "by"), "", out)?;
            }
            if !field(entry, "decided").is_empty() {
                out.write(" on ")?;
                day(field(entry, "decided"), out)?;
            }
            out.write("</p>\n")?;
        }
        if !field(entry, "reason").is_empty() {
            element("<p class=\"muted\">", field(entry, "reason"), "</p>\n", out)?;
        }
        if !items(&entry["outputs"]).is_empty() {
            out.write("<p class=\"muted\">Outputs: ")?;
            write_value(&entry["outputs"], root, "none", out)?;
            out.write("</p>\n")?;
        }
        out.write("</li>\n")?;
    }
    out.write("</ol>")?;
    Ok(())
}

/// `{{score_table scores}}`: the scores of a partner.
fn score_table(scores: &Value, root: &str, out: &mut dyn Output) -> HelperResult {
    out.write("<div class=\"table-wrap\" tabindex=\"0\" role=\"region\" aria-label=\"Scores\"><table class=\"n1 n2\">\n<thead><tr>")?;
    for title in ["Criterion", "Weight", "Score", "Evidence", "On"] {
        element("<th scope=\"col\">", title, "</th>", out)?;
    }
    out.write("</tr></thead>\n<tbody>\n")?;
    for score in items(scores) {
        element("<tr><th scope=\"row\">", field(score, "name"), "", out)?;
        if !field(score, "note").is_empty() {
            element(" <small>", field(score, "note"), "</small>", out)?;
        }
        out.write("</th>")?;
        for key in ["weight", "score", "evidence"] {
            cell(&score[key], root, "none", out)?;
        }
        day_cell(field(score, "on"), "undated", out)?;
        out.write("</tr>\n")?;
    }
    out.write("</tbody></table></div>")?;
    Ok(())
}

/// `{{action_table actions}}`: what somebody has to do.
fn action_table(actions: &Value, root: &str, out: &mut dyn Output) -> HelperResult {
    out.write("<div class=\"table-wrap\" tabindex=\"0\" role=\"region\" aria-label=\"Actions\"><table>\n<thead><tr>")?;
    for title in ["Action", "Owner", "Due", "State"] {
        element("<th scope=\"col\">", title, "</th>", out)?;
    }
    out.write("</tr></thead>\n<tbody>\n")?;
    for action in items(actions) {
        out.write("<tr>")?;
        cell(&action["text"], root, "none", out)?;
        cell(&action["owner"], root, "no owner", out)?;
        day_cell(field(action, "due"), "no date", out)?;
        cell(&action["state"], root, "none", out)?;
        out.write("</tr>\n")?;
    }
    out.write("</tbody></table></div>")?;
    Ok(())
}

/// The first cell of a partner's row.
fn name_cell(partner: &Value, root: &str, out: &mut dyn Output) -> std::io::Result<()> {
    out.write("<th scope=\"row\">")?;
    open_link(field(partner, "href"), root, out)?;
    element("\"><bdi>", field(partner, "name"), "</bdi></a>", out)?;
    if !field(partner, "summary").is_empty() {
        element("<small>", field(partner, "summary"), "</small>", out)?;
    }
    out.write("</th>")
}

/// `{{list_rows partners}}`: the rows of a list page.
fn list_rows(partners: &Value, root: &str, out: &mut dyn Output) -> HelperResult {
    for partner in items(partners) {
        out.write("<tr>")?;
        name_cell(partner, root, out)?;
        for key in ["stage", "tier", "owner"] {
            cell(&partner[key], root, "none", out)?;
        }
        out.write("</tr>\n")?;
    }
    Ok(())
}

/// `{{partner_rows partners}}`: the rows of the index of partners, with what the filters ask for.
fn partner_rows(partners: &Value, root: &str, out: &mut dyn Output) -> HelperResult {
    for partner in items(partners) {
        out.write("<tr")?;
        let tags = items(&partner["tags"]);
        if !tags.is_empty() {
            out.write(" data-tags=\"|")?;
            for tag in tags {
                element("", tag.as_str().unwrap_or_default(), "|", out)?;
            }
            out.write("\"")?;
        }
        out.write(">")?;
        name_cell(partner, root, out)?;
        for (key, order) in [("stage", "stage_order"), ("tier", "tier_order")] {
            element("<td data-v=\"", &partner[order].to_string(), "\">", out)?;
            write_value(&partner[key], root, "none", out)?;
            out.write("</td>")?;
        }
        for key in ["model", "owner", "status"] {
            cell(&partner[key], root, "none", out)?;
        }
        day_cell(field(partner, "reviewed"), "never", out)?;
        day_cell(field(partner, "term_end"), "none", out)?;
        out.write("</tr>\n")?;
    }
    Ok(())
}
