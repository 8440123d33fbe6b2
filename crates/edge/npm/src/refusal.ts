/** Why bundles are refused, in words for people. */
const MESSAGES = {
  "not-a-bundle": "this is not a bundle",
  "other-version": "the bundle has another format version than this release reads",
  truncated: "the bundle is cut short",
  "trailing-bytes": "there are bytes behind the end of the bundle",
  "too-large": "the bundle is larger than a bundle may be",
  altered: "the bundle was altered after it was compiled",
  "wrong-site": "the bundle is for another site",
  malformed: "the bundle cannot be decoded",
  unsound: "the bundle's body says something impossible",
  "bad-selector": "the bundle's selectors are compiled for another release",
  unsigned: "the bundle's signature is not accepted",
  "bad-signature": "the bundle's signature is not accepted",
  "foreign-signature": "the bundle's signature is not accepted",
} as const;

export type RefusalKind = keyof typeof MESSAGES;

/** A bundle that is not taken. Its name is for programs, its message for people. */
export class Refusal extends Error {
  constructor(kind: RefusalKind) {
    super(MESSAGES[kind]);
    this.name = kind;
  }
}
