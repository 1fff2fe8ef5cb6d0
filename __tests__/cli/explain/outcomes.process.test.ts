import type { OutcomeName } from "../../../rules/outcome";
import type { PaperWorldProps } from "../../../sandbox/accounts/from-synth";
import { peopleOf } from "../../../sandbox/accounts/people";
import { type SampleUser, sampleUsers, seedPerson } from "../../../sandbox/accounts/sample-users";
import { canariesIn } from "../../support/canaries";
import { type Operator, openOperator } from "../../support/operator";

type Person = Pick<SampleUser, "email" | "password"> & Partial<Omit<SampleUser, "email" | "password">>;
type Row = readonly [outcome: OutcomeName, person: Person, typed?: string];

const person = (name: string, more: Parameters<typeof seedPerson>[1] = {}): Omit<SampleUser, "expect"> =>
  seedPerson(name, more);
const SAMPLES = sampleUsers();
const sample = (name: string): SampleUser => {
  const user = SAMPLES.find(({ email }) => email === `${name}@example.com`);
  if (user === undefined) throw new Error(`no ${name}`);
  return user;
};
const bySub = person("by-sub");

/** Everything that can become of a user who types the right password, and under which settings. */
const SCENES: readonly (readonly [string, Partial<PaperWorldProps>, readonly Row[]])[] = [
  [
    "e-mail addresses on both sides",
    {},
    [
      ["migrated", sample("ordinary")],
      ["migrated", sample("unverified"), "UNVERIFIED@Example.com"],
      ["migrated_reset_required", sample("reset-required")],
      ["migrated_reset_required", sample("temporary")],
      ["user_disabled", sample("disabled")],
      ["user_unconfirmed", sample("unconfirmed")],
      ["mfa", sample("sms-mfa")],
      ["not_authorized", sample("federated")],
      ["no_recovery_channel", sample("unreachable")],
      ["not_authorized", { email: "nobody@example.com", password: "Aa1-nobody-at-all" }, "Nobody@Example.com"],
      ["user_status", person("compromised", { status: "COMPROMISED" })],
      ["user_status_unknown", person("frozen", { status: "FROZEN" })],
    ],
  ],
  [
    "UNPROVEN_PASSWORD=refuse",
    { settings: { UNPROVEN_PASSWORD: "refuse" } },
    [["password_unproven", sample("reset-required")]],
  ],
  ["MFA_POLICY=allow", { settings: { MFA_POLICY: "allow" } }, [["migrated", sample("sms-mfa")]]],
  [
    "a number and a first name are required, too",
    {
      destinationNaming: {
        usernameAttributes: ["email", "phone_number"],
        aliasAttributes: [],
        requiredAttributes: ["email", "phone_number", "given_name"],
      },
    },
    [
      ["required_unproven", person("unproven", { attributes: { phone_number: "+15550100", given_name: "First" } })],
      [
        "required_unfit",
        person("unfit", {
          attributes: { phone_number: "+15550101", phone_number_verified: "true", given_name: "x".repeat(2049) },
        }),
      ],
    ],
  ],
  [
    "usernames at the destination, and nothing to take along",
    {
      settings: { ATTRIBUTE_MAP: "", ATTRIBUTE_EXCLUDE: "email", DESTINATION_ALIAS_ATTRIBUTES: "none" },
      destinationNaming: { usernameAttributes: [], aliasAttributes: [], requiredAttributes: [] },
    },
    [
      ["nothing_to_carry", person("empty")],
      ["sign_in_name", bySub, bySub.username],
    ],
  ],
];

interface Document {
  readonly verdict: { readonly outcome?: string; readonly ending: string };
  readonly log: {
    readonly entries: readonly {
      readonly name: string;
      readonly outcome: string;
      readonly isForgottenPassword: boolean;
    }[];
  };
}

let operator: Operator;
afterEach(() => operator.close());

async function explain(name: string): Promise<Document> {
  const { status, stdout, stderr } = await operator.run("explain", "--user", name, "--json");
  expect([status, stderr]).toEqual([0, expect.stringContaining("no password is used")]);
  const { LOG_USER_KEY = "" } = operator.world.function.configuration.environment;
  expect(canariesIn(stdout + stderr, [LOG_USER_KEY])).toEqual([]);
  return JSON.parse(stdout);
}

/** What the function wrote last. */
function lastDecision(): string {
  const lines = operator.world.function.log.trim().split("\n");
  const { reason, outcome } = JSON.parse(lines.findLast((line) => line.includes('"outcome"')) ?? "{}");
  return reason ?? outcome;
}

test.each(SCENES)("explain says what the function decides: %s", async (_, props, rows) => {
  const users = rows.flatMap(([, one]) => (one.username === undefined ? [] : [one as SampleUser]));
  operator = await openOperator({ ...props, users, isAttached: true });
  const people = peopleOf(operator.world.destination);
  for (const [outcome, { email, password }, typed = email] of rows) {
    const comes = outcome.startsWith("migrated");
    // Who has come is known there, and the function not asked any more.
    const before = comes ? await explain(typed) : undefined;
    await people.signIn(typed, password);
    const decided = lastDecision();
    expect([typed, decided]).toEqual([typed, outcome.replace(/^migrated_/, "")]);
    expect([typed, operator.world.destination.userPool.users.find(typed) !== undefined]).toEqual([typed, comes]);
    const { verdict, log } = before ?? (await explain(typed));
    expect([typed, verdict.outcome]).toEqual([typed, outcome]);
    const name = typed.includes("@") ? typed.toLowerCase() : typed;
    expect(log.entries).toEqual(comes ? [] : [expect.objectContaining({ name, outcome: decided })]);
  }
});

test("what no profile tells is in the log: failures, forgotten passwords, a user whom Cognito does not make", async () => {
  const federated = person("through-provider", { status: "EXTERNAL_PROVIDER" });
  const [first, second] = [1, 2].map((number) =>
    person(`sharer-${number}`, { attributes: { phone_number: "+15550100", phone_number_verified: "true" } }),
  ) as [SampleUser, SampleUser];
  operator = await openOperator({
    users: [federated, first, second],
    isAttached: true,
    settings: { DESTINATION_ALIAS_ATTRIBUTES: "email,phone_number" },
    destinationNaming: { usernameAttributes: [], aliasAttributes: ["email", "phone_number"], requiredAttributes: [] },
  });
  const people = peopleOf(operator.world.destination);
  await people.askForCode(federated.email);
  expect((await explain(federated.email)).log.entries).toEqual([
    expect.objectContaining({ outcome: "user_federated", isForgottenPassword: true }),
  ]);
  operator.world.faults.fail("AdminInitiateAuth", { type: "TooManyRequestsException", when: () => true });
  await people.signIn(second.email, second.password);
  operator.world.faults.clear();
  expect((await explain(second.email)).log.entries[0]?.outcome).toBe("throttled");

  expect(await people.signIn(first.email, first.password)).toBe("tokens");
  // The number is another's there by now.
  expect((await explain(second.email)).verdict).toMatchObject({ ending: "refused", outcome: "migrated" });
  expect(await people.signIn(second.email, second.password)).toBe("UserNotFoundException");
  expect((await explain(second.email)).log.entries[0]?.outcome).toBe("migrated");
});
