import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { SETTING_NAMES } from "../../config/settings";
import { sampleUsers } from "../../sandbox/accounts/sample-users";
import { said } from "../support/cli-process";
import { EVERY_CLIENT_SETTING, EVERY_SETTING, refill } from "../support/full-pool";
import { type Operator, openOperator } from "../support/operator";

/** As an operator may call it; in a shell it is one word only between quotation marks. */
const FILE = ".env it's staging";
const QUOTED = "'.env it'\\''s staging'";

let operator: Operator;
beforeAll(async () => {
  operator = await openOperator({ users: sampleUsers() });
  const { directory, environment } = operator;
  const lines = SETTING_NAMES.flatMap((name) => (environment[name] ? [`${name}='${environment[name]}'`] : []));
  for (const name of SETTING_NAMES) delete environment[name];
  writeFileSync(join(directory, FILE), lines.join("\n"));
  mkdirSync(join(directory, ".cognito-migration/undo"), { recursive: true, mode: 0o700 });
});
afterAll(() => operator.close());

/** What acts on the migration of `.env`, wherever it is copied from. */
const BARE: readonly RegExp[] = [
  /npx cognito-migration (?!--settings '\.env it).{0,40}/,
  /.{0,40}(?<!SETTINGS_FILE='\.env it'\\''s staging' )npx cdktf.{0,20}/,
  /.{0,40}(?<!SETTINGS_FILE='\.env it'\\''s staging' )npm run synth/,
  /.{0,40}\.env(?! it).{0,20}/,
];

test("a whole run under --settings prints no command that would work on another migration", async () => {
  const client = refill(operator.world.destination.userPool, EVERY_SETTING, EVERY_CLIENT_SETTING).ClientId;
  const user = sampleUsers()[0]?.email ?? "";
  const runs: readonly (readonly string[])[] = [
    ["preflight"],
    ["attach"],
    ["attach", "--client", client, "--apply"],
    ["attach", "--client", "nobody"],
    ["undo"],
    ["undo", "1-attach"],
    ["undo", "--apply"],
    ["undo"],
    ["status"],
    ["explain", "--user", user],
    ["explain", "--user", "nobody@example.com"],
    ["try", "--user", user],
    ["try", "--user", user, "--forgot-password"],
    ["import"],
    ["attach", "--client", client, "--apply"],
    ["detach"],
    ["detach", "--apply"],
    ["undo", "--apply"],
    ["cut-over"],
    ["cut-over", "--leave", String(sampleUsers().length), "--apply"],
    ["undo", "--list"],
    ["detach", "--apply"],
    ["attach", "--bogus"],
    ["attach", "--help"],
  ];
  const output: string[] = [];
  for (const [command = "", ...rest] of runs) {
    const { child, ended } = operator.start(command, "--settings", FILE, ...rest);
    // Nobody types a password.
    child.stdin?.end();
    const { stdout, stderr } = await ended;
    output.push(`$ ${command} ${rest.join(" ")}\n${stdout}${stderr}`);
  }
  // A table breaks its lines.
  const text = output.join("\n").replaceAll(/\s+/g, " ");
  for (const pattern of BARE) expect(text).not.toMatch(pattern);
  for (const told of [
    "detach --apply",
    "undo \\S+ --apply",
    "undo --list",
    "import .*--apply",
    "attach --client",
    "attach --help",
    "explain --user",
    "try --user",
  ])
    expect(text).toMatch(new RegExp(`npx cognito-migration --settings ${QUOTED.replaceAll("\\", "\\\\")} ${told}`));
  for (const stack of ["destination", "source"])
    expect(text).toContain(said(`SETTINGS_FILE=${QUOTED} npx cdktf destroy ${stack}`, `take the ${stack} out of your`));
  expect(text).toContain(`Put LAMBDA_RESERVED_CONCURRENCY=`);
  expect(text).toContain(`into ${QUOTED} and`);
});
