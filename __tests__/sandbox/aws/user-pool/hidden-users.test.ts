import type { SeedUserPool } from "../../../../sandbox/aws/user-pool/seed";
import { CLIENT, named, PASSWORD, type Subject, seedUser, userPool } from "../../../support/user-pool";

// https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-managing-errors.html
const application = { id: CLIENT, name: "a", explicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH"] };
const telling: SeedUserPool["appClients"] = [application];
const hiding: SeedUserPool["appClients"] = [{ ...application, settings: { PreventUserExistenceErrors: "ENABLED" } }];

interface Shape {
  readonly seed: Partial<SeedUserPool>;
  readonly user: typeof seedUser;
  /** As the same person types it, the first and the second time. */
  readonly typed: readonly [string, string];
  /** Where a code goes, as Cognito shows it. */
  readonly destination: string;
}

const byNumber: typeof seedUser = (name, more) =>
  named(name, {
    ...more,
    attributes: { phone_number: "+15550100", phone_number_verified: "true", ...more?.attributes },
  });
const PHONE = { usernameAttributes: ["phone_number" as const], requiredAttributes: ["phone_number"] };
const SHAPES: readonly (readonly [string, Shape])[] = [
  [
    "an e-mail address",
    { seed: {}, user: seedUser, typed: ["a@example.com", "a@example.com"], destination: "a***@e***" },
  ],
  [
    "an e-mail address in capitals",
    { seed: {}, user: seedUser, typed: ["A@Example.com", "a@EXAMPLE.com"], destination: "a***@e***" },
  ],
  ["a phone number", { seed: PHONE, user: byNumber, typed: ["+15550100", "+15550100"], destination: "+*******0100" }],
];
const UNVERIFIED = { email_verified: "false", phone_number_verified: "false" };
const NOBODY_REACHES = [
  ["nobody", undefined, "UserNotFoundException: Username/client id combination not found."],
  ["a disabled user", { enabled: false }, "NotAuthorizedException: User is disabled."],
  [
    "a user without a verified address",
    { attributes: UNVERIFIED },
    "InvalidParameterException: Cannot reset password for the user as there is no registered/verified email or phone_number",
  ],
] as const;

describe.each(SHAPES)("a forgotten password, by %s", (_, { seed, user, typed: [first, second], destination }) => {
  const forgot = { ClientId: CLIENT, Username: first };
  const other = { Password: "Aa1-other-one" };

  /** To what an app may send before a code is asked for, to asking, and to a wrong code. */
  async function answersOf({ call, refusal }: Subject): Promise<readonly unknown[]> {
    const confirm = (more: object) => refusal("ConfirmForgotPassword", { ...forgot, Username: second, ...more });
    return [
      await confirm(other),
      await confirm({ Password: "weak", ConfirmationCode: "x" }),
      await confirm({ ...other, ConfirmationCode: "x" }),
      (await call("ForgotPassword", forgot)).CodeDeliveryDetails,
      await confirm({ ...other, ConfirmationCode: "x" }),
    ];
  }

  describe.each(NOBODY_REACHES)("of %s", (_who, more, told) => {
    const users = more === undefined ? [] : [user("a", more)];

    test("is told by a client that does not hide users", async () => {
      const { refusal, codes } = userPool({ ...seed, users, appClients: telling });
      expect(await refusal("ForgotPassword", forgot)).toBe(told);
      expect(codes).toEqual([]);
    });

    test("is answered as anybody's by one that does, and no code goes out", async () => {
      const hidden = userPool({ ...seed, users, appClients: hiding });
      const answers = await answersOf(hidden);
      expect(answers).toEqual(await answersOf(userPool({ ...seed, users: [user("a")], appClients: hiding })));
      expect(answers).toEqual([
        expect.stringContaining("InvalidParameterException"),
        expect.stringContaining("InvalidPasswordException"),
        expect.stringContaining("ExpiredCodeException"),
        expect.objectContaining({ Destination: destination }),
        expect.stringContaining("CodeMismatchException"),
      ]);
      expect(hidden.codes).toEqual([]);
    });
  });

  test.each([
    ["tells", telling, "NotAuthorizedException: User is disabled."],
    ["hides users", hiding, "CodeMismatchException"],
  ])(
    "is not replaced by who is disabled since, where a client %s, but by who is enabled again",
    async (_client, appClients, refused) => {
      const { call, refusal, codes } = userPool({ ...seed, users: [user("a")], appClients });
      await call("ForgotPassword", forgot);
      const confirm = { ...forgot, ...other, ConfirmationCode: codes[0] };
      await call("AdminDisableUser", { Username: first });
      expect(await refusal("ConfirmForgotPassword", confirm)).toContain(refused);
      expect(await refusal("ForgotPassword", forgot)).toBe(appClients === hiding ? undefined : refused);
      await call("AdminEnableUser", { Username: first });
      expect(await refusal("ConfirmForgotPassword", confirm)).toBeUndefined();
      expect(await refusal("ConfirmForgotPassword", confirm)).toContain("ExpiredCodeException");
    },
  );
});

describe("the confirmation of a sign-up", () => {
  const at = { ClientId: CLIENT, Username: "A@example.com" };

  async function answersOf({ call, refusal }: Subject): Promise<readonly unknown[]> {
    const confirm = (more: object) => refusal("ConfirmSignUp", { ...at, ...more });
    return [
      await confirm({}),
      await confirm({ ConfirmationCode: "x" }),
      (await call("ResendConfirmationCode", at)).CodeDeliveryDetails,
      await confirm({ ConfirmationCode: "x" }),
    ];
  }

  test("answers nobody and a disabled user as anybody, where users are hidden, and sends nothing", async () => {
    const somebody = userPool({
      users: [seedUser("a", { status: "UNCONFIRMED", attributes: UNVERIFIED })],
      appClients: hiding,
    });
    const expected = await answersOf(somebody);
    expect(expected).toEqual([
      expect.stringContaining("InvalidParameterException"),
      expect.stringContaining("ExpiredCodeException"),
      expect.objectContaining({ Destination: "a***@e***" }),
      expect.stringContaining("CodeMismatchException"),
    ]);
    const nobody = userPool({ appClients: hiding });
    expect(await answersOf(nobody)).toEqual(expected);
    const disabled = userPool({ appClients: hiding });
    await disabled.call("SignUp", { ...at, Password: PASSWORD });
    await disabled.call("AdminDisableUser", at);
    expect(await answersOf(disabled)).toEqual(expected);
    const [code] = disabled.codes;
    expect(await disabled.refusal("ConfirmSignUp", { ...at, ConfirmationCode: code })).toContain("CodeMismatch");
    expect([nobody.codes.length, disabled.codes.length]).toEqual([0, 1]);
  });
});
