/** The value of a Terraform expression, which may hold no `}` of its own (without `${` and `}`), or undefined when this lookup does not know it. */
export type Lookup = (expression: string) => string | undefined;

/**
 * Replaces every `${...}` in a value, at any depth, as Terraform would when it applies.
 *
 * @throws when the lookup does not know one: nothing may go on with half a policy.
 */
export function resolveReferences<T>(value: T, lookup: Lookup): T {
  return resolveAny(value, lookup) as T;
}

function resolveAny(value: unknown, lookup: Lookup): unknown {
  if (typeof value === "string")
    return value.replaceAll(/\$\{([^}]*)\}/g, (reference, expression: string) => {
      const resolved = lookup(expression);
      if (resolved === undefined) throw new Error(`no value for the Terraform reference ${reference}`);
      return resolved;
    });
  if (Array.isArray(value)) return value.map((item) => resolveAny(item, lookup));
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolveAny(item, lookup)]));
  return value;
}
