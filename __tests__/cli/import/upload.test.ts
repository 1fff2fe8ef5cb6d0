import { UploadRefused, upload } from "../../../cli/import/upload";

test.each(["http://bucket.example.com/import?X-Amz-Signature=secret", "ftp://127.0.0.1/import?X-Amz-Signature=secret"])(
  "sends personal data to no address without TLS, and does not tell it: %s",
  async (address) => {
    const refused = upload(__filename, address, new AbortController().signal);
    await expect(refused).rejects.toThrow(/^the upload address is not https$/);
  },
);

test.each(["", "secret"])("takes what is no address for a refusal, and does not tell it: %j", async (address) => {
  const refused = upload(__filename, address, new AbortController().signal);
  await expect(refused).rejects.toThrow(UploadRefused);
  await expect(refused).rejects.toThrow(/^Cognito has given no address to upload to$/);
});
