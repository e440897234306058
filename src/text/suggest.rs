//! "Did you mean": the nearest of the known words.

/// A word that somebody may have meant, made ready to be compared.
#[derive(Debug, Clone)]
pub struct Candidate {
    word: Box<str>,
    /// In lower case, without hyphens, underscores and spaces.
    plain: Vec<char>,
    /// The letters in it, one bit for each kind.
    letters: u64,
}

impl Candidate {
    /// Makes a word ready.
    pub fn new(word: &str) -> Self {
        let plain: Vec<char> = word.chars().filter(|c| !matches!(c, '-' | '_' | ' ')).flat_map(char::to_lowercase).collect();
        let letters = plain.iter().fold(0, |bits, c| bits | 1 << (u32::from(*c) % 64));
        Candidate { word: Box::from(word), plain, letters }
    }
}

/// The candidate nearest to `word`, if it is near enough to be what somebody meant. Case, hyphens and underscores do not
/// count. The first of equally near candidates wins, so the answer is stable.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let words: Vec<&str> = candidates.into_iter().collect();
    let candidates: Vec<Candidate> = words.iter().copied().map(Candidate::new).collect();
    best(word, &candidates).and_then(|at| words.get(at)).copied()
}

/// The same for candidates that are asked for many times.
pub fn nearest_of<'a>(word: &str, candidates: &'a [Candidate]) -> Option<&'a str> {
    best(word, candidates).and_then(|at| candidates.get(at)).map(|candidate| candidate.word.as_ref())
}

/// The one candidate that is meant for certain: one slip of the fingers away (two in a long word), with the same first letter and
/// the same digits, and no other candidate is near.
pub fn certain<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let words: Vec<&str> = candidates.into_iter().collect();
    let candidates: Vec<Candidate> = words.iter().copied().map(Candidate::new).collect();
    let wanted = Candidate::new(word);
    let mut near = near(&wanted, &candidates);
    if near.iter().any(|(distance, _)| *distance == 0) {
        near.retain(|(distance, _)| *distance == 0);
    }
    let (distance, at) = near.first()?;
    let only = near.iter().all(|(_, other)| words.get(*other) == words.get(*at));
    (only && is_slip(&wanted.plain, &candidates.get(*at)?.plain, *distance)).then(|| words.get(*at).copied()).flatten()
}

/// The same for a word that stands among others, none of which must be that candidate or mean it too.
pub fn certain_among<'a, 'o>(word: &str, others: impl IntoIterator<Item = &'o str>, candidates: &[&'a str]) -> Option<&'a str> {
    let meant = certain(word, candidates.iter().copied())?;
    let taken = others.into_iter().any(|other| other == meant || certain(other, candidates.iter().copied()) == Some(meant));
    (!taken).then_some(meant)
}

/// True where two words differ by a slip and not by their meaning: `inactive` is not `active`, `phase-2` is not `phase-1`.
fn is_slip(wanted: &[char], candidate: &[char], distance: usize) -> bool {
    let digits = |word: &[char]| word.iter().copied().filter(|c| c.is_numeric()).collect::<Vec<_>>();
    let ending = |ending: &str| {
        let (long, short) = if wanted.len() > candidate.len() { (wanted, candidate) } else { (candidate, wanted) };
        long.strip_prefix(short).is_some_and(|rest| rest.iter().copied().eq(ending.chars()))
    };
    let slip = match wanted.len().min(candidate.len()) {
        _ if distance == 0 => true,
        0..=2 => false,
        3 => ending("s"),
        4..=7 => distance == 1 || ending("ly"),
        _ => distance <= 2,
    };
    slip && wanted.first() == candidate.first() && digits(wanted) == digits(candidate)
}

/// The place of the nearest candidate.
fn best(word: &str, candidates: &[Candidate]) -> Option<usize> {
    near(&Candidate::new(word), candidates).into_iter().min_by_key(|(distance, _)| *distance).map(|(_, at)| at)
}

/// The candidates that are near enough to be what somebody meant: their distances and places.
fn near(wanted: &Candidate, candidates: &[Candidate]) -> Vec<(usize, usize)> {
    let length = wanted.plain.len();
    let limit = match length {
        0..=3 => 1,
        4..=8 => 2,
        n => n / 3,
    };
    let mut near = Vec::new();
    for (at, candidate) in candidates.iter().enumerate() {
        // Every letter that only one of the two has needs a change of its own; most candidates end here.
        let different = (candidate.letters & !wanted.letters).count_ones().max((wanted.letters & !candidate.letters).count_ones());
        if different as usize > limit || candidate.plain.len().abs_diff(length) > limit {
            continue;
        }
        let distance = strsim::generic_damerau_levenshtein(&wanted.plain, &candidate.plain);
        // A word of which nothing is left is not "near".
        if distance <= limit && distance < length.max(1) {
            near.push((distance, at));
        }
    }
    near
}

#[cfg(test)]
mod tests {
    use super::{certain, certain_among, nearest};

    #[test]
    fn finds_slips_and_nothing_else() {
        let keys = ["stage", "owner", "reviewed", "on_hold", "kpis"];
        assert_eq!(nearest("onwer", keys), Some("owner"));
        assert_eq!(nearest("on-hold", keys), Some("on_hold"));
        assert_eq!(nearest("KPIS", keys), Some("kpis"));
        assert_eq!(nearest("banana", keys), None);
        assert_eq!(nearest("", keys), None);
    }

    #[test]
    fn a_slip_has_one_certain_answer() {
        let keys = ["stage", "status", "owner", "on_hold", "kpis", "month", "reviewed", "at-risk"];
        for (word, meant) in [
            ("onwer", "owner"),
            ("Owner", "owner"),
            ("on-hold", "on_hold"),
            ("kpi", "kpis"),
            ("monthly", "month"),
            ("reveiwed", "reviewed"),
            ("atrisk", "at-risk"),
            ("stauts", "status"),
        ] {
            assert_eq!(certain(word, keys), Some(meant), "{word}");
        }
    }

    #[test]
    fn what_is_near_to_two_or_means_something_else_is_not_certain() {
        assert_eq!(certain("stags", ["stage", "stats"]), None, "two are as near");
        assert_eq!(certain("state", ["stage", "status"]), None, "the other is not far");
        assert_eq!(certain("inactive", ["active"]), None, "the first letter");
        assert_eq!(certain("phase-2", ["phase-1"]), None, "another digit");
        assert_eq!(certain("teh", ["the"]), None, "too short");
        assert_eq!(certain("highest", ["higher", "lower"]), None, "two letters of six");
        assert_eq!(certain("", ["a"]), None);
        assert_eq!(certain("2026", ["2025"]), None);
    }

    #[test]
    fn what_is_there_already_is_not_meant() {
        assert_eq!(certain_among("onwer", ["name"], &["owner", "name"]), Some("owner"));
        assert_eq!(certain_among("onwer", ["owner"], &["owner", "name"]), None);
        assert_eq!(certain_among("onwer", ["ownerr"], &["owner", "name"]), None, "which of the two?");
    }
}
