export interface Page {
  readonly Users: readonly object[];
  readonly PaginationToken?: string;
}

/** A page of ListUsers: the same people whenever they are asked for, made up one page at a time. */
export function page(count: number, token: string | undefined, userAt: (index: number) => object): Page {
  const from = Number(token ?? 0);
  const to = Math.min(count, from + 60);
  const Users = Array.from({ length: to - from }, (_, index) => userAt(from + index));
  return to < count ? { Users, PaginationToken: String(to) } : { Users };
}

const CREATED = 1_700_000_000;

/** As ListUsers tells of a user, who has some more attributes than these. */
export function madeUpUser(
  side: "source" | "destination",
  number: number,
  more: Readonly<Record<string, string>>,
  created = CREATED,
): object {
  const attributes = {
    sub: subOf(side, number),
    email_verified: "true",
    name: `Doe, Jane ${number}`,
    birthdate: "1985-02-01",
    locale: "en-GB",
    phone_number: `+1555${String(number).padStart(7, "0")}`,
    ...(side === "source" ? {} : { "custom:source_sub": subOf("source", number) }),
    ...more,
  };
  return {
    Username: attributes.sub,
    Attributes: Object.entries(attributes).map(([Name, Value]) => ({ Name, Value })),
    Enabled: true,
    UserStatus: "CONFIRMED",
    UserCreateDate: created,
    UserLastModifiedDate: created,
  };
}

function subOf(side: "source" | "destination", person: number): string {
  const number = (side === "source" ? person : person + 0x4000_0000).toString(16);
  return `${number.padStart(8, "0")}-0000-4000-8000-${number.padStart(12, "0")}`;
}
