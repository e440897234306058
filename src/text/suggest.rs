//! "Did you mean": the nearest of the known words.

/// The candidate nearest to `word`, if it is near enough to be what somebody meant. Case, hyphens and underscores do not
/// count. The first of equally near candidates wins, so the answer is stable.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let plain = |text: &str| -> String { text.chars().filter(|c| !matches!(c, '-' | '_' | ' ')).flat_map(char::to_lowercase).collect() };
    let wanted = plain(word);
    let length = wanted.chars().count();
    let limit = match length {
        0..=3 => 1,
        4..=8 => 2,
        n => n / 3,
    };
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        // Lengths in bytes rule most of them out before anything is copied.
        if candidate.len() > (length + limit) * 4 + 8 || candidate.len() + limit < length {
            continue;
        }
        let known = plain(candidate);
        if known.chars().count().abs_diff(length) > limit {
            continue;
        }
        let distance = strsim::osa_distance(&wanted, &known);
        // A word of which nothing is left is not "near".
        if distance <= limit && distance < length.max(1) && best.is_none_or(|(d, _)| distance < d) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
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
