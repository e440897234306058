//! Where links lead, and from where pages are linked.

use rayon::prelude::*;

use super::index::{Found, Index};
use super::model::{PageId, PageKind, PageRef, Workspace};
use crate::content::markdown::{Link, LinkKind};
use crate::diagnostics::{Finding, Place, input};
use crate::model::period::Period;
use crate::text::{path, slug, suggest};

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A page, and a heading in it.
    Page(PageId, Option<String>),
    /// A heading of the same page.
    Here(String),
    /// A file that is copied, by its place in the list of assets, and a fragment.
    Asset(usize, Option<String>),
    /// A page that partnerbook makes itself, by its route.
    Generated(String),
    /// Another address, as it is written.
    External(String),
    /// A page that is kept off the site, or a file that cannot be read: its text is shown without a link.
    Unpublished,
    /// Nowhere; its text is shown without a link.
    Nowhere,
}

/// The schemes of addresses that may become links. Anything else, `javascript:` first of all, is shown as text.
const SCHEMES: &[&str] = &["http", "https", "mailto", "tel", "sms", "ftp", "sftp", "webcal", "sip", "msteams", "slack", "zoommtg"];

/// Resolves the links in the prose of every page, and then the backlinks.
pub fn resolve(workspace: &mut Workspace, index: &Index) {
    let workspace_now = &*workspace;
    let resolved: Vec<(Vec<Target>, Vec<Finding>)> =
        (0..workspace_now.pages.len()).into_par_iter().map(|at| of_page(workspace_now, index, at)).collect();
    for (page, (targets, findings)) in workspace.pages.iter_mut().zip(resolved) {
        // The steps of a playbook are links too, and have been resolved before.
        if !matches!(page.kind, PageKind::Playbook(_)) {
            page.targets = targets;
        }
        workspace.findings.extend(findings);
    }
    backlinks(workspace);
    let orphans = orphans(workspace);
    workspace.findings.extend(orphans);
}

/// Where the links in the prose of a page lead, and what is wrong with them.
pub fn of_page(workspace: &Workspace, index: &Index, at: PageId) -> (Vec<Target>, Vec<Finding>) {
    let mut findings = Vec::new();
    let links = &workspace.pages[at].markdown.links;
    let targets = links
        .iter()
        .map(|link| match find(workspace, index, at, link) {
            Ok((target, warning)) => {
                findings.extend(warning);
                target
            }
            Err(finding) => {
                findings.push(*finding);
                Target::Nowhere
            }
        })
        .collect();
    (targets, findings)
}

type Outcome = Result<(Target, Option<Finding>), Box<Finding>>;

fn find(workspace: &Workspace, index: &Index, from: PageId, link: &Link) -> Outcome {
    let pages = &workspace.pages;
    let page = &pages[from];
    let place = Place::Span(link.span.clone());
    let written = link.destination.trim();
    let broken = |message: String| Finding::new(&input::BROKEN_LINK, &page.path, place.clone(), message);
    if written.is_empty() {
        return Err(Box::new(
            broken("this link leads nowhere: it has no destination".to_owned()).help("write where it leads between the parentheses"),
        ));
    }
    if link.kind != LinkKind::Wiki {
        if let Some(scheme) = scheme(written) {
            if SCHEMES.contains(&scheme.to_ascii_lowercase().as_str()) {
                return Ok((Target::External(written.to_owned()), None));
            }
            return Err(Box::new(
                broken(format!("`{scheme}:` cannot be a link"))
                    .help("link to a file of the workspace, or to an address that starts with `https://`"),
            ));
        }
        if written.starts_with("//") {
            return Ok((Target::External(format!("https:{written}")), None));
        }
    }
    let (name, fragment) = written.split_once('#').map_or((written, None), |(name, fragment)| (name, Some(fragment)));
    let fragment = fragment.map(path::decode).filter(|fragment| !fragment.is_empty());
    if name.trim().is_empty() {
        return match fragment {
            None => Ok((Target::Here("top".to_owned()), None)),
            Some(fragment) => anchor(workspace, page, &fragment)
                .map(|id| (Target::Here(id), None))
                .map_err(|help| Box::new(no_anchor(page, place, "this page", &fragment, help))),
        };
    }
    let (found, warning) = match link.kind {
        LinkKind::Wiki => wiki(workspace, index, from, name, &place)?,
        _ => (file(index, page, name, &place)?, None),
    };
    match found {
        Found::Nothing => Ok((Target::Unpublished, warning)),
        Found::Asset(asset) => Ok((Target::Asset(asset, fragment), warning)),
        Found::Generated(at) => Ok((index.generated.get(at).map_or(Target::Nowhere, |route| Target::Generated(route.clone())), warning)),
        Found::Page(target) => match fragment {
            None => Ok((Target::Page(target, None), warning)),
            Some(fragment) => anchor(workspace, &pages[target], &fragment)
                .map(|id| (Target::Page(target, Some(id)), warning))
                .map_err(|help| Box::new(no_anchor(page, place, &format!("`{}`", pages[target].title), &fragment, help))),
        },
    }
}

/// The scheme of an address: letters before a colon, at least two of them (one is a drive).
fn scheme(text: &str) -> Option<&str> {
    let (scheme, _) = text.split_once(':')?;
    // Browsers pass over white space and control characters in a scheme.
    let plain = scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.') || c.is_whitespace() || c.is_control());
    (plain && scheme.starts_with(|c: char| c.is_ascii_alphabetic())).then_some(scheme)
}

/// A file by its path, seen from the page's own file.
fn file(index: &Index, page: &PageRef, written: &str, place: &Place) -> Result<Found, Box<Finding>> {
    let name = path::decode(written.split('?').next().unwrap_or(written));
    resolve_path(index, &page.path, &name).map_err(|help| {
        Box::new(Finding::new(&input::BROKEN_LINK, &page.path, place.clone(), format!("there is no file `{name}`")).maybe_help(help))
    })
}

/// What lies at `written`, seen from the folder of the file `from`.
///
/// # Errors
/// Advice, where there is any.
pub fn resolve_path(index: &Index, from: &str, written: &str) -> Result<Found, Option<String>> {
    let folder = path::parent(from);
    let full = match written.strip_prefix('/') {
        Some(rest) => path::join(super::classify::CONTENT, rest),
        None => path::join(folder, written),
    };
    let inside = |full: &String| full.strip_prefix(super::classify::CONTENT).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    let Some(full) = full.filter(inside) else {
        return Err(Some("it lies outside `content/`, and only what is inside is published".to_owned()));
    };
    index.file(&full).ok_or_else(|| index.similar_path(&full, folder).map(|near| format!("did you mean `{near}`?")))
}

/// A review by its partner and period: `acme/2026-Q3`.
fn review(workspace: &Workspace, index: &Index, name: &str) -> Option<Found> {
    let (partner, period) = name.rsplit_once('/')?;
    let (partner, period) = (index.partner(partner).ok()?, Period::parse(period)?);
    let of_period = |page: &&PageId| matches!(workspace.pages[**page].kind, PageKind::Review(_, other) if other == period);
    workspace.partners[partner].reviews.iter().find(of_period).map(|page| Found::Page(*page))
}

fn wiki(workspace: &Workspace, index: &Index, from: PageId, name: &str, place: &Place) -> Result<(Found, Option<Finding>), Box<Finding>> {
    let pages = &workspace.pages;
    let page = &pages[from];
    let found = index.named(name);
    match found {
        [] => {
            if let Some(found) = review(workspace, index, name) {
                return Ok((found, None));
            }
            if name.contains('/')
                && let Some(found) =
                    resolve_path(index, &page.path, name).ok().or_else(|| resolve_path(index, &page.path, &format!("/{name}")).ok())
            {
                return Ok((found, None));
            }
            let help = index.similar_name(name).map(|near| format!("did you mean `[[{near}]]`?"));
            let message = format!("there is no page with the id, name or alias `{}`", name.trim());
            Err(Box::new(Finding::new(&input::BROKEN_LINK, &page.path, place.clone(), message).maybe_help(help)))
        }
        [only] => Ok((*only, None)),
        several => {
            // A page of the same partner is closer than any other.
            let own: Vec<Found> = several
                .iter()
                .copied()
                .filter(|found| matches!(found, Found::Page(p) if page.partner.is_some() && pages[*p].partner == page.partner))
                .collect();
            if let [only] = own.as_slice() {
                return Ok((*only, None));
            }
            let shown: Vec<&PageRef> = several
                .iter()
                .filter_map(|found| match found {
                    Found::Page(p) => Some(&pages[*p]),
                    _ => None,
                })
                .collect();
            let mut finding = Finding::new(
                &input::AMBIGUOUS_LINK,
                &page.path,
                place.clone(),
                format!("`{}` could mean {} pages", name.trim(), several.len()),
            )
            .help("link to the file instead, or use an id that only one of them has");
            for other in shown.iter().take(3) {
                finding = finding.related(&other.path, Place::File, "this one");
            }
            Ok((several.first().copied().unwrap_or(Found::Nothing), Some(finding)))
        }
    }
}

/// The anchor of `page` that a fragment means: the anchor itself, or the words of its heading. `Err` holds advice.
fn anchor(workspace: &Workspace, page: &PageRef, fragment: &str) -> Result<String, String> {
    let doc = &page.markdown;
    if doc.has_anchor(fragment) || fragment == "top" {
        return Ok(fragment.to_owned());
    }
    let (wanted, as_anchor) = (slug::fold(fragment), slug::anchor(fragment));
    let by_words = doc
        .headings
        .iter()
        .find(|heading| heading.id == as_anchor)
        .or_else(|| doc.headings.iter().find(|heading| slug::fold(&heading.text) == wanted || slug::fold(&heading.id) == wanted));
    if let Some(heading) = by_words {
        return Ok(heading.id.clone());
    }
    // A part of the page besides its prose, such as a partner's KPIs; in the site their anchors start with `s-`.
    if has_section(workspace, page, &wanted) {
        return Ok(format!("s-{wanted}"));
    }
    let anchors: Vec<&str> = doc.headings.iter().map(|heading| heading.id.as_str()).collect();
    Err(match suggest::nearest(fragment, anchors.iter().copied()) {
        Some(near) => format!("did you mean `#{near}`?"),
        None if anchors.is_empty() => format!("leave out `#{fragment}`: that page has no headings"),
        None if anchors.len() <= 12 => {
            let anchors: Vec<String> = anchors.iter().map(|anchor| format!("`#{anchor}`")).collect();
            format!("write {}", crate::text::list(&anchors, "or"))
        }
        None => format!("leave out `#{fragment}`, or write the words of a heading that is there"),
    })
}

/// True for a section that this page has besides its prose.
fn has_section(workspace: &Workspace, page: &PageRef, name: &str) -> bool {
    match (&page.kind, name) {
        (PageKind::Partner(at), name) => {
            let partner = &workspace.partners[*at];
            let data = &partner.data;
            match name {
                "objective" | "kpis" => true,
                "value" => data.value.is_some(),
                "exchange" => !data.exchange.is_empty(),
                "lifecycle" => !data.lifecycle.is_empty(),
                "reviews" => !partner.reviews.is_empty(),
                "issues" => !partner.issues.is_empty(),
                "pages" => !partner.pages.is_empty(),
                "related" => !partner.related.is_empty(),
                _ => false,
            }
        }
        (PageKind::Review(..), name) => matches!(name, "kpis" | "actions"),
        (PageKind::Playbook(_), name) => matches!(name, "steps" | "runs"),
        (PageKind::Issue(_) | PageKind::Page(_), _) => false,
    }
}

fn no_anchor(page: &PageRef, place: Place, target: &str, fragment: &str, help: String) -> Finding {
    Finding::new(&input::BROKEN_ANCHOR, &page.path, place, format!("{target} has no heading `#{fragment}`")).help(help)
}

/// Collects, for every page, the pages that link to it: in prose or by a relation.
fn backlinks(workspace: &mut Workspace) {
    let mut links: Vec<(PageId, PageId)> = Vec::new();
    for from in 0..workspace.pages.len() {
        links.extend(leads_to(workspace, from).map(|to| (to, from)));
    }
    let titles: Vec<String> = workspace.pages.par_iter().map(|page| slug::fold(&page.title)).collect();
    links.par_sort_by(|a, b| (a.0, &titles[a.1], a.1).cmp(&(b.0, &titles[b.1], b.1)));
    links.dedup();
    for (to, from) in links {
        workspace.pages[to].backlinks.push(from);
    }
}

/// The pages that list this one among those that link to them, some more than once.
pub fn leads_to(workspace: &Workspace, from: PageId) -> impl Iterator<Item = PageId> {
    let page = &workspace.pages[from];
    // What a playbook's steps link to is told by `used_by`.
    let prose = if matches!(page.kind, PageKind::Playbook(_)) { &[][..] } else { page.targets.as_slice() };
    let partner = match page.kind {
        PageKind::Partner(at) => workspace.partners.get(at),
        _ => None,
    };
    let related = partner.into_iter().flat_map(|partner| &partner.related).flat_map(|relation| &relation.partners);
    let outputs = partner.into_iter().flat_map(|partner| &partner.outputs).map(|(_, target)| target);
    let pages = pages_of(prose.iter().chain(outputs)).filter(move |to| *to != from);
    pages.chain(related.map(|to| workspace.partners[*to].page)).filter(|_| !page.hidden)
}

/// The pages to which links lead.
pub fn pages_of<'a>(targets: impl Iterator<Item = &'a Target>) -> impl Iterator<Item = PageId> {
    targets.filter_map(|target| match target {
        Target::Page(to, _) => Some(*to),
        _ => None,
    })
}

/// Brings the backlinks of pages up to date, to which a page has begun or ceased to link.
pub fn relink(workspace: &mut Workspace, from: PageId, before: &[PageId]) {
    let now: Vec<PageId> = leads_to(workspace, from).collect();
    for to in before.iter().filter(|to| !now.contains(to)) {
        workspace.pages[*to].backlinks.retain(|other| *other != from);
    }
    let key = |workspace: &Workspace, page: PageId| (slug::fold(&workspace.pages[page].title), page);
    for to in now {
        if !workspace.pages[to].backlinks.contains(&from) {
            let own = key(workspace, from);
            let at = workspace.pages[to].backlinks.partition_point(|other| key(workspace, *other) < own);
            workspace.pages[to].backlinks.insert(at, from);
        }
    }
}

/// Pages that nobody would find: not a partner's, not a folder's index, linked from nowhere.
pub fn orphans(workspace: &Workspace) -> Vec<Finding> {
    let lonely = workspace.pages.iter().filter(|page| {
        matches!(page.kind, PageKind::Page(_))
            && page.partner.is_none()
            // A file in the folder of no partner has a finding of its own.
            && !page.route.starts_with("partners/")
            && !page.hidden
            && page.backlinks.is_empty()
            && page.used_by.is_empty()
            && path::stem(&page.path) != "index"
    });
    lonely
        .map(|page| {
            Finding::new(&input::ORPHAN_PAGE, &page.path, Place::File, format!("no page links to `{}`", page.title))
                .help("link to it from a page where somebody would look for it")
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::scheme;

    #[test]
    fn schemes_are_found_whatever_is_put_into_them() {
        assert_eq!(scheme("https://x.example"), Some("https"));
        assert!(scheme("java\tscript:alert(1)").is_some());
        assert!(scheme("JaVaScRiPt:alert(1)").is_some());
        assert_eq!(scheme("plan.md"), None);
        assert_eq!(scheme("a/b:c.md"), None);
    }
}
