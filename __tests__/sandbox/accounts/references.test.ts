import { resolveReferences } from "../../../sandbox/accounts/references";

const lookup = (expression: string): string | undefined => (expression === "a.b" ? "value" : undefined);

test("replaces references at any depth and leaves the rest", () => {
  expect(resolveReferences({ list: ["x-${a.b}-${a.b}", 1, null, true], plain: "$a" }, lookup)).toEqual({
    list: ["x-value-value", 1, null, true],
    plain: "$a",
  });
});

test("an expression may hold braces of its own", () => {
  const braces = (expression: string) => (expression === 'f({for a in b : a => {c = "{}"}})' ? "whole" : undefined);
  expect(
    resolveReferences('<${f({for a in b : a => {c = "{}"}})}> {} ${f({for a in b : a => {c = "{}"}})}', braces),
  ).toBe("<whole> {} whole");
});

test("writes an object as JSON, with what its references say and not more", () => {
  const hostile = (expression: string) =>
    expression === "data.state.outputs.arn" ? '*"},{"Effect":"Allow' : undefined;
  const text =
    '${jsonencode({"Version" = "1", "Statement" = [{"Action" = ["a:b", "c = {d}"], "Resource" = data.state.outputs.arn}]})}';
  expect(JSON.parse(resolveReferences(text, hostile))).toEqual({
    Version: "1",
    Statement: [{ Action: ["a:b", "c = {d}"], Resource: '*"},{"Effect":"Allow' }],
  });
  expect(() => resolveReferences(text, lookup)).toThrow("no value for the Terraform reference ${jsonencode(");
});

test("refuses a reference that it does not know", () => {
  expect(() => resolveReferences({ deep: ["${a.c}"] }, lookup)).toThrow("no value for the Terraform reference ${a.c}");
});

test.each([
  ["$${a.b} ${a.b}", "${a.b} value"],
  ["%%{if} $${", "%{if} ${"],
  ["100% $5", "100% $5"],
])("%p is read as Terraform reads what is written out: %p", (text, read) =>
  expect(resolveReferences(text, lookup)).toBe(read),
);
