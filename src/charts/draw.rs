//! Positions: scales that hold with any numbers, and coordinates with one decimal.
//!
//! Only + − × ÷ and comparisons, so that every machine draws the same.

/// What is finite; all else is missing.
pub fn real(value: Option<f64>) -> Option<f64> {
    value.filter(|v| v.is_finite())
}

/// From values to a place between 0 and 1.
#[derive(Debug, Clone, Copy)]
pub struct Scale {
    low: f64,
    high: f64,
    /// Values are divided by this first: the difference of two huge ones would be infinite.
    unit: f64,
}

impl Scale {
    /// From `low`, which is at 0, to `high`, which is at 1.
    pub fn new(low: f64, high: f64) -> Self {
        let most = if low.abs() > high.abs() { low.abs() } else { high.abs() };
        Self { low, high, unit: if most > 0.0 && most.is_finite() { most } else { 1.0 } }
    }

    /// From the least to the greatest of these; none without any.
    pub fn over(values: impl IntoIterator<Item = f64>) -> Option<Self> {
        let mut ends: Option<(f64, f64)> = None;
        for value in values.into_iter().filter(|v| v.is_finite()) {
            let (low, high) = ends.unwrap_or((value, value));
            ends = Some((if value < low { value } else { low }, if value > high { value } else { high }));
        }
        ends.map(|(low, high)| Self::new(low, high))
    }

    /// Whether the scale has a length.
    pub fn is_flat(&self) -> bool {
        let length = self.high / self.unit - self.low / self.unit;
        length <= 0.0 || length.is_nan()
    }

    /// The place of a value: 0 to 1, and the middle of a scale without a length.
    pub fn at(&self, value: f64) -> f64 {
        let low = self.low / self.unit;
        if self.is_flat() || !value.is_finite() {
            return 0.5;
        }
        within((value / self.unit - low) / (self.high / self.unit - low))
    }

    /// Whether zero lies between the ends.
    pub fn crosses_zero(&self) -> bool {
        self.low < 0.0 && self.high > 0.0
    }
}

/// `value` of `most`, 0 to 1; nothing of nothing is nothing.
pub fn share(value: f64, most: f64) -> f64 {
    if most > 0.0 { within(value / most) } else { 0.0 }
}

fn within(place: f64) -> f64 {
    if place > 1.0 {
        1.0
    } else if place > 0.0 {
        place
    } else {
        0.0
    }
}

/// Writes a coordinate with at most one decimal.
pub fn coordinate(out: &mut String, value: f64) {
    let scaled = value * 10.0;
    let nearest = (if scaled < 0.0 { scaled - 0.5 } else { scaled + 0.5 }) as i64;
    tenths(out, nearest.clamp(-100_000, 100_000));
}

/// Writes a part of the width, as a percentage.
pub fn percent(out: &mut String, part: f64) {
    coordinate(out, part * 100.0);
    out.push('%');
}

fn tenths(out: &mut String, tenths: i64) {
    let (whole, rest) = (tenths.unsigned_abs() / 10, tenths.unsigned_abs() % 10);
    let digit = |number: u64| char::from(b'0' + u8::try_from(number % 10).unwrap_or(0));
    if tenths < 0 {
        out.push('-');
    }
    // Nothing stands before the point for 0, unless it is all there is.
    match whole {
        0 if rest > 0 => {}
        0..10 => out.push(digit(whole)),
        10..100 => out.extend([digit(whole / 10), digit(whole)]),
        _ => out.push_str(itoa::Buffer::new().format(whole)),
    }
    if rest > 0 {
        out.extend(['.', digit(rest)]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(value: f64) -> String {
        let mut out = String::new();
        coordinate(&mut out, value);
        out
    }

    #[test]
    fn coordinates_have_one_decimal_at_most() {
        assert_eq!(written(12.0), "12");
        assert_eq!(written(12.34), "12.3");
        assert_eq!(written(0.25), ".3");
        assert_eq!(written(-0.25), "-.3");
        assert_eq!(written(-7.5), "-7.5");
        assert_eq!(written(0.01), "0");
        assert_eq!(written(f64::NAN), "0");
        assert_eq!(written(f64::INFINITY), "10000");
    }

    #[test]
    #[expect(clippy::float_cmp, reason = "the ends are exact")]
    fn a_scale_holds_with_any_ends() {
        let scale = Scale::new(-f64::MAX, f64::MAX);
        assert_eq!((scale.at(-f64::MAX), scale.at(0.0), scale.at(f64::MAX)), (0.0, 0.5, 1.0));
        let tiny = Scale::new(0.0, f64::MIN_POSITIVE / 4.0);
        assert_eq!((tiny.at(0.0), tiny.at(f64::MIN_POSITIVE / 4.0), tiny.at(1e300)), (0.0, 1.0, 1.0));
        assert_eq!(Scale::new(3.0, 3.0).at(3.0), 0.5);
        assert_eq!(Scale::new(0.0, 0.0).at(0.0), 0.5);
        assert!(Scale::over([f64::NAN, f64::INFINITY]).is_none());
    }

    #[test]
    #[expect(clippy::float_cmp, reason = "the ends are exact")]
    fn a_share_is_between_nothing_and_all() {
        assert_eq!(share(1.0, 4.0), 0.25);
        assert_eq!(share(-1.0, 4.0), 0.0);
        assert_eq!(share(9.0, 4.0), 1.0);
        assert_eq!(share(1.0, 0.0), 0.0);
        assert_eq!(share(f64::NAN, 4.0), 0.0);
        assert_eq!(share(1.0, f64::NAN), 0.0);
    }
}
