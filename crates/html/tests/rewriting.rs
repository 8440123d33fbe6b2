//! What comes out, case by case. Each case runs in one piece, cut at every byte, and byte by byte.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use std::sync::Arc;

use footlight_html::{
    Edit, Edits, Element, Encoding, Handler, Occurrence, Plan, Rewriter, Selector, Selectors, Status,
};

fn plan(selectors: &[(&str, Occurrence)]) -> Plan {
    let mut builder = Selectors::builder();
    for (&(selector, occurrence), id) in selectors.iter().zip(0..) {
        builder = builder.add(id, &Selector::parse(selector).unwrap(), occurrence);
    }
    Plan::new(Arc::new(builder.build())).encoding(Encoding::Utf8)
}

fn rewrite<H: Handler>(page: &[u8], plan: Plan, handler: H, cuts: &[usize]) -> (Vec<u8>, Rewriter<H>) {
    let mut rewriter = Rewriter::new(plan, handler);
    let mut out = Vec::new();
    let mut start = 0;
    for &cut in cuts.iter().chain([&page.len()]) {
        rewriter.write(&page[start..cut], &mut out);
        start = cut;
    }
    rewriter.end(&mut out);
    (out, rewriter)
}

/// Every element that `selector` matches gets `edit`.
fn check(page: &str, selector: &str, edit: Edit, expected: &str) {
    let every: Vec<usize> = (0..=page.len()).collect();
    for cuts in every.iter().map(|&cut| vec![cut]).chain([vec![], every.clone()]) {
        let plan = plan(&[(selector, Occurrence::Repeated)]);
        let (out, _) = rewrite(page.as_bytes(), plan, vec![(0, edit.clone())], &cuts);
        assert_eq!(String::from_utf8(out).unwrap(), expected, "`{selector}` on {page:?} cut at {cuts:?}");
    }
}

#[test]
fn every_edit_does_what_it_says() {
    let page = "x<b>old</b>y<img id=i>z";
    check(page, "b", Edit::SetInner("new".into()), "x<b>new</b>y<img id=i>z");
    check(page, "b", Edit::Replace("<i>".into()), "x<i>y<img id=i>z");
    check(page, "b", Edit::Remove, "xy<img id=i>z");
    check(page, "b", Edit::Unwrap, "xoldy<img id=i>z");
    check(page, "b", Edit::Before("1".into()), "x1<b>old</b>y<img id=i>z");
    check(page, "b", Edit::After("1".into()), "x<b>old</b>1y<img id=i>z");
    check(page, "b", Edit::Prepend("1".into()), "x<b>1old</b>y<img id=i>z");
    check(page, "b", Edit::Append("1".into()), "x<b>old1</b>y<img id=i>z");
    check(
        page,
        "b",
        Edit::SetAttribute("title".into(), "a \"b\" & c".into()),
        "x<b title=\"a &quot;b&quot; &amp; c\">old</b>y<img id=i>z",
    );
    check(page, "img", Edit::SetAttribute("id".into(), "j".into()), "x<b>old</b>y<img id=\"j\">z");
    check(page, "img", Edit::RemoveAttribute("id".into()), "x<b>old</b>y<img>z");
    check(page, "img", Edit::RemoveAttribute("alt".into()), page);
}

#[test]
fn an_element_without_content_gets_none() {
    let page = "<img>";
    for edit in [Edit::SetInner("x".into()), Edit::Prepend("x".into()), Edit::Append("x".into())] {
        check(page, "img", edit, page);
    }
    check(page, "img", Edit::After("x".into()), "<img>x");
    check(page, "img", Edit::Replace("x".into()), "x");
    check("<svg><g/></svg>", "g", Edit::SetInner("x".into()), "<svg><g/></svg>");
    check("<svg><g></g></svg>", "g", Edit::SetInner("x".into()), "<svg><g>x</g></svg>");
}

#[test]
fn attributes_change_and_the_others_stay_as_written() {
    let page = "<a  HREF='x'  class=y\tdisabled / data-z=\"&amp;\">";
    check(
        page,
        "a",
        Edit::SetAttribute("href".into(), "n".into()),
        "<a HREF=\"n\" class=y disabled data-z=\"&amp;\">",
    );
    check(page, "a", Edit::RemoveAttribute("class".into()), "<a HREF='x' disabled data-z=\"&amp;\">");
    check("<a b=1 B=2>", "a", Edit::SetAttribute("b".into(), "3".into()), "<a b=\"3\" B=2>");
    check("<a b=1 B=2>", "a", Edit::RemoveAttribute("b".into()), "<a>");
}

#[test]
fn an_element_that_is_filled_does_not_close_itself() {
    for edit in [Edit::Prepend(String::new()), Edit::Append(String::new()), Edit::SetInner(String::new())] {
        let plan = plan(&[("b", Occurrence::Repeated)]);
        let edits = vec![(0, edit), (0, Edit::SetAttribute("a".into(), "1".into()))];
        let (out, _) = rewrite(b"<b/></b>", plan, edits, &[]);
        assert_eq!(out, b"<b a=\"1\"></b>");
    }
    check("<b/></b>", "b", Edit::SetAttribute("a".into(), "1".into()), "<b a=\"1\" /></b>");
}

#[test]
fn attributes_are_found_however_they_are_written() {
    let filler = "x".repeat(40);
    for tag in [
        "<b data-x=\"y\">".to_owned(),
        "<b data-x='y'>".to_owned(),
        "<b data-x=y>".to_owned(),
        "<b data-x = \"y\">".to_owned(),
        "<b DATA-X=\"y\">".to_owned(),
        "<b/data-x=\"y\"/>".to_owned(),
        "<b hidden data-x=\"y\" hidden>".to_owned(),
        "<b a=\"1\"data-x=\"y\">".to_owned(),
        "<b ==\"1\" data-x=\"y\">".to_owned(),
        "<b a=b=\"c data-x=\"y\">".to_owned(),
        "<b a\"=\"c\" data-x=\"y\">".to_owned(),
        format!("<b a=\"{filler}\" data-x=\"y\">"),
        format!("<b a='{filler}' {filler}=\"1\" data-x=\"y\">"),
        format!("<b {filler} data-x=\"y\" a='>'>"),
    ] {
        // Far from the page's end and close to it, where the reader takes different ways.
        for page in [tag.clone(), format!("{tag}{}", "t".repeat(100))] {
            check(&page, "[data-x='y']", Edit::Before("|".into()), &format!("|{page}"));
            check(&page, "[data-x]", Edit::Before("|".into()), &format!("|{page}"));
            check(&page, "[data-z]", Edit::Before("|".into()), &page);
        }
    }
    for tag in
        ["<b data-x>", "<b data-x/>", "<b a=\"1\" data-x>", "<b data-x a=\"1\">", "<b data-x data-y=\"1\">"]
    {
        for page in [tag.to_owned(), format!("{tag}{}", "t".repeat(100))] {
            check(&page, "[data-x]", Edit::Before("|".into()), &format!("|{page}"));
            check(&page, "[data-x='']", Edit::Before("|".into()), &format!("|{page}"));
            check(&page, "[data-x='1']", Edit::Before("|".into()), &page);
        }
    }
}

#[test]
fn selectors_see_what_html_means() {
    let mark = || Edit::Before("|".into());
    let cases = [
        ("<DIV CLASS='a b'>", "div.b", "|<DIV CLASS='a b'>"),
        ("<p id=x><p ID='x'>", "#x", "|<p id=x>|<p ID='x'>"),
        ("<a b='1' b='2'>", "[b='2']", "<a b='1' b='2'>"),
        ("<a title='x&euro;y&#8364;'>", "[title='x€y€']", "|<a title='x&euro;y&#8364;'>"),
        ("<a title='>'><b>", "b", "<a title='>'>|<b>"),
        ("<a title=x'><b>", "b", "<a title=x'>|<b>"),
        ("<!-- <b> --><b>", "b", "<!-- <b> -->|<b>"),
        ("<script>'<b>'</script><b>", "b", "<script>'<b>'</script>|<b>"),
        (
            "<script><!--<script></script><b></script><b>",
            "b",
            "<script><!--<script></script><b></script>|<b>",
        ),
        ("<title><b></title><b>", "b", "<title><b></title>|<b>"),
        ("<svg><title><b></title></svg>", "b", "<svg><title>|<b></title></svg>"),
        ("<svg><style><b></style></svg>", "b", "<svg><style>|<b></style></svg>"),
        ("<plaintext><b></plaintext><b>", "b", "<plaintext><b></plaintext><b>"),
        ("<ul><li><b></b></li></ul><b>", "ul b", "<ul><li>|<b></b></li></ul><b>"),
        ("<ul><li><b></b></li><b></ul>", "ul > b", "<ul><li><b></b></li>|<b></ul>"),
        ("<i><b></i><b>", "i b", "<i>|<b></i><b>"),
        ("<i><i><b></b></i></i>", "i > i > b", "<i><i>|<b></b></i></i>"),
        ("<a-b><c>", "a-b c", "<a-b>|<c>"),
    ];
    for (page, selector, expected) in cases {
        check(page, selector, mark(), expected);
    }
}

#[test]
fn elements_that_are_not_closed_end_with_what_is_around_them() {
    check("<div><p>a</div>b", "p", Edit::SetInner("x".into()), "<div><p>x</div>b");
    check("<div><p>a</div>b", "p", Edit::Remove, "<div></div>b");
    check("<div><p>a</div>b", "p", Edit::After("x".into()), "<div><p>ax</div>b");
    check("<p>a", "p", Edit::Append("x".into()), "<p>ax");
    check("<p>a", "p", Edit::SetInner("x".into()), "<p>x");
    check("</p><p>a</p></p>", "p", Edit::Append("x".into()), "</p><p>ax</p></p>");
    check("<svg><g>a<div>b", "g", Edit::After("x".into()), "<svg><g>ax<div>b");
}

#[test]
fn unfinished_tags_at_the_end_pass_through() {
    for page in ["<", "</", "<b", "<b title='", "</b", "<!-", "<!--", "<script></scri", "<script></script x"]
    {
        check(page, "b", Edit::Remove, page);
    }
}

#[test]
fn edits_of_several_selectors_add_up_in_the_order_in_which_they_were_added() {
    let plan = plan(&[("b", Occurrence::Repeated), (".x", Occurrence::Repeated)]);
    let edits = vec![
        (1, Edit::Before("2".into())),
        (0, Edit::Before("1".into())),
        (0, Edit::After("3".into())),
        (1, Edit::After("4".into())),
        (0, Edit::Append("5".into())),
        (1, Edit::SetInner("6".into())),
        (1, Edit::Append("7".into())),
    ];
    let (out, _) = rewrite(b"<b class=x>old</b>", plan, edits, &[]);
    assert_eq!(out, b"12<b class=x>67</b>43");
}

#[test]
fn inside_removed_content_nothing_is_edited_but_first_matches_are_spent() {
    let plan = plan(&[("#a", Occurrence::Once), ("b", Occurrence::Once)]);
    let edits = vec![(0, Edit::SetInner("x".into())), (1, Edit::SetInner("y".into()))];
    let (out, rewriter) = rewrite(b"<p id=a><b></b></p><b></b>", plan, edits, &[]);
    assert_eq!(out, b"<p id=a>x</p><b></b>");
    assert_eq!(rewriter.status(), Status::Finished);
}

#[test]
fn once_everything_was_seen_nothing_is_held_back() {
    let plan = plan(&[("#a", Occurrence::Once), ("#b", Occurrence::Once)]);
    let mut rewriter = Rewriter::new(plan, vec![(0, Edit::SetInner("x".into()))]);
    let mut out = Vec::new();
    rewriter.write(b"<p id=b><p id=a>old", &mut out);
    assert!(!rewriter.is_finished(), "the element is still open");
    rewriter.write(b"</p><p id=a>second</p><p ", &mut out);
    assert!(rewriter.is_finished());
    assert_eq!(out, b"<p id=b><p id=a>x</p><p id=a>second</p><p ");
}

#[test]
fn without_active_selectors_a_page_is_finished_before_it_begins() {
    let rewriter =
        Rewriter::new(plan(&[("b", Occurrence::Repeated)]).only(vec![]), Vec::<(u32, Edit)>::new());
    assert!(rewriter.is_finished());
}

#[test]
fn only_the_selectors_of_the_plan_match() {
    let plan = plan(&[("b", Occurrence::Repeated), ("i", Occurrence::Repeated)]).only(vec![1]);
    let edits = vec![(0, Edit::Before("0".into())), (1, Edit::Before("1".into()))];
    assert_eq!(rewrite(b"<b><i>", plan, edits, &[]).0, b"<b>1<i>");
}

#[test]
fn a_handler_reads_the_element_and_decides() {
    let plan = plan(&[("[data-price]", Occurrence::Repeated)]);
    let double = |_: u32, element: &Element<'_>, edits: &mut Edits| {
        if let Ok(price) = element.attribute("data-price").unwrap_or_default().parse::<u32>() {
            edits.set_inner(&format!("{} €", price * 2));
        }
    };
    let (out, _) = rewrite(b"<b data-price=12>x</b><b data-price>y</b>", plan, double, &[]);
    assert_eq!(String::from_utf8(out).unwrap(), "<b data-price=12>24 €</b><b data-price>y</b>");
}

#[test]
fn a_probe_reads_one_attribute_and_changes_nothing() {
    let plan = plan(&[("meta[property='product:price:amount']", Occurrence::Once)]);
    let mut amount = None;
    let page = b"<head><meta property=product:price:amount content=\"12&#46;50\"><body>";
    let probe = |_: u32, element: &Element<'_>, _: &mut Edits| {
        amount = element.attribute("content").map(std::borrow::Cow::into_owned);
    };
    assert_eq!(rewrite(page, plan, probe, &[]).0, page);
    assert_eq!(amount.as_deref(), Some("12.50"));
}

#[test]
fn start_tags_that_are_too_long_pass_through_and_match_nothing() {
    let long = format!("<b><b title='{}'>x</b><b>", "y".repeat(200));
    let expected = format!("|<b><b title='{}'>x</b>|<b>", "y".repeat(200));
    for step in [1, 7, 50, 99, 100, 101, 1000] {
        let cuts: Vec<usize> = (0..long.len()).step_by(step).collect();
        let plan = plan(&[("b", Occurrence::Repeated)]).longest_tag_bytes(100);
        let (out, rewriter) = rewrite(long.as_bytes(), plan, vec![(0, Edit::Before("|".into()))], &cuts);
        assert_eq!(String::from_utf8(out).unwrap(), expected, "step {step}");
        assert_eq!(rewriter.status(), Status::Finished);
    }
}

#[test]
fn end_tags_and_names_that_are_too_long_end_the_rewriting() {
    let many = "y".repeat(200);
    for long in
        [format!("<b>x</b title='{many}'><b>"), format!("<b>x</b{many}><b>"), format!("<b>x<b{many}><b>")]
    {
        for step in [1, 7, 99, 100, 101, 1000] {
            let cuts: Vec<usize> = (0..long.len()).step_by(step).collect();
            let plan = plan(&[("b", Occurrence::Repeated)]).longest_tag_bytes(100);
            let (out, rewriter) = rewrite(long.as_bytes(), plan, vec![(0, Edit::Before("|".into()))], &cuts);
            assert_eq!(String::from_utf8(out).unwrap(), format!("|{long}"), "step {step}");
            assert_eq!(rewriter.status(), Status::TagTooLong);
        }
    }
}

#[test]
fn insertions_are_in_the_page_s_encoding() {
    let insert = || vec![(0, Edit::SetInner("€".into())), (0, Edit::SetAttribute("alt".into(), "é".into()))];
    let as_utf_8 = "<b alt=\"é\">€</b>";
    let as_references = "<b alt=\"&#233;\">&#8364;</b>";
    let cases: &[(Encoding, &[u8], &str)] = &[
        (Encoding::Utf8, b"", as_utf_8),
        (Encoding::AsciiCompatible, b"", as_references),
        (Encoding::AsciiCompatible, b"\xef\xbb\xbf", as_utf_8),
        (Encoding::Unknown, b"", as_references),
        (Encoding::Unknown, b"\xef\xbb\xbf", as_utf_8),
        (Encoding::Unknown, b"<meta charset=utf-8>", as_utf_8),
        (Encoding::Unknown, b"<meta charset='utf-16'>", as_utf_8),
        (Encoding::Unknown, b"<META http-equiv=Content-Type content='text/html; charset=UTF-8'>", as_utf_8),
        (Encoding::Unknown, b"<meta name=description content='charset=utf-8'>", as_references),
        (Encoding::Unknown, b"<!-- <meta charset=utf-8> -->", as_references),
        (Encoding::Unknown, b"<meta charset=windows-1252><meta charset=utf-8>", as_references),
        (Encoding::Opaque, b"", "<b></b>"),
        (Encoding::Unknown, b"<meta charset=iso-2022-jp>", "<b></b>"),
        (Encoding::Utf8, b"\xff\xfe", "<b></b>"),
    ];
    for (encoding, start, expected) in cases {
        let page = [start, &b"<b></b>"[..]].concat();
        for cuts in [vec![], (0..=page.len()).collect()] {
            let plan = plan(&[("b", Occurrence::Repeated)]).encoding(*encoding);
            let (out, _) = rewrite(&page, plan, insert(), &cuts);
            let expected = [start, expected.as_bytes()].concat();
            assert_eq!(String::from_utf8_lossy(&out), String::from_utf8_lossy(&expected), "{encoding:?}");
        }
    }
}

#[test]
fn a_declaration_that_is_removed_does_not_count() {
    let page = b"<head><meta charset=iso-2022-jp></head><b></b>";
    for cuts in [vec![], (0..page.len()).collect::<Vec<_>>()] {
        let plan = plan(&[("head", Occurrence::Once), ("b", Occurrence::Once)]).encoding(Encoding::Unknown);
        let edits = vec![(0, Edit::SetInner("x".into())), (1, Edit::SetInner("\u{20ac}".into()))];
        assert_eq!(rewrite(page, plan, edits, &cuts).0, b"<head>x</head><b>&#8364;</b>");
    }
}

#[test]
fn bytes_of_other_encodings_pass_through() {
    let page: Vec<u8> = (0..=255_u8).chain(*b"<b>\x80\xff</b>").chain(0..=255).collect();
    let plan = plan(&[("b", Occurrence::Repeated)]).encoding(Encoding::AsciiCompatible);
    let (out, _) = rewrite(&page, plan, Vec::<(u32, Edit)>::new(), &[100, 258]);
    assert_eq!(out, page);
}

#[test]
fn content_that_is_not_text_in_utf_16_is_left_alone() {
    let page: Vec<u8> = "<b>x</b>".encode_utf16().flat_map(u16::to_be_bytes).collect();
    let (out, _) = rewrite(&page, plan(&[("b", Occurrence::Repeated)]), vec![(0, Edit::Remove)], &[]);
    assert_eq!(out, page);
}
