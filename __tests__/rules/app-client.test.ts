import { reasonToLeave } from "../../cli/attach/decide";
import { audienceOf } from "../../rules/app-client";
import { decide, facts } from "../support/preflight-findings";

const CODE = { AllowedOAuthFlows: ["code"], AllowedOAuthFlowsUserPoolClient: true };
const MACHINE = { AllowedOAuthFlows: ["client_credentials"], AllowedOAuthFlowsUserPoolClient: true };
const flows = (...names: string[]) => ({ ExplicitAuthFlows: names });

/**
 * Whom it is for; whether `attach --all-clients` gives it the password flow or leaves it; whether `preflight` says that the trigger
 * fires for it, recommends a flow, or leaves it alone.
 */
const SHAPES: readonly (readonly [name: string, client: object, string, "gives" | "leaves", string])[] = [
  ["nothing said", {}, "people", "gives", "recommends"],
  ["an empty list of flows", flows(), "people", "gives", "recommends"],
  ["SRP", flows("ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"), "people", "gives", "recommends"],
  ["choice-based sign-in", flows("ALLOW_USER_AUTH"), "people", "gives", "recommends"],
  ["custom authentication", flows("ALLOW_CUSTOM_AUTH"), "people", "gives", "recommends"],
  ["custom authentication, old spelling", flows("CUSTOM_AUTH_FLOW_ONLY"), "people", "gives", "recommends"],
  ["the password flow", flows("ALLOW_USER_PASSWORD_AUTH"), "people", "gives", "fires"],
  ["the password flow, old spelling", flows("USER_PASSWORD_AUTH"), "people", "gives", "fires"],
  ["a server", flows("ALLOW_ADMIN_USER_PASSWORD_AUTH"), "server", "leaves", "fires"],
  ["a server, old spelling", flows("ADMIN_NO_SRP_AUTH"), "server", "leaves", "fires"],
  ["a server and SRP", flows("ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH"), "server", "leaves", "fires"],
  [
    "a server and apps",
    flows("ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_USER_PASSWORD_AUTH"),
    "people",
    "gives",
    "fires",
  ],
  ["managed login", { ...CODE, SupportedIdentityProviders: ["COGNITO"] }, "people", "gives", "fires"],
  ["providers alone", { ...CODE, SupportedIdentityProviders: ["Google"] }, "people", "gives", "recommends"],
  ["a machine", MACHINE, "machines", "leaves", "leaves alone"],
  [
    "a machine as the console makes it",
    { ...MACHINE, ...flows("ALLOW_REFRESH_TOKEN_AUTH") },
    "machines",
    "leaves",
    "leaves alone",
  ],
  [
    "a machine with SRP, which nobody took off",
    { ...MACHINE, ...flows("ALLOW_USER_SRP_AUTH") },
    "machines",
    "leaves",
    "leaves alone",
  ],
  ["a machine and people", { AllowedOAuthFlows: ["code", "client_credentials"] }, "people", "gives", "recommends"],
  ["a machine that sends passwords", { ...MACHINE, ...flows("ALLOW_USER_PASSWORD_AUTH") }, "people", "gives", "fires"],
  ["one that registered itself", { ...CODE, ClientType: "DCR" }, "third_party", "leaves", "leaves alone"],
  [
    "one that registered itself, as a machine",
    { ...MACHINE, ClientType: "DCR" },
    "third_party",
    "leaves",
    "leaves alone",
  ],
  [
    "one that registered itself, with passwords",
    { ...flows("ALLOW_USER_PASSWORD_AUTH"), ClientType: "DCR" },
    "third_party",
    "leaves",
    "leaves alone",
  ],
  [
    "of a kind that is told",
    { ...flows("ALLOW_USER_SRP_AUTH"), ClientType: "STANDARD" },
    "people",
    "gives",
    "recommends",
  ],
];

test.each(SHAPES)("%s", (_, client, audience, attach, preflight) => {
  expect(audienceOf(client)).toBe(audience);
  const reason = reasonToLeave(client as Parameters<typeof reasonToLeave>[0]);
  expect(reason === undefined ? "gives" : "leaves").toBe(attach);
  expect(preflightOn(client)).toBe(preflight);
});

/** With another app client beside it, for which the trigger fires. */
function preflightOn(client: object): string {
  const ones = [
    ...facts.destinationClients,
    { ...client, ClientName: "this", PreventUserExistenceErrors: "ENABLED" as const },
  ];
  const finding = decide({ destinationClients: ones }, {}).find(({ check }) => check.id === "client-flows")?.finding;
  const found = finding?.found ?? "";
  if (/never fires [^.]*\bthis\b/.test(found)) return "recommends";
  if (/Left alone: this /.test(found)) return "leaves alone";
  return /fires [^.]*\bthis\b/.test(found) ? "fires" : found;
}

test.each(SHAPES.filter(([, , , , preflight]) => preflight === "leaves alone"))(
  "%s: preflight and attach say why in the same words",
  (_, client) => {
    const finding = decide({ destinationClients: [{ ...client, ClientName: "this" }] }, {}).find(
      ({ check }) => check.id === "client-flows",
    )?.finding;
    expect(finding?.state).toBe("failed");
    const [, words = "nothing"] = /Left alone: this (.*)\.$/.exec(finding?.found ?? "") ?? [];
    expect(reasonToLeave(client as Parameters<typeof reasonToLeave>[0])).toContain(`It ${words}. `);
  },
);
