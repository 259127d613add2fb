//! XML as the Query protocol has it: elements and text, no attributes but the namespace.

use poolhouse_domain::time::Timestamp;

use super::action::Service;
use super::refusal::Refusal;
use crate::http::{RequestId, Response};

const CONTENT_TYPE: &str = "text/xml";

/// What stands inside `<XResult>`.
#[derive(Clone, Default)]
pub(super) struct Xml(String);

impl Xml {
    /// Nothing yet.
    pub(super) fn new() -> Self {
        Self::default()
    }

    /// `<name>value</name>`, escaped.
    pub(super) fn text(&mut self, name: &str, value: &str) {
        self.element(name, |inner| escape(value, &mut inner.0));
    }

    /// `<name>…</name>` with an instant in whole seconds.
    pub(super) fn instant(&mut self, name: &str, at: Timestamp) {
        let text = jiff::Timestamp::from_second(at.as_secs()).unwrap_or_default().to_string();
        self.text(name, &text);
    }

    /// `<name>…</name>` around what `write` writes.
    pub(super) fn element(&mut self, name: &str, write: impl FnOnce(&mut Self)) {
        self.0.extend(["<", name, ">"]);
        write(self);
        self.0.extend(["</", name, ">"]);
    }

    /// `<name><member>…</member>…</name>`.
    pub(super) fn list<T>(&mut self, name: &str, items: &[T], write: impl Fn(&mut Self, &T)) {
        self.element(name, |xml| {
            for item in items {
                xml.element("member", |xml| write(xml, item));
            }
        });
    }

    /// The end of a list's page.
    pub(super) fn page_end(&mut self, marker: Option<&str>) {
        self.text("IsTruncated", if marker.is_some() { "true" } else { "false" });
        if let Some(marker) = marker {
            self.text("Marker", marker);
        }
    }

    /// Escaped text without an element.
    pub(super) fn raw_text(&mut self, value: &str) {
        escape(value, &mut self.0);
    }
}

/// A result, or its absence, as a response.
pub(super) fn success(
    service: Service,
    action: &str,
    result: Option<Xml>,
    id: RequestId,
) -> Response {
    let mut inner = Xml::new();
    if let Some(Xml(result)) = result {
        inner.element(&format!("{action}Result"), |xml| xml.0.push_str(&result));
    }
    inner.element("ResponseMetadata", |xml| xml.text("RequestId", &id.to_string()));
    document(200, service, &format!("{action}Response"), &inner)
}

/// A refusal as a response.
pub(super) fn refused(service: Service, refusal: &Refusal, id: RequestId) -> Response {
    let mut inner = Xml::new();
    inner.element("Error", |xml| {
        xml.text("Type", refusal.kind());
        xml.text("Code", refusal.code);
        xml.text("Message", &refusal.message);
    });
    inner.text("RequestId", &id.to_string());
    document(refusal.status, service, "ErrorResponse", &inner)
}

fn document(status: u16, service: Service, root: &str, Xml(inner): &Xml) -> Response {
    let namespace = service.namespace();
    let text = format!("<{root} xmlns=\"{namespace}\">{inner}</{root}>");
    Response::new(status, CONTENT_TYPE, text)
}

/// Text between tags. A character that XML 1.0 cannot carry, even escaped, becomes U+FFFD: a
/// refusal that quotes it must still be a document.
fn escape(text: &str, into: &mut String) {
    for character in text.chars() {
        match character {
            '&' => into.push_str("&amp;"),
            '<' => into.push_str("&lt;"),
            '>' => into.push_str("&gt;"),
            '"' => into.push_str("&quot;"),
            '\r' => into.push_str("&#xD;"),
            '\t' | '\n' => into.push(character),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => into.push(char::REPLACEMENT_CHARACTER),
            other => into.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_cannot_leave_its_element() {
        let mut xml = Xml::new();
        xml.text("a", "</a>&\"'\r\n\0\u{ffff}\u{e9}");
        assert_eq!(xml.0, "<a>&lt;/a&gt;&amp;&quot;'&#xD;\n\u{fffd}\u{fffd}\u{e9}</a>");
    }

    #[test]
    fn lists_instants_and_page_ends() {
        let mut xml = Xml::new();
        xml.list("L", &["x", "y"], |xml, item| xml.raw_text(item));
        xml.instant("T", Timestamp::from_millis(1_767_614_400_999));
        xml.page_end(None);
        xml.page_end(Some("m"));
        assert_eq!(
            xml.0,
            "<L><member>x</member><member>y</member></L><T>2026-01-05T12:00:00Z</T>\
             <IsTruncated>false</IsTruncated><IsTruncated>true</IsTruncated><Marker>m</Marker>"
        );
    }
}
