import { passed, skipped, warning } from "./check";
import { ofFunction } from "./of-function";

/** Equal code gives equal bytes on every machine: ../../build.mjs. */
export const FUNCTION_CODE_CHECK = ofFunction({
  id: "function-code",
  title: "The function's code is, byte for byte, what this checkout builds",
  otherwise: "It is of another version, or somebody has put other code there, which sees every password.",
  source: "https://docs.aws.amazon.com/lambda/latest/api/API_FunctionConfiguration.html",
  needs: ["function"],
  decide: ({ configuration: { CodeSha256: deployed } }, { codeSha256 }) => {
    if (deployed === undefined)
      return skipped("AWS does not tell the CodeSha256 of the function.", "Compare the code in the Lambda console.");
    if (deployed === codeSha256) return passed("The function's code is what this checkout builds.");
    return warning(
      `Another build of the handler is deployed: CodeSha256 is ${deployed}, and this checkout builds ${codeSha256}.`,
      "Check out the version that was deployed and run this again, or deploy the destination stack again. If nobody knows that build, find out who changed the function.",
    );
  },
});
