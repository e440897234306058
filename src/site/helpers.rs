//! The helpers of the templates: `show`, `date`, `plural`, `icon`.

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
}

fn missing(helper: &'static str) -> RenderErrorReason {
    RenderErrorReason::ParamNotFoundForIndex(helper, 0)
}

/// `{{show value "word for nothing"}}`.
fn show(h: &Helper<'_>, _: &Handlebars<'_>, context: &Context, _: &mut RenderContext<'_, '_>, out: &mut dyn Output) -> HelperResult {
    let param = h.param(0).ok_or_else(|| missing("show"))?;
    if param.is_value_missing() {
        return Err(RenderErrorReason::MissingVariable(param.relative_path().cloned()).into());
    }
    let root = context.data().get("root").and_then(Value::as_str).unwrap_or_default();
    let word = h.param(1).and_then(|word| word.value().as_str()).unwrap_or("none");
    write_value(param.value(), root, word, out)
}

fn write_value(value: &Value, root: &str, word: &str, out: &mut dyn Output) -> HelperResult {
    match value {
        Value::Null => {
            out.write("<span class=\"none\">")?;
            write_escaped(word, out)?;
            out.write("</span>")?;
        }
        Value::String(text) if text.is_empty() => return write_value(&Value::Null, root, word, out),
        Value::String(text) => write_escaped(text, out)?,
        Value::Array(items) if items.is_empty() => return write_value(&Value::Null, root, word, out),
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
                    out.write("<a href=\"")?;
                    if !has_scheme(href) {
                        out.write(root)?;
                    }
                    write_escaped(href, out)?;
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
            if let Some(note) = text("note") {
                out.write(" <small class=\"note\">")?;
                write_escaped(note, out)?;
                out.write("</small>")?;
            }
        }
        other => out.write(&other.to_string())?,
    }
    Ok(())
}

fn has_scheme(href: &str) -> bool {
    href.starts_with("https://") || href.starts_with("http://") || href.starts_with("mailto:")
}

fn write_time(iso: &str, words: &str, out: &mut dyn Output) -> std::io::Result<()> {
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
    if let Some((_, drawing)) = ICONS.iter().find(|(known, _)| *known == name) {
        out.write("<svg class=\"icon\" viewBox=\"0 0 24 24\" aria-hidden=\"true\" focusable=\"false\">")?;
        out.write(drawing)?;
        out.write("</svg>")?;
    }
    Ok(())
}

/// Writes text for HTML; what needs no escaping is written in one piece.
fn write_escaped(text: &str, out: &mut dyn Output) -> std::io::Result<()> {
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
