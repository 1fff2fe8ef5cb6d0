import { UnusableAnswer } from "../../../cli/aws/unusable-answer";
import { gatherFact, Unavailable } from "../../../cli/preflight/gather-fact";

const refusal = (name: string, message = "no"): Error => Object.assign(new Error(message), { name, $fault: "client" });
const failure = (code: string): Error => Object.assign(new Error("no"), { code });
const gathered = (error: unknown) => gatherFact("accountConcurrency", () => Promise.reject(error));

const MAY = "Use credentials that may lambda:GetAccountSettings.";

test.each<[string, Error, RegExp, string | RegExp]>([
  ["a permission that is missing", refusal("AccessDeniedException"), /AccessDeniedException: no/, MAY],
  ["the same in another protocol", refusal("AccessDenied"), /AccessDenied: no/, MAY],
  [
    "a page in the place of an answer",
    new UnusableAnswer("lambda", "an HTML page"),
    /lambda sent an HTML page/,
    /^A proxy, a firewall/,
  ],
  [
    "a certificate that nobody vouches for",
    failure("SELF_SIGNED_CERT_IN_CHAIN"),
    /SELF_SIGNED/,
    /^A proxy, a firewall/,
  ],
  ["nobody who answers", failure("ECONNREFUSED"), /could not be reached/, /^Look at the network/],
  [
    "a quota that is used up",
    refusal("TooManyRequestsException"),
    /TooManyRequestsException/,
    /^The quota of the account is used up/,
  ],
  ["credentials that have expired", refusal("ExpiredTokenException"), /have expired/, /^Get new ones/],
  ["an error of AWS's own", refusal("ServiceException"), /ServiceException/, /^Run it again/],
  [
    "what is known beforehand",
    new Unavailable("The role is not there.", "Deploy it."),
    /^The role is not there\.$/,
    "Deploy it.",
  ],
])("%s: says what was found, and what helps against that", async (_, error, reason, remedy) => {
  const fact = await gathered(error);
  expect(fact).toEqual({ known: false, reason: expect.stringMatching(reason), remedy: expect.stringMatching(remedy) });
  // Credentials help where a permission is missing, and nowhere else.
  expect("remedy" in fact && fact.remedy.startsWith("Use credentials")).toBe(remedy === MAY);
});

test("a bug is no reason to skip a check", async () => {
  await expect(gathered(new TypeError("x is undefined"))).rejects.toThrow(TypeError);
});
