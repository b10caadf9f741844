//! A page -> what it says of itself: headline, author, outlet, address, day, language.

use super::blocks::{Block, INLINE};
use super::{date, ld, page_byline, page_title, shown};
use crate::clean::outlets;
use crate::model::{Lang, Moment};
use trafilatura::dom::{Document, NodeId};

/// What a page says of itself.
#[derive(Debug, Default)]
pub(in crate::clean) struct About {
    /// Its headline, without the outlet's name.
    pub(in crate::clean) title: Option<String>,
    /// Who wrote it.
    pub(in crate::clean) byline: Option<String>,
    /// Who published it.
    pub(in crate::clean) outlet: Option<String>,
    /// Its own address.
    pub(in crate::clean) url: Option<String>,
    /// When it was published, and where the page says so.
    pub(in crate::clean) published: Option<(Moment, &'static str)>,
    /// The language it declares.
    pub(in crate::clean) lang: Option<Lang>,
}

/// The page's head and tree, with short ways to ask.
pub(super) struct Ask<'d> {
    pub(super) document: &'d Document,
    pub(super) metas: Vec<(String, String)>,
}

impl Ask<'_> {
    /// The content of the first meta element that bears one of the names, in order of the names.
    pub(super) fn meta(&self, names: &[&str]) -> Option<&str> {
        names
            .iter()
            .find_map(|name| self.metas.iter().find(|(own, _)| own == name))
            .map(|(_, content)| content.as_str())
    }

    /// Elements by selector.
    pub(super) fn all(&self, selector: &str) -> Vec<NodeId> {
        self.document.query_selector_all(self.document.root(), selector)
    }

    /// The words of an element, on one line; elements that stand inside a line do not part words.
    pub(super) fn words(&self, id: NodeId) -> String {
        let mut text = String::new();
        self.gather(id, 0, &mut text);
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn gather(&self, id: NodeId, depth: usize, out: &mut String) {
        if self.document.is_text(id) {
            out.push_str(&self.document.text_content(id));
        }
        if depth > super::DEEPEST {
            return;
        }
        let parts = self.document.is_element(id) && !INLINE.contains(&self.document.tag_name(id));
        if parts {
            out.push(' ');
        }
        for child in self.document.child_nodes(id) {
            self.gather(child, depth + 1, out);
        }
        if parts {
            out.push(' ');
        }
    }

    /// An attribute that holds words.
    pub(super) fn attribute(&self, id: NodeId, name: &str) -> Option<String> {
        self.document.get_attribute(id, name).map(|v| v.trim().to_owned()).filter(|v| !v.is_empty())
    }
}

/// Reads all of it.
pub(super) fn about(document: &Document, blocks: &[Block], url: Option<&str>) -> About {
    let ask = Ask { document, metas: metas(document) };
    let ld = ld::ld(document);
    let canonical =
        ask.all(r#"link[rel="canonical" i]"#).into_iter().find_map(|id| ask.attribute(id, "href"));
    let own = canonical.or_else(|| ask.meta(&["og:url"]).map(str::to_owned)).or_else(|| ld.url.clone());
    let own = own.filter(|u| u.starts_with("http") && outlets::host(u).is_some());
    let address = url.map(str::to_owned).or(own);
    let site = ask.meta(&["og:site_name", "application-name"]).map(str::to_owned);
    let known = address.as_deref().and_then(outlets::at).map(|agency| agency.name.to_owned());
    let outlet = known.or_else(|| site.clone()).or_else(|| ld.publisher.clone());
    let outlet = outlet.or_else(|| outlets::name_at(address.as_deref()?));
    let site_names: Vec<String> =
        [site, ld.publisher.clone(), outlet.clone()].into_iter().flatten().collect();
    let title = page_title::title(&ask, &ld, &site_names, address.as_deref());
    let heading = shown::heading(blocks, title.as_deref());
    About {
        title,
        byline: page_byline::byline(&ask, &ld, blocks, &site_names),
        published: date::published(&ask, &ld, shown::day(blocks, heading), address.as_deref()),
        lang: lang(&ask, &ld),
        outlet,
        url: address,
    }
}

fn lang(ask: &Ask, ld: &ld::Ld) -> Option<Lang> {
    let html = ask.all("html").into_iter().find_map(|id| ask.attribute(id, "lang"));
    let tags =
        [html, ask.meta(&["og:locale", "content-language", "language"]).map(str::to_owned), ld.lang.clone()];
    tags.into_iter().flatten().map(|tag| Lang::parse(&tag)).find(Lang::is_known)
}

/// All meta elements: name or property or itemprop in lower case, content.
fn metas(document: &Document) -> Vec<(String, String)> {
    let mut out = Vec::new();
    for id in document.query_selector_all(document.root(), "meta[content]").into_iter().take(500) {
        let content = document.get_attribute(id, "content").unwrap_or_default();
        let content = content.split_whitespace().collect::<Vec<_>>().join(" ");
        if content.is_empty() {
            continue;
        }
        for name in ["property", "name", "itemprop", "http-equiv"] {
            if let Some(name) = document.get_attribute(id, name) {
                out.push((name.trim().to_lowercase(), content.clone()));
            }
        }
    }
    out
}
