import { randomUUID } from "node:crypto";
import { parseHandlerSettings } from "../../rules/function-environment";
import { peopleOf } from "../../sandbox/accounts/people";
import { newPassword } from "../../sandbox/aws/user-pool/passwords";
import type { SeedUser } from "../../sandbox/aws/user-pool/seed";
import { describeDeep, MENDED, STACKS } from "../support/deep";
import { ROOT } from "../support/program";
import type { PoolShape } from "./lab/customer-pool";
import { CUSTOM_ATTRIBUTES, Lab } from "./lab/lab";

const SOURCE = { account: "111111111111", region: "eu-west-1" };
const DESTINATION = { account: "222222222222", region: "eu-central-1" };

/** The five ways in which a pool can name its users, none of which can be changed later. */
const KINDS = {
  usernames: { usernameAttributes: [] },
  "usernames and aliases": { aliasAttributes: ["email", "phone_number"] },
  "e-mail addresses": { usernameAttributes: ["email"], requiredAttributes: ["email"] },
  "phone numbers": { usernameAttributes: ["phone_number"], requiredAttributes: ["phone_number"] },
  "addresses and numbers": { usernameAttributes: ["email", "phone_number"] },
} as const satisfies Record<string, Omit<PoolShape, "customAttributes">>;
type Kind = keyof typeof KINDS;

/** Letters and signs that Cognito takes in the name of an attribute, and that mean something to Terraform, JSON or a list. */
const ODD_NAMES = ["a,b", '"q"', "back\\slash", "${var.x}", "%{if}", "<&>", "a=b:c", "名前", "ü"];

/** Applications cannot write it: the function must not try. */
const FOR_ADMINISTRATORS = {
  Name: "dev:custom:secret",
  AttributeDataType: "String",
  DeveloperOnlyAttribute: true,
} as const;

const EMAIL = "jane@example.com";
const NUMBER = "+15555550100";

interface Pair {
  readonly source: Kind;
  readonly destination: Kind;
  readonly typed: string;
  /** At the source; what a pool without usernames has as a username there is the sub. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly settings?: Readonly<Record<string, string>>;
}

const ALIASES = { DESTINATION_ALIAS_ATTRIBUTES: "email,phone_number" };
const VERIFIED_EMAIL = { email: EMAIL, email_verified: "true" };

const PAIRS: readonly Pair[] = [
  { source: "usernames", destination: "usernames", typed: "jane", attributes: VERIFIED_EMAIL },
  {
    source: "usernames and aliases",
    destination: "usernames and aliases",
    typed: EMAIL,
    attributes: VERIFIED_EMAIL,
    settings: ALIASES,
  },
  { source: "e-mail addresses", destination: "e-mail addresses", typed: EMAIL, attributes: VERIFIED_EMAIL },
  { source: "phone numbers", destination: "phone numbers", typed: NUMBER, attributes: { phone_number: NUMBER } },
  {
    source: "addresses and numbers",
    destination: "addresses and numbers",
    typed: NUMBER,
    attributes: { phone_number: NUMBER, phone_number_verified: "true" },
  },
  { source: "usernames and aliases", destination: "e-mail addresses", typed: EMAIL, attributes: VERIFIED_EMAIL },
  { source: "e-mail addresses", destination: "usernames", typed: EMAIL, attributes: VERIFIED_EMAIL },
];

const names = (kind: Pick<PoolShape, "usernameAttributes">): string =>
  [...(kind.usernameAttributes ?? [])].sort().join(",") || "none";

describeDeep("users of every kind of pool", (tools) => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await Lab.open(ROOT, tools);
  });
  afterAll(() => lab.close());

  test.each(PAIRS.map((pair, index) => ({ ...pair, index })))(
    "from $source to $destination: both stacks deploy, and $typed keeps the password",
    async ({ index, typed, attributes, settings = {}, ...pair }) => {
      const kinds: Record<"source" | "destination", Omit<PoolShape, "customAttributes">> = {
        source: KINDS[pair.source],
        destination: KINDS[pair.destination],
      };
      const migration = await lab.prepare(`kind-${index}`, SOURCE, DESTINATION, {
        source: { ...kinds.source, customAttributes: [...CUSTOM_ATTRIBUTES.source, ...ODD_NAMES, "secret"] },
        destination: {
          ...kinds.destination,
          customAttributes: [...CUSTOM_ATTRIBUTES.destination, ...ODD_NAMES, FOR_ADMINISTRATORS],
        },
      });
      const project = lab.project();
      await project.synth({ ...migration.settings, ...settings });
      for (const stack of STACKS) await lab.apply(project, migration, stack);

      const sub = randomUUID();
      const odd = Object.fromEntries(ODD_NAMES.map((name, at) => [`custom:${name}`, `value ${at}`]));
      const user = {
        username: pair.source.startsWith("usernames") ? "jane" : sub,
        password: newPassword(),
        attributes: { sub, ...attributes, ...odd, "custom:secret": "stays behind" },
      } satisfies SeedUser;
      const world = await lab.openWorld(project, migration, [user]);
      try {
        const { environment } = world.function.configuration;
        expect(environment).toMatchObject({
          SOURCE_USERNAME_ATTRIBUTES: names(kinds.source),
          DESTINATION_USERNAME_ATTRIBUTES: names(kinds.destination),
        });
        const { destinationSchema } = parseHandlerSettings({
          ...environment,
          AWS_REGION: "eu-central-1",
          AWS_ACCESS_KEY_ID: "ASIAEXAMPLE",
          AWS_SECRET_ACCESS_KEY: "not-a-real-key",
        });
        const writable = [...destinationSchema.keys()].filter((name) => /^(dev|custom):/.test(name));
        expect(writable.sort()).toEqual(
          [...CUSTOM_ATTRIBUTES.destination, ...ODD_NAMES].map((name) => `custom:${name}`).sort(),
        );
        for (const [name, { required }] of destinationSchema)
          expect([name, required]).toEqual([name, (kinds.destination.requiredAttributes ?? []).includes(name)]);

        const people = peopleOf(world.destination);
        expect(await people.signIn(typed, `${user.password}x`)).toBe("NotAuthorizedException");
        expect(await people.signIn(typed, user.password)).toBe("tokens");
        // By the pool itself now.
        expect(await people.signIn(typed, user.password)).toBe("tokens");
        const found = (await people.getUser(typed))?.UserAttributes ?? [];
        expect(Object.fromEntries(found.map(({ Name, Value }) => [Name, Value]))).toEqual({
          ...attributes,
          ...odd,
          sub: expect.any(String),
          "custom:source_sub": sub,
        });
        expect(await people.countUsers()).toBe(1);
        expect(world.decisions.filter(({ allowed }) => !allowed)).toEqual([]);
      } finally {
        await world.close();
      }
      expect([...lab.shim.changed]).toEqual(MENDED);
    },
  );
});
