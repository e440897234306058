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
        let (negative, whole, fraction) = self.digits(places, edges);
        let mut out = String::with_capacity(whole.len() * 4 / 3 + fraction.len() + 4);
        if negative {
            out.push('−');
        }
        for (i, digit) in whole.chars().enumerate() {
            if i > 0 && (whole.len() - i) % 3 == 0 {
                out.push(',');
            }
            out.push(digit);
        }
        with_fraction(out, &fraction)
    }

    /// The same number for machines: no thousands separated, and an ASCII `-`.
    pub fn plain(&self, places: u32, edges: &[Exact]) -> String {
        let (negative, whole, fraction) = self.digits(places, edges);
        let out = if negative { format!("-{whole}") } else { whole };
        with_fraction(out, &fraction)
    }

    /// The nearest binary float, for the coordinates of charts only; never for a number that is shown.
    pub fn drawn(&self) -> f64 {
        self.to_big().to_f64_fast().clamp(f64::MIN, f64::MAX)
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
        let negative = shown < RBig::ZERO;
        let digits = abs(&shown).to_string();
        let places = places as usize;
        let digits = format!("{digits:0>width$}", width = places + 1);
        let (whole, fraction) = digits.split_at(digits.len() - places);
        (negative, whole.to_owned(), fraction.trim_end_matches('0').to_owned())
    }
}

fn half() -> RBig {
    RBig::from_parts(1.into(), 2_u8.into())
}

fn abs(number: &RBig) -> RBig {
    if *number < RBig::ZERO { -number } else { number.clone() }
}

fn with_fraction(mut out: String, fraction: &str) -> String {
    if !fraction.is_empty() {
        out.push('.');
        out.push_str(fraction);
    }
    out
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
    fn the_largest_numbers_are_shown_too() {
        let max = Exact::from(Decimal::MAX);
        assert_eq!(max.show(1, &[]), "79,228,162,514,264,337,593,543,950,335");
        assert_eq!(Exact::from(Decimal::MIN).plain(0, &[]), "-79228162514264337593543950335");
        assert!(max.drawn() > 7.9e28 && Exact::ratio(1, 3).unwrap().drawn() < 0.34);
        assert_eq!(max.show(u32::MAX, &[]), max.show(0, &[]));
    }
}
