//! The helpers of the templates: small values (`show`, `date`, `plural`, `icon`) and what many pages share (`entries`,
//! `facts`, `links`).

use handlebars::{Context, Handlebars, Helper, HelperResult, Output, RenderContext, RenderErrorReason};
use serde_json::Value;

use crate::content::scalar;
use crate::pages::html::Html;
use crate::pages::value::{Entry, Shown};

/// Registers all helpers.
pub fn register(registry: &mut Handlebars<'_>) {
    registry.register_helper("show", Box::new(show));
    registry.register_helper("date", Box::new(date));
    registry.register_helper("plural", Box::new(plural));
    registry.register_helper("icon", Box::new(icon));
    registry.register_helper("entries", Box::new(entries));
    registry.register_helper("facts", Box::new(facts));
    registry.register_helper("links", Box::new(links));
}

/// The value that a helper is given, and the way to the top of the site.
fn argument<'a>(h: &'a Helper<'_>, context: &'a Context, name: &'static str) -> Result<(&'a Value, &'a str), RenderErrorReason> {
    let param = h.param(0).ok_or(RenderErrorReason::ParamNotFoundForIndex(name, 0))?;
    if param.is_value_missing() {
        return Err(RenderErrorReason::MissingVariable(param.relative_path().cloned()));
    }
    Ok((param.value(), context.data().get("root").and_then(Value::as_str).unwrap_or_default()))
}

/// The word that a helper is given in second place.
fn word<'a>(h: &'a Helper<'_>) -> Option<&'a str> {
    h.param(1).and_then(|word| word.value().as_str())
}

fn items(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn field<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

fn write(html: Html<'_>, out: &mut dyn Output) -> HelperResult {
    out.write(&html.finish())?;
    Ok(())
}

/// `{{show value "word for nothing"}}`.
fn show(h: &Helper<'_>, _: &Handlebars<'_>, context: &Context, _: &mut RenderContext<'_, '_>, out: &mut dyn Output) -> HelperResult {
    let (value, root) = argument(h, context, "show")?;
    let mut html = Html::new(root);
    html.value(&Shown::read(value), word(h).unwrap_or("none"));
    write(html, out)
}

/// `{{entries list "class"}}`: a list of pages with their notes and days.
fn entries(h: &Helper<'_>, _: &Handlebars<'_>, context: &Context, _: &mut RenderContext<'_, '_>, out: &mut dyn Output) -> HelperResult {
    let (list, root) = argument(h, context, "entries")?;
    let entries: Vec<Entry<'_>> = items(list).iter().map(Entry::read).collect();
    let mut html = Html::new(root);
    html.entries(&entries, word(h).unwrap_or_default());
    write(html, out)
}

/// `{{facts list "class"}}`: labels and values.
fn facts(h: &Helper<'_>, _: &Handlebars<'_>, context: &Context, _: &mut RenderContext<'_, '_>, out: &mut dyn Output) -> HelperResult {
    let (list, root) = argument(h, context, "facts")?;
    let facts: Vec<(&str, Shown<'_>)> =
        items(list).iter().map(|fact| (field(fact, "label"), Shown::read(fact.get("value").unwrap_or(&Value::Null)))).collect();
    let mut html = Html::new(root);
    html.facts(facts.iter().map(|(label, value)| (*label, value)), word(h).unwrap_or("facts"));
    write(html, out)
}

/// `{{links list}}`: the items of a list of links, each `{title, href, current}`; only `current` may be missing.
fn links(h: &Helper<'_>, _: &Handlebars<'_>, context: &Context, _: &mut RenderContext<'_, '_>, out: &mut dyn Output) -> HelperResult {
    let (list, root) = argument(h, context, "links")?;
    let mut html = Html::new(root);
    for link in items(list) {
        let current = link.get("current") == Some(&Value::Bool(true));
        html.raw("<li><a href=\"").href(&Entry::read(link).address).raw(if current { "\" aria-current=\"true\">" } else { "\">" });
        html.text(field(link, "title")).raw("</a></li>\n");
    }
    write(html, out)
}

/// `{{date iso}}`.
fn date(h: &Helper<'_>, _: &Handlebars<'_>, context: &Context, _: &mut RenderContext<'_, '_>, out: &mut dyn Output) -> HelperResult {
    let (value, _) = argument(h, context, "date")?;
    let mut html = Html::new("");
    if let Some(Ok(day)) = value.as_str().map(scalar::date) {
        html.day(day);
    }
    write(html, out)
}

/// `{{plural n "partner" "partners"}}`.
fn plural(h: &Helper<'_>, _: &Handlebars<'_>, _: &Context, _: &mut RenderContext<'_, '_>, out: &mut dyn Output) -> HelperResult {
    let missing = || RenderErrorReason::ParamNotFoundForIndex("plural", 0);
    let count = h.param(0).and_then(|param| param.value().as_i64()).ok_or_else(missing)?;
    let word = h.param(if count == 1 { 1 } else { 2 }).and_then(|word| word.value().as_str()).unwrap_or_default();
    let mut html = Html::new("");
    html.raw(&scalar::grouped(&rust_decimal::Decimal::from(count))).raw(" ").text(word);
    write(html, out)
}

/// `{{icon "name"}}`.
fn icon(h: &Helper<'_>, _: &Handlebars<'_>, _: &Context, _: &mut RenderContext<'_, '_>, out: &mut dyn Output) -> HelperResult {
    let name = h.param(0).and_then(|param| param.value().as_str()).ok_or(RenderErrorReason::ParamNotFoundForIndex("icon", 0))?;
    let mut html = Html::new("");
    html.icon(name);
    write(html, out)
}

/// The escape function of the templates.
pub fn escape(text: &str) -> String {
    crate::content::markdown::escape(text)
}
