// What one client of an app does, step by step.
import { CognitoJwtVerifier } from "aws-jwt-verify";

/**
 * @param config Addresses, people and passwords.
 * @param app What `open` of a client gives.
 * @param world Tells how often the migration trigger was asked, and the last code that went out.
 */
export async function story(config, app, world) {
  const rows = [];

  /** One step. What the app sees is what `act` returns, or the error. */
  async function step(title, call, act) {
    const { asked } = await world();
    const saw = await act().catch((error) => `${error.name ?? error.code}: ${error.message}`);
    const after = await world();
    rows.push({ step: title, call, trigger: after.asked - asked, saw });
  }

  /** By hand, for what the app itself does not tell. */
  async function getUser(AccessToken) {
    const headers = { "x-amz-target": "AWSCognitoIdentityProviderService.GetUser" };
    const answer = await fetch(config.endpoint, { method: "POST", headers, body: JSON.stringify({ AccessToken }) });
    const said = await answer.json();
    return answer.ok ? "accepted" : `${said.__type}: ${said.message}`;
  }

  const { first, second, fresh, password, changed, reset } = config;
  const code = async () => (await world()).code;
  const { calls } = app;

  await step("a wrong password, before the migration", calls.password, () => app.password(first, `${password}x`));
  await step("SRP, before the migration", calls.srp, () => app.srp(first, password));
  await step("choice of a password, before the migration", calls.choice, () => app.choice(first, password));
  await step("the password: the migration", calls.password, () => app.password(first, password));
  await step("the session", calls.session, async () => {
    const { email, email_verified } = await app.session();
    return email === first && email_verified === true ? "the user's, e-mail verified" : "somebody else's";
  });
  await step("the tokens, by their signatures", "aws-jwt-verify", async () => {
    const keys = await (await fetch(`${config.endpoint}/${config.userPoolId}/.well-known/jwks.json`)).json();
    const { accessToken, idToken } = await app.tokens();
    const pool = { userPoolId: config.userPoolId, clientId: config.clientId };
    for (const [tokenUse, token] of Object.entries({ access: accessToken, id: idToken })) {
      const verifier = CognitoJwtVerifier.create({ ...pool, tokenUse });
      verifier.cacheJwks(keys);
      await verifier.verify(token);
    }
    return "good";
  });
  await step("a refresh", calls.refresh, async () => {
    const before = (await app.tokens()).accessToken;
    await app.refresh();
    return (await app.tokens()).accessToken === before ? "the same tokens" : "new tokens";
  });
  await step("the attributes", calls.attributes, async () => {
    const { given_name } = await app.attributes();
    return given_name === "Sample" ? "those of the source" : "others";
  });
  await step("a change of an attribute", calls.update, async () => {
    await app.update("given_name", "Changed");
    const { given_name } = await app.attributes();
    return given_name === "Changed" ? "changed" : "not changed";
  });
  await step("a change of the password", calls.change, async () => {
    await app.change(password, changed);
    return "changed";
  });
  await step("a sign-out everywhere", calls.signOut, async () => {
    const { accessToken } = await app.tokens();
    await app.signOut();
    const said = await getUser(accessToken);
    return said.includes("revoked") ? "signed out, and the tokens are revoked" : said;
  });
  await step("a wrong password, after the migration", calls.password, () => app.password(first, password));
  await step("the password, after the migration", calls.password, () => app.password(first, changed));
  await app.signOut();
  await step("SRP, after the migration", calls.srp, () => app.srp(first, changed));
  await app.signOut().catch(() => undefined);
  await step("choice of a password, after the migration", calls.choice, () => app.choice(first, changed));
  await app.signOut().catch(() => undefined);
  await step("a forgotten password, before the migration", calls.forgot, () => app.forgot(second));
  await step("its code and a new password", calls.confirmForgot, async () => {
    await app.confirmForgot(second, await code(), reset);
    return app.password(second, reset);
  });
  await app.signOut();
  await step("a sign-up", calls.signUp, () => app.signUp(fresh, password));
  await step("its confirmation", calls.confirmSignUp, async () => {
    await app.confirmSignUp(fresh, await code());
    return app.password(fresh, password);
  });
  return rows;
}
