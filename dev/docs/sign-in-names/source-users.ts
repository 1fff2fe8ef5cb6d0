import type { Attributes } from "../../../rules/names";
import { aliasesOf, folded, foldedAttributes, type Naming } from "../../../sandbox/aws/user-pool/user-names";

/** A user of the source who has every sort of name that its kind of pool allows. */
export interface SourceUser {
  readonly label: string;
  readonly username: string;
  /** `sub` among them. */
  readonly attributes: Attributes;
}

export type NameKind = "username" | "email" | "phone_number" | "preferred_username";

interface Somebody {
  readonly label: string;
  readonly username: string;
  readonly email?: string;
  readonly emailVerified?: boolean;
  readonly number?: string;
  readonly numberVerified?: boolean;
  readonly preferred?: string;
}

const mail = (name: string, emailVerified: boolean) => ({ email: `${name}@example.com`, emailVerified });
const phone = (last: number, numberVerified: boolean) => ({ number: `+155555501${last}`, numberVerified });

/** Each differs from the others in what its names are and what is proven of them. */
export const PEOPLE: readonly Somebody[] = [
  { label: "e-mail address and number, both verified", username: "ann", ...mail("ann", true), ...phone(11, true) },
  { label: "e-mail address, verified", username: "ben", ...mail("ben", true) },
  { label: "the username is the own, verified e-mail address", username: "cid@example.com", ...mail("cid", true) },
  { label: "the username is the own e-mail address, unverified", username: "dan@example.com", ...mail("dan", false) },
  { label: "the username is another e-mail address than the own", username: "eve@example.com", ...mail("eva", true) },
  { label: "the username is an e-mail address, and there is no other", username: "fay@example.com" },
  {
    label: "the same, with capitals and verified",
    username: "Gus@Example.com",
    email: "Gus@Example.com",
    emailVerified: true,
  },
  { label: "the username is the own, verified number", username: "+15555550122", ...phone(22, true) },
  {
    label: "the same, and an e-mail address, verified",
    username: "+15555550123",
    ...mail("hal", true),
    ...phone(23, true),
  },
  { label: "e-mail address, unverified", username: "ida", ...mail("ida", false) },
  { label: "e-mail address and number, both unverified", username: "jim", ...mail("jim", false), ...phone(12, false) },
  { label: "e-mail address verified, number not", username: "kim", ...mail("kim", true), ...phone(13, false) },
  { label: "number, unverified", username: "leo", ...phone(14, false) },
  { label: "number verified, e-mail address not", username: "mia", ...mail("mia", false), ...phone(15, true) },
  { label: "number, verified", username: "ned", ...phone(16, true) },
  { label: "neither", username: "oda" },
  {
    label: "capitals in username and verified e-mail address",
    username: "Pia",
    email: "Pia@Example.com",
    emailVerified: true,
  },
  {
    label: "preferred_username, and e-mail address, verified",
    username: "rob",
    ...mail("rob", true),
    preferred: "robby",
  },
  { label: "the same, with capitals in it", username: "sue", ...mail("sue", true), preferred: "Suzy" },
];

const SUB = (index: number): string => `00000000-0000-4000-8000-0000000000${String(index + 10)}`;

/** Those whom a pool takes that tells its users apart so. A pool without usernames makes them, equal to the `sub`. */
export function usersOf(naming: Naming): readonly SourceUser[] {
  return PEOPLE.flatMap(({ label, username, ...has }, index) => {
    const sub = SUB(index);
    const attributes = foldedAttributes(naming, attributesOf(sub, has));
    const isNameless = naming.usernameAttributes.length > 0;
    const isWord = /^[a-z]+$/i.test(username);
    const takes = isNameless
      ? isWord && naming.usernameAttributes.some((one) => attributes[one] !== undefined)
      : isWord || naming.aliasAttributes.length === 0;
    return takes ? [{ label, username: isNameless ? sub : folded(naming, username), attributes }] : [];
  });
}

function attributesOf(
  sub: string,
  { email, emailVerified, number, numberVerified, preferred }: Omit<Somebody, "label" | "username">,
): Attributes {
  return {
    sub,
    ...(email === undefined ? {} : { email, email_verified: String(emailVerified) }),
    ...(number === undefined ? {} : { phone_number: number, phone_number_verified: String(numberVerified) }),
    ...(preferred === undefined ? {} : { preferred_username: preferred }),
  };
}

const ATTRIBUTES = ["email", "phone_number", "preferred_username"] as const;

/** By which names a pool knows such a user, by kind: the sandbox's pools say so. */
export function namesIn(
  naming: Naming,
  { username, attributes }: Omit<SourceUser, "label">,
): readonly { readonly kind: NameKind; readonly name: string }[] {
  const aliases = aliasesOf(naming, attributes);
  const named = ATTRIBUTES.flatMap((kind) => {
    const name = attributes[kind];
    return name !== undefined && aliases.includes(folded(naming, name)) ? [{ kind, name }] : [];
  });
  return naming.usernameAttributes.length > 0 ? named : [{ kind: "username", name: username }, ...named];
}
