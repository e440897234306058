//! The helpers of the templates: small values (`show`, `date`, `plural`, `icon`), and the parts that many pages share
//! (`entries`, `facts`, `links`, `kpi_table`, `block`). The latter are written here because they are most of every page.

use handlebars::{Context, Handlebars, Helper, HelperResult, Output, RenderContext, RenderErrorReason};
use serde_json::Value;

use crate::content::scalar;

/// The icons of the built-in theme, drawn on 24 × 24.
const ICONS: &[(&str, &str)] = &[
    ("edit", r#"<path d="M4 20h4L19.5 8.5a2.1 2.1 0 0 0-3-3L5 17l-1 3z"/><path d="m14.5 7.5 3 3"/>"#),
    ("theme", r#"<circle cx="12" cy="12" r="8.5"/><path d="M12 3.5v17a8.5 8.5 0 0 0 0-17z" fill="currentColor"/>"#),
    ("pause", r#"<circle cx="12" cy="12" r="8.5"/><path d="M10 9v6M14 9v6"/>"#),
    (
        "print",
        r#"<path d="M7 9V3.5h10V9"/><path d="M7 17H4.5A1.5 1.5 0 0 1 3 15.5v-5A1.5 1.5 0 0 1 4.5 9h15a1.5 1.5 0 0 1 1.5 1.5v5a1.5 1.5 0 0 1-1.5 1.5H17"/><path d="M7 14h10v6.5H7z"/>"#,
    ),
    ("left", r#"<path d="M19 12H5.5M11 6l-6 6 6 6"/>"#),
    ("right", r#"<path d="M5 12h13.5M13 6l6 6-6 6"/>"#),
    ("alert", r#"<path d="M12 4 2.8 19.5h18.4L12 4z"/><path d="M12 10v4.5M12 17.2v.1"/>"#),
    ("doc", r#"<path d="M6 3.5h8l4 4v13H6v-17z"/><path d="M14 3.5v4h4M9 12h6M9 15.5h6"/>"#),
];

/// Registers all helpers.
pub fn register(registry: &mut Handlebars<'_>) {
    registry.register_helper("show", Box::new(show));
    registry.register_helper("date", Box::new(date));
    registry.register_helper("plural", Box::new(plural));
    registry.register_helper("icon", Box::new(icon));
    registry.register_helper("entries", Box::new(entries));
    registry.register_helper("facts", Box::new(facts));
    registry.register_helper("links", Box::new(links));
    registry.register_helper("kpi_table", Box::new(kpi_table));
    registry.register_helper("block", Box::new(block));
}

/// The value that a helper is given, and the way to the top of the site.
pub(super) fn argument<'a>(h: &'a Helper<'_>, context: &'a Context, name: &'static str) -> Result<(&'a Value, &'a str), RenderErrorReason> {
    let param = h.param(0).ok_or_else(|| missing(name))?;
    if param.is_value_missing() {
        return Err(RenderErrorReason::MissingVariable(param.relative_path().cloned()));
    }
    Ok((param.value(), context.data().get("root").and_then(Value::as_str).unwrap_or_default()))
}

pub(super) fn items(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

pub(super) fn field<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

pub(super) fn open_link(href: &str, root: &str, out: &mut dyn Output) -> std::io::Result<()> {
    out.write("<a href=\"")?;
    if !has_scheme(href) {
        out.write(root)?;
    }
    write_escaped(href, out)
}

/// `{{entries list "class"}}`: a list of pages with their notes and days.
fn entries(h: &Helper<'_>, _: &Handlebars<'_>, context: &Context, _: &mut RenderContext<'_, '_>, out: &mut dyn Output) -> HelperResult {
    let (list, root) = argument(h, context, "entries")?;
    out.write("<ul class=\"entries")?;
    if let Some(class) = h.param(1).and_then(|class| class.value().as_str()) {
        out.write(" ")?;
        write_escaped(class, out)?;
    }
    out.write("\">\n")?;
    for entry in items(list) {
        match field(entry, "tone") {
            "" => out.write("<li>")?,
            tone => {
                out.write("<li class=\"tone-")?;
                write_escaped(tone, out)?;
                out.write("\">")?;
            }
        }
        open_link(field(entry, "href"), root, out)?;
        out.write("\"><bdi>")?;
        write_escaped(field(entry, "text"), out)?;
        out.write("</bdi></a>")?;
        write_note(field(entry, "note"), out)?;
        if let Ok(day) = scalar::date(field(entry, "time")) {
            out.write(" ")?;
            write_time(field(entry, "time"), &scalar::human_date(day), out)?;
        }
        out.write("</li>\n")?;
    }
    out.write("</ul>")?;
    Ok(())
}

pub(super) fn write_note(note: &str, out: &mut dyn Output) -> std::io::Result<()> {
    if note.is_empty() {
        return Ok(());
    }
    out.write(" <small class=\"note\">")?;
    write_escaped(note, out)?;
    out.write("</small>")
}

/// `{{facts list "class"}}`: labels and values.
fn facts(h: &Helper<'_>, _: &Handlebars<'_>, context: &Context, _: &mut RenderContext<'_, '_>, out: &mut dyn Output) -> HelperResult {
    let (list, root) = argument(h, context, "facts")?;
    let class = h.param(1).and_then(|class| class.value().as_str()).unwrap_or("facts");
    write_facts(list, class, root, out)
}

fn write_facts(list: &Value, class: &str, root: &str, out: &mut dyn Output) -> HelperResult {
    out.write("<dl class=\"")?;
    write_escaped(class, out)?;
    out.write("\">\n")?;
    for fact in items(list) {
        out.write("<div><dt>")?;
        write_escaped(field(fact, "label"), out)?;
        out.write("</dt><dd>")?;
        write_value(fact.get("value").unwrap_or(&Value::Null), root, "none", out)?;
        out.write("</dd></div>\n")?;
    }
    out.write("</dl>")?;
    Ok(())
}

/// `{{links list}}`: the items of a list of links, each `{title, href, current}`; only `current` may be missing.
fn links(h: &Helper<'_>, _: &Handlebars<'_>, context: &Context, _: &mut RenderContext<'_, '_>, out: &mut dyn Output) -> HelperResult {
    let (list, root) = argument(h, context, "links")?;
    write_links(list, root, out)?;
    Ok(())
}

/// Writes a list of links.
pub(super) fn write_links(list: &Value, root: &str, out: &mut dyn Output) -> std::io::Result<()> {
    for link in items(list) {
        out.write("<li>")?;
        open_link(field(link, "href"), root, out)?;
        out.write(if link.get("current") == Some(&Value::Bool(true)) { "\" aria-current=\"true\">" } else { "\">" })?;
        write_escaped(field(link, "title"), out)?;
        out.write("</a></li>\n")?;
    }
    Ok(())
}

/// `{{kpi_table table}}`: one table of KPIs with its heading.
fn kpi_table(h: &Helper<'_>, _: &Handlebars<'_>, context: &Context, _: &mut RenderContext<'_, '_>, out: &mut dyn Output) -> HelperResult {
    let (table, _) = argument(h, context, "kpi_table")?;
    let (title, periods) = (field(table, "title"), items(&table["periods"]));
    out.write("<h3>")?;
    write_escaped(title, out)?;
    out.write("</h3>\n<div class=\"table-wrap to-end\" tabindex=\"0\" role=\"region\" aria-label=\"KPIs, ")?;
    write_escaped(title, out)?;
    out.write("\"><table class=\"kpi\">\n<thead><tr><th scope=\"col\">KPI</th>")?;
    for period in periods {
        out.write("<th scope=\"col\">")?;
        write_escaped(period.as_str().unwrap_or_default(), out)?;
        out.write("</th>")?;
    }
    out.write("<th scope=\"col\">Target</th></tr></thead>\n<tbody>\n")?;
    for row in items(&table["rows"]) {
        out.write("<tr><th scope=\"row\">")?;
        write_escaped(field(row, "name"), out)?;
        out.write(" <small>")?;
        write_escaped(field(row, "unit"), out)?;
        out.write("</small>")?;
        if !field(row, "direction").is_empty() {
            out.write("<small>")?;
            write_escaped(field(row, "direction"), out)?;
            out.write("</small>")?;
        }
        out.write("</th>")?;
        for cell in items(&row["cells"]) {
            out.write("<td>")?;
            write_escaped(cell.as_str().unwrap_or_default(), out)?;
            out.write("</td>")?;
        }
        out.write("<td>")?;
        write_value(&row["target"], "", "none", out)?;
        out.write("</td></tr>\n")?;
    }
    out.write("</tbody></table></div>\n")?;
    if periods.len() > 6 {
        out.write("<p class=\"print-only note\">The last 6 of ")?;
        out.write(&periods.len().to_string())?;
        out.write(" periods are printed.</p>\n")?;
    }
    Ok(())
}

/// `{{block b}}`: one block of a section.
fn block(h: &Helper<'_>, _: &Handlebars<'_>, context: &Context, _: &mut RenderContext<'_, '_>, out: &mut dyn Output) -> HelperResult {
    let (block, root) = argument(h, context, "block")?;
    let part = |key: &str| block.get(key).filter(|value| !value.is_null());
    if let Some(list) = part("facts") {
        write_facts(list, "facts wide", root, out)?;
    } else if let Some(table) = part("table") {
        write_table(table, root, out)?;
    } else if let Some(list) = part("checks") {
        out.write("<ul class=\"checks\">\n")?;
        for check in items(list) {
            let done = check.get("done") == Some(&Value::Bool(true));
            out.write(if done {
                "<li class=\"yes\"><span class=\"vh\">Done: </span>"
            } else {
                "<li class=\"no\"><span class=\"vh\">Open: </span>"
            })?;
            write_escaped(field(check, "text"), out)?;
            write_note(field(check, "note"), out)?;
            out.write("</li>\n")?;
        }
        out.write("</ul>")?;
    }
    Ok(())
}

fn write_table(table: &Value, root: &str, out: &mut dyn Output) -> HelperResult {
    out.write("<div class=\"table-wrap\" tabindex=\"0\"><table class=\"")?;
    for (at, _) in items(&table["numeric"]).iter().enumerate().filter(|(_, numeric)| **numeric == Value::Bool(true)) {
        out.write(&format!("n{at} "))?;
    }
    out.write("\">\n<thead><tr>")?;
    for column in items(&table["columns"]) {
        out.write("<th scope=\"col\">")?;
        write_escaped(column.as_str().unwrap_or_default(), out)?;
        out.write("</th>")?;
    }
    out.write("</tr></thead>\n<tbody>\n")?;
    for row in items(&table["rows"]) {
        out.write("<tr>")?;
        for cell in items(row) {
            out.write("<td>")?;
            write_value(cell, root, "none", out)?;
            out.write("</td>")?;
        }
        out.write("</tr>\n")?;
    }
    out.write("</tbody></table></div>")?;
    Ok(())
}

fn missing(helper: &'static str) -> RenderErrorReason {
    RenderErrorReason::ParamNotFoundForIndex(helper, 0)
}

/// `{{show value "word for nothing"}}`.
fn show(h: &Helper<'_>, _: &Handlebars<'_>, context: &Context, _: &mut RenderContext<'_, '_>, out: &mut dyn Output) -> HelperResult {
    let (value, root) = argument(h, context, "show")?;
    let word = h.param(1).and_then(|word| word.value().as_str()).unwrap_or("none");
    write_value(value, root, word, out)
}

pub(super) fn write_value(value: &Value, root: &str, word: &str, out: &mut dyn Output) -> HelperResult {
    match value {
        Value::Null => {
            out.write("<span class=\"none\">")?;
            write_escaped(word, out)?;
            out.write("</span>")?;
        }
        Value::String(text) if text.is_empty() => {
            return write_value(&Value::Null, root, word, out);
        }
        Value::String(text) => write_escaped(text, out)?,
        Value::Array(items) if items.is_empty() => {
            return write_value(&Value::Null, root, word, out);
        }
        Value::Array(items) => {
            for (i, item) in items.iter().enumerate() {
                if i > 0 {
                    out.write(", ")?;
                }
                write_value(item, root, word, out)?;
            }
        }
        Value::Object(map) => {
            let text = |key: &str| map.get(key).and_then(Value::as_str);
            let words = text("text").unwrap_or_default();
            let tone = text("tone");
            match (text("href"), tone) {
                (Some(href), tone) => {
                    open_link(href, root, out)?;
                    if let Some(tone) = tone {
                        out.write("\" class=\"badge tone-")?;
                        write_escaped(tone, out)?;
                    }
                    out.write("\"><bdi>")?;
                    write_escaped(words, out)?;
                    out.write("</bdi></a>")?;
                }
                (None, Some(tone)) => {
                    out.write("<span class=\"badge tone-")?;
                    write_escaped(tone, out)?;
                    out.write("\">")?;
                    write_escaped(words, out)?;
                    out.write("</span>")?;
                }
                (None, None) => match text("time") {
                    Some(time) => write_time(time, words, out)?,
                    None => write_escaped(words, out)?,
                },
            }
            write_note(text("note").unwrap_or_default(), out)?;
        }
        other => out.write(&other.to_string())?,
    }
    Ok(())
}

fn has_scheme(href: &str) -> bool {
    href.starts_with("https://") || href.starts_with("http://") || href.starts_with("mailto:")
}

pub(super) fn write_time(iso: &str, words: &str, out: &mut dyn Output) -> std::io::Result<()> {
    out.write("<time datetime=\"")?;
    write_escaped(iso, out)?;
    out.write("\">")?;
    write_escaped(words, out)?;
    out.write("</time>")
}

/// `{{date iso}}`.
fn date(h: &Helper<'_>, _: &Handlebars<'_>, _: &Context, _: &mut RenderContext<'_, '_>, out: &mut dyn Output) -> HelperResult {
    let param = h.param(0).ok_or_else(|| missing("date"))?;
    if let Some(iso) = param.value().as_str()
        && let Ok(day) = scalar::date(iso)
    {
        write_time(iso, &scalar::human_date(day), out)?;
    }
    Ok(())
}

/// `{{plural n "partner" "partners"}}`.
fn plural(h: &Helper<'_>, _: &Handlebars<'_>, _: &Context, _: &mut RenderContext<'_, '_>, out: &mut dyn Output) -> HelperResult {
    let count = h.param(0).and_then(|param| param.value().as_i64()).ok_or_else(|| missing("plural"))?;
    let word = h.param(if count == 1 { 1 } else { 2 }).and_then(|word| word.value().as_str()).unwrap_or_default();
    out.write(&scalar::grouped(&rust_decimal::Decimal::from(count)))?;
    out.write(" ")?;
    write_escaped(word, out)?;
    Ok(())
}

/// `{{icon "name"}}`.
fn icon(h: &Helper<'_>, _: &Handlebars<'_>, _: &Context, _: &mut RenderContext<'_, '_>, out: &mut dyn Output) -> HelperResult {
    let name = h.param(0).and_then(|param| param.value().as_str()).ok_or_else(|| missing("icon"))?;
    write_icon(name, out)?;
    Ok(())
}

/// Writes an icon; nothing where there is none of this name.
pub(super) fn write_icon(name: &str, out: &mut dyn Output) -> std::io::Result<()> {
    if let Some((_, drawing)) = ICONS.iter().find(|(known, _)| *known == name) {
        out.write("<svg class=\"icon\" viewBox=\"0 0 24 24\" aria-hidden=\"true\" focusable=\"false\">")?;
        out.write(drawing)?;
        out.write("</svg>")?;
    }
    Ok(())
}

/// Writes text for HTML; what needs no escaping is written in one piece.
pub(super) fn write_escaped(text: &str, out: &mut dyn Output) -> std::io::Result<()> {
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        let safe = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            b'\'' => "&#39;",
            _ => continue,
        };
        out.write(&text[from..at])?;
        out.write(safe)?;
        from = at + 1;
    }
    out.write(&text[from..])
}

/// The escape function of the templates.
pub fn escape(text: &str) -> String {
    crate::content::markdown::escape(text)
}
