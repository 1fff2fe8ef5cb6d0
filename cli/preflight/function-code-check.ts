import { type Check, defineCheck, passed, skipped, warning } from "./check";

/** Equal code gives equal bytes on every machine: ../../build.mjs. */
export const FUNCTION_CODE_CHECK: Check = defineCheck({
  id: "function-code",
  theme: "Function",
  title: "The function's code is, byte for byte, what this program comes with",
  otherwise: "It is of another version, or somebody has put other code there, which sees every password.",
  source: "https://docs.aws.amazon.com/lambda/latest/api/API_FunctionConfiguration.html",
  needs: ["function"],
  decide: ({ function: fn, codeSha256 }) => {
    if (fn === undefined) return skipped("The function is not there.", "Deploy the destination stack.");
    const { CodeSha256: deployed } = fn.configuration;
    if (deployed === undefined)
      return skipped("AWS does not tell the CodeSha256 of the function.", "Compare the code in the Lambda console.");
    return deployed === codeSha256
      ? passed("The function's code is what this program comes with.")
      : warning(
          `Another build of the handler is deployed: CodeSha256 is ${deployed}, and this program comes with ${codeSha256}.`,
          "Run this in the version that was deployed, or deploy the destination stack again. If nobody knows that build, find out who changed the function.",
        );
  },
});
