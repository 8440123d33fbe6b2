//! The signed envelope of a release: DSSE, <https://github.com/secure-systems-lab/dsse>, version 1.0.2.

use base64ct::{Base64, Base64Url, Encoding as _};
use ed25519_dalek::{Signature, Signer as _, SigningKey};
use serde::{Deserialize, Serialize};

use super::error::EnvelopeFlaw;
use super::keys::{Signed, Trust};
use crate::signing::{hexadecimal, key_id};

pub(crate) const PAYLOAD_TYPE: &str = "application/vnd.footlight.release+json";

#[derive(Serialize, Deserialize)]
struct Envelope {
    #[serde(rename = "payloadType")]
    payload_type: String,
    payload: String,
    signatures: Vec<EnvelopeSignature>,
}

#[derive(Serialize, Deserialize)]
struct EnvelopeSignature {
    /// A hint which key to try, signed by nobody.
    #[serde(default)]
    keyid: String,
    sig: String,
}

/// What is signed: type and payload, each with its length, so that neither can be taken for a part of the other.
fn pre_authentication_encoding(payload_type: &str, payload: &[u8]) -> Vec<u8> {
    let mut bytes = format!("DSSEv1 {} {payload_type} {} ", payload_type.len(), payload.len()).into_bytes();
    bytes.extend_from_slice(payload);
    bytes
}

/// Signs a payload.
pub(super) fn seal(key: &SigningKey, payload: &[u8]) -> Vec<u8> {
    let signature = key.sign(&pre_authentication_encoding(PAYLOAD_TYPE, payload));
    let envelope = Envelope {
        payload_type: PAYLOAD_TYPE.to_owned(),
        payload: Base64::encode_string(payload),
        signatures: vec![EnvelopeSignature {
            keyid: hexadecimal(&key_id(&key.verifying_key())),
            sig: Base64::encode_string(&signature.to_bytes()),
        }],
    };
    // INVARIANT: texts always become JSON.
    let mut bytes = serde_json::to_vec(&envelope).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

/// The payload of an envelope, once one of the trusted keys is found to have signed it; without any key to ask for it is
/// handed out as it is, and [`Signed`] says so.
pub(super) fn open(bytes: &[u8], trust: &Trust) -> Result<(Vec<u8>, Signed), EnvelopeFlaw> {
    let envelope: Envelope =
        serde_json::from_slice(bytes).map_err(|error| EnvelopeFlaw::NotAnEnvelope(error.to_string()))?;
    let undecodable = || EnvelopeFlaw::NotAnEnvelope("a field is not base64".to_owned());
    let payload = decode(&envelope.payload).ok_or_else(undecodable)?;
    let message = pre_authentication_encoding(&envelope.payload_type, &payload);
    let mut claimed = Vec::new();
    let mut signed = trust.is_empty().then_some(Signed::Unchecked);
    for EnvelopeSignature { keyid, sig } in envelope.signatures {
        let bytes: [u8; 64] = decode(&sig).and_then(|bytes| bytes.try_into().ok()).ok_or_else(undecodable)?;
        signed = signed.or_else(|| trust.signer(&message, &Signature::from_bytes(&bytes)));
        claimed.push(keyid);
    }
    match signed {
        Some(_) if envelope.payload_type != PAYLOAD_TYPE => {
            Err(EnvelopeFlaw::OtherType(envelope.payload_type))
        }
        Some(signed) => Ok((payload, signed)),
        None => match claimed.into_iter().find(|id| trust.knows(id)) {
            Some(id) => Err(EnvelopeFlaw::Altered { claimed: id }),
            None => Err(EnvelopeFlaw::UnknownKey),
        },
    }
}

/// Readers have to take both alphabets.
fn decode(text: &str) -> Option<Vec<u8>> {
    Base64::decode_vec(text).or_else(|_| Base64Url::decode_vec(text)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// From the specification's `protocol.md`.
    #[test]
    fn the_encoding_is_that_of_the_protocols_test_vector() {
        assert_eq!(
            pre_authentication_encoding("http://example.com/HelloWorld", b"hello world"),
            b"DSSEv1 29 http://example.com/HelloWorld 11 hello world"
        );
        assert_eq!(pre_authentication_encoding("", b""), b"DSSEv1 0  0 ");
        assert_eq!(
            pre_authentication_encoding("\u{e9}", &[0xff]),
            b"DSSEv1 2 \xc3\xa9 1 \xff",
            "lengths in bytes"
        );
    }

    /// The vector's envelope is signed with another algorithm; its form is the same.
    #[test]
    fn the_protocols_envelope_is_read_and_not_taken_for_a_release() {
        let example = br#"{"payload": "aGVsbG8gd29ybGQ=",
            "payloadType": "http://example.com/HelloWorld",
            "signatures": [{"sig": "A3JqsQGtVsJ2O2xqrI5IcnXip5GToJ3F+FnZ+O88SjtR6rDAajabZKciJTfUiHqJPcIAriEGAHTVeCUjW2JIZA=="}]}"#;
        let (one, _) = keys();
        assert!(matches!(open(example, &trust(&[&one])), Err(EnvelopeFlaw::UnknownKey)));
        assert!(matches!(open(example, &trust(&[])), Err(EnvelopeFlaw::OtherType(_))));
    }

    fn keys() -> (SigningKey, SigningKey) {
        (SigningKey::from_bytes(&[1; 32]), SigningKey::from_bytes(&[2; 32]))
    }

    fn trust(keys: &[&SigningKey]) -> Trust {
        Trust::of(keys.iter().map(|key| key.verifying_key()).collect())
    }

    #[test]
    fn what_one_of_the_trusted_keys_signed_is_opened() {
        let (one, two) = keys();
        let sealed = seal(&one, b"{}");
        let (payload, signed) = open(&sealed, &trust(&[&two, &one])).unwrap();
        assert_eq!(payload, b"{}");
        assert_eq!(signed, Signed::By(key_id(&one.verifying_key())));
        assert!(matches!(open(&sealed, &trust(&[&two])), Err(EnvelopeFlaw::UnknownKey)));
        assert!(matches!(open(&sealed, &trust(&[])), Ok((_, Signed::Unchecked))));
    }

    #[test]
    fn nothing_in_an_envelope_can_be_altered_but_the_hint_of_the_key() {
        let (one, two) = keys();
        let sealed = String::from_utf8(seal(&one, br#"{"a":"??>>"}"#)).unwrap();
        let of_one = trust(&[&one]);
        let open = |text: &str| open(text.as_bytes(), &of_one);
        assert!(open(&sealed.replace("release+json", "release+xml")).is_err(), "the type is signed");
        assert!(open(&sealed.replace("eyJh", "eyJi")).is_err(), "the payload is signed");
        let keyid = hexadecimal(&key_id(&one.verifying_key()));
        assert!(open(&sealed.replace(&keyid, &hexadecimal(&key_id(&two.verifying_key())))).is_ok());
        assert!(open(&sealed.replace(&format!(r#""keyid":"{keyid}","#), "")).is_ok(), "it may be left out");
        let parsed: serde_json::Value = serde_json::from_str(&sealed).unwrap();
        let payload = parsed["payload"].as_str().unwrap();
        let other = payload.replace('+', "-").replace('/', "_");
        assert_ne!(payload, other);
        assert!(open(&sealed.replace(payload, &other)).is_ok(), "both alphabets of base64 are read");
        assert!(open(&sealed.replacen('{', r#"{"more":1,"#, 1)).is_ok(), "unknown fields are ignored");
        assert!(matches!(open(&sealed[..40]), Err(EnvelopeFlaw::NotAnEnvelope(_))));
    }
}
