/** Why bundles and releases are refused, in words for people. */
const MESSAGES = {
  "not-a-bundle": "this is not a bundle",
  "not-a-release": "what the store calls live is not a signed release",
  "other-version": "this is of another format version than the worker reads",
  truncated: "the bundle is cut short",
  "trailing-bytes": "there are bytes behind the end of the bundle",
  "too-large": "this is larger than a release or a bundle may be",
  altered: "the bundle was altered after it was compiled",
  "other-bundle": "the store has another bundle under this name",
  "wrong-site": "this is for another site",
  replayed: "the release is older than one that was live already",
  malformed: "this cannot be decoded",
  unsound: "the bundle's body says something impossible",
  "bad-selector": "the bundle's selectors are compiled for another release",
  unsigned: "this is not signed",
  "bad-signature": "the signature is not that of what it stands under",
  "foreign-signature": "none of FOOTLIGHT_PUBLIC_KEYS made the signature",
  "no-keys": "without FOOTLIGHT_PUBLIC_KEYS nothing is taken from a store",
} as const;

export type RefusalKind = keyof typeof MESSAGES;

/** A bundle or release that is not taken. Its name is for programs, its message for people. */
export class Refusal extends Error {
  constructor(kind: RefusalKind) {
    super(MESSAGES[kind]);
    this.name = kind;
  }
}
