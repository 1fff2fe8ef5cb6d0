import { outcomeRows } from "../../__tests__/outcomes/outcome-rows";
import { type Kind, OUTCOMES, type OutcomeName, type OutcomeRow, USER_GETS, USER_MESSAGE } from "../../rules/outcome";
import { SKIPPED } from "../../rules/token-groups";
import { TOKEN_OUTCOMES } from "../../rules/token-outcome";

const METRIC: Readonly<Record<Kind, string>> = {
  migrated: "Migrated",
  reset_required: "ResetRequired",
  refused: "Refused",
  failed: "Failed",
};

function outcomeTable(): string[] {
  return (Object.keys(OUTCOMES) as OutcomeName[]).map((name) => {
    const { kind, level, means, misconfigured }: OutcomeRow = OUTCOMES[name];
    const metrics = [METRIC[kind], ...(misconfigured ? ["Misconfigured"] : [])].join(", ");
    return `| \`${name}\` | ${kind} | ${USER_GETS[kind]} | ${means} | ${level} | ${metrics} |`;
  });
}

interface Line {
  readonly from: readonly string[];
  readonly results: readonly string[];
  readonly outcome: OutcomeName;
}

/** What several calls may answer stands once, and so do exceptions of one call that come to the same. */
function resultTable(): string[] {
  const lines = new Map<string, Line>();
  for (const { from, result, outcome } of outcomeRows()) {
    const key = `${result} ${outcome}`;
    const line = lines.get(key);
    lines.set(key, { from: [...(line?.from ?? []), from], results: [result], outcome });
  }
  const joined = new Map<string, Line>();
  for (const [own, line] of lines) {
    const isException = line.results.every((result) => /^[A-Z]\w+$/.test(result) && !/^[A-Z_]+$/.test(result));
    const key = isException ? `${line.from} ${line.outcome}` : own;
    joined.set(key, { ...line, results: [...(joined.get(key)?.results ?? []), ...line.results] });
  }
  return [...joined.values()].map(
    ({ from, results, outcome }) => `| ${from.join("; ")} | ${results.join(", ")} | \`${outcome}\` |`,
  );
}

/** docs/outcomes.md, whole. */
export function outcomesPage(): string {
  return `# Outcomes

Every way an invocation can end. \`npm run docs\` generates this page from [rules/outcome.ts](../rules/outcome.ts) and
[rules/answers.ts](../rules/answers.ts); each result in the second table is a test on the packaged function, the zip that Terraform uploads
([outcomes.process.test.ts](../__tests__/handler/outcomes.process.test.ts)). The [runbook](runbook.md#watch) says what to do about each.

- **migrated**, **reset_required**: handed over. The event goes back with the user in it, and Cognito creates the user, or refuses to without telling the function
  ([how that shows](runbook.md#users-are-handed-over-again-and-again)).
- **refused**: the event goes back untouched, and Cognito answers as for a user that does not exist. No reason is disclosed.
- **failed**: the function throws one sentence, the same for everybody: "${USER_MESSAGE}" A wrong password is
  never a failure.

Anything that is not in these tables is refused, and counted as \`Misconfigured\`, which has an alarm. The function goes by the names of AWS's answers, and by
their messages only if AWS documents them.

## By name

In the log \`outcome\` is the kind, and \`reason\` names a refusal or failure. A hand-over has no reason: \`migrated_reset_required\`, as \`try\` and
\`explain\` call it, is \`"outcome":"reset_required"\` in the log.

| Name | Kind | The user is | The operator reads | Level | Metrics |
|---|---|---|---|---|---|
${outcomeTable().join("\n")}

### not_authorized and mfa

\`not_authorized\` is a wrong password, an unknown user, a disabled one or an expired temporary password; Cognito does not say which. It is also a user whose name
has [capitals at a case-sensitive source](architecture.md#upper-and-lower-case). If it is most of the sign-ins, the app client may not be the deployed one.

\`mfa\` is a second factor that \`MFA_POLICY\` does not carry over. It is also a reset or temporary password if the source requires MFA, because
[there may be one](decisions/0004-unproven-users.md#the-second-factor); and a factor that the source requires and the user does not have (\`MFAMethodNotFoundException\`).

## By what AWS answers

Rows are sign-ins with \`MFA_POLICY=reject\`, unless the first or second column says otherwise. See also the rules for names
([decision 7](decisions/0007-one-person-one-user.md)), for [upper and lower case](architecture.md#upper-and-lower-case), and for sending again
([decision 9](decisions/0009-sending-again.md)).

| From | Result | Outcome |
|---|---|---|
${resultTable().join("\n")}

${tokenSection()}`;
}

function tokenSection(): string {
  const outcomes = Object.entries(TOKEN_OUTCOMES).map(
    ([name, { means, level }]) => `| \`${name}\` | ${means} | ${level} |`,
  );
  const reasons = Object.entries(SKIPPED).map(([name, means]) => `| \`${name}\` | ${means} |`);
  return `## The token function

What the [token function](architecture.md#the-token-function) writes as \`outcome\`; where nothing has happened it writes nothing. In each of them the user has a token. If several things have happened, the first of them counts.

| Name | The operator reads | Level |
|---|---|---|
${outcomes.join("\n")}

\`reason\` of \`groups_skipped\`:

| Name | Meaning |
|---|---|
${reasons.join("\n")}
`;
}
