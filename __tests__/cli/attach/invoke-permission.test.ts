import fc from "fast-check";
import { mayInvoke } from "../../../cli/attach/invoke-permission";

const POOL = "arn:aws:cognito-idp:eu-central-1:222222222222:userpool/eu-central-1_Dest0001";
const OURS = {
  Effect: "Allow",
  Principal: { Service: "cognito-idp.amazonaws.com" },
  Action: "lambda:InvokeFunction",
  Condition: { StringEquals: { "AWS:SourceAccount": "222222222222" }, ArnLike: { "AWS:SourceArn": POOL } },
};
const asked = (...statements: object[]): string => mayInvoke({ Statement: statements }, POOL);

test("the destination stack's own permission is enough", () => {
  expect(asked(OURS)).toBe("yes");
});

test("so it is when it stands alone, without a list", () => {
  expect(mayInvoke({ Statement: OURS }, POOL)).toBe("yes");
});

test.each([
  ["no permission", []],
  ["another service's", [{ ...OURS, Principal: { Service: "apigateway.amazonaws.com" } }]],
  ["another pool's", [{ ...OURS, Condition: { ArnLike: { "AWS:SourceArn": `${POOL}2` } } }]],
  ["another account's", [{ ...OURS, Condition: { StringEquals: { "aws:SourceAccount": "111111111111" } } }]],
  ["one for another action", [{ ...OURS, Action: ["lambda:GetFunction"] }]],
])("%s is not", (_, statements) => {
  expect(asked(...statements)).toBe("no");
});

test.each([
  [
    "a pattern",
    { ...OURS, Condition: { ArnLike: { "aws:sourcearn": "arn:aws:cognito-idp:*:222222222222:userpool/*" } } },
  ],
  ["no condition", { ...OURS, Condition: undefined }],
  ["everything for everybody", { Effect: "Allow", Principal: "*", Action: "lambda:*" }],
])("%s is enough", (_, statement) => {
  expect(asked(JSON.parse(JSON.stringify(statement)))).toBe("yes");
});

test.each([
  ["a condition that it does not know", [{ ...OURS, Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1" } } }]],
  ["a denial", [OURS, { ...OURS, Effect: "Deny" }]],
])("%s is for people to decide", (_, statements) => {
  expect(asked(...statements)).toBe("unclear");
});

test("a dot in a pattern is a dot", () => {
  expect(asked({ ...OURS, Condition: { StringLike: { "AWS:SourceArn": POOL.replace("_", ".") } } })).toBe("no");
});

const like = (pattern: string): string => asked({ ...OURS, Condition: { StringLike: { "AWS:SourceArn": pattern } } });

test("stars and question marks match as in IAM", () => {
  const piece = fc.constantFrom("a", "b", ".", "*", "?");
  const text = (pieces: readonly string[]): string => pieces.join("");
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 8 }),
      fc.array(fc.constantFrom("a", "b", "."), { maxLength: 8 }),
      (p, v) => {
        const condition = { StringLike: { "AWS:SourceArn": text(p) } };
        // Short enough for what must not be used on long ones.
        const pattern = new RegExp(`^${text(p).replaceAll(".", "\\.").replaceAll("*", ".*").replaceAll("?", ".")}$`);
        expect(mayInvoke({ Statement: [{ ...OURS, Condition: condition }] }, text(v))).toBe(
          pattern.test(text(v)) ? "yes" : "no",
        );
      },
    ),
  );
});

test("a pattern of many stars is decided in steps that can be counted", () => {
  // A regular expression would try so many ways that this test would not end.
  expect(like(`${"*u".repeat(8)}*e*r*p*o*o*l*!`)).toBe("no");
  expect(like(`${"*?".repeat(40)}*`)).toBe("yes");
  expect(like(`${"*0".repeat(30)}`)).toBe("no");
});
