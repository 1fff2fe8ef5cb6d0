import { SIGN_UP_CHECKS } from "../../../cli/preflight/sign-up-checks";
import { givenWith } from "../../support/preflight";
import { decide, facts, type Row, stateOf, testFindings } from "../../support/preflight-findings";

const { source, destination } = facts;

/** The source stack's outputs are elsewhere. */
const UNKNOWN = { outputs: { ...givenWith().outputs, appClientId: undefined } };

const ROWS: readonly Row[] = [
  [
    "administrators as the only recovery",
    "account-recovery",
    "failed",
    {
      destination: {
        ...destination,
        AccountRecoverySetting: { RecoveryMechanisms: [{ Name: "admin_only", Priority: 1 }] },
      },
    },
    {},
    /admin_only/,
  ],
  [
    "codes to numbers without text messages",
    "account-recovery",
    "failed",
    {
      destination: {
        ...destination,
        AccountRecoverySetting: { RecoveryMechanisms: [{ Name: "verified_phone_number", Priority: 1 }] },
      },
    },
    {},
    /sends no text messages/,
  ],
  [
    "Cognito's own e-mail",
    "code-email",
    "warning",
    { destination: { ...destination, EmailConfiguration: {} } },
    {},
    /limited e-mail/,
  ],
  [
    "nothing that is verified",
    "auto-verified-attributes",
    "warning",
    { destination: { ...destination, AutoVerifiedAttributes: [] } },
    {},
    /empty/,
  ],
  [
    "open sign-up at the destination",
    "destination-sign-up",
    "warning",
    { destination: { ...destination, AdminCreateUserConfig: {} } },
    {},
    /Sign-up is open/,
  ],
  [
    "open sign-up at the source",
    "source-sign-up",
    "warning",
    { source: { ...source, AdminCreateUserConfig: { AllowAdminCreateUserOnly: false } } },
    {},
    /Sign-up is open/,
  ],
  [
    "addresses that users may change",
    "source-address-writes",
    "warning",
    { sourceClients: [{ ClientName: "old application", WriteAttributes: ["email"] }] },
    {},
    /old application of the source may write email/,
  ],
  [
    "an app client without a list of what it writes",
    "source-address-writes",
    "warning",
    { sourceClients: [{ ClientName: "old application" }] },
    {},
    /old application of the source may write email/,
  ],
  [
    "an app client that has only the name of the migration's",
    "source-address-writes",
    "warning",
    { sourceClients: [{ ClientId: "2other", ClientName: "migration", WriteAttributes: ["email"] }] },
    {},
    /client migration of the source may write email/,
  ],
  [
    "two app clients of that name, when nobody knows which is the migration's",
    "source-address-writes",
    "warning",
    { sourceClients: [...facts.sourceClients, { ClientId: "2other", ClientName: "migration" }] },
    UNKNOWN,
    /migration and migration of the source may write email/,
  ],
];

testFindings(SIGN_UP_CHECKS, ROWS);

test("an app client of the migration's name is not taken for it while nobody knows its id", () => {
  expect(stateOf(decide({}, UNKNOWN), "source-address-writes")).toBe("skipped");
});
