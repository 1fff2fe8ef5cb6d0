import type { ConfirmedPool } from "../../../cli/aws/confirmed-pool";
import { decideReaders, readersOfStamp } from "../../../cli/pool-change/stamp-readers";
import type { DestinationSettings } from "../../../config/deployment";

const STAMP = "custom:migration";

test.each([
  [["email", STAMP], "ID tokens of these app clients have custom:migration once"],
  [[], "name no ReadAttributes"],
  [undefined, "name no ReadAttributes"],
])("an app client that may read %j is told of", (ReadAttributes, said) => {
  const clients = [
    { ClientName: "web", ...(ReadAttributes && { ReadAttributes }) },
    { ClientName: "other", ReadAttributes: ["email", "custom:migrations"] },
  ];
  expect(decideReaders(clients, STAMP)).toEqual({ problems: [], warnings: [expect.stringContaining(said)] });
  expect(decideReaders(clients, STAMP).warnings[0]).toMatch(/: web\. /);
});

test("nobody is told of where no app client may read it", () => {
  expect(decideReaders([{ ClientName: "web", ReadAttributes: ["email"] }], STAMP)).toEqual({
    problems: [],
    warnings: [],
  });
});

describe("asking AWS", () => {
  const place = (send: () => Promise<object>) =>
    ({ aws: { cognito: () => ({ send, config: {} }) }, side: { userPoolId: "id" } }) as unknown as ConfirmedPool;
  const settings = (migrationStamp: string) => ({ migrationStamp, stampAttribute: STAMP }) as DestinationSettings;

  test("nothing is asked where no user has a stamp", async () => {
    const asked = readersOfStamp(
      place(() => Promise.reject(new Error("asked"))),
      settings("off"),
    );
    await expect(asked).resolves.toEqual({ problems: [], warnings: [] });
  });
});
