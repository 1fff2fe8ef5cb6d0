import type { Finding } from "../../../cli/preflight/check";
import type { FactValues } from "../../../cli/preflight/facts";
import type { Environment } from "../../../config/settings";
import { givenWith } from "../../support/preflight";
import { decide, facts, given, withVariable } from "../../support/preflight-findings";

type Attributes = ("email" | "phone_number")[];

interface Case {
  readonly atSource: Attributes | undefined;
  readonly inFunction: string | undefined;
  readonly output?: string;
  readonly settings?: Environment;
}

function finding({ atSource, inFunction, output, settings = {} }: Case, over: Partial<FactValues> = {}) {
  const changed = {
    source: { ...facts.source, UsernameAttributes: atSource },
    ...withVariable({ SOURCE_USERNAME_ATTRIBUTES: inFunction }),
    ...over,
  };
  const outputs = { ...givenWith().outputs, usernameAttributes: output };
  const results = decide(changed, { ...given(settings as Record<string, string>), outputs });
  return results.find(({ check }) => check.id === "function-source-names")?.finding;
}

const failed = (found: string, remedy: string): Finding => ({ state: "failed", found, remedy });
const DEPLOY_BOTH = "Deploy the source stack, then the destination stack again.";

test.each<[Attributes | undefined, string]>([
  [["email"], "email"],
  [["phone_number", "email"], "email,phone_number"],
  [[], "none"],
  [undefined, "none"],
])("a source with the username attributes %j, known as %s, passes", (atSource, text) => {
  expect(finding({ atSource, inFunction: text, output: text })).toEqual({
    state: "passed",
    found: `UsernameAttributes of the source are ${text}, as the output username_attributes of the source stack and the function say.`,
  });
  expect(finding({ atSource, inFunction: text })?.state).toBe("passed");
});

test.each(["phone_number", "email,phone_number", "none", undefined])("a function that has %s fails", (inFunction) => {
  expect(finding({ atSource: ["email"], inFunction, output: "email" })).toEqual(
    failed(
      `UsernameAttributes of the source are email, and the function says ${inFunction ?? "nothing"}.`,
      DEPLOY_BOTH,
    ),
  );
});

test("an output that is not the pool's fails before anything is deployed", () => {
  const found = { atSource: undefined, inFunction: undefined, output: "email" };
  expect(finding(found, { function: undefined })).toEqual(
    failed(
      "UsernameAttributes of the source are none, and the output username_attributes of the source stack says email.",
      DEPLOY_BOTH,
    ),
  );
});

test("who gives role and app client by hand is told to give this, too", () => {
  const settings = {
    SOURCE_ROLE_ARN: "arn:aws:iam::111111111111:role/cognito_migration_customers",
    SOURCE_APP_CLIENT_ID: "1example",
    SOURCE_USERNAME_ATTRIBUTES: "phone_number",
  };
  expect(finding({ atSource: undefined, inFunction: "phone_number", output: "phone_number", settings })).toEqual(
    failed(
      "UsernameAttributes of the source are none, and the setting says phone_number and the function says phone_number.",
      "Set SOURCE_USERNAME_ATTRIBUTES=none and deploy the destination stack again.",
    ),
  );
});

test("nothing deployed says nothing", () => {
  expect(finding({ atSource: ["email"], inFunction: undefined }, { function: undefined })?.state).toBe("skipped");
});
