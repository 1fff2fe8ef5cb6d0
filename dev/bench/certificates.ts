import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { generate } from "selfsigned";

export interface Certificates {
  readonly key: string;
  /** The server's certificate. */
  readonly cert: string;
  /** For NODE_EXTRA_CA_CERTS. */
  readonly authorityFile: string;
}

/** RSA with 2048 bits and SHA-256, as the endpoints of AWS have. */
const KIND = { keyType: "rsa", keySize: 2048, algorithm: "sha256" } as const;

/** Makes an authority and a certificate for `localhost`, good for a day. */
export async function makeCertificates(directory: string): Promise<Certificates> {
  const notAfterDate = new Date(Date.now() + 24 * 3600_000);
  const authority = await generate([{ name: "commonName", value: "authority of the benchmark" }], {
    ...KIND,
    notAfterDate,
    extensions: [
      { name: "basicConstraints", cA: true, critical: true },
      { name: "keyUsage", keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  const server = await generate([{ name: "commonName", value: "localhost" }], {
    ...KIND,
    notAfterDate,
    ca: { key: authority.private, cert: authority.cert },
  });
  const authorityFile = join(directory, "authority.pem");
  writeFileSync(authorityFile, authority.cert);
  return { key: server.private, cert: server.cert, authorityFile };
}
