//! Text that looks like what people write, but is not.

use proptest::prelude::*;

const YAML: &[&str] = &[
    "name: ",
    "name: Acme",
    "stage: research",
    "lifecycle:",
    "kpis:",
    "revenue:",
    "target: ",
    "actuals: ",
    "2026-Q1: ",
    "tags: ",
    "entered: ",
    "2026-02-30",
    "2026-11-20",
    "9999-12-31",
    "{",
    "}",
    "[",
    "]",
    ", ",
    ": ",
    "- ",
    "\n",
    "\n",
    "\n  ",
    "\n    ",
    "\t",
    "'",
    "\"",
    "|",
    ">-",
    "&a",
    "*a",
    "!!str",
    "#",
    "? ",
    "~",
    "null",
    "-1",
    "1e400",
    "0.1",
    "%",
    "@",
    "`",
    "---\n",
    "...\n",
    "é",
    "🎉",
    "\u{feff}",
    "\r\n",
    "\u{85}",
    "\u{2028}",
    "x-a: ",
    "profile: ",
    "relations: ",
    "value: ",
    "draft: true",
    "id: ",
    "risks: ",
    "steps: ",
    "scores: ",
    "direction: ",
    "range",
    "redirect_from: ",
    "owner: dana",
    "side: us",
    "lint: ",
    "stages: ",
    "<<: ",
    "\\",
    "\\u0000",
    "\u{1}",
];

const MARKDOWN: &[&str] = &[
    "# ",
    "## ",
    "### Plan {#plan}\n",
    "\n",
    "\n",
    "\n\n",
    "- ",
    "1. ",
    "> ",
    "> [!NOTE]\n",
    "    ",
    "\t",
    "`",
    "```",
    "~~~",
    "*",
    "**",
    "_",
    "~~",
    "[",
    "]",
    "(",
    ")",
    "[[",
    "]]",
    "|",
    "---\n",
    "===\n",
    "|---|---|\n",
    "![",
    "](",
    "a.md",
    "<",
    ">",
    "<b>",
    "<script>",
    "</script>",
    "<!--",
    "-->",
    "<!-->",
    "<?",
    "?>",
    "<![CDATA[",
    "]]>",
    "&lt;",
    "&#60;",
    "&#0;",
    "&#1;",
    "[^1]",
    "[^1]: ",
    "[^2]: ",
    "[ref]: ",
    "[ref]",
    "https://x.example",
    "<https://x.example>",
    "javascript:",
    "mailto:",
    "\"",
    "'",
    "[x] ",
    "[ ] ",
    "TODO",
    "TBD",
    "[Name]",
    "Lorem ipsum",
    "\\",
    "é",
    "e\u{301}",
    "🎉",
    "\u{1}",
    "\u{1}o0\u{1}",
    "\u{202e}",
    "\r\n",
    "{#id}",
    "{.class onclick=x}",
    "\u{a0}",
    "text",
    " ",
    "\u{0}",
    "<a href=\"x\">",
    "#",
    "$",
    "::",
    "|a|b",
    "word\\\n",
];

const CSV: &[&str] = &[
    "partner", "kpi", "period", "actual", "target", "note", ",", ",", ",", ";", "\t", "\n", "\n", "\r\n", "\r", "\"", "\"\"", "#", "acme",
    "revenue", "2026-Q1", "2026-Q9", "1", "-1.5", "1,5", "n/a", "\u{feff}", "é", "🎉", " ",
];

fn pieces(words: &'static [&'static str], most: usize) -> BoxedStrategy<String> {
    let piece = prop_oneof![
        20 => proptest::sample::select(words).prop_map(str::to_owned),
        1 => "\\PC{0,8}",
        1 => any::<char>().prop_map(String::from),
    ];
    proptest::collection::vec(piece, 0..most).prop_map(|pieces| pieces.concat()).boxed()
}

/// Something like YAML.
pub fn yaml() -> BoxedStrategy<String> {
    pieces(YAML, 40)
}

/// Something like Markdown.
pub fn markdown() -> BoxedStrategy<String> {
    pieces(MARKDOWN, 60)
}

/// Something like CSV.
pub fn csv() -> BoxedStrategy<String> {
    pieces(CSV, 60)
}

/// Something like a Markdown file with front matter.
pub fn page() -> BoxedStrategy<String> {
    prop_oneof![
        6 => (yaml(), markdown()).prop_map(|(yaml, body)| format!("---\n{yaml}\n---\n{body}")),
        3 => markdown().prop_map(|body| format!("---\nname: Acme\n---\n{body}")),
        1 => markdown(),
    ]
    .boxed()
}

/// The bytes of a file of any kind.
pub fn bytes() -> BoxedStrategy<Vec<u8>> {
    prop_oneof![
        4 => page().prop_map(String::into_bytes),
        4 => yaml().prop_map(String::into_bytes),
        2 => csv().prop_map(String::into_bytes),
        1 => proptest::collection::vec(any::<u8>(), 0..200),
        1 => (page(), any::<prop::sample::Index>(), any::<u8>()).prop_map(|(text, at, byte)| {
            let mut bytes = text.into_bytes();
            if !bytes.is_empty() {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
            bytes
        }),
    ]
    .boxed()
}
