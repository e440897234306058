//! Exact numbers: what decimals become once they are divided.
//!
//! A third has no decimal, and 80 % must be 80 % however it came about. So nothing is rounded before it is shown.

use std::cmp::Ordering;
use std::fmt;
use std::iter::Sum;
use std::ops::{Add, Mul, Neg, Sub};

use dashu_ratio::RBig;
use rust_decimal::Decimal;

/// An exact rational number. Sums, differences and products never overflow, and nothing is rounded.
///
/// It takes 16 bytes: tens of thousands of them are kept for a large workspace, and nearly all are small. What does not
/// fit is an [`RBig`], which keeps itself reduced; `Relaxed` would not, so equal numbers would differ, and sums of
/// many fractions would grow without end.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Exact(Number);

/// Always reduced, and large only where it must be: that makes the derived equality right.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Number {
    /// Numerator and denominator; the latter is not 0.
    Small(i64, u32),
    Large(Box<RBig>),
}
use Number::{Large, Small};

impl Exact {
    /// 0.
    pub const ZERO: Exact = Exact(Small(0, 1));
    /// 1, which is 100 % of something.
    pub const ONE: Exact = Exact(Small(1, 1));
    /// 100.
    pub const HUNDRED: Exact = Exact(Small(100, 1));

    /// `numerator / denominator`; `None` where the denominator is 0.
    pub fn ratio(numerator: i64, denominator: i64) -> Option<Exact> {
        let of = Exact::from(numerator);
        of.over(&Exact::from(denominator))
    }

    fn reduced(numerator: i128, denominator: u128) -> Exact {
        // Machine words divide many times faster, and nearly all numbers are small.
        if let (Ok(above), Ok(below)) = (i64::try_from(numerator), u64::try_from(denominator))
            && let Some(size) = above.checked_abs()
        {
            let shared = if below == 1 { 1 } else { gcd_of_words(size.unsigned_abs(), below).max(1) };
            if let (Ok(divisor), Ok(below)) = (i64::try_from(shared), u32::try_from(below / shared)) {
                return Exact(Small(above / divisor, below));
            }
        }
        let shared = if denominator == 1 { 1 } else { gcd(numerator.unsigned_abs(), denominator).max(1) };
        let (above, below) = (numerator / i128::try_from(shared).unwrap_or(1), denominator / shared);
        match (i64::try_from(above), u32::try_from(below)) {
            (Ok(above), Ok(below)) => Exact(Small(above, below)),
            _ => Exact(Large(Box::new(RBig::from_parts(above.into(), below.into())))),
        }
    }

    fn of_big(number: RBig) -> Exact {
        match (i64::try_from(number.numerator()), u32::try_from(number.denominator())) {
            (Ok(above), Ok(below)) => Exact(Small(above, below)),
            _ => Exact(Large(Box::new(number))),
        }
    }

    /// Numerator and denominator, where both are small.
    pub(super) fn small(&self) -> Option<(i64, u32)> {
        match self.0 {
            Small(above, below) => Some((above, below)),
            Large(_) => None,
        }
    }

    /// The same number in the form that has no limits.
    pub(super) fn to_big(&self) -> RBig {
        match &self.0 {
            Small(above, below) => RBig::from_parts((*above).into(), (*below).into()),
            Large(number) => (**number).clone(),
        }
    }

    /// This divided by `divisor`; `None` where that is 0.
    pub fn over(&self, divisor: &Exact) -> Option<Exact> {
        if divisor.is_zero() {
            return None;
        }
        Some(match (&self.0, &divisor.0) {
            (Small(a, b), Small(c, d)) => {
                let above = i128::from(*a) * i128::from(*d) * i128::from(c.signum());
                Exact::reduced(above, u128::from(*b) * u128::from(c.unsigned_abs()))
            }
            _ => Exact::of_big(self.to_big() / divisor.to_big()),
        })
    }

    /// The number without its sign.
    #[must_use]
    pub fn abs(&self) -> Exact {
        if self.is_negative() { -self } else { self.clone() }
    }

    /// How the number compares with 0.
    pub fn sign(&self) -> Ordering {
        match &self.0 {
            Small(above, _) => above.cmp(&0),
            Large(number) => number.as_ref().cmp(&RBig::ZERO),
        }
    }

    /// True for 0.
    pub fn is_zero(&self) -> bool {
        self.sign() == Ordering::Equal
    }

    /// True below 0.
    pub fn is_negative(&self) -> bool {
        self.sign() == Ordering::Less
    }

    /// The number, or 0 where it is below.
    #[must_use]
    pub fn not_below_zero(self) -> Exact {
        if self.is_negative() { Exact::ZERO } else { self }
    }

    /// A fraction in percent: a hundred times the number.
    #[must_use]
    pub fn percent(&self) -> Exact {
        self * &Exact::HUNDRED
    }

    /// A percentage as a fraction: a hundredth of the number.
    #[must_use]
    pub fn of_percent(&self) -> Exact {
        self * &Exact(Small(1, 100))
    }

    /// The mean of numbers; `None` where there are none.
    pub fn mean<'a>(numbers: impl IntoIterator<Item = &'a Exact>) -> Option<Exact> {
        let (mut sum, mut count) = (Exact::ZERO, 0_i64);
        for number in numbers {
            sum = sum + number;
            count += 1;
        }
        sum.over(&Exact::from(count))
    }
}

/// The greatest common divisor; `a` where `b` is 0.
fn gcd(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        if let (Ok(x), Ok(y)) = (u64::try_from(a), u64::try_from(b)) {
            // Machine words divide many times faster.
            return gcd_of_words(x, y).into();
        }
        (a, b) = (b, a % b);
    }
    a
}

fn gcd_of_words(mut a: u64, mut b: u64) -> u64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

fn add(a: &Exact, b: &Exact) -> Exact {
    if let (Small(a, 1), Small(b, 1)) = (&a.0, &b.0)
        && let Some(sum) = a.checked_add(*b)
    {
        return Exact(Small(sum, 1));
    }
    match (&a.0, &b.0) {
        (Small(a, b), Small(c, d)) => {
            let above = i128::from(*a) * i128::from(*d) + i128::from(*c) * i128::from(*b);
            Exact::reduced(above, u128::from(*b) * u128::from(*d))
        }
        _ => Exact::of_big(a.to_big() + b.to_big()),
    }
}

fn multiply(a: &Exact, b: &Exact) -> Exact {
    if let (Small(a, 1), Small(b, 1)) = (&a.0, &b.0)
        && let Some(product) = a.checked_mul(*b)
    {
        return Exact(Small(product, 1));
    }
    match (&a.0, &b.0) {
        (Small(a, b), Small(c, d)) => Exact::reduced(i128::from(*a) * i128::from(*c), u128::from(*b) * u128::from(*d)),
        _ => Exact::of_big(a.to_big() * b.to_big()),
    }
}

impl Neg for &Exact {
    type Output = Exact;
    fn neg(self) -> Exact {
        match &self.0 {
            // Nothing is reduced that was before.
            Small(above, below) if above.checked_neg().is_some() => Exact(Small(-above, *below)),
            _ => Exact::of_big(-self.to_big()),
        }
    }
}

macro_rules! operator {
    ($trait:ident, $method:ident, $a:ident, $b:ident, $result:expr) => {
        impl $trait<&Exact> for &Exact {
            type Output = Exact;
            fn $method(self, $b: &Exact) -> Exact {
                let $a = self;
                $result
            }
        }
        impl $trait<&Exact> for Exact {
            type Output = Exact;
            fn $method(self, other: &Exact) -> Exact {
                (&self).$method(other)
            }
        }
        impl $trait for Exact {
            type Output = Exact;
            fn $method(self, other: Exact) -> Exact {
                (&self).$method(&other)
            }
        }
    };
}
operator!(Add, add, a, b, add(a, b));
operator!(Sub, sub, a, b, add(a, &-b));
operator!(Mul, mul, a, b, multiply(a, b));

impl Sum for Exact {
    fn sum<I: Iterator<Item = Exact>>(numbers: I) -> Exact {
        numbers.fold(Exact::ZERO, |sum, number| sum + number)
    }
}

impl Ord for Exact {
    fn cmp(&self, other: &Self) -> Ordering {
        match (&self.0, &other.0) {
            (Small(a, b), Small(c, d)) => (i128::from(*a) * i128::from(*d)).cmp(&(i128::from(*c) * i128::from(*b))),
            _ => self.to_big().cmp(&other.to_big()),
        }
    }
}

impl PartialOrd for Exact {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Default for Exact {
    fn default() -> Self {
        Exact::ZERO
    }
}

impl From<i64> for Exact {
    fn from(number: i64) -> Self {
        Exact(Small(number, 1))
    }
}

impl From<Decimal> for Exact {
    fn from(number: Decimal) -> Self {
        // A decimal has 28 places at most, and 10^28 is well inside.
        Exact::reduced(number.mantissa(), 10_u128.pow(number.scale().min(28)))
    }
}

/// As a fraction, for tests and debugging.
impl fmt::Debug for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Small(above, 1) => write!(f, "{above}"),
            Small(above, below) => write!(f, "{above}/{below}"),
            Large(number) => write!(f, "{number}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exact(text: &str) -> Exact {
        Exact::from(crate::content::scalar::decimal(text).unwrap())
    }

    #[test]
    fn a_number_is_small() {
        assert_eq!(size_of::<Option<Exact>>(), 16);
    }

    #[test]
    fn thirds_add_up() {
        let third = Exact::ratio(1, 3).unwrap();
        assert_eq!(&(&third + &third) + &third, Exact::ONE);
        assert_eq!(exact("0.1") + exact("0.2"), exact("0.3"));
        assert_eq!(Exact::ratio(2, -4), Exact::ratio(-1, 2));
        assert_eq!(Exact::ratio(1, 0), None);
        assert_eq!(exact("2.4").over(&exact("3")), Some(exact("0.8")));
    }

    #[test]
    fn large_numbers_come_back_to_small_ones() {
        let (max, min) = (Exact::from(Decimal::MAX), Exact::from(Decimal::MIN));
        assert_eq!(&max + &min, Exact::ZERO);
        assert_eq!(max.over(&max), Some(Exact::ONE));
        assert_eq!(&(&max * &max) * &Exact::ZERO, Exact::ZERO);
        assert_eq!(max.abs(), min.abs());
        assert!(min < Exact::ZERO && Exact::ZERO < max && min < max);
        let tiny = exact("0.0000000000000000000000000001");
        assert!((&tiny * &tiny) > Exact::ZERO);
        assert_eq!(tiny.over(&tiny), Some(Exact::ONE));
        assert_eq!(-&Exact::from(i64::MIN), Exact::from(i64::MAX) + Exact::ONE);
        assert_eq!((-&Exact::from(i64::MIN)).sign(), Ordering::Greater);
    }

    #[test]
    fn means_are_exact() {
        let numbers = [exact("1"), exact("1"), exact("2")];
        assert_eq!(Exact::mean(&numbers), Exact::ratio(4, 3));
        assert_eq!(Exact::mean(&[]), None);
    }
}
