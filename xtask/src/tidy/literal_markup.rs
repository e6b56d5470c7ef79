//! Markup that Leptos would set by `innerHTML`.
//!
//! When an element inside another one is literal throughout, `view!` makes one string of it and has the browser parse
//! that (`tachys::html::InertElement`). Our Trusted Types policy refuses `innerHTML`, so such a page stops the app
//! where it is first drawn, and only there: no compiler says so. This mirrors `is_inert_element` of leptos_macro
//! 0.8.20 (`src/view/mod.rs`) on the tokens of the sources; look there when Leptos is updated.

use super::{Finding, SourceFile, Sources};
use anyhow::{Context, Result, anyhow};
use proc_macro2::{Delimiter, TokenStream, TokenTree};

pub(super) fn nothing_is_literal_throughout(sources: &Sources) -> Result<Vec<Finding>> {
    let mut findings = Vec::new();
    for file in sources.rust.iter().filter(|file| file.path.starts_with("app/src/")) {
        for (line, element) in literal_elements(file)? {
            findings.push(Finding::new(
                format!("{}:{line}", file.path),
                format!("<{element}> is literal throughout: name a value of it by a const, or write a text as {{…}}"),
            ));
        }
    }
    Ok(findings)
}

/// Line and name of every element of a file that Leptos would set by `innerHTML`.
fn literal_elements(file: &SourceFile) -> Result<Vec<(usize, String)>> {
    let tokens: TokenStream =
        file.text.parse().map_err(|error| anyhow!("{error}")).with_context(|| file.path.clone())?;
    let mut found = Vec::new();
    look_for_views(tokens, &mut found);
    Ok(found)
}

/// Looks into each `view! { … }`, wherever it stands, also in another one.
fn look_for_views(tokens: TokenStream, found: &mut Vec<(usize, String)>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        let TokenTree::Group(group) = token else { continue };
        let is_view = at >= 2 && is_punct(&tokens[at - 1], '!') && is_ident(&tokens[at - 2], "view");
        if is_view {
            let inside: Vec<TokenTree> = group.stream().into_iter().collect();
            // A view with a class of its own (`view! { class = …, <p/> }`) is never set by innerHTML.
            let has_class = matches!(&inside[..], [class, equals, _, comma, ..]
                if is_ident(class, "class") && is_punct(equals, '=') && is_punct(comma, ','));
            if !has_class {
                report(&Markup { tokens: &inside, at: 0 }.nodes(), Place::Top, found);
            }
        }
        look_for_views(group.stream(), found);
    }
}

/// Where a node stands. Leptos builds what stands at the top of a view, a fragment or a component's children.
#[derive(Clone, Copy)]
enum Place {
    Top,
    InsideElement,
}

fn report(nodes: &[Node], place: Place, found: &mut Vec<(usize, String)>) {
    for node in nodes {
        match node {
            Node::Text | Node::Other => {}
            Node::Fragment(children) => report(children, Place::Top, found),
            Node::Element(element) => match place {
                Place::InsideElement if element.is_inert() => {
                    found.push((element.line, element.name.clone()))
                }
                _ if element.is_component() => report(&element.children, Place::Top, found),
                _ => report(&element.children, Place::InsideElement, found),
            },
        }
    }
}

/// A node of the markup, as far as the question needs it.
enum Node {
    /// Quoted or not.
    Text,
    Element(Element),
    /// `<> … </>`
    Fragment(Vec<Node>),
    /// A block, a comment, a doctype: never literal.
    Other,
}

struct Element {
    /// From 1.
    line: usize,
    /// Empty when a block stands in its place (`<{..} …/>`).
    name: String,
    attributes: Attributes,
    children: Vec<Node>,
}

/// What the attributes of one element are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Attributes {
    None,
    /// Each has no value or a quoted one.
    Literal,
    Computed,
}

/// What cannot be the outermost element of a literal: MathML.
const MATH: &str = "annotation maction math menclose merror mfenced mfrac mi mmultiscripts mn mo mover mpadded \
                    mphantom mprescripts mroot mrow ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr \
                    munder munderover semantics";

impl Element {
    fn is_component(&self) -> bool {
        let last = self.name.rsplit("::").next().unwrap_or_default();
        !last.contains(['-', ':', '.']) && last.starts_with(|first: char| first.is_ascii_uppercase())
    }

    /// Whether Leptos sets it by `innerHTML` when it stands in another element.
    fn is_inert(&self) -> bool {
        let is_bare = self.attributes == Attributes::None && self.children.is_empty();
        let is_math = MATH.split_whitespace().any(|name| name == self.name);
        !is_bare && !is_math && self.is_literal()
    }

    fn is_literal(&self) -> bool {
        let children_are = || {
            self.children.iter().all(|child| match child {
                Node::Text => true,
                Node::Element(element) => element.is_literal(),
                Node::Fragment(_) | Node::Other => false,
            })
        };
        !self.name.is_empty()
            && !self.is_component()
            && self.attributes != Attributes::Computed
            && children_are()
    }
}

/// Reads markup from tokens that the compiler has accepted; of anything else it makes no sense, and no panic.
struct Markup<'a> {
    tokens: &'a [TokenTree],
    at: usize,
}

impl<'a> Markup<'a> {
    fn ahead(&self, by: usize) -> Option<&'a TokenTree> {
        self.tokens.get(self.at + by)
    }

    fn punct_ahead(&self, by: usize, wanted: char) -> bool {
        self.ahead(by).is_some_and(|token| is_punct(token, wanted))
    }

    /// Everything up to the closing tag of the element around, which is passed over.
    fn nodes(&mut self) -> Vec<Node> {
        let mut nodes = Vec::new();
        while let Some(token) = self.ahead(0) {
            if !is_punct(token, '<') {
                self.at += 1;
                let is_block =
                    matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace);
                nodes.push(if is_block { Node::Other } else { Node::Text });
            } else if self.punct_ahead(1, '/') {
                self.until_gt();
                break;
            } else if self.punct_ahead(1, '!') {
                self.comment_or_doctype();
                nodes.push(Node::Other);
            } else if self.punct_ahead(1, '>') {
                self.at += 2;
                nodes.push(Node::Fragment(self.nodes()));
            } else {
                nodes.push(Node::Element(self.element()));
            }
        }
        nodes
    }

    fn element(&mut self) -> Element {
        let line = self.tokens[self.at].span().start().line;
        self.at += 1;
        let name = self.name();
        if self.punct_ahead(0, '<') {
            self.until_gt(); // the generics of a component
        }
        let tag = self.until_gt();
        let (attributes, closes_itself) = match tag {
            [inside @ .., last] if is_punct(last, '/') => (inside, true),
            _ => (tag, false),
        };
        let children = if closes_itself { Vec::new() } else { self.nodes() };
        Element { line, name, attributes: Attributes::of(attributes), children }
    }

    /// The tokens up to the next `>`, which is passed over.
    fn until_gt(&mut self) -> &'a [TokenTree] {
        let rest = self.tokens.get(self.at..).unwrap_or_default();
        let length = rest.iter().position(|token| is_punct(token, '>')).unwrap_or(rest.len());
        self.at += length + 1;
        &rest[..length]
    }

    fn comment_or_doctype(&mut self) {
        let is_comment = self.punct_ahead(2, '-');
        loop {
            let passed = self.until_gt();
            let ends_comment = matches!(passed, [.., one, two] if is_punct(one, '-') && is_punct(two, '-'));
            if !is_comment || ends_comment || self.at >= self.tokens.len() {
                return;
            }
        }
    }

    /// `p`, `my-element`, `svg::g`.
    fn name(&mut self) -> String {
        let mut name = String::new();
        while let Some(token) = self.ahead(0) {
            let goes_on = name.is_empty() || name.ends_with(['-', ':', '.']);
            match token {
                TokenTree::Ident(ident) if goes_on => name.push_str(&ident.to_string()),
                TokenTree::Literal(literal) if goes_on && !name.is_empty() => {
                    name.push_str(&literal.to_string())
                }
                TokenTree::Punct(punct) if !name.is_empty() && matches!(punct.as_char(), '-' | ':' | '.') => {
                    name.push(punct.as_char());
                }
                TokenTree::Group(_) if name.is_empty() => {
                    self.at += 1;
                    break;
                }
                _ => break,
            }
            self.at += 1;
        }
        name
    }
}

/// Keys whose value is not written into the HTML, whatever it is.
const NOT_HTML: [&str; 5] = ["style:", "prop:", "on:", "use:", "bind"];

impl Attributes {
    fn of(tag: &[TokenTree]) -> Self {
        let mut rest = Markup { tokens: tag, at: 0 };
        while rest.ahead(0).is_some() {
            let key = rest.name();
            if key.is_empty() {
                return Self::Computed; // a block, a spread, or the rest of an expression after a literal
            }
            if rest.punct_ahead(0, '=') {
                let is_quoted = rest.ahead(1).is_some_and(is_string);
                if !is_quoted || NOT_HTML.iter().any(|start| key.starts_with(start)) {
                    return Self::Computed;
                }
                rest.at += 2;
            }
        }
        if tag.is_empty() { Self::None } else { Self::Literal }
    }
}

fn is_punct(token: &TokenTree, wanted: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == wanted)
}

fn is_ident(token: &TokenTree, wanted: &str) -> bool {
    matches!(token, TokenTree::Ident(ident) if ident == wanted)
}

/// `"…"` or `r#"…"#`; not a number, a byte string or a character.
fn is_string(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Literal(literal) if literal.to_string().starts_with(['"', 'r']))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(markup: &str) -> Vec<(usize, String)> {
        let text = format!("fn page() -> impl IntoView {{ view! {{\n{markup}\n}} }}");
        literal_elements(&SourceFile { path: "app/src/page.rs".to_owned(), text }).unwrap()
    }

    #[track_caller]
    fn refused(markup: &str, element: &str) {
        assert_eq!(found(markup), [(2, element.to_owned())], "{markup}");
    }

    #[track_caller]
    fn fine(markup: &str) {
        assert_eq!(found(markup), [], "{markup}");
    }

    #[test]
    fn an_element_in_another_is_refused_when_it_is_literal_throughout() {
        refused(r#"<p><b>"now"</b></p>"#, "b");
        refused(r#"<p><b>now</b></p>"#, "b");
        refused(r#"<p>{text}<span class="dot"></span></p>"#, "span");
        refused(r#"<p id=id><span class="dot"/></p>"#, "span");
        refused(r##"<p><span title=r#"a "word""# hidden aria-hidden="true"></span></p>"##, "span");
        refused(r#"<p><img class:wide src="a.png"/></p>"#, "img");
        refused(r#"<div><ul class="list"><li>"one"</li><li><b>"two"</b></li></ul></div>"#, "ul");
        refused(r#"<div><my-lamp data-state="on"></my-lamp></div>"#, "my-lamp");
        refused(r#"<svg viewBox=BOX><g fill="none"><path d="M0 0"/></g></svg>"#, "g");
        refused(r#"<p><span><math><mi>"x"</mi></math></span></p>"#, "span");
    }

    #[test]
    fn the_line_is_that_of_the_element() {
        let markup = "<div>\n  <p>{text}</p>\n  <p>\"literal\"</p>\n</div>";
        assert_eq!(found(markup), [(4, "p".to_owned())]);
    }

    #[test]
    fn what_stands_at_the_top_of_a_view_a_fragment_or_a_component_is_built() {
        fine(r#"<p class="note">"literal"</p>"#);
        fine(r#"<p class="a">"literal"</p><p class="b">"literal"</p>"#);
        fine(r#"<div id=id><><p class="note">"literal"</p></></div>"#);
        fine(r#"<div id=id><Card><p class="note">"literal"</p></Card></div>"#);
        fine(r#"<ui::Card<Wide> title="x"><p class="note">"literal"</p></ui::Card>"#);
        fine(r#"class = "scope", <div id=id><p class="note">"literal"</p></div>"#);
    }

    #[test]
    fn one_thing_that_is_computed_is_enough() {
        fine(r#"<div><p>{"literal"}</p></div>"#);
        fine(r#"<div><p class=NOTE>"literal"</p></div>"#);
        fine(r#"<div><p class="note" data-on=move || on.get()>"literal"</p></div>"#);
        fine(r#"<div><p title="a".to_owned()>"literal"</p></div>"#);
        fine(r#"<div><p tabindex=0>"literal"</p></div>"#);
        fine(r#"<div><p {..rest}>"literal"</p></div>"#);
        fine(r#"<div><p style:color="red">"literal"</p></div>"#);
        fine(r#"<div><input prop:value="1"/></div>"#);
        fine(r#"<div><p><Icon name="x"/></p></div>"#);
        fine(r#"<div><p><!-- "a comment" -->"literal"</p></div>"#);
        fine(r#"<div><br/><hr/></div>"#);
        fine(r#"<div><math display="block"><mi>"x"</mi></math></div>"#);
    }

    #[test]
    fn a_literal_around_and_beside_what_is_computed_is_found_alone() {
        refused(r#"<div><p><i>{text}</i><b>"literal"</b></p></div>"#, "b");
        refused(r#"<div><Card><p>{text}<b>"literal"</b></p></Card></div>"#, "b");
        refused(r#"<Show when=move || on.get()><p>{text}<b>"literal"</b></p></Show>"#, "b");
    }

    #[test]
    fn a_view_in_a_view_is_a_view_of_its_own() {
        fine(r#"<div>{move || view! { <p class="note">"literal"</p> }}</div>"#);
        refused(r#"<div>{move || view! { <p id=id><b>"literal"</b></p> }}</div>"#, "b");
    }

    #[test]
    fn words_and_strings_that_only_look_like_markup_are_left_alone() {
        let text = "fn a() { let view = \"view! { <p><b>x</b></p> }\"; /* view! { <p><b>x</b></p> } */ }";
        let file = SourceFile { path: "app/src/page.rs".to_owned(), text: text.to_owned() };
        assert_eq!(literal_elements(&file).unwrap(), []);
    }
}
