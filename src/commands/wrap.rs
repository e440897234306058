//! Text set to the width of a terminal.

/// As wide as text is set, in characters.
const WIDTH: usize = 100;

/// A text in lines, the first one behind `start` and the others below it.
pub fn wrapped(out: &mut String, start: &str, text: &str) {
    let indent = start.chars().count();
    let mut at = indent;
    out.push_str(start);
    for (nth, word) in text.split(' ').enumerate() {
        let length = word.chars().count();
        if nth > 0 && at + 1 + length > WIDTH {
            out.push('\n');
            out.push_str(&" ".repeat(indent));
            at = indent;
        } else if nth > 0 {
            out.push(' ');
            at += 1;
        }
        out.push_str(word);
        at += length;
    }
    out.push('\n');
}
