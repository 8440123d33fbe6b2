//! A target: the live release, all releases that ever were, and the bundles that they name.

use std::collections::BTreeMap;

use clap::Args;
use ed25519_dalek::Signature;
use footlight_core::bundle::{Loaded, load, signature};

use super::document::{BundleName, Release};
use super::envelope;
use super::error::{BundleFlaw, Problem};
use super::keys::{Signed, Trust};
use super::{ReleaseError, step};
use crate::failure::Failure;
use crate::signing::{hexadecimal, signed_message};
use crate::store::{self, Address, Store, Version};

/// The key of the live release.
pub(crate) const LIVE: &str = "live.json";
const HISTORY: &str = "history/";
const BUNDLES: &str = "bundles/";

/// Which target.
#[derive(Debug, Args)]
pub(crate) struct TargetArguments {
    /// Where releases are kept: a directory, `s3://BUCKET/PREFIX`, or `kv:BINDING` for Workers KV.
    target: String,
    /// The Workers KV namespace at Cloudflare and not the one on this machine; `kv:BINDING:remote` says the same.
    #[arg(long)]
    remote: bool,
}

impl TargetArguments {
    /// As it was written.
    pub(crate) fn text(&self) -> &str {
        &self.target
    }

    /// Opens it for who believes these keys.
    pub(crate) fn open(&self, trust: Trust) -> Result<Target, Failure> {
        let mut address = Address::parse(&self.target)?;
        match &mut address {
            Address::WorkersKv { remote, .. } => *remote |= self.remote,
            _ if self.remote => {
                let expected = "it only with `kv:BINDING`; other targets are where their names say";
                return Err(Failure::BadArgument { name: "--remote", value: self.target.clone(), expected });
            }
            _ => {}
        }
        Target::open(address, trust)
    }
}

/// Where releases are kept, and whose are believed.
pub(crate) struct Target {
    pub(super) store: Box<dyn Store>,
    pub(super) trust: Trust,
    pub(crate) name: String,
}

/// A release as a store has it.
#[derive(Clone, Debug)]
pub(crate) struct Kept {
    pub(crate) release: Release,
    pub(crate) signed: Signed,
    pub(crate) bytes: Vec<u8>,
    pub(crate) version: Version,
}

/// What a target says before anything is done to it.
pub(crate) struct Seen {
    pub(crate) live: Option<Kept>,
    /// Releases with higher sequences than the live one: begun, and never live.
    pub(crate) later: Vec<Release>,
}

impl Target {
    pub(crate) fn open(address: Address, trust: Trust) -> Result<Self, Failure> {
        let name = address.to_string();
        let store = store::open(&address)?;
        Ok(Self { store, trust, name })
    }

    pub(crate) fn error(&self, problem: Problem) -> Failure {
        Failure::Release(Box::new(ReleaseError { target: self.name.clone(), problem }))
    }

    /// The live release, if anything was ever pushed.
    pub(crate) fn live(&self) -> Result<Option<Kept>, Failure> {
        match self.store.get(LIVE)? {
            Some(object) => self.read(LIVE, object).map(Some),
            None => Ok(None),
        }
    }

    /// The live release, which there has to be.
    pub(crate) fn live_or_say(&self) -> Result<Kept, Failure> {
        self.live()?.ok_or_else(|| self.error(Problem::NothingLive))
    }

    /// The live release and those that were begun after it.
    pub(crate) fn look(&self) -> Result<Seen, Failure> {
        let live = self.live()?;
        let sequence = live.as_ref().map_or(0, |live| live.release.sequence);
        let sequences = self.sequences()?;
        let later: Vec<u64> = sequences.into_iter().filter(|&later| later > sequence).collect();
        let later = self.releases(&later)?.into_values().map(|kept| kept.release).collect();
        step::reached(step::Step::Read);
        Ok(Seen { live, later })
    }

    /// The sequences of all releases, in ascending order.
    pub(crate) fn sequences(&self) -> Result<Vec<u64>, Failure> {
        let keys = self.store.list(HISTORY)?;
        let mut sequences: Vec<u64> = keys.iter().filter_map(|key| sequence_of(key)).collect();
        sequences.sort_unstable();
        Ok(sequences)
    }

    /// A release of the history.
    pub(crate) fn release(&self, sequence: u64) -> Result<Option<Kept>, Failure> {
        Ok(self.releases(&[sequence])?.remove(&sequence))
    }

    /// Releases of the history, without those that are not there.
    pub(crate) fn releases(&self, sequences: &[u64]) -> Result<BTreeMap<u64, Kept>, Failure> {
        let keys: Vec<String> = sequences.iter().map(|&sequence| history_key(sequence)).collect();
        let mut releases = BTreeMap::new();
        for ((object, key), &sequence) in self.store.get_texts(&keys)?.into_iter().zip(&keys).zip(sequences) {
            let Some(object) = object else { continue };
            let kept = self.read(key, object)?;
            if kept.release.sequence != sequence {
                let found = kept.release.sequence;
                return Err(self.error(Problem::Misplaced { key: key.clone(), sequence: found }));
            }
            releases.insert(sequence, kept);
        }
        Ok(releases)
    }

    pub(super) fn read(&self, key: &str, object: store::Object) -> Result<Kept, Failure> {
        let key = || key.to_owned();
        let (payload, signed) = envelope::open(&object.bytes, &self.trust)
            .map_err(|flaw| self.error(Problem::Envelope { key: key(), flaw }))?;
        let release =
            Release::parse(&payload).map_err(|flaw| self.error(Problem::Document { key: key(), flaw }))?;
        Ok(Kept { release, signed, bytes: object.bytes, version: object.version })
    }

    /// The names of all bundles that are there.
    pub(crate) fn bundles(&self) -> Result<Vec<BundleName>, Failure> {
        let keys = self.store.list(BUNDLES)?;
        let name = |key: &String| {
            let name = key.strip_prefix(BUNDLES)?.strip_suffix(".footlight")?;
            BundleName::try_from(name.to_owned()).ok()
        };
        Ok(keys.iter().filter_map(name).collect())
    }

    /// A bundle's bytes, once they are known to be whole, to be those of that name, and to be signed by a trusted key.
    pub(crate) fn bundle(&self, name: &BundleName) -> Result<(Vec<u8>, Loaded), Failure> {
        let object = self.store.get(&bundle_key(name))?;
        let bytes = object.ok_or_else(|| self.error(Problem::NoBundle { name: name.clone() }))?.bytes;
        let refused = |flaw| self.error(Problem::Bundle { name: name.clone(), flaw });
        let (loaded, _) = read_bundle(&bytes, &self.trust).map_err(refused)?;
        if loaded.id.to_string() != name.as_str() {
            return Err(refused(BundleFlaw::OtherName));
        }
        Ok((bytes, loaded))
    }

    /// What somebody means who writes a release's number or the beginning of a bundle's name.
    pub(crate) fn resolve(&self, id: &str) -> Result<BundleName, Failure> {
        if id.len() < 6
            && let Ok(sequence) = id.parse()
        {
            let found = self.release(sequence)?;
            return found
                .map(|kept| kept.release.bundle)
                .ok_or_else(|| self.error(Problem::NoRelease { sequence }));
        }
        let names = if id.len() < 6 { Vec::new() } else { self.bundles()? };
        let mut found = names.into_iter().filter(|name| name.as_str().starts_with(id));
        match (found.next(), found.next()) {
            (Some(name), None) => Ok(name),
            (Some(_), Some(_)) => Err(self.error(Problem::Ambiguous { id: id.to_owned() })),
            (None, _) => Err(self.error(Problem::NotFound { id: id.to_owned() })),
        }
    }
}

/// Reads a bundle and checks it, with its signature if there are keys to check it with.
pub(crate) fn read_bundle(bytes: &[u8], trust: &Trust) -> Result<(Loaded, Signed), BundleFlaw> {
    let loaded = load(bytes, "").map_err(BundleFlaw::Unusable)?;
    let (id, signed) = signature(bytes).map_err(BundleFlaw::Unusable)?;
    if trust.is_empty() {
        return Ok((loaded, Signed::Unchecked));
    }
    let signed = signed.ok_or(BundleFlaw::Unsigned)?;
    match trust.signer(&signed_message(&id), &Signature::from_bytes(&signed.signature)) {
        Some(signer) => Ok((loaded, signer)),
        None => match hexadecimal(&signed.key_id) {
            id if trust.knows(&id) => Err(BundleFlaw::BadSignature),
            id => Err(BundleFlaw::UnknownKey { id }),
        },
    }
}

/// The bytes of the bundle that is live at a target, as it is written on the command line: what `live:TARGET` stands for.
/// Signatures are checked with the keys of the environment, if there are any.
pub(crate) fn live_bundle(target: &str) -> Result<Vec<u8>, Failure> {
    let target = Target::open(Address::parse(target)?, Trust::of_environment()?)?;
    let live = target.live_or_say()?;
    Ok(target.bundle(&live.release.bundle)?.0)
}

pub(super) fn history_key(sequence: u64) -> String {
    format!("{HISTORY}{sequence:010}.json")
}

pub(super) fn bundle_key(name: &BundleName) -> String {
    format!("{BUNDLES}{name}.footlight")
}

fn sequence_of(key: &str) -> Option<u64> {
    key.strip_prefix(HISTORY)?.strip_suffix(".json")?.parse().ok()
}
