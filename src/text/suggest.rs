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

/// The place of the nearest candidate.
fn best(word: &str, candidates: &[Candidate]) -> Option<usize> {
    let wanted = Candidate::new(word);
    let length = wanted.plain.len();
    let limit = match length {
        0..=3 => 1,
        4..=8 => 2,
        n => n / 3,
    };
    let mut best: Option<(usize, usize)> = None;
    for (at, candidate) in candidates.iter().enumerate() {
        // Every letter that only one of the two has needs a change of its own; most candidates end here.
        let different = (candidate.letters & !wanted.letters).count_ones().max((wanted.letters & !candidate.letters).count_ones());
        if different as usize > limit || candidate.plain.len().abs_diff(length) > limit {
            continue;
        }
        let distance = strsim::generic_damerau_levenshtein(&wanted.plain, &candidate.plain);
        // A word of which nothing is left is not "near".
        if distance <= limit && distance < length.max(1) && best.is_none_or(|(d, _)| distance < d) {
            best = Some((distance, at));
        }
    }
    best.map(|(_, at)| at)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn finds_slips_and_nothing_else() {
        let keys = ["stage", "owner", "reviewed", "on_hold", "kpis"];
        assert_eq!(nearest("onwer", keys), Some("owner"));
        assert_eq!(nearest("on-hold", keys), Some("on_hold"));
        assert_eq!(nearest("KPIS", keys), Some("kpis"));
        assert_eq!(nearest("banana", keys), None);
        assert_eq!(nearest("", keys), None);
    }
}
