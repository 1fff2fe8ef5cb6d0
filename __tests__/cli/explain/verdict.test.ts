import { explain } from "../../../cli/explain/explain";
import type { Ending, LogEntry } from "../../../cli/explain/facts";
import { explanationText } from "../../../cli/explain/report";
import type { OutcomeName } from "../../../rules/outcome";
import { factsOf, found, type Scene, side } from "../../support/explain-facts";
import { schema } from "../../support/schema";

const MAIL = { email: "jane@example.com", email_verified: "true" };
const jane = (over = {}) => found("jane", { attributes: MAIL, ...over });

/** Users sign in with e-mail addresses on both sides, and the `sub` comes along. */
const BY_ADDRESS = {
  sourceUsernameAttributes: ["email"],
  destinationUsernameAttributes: ["email"],
  attributeMap: new Map([["sub", "custom:source_sub"]]),
  subAttribute: "custom:source_sub",
} as const;
const byAddress = (username: string, attributes: object = {}, over = {}) =>
  found(username, { ...over, attributes: { sub: username, ...MAIL, ...attributes } });
const ADDRESS = { name: "jane@example.com", rules: BY_ADDRESS };

const line = (over: Partial<LogEntry>): LogEntry => ({
  at: new Date("2026-03-02T09:15:00Z"),
  name: "jane",
  outcome: "not_authorized",
  isForgottenPassword: false,
  isTried: false,
  errorName: undefined,
  ...over,
});
const logged = (...entries: LogEntry[]) => ({ since: new Date("2026-02-01"), entries, keptDays: 90 });

type Shape = readonly [
  what: string,
  scene: Scene,
  ending: Ending,
  outcome: OutcomeName | undefined,
  because: RegExp,
  next: RegExp,
];

const AT_SOURCE_ALONE: readonly Shape[] = [
  ["in neither", {}, "refused", "not_authorized", /signs nobody in by this name/, /Ask by which name/],
  ["with a password", { source: side(jane()) }, "works", "migrated", /should work, and bring/, /run this again/],
  [
    "disabled",
    { source: side(jane({ enabled: false })) },
    "refused",
    "user_disabled",
    /disabled at the source/,
    /AdminEnableUser/,
  ],
  [
    "UNCONFIRMED",
    { source: side(jane({ status: "UNCONFIRMED" })) },
    "refused",
    "user_unconfirmed",
    /never confirmed/,
    /^Have the person confirm the sign-up at the source, with the code\.$/,
  ],
  [
    "EXTERNAL_PROVIDER",
    { source: side(jane({ status: "EXTERNAL_PROVIDER" })) },
    "refused",
    "not_authorized",
    /no password at the source, and signs in through an identity provider/,
    /^Have the person sign in through the identity provider, once it is connected to the destination\.$/,
  ],
  [
    "EXTERNAL_PROVIDER, by an address",
    { ...ADDRESS, source: side(undefined, [byAddress("Google_1", {}, { status: "EXTERNAL_PROVIDER" })]) },
    "refused",
    "not_authorized",
    /signs in through an identity provider/,
    /^Have the person sign in through the identity provider/,
  ],
  [
    "RESET_REQUIRED",
    { source: side(jane({ status: "RESET_REQUIRED" })) },
    "needs_new_password",
    "migrated_reset_required",
    /set by a code/,
    /type the code/,
  ],
  [
    "RESET_REQUIRED, refused by a setting",
    { source: side(jane({ status: "RESET_REQUIRED" })), policies: { unprovenPassword: "refuse" } },
    "refused",
    "password_unproven",
    /UNPROVEN_PASSWORD is refuse/,
    /set a password at the source/,
  ],
  [
    "RESET_REQUIRED, and no code could reach",
    { source: side(found("jane", { status: "RESET_REQUIRED" })) },
    "refused",
    "no_recovery_channel",
    /neither a verified/,
    /^Only once the person has proven who they are.* verified at the source/,
  ],
  [
    "FORCE_CHANGE_PASSWORD",
    { source: side(jane({ status: "FORCE_CHANGE_PASSWORD" })) },
    "needs_new_password",
    "migrated_reset_required",
    /set by a code/,
    /type the code/,
  ],
  [
    "COMPROMISED",
    { source: side(jane({ status: "COMPROMISED" })) },
    "refused",
    "user_status",
    /At the source the user is COMPROMISED/,
    /Watch/,
  ],
  ["ARCHIVED", { source: side(jane({ status: "ARCHIVED" })) }, "refused", "user_status", /is ARCHIVED/, /Watch/],
  ["UNKNOWN", { source: side(jane({ status: "UNKNOWN" })) }, "refused", "user_status", /is UNKNOWN/, /Watch/],
  [
    "of a status that AWS has new",
    { source: side(jane({ status: "FROZEN" })) },
    "refused",
    "user_status_unknown",
    /is FROZEN/,
    /Watch/,
  ],
  [
    "with a second factor",
    { source: side(jane({ factors: ["SOFTWARE_TOKEN_MFA"] })) },
    "refused",
    "mfa",
    /second factor/,
    /MFA_POLICY/,
  ],
  [
    "with a second factor that is left behind",
    { source: side(jane({ factors: ["SOFTWARE_TOKEN_MFA"] })), policies: { mfaPolicy: "allow" } },
    "works",
    "migrated",
    /should work/,
    /run this again/,
  ],
  [
    "with text messages, carried over",
    {
      source: side(
        jane({ factors: ["SMS_MFA"], attributes: { phone_number: "+15550100", phone_number_verified: "true" } }),
      ),
      policies: { mfaPolicy: "sms" },
    },
    "works",
    "migrated",
    /should work/,
    /run this again/,
  ],
  [
    "with two factors, of which one would be carried over",
    { source: side(jane({ factors: ["SMS_MFA", "EMAIL_OTP"] })), policies: { mfaPolicy: "sms" } },
    "refused",
    "mfa",
    /second factor/,
    /MFA_POLICY/,
  ],
  [
    "where the source demands a factor",
    { source: side(jane()), sourceMfaConfiguration: "ON", policies: { sourceMfaConfiguration: "ON" } },
    "refused",
    "mfa",
    /second factor/,
    /MFA_POLICY/,
  ],
  [
    "RESET_REQUIRED where the source demands a factor",
    {
      source: side(jane({ status: "RESET_REQUIRED" })),
      sourceMfaConfiguration: "ON",
      policies: { sourceMfaConfiguration: "ON" },
    },
    "refused",
    "mfa",
    /second factor/,
    /MFA_POLICY/,
  ],
  [
    "by an alias, at a destination that has none",
    { name: MAIL.email, rules: { sourceAliasAttributes: ["email"] }, source: side(jane()) },
    "refused",
    "sign_in_name",
    /is not, or is not verified as, one by which this user can sign in/,
    /^Have the person type the username shown above\./,
  ],
  [
    "by a number that only has to be verified",
    {
      name: "+15550100",
      rules: { sourceUsernameAttributes: ["phone_number"], destinationAliasAttributes: ["email", "phone_number"] },
      source: side(found("u-1", { attributes: { sub: "u-1", phone_number: "+15550100" } })),
    },
    "refused",
    "sign_in_name",
    /is not verified as, one by which/,
    /^Only once the person has proven who they are.* have the phone_number verified at the source, then let the person/,
  ],
  [
    "by the sub",
    { name: "sub-of-jane", source: side(jane()) },
    "refused",
    "sign_in_name",
    /is not verified as, one by which/,
    /^Have the person type the username shown above\./,
  ],
  [
    "by an address that is no name at the source",
    { name: MAIL.email, source: side(undefined, [jane()]) },
    "refused",
    "not_authorized",
    /it is the user's email, verified/,
    /^Have the person type the username shown above\./,
  ],
  [
    "by an address that is no name at the source, of who has a second factor",
    { name: MAIL.email, source: side(undefined, [jane({ factors: ["SOFTWARE_TOKEN_MFA"] })]) },
    "refused",
    "not_authorized",
    /email, verified\. By the username it goes on like this\. The function refuses it.* mfa, /,
    /^Have the person type the username.*\nLet MFA_POLICY/,
  ],
  [
    "by an address that is no name at the source, of who is disabled",
    { name: MAIL.email, source: side(undefined, [jane({ enabled: false })]) },
    "refused",
    "not_authorized",
    /By the username it goes on like this\. .* user_disabled, /,
    /^Have the person type the username.*\nFind out who disabled/,
  ],
  ...(
    [
      ["is disabled", { enabled: false }, "user_disabled", "Find out who disabled"],
      ["has a second factor", { factors: ["SOFTWARE_TOKEN_MFA"] }, "mfa", "Let MFA_POLICY"],
    ] as const
  ).map(
    ([who, more, outcome, next]): Shape => [
      `by the sub, of who ${who}`,
      { name: "sub-of-jane", source: side(jane(more as Parameters<typeof jane>[0])) },
      "refused",
      outcome,
      /whatever the password: .* The typed name could not migrate this user, either\.$/,
      new RegExp(`^${next}.*\nHave the person type the username shown above`),
    ],
  ),
  [
    "by the sub, of who must set a new password",
    { name: "sub-of-jane", source: side(jane({ status: "RESET_REQUIRED" })) },
    "refused",
    "sign_in_name",
    /By the username it goes on like this\. .* a new one is set by a code/,
    /^Have the person type the username.*\nHave the person sign in once/,
  ],
  [
    "by an address that nobody verified, and no name of the person works",
    {
      name: "jane@example.com",
      rules: { destinationUsernameAttributes: ["email"] },
      source: side(undefined, [found("jane", { attributes: { email: MAIL.email } })]),
    },
    "refused",
    "not_authorized",
    /email, not verified/,
    /No name of this person works/,
  ],
  [
    "an address that is required and not proven",
    {
      rules: {
        destinationAliasAttributes: [],
        destinationUsernameAttributes: ["phone_number"],
        sourceUsernameAttributes: ["email"],
      },
      name: MAIL.email,
      source: side(byAddress("u-1")),
    },
    "refused",
    "sign_in_name",
    /is not verified as, one by which/,
    /No name of this person works/,
  ],
  [
    "two of the source have the address, and it signs neither in",
    { name: MAIL.email, source: side(undefined, [jane(), found("jack", { attributes: MAIL })]) },
    "refused",
    "not_authorized",
    /signs nobody in/,
    /Ask by which name/,
  ],
  [
    "in other letters than the source has",
    { name: "JANE", source: side(undefined, [jane()]) },
    "refused",
    "not_authorized",
    /it is the user's username/,
    /^Have the person type the username shown above\./,
  ],
  [
    "with capitals, which the destination does not hand on",
    {
      name: "Jane",
      rules: { destinationCaseSensitive: false },
      source: { typed: found("Jane"), handedOn: undefined, users: [found("Jane")] },
    },
    "refused",
    "not_authorized",
    /asks for the name in lower case/,
    /No name of this person works/,
  ],
  [
    "with capitals, and in lower case it is another's",
    {
      name: "Jane",
      rules: { destinationCaseSensitive: false },
      source: side(found("Jane", { attributes: MAIL }), [jane()], jane()),
    },
    "refused",
    "not_authorized",
    /asks for the name in lower case/,
    /No name/,
  ],
  [
    "a name that nobody can have",
    { name: "jane doe" },
    "refused",
    "username_invalid",
    /no user pool can have/,
    /space/,
  ],
];

const HERE = { ...MAIL, sub: "sub-here" };
const arrived = (attributes = {}) => byAddress("d-1", { "custom:source_sub": "u-1", ...attributes });

const AT_DESTINATION: readonly Shape[] = [
  [
    "migrated, by the sub",
    { ...ADDRESS, source: side(byAddress("u-1")), destination: side(arrived()) },
    "works",
    undefined,
    /should work, with the password that the user has there/,
    /forgot password/,
  ],
  [
    "migrated, by the name",
    { source: side(jane()), destination: side(found("jane", { attributes: HERE })) },
    "works",
    undefined,
    /should work, with the password/,
    /forgot password/,
  ],
  [
    "migrated, and gone from the source",
    { destination: side(found("jane", { attributes: HERE })) },
    "works",
    undefined,
    /with the password that the user has there/,
    /forgot password/,
  ],
  [
    "migrated, with a factor there",
    { source: side(jane()), destination: side(found("jane", { factors: ["SMS_MFA"] })) },
    "works",
    undefined,
    /asked for: SMS_MFA/,
    /forgot password/,
  ],
  [
    "migrated, and disabled on both sides",
    { source: side(jane({ enabled: false })), destination: side(found("jane", { enabled: false })) },
    "refused",
    undefined,
    /disabled, as at the source/,
    /at the destination \(AdminEnableUser\)/,
  ],
  [
    "migrated, and disabled there alone",
    { source: side(jane()), destination: side(found("jane", { enabled: false })) },
    "refused",
    undefined,
    /The user there is disabled\.$/,
    /AdminEnableUser/,
  ],
  [
    "RESET_REQUIRED, awaiting a code",
    { source: side(jane()), destination: side(found("jane", { status: "RESET_REQUIRED", attributes: HERE })) },
    "needs_new_password",
    undefined,
    /new password by a code/,
    /type the code/,
  ],
  [
    "RESET_REQUIRED, stranded",
    { source: side(jane()), destination: side(found("jane", { status: "RESET_REQUIRED" })) },
    "refused",
    undefined,
    /no verified address/,
    /^Only once the person has proven who they are/,
  ],
  [
    "FORCE_CHANGE_PASSWORD",
    { source: side(jane()), destination: side(found("jane", { status: "FORCE_CHANGE_PASSWORD" })) },
    "needs_new_password",
    undefined,
    /only the temporary password works/,
    /RESEND/,
  ],
  [
    "signed up there, never confirmed",
    { ...ADDRESS, source: side(byAddress("u-1")), destination: side(byAddress("d-1", {}, { status: "UNCONFIRMED" })) },
    "refused",
    undefined,
    /never confirmed/,
    /Delete a user at the destination/,
  ],
  [
    "signed up there under the same address",
    {
      ...ADDRESS,
      rules: { ...BY_ADDRESS, subAttribute: undefined },
      source: side(byAddress("u-1")),
      destination: side(byAddress("d-1", { email_verified: "false" })),
    },
    "works",
    undefined,
    /not known to have come from the source/,
    /Two people may claim this name/,
  ],
  [
    "another user of the source has come under the address",
    { ...ADDRESS, source: side(byAddress("u-1")), destination: side(byAddress("d-1", { "custom:source_sub": "u-2" })) },
    "refused",
    undefined,
    /another user of the source/,
    /^Two people may claim this name/,
  ],
  [
    "there under another address, while somebody else has this one",
    {
      ...ADDRESS,
      source: side(byAddress("u-1")),
      destination: side(byAddress("d-2"), [arrived({ email: "new@example.com" })]),
    },
    "works",
    undefined,
    /not known to have come from the source/,
    /Two people may claim this name/,
  ],
  [
    "two of the source have the address, and one of them is there",
    {
      name: MAIL.email,
      rules: { sourceAliasAttributes: ["email"], destinationUsernameAttributes: ["email"] },
      source: side(jane(), [found("jack", { attributes: MAIL })]),
      destination: side(byAddress("d-1")),
    },
    "works",
    undefined,
    /not known to have come from the source/,
    /Two people may claim this name/,
  ],
  [
    "another user of the source has come under the address, disabled since, and the sign-up never confirmed",
    {
      ...ADDRESS,
      source: side(byAddress("u-1")),
      destination: side(byAddress("d-1", { "custom:source_sub": "u-2" }, { enabled: false, status: "UNCONFIRMED" })),
    },
    "refused",
    undefined,
    /another user of the source/,
    /^Two people may claim this name/,
  ],
  [
    "somebody at the source has written the name into the profile, and the destination has its owner",
    {
      ...ADDRESS,
      rules: { ...BY_ADDRESS, sourceUsernameAttributes: [] },
      source: side(undefined, [byAddress("u-1", { email_verified: "false" })]),
      destination: side(byAddress("d-1")),
    },
    "works",
    undefined,
    /with the password that the user has there\.$/,
    /^If it does not: .*forgot password" sets a new one\.$/,
  ],
  [
    "RESET_REQUIRED there, and not known to be this one",
    {
      ...ADDRESS,
      source: side(byAddress("u-1")),
      destination: side(byAddress("d-1", {}, { status: "RESET_REQUIRED" })),
    },
    "needs_new_password",
    undefined,
    /must set a new password/,
    /type the code/,
  ],
  [
    "through a provider there",
    { source: side(jane()), destination: side(found("jane", { status: "EXTERNAL_PROVIDER" })) },
    "refused",
    undefined,
    /identity provider/,
    /provider/,
  ],
  [
    "of a status that nobody knows",
    { source: side(jane()), destination: side(found("jane", { status: "FROZEN" })) },
    "unknown",
    undefined,
    /FROZEN/,
    /console/,
  ],
  [
    "there under another name",
    { ...ADDRESS, name: "u-1", source: side(byAddress("u-1")), destination: side(undefined, [arrived()]) },
    "refused",
    "sign_in_name",
    /already, and signs in there with the email\./,
    /^Have the person type the email shown above\./,
  ],
  [
    "there under another name, and disabled there",
    {
      ...ADDRESS,
      name: "u-1",
      source: side(byAddress("u-1")),
      destination: side(undefined, [byAddress("d-1", { "custom:source_sub": "u-1" }, { enabled: false })]),
    },
    "refused",
    "sign_in_name",
    /By the email it goes on like this\. .*The user there is disabled/,
    /^Have the person type the email.*\nFind out who disabled .*at the destination/,
  ],
  [
    "there already, and with a factor at the source that would be refused",
    {
      ...ADDRESS,
      name: "u-1",
      source: side(byAddress("u-1", {}, { factors: ["EMAIL_OTP"] })),
      destination: side(undefined, [arrived()]),
    },
    "refused",
    "mfa",
    /signs in there with the email\.$/,
    /^Have the person type the email shown above\. Do not read it out: the person who asks may be somebody else\.$/,
  ],
  [
    "there through a provider",
    {
      ...ADDRESS,
      name: "u-1",
      source: side(byAddress("u-1")),
      destination: side(undefined, [
        byAddress("Google_1", { "custom:source_sub": "u-1" }, { status: "EXTERNAL_PROVIDER" }),
      ]),
    },
    "refused",
    "sign_in_name",
    /already, and signs in there through an identity provider\.$/,
    /^Have the person sign in through that provider\.$/,
  ],
  [
    "there under the username, and the alias went to nobody",
    {
      name: MAIL.email,
      rules: { sourceAliasAttributes: ["email"], destinationAliasAttributes: ["email"] },
      source: side(jane()),
      destination: side(undefined, [found("jane")]),
    },
    "refused",
    "migrated",
    /already, and signs in there with the username/,
    /type the username/,
  ],
  [
    "another there has the alias that would come along",
    {
      rules: { destinationAliasAttributes: ["email"] },
      source: side(jane()),
      destination: side(undefined, [found("jack", { attributes: MAIL })]),
    },
    "refused",
    "migrated",
    /Cognito refuse to make it/,
    /again and again/,
  ],
];

const MACHINERY: readonly Shape[] = [
  [
    "no trigger",
    { source: side(jane()), trigger: "none" },
    "refused",
    undefined,
    /no user migration trigger is attached: users who are not at the destination yet are refused as unknown\.$/,
    /^While the migration goes on: npx cognito-migration attach --client APP_CLIENT_ID\. After a cut-over: npx cognito-migration import /,
  ],
  [
    "no trigger, and a second factor",
    { source: side(jane({ factors: ["EMAIL_OTP"] })), trigger: "none" },
    "refused",
    undefined,
    /no user migration trigger .* With the trigger it would be no better\. .* mfa, /,
    /^Let MFA_POLICY.*\nWhile the migration goes on: /,
  ],
  [
    "no trigger, and nobody of the name",
    { trigger: "none" },
    "refused",
    undefined,
    /no better\. .*The source signs nobody in by this name/,
    /^Ask by which name.*\nWhile/,
  ],
  [
    "no trigger, and there under another name",
    {
      ...ADDRESS,
      name: "u-1",
      source: side(byAddress("u-1")),
      destination: side(undefined, [arrived()]),
      trigger: "none",
    },
    "refused",
    undefined,
    /no better\. .*signs in there with the email\.$/,
    /^Have the person type the email shown above\. [^\n]*$/,
  ],
  [
    "no trigger, and no function any more",
    { source: side(jane()), trigger: "none", function: { kind: "absent" } },
    "refused",
    undefined,
    /are refused as unknown\.$/,
    /npx cognito-migration import /,
  ],
  [
    "another's trigger",
    { source: side(jane()), trigger: "another" },
    "unknown",
    undefined,
    /not this migration's function/,
    /preflight/,
  ],
  [
    "the function is gone",
    { source: side(jane()), function: { kind: "absent" } },
    "fails",
    undefined,
    /not there/,
    /deploy destination/,
  ],
  [
    "the function's environment is broken",
    { source: side(jane()), function: { kind: "malformed", because: "malformed: MFA_POLICY" } },
    "fails",
    "misconfigured",
    /MFA_POLICY/,
    /deploy destination/,
  ],
  [
    "the function is another pool's",
    { source: side(jane()), policies: { destinationUserPoolId: "eu-central-1_Other0001" } },
    "fails",
    "unexpected_event",
    /another user pool/,
    /Watch/,
  ],
  [
    "the function takes the source for one without usernames",
    { source: side(jane()), policies: { sourceUsernameAttributes: ["email"] } },
    "fails",
    "misconfigured",
    /not as deployed/,
    /Watch/,
  ],
  [
    "handed over before, and still not there",
    { source: side(jane()), log: logged(line({ outcome: "migrated" })) },
    "unknown",
    "migrated",
    /handed this name over at 2026-03-02 09:15 UTC/,
    /again and again/,
  ],
  [
    "handed over under another name",
    { source: side(jane()), log: logged(line({ outcome: "migrated", name: "other" })) },
    "works",
    "migrated",
    /should work/,
    /run this again/,
  ],
  [
    "only tried",
    { source: side(jane()), log: logged(line({ outcome: "migrated", isTried: true })) },
    "works",
    "migrated",
    /should work/,
    /run this again/,
  ],
  [
    "a wrong password before",
    { source: side(jane()), log: logged(line({})) },
    "works",
    "migrated",
    /should work/,
    /ended as not_authorized, wrong password/,
  ],
  [
    "locked out before",
    { source: side(jane()), log: logged(line({ outcome: "too_many_attempts" })) },
    "works",
    "migrated",
    /should work/,
    /locked the user out/,
  ],
];

test.each([...AT_SOURCE_ALONE, ...AT_DESTINATION, ...MACHINERY])(
  "%s",
  async (_, scene, ending, outcome, because, next) => {
    const { verdict } = await explain(factsOf(scene));
    expect([verdict.ending, verdict.outcome]).toEqual([ending, outcome]);
    expect(verdict.because).toMatch(because);
    expect(verdict.next.length).toBeGreaterThan(0);
    expect(verdict.next.length).toBeLessThan(3);
    expect(verdict.next.join("\n")).toMatch(next);
  },
);

/** What gives the account to somebody, or takes it from somebody. */
const TAKES_OVER =
  /[Dd]elete|AdminConfirmSignUp|AdminSetUserPassword|AdminUpdateUserAttributes|off the user|migration try|verified at/;

test.each([...AT_SOURCE_ALONE, ...AT_DESTINATION, ...MACHINERY])(
  "nothing that a name and a password would give away, and no address to tell a caller: %s",
  async (_, scene) => {
    const { verdict } = await explain(factsOf(scene));
    for (const step of verdict.next)
      if (TAKES_OVER.test(step))
        expect(step).toContain("Only once the person has proven who they are, otherwise than by name and password:");
    expect(verdict.next.join("\n")).not.toMatch(/@example|\+1555|\bjane\b/);
    expect(verdict.because).not.toMatch(/@example|\+1555|\bjane\b/);
  },
);

test("a user whose sub came along is never deleted on the word of another", async () => {
  for (const status of ["CONFIRMED", "RESET_REQUIRED", "UNCONFIRMED", "FORCE_CHANGE_PASSWORD", "EXTERNAL_PROVIDER"])
    for (const enabled of [true, false]) {
      const other = byAddress("d-1", { "custom:source_sub": "u-2" }, { status, enabled });
      const { verdict } = await explain(
        factsOf({ ...ADDRESS, source: side(byAddress("u-1")), destination: side(other) }),
      );
      expect([status, enabled, verdict.next]).toEqual([
        status,
        enabled,
        [expect.stringMatching(/^Two people may claim/)],
      ]);
    }
});

test("where the sub comes along, who has none is not known to have come", async () => {
  const scene = { ...ADDRESS, source: side(byAddress("u-1")), destination: side(byAddress("d-1")) };
  expect((await explain(factsOf(scene))).destination).toMatchObject([{ cameFromSource: "not known" }]);
  const carried = { ...scene, destination: side(arrived()) };
  expect((await explain(factsOf(carried))).destination).toMatchObject([{ cameFromSource: "by sub" }]);
  const byName = { ...scene, rules: { ...BY_ADDRESS, subAttribute: undefined } };
  expect((await explain(factsOf(byName))).destination).toMatchObject([{ cameFromSource: "by name" }]);
});

test("no name of who signs in through a provider is shown as one that works", async () => {
  const provider = { status: "EXTERNAL_PROVIDER" };
  const google = byAddress("Google_1", {}, provider);
  for (const scene of [
    { ...ADDRESS, name: "Google_1", source: side(google) },
    { ...ADDRESS, source: side(undefined, [google]) },
    { name: "Google_1", source: side(google) },
    { name: "u-1", source: side(byAddress("u-1")), destination: side(found("u-1", provider)) },
  ]) {
    const explanation = await explain(factsOf(scene));
    const federated = [...explanation.source, ...explanation.destination].filter(
      (one) => one.status === provider.status,
    );
    expect(federated).toMatchObject([{ signsIn: false }]);
    expect(explanation.destination.flatMap(({ names }) => names)).toEqual([]);
    expect(explanation.names.length).toBeGreaterThan(0);
    for (const row of explanation.names) expect(row).toMatchObject({ worksAfterwards: false });
    if (explanation.destination.length === 0)
      for (const row of explanation.names)
        expect(row).toMatchObject({
          worksAtSource: false,
          worksAtFirst: false,
          because: "the user signs in through an identity provider",
        });
    else expect(explanationText(explanation)).toContain("signs in through an identity provider");
  }
});

test.each([
  ["migrated", /would migrate \(nobody was made\)/],
  ["migrated_reset_required", /would migrate, and set a new password by a code \(nobody was made\)/],
  ["mfa", /has, or may have, a second factor/],
])("of a tried %s nothing is said to have been handed over", async (outcome, means) => {
  const text = explanationText(
    await explain(factsOf({ source: side(jane()), log: logged(line({ outcome, isTried: true })) })),
  );
  expect(text).toMatch(new RegExp(`tried by an operator +${means.source}`));
  expect(text).not.toMatch(/tried by an operator.*handed over/);
});

test("a name with a line break makes no line of its own", async () => {
  const text = explanationText(await explain(factsOf({ name: "jane\nWhat to do\nDelete jack", source: side(jane()) })));
  expect(text.split("\n").filter((one) => one === "What to do")).toHaveLength(1);
  expect(text).toContain("jane\\u000aWhat to do\\u000aDelete jack");
});

test.each([
  [
    "a wrong password, and an app that uses SRP",
    { source: side(jane()) },
    [/wrong one is refused \(not_authorized\)/, /SRP/],
  ],
  [
    "a temporary password that has expired",
    { source: side(jane({ status: "FORCE_CHANGE_PASSWORD" })) },
    [/wrong one/, /expired/, /SRP/],
  ],
  [
    "factors that were not read",
    { source: side(jane({ factors: undefined })) },
    [/wrong one/, /SRP/, /factors were not read/],
  ],
  ["which factor the source demands", { source: side(jane()), sourceMfaConfiguration: "ON" }, [/which second factor/]],
  [
    "who of two comes first",
    {
      rules: { destinationAliasAttributes: ["email"] as const },
      source: side(jane(), [found("jack", { attributes: MAIL })]),
    },
    [/wrong one/, /1 more at the source has the same address/, /SRP/],
  ],
  [
    "what Cognito makes of who lacks what the destination requires",
    { source: side(jane()), rules: { destinationSchema: schema(["email"], { given_name: { required: true } }) } },
    [/wrong one/, /SRP/, /^whether Cognito makes the user: the destination requires given_name, and nothing arrives/],
  ],
  ["nothing, of who is disabled", { source: side(jane({ enabled: false })) }, []],
  ["a password that was changed there", { source: side(jane()), destination: side(found("jane")) }, [/changed there/]],
] as const)("says that it cannot know %s", async (_, scene, expected) => {
  const { unknowable } = (await explain(factsOf(scene as Scene))).verdict;
  expect(unknowable).toEqual(expected.map((pattern) => expect.stringMatching(pattern)));
});

test("no text has anything of a profile but names, nor the key of the log", async () => {
  const secret = {
    name: "Jane Secret",
    birthdate: "1970-01-01",
    address: "1 Secret Street",
    identities: '[{"providerName":"Shown","userId":"secret-id"}]',
  };
  const stranger = found("stranger", { attributes: { phone_number: "+15550100", phone_number_verified: "true" } });
  const person = jane({ attributes: { ...secret, phone_number: "+15550100", phone_number_verified: "true" } });
  const facts = factsOf({
    source: side(person, [stranger]),
    destination: side(undefined, [stranger]),
    rules: { destinationAliasAttributes: ["phone_number"] },
  });
  const explanation = await explain(facts);
  for (const text of [explanationText(explanation), JSON.stringify(explanation)]) {
    expect(text).toContain("Shown");
    expect(text).toContain("+15550100");
    expect(text).not.toMatch(/secret|1970|stranger|a-key-that/i);
  }
});

test("what was not read is said, and nothing is claimed of it", async () => {
  const facts = factsOf({
    source: side(jane({ factors: undefined })),
    log: { because: "AccessDeniedException" },
    unread: ["The function's log: AccessDeniedException"],
  });
  const text = explanationText(await explain(facts));
  expect(text).toMatch(/second factors: not read/);
  expect(text).toMatch(/Not read, so nothing is said of it\nThe function's log: AccessDeniedException$/);
  expect(text).not.toMatch(/What the function logged|Nothing\./);
});
