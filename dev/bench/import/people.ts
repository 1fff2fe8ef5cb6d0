import { uuid } from "../two-pools";

/** The same people whenever they are asked for, made up one page at a time. */
export interface Population {
  readonly source: number;
  /** The first so many of the source have migrated. */
  readonly migrated: number;
}

export interface Page {
  readonly Users: readonly object[];
  readonly PaginationToken?: string;
}

/** Users as ListUsers tells of them: ten attributes, some 900 bytes each. */
export function page(side: "source" | "destination", from: number, { source, migrated }: Population): Page {
  const end = side === "source" ? source : migrated;
  const to = Math.min(end, from + 60);
  const Users = Array.from({ length: to - from }, (_, index) => user(side, from + index));
  return to < end ? { Users, PaginationToken: String(to) } : { Users };
}

const CREATED = 1_700_000_000;

function user(side: "source" | "destination", number: number): object {
  const sourceSub = uuid(number);
  const sub = side === "source" ? sourceSub : uuid(number + 0x4000_0000);
  const attributes = {
    sub,
    email: `user-${number}@example.com`,
    email_verified: "true",
    name: `Doe, Jane ${number}`,
    birthdate: "1985-02-01",
    locale: "en-GB",
    zoneinfo: "Europe/London",
    phone_number: `+1555${String(number).padStart(7, "0")}`,
    phone_number_verified: "false",
    ...(side === "source" ? { "custom:tier": "gold" } : { "custom:plan": "gold", "custom:source_sub": sourceSub }),
  };
  return {
    Username: sub,
    Attributes: Object.entries(attributes).map(([Name, Value]) => ({ Name, Value })),
    Enabled: true,
    UserStatus: "CONFIRMED",
    UserCreateDate: CREATED,
    UserLastModifiedDate: CREATED,
  };
}
