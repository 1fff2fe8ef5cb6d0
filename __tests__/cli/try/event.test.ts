import { handedOnName } from "../../../cli/pools/pool-rules";
import { triedEvent } from "../../../cli/try/event";
import { parseDeployment } from "../../../config/deployment";
import { TRIED } from "../../../rules/tried";
import { migrationEvent } from "../../../sandbox/aws/user-pool/migration";
import { BOTH } from "../../support/settings";

const settingsWith = (env: Record<string, string> = {}) => {
  const { destination } = parseDeployment({ ...BOTH, ...env });
  if (destination === undefined) throw new Error("no destination");
  return destination;
};

/** Names of fields, however deep. */
const shape = (value: unknown): unknown =>
  typeof value === "object" && value !== null
    ? Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, shape(inner)]))
    : typeof value;

test.each([
  ["UserMigration_Authentication", "a-password"],
  ["UserMigration_ForgotPassword", undefined],
] as const)("%s: the event is Cognito's but for the mark", (triggerSource, password) => {
  const { [TRIED]: mark, ...event } = triedEvent({ user: "jane", password }, settingsWith()) as Record<string, unknown>;
  expect(mark).toBe(true);
  const cognitos = migrationEvent({
    triggerSource,
    region: "eu-central-1",
    userPoolId: "eu-central-1_Dest0001",
    clientId: "1example",
    userName: "jane",
    ...(password === undefined ? {} : { password }),
  });
  expect(shape(event)).toEqual(shape(cognitos));
  expect(event).toMatchObject({ triggerSource, userPoolId: "eu-central-1_Dest0001", userName: "jane" });
  expect((event["request"] as { password?: string }).password).toBe(password);
});

test.each([
  ["true", "Jane@Example.com"],
  ["false", "jane@example.com"],
])(
  "a name is asked for as Cognito would: with DESTINATION_CASE_SENSITIVE=%s as %s",
  (DESTINATION_CASE_SENSITIVE, asked) => {
    const settings = settingsWith({ DESTINATION_CASE_SENSITIVE });
    expect(handedOnName("Jane@Example.com", settings)).toBe(asked);
    expect(triedEvent({ user: "Jane@Example.com", password: "Pä55" }, settings)).toMatchObject({
      userName: asked,
      request: { password: "Pä55" },
    });
  },
);
