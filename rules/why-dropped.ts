/** Why an attribute of the source stays behind, in words for the operator. */
export const WHY_DROPPED = {
  no_place: "the destination's schema has no such attribute",
  unfit: "the destination's schema does not take the value: its length, range or type",
  linked: "a provider that is linked to the user: link it again at the destination",
  unproven: "it would be a name to sign in with, and nothing proves it to be this user's",
} as const;

export type WhyDropped = keyof typeof WHY_DROPPED;

/** By names at the source, never with a value. */
export type Dropped = Readonly<Record<string, WhyDropped>>;
