import { forgetSurroundings } from "../../sandbox/accounts/own-environment";

forgetSurroundings(process.env);
// On Node 20 the SDK announces its end; that is for the operator to read, not for a test to print.
process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] = "true";
