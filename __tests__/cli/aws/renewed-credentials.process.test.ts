import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openTwoPools } from "../../support/operator-without-stacks";

test("credentials that are about to end are renewed between two requests", async () => {
  const pools = await openTwoPools({ source: { settings: { MfaConfiguration: "OFF" } } });
  try {
    const [, section = ""] =
      /\[destination\]\n([^[]*)/.exec(readFileSync(join(pools.directory, "credentials"), "utf8")) ?? [];
    const value = (name: string): string | undefined => new RegExp(`^${name}\\s*=\\s*(.*)$`, "m").exec(section)?.[1];
    const answer = {
      Version: 1,
      AccessKeyId: value("aws_access_key_id"),
      SecretAccessKey: value("aws_secret_access_key"),
      SessionToken: value("aws_session_token"),
      // The SDK takes new ones five minutes ahead: so for every request.
      Expiration: new Date(Date.now() + 60_000).toISOString(),
    };
    const calls = join(pools.directory, "calls");
    const program = join(pools.directory, "program");
    writeFileSync(program, `#!/bin/sh\necho >> ${calls}\ncat <<'END'\n${JSON.stringify(answer)}\nEND\n`);
    chmodSync(program, 0o700);
    writeFileSync(join(pools.directory, "config"), `[profile renewed]\ncredential_process = ${program}\n`);
    pools.environment["DESTINATION_PROFILE"] = "renewed";
    expect(await pools.run("import", "--requests-per-second", "1000")).toMatchObject({ status: 0 });
    expect(readFileSync(calls, "utf8").length).toBeGreaterThan(2);
  } finally {
    await pools.close();
  }
});
