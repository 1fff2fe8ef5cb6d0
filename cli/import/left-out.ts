/** Why a user of the source is not imported, and what to do about it. Keys are an interface: `left-out.jsonl` and `--json` have them. */
export const LEFT_OUT = {
  disabled: "disabled at the source; an import would enable them",
  external_provider: "sign in through an identity provider; connect it to the destination",
  unconfirmed: "never confirmed their sign-up",
  never_signed_in: "invited and never signed in; invite them at the destination",
  unusable_status: "have a status that says nothing about who they are (ARCHIVED, COMPROMISED, UNKNOWN)",
  no_verified_channel: "have no verified address that the destination could send a code to",
  no_sign_in_name: "have no name that users of the destination sign in with and that is proven to be theirs",
  name_taken: "have a name that somebody else has at the destination",
  alias_taken: "have an address, number or name that somebody else signs in with at the destination",
  same_name:
    "would have the same name at the destination as another user of the source, so neither gets it; leave it to one of them at the source",
  same_alias:
    "have an address or number that another user of the source has verified, too, so neither gets it; ATTRIBUTE_EXCLUDE with its name, and both come",
  username_with_space: "have a username with a space; import files cannot have them",
  required_unproven:
    "have nothing but an unproven address where the destination requires one that is a sign-in name there",
  required_unfit: "have a value that the destination's schema does not take, of an attribute that it requires",
  missing_required: "lack an attribute that the destination requires",
  unwritable_value: "have a value that an import file cannot hold",
  row_too_long: "need more than 16,000 characters",
} as const;

export type LeftOutReason = keyof typeof LEFT_OUT;

export const LEFT_OUT_REASONS: readonly LeftOutReason[] = Object.keys(LEFT_OUT) as LeftOutReason[];
