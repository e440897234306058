//! The theme: templates and static files, the built-in ones overridden file by file.

use std::collections::BTreeMap;
use std::sync::Arc;

use handlebars::{Handlebars, RenderError, RenderErrorReason, TemplateError};
use rust_embed::RustEmbed;
use serde_json::{Map, Value};

use super::helpers;
use crate::diagnostics::{Finding, Place, input};
use crate::text::suggest;
use crate::workspace::Workspace;

/// The built-in theme.
#[derive(RustEmbed)]
#[folder = "themes/default/"]
struct Builtin;

/// A static file of the theme.
#[derive(Debug, Clone)]
pub enum Static {
    /// Compiled into the program.
    Builtin(std::borrow::Cow<'static, [u8]>),
    /// A file of the workspace, by its path.
    File(Arc<str>),
}

/// What a template made, and the data that it was given.
pub type Text = (Vec<u8>, Map<String, Value>);

/// A theme, ready to render.
pub struct Theme {
    registry: Handlebars<'static>,
    /// Where each template that is not built in comes from.
    sources: BTreeMap<String, Arc<str>>,
    /// Static files by their path in the site.
    pub statics: BTreeMap<String, Static>,
    /// What changes with the style sheets and the scripts, so that browsers do not show an old one.
    pub stamp: String,
}

impl Theme {
    /// The theme of a workspace. Templates that do not parse are findings; the built-in ones stand in for them.
    pub fn load(workspace: &Workspace) -> (Theme, Vec<Finding>) {
        let mut registry = Handlebars::new();
        registry.set_strict_mode(true);
        registry.register_escape_fn(helpers::escape);
        helpers::register(&mut registry);
        let mut theme = Theme { registry, sources: BTreeMap::new(), statics: BTreeMap::new(), stamp: String::new() };
        let mut findings = Vec::new();
        for name in Builtin::iter() {
            let Some(file) = Builtin::get(&name) else {
                continue;
            };
            match name.strip_suffix(".hbs") {
                Some(template) => {
                    let text = String::from_utf8_lossy(&file.data).into_owned();
                    if let Err(error) = theme.registry.register_template_string(template, text) {
                        findings.push(internal(template, &error.to_string()));
                    }
                }
                None => {
                    theme.statics.insert(name.to_string(), Static::Builtin(file.data));
                }
            }
        }
        theme.overrides(workspace, &mut findings);
        theme.stamp = theme.digest(workspace);
        (theme, findings)
    }

    /// Puts the files of `themes/<theme>/` over the built-in ones.
    fn overrides(&mut self, workspace: &Workspace, findings: &mut Vec<Finding>) {
        let folder = format!("themes/{}/", workspace.settings.theme);
        let own: Vec<&(Arc<str>, String)> = workspace.theme_files.iter().filter(|(path, _)| path.starts_with(&folder)).collect();
        if own.is_empty() && workspace.settings.theme != "default" {
            let known: Vec<&str> = workspace.theme_files.iter().filter_map(|(path, _)| path.split('/').nth(1)).chain(["default"]).collect();
            let help = suggest::nearest(&workspace.settings.theme, known).map_or_else(
                || format!("make the folder `themes/{}/`, or remove `theme:`", workspace.settings.theme),
                |near| format!("did you mean `{near}`?"),
            );
            let message = format!("there is no theme `{}`", workspace.settings.theme);
            let settings: Arc<str> = Arc::from(crate::workspace::classify::SETTINGS);
            findings.push(Finding::new(&input::BAD_VALUE, &settings, Place::Key(crate::route!["theme"]), message).help(help));
        }
        for (path, name) in own {
            let Some(template) = name.strip_suffix(".hbs") else {
                if name.starts_with("static/") {
                    self.statics.insert(name.clone(), Static::File(path.clone()));
                }
                continue;
            };
            let text = workspace.text(path);
            self.sources.insert(template.to_owned(), path.clone());
            if let Err(error) = self.registry.register_template_string(template, &text) {
                findings.push(parse_finding(path, &text, &error));
            }
        }
    }

    /// The text of a built-in template by its file, such as `page.hbs`.
    pub fn builtin_text(file: &str) -> Option<String> {
        Builtin::get(file).map(|file| String::from_utf8_lossy(&file.data).into_owned())
    }

    /// True for a template that the workspace has not put its own over.
    pub fn is_builtin(&self, template: &str) -> bool {
        !self.sources.contains_key(template)
    }

    /// True when the workspace has templates of its own.
    pub fn has_own_templates(&self) -> bool {
        !self.sources.is_empty()
    }

    /// A short digest of all style sheets and scripts.
    fn digest(&self, workspace: &Workspace) -> String {
        use std::hash::{Hash as _, Hasher as _};
        let mut hasher = rustc_hash::FxHasher::default();
        let main = ["static/style.css", "static/site.js"];
        let is_like = |name: &&str| [".css", ".js"].iter().any(|ending| name.ends_with(ending)) && !main.contains(name);
        for name in main.into_iter().chain(self.statics.keys().map(String::as_str).filter(is_like)) {
            match self.statics.get(name) {
                Some(Static::Builtin(bytes)) => bytes.hash(&mut hasher),
                Some(Static::File(path)) => std::fs::read(workspace.root.join(path.as_ref())).unwrap_or_default().hash(&mut hasher),
                None => {}
            }
        }
        format!("{:08x}", hasher.finish() as u32)
    }

    /// Renders a template for a page; the data comes back for the frame around it.
    ///
    /// # Errors
    /// A finding at the place in the template.
    pub fn render(&self, workspace: &Workspace, template: &str, data: Map<String, Value>, page: &str) -> Result<Text, Box<Finding>> {
        let mut context = handlebars::Context::from(Value::Object(data));
        // Large enough for most, so that the text is not moved while it grows.
        let mut out = Vec::with_capacity(4 * 1024);
        match self.registry.render_with_context_to_write(template, &context, &mut out) {
            Ok(()) => match std::mem::take(context.data_mut()) {
                Value::Object(data) => Ok((out, data)),
                _ => Ok((out, Map::new())),
            },
            Err(error) => Err(Box::new(self.render_finding(workspace, template, &error, page))),
        }
    }

    fn render_finding(&self, workspace: &Workspace, template: &str, error: &RenderError, page: &str) -> Finding {
        let name = error.template_name.as_deref().unwrap_or(template);
        let what = match error.reason() {
            RenderErrorReason::MissingVariable(Some(path)) => format!("there is no `{path}` here"),
            RenderErrorReason::MissingVariable(None) => "something is asked for that is not there".to_owned(),
            RenderErrorReason::HelperNotFound(helper) => format!("there is no helper `{helper}`"),
            other => other.to_string(),
        };
        let message = format!("{what}, while `{page}` was made");
        let Some(path) = self.sources.get(name) else {
            return internal(name, &message);
        };
        let text = workspace.text(path);
        let place = match (error.line_no, error.column_no) {
            (Some(line), Some(column)) => Place::Span(tag_at(&text, line, column)),
            _ => Place::File,
        };
        Finding::new(&input::BAD_TEMPLATE, path, place, message).help("docs/templates.md says what each template receives")
    }
}

fn internal(template: &str, message: &str) -> Finding {
    let path: Arc<str> = Arc::from(format!("themes/default/{template}.hbs"));
    Finding::new(&input::BAD_TEMPLATE, &path, Place::File, format!("in the built-in template: {message}"))
        .help("if the workspace overrides a part of the theme, look there; otherwise please report this as a bug of partnerbook")
}

fn parse_finding(path: &Arc<str>, text: &str, error: &TemplateError) -> Finding {
    let place = error.pos().map_or(Place::File, |(line, column)| Place::Span(tag_at(text, line, column)));
    let reason = error.reason().to_string();
    // The parser lists everything it could have read next, which helps nobody.
    let reason = match reason.lines().next().unwrap_or_default() {
        long if long.contains("expected") => "something is missing here, or before it",
        reason => reason,
    };
    Finding::new(&input::BAD_TEMPLATE, path, place, format!("this template does not parse: {reason}"))
        .help("check that every `{{#…}}` has its `{{/…}}` and every `{{` its `}}`")
}

/// The tag at a line and column (both from 1), or the rest of the line.
fn tag_at(text: &str, line: usize, column: usize) -> crate::text::Span {
    let start_of_line: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let rest = &text[start_of_line..];
    let line_text = rest.split('\n').next().unwrap_or_default();
    let offset = line_text.char_indices().nth(column.saturating_sub(1)).map_or(line_text.len(), |(at, _)| at);
    let from = line_text[..offset].rfind("{{").filter(|at| !line_text[*at..offset].contains("}}")).unwrap_or(offset);
    let to = line_text[from..].find("}}").map_or(line_text.len(), |at| from + at + 2);
    start_of_line + from..start_of_line + to.max(from)
}
