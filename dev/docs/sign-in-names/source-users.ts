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
  readonly names: Attributes;
}

const mail = (name: string, verified: boolean): Attributes => ({
  email: `${name}@example.com`,
  email_verified: String(verified),
});
const phone = (last: number, verified: boolean): Attributes => ({
  phone_number: `+155555501${last}`,
  phone_number_verified: String(verified),
});
const somebody = (label: string, username: string, ...names: readonly Attributes[]): Somebody => ({
  label,
  username,
  names: Object.assign({}, ...names),
});

/** Each differs from the others in what its names are and what is proven of them. */
export const PEOPLE: readonly Somebody[] = [
  somebody("e-mail address and number, both verified", "ann", mail("ann", true), phone(11, true)),
  somebody("e-mail address, verified", "ben", mail("ben", true)),
  somebody("the username is the own, verified e-mail address", "cid@example.com", mail("cid", true)),
  somebody("the username is the own e-mail address, unverified", "dan@example.com", mail("dan", false)),
  somebody("the username is another e-mail address than the own", "eve@example.com", mail("eva", true)),
  somebody("the username is an e-mail address, and there is no other", "fay@example.com"),
  somebody("the same, with capitals and verified", "Gus@Example.com", {
    email: "Gus@Example.com",
    email_verified: "true",
  }),
  somebody("the username is the own, verified number", "+15555550122", phone(22, true)),
  somebody("the same, and an e-mail address, verified", "+15555550123", mail("hal", true), phone(23, true)),
  somebody("e-mail address, unverified", "ida", mail("ida", false)),
  somebody("e-mail address and number, both unverified", "jim", mail("jim", false), phone(12, false)),
  somebody("e-mail address verified, number not", "kim", mail("kim", true), phone(13, false)),
  somebody("number, unverified", "leo", phone(14, false)),
  somebody("number verified, e-mail address not", "mia", mail("mia", false), phone(15, true)),
  somebody("number, verified", "ned", phone(16, true)),
  somebody("neither", "oda"),
  somebody("capitals in username and verified e-mail address", "Pia", {
    email: "Pia@Example.com",
    email_verified: "true",
  }),
  somebody("preferred_username, and e-mail address, verified", "rob", mail("rob", true), {
    preferred_username: "robby",
  }),
  somebody("the same, with capitals in it", "sue", mail("sue", true), { preferred_username: "Suzy" }),
];

const SUB = (index: number): string => `00000000-0000-4000-8000-0000000000${String(index + 10)}`;

/** Those whom a pool takes that tells its users apart so. A pool without usernames makes them, equal to the `sub`. */
export function usersOf(naming: Naming): readonly SourceUser[] {
  return PEOPLE.flatMap(({ label, username, names }, index) => {
    const sub = SUB(index);
    const attributes = foldedAttributes(naming, { sub, ...names });
    const isNameless = naming.usernameAttributes.length > 0;
    const isWord = /^[a-z]+$/i.test(username);
    const takes = isNameless
      ? isWord && naming.usernameAttributes.some((one) => attributes[one] !== undefined)
      : isWord || naming.aliasAttributes.length === 0;
    return takes ? [{ label, username: isNameless ? sub : folded(naming, username), attributes }] : [];
  });
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
