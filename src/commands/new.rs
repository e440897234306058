//! `partnerbook new`: files with the right front matter. Nothing is ever overwritten.

use std::fs;
use std::io::Write as _;
use std::path::Path;

use jiff::civil::Date;

use super::{FINE, Failure, as_of, find_workspace, report};
use crate::cli::{AsOf, NewCommand};
use crate::model::period::Period;
use crate::text::{path, slug};
use crate::workspace::classify::{Kind, is_ignored};
use crate::workspace::snapshot::describe;
use crate::workspace::{PartnerEntry, Workspace};

/// Adds a file.
///
/// # Errors
/// When it is there already, when the partner is unknown, or when the disk fails.
pub fn run(dir: Option<&Path>, what: &NewCommand) -> Result<u8, Failure> {
    let root = find_workspace(dir)?;
    let today = match what {
        NewCommand::Partner { as_of: day, .. } | NewCommand::Qbr { as_of: day, .. } | NewCommand::Issue { as_of: day, .. } => as_of(day)?,
        NewCommand::Page { .. } => as_of(&AsOf { as_of: None })?,
    };
    let workspace = Workspace::load(&root, today, true);
    let (file, text) = match what {
        NewCommand::Partner { name, owner, model, .. } => partner(&workspace, name, owner.as_deref(), model.as_deref())?,
        NewCommand::Qbr { partner, period, .. } => review(&workspace, partner, period.as_deref(), today)?,
        NewCommand::Issue { partner, title, .. } => issue(&workspace, partner, title, today)?,
        NewCommand::Page { title, folder } => page(&workspace, title, folder)?,
    };
    write_new(&root, &file, &text)?;
    report::out(&format!("Wrote {file}\n"));
    Ok(FINE)
}

fn write_new(root: &Path, file: &str, text: &str) -> Result<(), Failure> {
    let target = root.join(file);
    let failed = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => {
            Failure::new(format!("{file} is there already"), "it was not touched; choose another name, or edit the file".to_owned())
        }
        _ => Failure::new(format!("cannot write {file}: {}", describe(&error)), None),
    };
    if let Some(parent) = target.parent() {
        fs::create_dir_all(parent).map_err(failed)?;
    }
    fs::File::create_new(&target).and_then(|mut file| file.write_all(text.as_bytes())).map_err(failed)
}

/// Text as a YAML value, with quotes where YAML needs them.
fn yaml(text: &str) -> String {
    let written = serde_yaml::to_string(text).unwrap_or_default();
    let written = written.trim_end();
    // A block scalar would need lines of its own.
    if written.contains('\n') { serde_json::to_string(text).unwrap_or_default() } else { written.to_owned() }
}

/// A file name for a title: lower case, words joined by hyphens.
fn file_name(title: &str) -> Result<String, Failure> {
    let name = slug::anchor(&slug::fold(title)).split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-");
    let name = slug::safe_file_name(&name);
    if title.chars().any(char::is_alphanumeric) && name != "index" && name.len() <= 120 {
        Ok(name)
    } else {
        Err(Failure::new(
            format!("`{}` cannot become a file name", title.trim()),
            "use a name with letters or digits in it, of at most 120 bytes".to_owned(),
        ))
    }
}

fn partner(workspace: &Workspace, name: &str, owner: Option<&str>, model: Option<&str>) -> Result<(String, String), Failure> {
    let id = file_name(name)?;
    let taken = workspace
        .partners
        .iter()
        .find(|known| slug::fold(&known.id) == slug::fold(&id) || slug::fold(known.name()) == slug::fold(name.trim()));
    if let Some(known) = taken {
        let file = &workspace.pages[known.page].path;
        return Err(Failure::new(
            format!("the partner `{}` is there already, in {file}", known.name()),
            "edit that file, or choose another name".to_owned(),
        ));
    }
    for file in [format!("content/partners/{id}.md"), format!("content/partners/{id}.markdown"), format!("content/partners/{id}/index.md")]
    {
        if workspace.root.join(&file).exists() {
            return Err(Failure::new(format!("{file} is there already"), "edit that file, or choose another name".to_owned()));
        }
    }
    let model = match model {
        None => None,
        Some(word) => {
            if let Some(at) = workspace.settings.model_index(word) {
                Some(workspace.settings.models[at].id.clone())
            } else {
                let words: Vec<&str> = workspace.settings.models.iter().map(|model| model.id.as_str()).collect();
                return Err(Failure::new(format!("`{word}` is not a partnership model"), crate::content::read::one_of(word, &words)));
            }
        }
    };
    let stage = workspace.settings.stages.first().map_or("research", |stage| stage.id.as_str());
    let line = |key: &str, value: Option<String>, example: &str| match value {
        Some(value) => format!("{key}: {value}\n"),
        None => format!("# {key}: {example}\n"),
    };
    let text = format!(
        "---\nname: {name}\n# summary: one sentence on who they are and why they matter\n# website: https://…\n\nstage: {stage}\nlifecycle:\n  - {{stage: {stage}, entered: {today}}}\n{model}{owner}# tier: 0\n\n\
         # objective: {{outcome: …, metric: revenue, target: 100000, by: {next_year}-12-31}}\n# value: {{us: [], partner: [], customer: []}}\n# kpis: {{revenue: {{target: 25000}}}}\n---\n\n## Why this partner\n\n",
        name = yaml(name.trim()),
        stage = yaml(stage),
        today = workspace.as_of,
        model = line("model", model, "referral"),
        owner = line("owner", owner.map(yaml), "a person's id or name"),
        next_year = workspace.as_of.year() + 1,
    );
    Ok((format!("content/partners/{id}/index.md"), text))
}

/// The partner of an id, name or alias.
fn find<'a>(workspace: &'a Workspace, name: &str) -> Result<&'a PartnerEntry, Failure> {
    let wanted = slug::fold(name.trim());
    let is = |text: &str| slug::fold(text) == wanted;
    let by_id = workspace.partners.iter().find(|partner| is(&partner.id));
    let found = by_id
        .or_else(|| workspace.partners.iter().find(|partner| is(partner.name()) || partner.data.aliases.iter().any(|alias| is(alias))));
    found.ok_or_else(|| {
        let ids = workspace.partners.iter().map(|partner| partner.id.as_str());
        let near = crate::text::suggest::nearest(name, ids).map(|near| format!("did you mean `{near}`?"));
        Failure::new(format!("there is no partner `{name}`"), near.unwrap_or_else(|| format!("`partnerbook new partner {name:?}` adds it")))
    })
}

/// The folder of a partner's own files.
fn folder(workspace: &Workspace, partner: &PartnerEntry) -> String {
    let file = &workspace.pages[partner.page].path;
    if path::stem(file) == "index" { path::parent(file).to_owned() } else { format!("{}/{}", path::parent(file), path::stem(file)) }
}

fn review(workspace: &Workspace, name: &str, period: Option<&str>, today: Date) -> Result<(String, String), Failure> {
    let partner = find(workspace, name)?;
    let period = match period {
        Some(text) => Period::parse(text)
            .filter(|period| matches!(period, Period::Quarter(..)))
            .ok_or_else(|| Failure::new(format!("`{text}` is not a quarter"), "write it as 2026-Q3".to_owned()))?,
        None => last_closed_quarter(today, workspace.settings.fiscal_year_start),
    };
    let text = format!(
        "---\ndate: {today}\nattendees: []\nsummary:\nwins:\n  # - {{title: …, impact: …, kpi: revenue}}\nchallenges:\n  # - {{title: …, impact: …, root_cause: …, action: …, owner: …, due: {due}}}\ninitiatives:\n  # - {{text: …, goal: …, due: {due}}}\nasks:\n  # - {{kind: decision, text: …}}\nactions:\n  # - {{text: …, owner: …, due: {due}}}\nnext: {next}\n---\n\n",
        due = today.checked_add(jiff::Span::new().days(30)).unwrap_or(today),
        next = today.checked_add(jiff::Span::new().months(3)).unwrap_or(today),
    );
    Ok((format!("{}/qbr/{period}.md", folder(workspace, partner)), text))
}

/// The quarter that ended last before a day.
fn last_closed_quarter(today: Date, start: i8) -> Period {
    let year = today.year();
    let quarters = (year - 1..=year + 1)
        .filter(|year| (1..=9999).contains(year))
        .flat_map(|year| (1..=4).map(move |quarter| Period::Quarter(year, quarter)));
    quarters.filter(|quarter| quarter.is_closed(today, start)).max().unwrap_or(Period::Quarter(year, 1))
}

fn issue(workspace: &Workspace, name: &str, title: &str, today: Date) -> Result<(String, String), Failure> {
    let partner = find(workspace, name)?;
    let text = format!(
        "---\ntitle: {}\nseverity: medium          # critical, high, medium or low\nstatus: open\nopened: {today}\nreason: gap               # gap, breach, misalignment, resources or conflict\nowner:\nimpact: {{business: , relationship: , timeline: }}\nroot_cause:\noptions: []\n# recommended:\nactions: []\n---\n\n",
        yaml(title.trim())
    );
    Ok((format!("{}/issues/{}.md", folder(workspace, partner), file_name(title)?), text))
}

fn page(workspace: &Workspace, title: &str, folder: &str) -> Result<(String, String), Failure> {
    let wanted = folder.trim_start_matches("content/");
    let folder =
        path::join("", wanted.trim_start_matches('/')).filter(|folder| !folder.contains('\\') && !wanted.starts_with('/')).ok_or_else(
            || Failure::new(format!("`{folder}` is not a folder in content/"), "write it as `library` or `partners/acme`".to_owned()),
        )?;
    let folder = match folder.strip_prefix("partners/") {
        None => folder,
        // A partner may be named by id or name; its files lie in its own folder.
        Some(inside) => {
            let (name, rest) = inside.split_once('/').unwrap_or((inside, ""));
            let own = workspace.partners.iter().map(|known| self::folder(workspace, known)).find(|own| path::file_name(own) == name);
            let own = match own {
                Some(own) => own,
                None => self::folder(workspace, find(workspace, name)?),
            };
            let own = own.trim_start_matches("content/");
            if rest.is_empty() { own.to_owned() } else { format!("{own}/{rest}") }
        }
    };
    let text = format!("---\ntitle: {}\n---\n\n", yaml(title.trim()));
    let name = file_name(title)?;
    let file = if folder.is_empty() { format!("content/{name}.md") } else { format!("content/{folder}/{name}.md") };
    if !matches!(Kind::of(&file), Some(Kind::Page(_))) || file.split('/').any(is_ignored) {
        let help = "`partnerbook new partner`, `new qbr` and `new issue` add what belongs there".to_owned();
        return Err(Failure::new(format!("a page in `{folder}` would not be read as a page"), help));
    }
    Ok((file, text))
}
