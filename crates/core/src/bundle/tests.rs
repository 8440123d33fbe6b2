//! What becomes of bundles that are cut, altered, newer or foreign.

use alloc::format;
use alloc::vec::Vec;

use proptest::prelude::*;

use super::{
    Bundle, BundleError, Flaw, MAX_BUNDLE_BYTES, Rule, Signature, append_signature, encode, load, signature,
};
use crate::condition::{Literal, Node, NodeId};
use crate::sample::{RuleSketch, SiteBuilder};
use crate::texts::TextId;
use crate::wire;

/// The notes that tests add, with their length.
const NOTES_BYTES: usize = 4 + b"notes".len();

fn bytes() -> Vec<u8> {
    let mut site = SiteBuilder::new();
    site.rule(RuleSketch::default());
    let engine = site.engine();
    encode(engine.bundle(), b"notes", 1_795_000_000).unwrap().0
}

const SIGNATURE: Signature = Signature { key_id: [1; 8], signature: [2; 64] };

#[test]
fn a_bundle_cut_anywhere_is_refused() {
    let whole = bytes();
    for length in 0..whole.len() {
        let error = load(&whole[..length], "test").unwrap_err();
        assert_eq!(error, BundleError::Truncated, "cut at {length}");
    }
    let mut signed = whole.clone();
    append_signature(&mut signed, &SIGNATURE);
    for length in whole.len() + 1..signed.len() {
        assert_eq!(load(&signed[..length], "test").unwrap_err(), BundleError::Truncated, "cut at {length}");
    }
    signed.push(0);
    assert_eq!(load(&signed, "test").unwrap_err(), BundleError::Trailing);
}

#[test]
fn a_bundle_with_any_bit_flipped_is_refused() {
    let whole = bytes();
    for bit in 0..whole.len() * 8 {
        let mut flipped = whole.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        assert!(load(&flipped, "test").is_err(), "bit {bit}");
    }
}

#[test]
fn each_refusal_has_its_name() {
    let whole = bytes();
    let with = |offset: usize, patch: &[u8]| {
        let mut bytes = whole.clone();
        bytes[offset..offset + patch.len()].copy_from_slice(patch);
        load(&bytes, "test").unwrap_err()
    };
    assert_eq!(with(0, b"GZIP"), BundleError::NotABundle);
    assert_eq!(with(4, &[3, 0]), BundleError::Version { found: 3 });
    assert_eq!(with(19, &100_000_000_u32.to_le_bytes()), BundleError::Truncated, "a length field that lies");
    assert_eq!(load(&whole, "another").unwrap_err(), BundleError::WrongSite);
    assert_eq!(load(&[], "").unwrap_err(), BundleError::Truncated);
    assert_eq!(load(&alloc::vec![0; MAX_BUNDLE_BYTES + 1], "").unwrap_err(), BundleError::TooLarge);
    assert!(load(&whole, "").is_ok());
}

#[test]
fn the_signature_is_read_without_reading_the_body() {
    let mut bytes = bytes();
    let (id, unsigned) = signature(&bytes).unwrap();
    assert_eq!(unsigned, None);
    append_signature(&mut bytes, &SIGNATURE);
    assert_eq!(signature(&bytes), Ok((id, Some(SIGNATURE))));
    assert_eq!(load(&bytes, "test").unwrap().id, id, "a signature does not change the name");
}

#[test]
fn what_leads_nowhere_or_recurses_is_refused() {
    let flaw = |change: fn(&mut SiteBuilder)| {
        let mut site = SiteBuilder::new();
        site.rule(RuleSketch::default());
        change(&mut site);
        match encode(&site.bundle, &[], 0) {
            Err(BundleError::Unsound(flaw)) => flaw,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(flaw(|site| site.bundle.nodes.push(Node::Not(NodeId(99)))), Flaw::Order);
    assert_eq!(flaw(|site| site.bundle.nodes.push(Node::Not(NodeId(1)))), Flaw::Order);
    assert_eq!(
        flaw(|site| {
            let mut node = NodeId(0);
            for _ in 0..64 {
                node = site.node(Node::Not(node));
            }
        }),
        Flaw::Depth
    );
    assert_eq!(
        flaw(|site| site.bundle.nodes.push(Node::Literal(Literal::Text(TextId(999))))),
        Flaw::Reference
    );
    assert_eq!(flaw(|site| site.bundle.rules[0].segments.clear()), Flaw::RuleWithoutSegment);
    assert_eq!(flaw(|site| site.bundle.rules[0].segments.push(7)), Flaw::Reference);
    assert_eq!(flaw(|site| site.bundle.rules[0].slot = 7), Flaw::Reference);
    assert_eq!(flaw(|site| site.bundle.rules[0].variants.clear()), Flaw::Variants);
    assert_eq!(flaw(|site| site.bundle.stages[0].rules.push(7)), Flaw::Reference);
    assert_eq!(flaw(|site| site.bundle.stages.truncate(7)), Flaw::Stages);
    assert_eq!(flaw(|site| site.bundle.site.locales.clear()), Flaw::Site);
    assert_eq!(flaw(|site| site.bundle.site.zones.clear()), Flaw::Reference);
    assert_eq!(
        flaw(|site| site.bundle.rules.push(Rule { priority: 1, ..site.bundle.rules[0].clone() })),
        Flaw::RuleOrder
    );
}

proptest! {
    /// Bytes behind a genuine hash may still be anything: whoever has the compiler can hash what they like.
    #[test]
    fn a_body_of_any_bytes_is_an_error_and_never_a_panic(
        body in prop::collection::vec(any::<u8>(), 0..200),
        at in any::<prop::sample::Index>(),
    ) {
        let whole = bytes();
        let start = 19 + "test".len();
        let mut changed = whole[..whole.len() - 32].to_vec();
        let body_end = changed.len() - NOTES_BYTES;
        let at = start + at.index(body_end - start);
        let end = (at + body.len()).min(body_end);
        changed[at..end].copy_from_slice(&body[..end - at]);
        let hash = hmac_sha256::Hash::hash(&changed);
        changed.extend_from_slice(&hash);
        let _ = load(&changed, "test");
    }

    /// Our reader and postcard's own take the same bytes and read the same from them.
    #[test]
    fn postcard_reads_the_same(
        patch in prop::collection::vec(any::<u8>(), 0..12),
        at in any::<prop::sample::Index>(),
    ) {
        let whole = bytes();
        let start = 19 + "test".len();
        let mut body = whole[start..whole.len() - NOTES_BYTES - 32].to_vec();
        let at = at.index(body.len());
        let end = (at + patch.len()).min(body.len());
        body[at..end].copy_from_slice(&patch[..end - at]);
        let theirs = match postcard::take_from_bytes::<Bundle>(&body) {
            Ok((bundle, [])) => Some(bundle),
            _ => None,
        };
        let ours = wire::read::<Bundle>(&body).map(|(bundle, _)| bundle);
        // NaN differs from itself, so what was read is compared as it is written.
        prop_assert_eq!(format!("{ours:?}"), format!("{theirs:?}"));
    }
}
