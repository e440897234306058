//! Numbers as people read them: rounded, but never across an edge.

use dashu_ratio::RBig;

use super::exact::Exact;

/// The most decimals that anything is shown with.
const MOST_PLACES: u32 = 60;

impl Exact {
    /// The number for people: rounded half up (away from zero) to at most `places` decimals, thousands separated, `−` before a
    /// negative one, trailing zeros dropped.
    ///
    /// It is shown on the side of every edge on which it is: below an edge, or on it and above. With the edge 100, 99.96
    /// is 99.9 in one decimal and never 100. Where two edges lie too close for that, more decimals are shown.
    pub fn show(&self, places: u32, edges: &[Exact]) -> String {
        let mut out = String::with_capacity(16);
        self.write(&mut out, places, edges, true);
        out
    }

    /// The same number for machines: no thousands separated, and an ASCII `-`.
    pub fn plain(&self, places: u32, edges: &[Exact]) -> String {
        let mut out = String::with_capacity(16);
        self.write(&mut out, places, edges, false);
        out
    }

    fn write(&self, out: &mut String, places: u32, edges: &[Exact], for_people: bool) {
        let words = self.rounded_in_words(places, edges);
        if let Some((shown, places)) = words
            && let Ok(digits) = u64::try_from(shown.unsigned_abs())
        {
            return write_digits(out, shown < 0, digits, places, for_people);
        }
        let (negative, whole, fraction) = match words {
            Some((shown, places)) => split(shown < 0, &shown.unsigned_abs().to_string(), places),
            None => self.digits(places, edges),
        };
        if negative {
            out.push(if for_people { '−' } else { '-' });
        }
        for (i, digit) in whole.chars().enumerate() {
            if for_people && i > 0 && (whole.len() - i) % 3 == 0 {
                out.push(',');
            }
            out.push(digit);
        }
        if !fraction.is_empty() {
            out.push('.');
            out.push_str(&fraction);
        }
    }

    /// True where the number has at most so many decimals, so that [`Exact::plain`] gives all of it.
    pub fn has_places(&self, places: u32) -> bool {
        match self.small() {
            Some((_, 1)) => true,
            Some((_, below)) => {
                let (twos, rest) = factors(below, 2);
                let (fives, rest) = factors(rest, 5);
                rest == 1 && twos.max(fives) <= places
            }
            None => (self.to_big() * RBig::from(10_u8).pow(places.min(MOST_PLACES).try_into().unwrap_or(0))).is_int(),
        }
    }

    /// The nearest binary float, for the coordinates of charts only; never for a number that is shown.
    pub fn drawn(&self) -> f64 {
        match self.small() {
            Some((above, below)) => above as f64 / f64::from(below),
            None => self.to_big().to_f64_fast().clamp(f64::MIN, f64::MAX),
        }
    }

    /// Sign, digits before the point and digits behind it.
    fn digits(&self, places: u32, edges: &[Exact]) -> (bool, String, String) {
        let number = self.to_big();
        let edges: Vec<RBig> = edges.iter().map(Exact::to_big).collect();
        let same_side = |shown: &RBig| edges.iter().all(|edge| (number < *edge) == (*shown < *edge));
        let mut places = places.min(MOST_PLACES);
        let shown = loop {
            let unit = RBig::from(10_u8).pow(places.try_into().unwrap_or(0));
            let scaled = &number * &unit;
            let up = (abs(&scaled) + half()).floor();
            let nearest = if number < RBig::ZERO { -up } else { up };
            let found = [nearest, scaled.floor(), scaled.ceil()].into_iter().map(RBig::from).find(|whole| same_side(&(whole / &unit)));
            match found {
                Some(whole) => break whole,
                None if places >= MOST_PLACES => break RBig::from(scaled.floor()),
                None => places += 1,
            }
        };
        split(shown < RBig::ZERO, &abs(&shown).to_string(), places)
    }

    /// The shown number as an integer and its decimals, by machine arithmetic: a page has a hundred numbers, nearly all of them
    /// small. `None` where that does not do; what it gives is what the general way gives.
    fn rounded_in_words(&self, places: u32, edges: &[Exact]) -> Option<(i128, u32)> {
        let (above, below) = self.small()?;
        if below == 1 {
            return Some((i128::from(above), 0));
        }
        // Where so many decimals hold all of it, nothing is rounded.
        if let Some(needed) = decimals_of(below).filter(|needed| *needed <= places) {
            let unit = 10_i128.checked_pow(needed)?;
            return Some((i128::from(above) * (unit / i128::from(below)), needed));
        }
        if places > 12 {
            return None;
        }
        let unit = 10_i128.checked_pow(places)?;
        let (above, below) = (i128::from(above), i128::from(below));
        let scaled = above.checked_mul(unit)?;
        // Machine words divide many times faster.
        let (floor, rest) = match (i64::try_from(scaled), i64::try_from(below)) {
            (Ok(scaled), Ok(below)) => (i128::from(scaled.div_euclid(below)), i128::from(scaled.rem_euclid(below))),
            _ => (scaled.div_euclid(below), scaled.rem_euclid(below)),
        };
        let up = if above < 0 { rest * 2 > below } else { rest * 2 >= below };
        let same_side = |shown: i128| {
            edges.iter().try_fold(true, |same, edge| {
                let (a, b) = edge.small().map(|(a, b)| (i128::from(a), i128::from(b)))?;
                let is_below = above.checked_mul(b)? < a.checked_mul(below)?;
                let shows_below = shown.checked_mul(b)? < a.checked_mul(unit)?;
                Some(same && is_below == shows_below)
            })
        };
        for shown in [floor + i128::from(up), floor, floor + 1] {
            if same_side(shown)? {
                return Some((shown, places));
            }
        }
        None
    }
}

/// How often a number can be divided by `factor`, which is at least 2, and what is left of it.
fn factors(mut number: u32, factor: u32) -> (u32, u32) {
    let mut count = 0;
    while number != 0 && number.is_multiple_of(factor) {
        number /= factor;
        count += 1;
    }
    (count, number)
}

/// How many decimals a fraction with this denominator has; `None` where they do not end.
fn decimals_of(below: u32) -> Option<u32> {
    let (twos, rest) = factors(below, 2);
    let (fives, rest) = factors(rest, 5);
    (rest == 1).then_some(twos.max(fives))
}

/// Sign, digits before the point and digits behind it, without zeros at the end.
fn split(negative: bool, digits: &str, places: u32) -> (bool, String, String) {
    let places = places as usize;
    let digits = format!("{digits:0>width$}", width = places + 1);
    let (whole, fraction) = digits.split_at(digits.len() - places);
    (negative, whole.to_owned(), fraction.trim_end_matches('0').to_owned())
}

fn half() -> RBig {
    RBig::from_parts(1.into(), 2_u8.into())
}

fn abs(number: &RBig) -> RBig {
    if *number < RBig::ZERO { -number } else { number.clone() }
}

/// Writes an integer of which the last `places` digits stand behind the point, without zeros at the end.
fn write_digits(out: &mut String, negative: bool, mut digits: u64, mut places: u32, for_people: bool) {
    while places > 0 && digits.is_multiple_of(10) {
        (digits, places) = (digits / 10, places - 1);
    }
    if negative {
        out.push(if for_people { '−' } else { '-' });
    }
    let (mut buffer, places) = (itoa::Buffer::new(), places as usize);
    let digits = buffer.format(digits);
    let (whole, fraction) = digits.split_at(digits.len().saturating_sub(places));
    match whole.len() {
        0 => out.push('0'),
        4.. if for_people => {
            let (mut before, mut rest) = whole.split_at((whole.len() - 1) % 3 + 1);
            while !rest.is_empty() {
                out.push_str(before);
                out.push(',');
                (before, rest) = rest.split_at(3);
            }
            out.push_str(before);
        }
        _ => out.push_str(whole),
    }
    if places > 0 {
        out.push('.');
        for _ in fraction.len()..places {
            out.push('0');
        }
        out.push_str(fraction);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rust_decimal::Decimal;

    fn shown(text: &str, places: u32, edges: &[i64]) -> String {
        let edges: Vec<Exact> = edges.iter().map(|edge| Exact::from(*edge)).collect();
        Exact::from(crate::content::scalar::decimal(text).unwrap()).show(places, &edges)
    }

    #[test]
    fn numbers_never_cross_an_edge() {
        assert_eq!(shown("99.96", 1, &[80, 100]), "99.9");
        assert_eq!(shown("89.96", 1, &[70, 90]), "89.9");
        assert_eq!(shown("79.96", 1, &[80, 100]), "79.9");
        assert_eq!(shown("99.96", 1, &[]), "100");
        assert_eq!(shown("99.94", 1, &[80, 100]), "99.9");
        assert_eq!(shown("100.04", 1, &[80, 100]), "100", "on the edge is the same side as above it");
        assert_eq!(shown("-0.04", 1, &[0]), "−0.1", "below 0 stays below 0");
        assert_eq!(shown("0.4", 0, &[]), "0");
        assert_eq!(shown("-0.4", 0, &[]), "0", "no minus before nothing");
    }

    #[test]
    fn an_edge_between_two_decimals_holds_from_both_sides() {
        let edge = Exact::from(crate::content::scalar::decimal("80.04").unwrap());
        let number = Exact::from(crate::content::scalar::decimal("80.041").unwrap());
        assert_eq!(number.show(1, std::slice::from_ref(&edge)), "80.1");
        let upper = Exact::from(crate::content::scalar::decimal("80.05").unwrap());
        assert_eq!(number.show(1, &[edge, upper]), "80.04", "one decimal cannot tell the two edges apart");
    }

    #[test]
    fn half_goes_up() {
        assert_eq!((shown("93.75", 1, &[]), shown("93.74", 1, &[])), ("93.8".to_owned(), "93.7".to_owned()));
        assert_eq!((shown("2.5", 0, &[]), shown("-2.5", 0, &[])), ("3".to_owned(), "−3".to_owned()));
        assert_eq!(Exact::ratio(8100, 85).unwrap().show(1, &[]), "95.3");
    }

    #[test]
    fn thousands_are_separated_and_zeros_dropped() {
        assert_eq!(shown("1234567.50", 2, &[]), "1,234,567.5");
        assert_eq!(shown("-1000", 1, &[]), "−1,000");
        assert_eq!(shown("90.0", 1, &[90]), "90");
        assert_eq!(shown("0.05", 2, &[]), "0.05");
        assert_eq!(Exact::from(-1_234_567).plain(1, &[]), "-1234567");
        assert_eq!(Exact::ratio(-1, 8).unwrap().plain(2, &[]), "-0.13");
    }

    #[test]
    fn machine_arithmetic_gives_the_same_digits() {
        let edges = [Exact::from(80), Exact::from(100)];
        for above in [-8450, -1, 0, 1, 7, 79_949, 79_951, 79_999, 80_000, 99_949, 99_951, 99_999, 100_001, 123_456] {
            for below in [1, 3, 7, 8, 100, 999, 1000, 1024] {
                let number = Exact::ratio(above, below).unwrap();
                for places in [0, 1, 2, 6] {
                    let Some((shown, used)) = number.rounded_in_words(places, &edges) else { continue };
                    let unit = Exact::from(10_i64.pow(used));
                    let back = Exact::from(i64::try_from(shown).unwrap()).over(&unit).unwrap();
                    let step = Exact::ratio(1, 10_i64.pow(places)).unwrap();
                    assert!((&back - &number).abs() < step, "{number:?} in {places}: {back:?}");
                    assert!(edges.iter().all(|edge| (number < *edge) == (back < *edge)), "{number:?} in {places}: {back:?}");
                }
            }
        }
    }

    #[test]
    fn decimals_are_counted() {
        let number = |text| Exact::from(crate::content::scalar::decimal(text).unwrap());
        assert!(number("5").has_places(0) && number("0.05").has_places(2) && !number("0.05").has_places(1));
        assert!(number("0.0000000000000000000000000001").has_places(28) && number("7.9228162514264337593543950335").has_places(28));
        assert!(!number("7.9228162514264337593543950335").has_places(27));
        let third = Exact::ratio(1, 3).unwrap();
        assert!(!third.has_places(60) && !(third * number("0.0000000000000000000000000001")).has_places(60));
    }

    #[test]
    fn the_largest_numbers_are_shown_too() {
        let max = Exact::from(Decimal::MAX);
        assert_eq!(max.show(1, &[]), "79,228,162,514,264,337,593,543,950,335");
        assert_eq!(Exact::from(Decimal::MIN).plain(0, &[]), "-79228162514264337593543950335");
        assert!(max.drawn() > 7.9e28 && Exact::ratio(1, 3).unwrap().drawn() < 0.34);
        assert_eq!(max.show(u32::MAX, &[]), max.show(0, &[]));
    }
}
