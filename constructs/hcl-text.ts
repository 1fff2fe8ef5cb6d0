/** Text in which Terraform finds no reference and no directive. https://developer.hashicorp.com/terraform/language/expressions/strings#escape-sequences-1 */
export const literal = (text: string): string => text.replaceAll("${", () => "$${").replaceAll("%{", "%%{");

/** The same as a string in an expression. JSON's escapes are HCL's, for what a name of AWS may hold. */
export const quoted = (text: string): string => literal(JSON.stringify(text));
