import { mkdtempSync, rmSync } from "node:fs";
import { type AddressInfo, connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createServer } from "node:tls";
import { makeCertificates } from "../../dev/bench/certificates";

export interface TlsFront {
  readonly url: string;
  /** What a process needs to trust it. */
  readonly environment: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/** An HTTP server's address behind TLS, connection for connection: what ends on one side ends on the other. */
export async function behindTls(httpUrl: string): Promise<TlsFront> {
  const directory = mkdtempSync(join(tmpdir(), "cognito-migration-test-"));
  const { key, cert, authorityFile } = await makeCertificates(directory);
  const sockets = new Set<Socket>();
  const server = createServer({ key, cert }, (outside) => {
    const inside = connect(Number(new URL(httpUrl).port), "127.0.0.1");
    outside.pipe(inside).pipe(outside);
    for (const [one, other] of [
      [outside, inside],
      [inside, outside],
    ] as const) {
      sockets.add(one);
      one.on("error", () => other.destroy());
      one.on("close", () => {
        sockets.delete(one);
        other.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  return {
    url: `https://localhost:${(server.address() as AddressInfo).port}`,
    environment: { NODE_EXTRA_CA_CERTS: authorityFile },
    close: () =>
      new Promise((resolve) => {
        rmSync(directory, { recursive: true, force: true });
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
